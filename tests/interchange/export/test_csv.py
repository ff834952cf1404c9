"""The table of arrows that we write: read by Python's own reader and by ours, and run by no spreadsheet."""

from __future__ import annotations

import csv
import io

from drawn import AWKWARD

from loops.interchange.detect import import_file
from loops.interchange.export.csv import write
from loops.interchange.words import plain
from loops.model import Model


def model(*links, labels=("Trust", "Doing"), **fields):
    boxes = {f"n{at}": {"label": label, "start": 0.25} for at, label in enumerate(labels)}
    links = [{"from": "n0", "to": "n1", "polarity": "+", "strength": 0.02} | link for link in links]
    return Model.model_validate({"id": "ours", "title": "Ours", "variable": boxes, "link": links} | fields)


def rows(ours):
    return list(csv.DictReader(io.StringIO(write(ours).decode("utf-8-sig"), newline="")))


def test_one_row_an_arrow_with_all_that_it_says():
    said = {"delay": 3.5, "threshold": 0.4, "steepness": 3, "evidence": "stated", "reason": "So,\nyes."}
    (row,) = rows(model(said | {"passage": 'It "is"', "locator": "p. 2"}))
    assert row == {
        **{"from": "Trust", "to": "Doing", "sign": "+", "strength": "0.02", "delay": "3.5"},
        **{"threshold": "0.4", "steepness": "3", "evidence": "stated", "reason": "So, yes."},
        **{"passage": 'It "is"', "locator": "p. 2", "from is": "What changes"},
    }


def test_a_box_without_an_arrow_has_a_row_and_kinds_come_back():
    ours = model(
        {"from": "help"},
        lever={"help": {"label": "Help"}, "idle": {"label": "Idle"}},
        context={"rain": {"label": "Rain", "level": 1.0}},
    )
    assert [(row["from"], row["to"], row["from is"]) for row in rows(ours)] == [
        ("Help", "Doing", "What we do"),
        ("Trust", "", "What changes"),
        ("Idle", "", "What we do"),
        ("Rain", "", "Circumstances"),
    ]
    theirs = import_file(write(ours), "ours.csv").model
    assert {one.label for one in theirs.variables} == {"Trust", "Doing"}
    assert {one.label for one in theirs.levers} == {"Help", "Idle"}
    assert {one.label for one in theirs.contexts} == {"Rain"}


def test_no_cell_runs_no_line_begins_with_what_somebody_wrote_and_all_come_back():
    ours = model(*({"from": f"n{at}", "to": "n0"} for at, _ in enumerate(AWKWARD)), labels=AWKWARD)
    text = write(ours).decode("utf-8-sig")
    assert all(line.startswith('"') for line in text.splitlines())
    for row in rows(ours):
        for cell in row.values():
            assert cell[:1] not in {"=", "@", "\t", "\r"}
            assert cell[:1] not in {"+", "-"} or cell in {"+", "-", "-2"}
    shown = {plain(label) or f"n{at}" for at, label in enumerate(AWKWARD)}
    assert {one.label for one in import_file(write(ours), "ours.csv").model.nodes.values()} == shown


def test_names_that_look_like_links_are_still_a_table():
    ours = model({}, {"to": "n0"}, labels=("fewer -> more", "a + b"))
    assert [node.label for node in import_file(write(ours), "ours.csv").model.variables] == [
        "fewer -> more",
        "a + b",
    ]


def test_twins_have_names_that_differ():
    ours = model({}, labels=("Trust", "Trust", "Trust (2)"))
    assert {name for row in rows(ours) for name in (row["from"], row["to"])} - {""} == {
        "Trust",
        "Trust (3)",
        "Trust (2)",
    }
    assert len(import_file(write(ours), "ours.csv").model.nodes) == 3
