"""The workbook that we write: read by openpyxl and by our reader; no formula, no clock."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from drawn import AWKWARD

from loops.interchange.detect import import_file
from loops.interchange.export.excel import write
from loops.interchange.words import plain
from loops.model import Model

OURS = Model.model_validate(
    {
        "id": "ours",
        "title": "Ours",
        "variable": {
            "a": {
                "label": "Trust",
                "start": 0.1,
                "gain": 0.02,
                "position": [0.0, -3.5],
                "description": "1\n2",
            },
            "b": {"label": "=1+1", "start": 0.0, "fade": 0.3, "position": [300.0, 0.0]},
        },
        "lever": {"help": {"label": "Help", "level": 0.25, "position": [0.0, 200.0]}},
        "link": [
            {"from": "help", "to": "a", "polarity": "+", "strength": 0.1, "bend": 0.25},
            {"from": "a", "to": "b", "polarity": "-", "strength": 1e-5, "delay": 6.5, "threshold": 0.4},
            {"from": "b", "to": "a", "polarity": "?", "strength": 0.3, "reason": "+ so"},
        ],
        "loop": {"up": {"label": "R1", "name": "Up", "path": ["b", "a"], "story": "More and more."}},
    }
)


def sheets(ours):
    book = openpyxl.load_workbook(io.BytesIO(write(ours)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_a_sheet_of_boxes_one_of_arrows_and_one_of_loops():
    told = sheets(OURS)
    assert list(told) == ["Boxes", "Arrows", "Loops"]
    assert told["Boxes"][1:] == [
        ["Trust", "What changes", 0.1, 0.02, 0, 0, -3.5, "1\n2"],
        ["=1+1", "What changes", 0, 0, 0.3, 300, 0, None],
        ["Help", "What we do", 0.25, None, None, 0, 200, None],
    ]
    assert told["Arrows"][0][:8] == [
        "from",
        "to",
        "sign",
        "strength",
        "delay",
        "threshold",
        "steepness",
        "bend",
    ]
    assert [row[:8] for row in told["Arrows"][1:]] == [
        ["Help", "Trust", "+", 0.1, 0, None, None, 0.25],
        ["Trust", "=1+1", "-", 1e-5, 6.5, 0.4, 4, None],
        ["=1+1", "Trust", "?", 0.3, 0, None, None, None],
    ]
    assert told["Loops"][1][:5] == ["Up", "R1", "More and more.", "=1+1", "Trust"]


def test_nothing_in_it_is_a_formula_or_an_address():
    labels = [*AWKWARD, "https://example.org", "{=1}"]
    boxes = {f"n{at}": {"label": label, "start": 0.5} for at, label in enumerate(labels)}
    ours = Model.model_validate({"id": "ours", "title": "=1", "variable": boxes})
    book = openpyxl.load_workbook(io.BytesIO(write(ours)))
    cells = [cell for row in book["Boxes"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    shown = [plain(label) or f"n{at}" for at, label in enumerate(labels)]
    assert [row[0].value for row in book["Boxes"].iter_rows(min_row=2)] == shown
    assert [node.label for node in import_file(write(ours), "ours.xlsx").model.nodes.values()] == shown


def test_all_of_it_comes_back_and_no_sheet_is_left_unread():
    imported = import_file(write(OURS), "ours.xlsx")
    assert [note.says for note in imported.notes if note.kind == "left out"] == []
    theirs = imported.model
    assert [(one.label, one.start, one.gain, one.fade) for one in theirs.variables] == [
        ("Trust", 0.1, 0.02, 0.0),
        ("=1+1", 0.0, 0.0, 0.3),
    ]
    assert [(one.label, one.level) for one in theirs.levers] == [("Help", 0.25)]
    assert [(link.strength, link.delay, link.bend) for link in theirs.links] == [
        (0.1, 0.0, 0.25),
        (1e-5, 6.5, None),
        (0.3, 0.0, None),
    ]
    assert [(one.label, one.name, one.story) for one in theirs.loops] == [("R1", "Up", "More and more.")]


def test_no_clock_is_in_it():
    with zipfile.ZipFile(io.BytesIO(write(OURS))) as book:
        assert {part.date_time for part in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = book.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == core.count("dcterms:W3CDTF") == 2
