"""Constraints that several nouns share."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def dates_in_order(first: str, last: str) -> models.CheckConstraint:
    """The day ``last`` is not before the day ``first``; either may be unknown."""
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__isnull": True})
        | Q(**{f"{last}__gte": F(first)}),
        name="%(app_label)s_%(class)s_dates_in_order",
        violation_error_message=_("The last day is before the first day."),
    )


def not_blank(field: str) -> models.CheckConstraint:
    """The text holds more than blanks."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__regex": r"\S"}),
        name=f"%(app_label)s_%(class)s_{field}_not_blank",
        violation_error_message=_("Write something here, not only blanks."),
    )


def known(field: str, values: Sequence[str]) -> models.CheckConstraint:
    """The value is one of those the portal knows, whoever writes it."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": list(values)}),
        name=f"%(app_label)s_%(class)s_{field}_known",
    )
