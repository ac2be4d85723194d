"""The parts of which the life of a participation is told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db import models

from programs.models import Participation


@dataclass(frozen=True)
class Add:
    """Where a record is added, and what is filled in already."""

    label: Any
    model: str
    fields: dict[str, Any]

    @property
    def route(self) -> str:
        return f"admin:programs_{self.model}_add"

    @property
    def query(self) -> str:
        return urlencode(self.fields)


@dataclass
class Section:
    """One step of the life: what is on record, what is missing, and whose turn it is.

    ``records``: everything shown, each row once; what sources say is looked up for these.
    ``told``: statements that alone know something of this step. ``contradicted``: how many
    statements something speaks against.
    ``more``: what the section's own template needs beside its rows.
    """

    slug: str
    title: Any
    rows: list[Any]
    missing: Any
    turn: Any
    adds: list[Add] = field(default_factory=list)
    records: list[models.Model] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    size: int | None = None
    told: list[Any] = field(default_factory=list)
    contradicted: int = 0

    @property
    def count(self) -> int:
        return len(self.rows) if self.size is None else self.size

    @property
    def template(self) -> str:
        return f"admin/programs/participation/life/_{self.slug}.html"


def with_parts(rows: Iterable[models.Model], *names: str) -> list[models.Model]:
    """The rows, and after each its own parts under these (prefetched) names."""
    found: list[models.Model] = []
    for row in rows:
        found.append(row)
        for name in names:
            found += getattr(row, name).all()
    return found


def own(participation: Participation) -> dict[str, Any]:
    """What an added record of a participation is filled in with."""
    return {"participation": participation.pk}
