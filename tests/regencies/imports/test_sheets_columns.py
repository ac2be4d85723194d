"""What a cell may say, and what is refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from programs.imports.sheets.participation import ParticipationSheet
from programs.imports.sheets.source import SourceSheet
from programs.models import Participation, Requirement, Source
from regencies.imports.sheets import reading, writing
from regencies.imports.sheets.columns import Day, Number, Whole, YesNo, text_of
from regencies.imports.sheets.references import Reference
from regencies.imports.sheets.sheet import Sheet
from tests import factories
from tests.regencies.imports.workbooks import book, opened


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (1500000, Decimal("1500000")),
        ("1500000", Decimal("1500000")),
        ("1500000,50", Decimal("1500000.50")),
        (7.1, Decimal("7.1")),
        (0.1 + 0.2, Decimal("0.3")),
        (-5, Decimal("-5")),
        (1e20, Decimal("100000000000000000000")),
    ],
)
def test_numbers_are_exact(cell, value):
    assert Number().read(cell, None) == value


@pytest.mark.parametrize(
    "cell", ["1.500.000", "1,500", "Rp 5", "1e5", "NaN", "Infinity", True, "９"]
)
def test_what_could_be_two_numbers_is_refused(cell):
    with pytest.raises(ValidationError):
        Number().read(cell, None)


@pytest.mark.parametrize("cell", ["1.5", 1.5, "x", True, "9" * 400])
def test_a_whole_number_is_whole(cell):
    with pytest.raises(ValidationError):
        Whole().read(cell, None)


@pytest.mark.parametrize(
    "cell", ["2018-05-07", "07/05/2018", "7.5.2018", "2018-05-07 00:00:00", dt.date(2018, 5, 7)]
)
def test_days_are_read_as_people_write_them(cell):
    assert Day().read(cell, None) == dt.date(2018, 5, 7)


@pytest.mark.parametrize("cell", ["05-2018", "2018-13-01", 43227, True, dt.time(7), "７/5/2018x"])
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(ValidationError):
        Day().read(cell, None)


@pytest.mark.parametrize(
    ("cell", "value"), [("Ya", True), (1, True), (True, True), ("TIDAK", False), (0.0, False)]
)
def test_yes_and_no_are_read_in_words_and_numbers(cell, value):
    assert YesNo().read(cell, None) is value


def test_cells_become_text_as_the_spreadsheet_shows_them():
    cells = [2018.0, 33.5, "  x ", True]

    assert [text_of(cell) for cell in cells] == ["2018", "33.5", "x", "true"]


HEAD = ["regency", "cohort", "entry", "sources"]


def load(content, user, sheet=ParticipationSheet):
    return sheet(user).load(reading.read(content), write=True)


def test_choices_are_values_or_labels_in_both_languages(regency, elsewhere, cohort, ministry):
    load(
        book(
            HEAD,
            ["33.15", 2018, "Late entrant", None],
            ["35.16", "2018", "Tercantum dalam daftar kementerian", None],
        ),
        ministry,
    )

    found = Participation.objects.order_by("regency__code").values_list("entry", flat=True)
    assert list(found) == ["late", "listed"]


def test_a_wrong_choice_names_the_allowed_ones(regency, cohort, ministry):
    outcome = load(book(HEAD, ["33.15", "2018", "invited"]), ministry)

    (problem,) = outcome.problems
    assert (problem.column, problem.value) == ("entry", "invited")
    assert "Tercantum dalam daftar kementerian, Masuk belakangan" in problem.text


def test_a_publication_cannot_come_in_by_file(regency, cohort, ministry):
    outcome = load(book([*HEAD, "publication"], ["33.15", "2018", None, None, "public"]), ministry)

    assert [problem.column for problem in outcome.problems] == ["publication"]
    assert not Participation.objects.exists()


def test_lists_of_rows_are_stored_compared_and_shown(regency, cohort, ministry):
    first, second = (factories.make_source(f"https://example.org/{name}") for name in "ab")
    content = book(HEAD, ["33.15", "2018", None, f"{second.address} | {first.address}"])

    outcome = load(content, ministry)
    again = load(content, ministry)

    assert outcome.problems == []
    assert set(Participation.objects.get().sources.all()) == {first, second}
    assert again.counts["same"] == 1
    assert outcome.rows[0].changes[-1].new == f"{first.address} | {second.address}"


def test_a_source_that_nobody_recorded_is_refused(regency, cohort, ministry):
    outcome = load(book(HEAD, ["33.15", "2018", None, "https://example.org/x"]), ministry)

    assert [(p.line, p.column) for p in outcome.problems] == [(2, "sources")]


def test_a_status_cannot_be_imported(participation, ministry):
    outcome = load(book(["regency", "cohort", "status"], ["33.15", "2018", "withdrawn"]), ministry)

    assert [(p.line, p.column) for p in outcome.problems] == [(1, "status")]
    participation.refresh_from_db()
    assert participation.status == "active"


def test_a_source_without_an_address_is_known_by_its_short_name(ministry, db):
    head = ["address", "slug", "publisher"]
    content = book(head, [None, "s1", "Bupati"], ["https://example.org/a", None, "Koran"])

    assert load(content, ministry, SourceSheet).counts["new"] == 2
    assert load(content, ministry, SourceSheet).counts["same"] == 2
    assert set(Source.objects.values_list("slug", flat=True)) == {"s1", ""}


class RequirementSheet(Sheet):
    """A noun below another whose key has two parts."""

    cohort = Reference("definition__cohort")
    number = Whole("definition__number")

    class Meta:
        model = Requirement
        fields = ["cohort", "number", "slug", "title"]
        import_id_fields = ["cohort", "number", "slug"]


def test_columns_through_a_foreign_key_name_its_row_together(cohort, ministry):
    head = ["cohort", "number", "slug", "title"]
    content = book(head, [2018, 2, "peta", "Peta jalan"])

    outcome = load(content, ministry, RequirementSheet)
    again = load(content, ministry, RequirementSheet)
    refused = load(book(head, [2018, 9, "peta", "Peta jalan"]), ministry, RequirementSheet)

    assert outcome.problems == []
    assert Requirement.objects.get(slug="peta").definition.number == 2
    assert again.counts["same"] == 1
    assert [(p.line, p.column) for p in refused.problems] == [(2, "number")]


def test_the_template_offers_choices_and_keeps_codes_as_text(ministry):
    columns = ParticipationSheet(ministry).columns

    values, sheet = opened(writing.xlsx(columns, []))

    assert values == [[column.heading for column in columns]]
    offered = {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation}
    assert offered == {"pilihan!$A$1:$A$2": "C2:C5001"}
    assert sheet.column_dimensions["A"].number_format == "@"


def test_money_leaves_as_a_number_and_what_a_spreadsheet_would_round_as_text():
    rows = [[Decimal("1500000.50"), -5, Decimal("12345678901234567.89")]]
    columns = [Number(column_name=name) for name in "abc"]

    values, sheet = opened(writing.xlsx(columns, rows))

    assert values[1] == [1500000.5, -5, "12345678901234567.89"]
    assert [sheet[place].data_type for place in ("A2", "B2", "C2")] == ["n", "n", "s"]
    assert writing.text(columns, rows).decode("utf-8-sig").splitlines()[1] == (
        "1500000.50,-5,12345678901234567.89"
    )
