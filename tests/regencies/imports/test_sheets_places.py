"""Provinces, regions and areas as files."""

import pytest

from regencies.imports.sheets import reading, writing
from regencies.imports.sheets.places import AreaSheet, ProvinceSheet, RegencySheet
from regencies.models import Area, Regency
from tests.regencies.imports.workbooks import book


def load(content, user, sheet, *, write=True):
    return sheet(user).load(reading.read(content), write=write)


def exported(sheet, user):
    rows = sheet(user)
    found = rows._meta.model._default_manager.all()
    return writing.xlsx(rows.columns, list(rows.export(rows.with_related(found))))


@pytest.mark.parametrize("sheet", [ProvinceSheet, RegencySheet, AreaSheet])
def test_what_leaves_comes_back_unchanged(sheet, regency, elsewhere, ministry):
    area = Area.objects.create(slug="toba", name="Danau Toba")
    area.regencies.set([regency, elsewhere])

    outcome = load(exported(sheet, ministry), ministry, sheet)

    assert outcome.problems == []
    assert outcome.written == []
    assert outcome.counts["same"] > 0


def test_a_region_is_changed_by_its_code_even_if_a_spreadsheet_took_it_for_a_number(
    regency, ministry
):
    Regency.objects.filter(pk=regency.pk).update(code="33.10")
    head = ["code", "kind", "name", "official_name", "province", "capital"]
    row = [33.1, "kabupaten", "Grobogan", "Kabupaten Grobogan", regency.province.code, "Purwodadi"]
    outcome = load(book(head, row), ministry, RegencySheet)

    assert outcome.counts == {"new": 0, "changed": 1, "same": 0, "refused": 0}
    assert Regency.objects.get(pk=regency.pk).capital == "Purwodadi"


def test_a_code_that_does_not_fit_its_kind_is_refused_in_words(regency, ministry):
    head = ["code", "kind", "name", "official_name", "province"]
    row = ["33.72", "kabupaten", "Uji", "Kabupaten Uji", regency.province.code]

    outcome = load(book(head, row), ministry, RegencySheet)

    assert [problem.line for problem in outcome.problems] == [2]
    assert "33.72" in outcome.problems[0].text  # the constraint's sentence, with its example
    assert Regency.objects.count() == 1


def test_an_area_names_its_regions_in_any_spelling(regency, elsewhere, ministry):
    head = ["slug", "name", "regencies"]

    outcome = load(
        book(head, ["toba", "Danau Toba", "Kab. Grobogan | 35.16"]), ministry, AreaSheet
    )
    refused = load(book(head, ["toba", "Danau Toba", "Wakanda"]), ministry, AreaSheet)

    assert outcome.problems == []
    assert set(Area.objects.get().regencies.all()) == {regency, elsewhere}
    assert [(p.column, p.value) for p in refused.problems] == [("regencies", "Wakanda")]
