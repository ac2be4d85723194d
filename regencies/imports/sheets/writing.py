"""Writes a list as XLSX or CSV: text opens as text, numbers as numbers, dates as dates."""

import csv
import datetime as dt
import io
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from regencies.imports.sheets.cells import is_dangerous, protect, protect_apostrophe
from regencies.imports.sheets.limits import MAX_ROWS

FIRST_EXCEL_YEAR = 1901  # before it Excel and the calendar disagree
EXACT_DIGITS = 15  # a spreadsheet forgets the rest of a number
BOLD = Font(bold=True)
CHOICES = "pilihan"  # the sheet with the values of dropdown lists


def xlsx(columns, rows):
    """A workbook with ``rows``; below them the formats and choices of rows to come."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        layout = sheet.column_dimensions[get_column_letter(number)]
        layout.width = max(14, len(_heading(column)) + 4)
        layout.number_format = "@" if column.is_text else "General"
    _offer_choices(book, sheet, columns)
    sheet.append([_styled(sheet, _heading(column), font=BOLD) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(columns, rows):
    """CSV with a byte order mark, by which Excel knows that it is UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([_heading(column) for column in columns])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    return file.getvalue().encode("utf-8-sig")


def _heading(column):
    return column.written_as or column.column_name


def _offer_choices(book, sheet, columns):
    """Dropdown lists; their values stand on a second sheet, because Excel allows few in place."""
    offered = [(number, column) for number, column in enumerate(columns, 1) if column.choices]
    if not offered:
        return
    lists = book.create_sheet(CHOICES)
    values = [[str(value) for value, _label in column.choices] for _number, column in offered]
    for index in range(max(map(len, values))):
        lists.append([column[index] if index < len(column) else None for column in values])
    for place, (number, _column) in enumerate(offered, 1):
        letter = get_column_letter(place)
        count = len(values[place - 1])
        rule = DataValidation("list", formula1=f"{CHOICES}!${letter}$1:${letter}${count}")
        own = get_column_letter(number)
        rule.add(f"{own}2:{own}{MAX_ROWS + 1}")
        sheet.data_validations.append(rule)


def _styled(sheet, value, **styles):
    cell = WriteOnlyCell(sheet, value)
    for name, style in styles.items():
        setattr(cell, name, style)
    return cell


def _cell(sheet, value):
    if isinstance(value, dt.date) and value.year >= FIRST_EXCEL_YEAR:
        return _styled(sheet, value, number_format="yyyy-mm-dd")
    if isinstance(value, int) or (isinstance(value, Decimal) and _is_exact(value)):
        return WriteOnlyCell(sheet, value)
    if value is None:
        return None
    words = protect_apostrophe(str(value))
    cell = _styled(sheet, words, number_format="@", quotePrefix=is_dangerous(words))
    cell.data_type = "s"  # whatever it begins with, it is text
    return cell


def _is_exact(number):
    return len(number.normalize().as_tuple().digits) <= EXACT_DIGITS


def _plain(value):
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    return protect(str(value))
