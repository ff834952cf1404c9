"""Workbooks that would take minutes or gigabytes: what is read of them is bounded before it is built."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from loops.complaints import BadFile
from loops.interchange.tables import sheets
from loops.interchange.workbook import lean


def workbook(*, padding: int = 0) -> bytes:
    """A workbook of one cell; padding that does not pack makes room under the ratio of sizes."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        book.add_worksheet("Elements").write("A1", "Label")
    if padding:
        with zipfile.ZipFile(held, "a") as whole:
            whole.writestr("xl/media/picture.png", bytes(range(256)) * (padding // 256))
    return held.getvalue()


def changed(part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with some text of one part replaced, and padded."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(padding=400_000))) as whole, zipfile.ZipFile(held, "w") as other:
        for one in whole.infolist():
            content = whole.read(one)
            if one.filename == part:
                assert old in content
                content = content.replace(old, new, 1)
            packing = zipfile.ZIP_STORED if "media" in one.filename else zipfile.ZIP_DEFLATED
            other.writestr(one.filename, content, packing)
    return held.getvalue()


SHEET, END = "xl/worksheets/sheet1.xml", b"</sheetData>"


def test_cells_are_what_is_kept():
    with zipfile.ZipFile(io.BytesIO(lean(workbook(padding=1000), "a.xlsx"))) as kept:
        assert set(kept.namelist()) == {
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/sharedStrings.xml",
            SHEET,
        }
    assert sheets(workbook(), "a.xlsx") == {"Elements": [["Label"]]}


def test_a_million_styles_are_not_read():
    data = changed("xl/styles.xml", b"<xf ", b"<xf/>" * 1_000_000 + b"<xf ")
    assert sheets(data, "a.xlsx") == {"Elements": [["Label"]]}


@pytest.mark.parametrize(
    ("part", "old", "new", "says"),
    [
        (SHEET, END, b"<row>" + b"<c/>" * 600_000 + b"</row>" + END, "far more"),
        (SHEET, END, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + END, "20,000 rows"),
        (SHEET, END, b" " * 50_000_000 + END, "far more"),
        ("xl/sharedStrings.xml", b"</sst>", b"<si><t/></si>" * 200_000 + b"</sst>", "far more"),
        ("xl/workbook.xml", b"</sheets>", b"</sheets><definedNames/>" + b" " * 100_000, "far more"),
        (SHEET, END, b"<a>" * 400_000, "cannot be read"),
    ],
)
def test_more_than_any_diagram_needs_is_one_message(part, old, new, says):
    with pytest.raises(BadFile, match=says):
        sheets(changed(part, old, new), "a.xlsx")


def test_entities_of_its_own_are_refused():
    bomb = b'<!DOCTYPE a [<!ENTITY b "lol">]><worksheet'
    data = changed(SHEET, b"<worksheet", bomb)
    with pytest.raises(BadFile):
        sheets(data, "a.xlsx")


def test_what_packs_too_well_or_has_too_many_parts_is_refused():
    held = io.BytesIO(workbook())
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("xl/media/zeros", bytes(5_000_000))
    with pytest.raises(BadFile, match="far more"):
        sheets(held.getvalue(), "a.xlsx")
    held = io.BytesIO(workbook())
    with zipfile.ZipFile(held, "a") as whole:
        for number in range(100):
            whole.writestr(f"xl/{number}", b"")
    with pytest.raises(BadFile, match="far more"):
        sheets(held.getvalue(), "a.xlsx")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", workbook()[:-200], b"PK\x03\x04" + b"\0" * 500])
def test_a_damaged_zip_is_one_message(data):
    with pytest.raises(BadFile, match="damaged"):
        lean(data, "a.xlsx")


def test_no_file_is_written_whatever_a_part_is_called(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    held = io.BytesIO(workbook())
    with zipfile.ZipFile(held, "a") as whole:
        whole.writestr("../outside.xml", b"<a/>")
    assert sheets(held.getvalue(), "a.xlsx") == {"Elements": [["Label"]]}
    assert list(tmp_path.parent.rglob("outside.xml")) == []
