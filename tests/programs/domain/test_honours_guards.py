"""What the database itself refuses about schemes, scores and recommendations."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from programs.domain import recommendations
from programs.models import (
    ComponentScore,
    EvaluationComponent,
    EvaluationScheme,
    FollowUp,
    PillarScore,
    Recommendation,
)
from tests import factories
from tests.nouns import honours


def refused(by, deed):
    with pytest.raises(DatabaseError, match=by), transaction.atomic():
        deed()


def publish(scheme, by):
    EvaluationScheme.objects.filter(pk=scheme.pk).update(
        published_at=timezone.now(), published_by=by
    )


@pytest.mark.parametrize("weights", [[], [("Baseline", 99)], [("A", 60), ("B", "40.01")]])
def test_only_weights_that_make_100_are_published(db, ministry, weights):
    scheme = honours.make_scheme(weights=weights)

    refused("weights_sum_to_100", lambda: publish(scheme, ministry))


def test_a_published_scheme_and_its_components_stand_still(db, ministry):
    scheme = honours.make_published_scheme()
    parts = EvaluationComponent.objects.filter(scheme=scheme)
    one_more = {"scheme": scheme, "slug": "baru", "name": "Baru", "weight": 0}
    changes = {
        "scheme": EvaluationScheme.objects.filter(pk=scheme.pk).update,
        "component": parts.update,
    }

    refused("scheme_is_frozen", lambda: changes["scheme"](name="Lain"))
    refused("scheme_is_frozen", lambda: changes["scheme"](published_at=None))
    refused("component_is_frozen", lambda: changes["component"](weight=20))
    refused("component_is_frozen", lambda: EvaluationComponent.objects.create(**one_more))
    refused("is_frozen", parts.delete)
    assert parts.count() == 5


def test_a_component_cannot_move_into_a_published_scheme(db):
    published, draft = honours.make_published_scheme(), honours.make_scheme("2024")
    part = draft.components.filter(slug="baseline")

    refused("component_is_frozen", lambda: part.update(scheme=published, slug="pindah"))


@pytest.mark.parametrize("model", [ComponentScore, PillarScore])
def test_a_score_lies_within_the_scheme(db, model):
    evaluation = honours.make_evaluation()
    about = {"component": evaluation.round.scheme.components.first()}
    if model is PillarScore:
        about = {"pillar": honours.make_pillar()}

    model.objects.create(evaluation=evaluation, score=Decimal(4), **about)
    refused(
        "score_fits",
        lambda: model.objects.create(
            evaluation=evaluation, scorer="self", score=Decimal("4.001"), **about
        ),
    )


def test_a_score_is_for_a_component_of_the_rounds_own_published_scheme(db):
    other = honours.make_published_scheme("2019")
    evaluation = honours.make_evaluation()
    draft = honours.make_round(2023, scheme=honours.make_scheme("2024"))
    unready = honours.make_evaluation(held=draft)

    def foreign():
        ComponentScore.objects.create(
            evaluation=evaluation, component=other.components.first(), score=3
        )

    refused("component_score_fits", foreign)
    refused("component_score_fits", lambda: honours.score(unready, "3"))


def test_a_scored_round_keeps_its_scheme(db):
    other = honours.make_published_scheme("2019")
    evaluation = honours.make_evaluation()
    rounds = type(evaluation.round).objects.filter(pk=evaluation.round.pk)

    rounds.update(scheme=other)  # nothing is scored yet
    evaluation.refresh_from_db()
    honours.score(evaluation, "3")

    back = honours.make_published_scheme()
    refused("round_keeps_its_scheme", lambda: rounds.update(scheme=back))


def test_an_evaluation_stays_with_its_region_and_round(db):
    evaluation = honours.make_evaluation()
    rows = type(evaluation).objects.filter(pk=evaluation.pk)

    refused("evaluation_stays", lambda: rows.update(regency=factories.make_regency("33.16")))
    refused("evaluation_stays", lambda: rows.update(round=honours.make_round(2023)))


def test_a_closed_recommendation_takes_no_change_and_no_report(db, ministry):
    row = honours.make_recommendation()
    recommendations.close(row, by=ministry, note="Selesai.")
    rows = Recommendation.objects.filter(pk=row.pk)

    def report():
        FollowUp.objects.create(
            recommendation=row, text="x", reported_at=timezone.now(), reported_by=ministry
        )

    refused("closed_recommendation_is_frozen", lambda: rows.update(text="Lain"))
    refused("closed_recommendation_is_frozen", lambda: rows.update(closed_at=None))
    refused("closed_recommendation_stays", rows.delete)
    rows.update(publication="public")  # which is no word of the recommendation
    refused("follow_up_is_open", report)


def test_a_follow_up_is_written_once(db, ministry):
    row = honours.make_recommendation()
    recommendations.report(row, by=ministry, text="Dilengkapi.")

    refused("follow_up_is_append_only", lambda: FollowUp.objects.update(text="Lain"))
    refused("follow_up_is_append_only", lambda: FollowUp.objects.all().delete())
