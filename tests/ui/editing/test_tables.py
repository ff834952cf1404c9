"""Edits of the two tables, as Streamlit tells them, become steps, or are refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from loops.editing.history import History
from loops.model import Context, Link, Model, Variable
from loops.ui.editing import tables
from loops.ui.editing.tabled import steps_of

MODEL = Model(
    id="m",
    title="M",
    variables=(
        Variable(id="trust", label="Trust", start=0.1),
        Variable(id="work", label="Work", start=0.2),
        Variable(id="same", label="Work", start=0.2),
    ),
    contexts=(Context(id="around", label="Around us", level=0.5),),
    links=(
        Link(source="trust", target="work", polarity="+", strength=0.1, reason="Seen."),
        Link(source="trust", target="work", polarity="-", strength=0.1, delay=6.0),
        Link(source="around", target="trust", polarity="-", strength=0.1),
    ),
)
KEYS = ["trust|work", "trust|work|2", "around|trust"]


def edited(table: Any, parts: list[str], **state: Any) -> History:
    """The model after everything that was edited in a table."""
    columns, _, edits = table(MODEL, lambda *_: None)
    history = History(MODEL)
    for says, changes in steps_of(
        {"edited_rows": {}, "deleted_rows": [], "added_rows": [], **state}, columns, parts, edits
    ):
        history = history.do(says, *changes)
    return history


def boxes(**state: Any) -> History:
    return edited(tables.box_table, list(MODEL.nodes), **state)


def arrows(**state: Any) -> History:
    return edited(tables.arrow_table, KEYS, **state)


def test_a_cell_of_a_box_is_one_step() -> None:
    history = boxes(edited_rows={0: {"Name": "Deep trust"}, 3: {"Where it starts (0 to 1)": 0.25}})
    assert [step.says for step in history.done] == [
        "“Trust”: the name “Deep trust”",
        "“Around us”: the level",
    ]
    assert history.model.variables[0].label == "Deep trust"
    assert history.model.contexts[0].level == 0.25


def test_a_box_becomes_another_kind_and_takes_its_start_along() -> None:
    changed = {"What it is": "It changes by itself", "Where it starts (0 to 1)": 0.3}
    model = boxes(edited_rows={3: changed}).model
    assert model.variables[-1].label == "Around us"
    assert model.variables[-1].start == 0.3


def test_rows_of_boxes_are_added_when_they_have_a_name_and_deleted_in_one_step() -> None:
    history = boxes(
        added_rows=[{"Fully": "no name yet"}, {"Name": "Trust", "Fully": "All"}], deleted_rows=[1, 2]
    )
    assert [step.says for step in history.done] == ["“Work” and 1 more are removed", "“Trust” is added"]
    assert list(history.model.nodes) == ["trust", "trust_2", "around"]
    assert history.model.nodes["trust_2"].fully == "All"


def test_cells_of_arrows_are_read_as_they_are_shown() -> None:
    cells = {
        "Sign": "?",
        "Strength a month": 0.5,
        "Months late": None,
        "Critical mass (0 to 1, or none)": 0.4,
        "How we know": "It follows from what the source says",
        "The source’s own words": " ",
    }
    link = arrows(edited_rows={1: cells}).model.links[1]
    assert (link.polarity, link.strength, link.delay, link.threshold) == ("?", 0.5, 0.0, 0.4)
    assert (link.evidence, link.passage) == ("inferred", None)
    assert arrows(edited_rows={1: {"Critical mass (0 to 1, or none)": None}}).model.links[1].threshold is None


def test_an_arrow_can_be_led_elsewhere_with_all_that_is_said_of_it() -> None:
    history = arrows(edited_rows={0: {"To": "Work (2)"}})
    assert history.done[0].says == "“Trust” → “Work” becomes “Trust” → “Work”"
    moved = history.model.links[-1]
    assert (moved.target, moved.reason, moved.strength) == ("same", "Seen.", 0.1)
    assert len(history.model.links) == 3


def test_an_arrow_that_joins_another_of_its_pair_keeps_what_tells_them_apart() -> None:
    moved = arrows(edited_rows={1: {"To": "Work (2)"}}).model.links[-1]
    assert (moved.target, moved.polarity, moved.delay) == ("same", "-", 6.0)


def test_arrows_are_added_when_both_ends_are_there_and_parallel_ones_deleted_together() -> None:
    new = [{"From": "Trust"}, {"From": "Work", "To": "Trust", "Sign": "\u2212", "Why": "So it is."}]
    history = arrows(added_rows=new, deleted_rows=[0, 1])
    assert [link.name for link in history.model.links] == ["around -> trust", "work -> trust"]
    assert history.model.links[-1].polarity == "-"
    assert history.model.links[-1].reason == "So it is."


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"Months late": 0.1}, "delay is 0.1: use 0, or between"),
        ({"Strength a month": 3.0}, "the strength"),
        ({"How we know": "It is said in the source"}, "needs the passage and where it stands"),
    ],
)
def test_what_cannot_be_is_refused_in_words(cells: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        arrows(edited_rows={0: cells})
