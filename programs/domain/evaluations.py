"""The index of an evaluation: computed from final scores and weights, beside the published one.

Rounding. The computed index is the exact sum of weight x final score, rounded half up to three
decimals. Published indices have two: Kota Kediri 2022 (3.60, 3.21, 3.23, 3.07, 3.65 with the
weights 10/20/30/20/20) makes 3.315, and 3.31 was published, so the ministry cuts or computes
from finer scores. A difference is therefore flagged from a whole hundredth on, no earlier.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Abs, Round
from django.utils.formats import localize
from django.utils.translation import gettext as _

from programs.models import (
    ComponentScore,
    Evaluation,
    EvaluationComponent,
    EvaluationScheme,
    PillarScore,
    Scorer,
)
from regencies.access import Right
from regencies.errors import RuleError
from regencies.models import User

#: The smallest difference that rounding to two decimals cannot explain.
BEYOND_ROUNDING = Decimal("0.01")

INDEX = models.DecimalField(max_digits=9, decimal_places=3)

WEIGHTED = F("score") * F("component__weight")

#: A score by what it is about (component or pillar) and by whom it was given; None: no score.
Scores = Mapping[tuple[int, str], Decimal | None]


def with_index(evaluations: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    """Evaluations with ``computed`` (None while a component lacks its final score) and
    ``difference``, how far the published index lies from it.
    """
    final = ComponentScore.objects.filter(evaluation=OuterRef("pk"), scorer=Scorer.FINAL)
    per_evaluation = final.order_by().values("evaluation")
    asked = EvaluationComponent.objects.filter(scheme=OuterRef("round__scheme"))
    return evaluations.annotate(
        _scored=_of(per_evaluation, Count("pk"), models.IntegerField()),
        _asked=_of(asked.order_by().values("scheme"), Count("pk"), models.IntegerField()),
        _sum=_of(per_evaluation, Round(Sum(WEIGHTED) / 100, 3), INDEX),
        computed=Case(When(_scored=F("_asked"), then=F("_sum")), output_field=INDEX),
        difference=Abs(F("published_index") - F("computed"), output_field=INDEX),
    )


def _of(rows: QuerySet[Any, Any], number: models.Aggregate | Round, field: Any) -> Subquery:
    return Subquery(rows.annotate(number=number).values("number"), output_field=field)


#: Of evaluations read ``with_index``: the published index is not what the scores make.
DIFFERS = Q(difference__gte=BEYOND_ROUNDING)


def computed_index(evaluation: Evaluation) -> Decimal | None:
    """What final scores and weights make, as lists and pages show it."""
    row: Any = with_index(Evaluation.objects.filter(pk=evaluation.pk)).get()
    return row.computed


def differs(evaluation: Any) -> bool:
    """Whether an ``Evaluation`` read ``with_index`` was published beyond rounding."""
    return evaluation.difference is not None and evaluation.difference >= BEYOND_ROUNDING


@transaction.atomic
def enter_scores(
    evaluation: Evaluation,
    *,
    by: User,
    components: Scores | None = None,
    pillars: Scores | None = None,
) -> None:
    """Write the scores named, and only these; None takes a score away.

    Raises ``PermissionDenied`` without the right to manage, ``RuleError`` for a score beyond
    the scheme or a component of another one.
    """
    stored = Evaluation.objects.within(by, Right.MANAGE).select_for_update(of=("self",))
    locked = stored.select_related("round__scheme").filter(pk=evaluation.pk).first()
    if locked is None:
        raise PermissionDenied
    given = [*(components or {}).values(), *(pillars or {}).values()]
    _check(locked.round.scheme, [score for score in given if score is not None])
    known = set(locked.round.scheme.components.values_list("pk", flat=True))
    if foreign := {pk for pk, _scorer in components or {}} - known:
        raise RuleError(_("Not a component of this round's scheme: %s.") % sorted(foreign))
    for (pk, scorer), score in (components or {}).items():
        _write(ComponentScore, score, evaluation=locked, component_id=pk, scorer=scorer)
    for (pk, scorer), score in (pillars or {}).items():
        _write(PillarScore, score, evaluation=locked, pillar_id=pk, scorer=scorer)


def beyond(scheme: EvaluationScheme, score: Decimal) -> str:
    """Why a score does not fit the scheme, "" when it does."""
    if 0 <= score <= scheme.highest_score:
        return ""
    words = _("A score of this scheme goes from 0 to %(highest)s.")
    return words % {"highest": localize(scheme.highest_score.normalize())}


def _check(scheme: EvaluationScheme, scores: list[Decimal]) -> None:
    if scores and scheme.published_at is None:
        raise RuleError(_("The scheme of this round is not published yet: publish it first."))
    for score in scores:
        if reason := beyond(scheme, score):
            raise RuleError(reason)


def _write(
    model: type[ComponentScore] | type[PillarScore], score: Decimal | None, **place: Any
) -> None:
    rows: QuerySet[models.Model] = model._default_manager.filter(**place)
    if score is None:
        rows.delete()
    else:
        model._default_manager.update_or_create(**place, defaults={"score": score})
