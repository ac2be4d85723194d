"""What a statement can speak of: the nouns, their fields and figures, and how a value is read."""

import datetime as dt
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst

from programs.domain.figures import figures_of
from programs.models import (
    AssessmentCriterion,
    Award,
    AwardCategory,
    AwardEvent,
    BimtekStage,
    BodyMember,
    Book,
    BookDefinition,
    Candidacy,
    Cohort,
    Commitment,
    CommitmentSignatory,
    Evaluation,
    EvaluationRound,
    Initiative,
    Institution,
    LegalInstrument,
    Letter,
    LocalBody,
    Masterplan,
    Memorandum,
    Participation,
    Partnership,
    Program,
    Requirement,
    Session,
    Signatory,
    Source,
    StageDefinition,
    Statement,
    YearPlan,
)
from regencies.domain import numbers
from regencies.models import Agency, Area, OfficeTerm, Regency, User

#: The kinds of record that a source can speak of, in the order of a participation's life.
NOUNS: tuple[type[models.Model], ...] = (
    Participation, Cohort, Program, Candidacy, AssessmentCriterion, Letter, Memorandum,
    Signatory, LocalBody, BodyMember, BimtekStage, Session, StageDefinition, Requirement,
    Masterplan, Book, BookDefinition, LegalInstrument, Initiative, YearPlan, Commitment,
    CommitmentSignatory, AwardEvent, AwardCategory, Award, EvaluationRound, Evaluation,
    Institution, Partnership, OfficeTerm, Regency, Agency, Area, Source,
)  # fmt: skip

#: Bookkeeping that no source speaks of.
UNSPOKEN = frozenset({"id", "publication", "document", "file", "revision", "is_example"})


def speaks_of(field: models.Field) -> bool:
    """Who decided in this portal and when, no source tells: the portal knows that itself."""
    is_signature = isinstance(field, models.DateTimeField) or field.related_model is User
    return field.name not in UNSPOKEN and not is_signature


def noun_of(statement: Statement) -> type[models.Model] | None:
    """The kind of record it speaks of; None when the portal has no such noun any more."""
    return statement.content_type.model_class()


def record_of(statement: Statement) -> Any:
    """The record it speaks of; None when that is no longer there."""
    return statement.record if noun_of(statement) else None


def fields_of(model: type[models.Model]) -> dict[str, str]:
    """What a statement about this noun may name: its fields and figures, each in words."""
    own = {f.name: capfirst(str(f.verbose_name)) for f in model._meta.fields if speaks_of(f)}
    return own | {name: str(figure.label) for name, figure in figures_of(model).items()}


def field_label(model: type[models.Model] | None, name: str) -> str:
    """A field or figure in words; "" (the record as a whole) stays empty."""
    if model is None:
        return name
    if figure := figures_of(model).get(name):
        return str(figure.label)
    field = column(model, name)
    return capfirst(str(field.verbose_name)) if field else name


def column(model: type[models.Model], name: str) -> Any:
    """The model's own column of that name, or None."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, models.Field) and field.concrete else None


def is_text(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def read(model: type[models.Model] | None, name: str, stated: str) -> Any:
    """The stated words as a value of the field: date, number or text; None if they are none."""
    if model is None:
        return None
    field = column(model, name)
    if name in figures_of(model) or isinstance(field, models.IntegerField):
        return numbers.whole(stated.strip())
    if isinstance(field, models.DecimalField):
        return numbers.exact(stated.strip())
    if isinstance(field, models.DateField):
        return _day(stated)
    return " ".join(stated.split()) if field is not None and is_text(field) else None


def _day(stated: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(stated)
    except ValueError:
        return None
