"""An uploaded XLSX or CSV file as a table of cells; its content decides which, not its name."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from regencies.imports.sheets import delimited, workbook
from regencies.imports.sheets.errors import Problem, UnreadableFileError
from regencies.imports.sheets.limits import (
    LONGEST_ECHO,
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
)


@dataclass
class Table:
    """Headers as written, and every row that is not empty with its number in the spreadsheet."""

    headers: list
    header_line: int
    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    title: str = ""


def read(content):
    """The table in ``content``. Raises ``UnreadableFileError`` with a sentence why not."""
    if len(content) > MAX_BYTES:
        text = _("The file is larger than %(size)s MB. Split it and import the parts.")
        raise UnreadableFileError(text % {"size": MAX_BYTES // 1024**2})
    if not content.strip():
        raise UnreadableFileError(_("The file is empty."))
    if content.startswith(workbook.OLD_FORMAT):
        raise UnreadableFileError(
            _("This is an old .xls file, or one with a password. Save it as .xlsx without one.")
        )
    if workbook.is_workbook(content):
        return _table(*workbook.rows_of(content))
    return _table(*delimited.rows_of(content))


def _table(title, lines):
    """``lines`` are pairs of row number and cells; the first row that is not empty is the head."""
    filled = ((line, cells) for line, given in lines if (cells := _without_end(given)))
    header_line, headers = next(filled, (1, []))
    headers = [str(name).strip() if name is not None else "" for name in headers]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise UnreadableFileError(_("The file has no row with column names."))
    table = Table(headers, header_line, title=title)
    for line, cells in filled:
        if len(table.rows) == MAX_ROWS:
            text = _("The file has more than %(count)s rows. Split it and import the parts.")
            raise UnreadableFileError(text % {"count": MAX_ROWS})
        table.rows.append((line, _fitted(table, line, cells)))
    return table


def _without_end(cells):
    """The cells up to the last one that is not empty."""
    width = len(cells)
    while width and _is_empty(cells[width - 1]):
        width -= 1
    if width > MAX_COLUMNS:
        text = _("The sheet has more than %(count)s columns.")
        raise UnreadableFileError(text % {"count": MAX_COLUMNS})
    return cells[:width]


def _is_empty(cell):
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _fitted(table, line, cells):
    """The row's cells under the headers; what stands elsewhere is a problem, never dropped."""
    width = len(table.headers)
    names = [*table.headers, *[""] * (len(cells) - width)]
    unnamed = [c for c, name in zip(cells, names, strict=False) if not name and not _is_empty(c)]
    if unnamed:
        text = _("This cell stands in a column without a name.")
        if (count := len(unnamed)) > 1:
            text = _(
                "%(count)s cells of this row stand in columns without a name, this one first."
            )
            text %= {"count": count}
        table.problems.append(Problem(line, "", str(unnamed[0])[:LONGEST_ECHO], text))
    return [*cells[:width], *[None] * (width - len(cells))]
