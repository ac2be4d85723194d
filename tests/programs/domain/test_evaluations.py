from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.domain import evaluations
from programs.models import ComponentScore, Evaluation, PillarScore
from regencies.errors import RuleError
from tests import factories
from tests.nouns import honours

OTHER_WEIGHTS = [
    (name, weight)
    for (name, _old), weight in zip(honours.WEIGHTS, (10, 20, 30, 30, 10), strict=True)
]


@pytest.fixture
def evaluation(regency):
    return honours.make_evaluation(regency)


def read(evaluation):
    return evaluations.with_index(Evaluation.objects.filter(pk=evaluation.pk)).get()


def test_kota_kediri_2022_gives_what_was_published_within_rounding(evaluation):
    Evaluation.objects.update(published_index=Decimal("3.31"))
    honours.score(evaluation, *honours.KEDIRI)

    row = read(evaluation)

    assert evaluations.computed_index(evaluation) == row.computed == Decimal("3.315")
    assert row.difference == Decimal("0.005")
    assert not evaluations.differs(row)


def test_with_the_other_weights_kediri_is_flagged(regency):
    held = honours.make_round(scheme=honours.make_published_scheme("lain", OTHER_WEIGHTS))
    row = honours.make_evaluation(regency, held, published_index=Decimal("3.31"))
    honours.score(row, *honours.KEDIRI)

    found = read(row)

    assert found.computed == Decimal("3.257")
    assert evaluations.differs(found)
    assert list(evaluations.with_index(Evaluation.objects.all()).filter(evaluations.DIFFERS)) == [
        row
    ]


@pytest.mark.parametrize(("published", "flagged"), [("3.325", True), ("3.324", False)])
def test_a_difference_is_flagged_from_a_hundredth_on(evaluation, published, flagged):
    Evaluation.objects.update(published_index=Decimal(published))
    honours.score(evaluation, *honours.KEDIRI)

    assert evaluations.differs(read(evaluation)) is flagged


def test_the_index_waits_for_the_last_final_score(evaluation):
    honours.score(evaluation, *honours.KEDIRI, scorer="self")
    assert evaluations.computed_index(evaluation) is None

    honours.score(evaluation, *honours.KEDIRI[:4])
    assert evaluations.computed_index(evaluation) is None
    assert not evaluations.differs(read(evaluation))


def test_scores_of_other_evaluations_do_not_count(evaluation):
    honours.score(evaluation, *honours.KEDIRI)
    other = honours.make_evaluation(factories.make_regency("33.16"))
    honours.score(other, 1, 1, 1, 1, 1)

    found = {row.pk: row.computed for row in evaluations.with_index(Evaluation.objects.all())}

    assert found == {evaluation.pk: Decimal("3.315"), other.pk: Decimal(1)}


def test_the_exact_sum_is_rounded_half_up_to_three_decimals(evaluation):
    honours.score(evaluation, "3.005", "3", "3", "3", "3")  # 3.0005 exactly

    assert evaluations.computed_index(evaluation) == Decimal("3.001")


@pytest.mark.parametrize("count", [1, 20])
def test_the_index_of_many_is_one_query(db, count):
    for number in range(1, count + 1):
        row = honours.make_evaluation(factories.make_regency(f"33.{number:02}"))
        honours.score(row, *honours.KEDIRI)

    with CaptureQueriesContext(connection) as queries:
        found = [row.computed for row in evaluations.with_index(Evaluation.objects.all())]

    assert (len(queries), found) == (1, [Decimal("3.315")] * count)


def test_only_named_scores_are_written_and_none_takes_one_away(evaluation, ministry):
    honours.score(evaluation, "3", "3")
    first, second, third, *_rest = evaluation.round.scheme.components.all()
    pillar = honours.make_pillar()

    evaluations.enter_scores(
        evaluation,
        by=ministry,
        components={(first.pk, "final"): Decimal("3.5"), (second.pk, "final"): None,
                    (third.pk, "self"): Decimal(4)},
        pillars={(pillar.pk, "final"): Decimal(2)},
    )  # fmt: skip

    kept = ComponentScore.objects.values_list("component", "scorer", "score")
    assert set(kept) == {(first.pk, "final", Decimal("3.5")), (third.pk, "self", Decimal(4))}
    assert PillarScore.objects.get().score == 2


@pytest.mark.parametrize("number", ["4.001", "-0.001"])
def test_a_score_beyond_the_scheme_is_refused_in_words(evaluation, ministry, number):
    first = evaluation.round.scheme.components.first()

    with pytest.raises(RuleError) as refusal:
        evaluations.enter_scores(
            evaluation, by=ministry, components={(first.pk, "final"): Decimal(number)}
        )
    assert "4" in str(refusal.value)
    assert not ComponentScore.objects.exists()


def test_components_of_another_scheme_and_unpublished_schemes_take_no_scores(evaluation, ministry):
    foreign = honours.make_published_scheme("2019").components.first()
    draft = honours.make_round(2023, scheme=honours.make_scheme("2024"))
    unready = honours.make_evaluation(held=draft)
    own = draft.scheme.components.first()

    for row, part in ((evaluation, foreign), (unready, own)):
        with pytest.raises(RuleError):
            evaluations.enter_scores(row, by=ministry, components={(part.pk, "final"): Decimal(3)})


@pytest.mark.parametrize("who", ["officer", "signer", "observer", "nobody"])
def test_only_the_ministry_enters_scores(evaluation, who, request):
    with pytest.raises(PermissionDenied):
        evaluations.enter_scores(evaluation, by=request.getfixturevalue(who))
