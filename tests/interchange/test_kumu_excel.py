"""Kumu's workbooks and those of D2D, with the oddities of real ones, written here cell by cell."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from loops.complaints import BadFile
from loops.interchange import kumu_excel
from loops.interchange.complete import complete
from loops.interchange.draft import DELAYED, Draft

Sheets = dict[str, list[list[Any]]]
ELEMENTS = ["Label", "Type", "Tags", "Description"]
CONNECTIONS = ["From", "To", "Direction", "Label", "Type", "Tags", "Description"]

REAL: Sheets = {
    "Elements": [
        [*ELEMENTS, "Owner"],
        ["Trust ", "Stock", None, "How much we trust", "us"],
        ["Buy  in", "stock ", "health | council"],
        [],
        ["Pressure", "Driver"],
        ["Quick wins", "LEVER"],
    ],
    "Connections": [
        [*CONNECTIONS, None, "Weight"],
        ["Trust", "Buy in", "directed", None, "+", None, "As people said"],
        ["Buy in ", "trust", "directed", None, "+", "delay", None, None, 3],
        ["Trust", "Buy in", "directed", None, "\N{MINUS SIGN}"],
        ["Pressure", "Buy in", None, None, "opposite"],
        ["Quick wins", "Trust | Morale", "mutual", None, "funds"],
        [None, "Trust", None, None, "+"],
    ],
    "Notes to self": [["anything"]],
}


def workbook(sheets: Sheets) -> bytes:
    """The bytes of a workbook; an empty cell is None."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return held.getvalue()


def read(sheets: Sheets) -> Draft:
    return kumu_excel.read(workbook(sheets), "ours.xlsx")


def arrows(draft: Draft) -> list[tuple[str, str, str]]:
    return [(arrow.source, arrow.target, arrow.sign) for arrow in draft.arrows]


def test_a_real_looking_workbook():
    draft = read(REAL)
    assert [(node.label, node.kind, node.group) for node in draft.nodes] == [
        ("Trust", "variable", "Stock"),
        ("Buy in", "variable", "stock"),
        ("Pressure", "", "Driver"),
        ("Quick wins", "lever", "LEVER"),
        ("Morale", "", ""),  # named by a connection alone
    ]
    assert arrows(draft) == [
        ("Trust", "Buy in", "+"),
        ("Buy in", "Trust", "+"),
        ("Trust", "Buy in", "-"),
        ("Pressure", "Buy in", "-"),
        ("Quick wins", "Trust", "?"),
        ("Trust", "Quick wins", "?"),
        ("Quick wins", "Morale", "?"),
        ("Morale", "Quick wins", "?"),
        ("", "Trust", "+"),
    ]
    assert (draft.arrows[1].delay, draft.arrows[1].delay_marked) == (DELAYED, True)
    assert (draft.arrows[0].note, draft.arrows[4].note) == ("As people said", "funds")
    assert draft.arrows[0].place == "sheet Connections, row 2"
    assert draft.nodes[2].place == "sheet Elements, row 5"


def test_what_is_not_read_is_told():
    says = [note.says for note in read(REAL).notes if note.kind == "left out"]
    assert says == [
        "Columns that are not used: “Owner”.",
        "Columns that are not used: “Weight”.",
        "Sheets that are not read: “notes to self”.",
    ]


def test_names_that_differ_in_case_and_names_that_no_element_has_are_told():
    told = {(note.kind, note.place): note.says for note in read(REAL).notes}
    assert told["name", "sheet Connections, row 3"] == "“trust” is taken as “Trust”."
    assert told["assumed", ""] == "Only connections name “Morale”: they are boxes too."


def test_a_connection_without_direction_and_a_name_in_other_letters_are_told_once():
    rows = [["a", "B", "undirected"], ["A", "B", "undirected"], ["A", "B", "directed"]]
    draft = read({"Connections": [["From", "To", "Direction"], *rows]})
    assert [(note.kind, note.place) for note in draft.notes] == [
        ("assumed", "sheet Connections, row 2"),
        ("name", "sheet Connections, row 3"),
    ]


def test_opposite_repeats_and_dangling_ends_become_notes():
    imported = complete(read(REAL))
    assert {"opposite", "dangling", "sign"} <= {note.kind for note in imported.notes}
    assert imported.model.link("trust", "buy_in").polarity == "?"


def test_a_type_that_says_both_or_not_what_its_label_says_is_unknown():
    rows = [
        CONNECTIONS,
        ["A", "B", None, None, "+|-"],
        ["B", "A", None, "+", "opposite"],
        ["A", "A", None, "+", "+"],
    ]
    drawn = kumu_excel.read(workbook({"Connections": rows}), "ours.xlsx").arrows
    assert [(arrow.sign, arrow.note) for arrow in drawn] == [("?", "+\n-"), ("?", "opposite\n+"), ("+", "")]


def test_one_label_in_two_rows_is_one_box():
    draft = read(
        {
            "Elements": [["Label"], ["Trust"], ["Trust  "], ["Act"]],
            "Connections": [["From", "To"], ["Trust", "Act"]],
        }
    )
    assert [node.label for node in draft.nodes] == ["Trust", "Act"]
    assert [(note.kind, note.place) for note in draft.notes] == [("name", "sheet Elements, row 3")]


def test_connections_alone_and_elements_alone():
    assert arrows(read({"Connections": [["From", "To", "Type"], ["a", "b", "-"]]})) == [("a", "b", "-")]
    assert [node.label for node in read({"elements": [["label"], ["a"], ["b"]]}).nodes] == ["a", "b"]


def test_loops_keep_their_letters():
    draft = read({**REAL, "Loops": [["Label", "Type"], ["B2 Doubt", None], ["Growth", "Reinforcing"]]})
    assert [(loop.letter, loop.name) for loop in draft.loops] == [("B2", "Doubt"), ("R", "Growth")]


D2D: Sheets = {
    "Elements": [
        ELEMENTS,
        ["Activity", "stock", 0, "VOI"],
        ["Mood", "auxiliary", 1, None],
        ["Screens", "constant", 1, None],
        ["Noise", "constant", -1, None],
        ["Age", "constant", 0, None],
        ["Strain", "stock", -1, None],
    ],
    "Connections": [
        ["From", "Type", "To", "LB", "UB"],
        ["Mood", "+", "Activity", 0.5, 1],
        ["Activity", "+", "Mood", 0, 0.5],
        ["Screens", "-", "Activity"],
        ["Noise", "-", "Mood"],
        ["Age", None, "Activity"],
        ["Activity", "-", "Strain"],
    ],
    "Interaction terms": [["From1", "From2", "Type", "To"], ["Mood", "Age", "+", "Activity"]],
}


def test_labels_of_d2d_come_along():
    draft = read(D2D)
    assert [(node.label, node.kind, node.level, node.outcome) for node in draft.nodes] == [
        ("Activity", "variable", None, True),
        ("Mood", "variable", None, False),
        ("Screens", "lever", 0.0, False),
        ("Noise", "lever", 1.0, False),
        ("Age", "context", None, False),
        ("Strain", "variable", None, False),
        ("Push: Mood", "lever", 0.0, False),
        ("Push: Strain", "lever", 0.0, False),
    ]
    assert arrows(draft)[-2:] == [("push Mood", "Mood", "+"), ("push Strain", "Strain", "-")]
    assert [arrow.weight for arrow in draft.arrows] == [0.75, 0.25, *[None] * 6]
    assert draft.nodes[0].note == ""
    said = " ".join(note.says for note in draft.notes)
    assert "“Mood” and “Strain”" in said
    assert "“Noise” downwards" in said
    assert "third (1)" in said


def test_a_d2d_file_runs_at_once_with_its_levers():
    model = complete(read(D2D)).model
    assert model.variables[0].label == "Activity"
    assert {lever.label for lever in model.levers} == {"Screens", "Noise", "Push: Mood", "Push: Strain"}
    assert {context.label for context in model.contexts} == {"Age"}


MANY = "|".join(map(str, range(100)))


@pytest.mark.parametrize(
    ("sheets", "place", "says"),
    [
        ({"Sheet1": [["a"]]}, "", "neither a sheet 'Elements' nor"),
        ({"Elements": [["Name"], ["a"]]}, "sheet Elements", "no column 'Label'"),
        ({"Connections": [["From", "Target"], ["a", "b"]]}, "sheet Connections", "no column 'To'"),
        ({"Elements": [["Label"], *([f"e{at}"] for at in range(501))]}, "sheet Elements", "501: at most 500"),
        ({"Connections": [["From", "To"], *[["a", "b"]] * 5_001]}, "sheet Connections", "at most 5,000"),
        ({"Connections": [["From", "To"], [MANY, MANY]]}, "sheet Connections, row 2", "at most 5,000"),
    ],
)
def test_what_does_not_fit_is_one_message_with_its_place(sheets, place, says):
    with pytest.raises(BadFile) as caught:
        read(sheets)
    assert caught.value.place == place
    assert says in caught.value.says


WHOLE = workbook(REAL)
CELL = (
    st.none()
    | st.text(max_size=6)
    | st.integers(-9, 9)
    | st.floats(0, 1)
    | st.sampled_from(["Trust", "|", "=1+1", "+"])
)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_a_workbook_with_some_bytes_changed_gives_a_model_or_one_message(changes):
    broken = bytearray(WHOLE)
    for at, byte in changes:
        broken[at] = byte
    with contextlib.suppress(BadFile):
        complete(kumu_excel.read(bytes(broken), "ours.xlsx"))


@settings(max_examples=30)
@given(st.lists(st.lists(CELL, max_size=7), max_size=5), st.lists(st.lists(CELL, max_size=4), max_size=4))
def test_any_cells_give_a_model_or_one_message(connections, elements):
    with contextlib.suppress(BadFile):
        complete(read({"Elements": [ELEMENTS, *elements], "Connections": [CONNECTIONS, *connections]}))
