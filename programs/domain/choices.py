"""Which of several statements holds: a person chooses, and the row history keeps it."""

from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, connection, models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.core import event_models

from programs.domain import stated
from programs.models import BimtekStage, Output, Session, Statement
from regencies.access import Right, holds
from regencies.errors import RuleError
from regencies.models import User

#: What moves through verbs of its own is marked by a choice and never written.
UNDER_A_VERB = frozenset({"status", "state", "decision", "publication", "progress", "revision"})
SIGNED_FIELDS = ("verified_", "decided_", "released_", "chosen_", "submitted_", "closed_")
OF_THE_REGION: tuple[type[models.Model], ...] = (BimtekStage, Session, Output)


def writes(statement: Statement) -> bool:
    """Whether choosing the statement writes its value into the record, or only marks it."""
    model = stated.noun_of(statement)
    if model is None or issubclass(model, OF_THE_REGION):
        return False
    field = stated.column(model, statement.field)
    return (
        field is not None
        and _is_plain(field)
        and stated.read(model, statement.field, statement.stated) is not None
    )


def _is_plain(field: Any) -> bool:
    """A date, number or text that anybody of the ministry may type."""
    if field.name in UNDER_A_VERB or field.name.startswith(SIGNED_FIELDS):
        return False
    if field.is_relation or field.choices or field.unique or not field.editable:
        return False
    if isinstance(field, models.SlugField | models.DateTimeField):
        return False
    numbers = models.DateField | models.IntegerField | models.DecimalField
    return stated.is_text(field) or isinstance(field, numbers)


def refusal(statement: Statement, chosen: Statement | None) -> str | None:
    """Why the statement cannot be chosen now, as a sentence; None when it can.

    ``chosen``: the statement about the same field that is chosen already, if there is one.
    """
    if not statement.field:
        return _("It speaks of the record as a whole, so there is nothing to choose.")
    if chosen is not None and chosen.pk == statement.pk:
        return _("It is chosen already.")
    if chosen is not None:
        return _("Another statement is chosen: “%(stated)s”. Take that choice back first.") % {
            "stated": chosen.stated
        }
    return None


def chosen_among(statement: Statement) -> QuerySet[Statement]:
    """The statements about the same field of the same record."""
    return Statement.objects.filter(
        content_type=statement.content_type_id,
        object_id=statement.object_id,
        field=statement.field,
    )


@transaction.atomic
def choose(statement: Statement, *, by: User, because: str) -> Statement:
    """Mark the statement that holds, and write its value where the field is a plain one."""
    if not (because := because.strip()):
        raise RuleError(_("Say why this statement holds."), fields=["because"])
    statement, chosen = _claimed(statement, by)
    if reason := refusal(statement, chosen):
        raise RuleError(reason)
    record = _record(statement)
    if record is None:
        raise RuleError(_("The record it speaks of is no longer there."))
    # One context for both rows: it tells ``unchoose`` which change of the record was this one.
    with pghistory.context(choice=statement.pk):
        statement.chosen_at, statement.chosen_by = timezone.now(), by
        statement.chosen_because = because
        statement.save(update_fields=["chosen_at", "chosen_by", "chosen_because"])
        if writes(statement):
            value = stated.read(type(record), statement.field, statement.stated)
            _write(record, statement.field, value)
    return statement


@transaction.atomic
def unchoose(statement: Statement, *, by: User) -> Statement:
    """Take the choice back; the record gets back what it said before, unless it changed since.

    Where the record is gone, the statement is no longer marked, and nothing else happens.
    """
    statement, _chosen = _claimed(statement, by)
    if statement.chosen_at is None:
        raise RuleError(_("This statement is not chosen."))
    record = _record(statement)
    if record is not None:
        _give_back(statement, record)
    statement.chosen_at = statement.chosen_by = None
    statement.chosen_because = ""
    statement.save(update_fields=["chosen_at", "chosen_by", "chosen_because"])
    return statement


def _give_back(statement: Statement, record: Any) -> None:
    """What the record said before the choice, if the choice changed it."""
    if (written := _written(statement, record)) is None:
        return
    before, after = written
    if getattr(record, statement.field) != after:
        raise RuleError(
            _("The record was changed after the choice. Correct the record first, by hand.")
        )
    _write(record, statement.field, before)


def _claimed(statement: Statement, by: User) -> tuple[Statement, Statement | None]:
    """The stored statement and the chosen one of its field, all of that field locked."""
    if not holds(by, Right.REVIEW):
        raise PermissionDenied
    rows = chosen_among(statement).select_for_update(of=("self",)).select_related("content_type")
    found = {row.pk: row for row in rows.order_by("pk")}
    if statement.pk not in found:
        raise RuleError(_("Somebody changed this statement meanwhile; read it again."))
    chosen = next((row for row in found.values() if row.chosen_at), None)
    return found[statement.pk], chosen


def _record(statement: Statement) -> Any:
    """The record it speaks of, locked; None when that is no longer there."""
    model = stated.noun_of(statement)
    rows: Any = model._base_manager.all() if model else Statement.objects.none()
    return rows.select_for_update(of=("self",)).filter(pk=statement.object_id).first()


def _write(record: Any, name: str, value: Any) -> None:
    """Save one field through the model's own rules; the database has the last word."""
    if getattr(record, name) == value:
        return
    setattr(record, name, value)
    try:
        record.full_clean()
        with transaction.atomic():
            record.save(update_fields=[name])
            connection.check_constraints()  # those that wait for the end of the transaction too
    except ValidationError as error:
        raise RuleError(" ".join(error.messages)) from error
    except (IntegrityError, InternalError) as error:
        raise RuleError(
            _("The record does not take this value: what is on record already forbids it.")
        ) from error


def _written(statement: Statement, record: models.Model) -> tuple[Any, Any] | None:
    """What the choice changed in the record, as (before, after); None where it changed nothing."""
    choices = _events(Statement).filter(pgh_obj_id=statement.pk, chosen_at=statement.chosen_at)
    choice: Any = choices.order_by("pgh_id").first()
    events = _events(type(record)).filter(pgh_obj_id=record.pk).order_by("pgh_id")
    same = events.filter(pgh_context_id=choice.pgh_context_id, pgh_label="update")
    for after in same:
        before = events.filter(pgh_id__lt=after.pgh_id).last()
        was, became = getattr(before, statement.field), getattr(after, statement.field)
        if was != became:
            return was, became
    return None


def _events(model: type[models.Model]) -> QuerySet[Any]:
    """The history rows of a model; not by name, since AwardEvent is a noun of its own."""
    (found,) = event_models(tracks_model=model)
    return found._default_manager.all()
