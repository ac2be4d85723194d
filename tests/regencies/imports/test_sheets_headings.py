"""What a file calls its columns: stable names, or the words of the screens."""

import pytest
from django.contrib import admin
from django.utils import translation

from regencies.admin.exchange import ExportAdmin
from regencies.imports.sheets import reading, writing
from regencies.imports.sheets.agency import AgencySheet
from regencies.models import Agency
from tests import factories
from tests.regencies.imports.workbooks import book, opened

SHEETS = [owner.sheet for owner in admin.site._registry.values() if isinstance(owner, ExportAdmin)]


def load(content, user, sheet=AgencySheet):
    return sheet(user).load(reading.read(content), write=True)


@pytest.mark.parametrize(
    "head",
    [
        ["regency", "name"],
        ["Kabupaten/kota", "Nama"],
        ["kabupaten/KOTA ", "name"],
        ["Regency or city", "Name"],
    ],
)
def test_a_file_may_be_headed_in_any_language_of_the_portal(head, regency, ministry):
    outcome = load(book(head, ["33.15", "Bappeda"]), ministry)

    assert outcome.problems == []
    assert Agency.objects.get().name == "Bappeda"


def test_a_column_headed_in_two_ways_is_there_twice(regency, ministry):
    outcome = load(book(["regency", "name", "Nama"], ["33.15", "Bappeda", "X"]), ministry)

    assert [problem.column for problem in outcome.problems] == ["name"]


@pytest.mark.parametrize("write", [writing.xlsx, writing.text])
@pytest.mark.parametrize(("language", "first"), [("id", "Kabupaten/kota"), ("en", "regency")])
def test_what_leaves_names_the_region_too_and_comes_back_unchanged(
    language, first, write, regency, ministry
):
    factories.make_agency(regency, "Bappeda")
    with translation.override(language):
        sheet = AgencySheet(ministry)
        rows = sheet.rows_to_write(sheet.with_related(Agency.objects.all()))
        content = write(sheet.written, rows)

    with translation.override("id" if language == "en" else "en"):  # whoever sends it back
        outcome = load(content, ministry)

    if write is writing.xlsx:
        (heads, cells), _sheet = opened(content)
        assert (heads[0], cells[:3]) == (first, ["33.15", "Kabupaten Grobogan", "Bappeda"])
    assert outcome.problems == []
    assert outcome.counts == {"new": 0, "changed": 0, "same": 1, "refused": 0}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.__name__)
def test_no_heading_means_two_columns_in_any_language(sheet, ministry):
    meant = {}
    for language in ("id", "en"):
        with translation.override(language):
            own = sheet(ministry)
            for column in own.written:
                for word in (column.heading, column.column_name):
                    meant.setdefault(word.casefold(), set()).add(column.column_name)
                    assert own.name_of(word) == column.column_name

    assert {word: names for word, names in meant.items() if len(names) > 1} == {}
