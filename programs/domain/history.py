"""A stage's history in plain words: the ledger and the row history, newest first."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from programs.domain.snapshots import SESSION_FIELDS
from programs.models import BimtekStage, OutputVersion, Session, Transition
from regencies.access import Role
from regencies.audit import Channel
from regencies.domain.row_history import Change, Entry, channel_words, events_of, named, user_of
from regencies.models import User


def history(stage: BimtekStage) -> list[Entry]:
    """Everything that happened to ``stage``, newest first, in a constant number of queries."""
    entries = [_ledger_entry(line) for line in stage.transitions.all()]
    entries += _row_entries(stage)
    return sorted(entries, key=lambda entry: entry.at)[::-1]  # of one moment: last written first


def _ledger_entry(line: Transition) -> Entry:
    return Entry(
        at=line.at,
        who=line.actor_name,
        role=str(Role(line.acting_role).label) if line.acting_role else "",
        channel=channel_words(line.channel),
        deed=line.get_verb_display(),
        reason=line.reason,
    )


def _row_entries(stage: BimtekStage) -> list[Entry]:
    return told(
        [
            *edits(BimtekStage, {"notes": _("Notes")}, pgh_obj=stage),
            *edits(Session, _session_labels(), stage=stage),
            *_files(stage),
        ]
    )


def told(events: list[tuple[Any, Change]]) -> list[Entry]:
    """Events of the row history as entries, those of one request as one."""
    users = User.objects.in_bulk({user_of(event) for event, _change in events} - {None})
    entries: dict[Any, Entry] = {}
    for event, change in events:
        context = event.pgh_context or {}
        key = event.pgh_context_id or (type(event), event.pgh_id)
        entry = entries.setdefault(
            key,
            Entry(
                at=event.pgh_created_at,
                who=named(user_of(event), users),
                channel=channel_words(context.get("channel", Channel.SHELL)),
                deed=_("saved changes"),
                reason=context.get("reason", ""),
            ),
        )
        entry.changes.append(change)
    return list(entries.values())


def edits(
    model: type[models.Model], labels: dict[str, str], *, related: Iterable[str] = (), **rows: Any
) -> list[tuple[Any, Change]]:
    """Each changed field of the rows, from one event to the next.

    ``related``: the paths to rows that are shown by name.
    """
    last: dict[Any, Any] = {}
    found = []
    events = events_of(model).filter(**rows)
    if related:
        events = events.select_related(*related)
    for event in events.order_by("pgh_id"):
        before = last.get(event.pgh_obj_id)
        last[event.pgh_obj_id] = event
        for name, label in labels.items():
            old, new = _shown(before, name), _shown(event, name)
            if old != new:
                found.append((event, Change(label, old, new)))
    return found


def _files(stage: BimtekStage) -> list[tuple[Any, Change]]:
    events = events_of(OutputVersion).filter(output__stage=stage)
    found = []
    for event in events.select_related("output__requirement").order_by("pgh_id"):
        file = f"{event.original_name} (SHA-256 {event.sha256[:12]}…)"
        title = event.output.requirement.title
        if event.pgh_label == "insert":
            found.append((event, Change(title, "", file)))
        elif event.pgh_label == "delete":
            found.append((event, Change(title, file, "")))
    return found


def _session_labels() -> dict[str, str]:
    return labels_of(Session, SESSION_FIELDS)


def labels_of(model: type[models.Model], names: Iterable[str]) -> dict[str, str]:
    """Fields by name, as screens call them."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return {field.name: capfirst(str(field.verbose_name)) for field in fields}


def _shown(event: Any, name: str) -> str:
    """A value as a person reads it; an absent row or value is the empty string."""
    value = getattr(event, name, None)
    if value in (None, ""):
        return ""
    if isinstance(value, dt.date):
        return date_format(value, "j F Y")
    display = getattr(event, f"get_{name}_display", None)
    return str(display() if display else value)
