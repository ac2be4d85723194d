"""What sources say about records, side by side, and what is odd about it.

Flags are computed on reading and never stored. A person chooses which statement holds:
``choose`` and its way back, ``unchoose``, stand in ``programs.domain.choices``.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from programs.domain import stated
from programs.domain.choices import choose, unchoose
from programs.domain.flags import (
    Flag,
    FlagKind,
    Key,
    flags_of,
    in_words,
    is_contradicted,
    key_of,
    mark,
    rivalry,
    value_now,
)
from programs.models import Contradiction, Statement
from regencies.access import ScopedQuerySet
from regencies.models import OfficeTerm, Regency

__all__ = [
    "Conflict",
    "Dispute",
    "Flag",
    "FlagKind",
    "all_flags",
    "beside",
    "choose",
    "contradictions",
    "flags",
    "in_order",
    "is_contradicted",
    "marked",
    "of_records",
    "rivals",
    "unchoose",
]


@dataclass(frozen=True)
class Dispute:
    """What the sources say about one field of one record, and what the record says now."""

    record: models.Model | None
    kind: str
    field: str
    label: str
    now: str
    statements: list[Statement]


@dataclass(frozen=True)
class Conflict:
    """A contradiction: catalogued with words of its own, or found by comparing (None)."""

    contradiction: Contradiction | None
    disputes: list[Dispute]

    @property
    def statements(self) -> list[Statement]:
        return [statement for dispute in self.disputes for statement in dispute.statements]

    @property
    def flag_kinds(self) -> set[str]:
        return {flag.kind.value for s in self.statements for flag in flags_of(s)}


def of_records(records: Iterable[models.Model]) -> dict[models.Model, list[Statement]]:
    """The statements about each of the records, each with ``about``, ``label`` and ``flags``.

    One query for any number of records, and one for each figure that is stated over them.
    """
    about = {_key(record): record for record in records}
    found = _loaded(_any_of(about)) if about else []
    told: dict[models.Model, list[Statement]] = {record: [] for record in about.values()}
    for statement in mark(found, about):
        told[about[key_of(statement)]].append(statement)
    return told


def beside(told: Collection[Statement], regency: Regency) -> dict[models.Model, list[Statement]]:
    """What the same sources say of the programme, its partners, and the people of office.

    ``told``: statements about one region's own rows. What their sources say of other regions
    is left out.
    """
    sources = {statement.source_id for statement in told}
    known = {statement.pk for statement in told}
    found = _loaded(Q(source__in=sources)) if sources else []
    rest = [statement for statement in found if statement.pk not in known]
    grouped: dict[models.Model, list[Statement]] = {}
    for statement in mark(rest, _records_of(rest)):
        record: Any = statement.about  # type: ignore[attr-defined]  # set by mark
        if record is not None and _is_of_no_other(record, regency):
            grouped.setdefault(record, []).append(statement)
    return grouped


def _is_of_no_other(record: Any, regency: Regency) -> bool:
    if isinstance(record, OfficeTerm):
        return record.regency_id in (None, regency.pk)
    return not isinstance(type(record)._default_manager.all(), ScopedQuerySet)


def rivals(record: models.Model, field: str) -> list[Statement]:
    """All that the sources say about one field of one record."""
    return [statement for statement in of_records([record])[record] if statement.field == field]


def marked(statements: Iterable[Statement]) -> list[Statement]:
    """The statements with ``about``, ``label`` and ``flags``, compared with all their rivals."""
    chosen = list(statements)
    if not chosen:
        return []
    keys = {key_of(statement) for statement in chosen}
    found = _loaded(_any_of(keys))
    whole = {s.pk: s for s in mark(found, _records_of(found))}
    return [whole[statement.pk] for statement in chosen if statement.pk in whole]


def flags(statements: Iterable[Statement]) -> dict[int, list[Flag]]:
    """What is odd about each of the statements, by its id."""
    return {statement.pk: flags_of(statement) for statement in marked(statements)}


def all_flags() -> dict[int, list[Flag]]:
    """What is odd about every statement on record, by its id."""
    found = _loaded(Q())
    return {row.pk: flags_of(row) for row in mark(found, _records_of(found))}


def contradictions() -> list[Conflict]:
    """The catalogued contradictions, then every field whose statements differ or carry a flag.

    As many queries for a thousand statements as for two.
    """
    found = _loaded(Q())
    disputes = _disputes(mark(found, _records_of(found)))
    listed = [
        Conflict(row, [d for d in disputes if row.pk in _codes_of(d)])
        for row in sorted(Contradiction.objects.all(), key=in_order)
    ]
    others = [
        Conflict(None, [dispute])
        for dispute in disputes
        if not _codes_of(dispute) and any(map(is_contradicted, dispute.statements))
    ]
    return listed + others


def in_order(contradiction: Contradiction) -> tuple[str, int]:
    """I2 before I10."""
    letters = contradiction.code.rstrip("0123456789")
    return letters, int(contradiction.code.removeprefix(letters) or 0)


def _disputes(statements: Iterable[Statement]) -> list[Dispute]:
    """The statements by record and field; those on a record as a whole by contradiction."""
    groups = defaultdict(list)
    for statement in statements:
        groups[rivalry(statement)].append(statement)
    return [_dispute(group) for group in groups.values()]


def _dispute(group: list[Statement]) -> Dispute:
    first: Any = group[0]
    now = value_now(first.about, first.field) if first.field else None
    return Dispute(
        record=first.about,
        kind=first.content_type.name,
        field=first.field,
        label=first.label,
        now="" if now is None else in_words(now),
        statements=group,
    )


def _codes_of(dispute: Dispute) -> set[int | None]:
    return {s.contradiction_id for s in dispute.statements} - {None}


def _loaded(condition: Q) -> list[Statement]:
    rows: QuerySet[Statement] = Statement.objects.filter(condition)
    related = ("content_type", "source", "contradiction", "chosen_by")
    return list(rows.select_related(*related))


def _any_of(keys: Iterable[Key]) -> Q:
    ids = defaultdict(list)
    for app, model, pk in keys:
        ids[app, model].append(pk)
    wanted = Q()
    for (app, model), pks in ids.items():
        kind = Q(content_type__app_label=app, content_type__model=model)
        wanted |= kind & Q(object_id__in=pks)
    return wanted


def _key(record: models.Model) -> Key:
    return record._meta.app_label, str(record._meta.model_name), record.pk


def _records_of(statements: Iterable[Statement]) -> dict[Key, models.Model]:
    """The records spoken of, one query for each kind, with what their names need."""
    ids = defaultdict(set)
    for statement in statements:
        ids[stated.noun_of(statement)].add(statement.object_id)
    return {
        _key(record): record
        for model, pks in ids.items()
        if model is not None
        for record in model._default_manager.filter(pk__in=pks).select_related()
    }
