"""Reading a shipped CSV file, and saying of everything wrong where it stands."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


@dataclass(frozen=True)
class Row:
    """One line of a file: its values by column, and where it stands."""

    file: str
    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True)
class Problem:
    """What is wrong in one place of one file."""

    file: str
    line: int
    column: str
    text: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}"
        return f"{place}, {self.column}: {self.text}" if self.column else f"{place}: {self.text}"


class ImportRefusedError(Exception):
    """Nothing was written; ``problems`` are all that is wrong with the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass
class Problems:
    """Collects what is wrong, so that one run tells everything."""

    found: list[Problem] = field(default_factory=list)

    def add(self, row: Row, column: str, text: str) -> None:
        """The same words about the same place are taken down once."""
        problem = Problem(row.file, row.line, column, text)
        if problem not in self.found:
            self.found.append(problem)

    @contextmanager
    def of(self, row: Row, columns: dict[str, str] | None = None) -> Iterator[None]:
        """Take down the ``ValidationError`` raised inside.

        ``columns`` gives the column of a field that the file calls otherwise.
        """
        try:
            yield
        except ValidationError as error:
            for name, texts in error.message_dict.items():
                column = "" if name == NON_FIELD_ERRORS else (columns or {}).get(name, name)
                for text in texts:
                    self.add(row, column, text)

    def refuse_if_any(self) -> None:
        """Raise ``ImportRefusedError`` when anything was taken down."""
        if self.found:
            raise ImportRefusedError(self.found)


def read(path: Path, columns: Sequence[str], *, key: Sequence[str]) -> list[Row]:
    """The rows of a UTF-8 file with exactly these columns, in any order, no ``key`` twice.

    Raises ``ImportRefusedError`` with everything that keeps the file from being read.
    """
    problems = Problems()
    rows: list[Row] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_header(path.name, reader.fieldnames or [], columns, problems)
            rows = _rows(path.name, reader, columns, problems)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        problems.add(Row(path.name, 1, {}), "", f"cannot be read: {error}")
    _check_keys(rows, key, problems)
    problems.refuse_if_any()
    return rows


def _check_header(
    file: str, found: Sequence[str], wanted: Sequence[str], problems: Problems
) -> None:
    header = Row(file, 1, {})
    for column in wanted:
        if found.count(column) != 1:
            problems.add(header, column, "the file needs this column once")
    for column in found:
        if column not in wanted:
            problems.add(header, column, "is not a column of this file")
    problems.refuse_if_any()


def _rows(
    file: str, reader: "csv.DictReader[str]", columns: Sequence[str], problems: Problems
) -> list[Row]:
    rows = []
    for values in reader:
        row = Row(file, reader.line_num, {name: (values[name] or "").strip() for name in columns})
        if None in values or None in values.values():
            problems.add(row, "", f"has not {len(columns)} cells")
        rows.append(row)
    return rows


def _check_keys(rows: list[Row], key: Sequence[str], problems: Problems) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        values = tuple(row[column] for column in key)
        line = first.setdefault(values, row.line)
        if line != row.line:
            problems.add(row, key[-1], f"{' '.join(values)} stands on line {line} already")
