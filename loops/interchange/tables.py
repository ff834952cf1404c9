"""Tables that may hold anything: CSV of any separator and Excel workbooks, as rows of text, bounded."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence

import openpyxl

from loops.complaints import BadFile
from loops.interchange.cells import unguarded
from loops.interchange.contents import local, text_of, xml_of
from loops.interchange.words import plain
from loops.interchange.workbook import lean

Rows = list[list[str]]
MOST_ROWS, MOST_CELLS = 20_000, 400_000
"""Of a table, and of all tables of a workbook together."""
_UNREADABLE = "this workbook cannot be read: save it again as .xlsx in a spreadsheet."
_BOOK = "xl/workbook.xml"
_SEPARATORS = ",;\t|"
"""In the order of preference where a line has as many of two."""
ZIPPED = b"PK\x03\x04"


def csv_rows(data: bytes, file: str) -> Rows:
    """The rows of a CSV file, cut at what parts its first line that is parted; raises :class:`BadFile`."""
    text = text_of(data)
    first = next((line for line in text.splitlines() if any(mark in line for mark in _SEPARATORS)), "")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=first.count))
    try:
        return _taken((list(map(unguarded, row)) for row in reader), file, "", MOST_CELLS)
    except csv.Error as error:
        raise BadFile(file, f"line {reader.line_num}", f"this table cannot be read: {error}.") from None


def sheets(data: bytes, file: str) -> dict[str, Rows]:
    """The sheets of an Excel workbook by name, formulas as the values last saved; raises :class:`BadFile`."""
    data = lean(data, file)
    found: dict[str, Rows] = {}
    left = MOST_CELLS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts of a workbook that are not read here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a sheet says of its own size is often wrong
                cells = (["" if cell is None else str(cell) for cell in row] for row in sheet.values)
                found[sheet.title] = _taken(cells, file, f"sheet {sheet.title}", left)
                left -= sum(map(len, found[sheet.title]))
    except BadFile:
        raise
    except Exception:  # a damaged workbook raises anything at all
        raise BadFile(file, "", _UNREADABLE) from None
    return found


def sheet_names(data: bytes, file: str) -> set[str]:
    """The names of the sheets of an Excel workbook, tidied and in small letters; raises :class:`BadFile`."""
    with zipfile.ZipFile(io.BytesIO(lean(data, file))) as whole:
        if _BOOK not in whole.namelist():
            raise BadFile(file, "", _UNREADABLE)
        book = whole.read(_BOOK)
    every = xml_of(book, file).iter()
    return {plain(element.get("name")).casefold() for element in every if local(element) == "sheet"}


def _taken(rows: Iterable[Sequence[str]], file: str, place: str, cells: int) -> Rows:
    """The rows without empty cells at their ends; raises :class:`BadFile` when there are too many."""
    taken: Rows = []
    for row in rows:
        cells -= len(row)
        if len(taken) == MOST_ROWS or cells < 0:
            raise BadFile(
                file, place, f"this table has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells, too many."
            )
        full = max((at for at, cell in enumerate(row, start=1) if cell and not cell.isspace()), default=0)
        taken.append(list(row[:full]))
    return taken


def headed(rows: Rows, wanted: dict[str, str]) -> tuple[int, dict[str, int]] | None:
    """Where the head of a table is, and the column of each name; none without a head of two such names.

    `wanted` gives the name for each spelling in small letters. Of two columns with one name the first counts.

    >>> headed([["My links"], ["From ", "to", "Sign"]], {"from": "source", "to": "target", "sign": "sign"})
    (1, {'source': 0, 'target': 1, 'sign': 2})
    """
    for at, row in enumerate(rows[:20]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = wanted.get(_spelled(cell))
            if name is not None:
                columns.setdefault(name, column)
        if len(columns) > 1:
            return at, columns
    return None


def _spelled(cell: str) -> str:
    return re.sub(r"(?<=\w)[ _-]+(?=\w)", " ", plain(cell).casefold())


def cell_of(row: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    """The tidied text of a row in the column of a name; empty where the row or the table has none."""
    at = columns.get(name)
    return plain(row[at]) if at is not None and at < len(row) else ""
