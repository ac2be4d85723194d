"""Evaluation schemes: free until published, then frozen; next year's is a copy."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from programs.models import EvaluationComponent, EvaluationScheme
from regencies.access import Right, holds
from regencies.errors import RuleError
from regencies.models import User

WHOLE = Decimal(100)


def with_weights(schemes: QuerySet[EvaluationScheme]) -> QuerySet[EvaluationScheme]:
    """Schemes with ``weight_sum`` (None without components) and ``component_count``."""
    return schemes.annotate(
        weight_sum=Sum("components__weight"), component_count=Count("components")
    ).order_by("slug")


def refusal(scheme: Any) -> str:
    """Why an ``EvaluationScheme`` read ``with_weights`` cannot be published; "" if it can."""
    if scheme.published_at:
        return _("This scheme is published already.")
    if not scheme.component_count:
        return _("Add the components first.")
    if scheme.weight_sum != WHOLE:
        return _("The weights make %(sum)s, not 100.") % {
            "sum": localize(scheme.weight_sum.normalize())
        }
    return ""


def weights(scheme: EvaluationScheme) -> str:
    """What a person reads before publishing: each component with its weight, in order."""
    parts = scheme.components.order_by("position", "pk")
    return " · ".join(f"{part.name} {part.weight.normalize():f}" for part in parts)


@transaction.atomic
def publish(scheme: EvaluationScheme, *, by: User, seen: str | None = None) -> EvaluationScheme:
    """Freeze a scheme whose weights make exactly 100, so that rounds can be scored by it.

    ``seen``: the ``weights`` that the person read; others, written meanwhile, are refused.
    Raises ``PermissionDenied`` without the right to review, ``RuleError`` when it does not fit.
    """
    if not holds(by, Right.REVIEW):
        raise PermissionDenied
    # The lock comes first: whoever is changing a component holds a share of it (the trigger
    # component_is_frozen) until done, and nobody starts afterwards.
    EvaluationScheme.objects.select_for_update().get(pk=scheme.pk)
    locked = with_weights(EvaluationScheme.objects.filter(pk=scheme.pk)).get()
    if reason := refusal(locked):
        raise RuleError(reason)
    if seen is not None and seen != weights(locked):
        raise RuleError(_("The weights were changed after you opened this page. Read them again."))
    locked.published_at, locked.published_by = timezone.now(), by
    locked.save(update_fields=["published_at", "published_by"])
    return locked


@transaction.atomic
def copy(scheme: EvaluationScheme, *, slug: str, name: str, by: User) -> EvaluationScheme:
    """A new, unpublished scheme with the same components: the way to change a frozen one."""
    if not holds(by, Right.MANAGE):
        raise PermissionDenied
    if EvaluationScheme.objects.filter(slug=slug).exists():
        raise RuleError(_("Another scheme has this short name."), fields=["slug"])
    new = EvaluationScheme.objects.create(
        slug=slug, name=name, highest_score=scheme.highest_score, note=scheme.note
    )
    EvaluationComponent.objects.bulk_create(
        EvaluationComponent(
            scheme=new,
            position=part.position,
            slug=part.slug,
            name=part.name,
            weight=part.weight,
        )
        for part in scheme.components.all()
    )
    return new
