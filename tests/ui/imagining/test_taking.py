"""From a list to a plan and a charter: what may be used, what is new in the model, what was promised."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from onscreen import html, press, run
from sittings import MODEL, labelled, said, visit
from streamlit.testing.v1 import AppTest

from loops.store import Store
from loops.store.records import Utopia, Workspace
from loops.ui import catalogue
from loops.ui.backcasting.telling import Told
from loops.ui.editing import drafts

RACKS = next(lever for lever in MODEL.levers if lever.id == "bike_racks")
SIGNS = next(lever for lever in MODEL.levers if lever.id == "signs")


def shop(store: Store, space: Workspace, utopia: Utopia) -> None:
    """A list of two things that the model has, one that is new, and one that nobody has looked at."""
    for fields in (
        {
            "label": "Racks",
            "lever": RACKS.id,
            "at": "infrastructure",
            "on": "community",
            "owner": "Pat Example",
        },
        {"label": "Signs", "lever": SIGNS.id, "chosen": False},
        {"label": "Dogs welcome", "helps": "value", "hours_us": 2.0},
        {"label": "Something else"},
    ):
        store.add_item(space.token, utopia.id, **fields)  # type: ignore[arg-type]


def test_the_list_goes_to_the_goal_as_a_draft_of_the_model(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    shop(store, space, utopia)
    at = visit(space, "4")
    hours = RACKS.hours_us + RACKS.hours_partner + 2
    assert f"All of it at once takes {hours:g} hours a month and £{RACKS.cost:,.0f} once" in html(at)
    assert "1 more on the list cannot be tried yet" in said(at)
    press(at, "Find a plan that is enough")
    model = catalogued(at)
    (new,) = (lever for lever in model.levers if lever.id not in MODEL.nodes)
    assert (new.label, new.hours_us) == ("Dogs welcome", 2)
    assert [link.target for link in model.links if link.source == new.id] == ["value"]
    key = at.session_state[catalogue.CHOSEN]
    left_out = at.session_state[f"goal:without:{key}"]
    assert set(left_out) == {lever.id for lever in model.levers} - {RACKS.id, new.id}
    assert at.session_state["going:to"] == "goal"
    press(at, "Find a plan that is enough")  # on the model that came of it nothing is left to change
    assert catalogued(at) == model


def catalogued(at: AppTest) -> Any:
    """The model that is open after a press."""
    return at.session_state["draft_models"][at.session_state[catalogue.CHOSEN]].model


def test_a_list_that_cannot_go_into_the_model_says_why_and_stays_here(
    store: Store, space: Workspace, utopia: Utopia, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop(store, space, utopia)
    monkeypatch.setattr(drafts, "MOST", 0)
    at = visit(space, "4")
    press(at, "Find a plan that is enough")
    assert "drafts are open" in said(at)
    assert "going:to" not in at.session_state


def test_what_is_not_ticked_is_not_used_and_that_is_kept(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    shop(store, space, utopia)
    at = visit(space, "4")
    labelled(at.checkbox, "Racks").uncheck()
    run(at)
    assert [one.chosen for one in store.items(space.token, utopia.id)] == [False, False, True, True]
    assert "All of it at once takes 2 hours a month" in html(at)


def test_what_needs_something_that_is_not_ticked_is_said(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    store.add_item(space.token, utopia.id, label="One minute", lever="one_minute")
    needed = store.add_item(space.token, utopia.id, label="Training", lever="training", chosen=False)
    at = visit(space, "4")
    assert "“Train for good conversations” has to begin first" in said(at)
    labelled(at.checkbox, needed.label).check()
    run(at)
    assert "has to begin first" not in said(at)


def test_a_list_on_which_nothing_is_known_says_what_to_do(
    store: Store, space: Workspace, utopia: Utopia
) -> None:
    store.add_item(space.token, utopia.id, label="Something else")
    at = visit(space, "4")
    assert any("Go back to step 3" in one.value for one in at.info)
    assert not any(one.label.startswith("Find a plan") for one in at.button)


def test_three_promises_say_who_and_by_when(store: Store, space: Workspace, utopia: Utopia) -> None:
    shop(store, space, utopia)
    at = visit(space, "5")
    assert "3 to go" in said(at)
    labelled(at.selectbox, "What will you do").set_value(1)
    labelled(at.text_input, "Who does it").set_value("Pat Example")
    labelled(at.text_input, "By when").set_value("June")
    press(at, "Promise it")
    (made,) = store.commitments(space.token, utopia.id)
    assert (made.item_id, made.what, made.who, made.by_when) == (1, "Racks", "Pat Example", "June")
    assert "Pat Example, by June" in html(at)
    assert labelled(at.text_input, "Who does it").value == ""
    press(at, "Promise it")
    assert "is empty" in said(at)
    labelled(at.selectbox, "What will you do").set_value(0)
    labelled(run(at).text_area, "In your own words").set_value("Ask the patients")
    press(at, "Promise it")
    assert [one.what for one in store.commitments(space.token, utopia.id)] == ["Racks", "Ask the patients"]
    assert "1 more to go" in said(at)
    press(at, "Take it out", 0)
    assert [one.what for one in store.commitments(space.token, utopia.id)] == ["Ask the patients"]
    press(at, "Bring back what was taken out")
    assert len(store.commitments(space.token, utopia.id)) == 2


def test_the_charter_holds_the_list_and_names_only_when_ticked(
    store: Store, space: Workspace, utopia: Utopia, files: dict[str, Callable[[], Any]]
) -> None:
    shop(store, space, utopia)
    store.save_commitment(space.token, utopia.id, what="Order them", who="Sam Example", by_when="June")
    at = visit(space, "5")
    bare = text(files["Word"]())
    assert all(words in bare for words in ("Racks", "Dogs welcome", "Order them", "June", "Signature"))
    assert "Signs" not in bare
    assert "Example" not in bare
    labelled(at.checkbox, "Put people’s names").check()
    run(at)
    named = text(files["Word"]())
    assert "Pat Example" in named
    assert "Sam Example" in named
    assert files["Print it (PDF)"]().startswith(b"%PDF")


def test_the_charter_says_when_each_thing_is_done_in_the_plan_looked_at_last(
    store: Store, space: Workspace, utopia: Utopia, files: dict[str, Callable[[], Any]]
) -> None:
    shop(store, space, utopia)
    store.add_item(space.token, utopia.id, label="one more stand", lever=RACKS.id)
    at = visit(space, "5")
    plan = Told(("This plan gets there in every version.",), {RACKS.id: "from month 6 to month 18"})
    at.session_state["goal:told"] = {MODEL.id: (catalogue.shelf(MODEL.id).version, plan)}
    run(at)
    said_there = text(files["Word"]())
    assert "Racks (for the people we serve; from month 6 to month 18)" in said_there
    assert plan.says[0] in said_there
    assert "The rest of the list is not in this plan." in said_there
    assert "one more stand (with “Racks”)" in said_there  # what is one thing in the model is paid for once
    there = said(press(at, "Back: What it takes"))
    assert plan.says[0] in there
    assert "“Racks” and “one more stand” are one thing in the model, and count as one." in there
    press(at, "Next: We commit")
    at.session_state["goal:told"] = {MODEL.id: ("an earlier version", plan)}
    run(at)
    assert plan.says[0] not in text(files["Word"]())


def text(word: bytes) -> str:
    """What a Word file says."""
    document = Document(BytesIO(word))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(one.text for one in document.paragraphs), *cells])
