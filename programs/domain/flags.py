"""What is odd about a statement, beside its rivals and the record: computed, never typed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.domain import stated
from programs.domain.figures import figures_of
from programs.models import Statement, Weekday

#: App, model and id of a record: known without asking the database.
Key = tuple[str, str, int]


class FlagKind(models.TextChoices):
    WEEKDAY = "weekday", gettext_lazy("Weekday and date do not match")
    EARLY = "early", gettext_lazy("Published before the event")
    COUNT = "count", gettext_lazy("Total differs from the rows on record")
    ABSENT = "absent", gettext_lazy("No rows on record yet")
    DIFFERS = "differs", gettext_lazy("Differs from the record")
    RIVALS = "rivals", gettext_lazy("Statements disagree")


@dataclass(frozen=True)
class Flag:
    """Something odd about one statement, in words."""

    kind: FlagKind
    words: str


def key_of(statement: Statement) -> Key:
    kind = statement.content_type
    return kind.app_label, kind.model, statement.object_id


def rivalry(statement: Statement) -> tuple[Any, ...]:
    """Statements of the same key speak of the same thing."""
    whole_record = statement.contradiction_id or -statement.pk
    return (
        *key_of(statement),
        statement.field,
        0 if statement.field else whole_record,
    )


def mark(statements: list[Statement], records: dict[Key, models.Model]) -> list[Statement]:
    """Give each ``about`` (its record), ``label`` (field), ``shown`` (its value) and ``flags``."""
    values: dict[Any, dict[Any, str]] = defaultdict(dict)
    for statement in statements:
        value = _value(statement)
        shown = statement.stated if isinstance(value, str) else in_words(value)
        values[rivalry(statement)].setdefault(value, shown)
    counts = _counts(statements)
    for statement in statements:
        row: Any = statement
        value = _value(statement)
        row.shown = statement.stated if isinstance(value, str) else in_words(value)
        row.about = records.get(key_of(statement))
        row.label = stated.field_label(stated.noun_of(row), statement.field)
        count = counts.get(_model_figure(statement), {}).get(statement.object_id)
        row.flags = list(_odd(row, values[rivalry(statement)], count))
    return statements


def _odd(statement: Any, values: dict[Any, str], count: int | None) -> Iterable[Flag]:
    own = _value(statement)
    day = statement.event_on or (own if isinstance(own, dt.date) else None)
    if statement.weekday and day and day.isoweekday() != statement.weekday:
        words = _("%(date)s was a %(right)s; the source prints %(printed)s.")
        right, printed = Weekday(day.isoweekday()).label, Weekday(statement.weekday).label
        yield _flag("WEEKDAY", words, date=day, right=right, printed=printed)
    published = statement.source.published_on if statement.source else None
    if published and statement.event_on and published < statement.event_on:
        words = _("Dated %(published)s, before the event of %(event)s.")
        yield _flag("EARLY", words, published=published, event=statement.event_on)
    if count == 0 and own != count:
        yield _flag("ABSENT", _("There is nothing yet to compare the total with."))
    elif count is not None and own != count:
        yield _flag("COUNT", _("On record: %(count)s."), count=count)
    now = None if count is not None else value_now(statement.about, statement.field)
    if now is not None and _is_comparable(statement) and own != _folded(now):
        yield _flag("DIFFERS", _("The record says: %(now)s."), now=now)
    if others := [shown for value, shown in values.items() if value != own]:
        # Of a record as a whole the rivals are whole sentences, each with its own line.
        words = _("Also stated: %(others)s.") if statement.field else ""
        yield _flag("RIVALS", words, others="; ".join(others))


def _flag(kind: str, words: str, **values: Any) -> Flag:
    return Flag(FlagKind[kind], words % {name: in_words(value) for name, value in values.items()})


def flags_of(statement: Any) -> list[Flag]:
    return list(statement.flags)


def is_contradicted(statement: Statement) -> bool:
    """Whether something speaks against it; rows that are missing so far do not."""
    kinds = {flag.kind for flag in flags_of(statement)} - {FlagKind.ABSENT}
    return bool(statement.contradiction_id or kinds)


def in_words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return date_format(value, "j F Y") if isinstance(value, dt.date) else str(value)


def _folded(value: Any) -> Any:
    return " ".join(value.split()).casefold() if isinstance(value, str) else value


def _value(statement: Statement) -> Any:
    """What is stated as something to compare: a date, a number, or folded words."""
    read = _read(statement)
    return _folded(statement.stated if read is None else read)


def _is_comparable(statement: Statement) -> bool:
    return _read(statement) is not None


def _read(statement: Statement) -> Any:
    return stated.read(stated.noun_of(statement), statement.field, statement.stated)


def value_now(record: models.Model | None, field: str) -> Any:
    """What the record says now; None where it says nothing, or the field is only counted."""
    own = stated.column(type(record), field) if record is not None and field else None
    if own is None or own.is_relation:
        return None
    value = getattr(record, f"get_{field}_display")() if own.choices else getattr(record, field)
    return None if value in (None, "") else value


def _model_figure(statement: Statement) -> tuple[Any, str]:
    return stated.noun_of(statement), statement.field


def _counts(statements: Iterable[Statement]) -> dict[tuple[Any, str], dict[int, int]]:
    """The rows on record for each figure that is stated: one query for each figure."""
    asked = defaultdict(set)
    for statement in statements:
        model, name = _model_figure(statement)
        if model is not None and name in figures_of(model):
            asked[model, name].add(statement.object_id)
    return {key: figures_of(key[0])[key[1]].count(ids) for key, ids in asked.items()}
