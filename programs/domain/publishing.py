"""Opening a row to the public, and taking it back: an axis apart from workflow and time.

Whether the public then really reads the row also depends on the rows above it (a cohort, a
participation), as each model's queryset says.
"""

from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from programs.models import Cohort, Participation, Publication
from programs.models.publication import Publishable
from regencies.access import Right, ScopedQuerySet, holds
from regencies.errors import RuleError
from regencies.models import User

Row = TypeVar("Row", bound=Publishable | Participation | Cohort)

WAYS_TO_A_COHORT = (
    "cohort",
    "participation__cohort",
    "masterplan__cohort",
    "masterplan__participation__cohort",
    "category__event__cohort",
)


@transaction.atomic
def publish(row: Row, *, by: User) -> Row:
    """Open a row to the public; returns the fresh row.

    Raises ``PermissionDenied`` out of reach, ``RuleError`` for example data and for what is
    public already.
    """
    return _move(row, Publication.PUBLIC, by=by)


@transaction.atomic
def unpublish(row: Row, *, by: User) -> Row:
    """Take a row off the public pages; raises as ``publish`` does."""
    return _move(row, Publication.INTERNAL, by=by)


def refusals(rows: QuerySet[Any], to: str) -> dict[int, str]:
    """The rows that refuse to become ``to``, each with the sentence why; in two queries."""
    said = _("It is public already.") if to == Publication.PUBLIC else _("It is not public.")
    found = dict.fromkeys(rows.filter(publication=to).values_list("pk", flat=True), said)
    if to == Publication.PUBLIC:
        examples = rows.filter(of_an_example(rows.model)).values_list("pk", flat=True)
        found |= dict.fromkeys(examples, _("Example data is never published."))
    return found


def of_an_example(model: type[models.Model]) -> Q:
    """The condition under which a row of ``model`` belongs to an example cohort."""
    condition = Q(is_example=True) if model is Cohort else Q(pk__in=[])
    for way in WAYS_TO_A_COHORT:
        if _leads_to_a_cohort(model, way):
            condition |= Q(**{f"{way}__is_example": True})
    return condition


def _move(row: Row, to: str, *, by: User) -> Row:
    rows = _reached(type(row), by=by)
    locked: Row | None = rows.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if locked is None:
        raise PermissionDenied
    if reason := refusals(rows.filter(pk=row.pk), to).get(row.pk):
        raise RuleError(reason)
    locked.publication = to
    locked.save(update_fields=["publication"])
    return locked


def _reached(model: type[Row], *, by: User) -> QuerySet[Any]:
    """The stored rows that ``by`` decides about; reference rows follow the national right."""
    rows: QuerySet[Any] = model._default_manager.all()
    if isinstance(rows, ScopedQuerySet):
        return rows.within(by, Right.REVIEW)
    return rows if holds(by, Right.REVIEW) else rows.none()


def _leads_to_a_cohort(model: type[models.Model], way: str) -> bool:
    step: Any = model
    for name in way.split("__"):
        try:
            step = step._meta.get_field(name).related_model
        except FieldDoesNotExist:
            return False
        if step is None:
            return False
    return step is Cohort
