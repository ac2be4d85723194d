"""Files that are broken, lie, or attack: a sentence each, never a crash, never a row."""

import datetime as dt
import io
import time
import zipfile

import openpyxl
import pytest
from openpyxl import Workbook

from regencies.imports.sheets import limits, reading
from regencies.imports.sheets.agency import AgencySheet
from regencies.imports.sheets.cells import Unreadable
from regencies.imports.sheets.errors import UnreadableFileError
from tests import factories
from tests.regencies.imports.workbooks import book, csv_of, saved, with_part

GOOD = book(["regency", "name"], ["33.15", "Bappeda"])
SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sheet_xml(rows, before="", after=""):
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="{NAMESPACE}">'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def refusal(content):
    with pytest.raises(UnreadableFileError) as caught:
        reading.read(content)
    return str(caught.value)


def merged():
    made = Workbook()
    made.active.append(["regency", "name"])
    made.active.append(["33.15", "Bappeda"])
    made.active.merge_cells("A2:A3")
    return saved(made)


def zipped(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "]>"
)
XXE = '<!DOCTYPE x [<!ENTITY h SYSTEM "file:///etc/passwd">]>'
CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>&h;</t></is></c></row>'

HOSTILE = {
    "nothing": b"",
    "spaces": b"  \r\n ",
    "PDF": b"%PDF-1.7\n\x00\x00",
    "old Excel": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "UTF-16": "regency;name".encode("utf-16"),
    "Latin-1": "regency;name\n33.15;Caf\xe9".encode("latin-1"),
    "NUL in CSV": b"regency,name\n33.15,Bap\0peda\n",
    "open quotation mark": b'regency,name\n33.15,"Bappeda\n33.16,Dinas',
    "cut CSV": b"regency,name\n33.15,Bappeda\n33.1",
    "broken zip": GOOD[: len(GOOD) // 2],
    "zip without a workbook": zipped(word__document_xml="<x/>"),
    "damaged sheet": with_part(GOOD, SHEET, "<worksheet><sheetData><row>"),
    "damaged styles": with_part(GOOD, "xl/styles.xml", "<styleSheet"),
    "bomb": with_part(GOOD, "xl/media/x.bin", b"\0" * (limits.MAX_UNPACKED_BYTES + 1)),
    "many parts": zipped(xl__workbook_xml="<x/>", **{f"x{n}": "" for n in range(501)}),
    "macros": with_part(GOOD, "xl/vbaProject.bin", b"x"),
    "billion laughs": with_part(GOOD, SHEET, sheet_xml(CELL, LAUGHS)),
    "XXE": with_part(GOOD, SHEET, sheet_xml(CELL, XXE)),
    "XXE in styles": with_part(GOOD, "xl/styles.xml", XXE + "<styleSheet>&h;</styleSheet>"),
    "merged cells": merged(),
    "negative row": with_part(GOOD, SHEET, sheet_xml('<row r="x"><c r="A1"><v>1</v></c></row>')),
    "too many columns": book([f"kolom {number}" for number in range(limits.MAX_COLUMNS + 1)]),
    "too many columns in CSV": b"name" + b",x" * limits.MAX_COLUMNS,
    "too many cells in CSV": b"name\n" + b",x" * limits.MAX_COLUMNS,
    "too large": b"a" * (limits.MAX_BYTES + 1),
    "only formats": with_part(GOOD, SHEET, sheet_xml("")),
}


def test_the_xml_parser_is_the_defused_one():
    assert (openpyxl.DEFUSEDXML, openpyxl.LXML) == (True, False)


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(content, db):
    text = refusal(content)

    assert text.endswith((".", "?"))
    assert "Traceback" not in text
    assert "root:" not in text


@pytest.mark.parametrize(
    "beginning", ["<mergeCell ", "<a:mergeCell ref=", '<mergeCell ref="A', "<f"]
)
def test_a_small_file_that_unpacks_to_many_beginnings_of_tags_costs_no_time(beginning, db):
    content = with_part(GOOD, SHEET, sheet_xml("", after=beginning * 12_000))
    started = time.process_time()

    refusal(content)

    assert len(content) < 15_000
    assert time.process_time() - started < 3  # seconds


def test_fifty_thousand_rows_are_refused(monkeypatch):
    many = csv_of("regency,name", *["33.15,Bappeda"] * 50_000)
    workbook = book(["regency", "name"], *[["33.15", "Bappeda"]] * (limits.MAX_ROWS + 1))

    assert "5000" in refusal(many).replace(".", "")
    assert "5000" in refusal(workbook).replace(".", "")


def test_the_allowed_number_of_rows_is_read():
    table = reading.read(book(["regency"], *[["33.15"]] * limits.MAX_ROWS))

    assert len(table.rows) == limits.MAX_ROWS


def test_a_sheet_that_lies_about_its_size_is_read_whole():
    rows = "".join(
        f'<row r="{line}"><c r="A{line}" t="inlineStr"><is><t>x{line}</t></is></c></row>'
        for line in (1, 2, 9)
    )
    lie = f'<worksheet xmlns="{NAMESPACE}"><dimension ref="A1:A1"/><sheetData>{rows}</sheetData>'

    table = reading.read(with_part(GOOD, SHEET, f"{lie}</worksheet>"))

    assert (table.headers, table.rows) == (["x1"], [(2, ["x2"]), (9, ["x9"])])


def test_a_formula_without_a_saved_value_is_named(regency, ministry):
    content = book(["regency", "name", "abbreviation"], ["33.15", "=A1&A2", "=1+1"])

    outcome = AgencySheet(ministry).load(reading.read(content), write=True)

    assert [(p.line, p.column) for p in outcome.problems] == [(2, "name"), (2, "abbreviation")]
    assert "B2" in outcome.problems[0].text
    assert "C2" in outcome.problems[1].text


def test_a_formula_with_a_saved_value_gives_the_value():
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        '<row r="2"><c r="A2" t="str"><f>"Bap"&amp;"peda"</f><v>Bappeda</v></c></row>'
    )

    table = reading.read(with_part(GOOD, SHEET, sheet_xml(cells)))

    assert table.rows == [(2, ["Bappeda"])]


def test_an_error_value_is_named():
    cells = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        '<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>'
    )

    table = reading.read(with_part(GOOD, SHEET, sheet_xml(cells)))

    assert isinstance(table.rows[0][1][0], Unreadable)
    assert str(table.rows[0][1][0]) == "#N/A"


def test_a_value_under_no_name_is_a_problem_of_its_row(regency, ministry):
    content = book(["regency", "name", None], ["33.15", "Bappeda", None, "catatan"])

    outcome = AgencySheet(ministry).load(reading.read(content), write=True)

    assert [(p.line, p.column, p.value) for p in outcome.problems] == [(2, "", "catatan")]
    assert outcome.counts["new"] == 1
    assert not regency.agencies.exists()


def test_a_thousand_values_under_no_name_are_one_problem_of_their_row(regency, ministry):
    content = csv_of("regency,name", *[f"33.15,Bappeda {n},," + "y" * 99 + ",z" * 99
                                       for n in range(1000)])  # fmt: skip

    problems = AgencySheet(ministry).load(reading.read(content), write=True).problems

    assert [p.line for p in problems] == list(range(2, 1002))
    assert {(p.value, "100" in p.text) for p in problems} == {("y" * limits.LONGEST_ECHO, True)}


def test_empty_cells_beyond_the_columns_are_nothing(regency, ministry):
    content = csv_of("regency,name" + "," * 500, "33.15,Bappeda" + ", " * 500)

    table = reading.read(content)

    assert (table.headers, table.rows) == (["regency", "name"], [(2, ["33.15", "Bappeda"])])
    assert table.problems == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_the_delimiter_it_has(delimiter):
    lines = ["\ufeffregency|name", '33.15|"Dinas; A, B"', "", "33.16|X"]
    content = "\r\n".join(lines).replace("|", delimiter)

    table = reading.read(content.encode())

    assert table.headers == ["regency", "name"]
    assert table.rows == [(2, ["33.15", "Dinas; A, B"]), (4, ["33.16", "X"])]


def test_dates_and_codes_that_a_spreadsheet_retyped_are_understood(ministry, db):
    factories.make_regency("33.10", name="Klaten", official_name="Kabupaten Klaten")
    head = ["regency", "name", "active_from"]
    rows = [
        [33.1, "A", dt.datetime(2018, 5, 7)],  # noqa: DTZ001 -- as a workbook holds a day
        ["33,1", "B", "7/5/2018"],
        ["33.10", "C", "2018-05-07"],
    ]

    outcome = AgencySheet(ministry).load(reading.read(book(head, *rows)), write=True)

    assert outcome.problems == []
    assert {change.new for row in outcome.rows for change in row.changes} == {
        "33.10", "A", "B", "C", "2018-05-07",
    }  # fmt: skip
