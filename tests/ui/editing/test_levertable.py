"""Edits of the table of what we do, as Streamlit tells them, become steps, or are refused in words."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from changing import change, open_change

from loops.editing.changes import AddNode
from loops.editing.history import History
from loops.influence import Influence
from loops.model import Lever, Link, Model, Variable
from loops.ui.editing import tabled
from loops.ui.editing.levertable import lever_table
from loops.ui.editing.tabled import steps_of

CELL = Influence(at="social", on="community", reason="They meet.")
MODEL = Model(
    id="m",
    title="M",
    variables=(Variable(id="trust", label="Trust", start=0.1),),
    levers=(
        Lever(id="walk", label="Walk", hours_us=4, influence=(CELL,), also=("a stroll",)),
        Lever(id="signs", label="Signs", cost=300, needs=("walk",)),
        Lever(id="more", label="Signs", earliest=6),
    ),
    links=(Link(source="walk", target="trust", polarity="+", strength=0.1),),
)


def edited(**state: Any) -> History:
    """The model after everything that was edited in the table."""
    columns, rows, edits = lever_table(MODEL, lambda *_: None)
    history = History(MODEL)
    told = {"edited_rows": {}, "deleted_rows": [], "added_rows": [], **state}
    for says, changes in steps_of(told, columns, list(rows), edits):
        history = history.do(says, *changes)
    return history


def test_lists_are_shown_one_a_cell_by_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: dict[str, Any] = {}
    monkeypatch.setattr(tabled.st, "data_editor", lambda data, **_: sent.update(data))
    tabled.show("levers", *lever_table(MODEL, lambda *_: None))
    assert list(sent["What must have begun before"]) == [[], ["Walk"], []]
    assert list(sent["Where it acts: the influencer matrix"]) == [
        ["Between people: the people we serve"],
        [],
        [],
    ]
    assert list(sent["Other words for it"]) == [["a stroll"], [], []]
    assert list(sent["First month"]) == [0, 0, 6]
    assert all(isinstance(column, np.ndarray) for column in sent.values())


@pytest.mark.usefixtures("ours")
def test_a_model_without_any_has_a_table_to_begin_with() -> None:
    at = open_change("saved-ours", below="levertable")
    assert len(at.dataframe[0].value) == 0
    change(at, "Add", AddNode("walk", "Walk", "lever"))
    assert list(at.dataframe[0].value["Name"]) == ["Walk"]


def test_a_cell_is_one_step_and_what_is_known_of_a_place_stays() -> None:
    places = ["In the surroundings: the people we serve", "Between people: the people we serve"]
    history = edited(
        edited_rows={
            0: {"Where it acts: the influencer matrix": places, "First month": 3.0},
            1: {"What must have begun before": ["Walk", "Signs (2)"], "Pounds, once": None},
            2: {"Other words for it": ["posters", 3]},
        }
    )
    assert [step.says for step in history.done] == [
        "“Walk”: the first month in which it can be done and its place in the influencer matrix",
        "“Signs”: what must have begun before it and what it costs once, in pounds",
        "“Signs”: other words for it",
    ]
    walk, signs, more = history.model.levers
    assert walk.influence == (CELL, Influence(at="infrastructure", on="community"))
    assert (walk.earliest, signs.needs, signs.cost, more.also) == (3, ("walk", "more"), 0, ("posters",))
    emptied = edited(edited_rows={0: {"Where it acts: the influencer matrix": None}}).model
    assert emptied.levers[0].influence == ()


def test_rows_are_added_when_they_have_a_name_and_deleted() -> None:
    new = {
        "Name": "Bike racks",
        "Pounds, once": 500.0,
        "First month": 2.0,
        "Where it acts: the influencer matrix": ["In the surroundings: the people we serve"],
    }
    history = edited(added_rows=[{"Pounds, once": 5.0}, new], deleted_rows=[0])
    assert [step.says for step in history.done] == ["“Walk” is removed", "“Bike racks” is added"]
    racks = history.model.levers[-1]
    assert (racks.id, racks.cost, racks.earliest) == ("bike_racks", 500, 2)
    assert [(cell.at, cell.evidence) for cell in racks.influence] == [("infrastructure", "assumed")]
    assert history.model.nodes["signs"].needs == ()


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="“Signs”: what must have begun before it is something else"):
        edited(edited_rows={1: {"What must have begun before": ["Signs"]}})
