import shutil

import pytest

from programs.domain.pillars import resolve
from programs.imports import pillars
from programs.imports.loading import FOLDER, Loading
from programs.models import Pillar, PillarAlias, SubDimension
from regencies.errors import RuleError
from tests.nouns.plans import SIX

pytestmark = pytest.mark.django_db


def load(folder=FOLDER):
    loading = Loading(folder)
    pillars.load(loading)
    return loading


def test_six_pillars_with_three_parts_each_load_once():
    first, second = load(), load()

    assert (first.loaded.new, second.loaded.new) == (37, 0)
    assert second.loaded.differences == []
    assert list(Pillar.objects.values_list("slug", flat=True)) == SIX
    assert [pillar.sub_dimensions.count() for pillar in Pillar.objects.all()] == [3] * 6
    assert SubDimension.objects.get(slug="sampah").pillar.slug == "environment"


def test_every_shipped_word_is_understood_and_smart_mobility_is_not():
    load()

    assert {a.name: resolve(a.name) for a in PillarAlias.objects.select_related("pillar")} == {
        a.name: a.pillar for a in PillarAlias.objects.select_related("pillar")
    }
    for name in ("Smart Mobility", "Smart People", "Smart Infrastructure"):
        with pytest.raises(RuleError):
            resolve(name)


def test_a_name_that_staff_changed_stays_and_is_told():
    load()
    SubDimension.objects.filter(slug="sampah").update(name="Persampahan")

    loading = load()

    assert SubDimension.objects.get(slug="sampah").name == "Persampahan"
    (told,) = loading.loaded.differences
    assert told.endswith("name: here Persampahan, in the file Sampah")


def test_mistakes_in_the_files_are_told_by_line(tmp_path):
    for name in ("pillars.csv", "sub_dimensions.csv", "pillar_aliases.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    with (tmp_path / "pillar_aliases.csv").open("a") as file:
        file.write("mobility,Mobilitas\nliving,Smart Economy\n")
    with (tmp_path / "sub_dimensions.csv").open("a") as file:
        file.write("living,4,mobilitas,Mobilitas,\n")

    problems = [str(problem) for problem in load(tmp_path).problems.found]

    assert [problem.split(":")[0] for problem in problems] == [
        "sub_dimensions.csv, line 20, sources",
        "sub_dimensions.csv, line 20",
        "pillar_aliases.csv, line 15, pillar",
        "pillar_aliases.csv, line 16, name",
    ]
