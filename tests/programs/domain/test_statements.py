"""What is odd about statements, and which of them contradict each other."""

import datetime as dt
from decimal import Decimal

import pytest

from programs.domain import stated, statements
from programs.domain.figures import FIGURES
from programs.models import Award, Candidacy, Commitment, Program, Weekday, YearPlan
from tests.factories import make_cohort, make_participation, make_regency, make_source
from tests.nouns import plans
from tests.nouns.statements import make_contradiction, state

SEVENTH_OF_JULY, SEVENTH_OF_NOVEMBER = dt.date(2018, 7, 7), dt.date(2018, 11, 7)


@pytest.fixture
def commitment(participation):
    return Commitment.objects.create(participation=participation)


def kinds(statement):
    return [flag.kind.value for flag in statements.flags([statement])[statement.pk]]


def words(statement):
    return [flag.words for flag in statements.flags([statement])[statement.pk]]


def test_a_weekday_that_is_not_the_dates_own_is_flagged(commitment):
    friday = {"weekday": Weekday.FRIDAY}
    wrong = state(commitment, "signed_on", "2022-09-29", event_on="2022-09-29", **friday)

    assert kinds(wrong) == ["weekday"]
    assert "29 September 2022" in words(wrong)[0]
    assert "Kamis" in words(wrong)[0]
    assert "Jumat" in words(wrong)[0]


def test_a_weekday_is_compared_with_the_stated_day_where_no_event_day_is_given(commitment):
    thursday = state(commitment, "signed_on", "2022-09-29", weekday=Weekday.THURSDAY)
    friday = state(commitment, "place", "2022-09-29", weekday=Weekday.FRIDAY)

    assert kinds(thursday) == []
    assert kinds(friday) == []  # a place is no day, whatever its words


def test_a_source_older_than_the_event_is_flagged_and_not_refused(stage):
    source = make_source()
    source.published_on = SEVENTH_OF_JULY
    source.save()

    early = state(stage, "", "Dibuka", source, event_on=SEVENTH_OF_NOVEMBER)

    assert kinds(early) == ["early"]
    assert "7 Juli 2018" in words(early)[0]
    assert "7 November 2018" in words(early)[0]


def test_a_source_of_the_same_day_is_not_flagged(stage):
    source = make_source()
    source.published_on = SEVENTH_OF_NOVEMBER
    source.save()

    assert kinds(state(stage, "", "Dibuka", source, event_on=SEVENTH_OF_NOVEMBER)) == []


def test_a_reported_total_is_compared_with_the_rows_on_record(cohort, regency):
    Candidacy.objects.create(cohort=cohort, regency=regency)
    many = state(cohort, "invited", "107")
    one = state(cohort, "assessed", "0")

    assert kinds(many) == ["count"]
    assert "1" in words(many)[0]
    assert kinds(one) == []


def test_what_the_record_says_otherwise_is_flagged(cohort):
    cohort.official_size = 50
    cohort.save()

    assert kinds(state(cohort, "official_size", "25")) == ["differs"]
    assert kinds(state(cohort, "phase", "tahap  2018")) == []  # spaces and case are no difference
    assert kinds(state(cohort, "memoranda_signed_on", "2018-05-08")) == []  # it says nothing yet


def test_words_that_are_no_date_are_not_compared_with_one(cohort):
    cohort.memoranda_signed_on = dt.date(2018, 5, 8)
    cohort.save()

    assert kinds(state(cohort, "memoranda_signed_on", "awal Mei")) == []


NO_NUMBERS = ["sNaN", "NaN", "-Infinity", "1e9", "1_000", "２５", "9" * 300, "%s {0}", "0x19"]


@pytest.mark.parametrize("odd", NO_NUMBERS)
def test_what_python_alone_takes_for_a_number_is_words(odd, participation):
    year = plans.make_year(plans.make_initiative(plans.make_plan(participation)), planned="25.00")
    stored = [state(year, name, odd) for name in ("planned", "year")]
    state(year, "planned", "25")

    assert [stated.read(type(year), s.field, odd) for s in stored] == [None, None]
    assert [kinds(statement) for statement in stored] == [["rivals"], []]
    assert len(statements.contradictions()) == 1


def test_a_number_is_read_as_in_an_imported_file():
    assert stated.read(YearPlan, "planned", " 1500000,5 ") == Decimal("1500000.5")
    assert stated.read(YearPlan, "year", "2019") == 2019
    assert stated.read(YearPlan, "planned", "1.500.000") is None


@pytest.mark.parametrize("odd", ["0001-01-01", "9999-12-31", "２０２２-09-29", "2022-02-30", "%s"])
def test_any_words_for_a_day_leave_the_flags_readable(odd, commitment):
    statement = state(commitment, "signed_on", odd, weekday=Weekday.FRIDAY)

    assert set(kinds(statement)) <= {"weekday"}


def test_statements_about_one_field_disagree_and_those_about_a_whole_record_do_not(participation):
    first = state(participation, "name_as_printed", "Kab. Grobogan")
    second = state(participation, "name_as_printed", "Grobogan")
    told = [state(participation, "", "Satu"), state(participation, "", "Dua")]

    assert (kinds(first), words(first)[0].endswith("Grobogan.")) == (["rivals"], True)
    assert kinds(second) == ["rivals"]
    assert [kinds(statement) for statement in told] == [[], []]


def test_statements_of_one_contradiction_disagree_about_a_whole_record_too(participation):
    about = {"contradiction": make_contradiction("I6")}

    assert kinds(state(participation, "", "Dua", **about)) == []
    assert kinds(state(participation, "", "Tiga", **about)) == ["rivals"]


def test_a_record_that_is_gone_leaves_its_statements_readable(participation):
    commitment = Commitment.objects.create(participation=participation)
    orphan = state(commitment, "signed_on", "2022-09-29")
    commitment.delete()

    (row,) = statements.marked([orphan])

    assert (row.about, row.flags) == (None, [])


@pytest.mark.parametrize("number", [1, 12])
def test_the_statements_of_many_records_take_one_query(number, cohort, django_assert_num_queries):
    records = [
        make_participation(make_regency(f"33.{n:02}"), cohort) for n in range(1, number + 1)
    ]
    for record in records:
        state(record, "note", "Ikut")
        state(record, "note", "Tidak ikut")

    with django_assert_num_queries(1):
        told = statements.of_records([*records, cohort])

    assert [len(said) for said in told.values()] == [2] * number + [0]
    assert all(s.about == record for record, said in told.items() for s in said)


def test_rivals_are_the_statements_about_that_field(cohort):
    first, second = state(cohort, "invited", "107"), state(cohort, "invited", "120")
    state(cohort, "assessed", "117")

    assert statements.rivals(cohort, "invited") == [first, second]


def test_contradictions_are_the_catalogued_and_those_found_by_comparing(cohort, participation):
    catalogued, empty = make_contradiction("I10"), make_contradiction("I2")
    rival = state(cohort, "phase", "Tahap III", contradiction=catalogued)
    same = state(cohort, "phase", "Tahap II")
    found = state(participation, "name_as_printed", "Kab. Grobogan")
    other = state(participation, "name_as_printed", "Grobogan")
    state(participation, "note", "Ikut")  # nobody says otherwise

    conflicts = statements.contradictions()

    assert [(c.contradiction, c.statements) for c in conflicts] == [
        (empty, []),
        (catalogued, [rival, same]),
        (None, [found, other]),
    ]
    (dispute,) = conflicts[1].disputes
    assert (dispute.record, dispute.field, dispute.now) == (cohort, "phase", cohort.phase)


@pytest.mark.parametrize("number", [1, 12])
def test_contradictions_take_the_same_queries_however_many(
    number, cohort, django_assert_num_queries
):
    for n in range(1, number + 1):
        row = make_participation(make_regency(f"33.{n:02}"), cohort)
        state(row, "note", "Ikut", contradiction=make_contradiction(f"X{n}"))
        state(row, "note", "Tidak ikut")
        state(row, "stages_held", "3")
    state(cohort, "invited", "107")

    with django_assert_num_queries(6):
        found = statements.contradictions()

    assert len(found) == number  # totals without rows on record contradict nothing


def test_every_figure_counts_the_rows_of_its_record_alone(cohort, regency):
    elsewhere = make_cohort(2019)
    mine = make_participation(regency, cohort)
    make_participation(make_regency("33.16"), elsewhere)
    make_participation(regency, elsewhere)

    counted = {
        name: figure.count([cohort.pk, elsewhere.pk])
        for name, figure in FIGURES[type(cohort)].items()
    }
    program = FIGURES[Program]

    assert counted["participations"] == {cohort.pk: 1, elsewhere.pk: 2}
    assert counted["invited"] == {cohort.pk: 0, elsewhere.pk: 0}
    assert program["entries"].count([cohort.program_id]) == {cohort.program_id: 3}
    assert program["regions"].count([cohort.program_id]) == {cohort.program_id: 2}
    assert FIGURES[type(mine)]["stages_held"].count([mine.pk]) == {mine.pk: 0}


def test_no_figure_has_the_name_of_a_field():
    clashes = [
        (model.__name__, name)
        for model, figures in FIGURES.items()
        for name in figures
        if stated.column(model, name) is not None
    ]

    assert clashes == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", stated.NOUNS)
def test_every_noun_offers_its_fields_in_words_and_no_bookkeeping(model):
    offered = stated.fields_of(model)

    assert offered
    assert not {"id", "publication", "uploaded_by", "chosen_by"} & offered.keys()
    assert all(figure.count([]) == {} for figure in FIGURES.get(model, {}).values())


def test_who_gave_an_award_can_be_stated():
    assert {"given_by", "received_by"} <= stated.fields_of(Award).keys()
