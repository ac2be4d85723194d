"""Ways around the database's rules that an attacker tried: each is closed by a trigger."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from programs.domain import candidacies, definitions
from programs.models import (
    AssessmentCriterion,
    AssessorScore,
    BookDefinition,
    Candidacy,
    Cohort,
    EvaluationRound,
    Initiative,
    PillarScore,
    ProgressClaim,
    YearPlan,
)
from regencies.models import Agency
from tests import factories, world
from tests.nouns import honours, papers, plans


def refused(act, match):
    """The act fails by that rule, at once or when the transaction would end."""

    def whole():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        whole()


@pytest.fixture
def released(regency, cohort, ministry):
    row = papers.make_candidacy(regency, cohort)
    papers.make_score(row)
    row = candidacies.decide(row, by=ministry, decision="selected")
    return candidacies.release([row], by=ministry)[0]


@pytest.fixture
def frozen(cohort, ministry):
    BookDefinition.objects.create(cohort=cohort, number=1, title="Analisis")
    return definitions.publish(cohort, by=ministry)


def test_a_published_cohort_neither_changes_its_key_nor_goes(frozen):
    rows = Cohort.objects.filter(pk=frozen.pk)

    refused(lambda: rows.update(id=999_999), "definitions_stay_published")
    refused(lambda: rows._raw_delete(rows.db), "published_cohort_stays")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"decision": "struck_off", "reason": "x", "released_at": None}, "release_stays"),
        ({"released_by": None}, "release_stays"),
        ({"id": 999_999}, "release_stays"),
        ({"decision": "reserve"}, "released_decision_is_frozen"),
    ],
)
def test_a_release_cannot_be_taken_back(released, changes, rule):
    refused(lambda: Candidacy.objects.update(**changes), rule)


def test_what_is_struck_off_stays_so_with_its_reason(released, ministry):
    candidacies.strike_off(released, by=ministry, reason="Tidak hadir.")

    for changes in ({"reason": "Lain."}, {"decision": "selected"}, {"decided_by": None}):
        refused(lambda c=changes: Candidacy.objects.update(**c), "released_decision_is_frozen")


def test_a_released_candidacy_and_its_scores_stay(released):
    refused(lambda: Candidacy.objects.all()._raw_delete("default"), "released_candidacy_stays")
    refused(lambda: AssessorScore.objects.update(score=1), "scores_stay_after_release")
    refused(lambda: AssessorScore.objects.all().delete(), "scores_stay_after_release")


def test_a_candidacy_is_not_born_decided(regency, cohort):
    born = {"decision": "selected", "decided_at": "2018-01-01T00:00Z"}

    refused(lambda: papers.make_candidacy(regency, cohort, **born), "candidacy_starts_open")


def test_a_criterion_stays_in_its_cohort_and_above_its_scores(regency, cohort):
    papers.make_score(papers.make_candidacy(regency, cohort), score=80)
    other = factories.make_cohort(2019)

    refused(lambda: AssessmentCriterion.objects.update(cohort=other), "criterion_stays")
    refused(lambda: AssessmentCriterion.objects.update(highest_score=79), "criterion_holds")
    AssessmentCriterion.objects.update(highest_score=80)


def test_definitions_do_not_move_away_from_what_follows_them(cohort):
    other = factories.make_cohort(2019)
    BookDefinition.objects.create(cohort=cohort, number=1, title="Analisis")

    refused(lambda: BookDefinition.objects.update(cohort=other), "book_definition_stays")
    refused(
        lambda: cohort.stage_definitions.filter(number=1).update(cohort=other, number=F("number")),
        "stage_definition_stays",
    )


def test_a_round_keeps_its_scheme_under_pillar_scores_too(regency, db):
    evaluation = honours.make_evaluation(regency)
    PillarScore.objects.create(evaluation=evaluation, pillar=honours.make_pillar(), score=4)
    other = honours.make_published_scheme("2022")

    refused(lambda: EvaluationRound.objects.update(scheme=other), "round_keeps_its_scheme")


def test_an_agency_stays_in_its_region(regency, elsewhere):
    factories.make_agency(regency)

    refused(lambda: Agency.objects.update(regency=elsewhere), "agency_stays")


@pytest.fixture
def quick_win(participation):
    plan = plans.make_plan(participation, first_year=2018, last_year=2023)
    row = plans.make_initiative(plan, is_quick_win=True)
    plans.make_year(row, 2019)
    return row


def test_blanks_explain_no_year_outside_the_period(quick_win):
    def act():
        Initiative.objects.update(outside_period_reason="   ")
        YearPlan.objects.update(year=2030)

    refused(act, "outside the period of its masterplan")


def test_a_period_has_both_its_years(quick_win):
    plan = type(quick_win.masterplan).objects.filter(pk=quick_win.masterplan_id)

    refused(lambda: plan.update(last_year=None), "years_in_order")


@pytest.mark.parametrize("column", ["planned", "realised"])
def test_no_number_is_no_money(quick_win, column):
    def act():
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE programs_yearplan SET {column} = 'NaN'")

    refused(act, "money_not_negative")


def test_a_claim_keeps_its_key(db):
    claim = plans.make_claim(plans.make_initiative(plans.make_plan(world.World().participation)))

    refused(
        lambda: ProgressClaim.objects.filter(pk=claim.pk).update(id=999_999), "claim_never_changes"
    )
