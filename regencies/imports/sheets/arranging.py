"""Puts a file's columns under the names of a sheet, or says which are wrong."""

from collections import Counter
from dataclasses import dataclass, field

import tablib
from django.utils.translation import gettext as _

from regencies.imports.sheets.errors import Problem


@dataclass
class Arranged:
    dataset: tablib.Dataset
    lines: list
    problems: list = field(default_factory=list)
    is_hopeless: bool = False  # columns are missing: looking at the rows says nothing new


def arrange(sheet, table):
    """Known columns in any order; unknown, doubled and missing ones are problems by name."""
    names = [sheet.name_of(name) for name in table.headers]
    known = [(index, name) for index, name in enumerate(names) if name in sheet.by_name]
    missing = [
        c.column_name for c in sheet.columns if c.is_required and c.column_name not in names
    ]
    problems = [*_header_problems(sheet, table, names), *_missing(table, missing), *table.problems]
    twice = {name for name, count in Counter(names).items() if count > 1} & sheet.by_name.keys()
    # A part of the key that may be empty is empty where the file has no such column.
    absent = [c.column_name for c in sheet.keys if c.column_name not in names]
    dataset = tablib.Dataset(headers=[name for _index, name in known] + absent)
    if missing or twice:
        return Arranged(dataset, [], problems, is_hopeless=True)
    for _line, cells in table.rows:
        dataset.append([cells[index] for index, _name in known] + [None] * len(absent))
    if not table.rows:
        problems.append(Problem(0, "", "", _("The file has column names but no rows.")))
    return Arranged(dataset, [line for line, _cells in table.rows], problems)


def _header_problems(sheet, table, names):
    allowed = ", ".join(column.heading for column in sheet.columns)
    for name, count in Counter(names).items():
        if not name or name in sheet.only_told:
            continue
        if name not in sheet.by_name:
            text = _("This column is unknown. Allowed are: %(columns)s.")
            yield Problem(table.header_line, name, "", text % {"columns": allowed})
        elif count > 1:
            yield Problem(table.header_line, name, "", _("This column is there more than once."))


def _missing(table, missing):
    text = _("This column is missing.")
    return [Problem(table.header_line, name, "", text) for name in missing]
