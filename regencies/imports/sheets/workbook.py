"""Reads XLSX: bombs, macros, merged cells and formulas without a value are refused."""

import io
import itertools
import logging
import re
import warnings
import zipfile

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from regencies.imports.sheets.cells import Unreadable, unprotect
from regencies.imports.sheets.errors import UnreadableFileError
from regencies.imports.sheets.limits import (
    LONGEST_TEXT,
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
)

logger = logging.getLogger(__name__)

OLD_FORMAT = b"\xd0\xcf\x11\xe0"
# No tag is looked through beyond the next one: a file of nothing but beginnings is read once.
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z0-9:$]+)[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def is_workbook(content):
    return content.startswith(b"PK")


def rows_of(content):
    """The first sheet's title, and its rows with their numbers. Never more than the limits."""
    try:
        _check_parts(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read
            return _first_sheet(content)
    except UnreadableFileError:
        raise
    except Exception as error:  # the parser meets hostile files with any exception there is
        logger.info("A workbook could not be read", exc_info=True)
        raise UnreadableFileError(
            _("This XLSX file is damaged or contains what a list does not need. Save it anew.")
        ) from error


def _check_parts(content):
    parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise UnreadableFileError(_("This is not a spreadsheet. Choose an XLSX or a CSV file."))
    if any("vbaproject" in name.casefold() for name in names):
        raise UnreadableFileError(_("The file contains macros. Save it as .xlsx without them."))
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise UnreadableFileError(_("The file becomes too large when it is opened."))


def _first_sheet(content):
    book = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    sheet = book.worksheets[0]
    # openpyxl tells of neither while it streams; the part's own text does.
    raw = zipfile.ZipFile(io.BytesIO(content)).read(sheet._worksheet_path)
    if merged := [found.decode() for found in _MERGED.findall(raw)]:
        text = _("Cells are merged: %(cells)s. Undo that and fill in each cell.")
        raise UnreadableFileError(text % {"cells": ", ".join(merged[:10])})
    formulas = _formulas(content) if _FORMULA.search(raw) else set()
    # The head, and one row more than allowed, so that it is noticed.
    return sheet.title, list(itertools.islice(_numbered(sheet, formulas), MAX_ROWS + 2))


def _formulas(content):
    """Where the first sheet has formulas; beside their values openpyxl does not say."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    return {
        (cell.row, cell.column)
        for row in _rows(book.worksheets[0])
        for cell in row
        if cell.value is not None and cell.data_type == "f"
    }


def _rows(sheet):
    sheet.reset_dimensions()  # a file may say anything about its size
    return sheet.iter_rows(max_col=MAX_COLUMNS + 1)


def _numbered(sheet, formulas):
    for line, cells in enumerate(_rows(sheet), 1):
        values = [_value(cell, line, number, formulas) for number, cell in enumerate(cells, 1)]
        if any(value is not None for value in values):
            yield line, values


def _value(cell, line, number, formulas):
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return _without_value(line, number) if (line, number) in formulas else None
    if cell.data_type == "e":
        text = _("Cell %(cell)s holds the error %(value)s.")
        return Unreadable(text % {"cell": _name(line, number), "value": value}, str(value))
    if isinstance(value, str) and len(value) >= LONGEST_TEXT:
        text = _("The text in cell %(cell)s is as long as Excel allows; its end may be missing.")
        return Unreadable(text % {"cell": _name(line, number)}, value[:80])
    return unprotect(value)


def _without_value(line, number):
    text = _("Cell %(cell)s holds a formula without a saved value. Write the value itself.")
    return Unreadable(text % {"cell": _name(line, number)})


def _name(line, number):
    return f"{get_column_letter(number)}{line}"
