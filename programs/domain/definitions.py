"""A cohort's definitions: copied from an earlier cohort, edited, then published for good.

Definitions are the stages with their required outputs, the books with their sections and the
assessment criteria. Published, the database freezes them; next year's are a new copy, so a
change never reaches back.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programs.models import (
    AssessmentCriterion,
    BookDefinition,
    Cohort,
    Requirement,
    SectionDefinition,
    StageDefinition,
)
from regencies.access import Right, holds
from regencies.errors import RuleError
from regencies.models import User

ALL = Decimal(100)
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Counts:
    """How many definitions of each kind a cohort has."""

    stages: int
    requirements: int
    books: int
    sections: int
    criteria: int


def count(cohort: Cohort) -> Counts:
    """What ``cohort`` defines, and so what a copy of it would bring."""
    return Counts(
        stages=cohort.stage_definitions.count(),
        requirements=Requirement.objects.filter(definition__cohort=cohort).count(),
        books=cohort.books.count(),
        sections=SectionDefinition.objects.filter(book__cohort=cohort).count(),
        criteria=cohort.criteria.count(),
    )


@transaction.atomic
def begin(cohort: Cohort, *, by: User, copied_from: Cohort | None) -> Cohort:
    """Store a new cohort, internal and with an earlier one's definitions to start from.

    Due dates move by the years between the two. Raises ``PermissionDenied`` without the
    right to manage, ``ValidationError`` for a cohort that cannot be.
    """
    if not holds(by, Right.MANAGE):
        raise PermissionDenied
    cohort.full_clean()
    cohort.save(force_insert=True)
    if copied_from is not None:
        copy(copied_from, cohort)
    return cohort


@transaction.atomic
def copy(source: Cohort, target: Cohort) -> None:
    """Give ``target``, which has no definitions yet, those of ``source``."""
    years = target.year - source.year
    for stage in source.stage_definitions.prefetch_related("requirements"):
        requirements = list(stage.requirements.all())
        new = _twin(stage, cohort=target, due_on=_years_on(stage.due_on, years))
        for requirement in requirements:
            _twin(requirement, definition=new)
    for book in source.books.prefetch_related("sections"):
        sections = list(book.sections.all())
        twin = _twin(book, cohort=target)
        for section in sections:
            _twin(section, book=twin)
    for criterion in source.criteria.all():
        _twin(criterion, cohort=target)


def _twin(row: Row, **changes: object) -> Row:
    """A new row with the same values but for ``changes``."""
    fields = [f for f in row._meta.concrete_fields if not f.primary_key]
    values = {f.name: getattr(row, f.name) for f in fields if f.name not in changes}
    twin = type(row)(**(values | changes))
    twin.save(force_insert=True)
    return twin


def _years_on(day: dt.date | None, years: int) -> dt.date | None:
    """The same day so many years later; 29 February becomes the 28th."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


@transaction.atomic
def adjust(
    cohort: Cohort,
    *,
    by: User,
    due_on: Mapping[int, dt.date | None],
    weights: Mapping[int, Decimal | None],
) -> None:
    """Set due dates of stages and weights of criteria, each by the row's id, before publishing.

    Raises ``PermissionDenied`` without the right to manage, ``RuleError`` once published.
    """
    if not holds(by, Right.MANAGE):
        raise PermissionDenied
    _claim_draft(cohort)
    for stage in cohort.stage_definitions.filter(pk__in=due_on):
        stage.due_on = due_on[stage.pk]
        stage.save(update_fields=["due_on"])
    for criterion in cohort.criteria.filter(pk__in=weights):
        criterion.weight = weights[criterion.pk]
        criterion.save(update_fields=["weight"])


def _claim_draft(cohort: Cohort) -> Cohort:
    """The cohort, locked, while its definitions are not published yet."""
    locked = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if locked.definitions_published_at:
        raise RuleError(_("The definitions of this cohort are published already."))
    return locked


def problems(cohort: Cohort) -> list[str]:
    """What keeps the definitions from being published, as sentences; empty when nothing does."""
    stages = list(cohort.stage_definitions.prefetch_related("requirements"))
    found = [
        _("%s has no required output.") % stage for stage in stages if not stage.requirements.all()
    ]
    if missing := {1, 2, 3, 4} - {stage.number for stage in stages}:
        roman = dict(StageDefinition._meta.get_field("number").flatchoices)
        found.append(_("Missing: %s.") % ", ".join(roman[number] for number in sorted(missing)))
    days = [stage.due_on for stage in stages if stage.due_on]
    if days != sorted(days):
        found.append(_("The due dates are not in the order of the stages."))
    if not cohort.books.exists():
        found.append(_("No masterplan book is defined."))
    return found + _weight_problems(cohort)


def _weight_problems(cohort: Cohort) -> list[str]:
    """Weights are given for every criterion and make 100, or for none (they were never known)."""
    weights = list(cohort.criteria.values_list("weight", flat=True))
    known = [weight for weight in weights if weight is not None]
    if not known:
        return []
    if len(known) < len(weights):
        return [_("Some criteria have a weight and some have none.")]
    if sum(known) != ALL:
        return [_("The weights of the criteria make %s instead of 100.") % sum(known)]
    return []


def undated(cohort: Cohort) -> list[StageDefinition]:
    """The stages without a due date: possible, but for good once published."""
    return list(cohort.stage_definitions.filter(due_on=None))


@transaction.atomic
def publish(cohort: Cohort, *, by: User, without_dates: bool = False) -> Cohort:
    """Freeze the definitions, so that what regions owe cannot change under their hands.

    There is no way back. ``without_dates``: stages without a due date are meant so. Raises
    ``PermissionDenied`` without the right to review, ``RuleError`` with every problem while
    some are left.
    """
    if not holds(by, Right.REVIEW):
        raise PermissionDenied
    locked = _claim_draft(cohort)
    if found := problems(locked):
        raise RuleError(" ".join(found), code="incomplete")
    if not without_dates and (stages := undated(locked)):
        names = ", ".join(str(stage) for stage in stages)
        raise RuleError(_("No due date: %s.") % names, code="undated")
    locked.definitions_published_at = timezone.now()
    locked.definitions_published_by = by
    locked.save(update_fields=["definitions_published_at", "definitions_published_by"])
    return locked


def defined_things(cohort: Cohort) -> dict[str, list[models.Model]]:
    """The definitions themselves, for pages that list them, in four queries or less."""
    return {
        "stages": list(
            StageDefinition.objects.filter(cohort=cohort).annotate(
                asked=models.Count("requirements")
            )
        ),
        "books": list(
            BookDefinition.objects.filter(cohort=cohort).annotate(parts=models.Count("sections"))
        ),
        "criteria": list(AssessmentCriterion.objects.filter(cohort=cohort)),
    }
