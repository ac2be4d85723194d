"""The six pillars, their eighteen parts and other words for them, from the shipped files."""

from programs.domain.pillars import check_alias, fold
from programs.imports.loading import Loading, split
from programs.models import Pillar, PillarAlias, SubDimension
from regencies.errors import RuleError
from regencies.imports.reader import Row

PILLAR_COLUMNS = ("position", "slug", "name", "sources")
PART_COLUMNS = ("pillar", "position", "slug", "name", "sources")
ALIAS_COLUMNS = ("pillar", "name")


def load(loading: Loading) -> None:
    """Add what is missing; a word that staff gave another meaning keeps it."""
    six = _load_pillars(loading)
    _load_parts(loading, six)
    _load_aliases(loading, six)


def _load_pillars(loading: Loading) -> dict[str, Pillar]:
    there = {pillar.slug: pillar for pillar in Pillar.objects.all()}
    found = {}
    for row in loading.read("pillars.csv", PILLAR_COLUMNS, key=["slug"]):
        _ask_for_sources(loading, row)
        shipped = Pillar(position=row["position"], slug=row["slug"], name=row["name"])
        stored = there.get(row["slug"])
        found[row["slug"]] = loading.add(row, stored, shipped, ("position", "name"))
    return found


def _load_parts(loading: Loading, six: dict[str, Pillar]) -> None:
    there = {part.slug: part for part in SubDimension.objects.all()}
    for row in loading.read("sub_dimensions.csv", PART_COLUMNS, key=["slug"]):
        _ask_for_sources(loading, row)
        pillar = loading.find(row, "pillar", six)
        if pillar and pillar.pk:
            shipped = SubDimension(
                pillar=pillar, position=row["position"], slug=row["slug"], name=row["name"]
            )
            loading.add(row, there.get(row["slug"]), shipped, ("position", "name"))


def _load_aliases(loading: Loading, six: dict[str, Pillar]) -> None:
    there = {alias.key: alias for alias in PillarAlias.objects.all()}
    for row in loading.read("pillar_aliases.csv", ALIAS_COLUMNS, key=["name"]):
        pillar = loading.find(row, "pillar", six)
        if pillar and pillar.pk:
            shipped = PillarAlias(pillar=pillar, name=row["name"], key=fold(row["name"]))
            stored = there.get(shipped.key)
            if stored is None:
                _check_alias(loading, row, shipped)
            loading.add(row, stored, shipped)


def _check_alias(loading: Loading, row: Row, alias: PillarAlias) -> None:
    try:
        check_alias(alias)
    except RuleError as refusal:
        loading.problems.add(row, "name", str(refusal))


def _ask_for_sources(loading: Loading, row: Row) -> None:
    """The addresses stay in the file: who doubts a name finds there where it was read."""
    if not split(row["sources"]):
        loading.problems.add(row, "sources", "every name needs a source")
