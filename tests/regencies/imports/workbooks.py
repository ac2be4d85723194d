"""Spreadsheets for tests: built in memory, with whatever is wrong."""

import io
import zipfile

from openpyxl import Workbook, load_workbook


def book(*rows):
    """The bytes of an XLSX file whose first sheet has these rows."""
    made = Workbook()
    for row in rows:
        made.active.append(row)
    return saved(made)


def saved(made):
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def opened(content):
    """The first sheet's rows of values, and the sheet."""
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)], sheet


def with_part(content, name, text):
    """The same file with one of its parts replaced or added."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            if part.filename != name:
                archive.writestr(part.filename, source.read(part))
        archive.writestr(name, text)
    return target.getvalue()


def csv_of(*lines):
    return "\r\n".join(lines).encode()
