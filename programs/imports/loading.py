"""What every load of shipped files does: add what is missing, tell what differs or is wrong."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from django.db import models

from regencies.imports.reader import Problems, Row, read

FOLDER = Path(__file__).resolve().parent.parent / "data"
BETWEEN = " | "  # between several values in one cell

AnyModel = TypeVar("AnyModel", bound=models.Model)


@dataclass
class Loaded:
    """What a load found in the files, added, opened, and left different."""

    cohorts: int = 0
    participations: int = 0
    new: int = 0
    stages: int = 0
    outputs: int = 0
    differences: list[str] = field(default_factory=list)


class Loading:
    """One load: its files, what was wrong so far and what was added."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems = Problems()
        self.loaded = Loaded()

    def read(self, name: str, columns: Collection[str], *, key: list[str]) -> list[Row]:
        return read(self.folder / name, tuple(columns), key=key)

    def find(self, row: Row, column: str, among: dict[str, Any]) -> Any:
        if row[column] not in among:
            self.problems.add(row, column, f"there is no {column} {row[column]}")
        return among.get(row[column])

    def flag(self, row: Row, column: str) -> bool:
        if row[column] not in {"0", "1"}:
            self.problems.add(row, column, "write 0 or 1")
        return row[column] == "1"

    def add(
        self,
        row: Row,
        stored: AnyModel | None,
        shipped: AnyModel,
        facts: Collection[str] = (),
        columns: dict[str, str] | None = None,
    ) -> AnyModel:
        """The stored row, its ``facts`` compared with the file's; else the shipped one, saved."""
        with self.problems.of(row, columns):
            if stored is not None:
                shipped.clean_fields(exclude=_all_but(shipped, facts))
                for name in facts:
                    self.compare(row, name, getattr(shipped, name), getattr(stored, name))
                return stored
            shipped.full_clean()
            shipped.save()
            self.loaded.new += 1
        return shipped

    def compare(self, row: Row, column: str, shipped: Any, stored: Any) -> None:
        if shipped != stored:
            place = f"{row.file}, line {row.line}, {column}"
            self.loaded.differences.append(f"{place}: here {stored}, in the file {shipped}")


def split(cell: str) -> list[str]:
    return [value.strip() for value in cell.split(BETWEEN) if value.strip()]


def _all_but(instance: models.Model, names: Collection[str]) -> list[str]:
    """What not to clean: other fields, and relations, which the load itself looked up."""
    return [f.name for f in instance._meta.fields if f.is_relation or f.name not in names]
