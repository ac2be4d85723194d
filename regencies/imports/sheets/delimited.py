"""Reads CSV as spreadsheets save it: comma, semicolon (as in Indonesia) or tab."""

import csv
import io

from django.utils.translation import gettext as _

from regencies.imports.sheets.cells import unprotect
from regencies.imports.sheets.errors import UnreadableFileError

DELIMITERS = ",;\t"


def rows_of(content):
    """No title, and the rows with their numbers: a blank line counts, as in a spreadsheet."""
    text = _decoded(content)
    if "\0" in text:
        raise UnreadableFileError(_("This is not a spreadsheet. Choose an XLSX or a CSV file."))
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    return "", _numbered(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    )


def _decoded(content):
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = _(
            "The letters in line %(line)s cannot be read. Save the file as “CSV UTF-8” or as XLSX."
        )
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(text % {"line": line}) from error


def _numbered(reader):
    line = width = 0
    try:
        for line, cells in enumerate(reader, 1):
            width = width or len(cells)
            if cells and len(cells) < width:
                text = _("Row %(line)s has %(found)s cells instead of %(width)s; is it cut off?")
                raise UnreadableFileError(
                    text % {"line": line, "found": len(cells), "width": width}
                )
            yield line, [unprotect(cell) for cell in cells]
    except csv.Error as error:
        text = _("The file cannot be read after row %(line)s; a quotation mark may be missing.")
        raise UnreadableFileError(text % {"line": line}) from error
