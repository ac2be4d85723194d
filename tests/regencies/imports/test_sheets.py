"""What a file does to a list: new, changed, the same, or nothing at all."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import translation

from regencies.imports.sheets import reading, writing
from regencies.imports.sheets.agency import AgencySheet
from regencies.imports.sheets.errors import Problem
from regencies.imports.sheets.office import OfficeTermSheet
from regencies.imports.sheets.places import ProvinceSheet
from regencies.models import Agency, OfficeTerm, Province
from tests import factories
from tests.regencies.imports.workbooks import book, csv_of, opened

HEAD = ["regency", "name", "abbreviation", "active_from", "active_to"]


def load(content, user, *, sheet=AgencySheet, write=True):
    return sheet(user).load(reading.read(content), write=write)


def events():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM regencies_agencyevent")
        return cursor.fetchone()[0]


def test_a_preview_tells_what_is_new_and_writes_nothing(regency, ministry):
    outcome = load(book(HEAD, ["33.15", "Dinas Kominfo", "Diskominfo"]), ministry, write=False)

    assert outcome.problems == []
    assert outcome.counts == {"new": 1, "changed": 0, "same": 0, "refused": 0}
    assert [(c.column, c.old, c.new) for c in outcome.rows[0].changes] == [
        ("regency", "", "33.15"),
        ("name", "", "Dinas Kominfo"),
        ("abbreviation", "", "Diskominfo"),
    ]
    assert Agency.objects.count() == 0


def test_new_rows_are_written(regency, ministry):
    load(book(HEAD, ["33.15", "Dinas Kominfo", "Diskominfo", dt.date(2017, 1, 2)]), ministry)

    agency = Agency.objects.get()
    assert (agency.regency, agency.name) == (regency, "Dinas Kominfo")
    assert (agency.abbreviation, agency.active_from) == ("Diskominfo", dt.date(2017, 1, 2))


def test_the_same_file_twice_changes_nothing_not_even_history(regency, ministry):
    content = book(HEAD, ["33.15", "Dinas Kominfo", "Diskominfo", dt.date(2017, 1, 2), None])
    load(content, ministry)
    before = events()

    outcome = load(content, ministry)

    assert outcome.counts == {"new": 0, "changed": 0, "same": 1, "refused": 0}
    assert (events(), before) == (1, 1)


def test_only_what_differs_is_changed_and_shown(regency, ministry):
    factories.make_agency(regency, "Dinas Kominfo", abbreviation="Kominfo")
    factories.make_agency(regency, "Bappeda", abbreviation="Bappeda")

    outcome = load(
        book(
            ["name", "abbreviation", "regency"],
            ["Dinas Kominfo", "Diskominfo", "Kab. Grobogan"],
            ["Bappeda", "Bappeda", "33.15"],
        ),
        ministry,
    )

    assert outcome.counts == {"new": 0, "changed": 1, "same": 1, "refused": 0}
    changes = [(c.column, c.old, c.new) for c in outcome.changed[0].changes]
    assert changes == [("abbreviation", "Kominfo", "Diskominfo")]
    assert Agency.objects.get(name="Dinas Kominfo").abbreviation == "Diskominfo"


def test_a_column_left_out_keeps_what_is_stored_and_an_empty_cell_empties_it(regency, ministry):
    factories.make_agency(
        regency, "Bappeda", abbreviation="Bappeda", active_from=dt.date(2017, 1, 1)
    )

    load(book(["regency", "name", "abbreviation"], ["33.15", "Bappeda", None]), ministry)

    agency = Agency.objects.get()
    assert (agency.abbreviation, agency.active_from) == ("", dt.date(2017, 1, 1))


def test_every_error_of_every_row_is_told_by_row_and_column(regency, ministry):
    content = book(
        HEAD,
        ["33.15", "Bappeda", None, "besok", "31/02/2018"],
        ["Wakanda", None, "x" * 41],
        [],
        ["33.15", "Dinas", None, "2018-05-02", "2018-05-01"],
        ["33.15", "Baik"],
    )

    outcome = load(content, ministry)

    assert [(p.line, p.column, p.value) for p in outcome.problems] == [
        (2, "active_from", "besok"),
        (2, "active_to", "31/02/2018"),
        (3, "regency", "Wakanda"),
        (3, "name", ""),
        (3, "abbreviation", "x" * 41),
        (5, "", ""),
    ]
    with translation.override("en"):
        again = load(content, ministry)
    date = "This is not a date. Write it as 2018-05-14 or 14/05/2018."
    assert again.problems[0].text == again.problems[1].text == date
    assert outcome.counts == {"new": 1, "changed": 0, "same": 0, "refused": 3}
    assert Agency.objects.count() == 0


def test_two_rows_with_one_key_are_refused_naming_both(regency, ministry):
    outcome = load(book(HEAD, ["33.15", "Bappeda"], ["Grobogan", "Bappeda"]), ministry)

    assert [(p.line, p.column) for p in outcome.problems] == [(3, "name")]
    assert "2" in outcome.problems[0].text
    assert Agency.objects.count() == 0


@pytest.mark.parametrize(
    ("head", "wrong"),
    [
        (["regency", "abbreviation"], [("name", "missing")]),
        (["regency", "name", "pimpinan"], [("pimpinan", "unknown")]),
        (["regency", "name", "name"], [("name", "twice")]),
        (["kode", "name"], [("kode", "unknown"), ("regency", "missing")]),
    ],
)
def test_wrong_headers_are_refused_by_name(head, wrong, regency, ministry):
    outcome = load(book(head, ["33.15", "Bappeda", "x"][: len(head)]), ministry)

    assert [(p.line, p.column) for p in outcome.problems] == [(1, name) for name, _ in wrong]
    assert Agency.objects.count() == 0


def test_headers_are_read_in_any_order_and_case(regency, ministry):
    load(csv_of("Name;REGENCY", "Bappeda;33.15"), ministry)

    assert Agency.objects.get().name == "Bappeda"


def test_a_crash_at_row_900_of_1000_leaves_no_row(regency, ministry, monkeypatch):
    rows = [["33.15", f"Dinas {number}"] for number in range(1000)]
    save = Agency.save

    def crashing(self, **kwargs):
        if self.name == "Dinas 899":
            raise RuntimeError("power cut")
        save(self, **kwargs)

    monkeypatch.setattr(Agency, "save", crashing)

    outcome = load(book(HEAD, *rows), ministry)

    assert [p.line for p in outcome.problems] == [901]
    assert (Agency.objects.count(), events()) == (0, 0)


def test_rows_that_change_nothing_cost_no_query(regency, ministry, django_assert_max_num_queries):
    rows = [["33.15", f"Dinas {number}"] for number in range(50)]
    load(book(HEAD, *rows), ministry)

    with django_assert_max_num_queries(15):
        load(book(HEAD, *rows), ministry)


def test_a_new_row_costs_three_queries(regency, ministry, django_assert_max_num_queries):
    rows = [["33.15", f"Dinas {number}"] for number in range(50)]

    with django_assert_max_num_queries(15 + 3 * 50):
        load(book(HEAD, *rows), ministry)


def test_a_row_that_the_database_refuses_is_told_everything_that_is_wrong(regency, ministry):
    known = regency.province
    content = book(
        ["code", "name", "iso_code", "zone"],
        ["9", known.name, known.iso_code, "WIB"],
        ["99", "Provinsi Baru", "ID-XX", "WIB"],
    )

    outcome = load(content, ministry, sheet=ProvinceSheet)

    assert [(p.line, p.column) for p in outcome.problems] == [
        (2, "name"),
        (2, "iso_code"),
        (2, ""),
    ]
    assert list(Province.objects.all()) == [known]


def test_thousands_of_wrong_rows_are_all_told_but_not_asked_about_each_rule(
    regency, ministry, monkeypatch, django_assert_max_num_queries
):
    monkeypatch.setattr("regencies.imports.sheets.sheet.MAX_EXAMINED", 2)
    days = [dt.date(2018, 1, 2), dt.date(2018, 1, 1)]
    rows = [["33.15", f"Dinas {number}", None, *days] for number in range(50)]

    with django_assert_max_num_queries(15 + 4 * 50 + 2 * 4):
        outcome = load(book(HEAD, *rows), ministry)

    assert [p.line for p in outcome.problems] == list(range(2, 52))
    assert {p.text for p in outcome.problems} == {"Hari terakhir mendahului hari pertama."}


def test_a_refusal_by_the_database_becomes_a_problem_of_its_row(regency, ministry, monkeypatch):
    factories.make_agency(regency, "Bappeda", active_from=dt.date(2018, 1, 1))
    monkeypatch.setattr(Agency, "validate_constraints", lambda self, exclude=None: None)

    outcome = load(
        book(["regency", "name", "active_to"], ["33.15", "Bappeda", "2017-01-01"]), ministry
    )

    assert outcome.problems == [Problem(2, "", "", "Hari terakhir mendahului hari pertama.")]
    assert Agency.objects.get().active_to is None


def test_an_agency_is_found_within_the_rows_region(regency, elsewhere, ministry):
    own = factories.make_agency(regency, "Dinas Kominfo", abbreviation="Diskominfo")
    factories.make_agency(elsewhere, "Dinas Kominfo", abbreviation="Diskominfo")
    head = ["regency", "agency", "person", "title", "is_acting"]

    load(
        book(head, ["33.15", "Diskominfo", "Sri", "Plt. Kepala", "ya"]),
        ministry,
        sheet=OfficeTermSheet,
    )
    refused = load(
        book(head, ["33.15", "Bappeda", "Ari", "Kepala", 0]), ministry, sheet=OfficeTermSheet
    )

    term = OfficeTerm.objects.get()
    assert (term.agency, term.is_acting) == (own, True)
    assert [(p.line, p.column, p.value) for p in refused.problems] == [(2, "agency", "Bappeda")]


@pytest.mark.parametrize("write", [writing.xlsx, writing.text])
def test_an_exported_list_imported_again_changes_nothing(write, regency, ministry):
    names = [
        '=HYPERLINK("http://x","y")', "+62 811", "-5", "@sum", "'=ditulis orang", "33.10",
        'Dinas "A"; B, C', "Baris\nkedua", "1e5", "TRUE", "2018-05-01",
    ]  # fmt: skip
    for name in names:
        factories.make_agency(
            regency, name, abbreviation=name[:40], active_from=dt.date(1899, 1, 1)
        )
    sheet = AgencySheet(ministry)
    content = write(sheet.columns, list(sheet.export(sheet.with_related(Agency.objects.all()))))

    outcome = load(content, ministry)

    assert outcome.problems == []
    assert outcome.counts == {"new": 0, "changed": 0, "same": len(names), "refused": 0}


def test_formulas_leave_as_text_and_dates_as_dates(regency, ministry):
    factories.make_agency(regency, "=1+1", abbreviation="-5", active_from=dt.date(2018, 5, 7))
    sheet = AgencySheet(ministry)
    rows = list(sheet.export(sheet.with_related(Agency.objects.all())))

    values, cells = opened(writing.xlsx(sheet.columns, rows))
    text = writing.text(sheet.columns, rows).decode("utf-8-sig")

    assert values[1:] == [["33.15", "=1+1", "-5", dt.datetime(2018, 5, 7), None]]  # noqa: DTZ001
    assert [cells[place].data_type for place in ("A2", "B2", "C2", "D2")] == ["s", "s", "s", "d"]
    assert [cells[place].quotePrefix for place in ("A2", "B2", "C2")] == [False, True, True]
    assert text.splitlines()[1] == "33.15,'=1+1,'-5,2018-05-07,"
