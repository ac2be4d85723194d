"""What importing a file does, or would do: row by row, or everything that is wrong with it."""

import hashlib
import logging
from collections import Counter
from dataclasses import dataclass, field, replace

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _
from import_export.results import RowResult

from regencies.imports.sheets.errors import Problem
from regencies.imports.sheets.limits import LONGEST_ECHO

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Change:
    """One cell that differs from what is stored; ``old`` is empty for a new row."""

    column: str
    old: str
    new: str


class RowOutcome(RowResult):
    """The package's result of one row, with what it changes."""

    def __init__(self):
        super().__init__()
        self.line = 0
        self.changes = []


@dataclass
class Outcome:
    problems: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    @classmethod
    def of(cls, result, arranged):
        problems = [*arranged.problems, *_base_problems(result)]
        for row, line, cells in zip(
            result.rows, arranged.lines, arranged.dataset.dict, strict=True
        ):
            row.line = line
            problems += _problems(row, cells)
        return cls(sorted(problems, key=lambda problem: problem.line), result.rows)

    @property
    def new(self):
        return [row for row in self.rows if row.is_new()]

    @property
    def changed(self):
        return [row for row in self.rows if row.is_update()]

    @property
    def written(self):
        """The rows that are new or changed, in the file's order."""
        return [row for row in self.rows if row.is_new() or row.is_update()]

    @property
    def counts(self):
        """How many rows are new, changed, the same and refused."""
        kinds = Counter(row.import_type for row in self.rows)
        refused = kinds[RowResult.IMPORT_TYPE_INVALID] + kinds[RowResult.IMPORT_TYPE_ERROR]
        return {
            "new": kinds[RowResult.IMPORT_TYPE_NEW],
            "changed": kinds[RowResult.IMPORT_TYPE_UPDATE],
            "same": kinds[RowResult.IMPORT_TYPE_SKIP],
            "refused": refused,
        }

    def call(self, headings):
        """Name the columns as people know them; ``digest`` was asked for before."""
        self.problems = [_called(problem, headings) for problem in self.problems]
        for row in self.rows:
            row.changes = [_called(change, headings) for change in row.changes]

    @property
    def digest(self):
        """The same for the same changes: what was shown is what is written."""
        told = [(row.line, row.import_type, row.changes) for row in self.rows]
        return hashlib.sha256(repr((self.problems, told)).encode()).hexdigest()


def _called(told, headings):
    return replace(told, column=headings.get(told.column, told.column))


def _base_problems(result):
    problems = []
    for error in result.base_errors:
        logger.error("An import failed as a whole", exc_info=error.error)
        text = _("These rows do not fit together with what is on record, so none was imported.")
        problems.append(Problem(0, "", "", text))
    return problems


def _problems(row, cells):
    if row.errors:
        logger.error("Row %s of an import failed", row.line, exc_info=row.errors[0].error)
        text = _("This row could not be imported. Report it; the portal's log says why.")
        return [Problem(row.line, "", "", text)]
    if not row.validation_error:
        return []
    told = row.validation_error.update_error_dict({})
    return [
        Problem(row.line, _name(column), _echo(cells.get(column)), text)
        for column, errors in told.items()
        for error in errors
        for text in error.messages
    ]


def _name(column):
    return "" if column == NON_FIELD_ERRORS else column


def _echo(cell):
    return "" if cell is None else str(cell)[:LONGEST_ECHO]
