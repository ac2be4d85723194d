"""An uploaded XLSX or CSV file as a table of cells; its content decides which, not its name."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from regencies.imports.sheets import delimited, workbook
from regencies.imports.sheets.errors import Problem, UnreadableFileError
from regencies.imports.sheets.limits import MAX_BYTES, MAX_ROWS


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
    filled = ((line, cells) for line, cells in lines if not _is_empty(cells))
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


def _is_empty(cells):
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _fitted(table, line, cells):
    """The row's cells under the headers; what stands elsewhere is a problem, never dropped."""
    width = len(table.headers)
    for number, cell in enumerate(cells):
        has_name = number < width and table.headers[number]
        if not has_name and not _is_empty([cell]):
            text = _("This cell stands in a column without a name.")
            table.problems.append(Problem(line, "", str(cell), text))
    return [*cells[:width], *[None] * (width - len(cells))]
