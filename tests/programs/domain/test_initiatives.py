import datetime as dt
import random
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from programs.domain import initiatives
from programs.models import Initiative
from regencies.errors import RuleError
from tests import factories
from tests.nouns import plans

ON = dt.date(2020, 3, 17)


@pytest.fixture
def plan(participation):
    return plans.make_plan(participation)


@pytest.fixture
def initiative(plan):
    return plans.make_initiative(plan)


def missing(initiative):
    return [gap.field for gap in initiatives.completeness(initiative)]


def test_year_lead_agency_and_budget_make_an_initiative_complete(initiative, regency):
    assert missing(initiative) == ["year", "lead_agency", "budget"]

    year = plans.make_year(initiative, planned=None)
    assert missing(initiative) == ["lead_agency", "budget"]
    initiative.lead_agency = factories.make_agency(regency)
    initiative.save()
    assert missing(initiative) == ["budget"]

    year.planned = 0  # an estimate of nothing is an estimate
    year.save()
    assert missing(initiative) == []


def test_what_was_spent_is_no_estimate(initiative):
    plans.make_year(initiative, planned=None, realised=5)

    assert "budget" in missing(initiative)


def test_the_query_and_the_sentence_agree_on_random_rows(plan, regency):
    chance = random.Random(53)
    agency = factories.make_agency(regency)
    for number in range(60):
        row = plans.make_initiative(
            plan, f"Program {number}", lead_agency=chance.choice([None, agency])
        )
        for year in range(2019, 2019 + chance.randrange(3)):
            plans.make_year(row, year, planned=chance.choice([None, 0, "12.50"]))

    told = {row.pk: missing(row) for row in Initiative.objects.all()}

    assert {row.pk for row in Initiative.objects.incomplete()} == {pk for pk in told if told[pk]}
    assert {row.pk for row in Initiative.objects.complete()} == {pk for pk in told if not told[pk]}
    assert {row.pk: missing(row) for row in Initiative.objects.with_gaps()} == told
    assert len({tuple(fields) for fields in told.values()}) == 6  # no year means no budget


def test_rows_loaded_with_their_gaps_need_no_further_query(initiative, django_assert_num_queries):
    rows = list(Initiative.objects.with_gaps())

    with django_assert_num_queries(0):
        assert len(initiatives.completeness(rows[0])) == 3


@pytest.mark.parametrize("who", ["officer", "signer", "ministry"])
def test_officers_and_ministry_staff_move_the_state(who, initiative, request):
    by = request.getfixturevalue(who)

    states = [
        initiatives.start(initiative, by=by).state,
        initiatives.stop(initiative, by=by, reason=" Anggaran dialihkan. ", on=ON).state,
        initiatives.resume(initiative, by=by).state,
        initiatives.finish(initiative, by=by).state,
    ]

    assert states == ["running", "stopped", "running", "done"]
    initiative.refresh_from_db()
    assert (initiative.stopped_on, initiative.stopped_reason) == (None, "")


@pytest.mark.parametrize(
    "who", ["contributor", "observer", "expert", "stranger", "nobody", "boss"]
)
def test_nobody_else_moves_the_state(who, initiative, request):
    by = request.getfixturevalue("nobody" if who == "boss" else who)
    by.is_superuser = who == "boss"

    for step in (initiatives.start, initiatives.finish, initiatives.resume):
        with pytest.raises(PermissionDenied):
            step(initiative, by=by)
    with pytest.raises(PermissionDenied):
        initiatives.stop(initiative, by=by, reason="x", on=ON)
    initiative.refresh_from_db()
    assert initiative.state == "planned"


def test_a_stop_says_why_and_when(initiative, officer):
    stopped = initiatives.stop(initiative, by=officer, reason="Pandemi.", on=ON)

    assert (stopped.stopped_on, stopped.stopped_reason) == (ON, "Pandemi.")


@pytest.mark.parametrize(
    ("reason", "days", "field"), [(" ", 0, "reason"), ("x" * 5001, 0, "reason"), ("x", 1, "on")]
)
def test_a_stop_without_reason_or_in_the_future_is_refused(
    reason, days, field, initiative, officer
):
    on = timezone.localdate() + dt.timedelta(days=days)

    with pytest.raises(RuleError) as refusal:
        initiatives.stop(initiative, by=officer, reason=reason, on=on)

    assert refusal.value.fields == (field,)


def test_a_step_that_the_state_does_not_allow_is_refused(initiative, officer):
    initiatives.finish(initiative, by=officer)

    for step in (initiatives.start, initiatives.finish):
        with pytest.raises(RuleError):
            step(initiative, by=officer)
    with pytest.raises(RuleError):
        initiatives.stop(initiative, by=officer, reason="x", on=ON)
    assert initiatives.resume(initiative, by=officer).state == "running"


def test_a_plan_s_agencies_and_parts_fit_together(initiative, regency, elsewhere):
    ours, theirs = factories.make_agency(regency), factories.make_agency(elsewhere, "Bappeda")
    initiative.lead_agency = theirs
    initiative.sub_dimension = plans.make_part(plans.make_pillar("living", 4))

    found = initiatives.misplaced(initiative, supporters=[ours, theirs])

    assert sorted(found) == ["lead_agency", "sub_dimension", "support"]
    assert "Bappeda" in found["lead_agency"]
    initiative.lead_agency, initiative.sub_dimension = ours, None
    assert initiatives.misplaced(initiative, supporters=[ours]) == {}


def test_agencies_of_every_region_of_an_area_fit_its_joint_plan(cohort, regency, elsewhere):
    third = factories.make_regency("33.01")
    joint = plans.make_joint_plan(cohort, regency, elsewhere)
    initiative = plans.make_initiative(joint, lead_agency=factories.make_agency(elsewhere))

    assert initiatives.misplaced(initiative, supporters=[factories.make_agency(regency)]) == {}
    found = initiatives.misplaced(initiative, supporters=[factories.make_agency(third)])
    assert sorted(found) == ["support"]


@pytest.mark.parametrize(
    ("quick", "reason", "years", "said"),
    [
        (True, "", [2019, 2025], True),
        (True, "", [2017], True),
        (True, "Sudah berjalan sebelumnya.", [2017], False),
        (True, "", [2018, 2023], False),
        (False, "", [2017], False),
    ],
)
def test_a_quick_win_outside_its_plans_period_asks_why(quick, reason, years, said, initiative):
    initiative.is_quick_win, initiative.outside_period_reason = quick, reason

    found = initiatives.misplaced(initiative, years=years)

    assert ("outside_period_reason" in found) == said


def test_a_plan_without_a_period_asks_nothing(participation):
    plan = plans.make_plan(participation, first_year=None, last_year=None)
    initiative = plans.make_initiative(plan, is_quick_win=True)

    assert initiatives.misplaced(initiative, years=[2050]) == {}


def test_totals_are_exact_rupiah_by_year_fund_and_pillar(
    plan, django_assert_num_queries, elsewhere
):
    waste, clinic = (
        plans.make_initiative(plan),
        plans.make_initiative(plan, "Klinik", pillar=plans.make_pillar("living", 4)),
    )
    plans.make_year(waste, planned="0.10", realised="0.07")
    plans.make_year(waste, fund_source="csr", planned=None)
    plans.make_year(clinic, planned="999999999999999.99")
    more = plans.make_initiative(plan, "Bank sampah lain")
    plans.make_year(more, planned="0.20")
    other = plans.make_plan(factories.make_participation(elsewhere))
    plans.make_year(plans.make_initiative(other), planned=7)

    with django_assert_num_queries(1):
        found = initiatives.totals(plan.initiatives.all())

    assert [(t.year, t.fund_source, t.pillar) for t in found] == [
        (2019, "apbd", "living"),
        (2019, "apbd", "environment"),
        (2019, "csr", "environment"),
    ]
    assert [(t.planned, t.realised, t.unestimated) for t in found] == [
        (Decimal("999999999999999.99"), Decimal(0), 0),
        (Decimal("0.30"), Decimal("0.07"), 0),
        (Decimal(0), Decimal(0), 1),
    ]
    assert all(isinstance(t.planned, Decimal) for t in found)
