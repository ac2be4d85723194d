"""Masterplans and what hangs on them as files: keys, words for pillars, agencies, money."""

from decimal import Decimal

import pytest

from programs.imports.sheets.book import BookSheet
from programs.imports.sheets.book_definition import BookDefinitionSheet
from programs.imports.sheets.initiative import InitiativeSheet
from programs.imports.sheets.legal_instrument import LegalInstrumentSheet
from programs.imports.sheets.masterplan import MasterplanSheet
from programs.imports.sheets.plan import PLAN
from programs.imports.sheets.year_plan import YearPlanSheet
from programs.models import Initiative, Masterplan, YearPlan
from regencies.imports.sheets import reading, writing
from tests import factories
from tests.nouns import plans
from tests.regencies.imports.workbooks import book

OURS = ["33.15", "2018", None, None, 1]


@pytest.fixture
def plan(participation):
    return plans.make_plan(participation)


@pytest.fixture
def joint(cohort, elsewhere):
    return plans.make_joint_plan(cohort, elsewhere)


def load(sheet, user, columns, *rows):
    content = book([*PLAN, *columns], *rows)
    return sheet(user).load(reading.read(content), write=True)


def problems(outcome):
    return [problem.column for problem in outcome.problems]


def test_plans_of_regions_and_areas_come_in_one_file(ministry, participation, cohort, joint):
    columns = ["title", "first_year", "last_year"]
    rows = [
        [*OURS, "Masterplan Grobogan", 2018, 2023],
        [None, None, "danau-toba", "2018", 2, "Masterplan Kawasan", 2021, 2026],
    ]

    outcome = load(MasterplanSheet, ministry, columns, *rows)

    assert outcome.counts == {"new": 2, "changed": 0, "same": 0, "refused": 0}
    assert load(MasterplanSheet, ministry, columns, *rows).counts["same"] == 2
    assert Masterplan.objects.get(participation=participation).last_year == 2023
    assert Masterplan.objects.get(version=2).area == joint.area


def test_a_period_that_leaves_a_quick_win_outside_is_refused_by_row(ministry, plan):
    plans.make_year(plans.make_initiative(plan, is_quick_win=True), 2018)

    columns = ["title", "first_year", "last_year"]
    outcome = load(MasterplanSheet, ministry, columns, [*OURS, plan.title, 2020, 2023])

    assert problems(outcome) == ["last_year"]


def test_initiatives_come_with_any_word_for_their_pillar(ministry, plan, regency):
    plans.make_alias(plans.make_pillar(), "Lingkungan Cerdas")
    plans.make_part(plans.make_pillar())
    agency = factories.make_agency(regency, "Dinas Lingkungan Hidup", abbreviation="DLH")
    columns = ["name", "pillar", "sub_dimension", "is_quick_win", "lead_agency"]
    row = [*OURS, "Bank Sampah", "lingkungan cerdas", "Sampah", "ya", "DLH"]

    assert load(InitiativeSheet, ministry, columns, row).problems == []

    made = Initiative.objects.get()
    assert (made.pillar.slug, made.sub_dimension.name) == ("environment", "Sampah")
    assert (made.is_quick_win, made.lead_agency, made.state) == (True, agency, "planned")
    assert load(InitiativeSheet, ministry, columns, row).counts["same"] == 1


def test_a_seventh_pillar_in_a_file_is_refused_with_the_six_named(ministry, plan):
    plans.make_pillars()

    outcome = load(
        InitiativeSheet, ministry, ["name", "pillar"], [*OURS, "Jalan", "Smart Mobility"]
    )

    assert problems(outcome) == ["pillar"]
    assert "Smart Governance, Smart Branding" in outcome.problems[0].text
    assert Initiative.objects.count() == 0


def test_a_joint_plan_takes_agencies_of_its_regions_only(
    ministry, plan, joint, regency, elsewhere
):
    plans.make_pillar()
    factories.make_agency(regency, "Bappeda")
    theirs = factories.make_agency(elsewhere, "Diskominfo")
    columns = ["name", "pillar", "lead_agency"]
    place = [None, None, "danau-toba", "2018", 1]

    refused = load(InitiativeSheet, ministry, columns, [*place, "Air", "environment", "Bappeda"])
    assert problems(refused) == ["lead_agency"]
    load(InitiativeSheet, ministry, columns, [*place, "Air", "environment", "Diskominfo"])

    made = Initiative.objects.get()
    assert (made.masterplan, made.lead_agency) == (joint, theirs)


def test_a_file_keeps_the_rules_of_the_form(ministry, plan, elsewhere):
    row = plans.make_initiative(plan, "Lama")
    plans.make_year(row, 2024)
    plans.make_part(plans.make_pillar("living", 4))
    columns = ["name", "pillar", "is_quick_win", "outside_period_reason"]

    refused = load(InitiativeSheet, ministry, columns, [*OURS, "Lama", "environment", "ya", None])
    assert problems(refused) == ["outside_period_reason"]
    taken = load(
        InitiativeSheet, ministry, columns, [*OURS, "Lama", "environment", "ya", "Lanjut"]
    )
    assert taken.problems == []


def test_budgets_are_exact_and_stay_inside_the_period(ministry, plan):
    plans.make_initiative(plan, "Bank Sampah", is_quick_win=True)
    columns = ["initiative", "year", "fund_source", "planned", "realised"]

    taken = load(
        YearPlanSheet,
        ministry,
        columns,
        [*OURS, "Bank Sampah", 2019, "APBD", 0.1, None],
        [*OURS, "Bank Sampah", 2019, "csr", "999999999999999.99", 0],
    )
    assert taken.problems == []
    assert [row.planned for row in YearPlan.objects.order_by("fund_source")] == [
        Decimal("0.10"),
        Decimal("999999999999999.99"),
    ]
    refused = load(
        YearPlanSheet,
        ministry,
        columns,
        [*OURS, "Bank Sampah", 2024, "apbd", 1, None],
        [*OURS, "Bank Sampah", 2020, "apbd", -1, None],
    )
    assert problems(refused) == ["year", "planned"]
    assert YearPlan.objects.count() == 2


def test_books_are_named_by_their_number_in_the_plans_cohort(ministry, plan, cohort):
    plans.make_definition(factories.make_cohort(2019), 4)
    definition = plans.make_definition(cohort, 2)

    taken = load(BookSheet, ministry, ["book", "handed_over_on"], [*OURS, 2, "2018-12-01"])
    refused = load(BookSheet, ministry, ["book"], [*OURS, 4])

    assert taken.problems == []
    assert plan.books.get().definition == definition
    assert problems(refused) == ["book"]


def test_regulations_come_by_form_and_number(ministry, plan):
    columns = ["form", "number_as_printed"]
    for outcome in ("new", "same"):
        done = load(LegalInstrumentSheet, ministry, columns, [*OURS, "perbup", "91 Tahun 2018"])
        assert done.counts[outcome] == 1


def test_published_books_of_a_cohort_stay_as_they_are(ministry, cohort):
    rows = book(["cohort", "number", "title"], ["2018", 1, "Analisis Strategis"])
    sheet = BookDefinitionSheet(ministry)
    assert sheet.load(reading.read(rows), write=True).problems == []
    cohort.definitions_published_at, cohort.definitions_published_by = (
        "2018-01-01T00:00Z",
        ministry,
    )
    cohort.save()

    changed = book(["cohort", "number", "title"], ["2018", 1, "Lain"])
    outcome = BookDefinitionSheet(ministry).load(reading.read(changed), write=True)

    assert problems(outcome) == ["cohort"]


@pytest.mark.parametrize("sheet", [MasterplanSheet, InitiativeSheet, YearPlanSheet])
def test_what_leaves_comes_back_unchanged(sheet, ministry, plan, joint, regency):
    agency = factories.make_agency(regency)
    plans.make_year(plans.make_initiative(plan, lead_agency=agency))
    plans.make_year(plans.make_initiative(joint, "Bersama"))
    rows = sheet._meta.model.objects.all()
    own = sheet(ministry)

    content = writing.xlsx(own.columns, list(own.export(own.with_related(rows))))

    assert sheet(ministry).load(reading.read(content), write=True).counts == {
        "new": 0, "changed": 0, "same": 2, "refused": 0,
    }  # fmt: skip
