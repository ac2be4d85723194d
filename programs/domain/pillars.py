"""The six pillars under every word people use for them; a seventh is refused."""

from collections.abc import Mapping

from django.db.models import Q
from django.utils.translation import gettext as _

from programs.models import Pillar, PillarAlias
from regencies.domain.resolving import LONGEST_ECHO, fold
from regencies.errors import RuleError

__all__ = ["check_alias", "fold", "resolve", "words"]


def words() -> dict[str, Pillar]:
    """Every accepted word, folded, with its pillar: names, short names and other words."""
    six = {pillar.pk: pillar for pillar in Pillar.objects.all()}
    aliases = PillarAlias.objects.order_by().values_list("key", "pillar")
    found = {key: six[pk] for key, pk in aliases}
    for pillar in six.values():
        found |= {fold(pillar.name): pillar, fold(pillar.slug): pillar}
    return found


def resolve(text: str, known: Mapping[str, Pillar] | None = None) -> Pillar:
    """The pillar that ``text`` names; for many texts load ``words()`` once and pass them.

    Raises ``RuleError`` naming the six: "Smart Mobility" is none of them.
    """
    known = words() if known is None else known
    if pillar := known.get(fold(text)):
        return pillar
    six = sorted(set(known.values()), key=lambda pillar: pillar.position)
    raise RuleError(
        _("“%(text)s” is no pillar. The six are: %(six)s.")
        % {
            "text": text.strip()[:LONGEST_ECHO],
            "six": ", ".join(pillar.name for pillar in six),
        },
        code="unknown_pillar",
        fields=["pillar"],
    )


def check_alias(alias: PillarAlias) -> str:
    """The matching key of another word, unless it is empty or names a pillar already.

    Raises ``RuleError``.
    """
    key = fold(alias.name)
    if not key:
        raise RuleError(_("Write a word of letters or digits."), fields=["name"])
    others = PillarAlias.objects.filter(~Q(pk=alias.pk), key=key).select_related("pillar")
    taken = {other.key: other.pillar for other in others}
    for pillar in Pillar.objects.all():
        taken |= {fold(pillar.name): pillar, fold(pillar.slug): pillar}
    if key in taken:
        raise RuleError(
            _("“%(word)s” is understood already: it means %(pillar)s.")
            % {"word": alias.name, "pillar": taken[key]},
            fields=["name"],
        )
    return key
