"""What happened to one row, in plain words: the events that the database's triggers keep of it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from pghistory.models import Event

from regencies.audit import Channel
from regencies.models import User

#: Rows that belong to another: their model, and the name of its link to that other.
Part = tuple[type[models.Model], str]
#: By field: how its value reads, where the field itself cannot tell.
Words = dict[str, Callable[[Any], str]]


@dataclass(frozen=True)
class Change:
    """One field before and after, as a person reads it."""

    label: str
    before: str
    after: str


@dataclass
class Entry:
    """What one person did at one moment."""

    at: dt.datetime
    who: str
    channel: str
    deed: str
    role: str = ""
    reason: str = ""
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class _Told:
    """Events of one model: of the row itself, or of parts that hang on it by ``link``."""

    model: type[models.Model]
    link: str
    events: list[Any]
    words: Words = field(default_factory=dict)


def is_tracked(model: type[models.Model]) -> bool:
    return bool(_tables(model))


def events_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """The history rows that ``regencies.history.tracked`` keeps of a model."""
    return _tables(model)[0]._default_manager.all()


def history(
    row: models.Model, *, parts: Iterable[Part] = (), words: Words | None = None
) -> list[Entry]:
    """Every change of ``row`` and of its ``parts``, newest first.

    One query for each model that is told about or pointed at, however many events there are.
    """
    told = [_Told(type(row), "", list(_events(type(row), pgh_obj_id=row.pk)), words or {})]
    for model, link in parts:
        if is_tracked(model):
            told.append(_Told(model, link, list(_events(model, **{link: row.pk}))))
    names = _names(told)
    entries = [entry for rows in told for entry in _entries(rows, names)]
    return sorted(entries, key=lambda entry: entry.at)[::-1]


def user_of(event: Any) -> int | None:
    return (event.pgh_context or {}).get("user")


def named(user: int | None, users: dict[Any, Any]) -> str:
    """Who did it, for a reader; an account may be gone."""
    if user is None:
        return _("the system")
    return str(users.get(user) or _("somebody whose account is gone"))


def channel_words(value: str) -> str:
    return str(Channel(value).label) if value in Channel.values else value


def _tables(model: type[models.Model]) -> list[Any]:
    # By the link back, not by name: the history of Award is no "AwardEvent", which is a noun.
    return [table for table in Event.__subclasses__() if table.pgh_tracked_model is model]


def _events(model: type[models.Model], **which: Any) -> models.QuerySet[Any]:
    return events_of(model).filter(**which).order_by("pgh_id")


def _entries(rows: _Told, names: dict[Any, Any]) -> list[Entry]:
    fields = [field for field in _fields(rows.model) if field.name != rows.link]
    part = str(rows.model._meta.verbose_name) if rows.link else ""
    last: dict[Any, Any] = {}
    found = []
    for event in rows.events:
        before, last[event.pgh_obj_id] = last.get(event.pgh_obj_id), event
        old, new = (event, None) if event.pgh_label == "delete" else (before, event)
        changes = [
            Change(capfirst(str(field.verbose_name)), was, now)
            for field in fields
            if (was := _shown(old, field, rows.words, names))
            != (now := _shown(new, field, rows.words, names))
        ]
        if changes:
            found.append(_entry(event, _deed(event.pgh_label, part), changes, names[User]))
    return found


def _entry(event: Any, deed: str, changes: list[Change], users: dict[Any, Any]) -> Entry:
    context = event.pgh_context or {}
    return Entry(
        at=event.pgh_created_at,
        who=named(user_of(event), users),
        channel=channel_words(context.get("channel", Channel.SHELL)),
        deed=deed,
        reason=context.get("reason", ""),
        changes=changes,
    )


def _deed(what: str, part: str) -> str:
    if not part:
        words = {"insert": _("recorded this"), "delete": _("removed this")}
        return words.get(what, _("changed this"))
    words = {"insert": _("added a row: %s"), "delete": _("removed a row: %s")}
    return words.get(what, _("changed a row: %s")) % part


def _fields(model: type[models.Model]) -> list[Any]:
    """The fields that say something to a reader: no keys, no counters, no storage."""
    keys = {"id", "revision", "key"}
    for virtual in model._meta.private_fields:
        if isinstance(virtual, GenericForeignKey):
            keys |= {virtual.ct_field, virtual.fk_field}
    kept = {field.name for field in _tables(model)[0]._meta.concrete_fields}
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in kept - keys and not isinstance(field, models.FileField)
    ]


def _names(told: list[_Told]) -> dict[Any, Any]:
    """By model: the people, and the rows of whom the events keep the keys alone."""
    wanted: dict[Any, set[Any]] = {User: set()}
    for rows in told:
        wanted[User] |= {user_of(event) for event in rows.events}
        for link in _fields(rows.model):
            if link.is_relation:
                ids = {getattr(event, link.attname) for event in rows.events}
                wanted.setdefault(link.related_model, set()).update(ids)
    return {model: _rows(model, ids) for model, ids in wanted.items()}


def _rows(model: type[models.Model], ids: set[Any]) -> dict[Any, Any]:
    # The names of some rows are made of the rows above them.
    rows: Any = model._default_manager.select_related()
    return rows.in_bulk(ids - {None})


def _shown(event: Any, of: Any, words: Words, names: dict[Any, Any]) -> str:
    """A value as a person reads it; an absent row or value is the empty string."""
    value = getattr(event, of.attname) if event else None
    if value in (None, "", []):
        return ""
    if of.name in words:
        return words[of.name](value)
    if of.is_relation:
        return str(names[of.related_model].get(value) or _("a record that is gone"))
    if isinstance(of, ArrayField):
        return ", ".join(_words(one, of.base_field) for one in value)
    return _words(value, of)


def _words(value: Any, of: Any) -> str:
    if of.choices:
        return str(dict(of.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "j F Y H:i")
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    return str(localize(value)) if isinstance(value, Decimal) else str(value)
