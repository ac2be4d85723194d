import datetime as dt

import pytest
from django.utils import timezone, translation

from programs.domain import masterplans
from programs.models import BookSection, LegalInstrument, Masterplan, SectionDefinition
from regencies.errors import RuleError
from tests import factories
from tests.nouns import plans


@pytest.fixture
def plan(participation):
    return plans.make_plan(participation)


def titles(gaps):
    return [(gap.field, gap.text) for gap in gaps]


def test_books_and_mandatory_sections_that_are_missing_are_told(plan, cohort):
    first = plans.make_definition(cohort, 1, "Kesiapan", "Kesenjangan")
    plans.make_definition(cohort, 2)
    SectionDefinition.objects.create(book=first, position=3, title="Lain", is_mandatory=False)
    plans.make_definition(factories.make_cohort(2019), 4)  # another year's book
    book = plans.make_book(plan, first)
    BookSection.objects.create(
        book=book, definition=first.sections.get(title="Kesiapan"), pages="12-30"
    )

    with translation.override("en"):
        found = titles(masterplans.gaps(plan))

    assert found == [
        ("book-1", "Buku I: Judul buku 1: “Kesenjangan” has neither text nor pages."),
        ("book-2", "Buku II: Judul buku 2 is not on record."),
    ]
    assert [state.is_complete for state in masterplans.books(plan)] == [False, False]


def test_a_plan_with_all_its_books_and_sections_lacks_nothing(plan, cohort):
    definition = plans.make_definition(cohort, 1, "Kesiapan")
    book = plans.make_book(plan, definition)
    BookSection.objects.create(book=book, definition=definition.sections.get(), text="Ada.")

    assert masterplans.gaps(plan) == []
    assert [state.book for state in masterplans.books(plan)] == [book]


def test_the_legal_form_is_the_regulations_or_none_yet(plan):
    with translation.override("en"):
        assert masterplans.legal_form(plan) == "none yet"

    LegalInstrument.objects.create(
        masterplan=plan, form="perbup", number_as_printed="91 Tahun 2018"
    )

    assert masterplans.legal_form(plan) == "Perbup 91 Tahun 2018"


def test_agencies_that_proposed_nothing_yet_are_a_query(plan, regency, elsewhere):
    today = timezone.localdate()
    leads = factories.make_agency(regency, "Dinas Lingkungan Hidup")
    helps = factories.make_agency(regency, "Bappeda")
    silent = factories.make_agency(regency, "Dinas Kesehatan", active_to=today)
    factories.make_agency(regency, "Dinas Lama", active_to=today - dt.timedelta(days=1))
    factories.make_agency(regency, "Dinas Baru", active_from=today + dt.timedelta(days=1))
    factories.make_agency(elsewhere)
    initiative = plans.make_initiative(plan, lead_agency=leads)
    plans.make_initiative(plan, "Tanpa penanggung jawab")
    initiative.support.create(agency=helps)
    older = plans.make_plan(plan.participation, version=2)
    plans.make_initiative(older, lead_agency=silent)

    assert list(masterplans.agencies_without_initiative(plan)) == [helps, silent]


def test_a_joint_plan_asks_the_agencies_of_all_its_regions(cohort, regency, elsewhere):
    joint = plans.make_joint_plan(cohort, regency, elsewhere)
    ours, theirs = factories.make_agency(regency), factories.make_agency(elsewhere)
    factories.make_agency(factories.make_regency("33.01"))
    plans.make_initiative(joint, lead_agency=theirs)

    assert list(masterplans.agencies_without_initiative(joint)) == [ours]


@pytest.mark.parametrize("count", [1, 3])
def test_the_figures_of_a_list_come_with_it(count, plan, cohort, django_assert_num_queries):
    plans.make_joint_plan(cohort)
    for version in range(2, count + 1):
        plans.make_plan(plan.participation, version=version)
    definition = plans.make_definition(cohort, 1, "Kesiapan", "Kesenjangan")
    plans.make_definition(cohort, 2)
    book = plans.make_book(plan, definition)
    BookSection.objects.create(book=book, definition=definition.sections.first(), text="Ada.")
    plans.make_initiative(plan, is_quick_win=True)
    plans.make_initiative(plan, "Lain")

    with django_assert_num_queries(1):
        rows = {row.pk: row for row in masterplans.with_figures(Masterplan.objects.all())}

    names = ["books_there", "sections_there", "initiatives_there", "quick_wins"]
    assert [getattr(rows[plan.pk], name) for name in names] == [1, 1, 2, 1]
    assert {(row.books_asked, row.sections_asked) for row in rows.values()} == {(2, 2)}
    others = [row for pk, row in rows.items() if pk != plan.pk]
    assert {getattr(row, name) for row in others for name in names} == {0}


def test_a_period_that_leaves_quick_wins_outside_names_them(plan):
    early = plans.make_initiative(plan, "Awal", is_quick_win=True)
    plans.make_year(early, 2018)
    plans.make_year(early, 2019)
    told = plans.make_initiative(
        plan, "Dijelaskan", is_quick_win=True, outside_period_reason="Lanjutan."
    )
    plans.make_year(told, 2018)
    plans.make_year(plans.make_initiative(plan, "Biasa"), 2018)

    plan.first_year = 2020
    with pytest.raises(RuleError) as refusal:
        masterplans.check_period(plan)
    assert refusal.value.fields == ("last_year",)
    assert "Awal. " in str(refusal.value)
    for first, last in ((2018, 2019), (None, None)):
        plan.first_year, plan.last_year = first, last
        masterplans.check_period(plan)
    masterplans.check_period(Masterplan(first_year=2030, last_year=2031))
