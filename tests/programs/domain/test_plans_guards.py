"""What the database refuses of plans, initiatives and claims, whoever asks."""

import datetime as dt

import pytest
from django.apps import apps
from django.db import IntegrityError, InternalError, connection, models, transaction
from django.utils import timezone

from programs.domain import claims
from programs.models import (
    BookSection,
    Initiative,
    Masterplan,
    ProgressClaim,
    SupportingAgency,
)
from tests import factories
from tests.nouns import plans


@pytest.fixture
def plan(participation):
    return plans.make_plan(participation)


@pytest.fixture
def quick_win(plan):
    row = plans.make_initiative(plan, is_quick_win=True)
    plans.make_year(row, 2019)
    return row


@pytest.fixture
def claim(quick_win):
    return plans.make_claim(quick_win)


def refused(by, act):
    """``act`` fails through the trigger of that name, at once or when the transaction ends."""
    connection.check_constraints()  # what came before is fine
    with pytest.raises((IntegrityError, InternalError), match=by):
        allowed(act)


@transaction.atomic
def allowed(act):
    act()
    connection.check_constraints()


def test_a_quick_win_takes_no_year_outside_the_period(quick_win):
    refused("year_stays_in_period", lambda: plans.make_year(quick_win, 2024))
    year = quick_win.years.get()
    refused("year_stays_in_period", lambda: quick_win.years.filter(pk=year.pk).update(year=2017))


def test_an_initiative_outside_the_period_becomes_no_quick_win(plan):
    row = plans.make_initiative(plan)
    plans.make_year(row, 2024)
    rows = Initiative.objects.filter(pk=row.pk)

    refused("quick_win_stays_in_period", lambda: rows.update(is_quick_win=True))
    allowed(lambda: rows.update(is_quick_win=True, outside_period_reason="Lanjutan."))
    refused("quick_win_stays_in_period", lambda: rows.update(outside_period_reason=""))


def test_a_period_does_not_move_away_from_its_quick_wins(plan, quick_win):
    rows = Masterplan.objects.filter(pk=plan.pk)

    refused("period_holds_quick_wins", lambda: rows.update(first_year=2020))
    refused("period_holds_quick_wins", lambda: rows.update(last_year=2018))
    Initiative.objects.update(outside_period_reason="Lanjutan.")
    allowed(lambda: rows.update(first_year=2020))


def test_an_explained_year_and_a_plan_without_period_are_accepted(quick_win, plan):
    Initiative.objects.update(outside_period_reason="Lanjutan.")
    allowed(lambda: plans.make_year(quick_win, 2024))
    Initiative.objects.update(outside_period_reason="")
    allowed(lambda: Masterplan.objects.update(first_year=None, last_year=None))


def test_a_plan_stays_where_it_is(plan, elsewhere, cohort):
    other = factories.make_participation(elsewhere, cohort)
    refused("plan_stays", lambda: Masterplan.objects.update(participation=other))


def test_a_book_is_one_of_the_plans_own_cohort(plan):
    foreign = plans.make_definition(factories.make_cohort(2019), 1)
    refused("book_fits_its_cohort", lambda: plans.make_book(plan, foreign))
    joint = plans.make_joint_plan(plan.definitions)
    refused("book_fits_its_cohort", lambda: plans.make_book(joint, foreign))


def test_a_section_is_one_of_its_book(plan, cohort):
    book = plans.make_book(plan, plans.make_definition(cohort, 1))
    foreign = plans.make_definition(cohort, 2, "Rencana aksi").sections.get()
    refused(
        "section_fits_its_book",
        lambda: BookSection.objects.create(book=book, definition=foreign, text="x"),
    )


def test_an_initiative_stays_in_its_plan(quick_win, plan):
    other = plans.make_plan(plan.participation, version=2)
    refused("initiative_stays", lambda: Initiative.objects.update(masterplan=other))


def test_agencies_and_parts_of_others_are_refused(quick_win, elsewhere):
    theirs = factories.make_agency(elsewhere)
    part = plans.make_part(plans.make_pillar("living", 4))
    fits = "initiative_fits_its_place"
    refused(fits, lambda: Initiative.objects.update(lead_agency=theirs))
    refused(fits, lambda: Initiative.objects.update(sub_dimension=part))
    refused(
        "support_comes_from_the_region",
        lambda: SupportingAgency.objects.create(initiative=quick_win, agency=theirs),
    )


def test_the_regions_of_an_area_may_lead_its_joint_plan(cohort, regency, elsewhere):
    joint = plans.make_joint_plan(cohort, regency)
    ours, theirs = factories.make_agency(regency), factories.make_agency(elsewhere)

    allowed(lambda: plans.make_initiative(joint, lead_agency=ours))
    refused(
        "initiative_fits_its_place",
        lambda: plans.make_initiative(joint, "Lain", lead_agency=theirs),
    )


def test_definitions_of_books_stand_still_once_published(cohort, ministry):
    book = plans.make_definition(cohort, 1, "Kesiapan")
    cohort.definitions_published_at, cohort.definitions_published_by = timezone.now(), ministry
    cohort.save()

    refused("book_definition_is_frozen", lambda: type(book).objects.update(title="x"))
    refused("section_definition_is_frozen", lambda: book.sections.update(title="x"))
    refused("section_definition_is_frozen", lambda: book.sections.all().delete())


def test_a_claim_is_written_once(claim):
    rows = ProgressClaim.objects.filter(pk=claim.pk)
    for change in ({"percent": 90}, {"note": "lain"}, {"as_of": dt.date(2020, 1, 1)}):
        refused("claim_never_changes", lambda change=change: rows.update(**change))
    refused("claim_stays", rows.delete)


def test_a_claim_begins_open_and_a_decision_is_final(claim, ministry):
    given = {
        "initiative": claim.initiative, "percent": 1, "as_of": claim.as_of,
        "claimed_at": timezone.now(), "claimed_by": claim.claimed_by,
    }  # fmt: skip
    refused(
        "claim_starts_open",
        lambda: ProgressClaim.objects.create(
            **given, verified_at=timezone.now(), verified_by=ministry
        ),
    )
    claims.verify(claim, by=ministry)
    undo = {"verified_at": None, "verified_by": None}
    refused("claim_never_changes", lambda: ProgressClaim.objects.update(**undo))


def test_the_verifier_is_never_the_claimer(claim):
    own = {"verified_at": timezone.now(), "verified_by": claim.claimed_by}
    refused("verifier_is_not_claimer", lambda: ProgressClaim.objects.update(**own))


def test_money_is_never_negative(quick_win):
    for column in ("planned", "realised"):
        refused(
            "money_not_negative", lambda column=column: quick_win.years.update(**{column: "-0.01"})
        )


def test_no_number_of_the_portal_is_a_binary_fraction():
    floats = [
        f"{model.__name__}.{field.name}"
        for label in ("regencies", "programs")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FloatField)
    ]

    assert floats == []
