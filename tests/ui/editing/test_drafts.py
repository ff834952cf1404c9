"""Drafts, and what gestures do to them, without a page: the session is a plain mapping here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import streamlit as st
from changing import small

from loops.draw.settled import settled
from loops.editing.changes import Remove, Set
from loops.ui import catalogue
from loops.ui.components.editor import Gesture
from loops.ui.editing import drafts, drawing
from loops.ui.editing.drafts import Draft

pytestmark = pytest.mark.usefixtures("ours", "fresh_caches")
KEY = "saved-ours"
RENAMED = Set("node:trust", (("label", "Deep trust"),))


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    state: dict[str, Any] = {catalogue.CHOSEN: KEY}
    monkeypatch.setattr(st, "session_state", state)
    return state


def chosen() -> Draft:
    return drafts.every()[st.session_state[catalogue.CHOSEN]]


def said() -> str:
    found = st.session_state.pop("editing:said", None)
    return found.words if found else ""


def test_the_first_change_makes_a_draft_that_is_chosen_and_what_it_began_from_stays() -> None:
    assert drafts.of(catalogue.shelf(KEY)).key == KEY
    drafts.do(KEY, "renamed", RENAMED)
    draft = chosen()
    assert draft.key.startswith("draft-")
    assert catalogue.keys()[-1] == draft.key
    assert catalogue.shelf(draft.key).model == draft.model
    assert catalogue.shelf(KEY).model == small()
    assert drafts.of(catalogue.shelf(draft.key)) == draft
    assert draft.history.base == settled(small())


def test_a_second_press_before_the_page_is_drawn_goes_to_the_same_draft() -> None:
    drafts.do(KEY, "renamed", RENAMED)
    drafts.do(KEY, "bent", Set("link:trust|work", (("bend", 0.3),)))
    assert len(drafts.every()) == 1
    assert len(chosen().history.done) == 2
    st.session_state[catalogue.CHOSEN] = KEY  # somebody wants to begin once more
    drafts.do(KEY, "renamed", RENAMED)
    assert len(drafts.every()) == 2


def test_each_version_has_a_digest_of_its_own_and_undo_brings_the_first_back() -> None:
    drafts.do(KEY, "renamed", RENAMED)
    first = catalogue.shelf(chosen().key).version
    drafts.do(chosen().key, "gone", Remove("link:trust|work"))
    second = catalogue.shelf(chosen().key).version
    drafts.undo(chosen().key)
    assert first != second
    assert catalogue.shelf(chosen().key).version == first


def test_what_is_unsaved_is_counted_from_what_was_saved() -> None:
    drafts.do(KEY, "renamed", RENAMED)
    key = chosen().key
    drafts.do(key, "bent", Set("link:trust|work", (("bend", 0.3),)))
    assert chosen().unsaved == 2
    opened = chosen().opened
    assert opened is not None
    drafts.keep(replace(chosen(), opened=replace(opened, part=chosen().model)))
    assert chosen().unsaved == 0
    drafts.undo(key, 2)
    assert chosen().unsaved == 2
    drafts.redo(key)
    assert chosen().unsaved == 1


def test_what_cannot_be_done_is_one_sentence_and_changes_nothing() -> None:
    drafts.do(KEY, "renamed", Set("node:trust", (("label", ""),)))
    assert not drafts.every()
    assert said().startswith("This cannot be done: “Trust”: the name ")
    assert not said()


def test_there_are_only_so_many_drafts_and_none_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "MOST", 1)
    drafts.do(KEY, "renamed", RENAMED)
    st.session_state[catalogue.CHOSEN] = KEY
    drafts.do(KEY, "renamed", RENAMED)
    assert len(drafts.every()) == 1
    assert "Save one of them, close it, and try again" in said()


def test_the_plan_goes_on_in_the_draft() -> None:
    st.session_state[f"history:{KEY}"] = "a plan"
    drafts.do(KEY, "renamed", RENAMED)
    assert st.session_state[f"history:{chosen().key}"] == "a plan"


@pytest.mark.parametrize(
    ("gesture", "says"),
    [
        (Gesture("move", "node:trust", 40, -20), "“Trust” is moved"),
        (Gesture("bend", "link:trust|work", bend=0.5), "“Trust” → “Work” is bent"),
        (Gesture("sign", "link:trust|work"), "“Trust” → “Work”: \u2212"),
        (Gesture("node", x=100, y=200), "“New box” is added"),
        (Gesture("link", source="work", target="trust"), "“Work” → “Trust” is added"),
        (Gesture("remove", "node:trust"), "“Trust” is removed"),
        (Gesture("remove", "link:trust|work"), "“Trust” → “Work” is removed"),
    ],
)
def test_a_gesture_is_one_step_that_undo_takes_back(gesture: Gesture, says: str) -> None:
    drawing.gestured(KEY, gesture)
    assert [step.says for step in chosen().history.done] == [says]
    assert chosen().model != settled(small())
    drawing.gestured(KEY, Gesture("undo"))
    assert chosen().model == settled(small())
    drawing.gestured(KEY, Gesture("redo"))
    assert [step.says for step in chosen().history.done] == [says]


def test_nothing_else_moves_when_a_box_is_moved_or_added() -> None:
    before = settled(small())
    drawing.gestured(KEY, Gesture("move", "node:trust", 40, -20))
    drawing.gestured(KEY, Gesture("node", x=100, y=200))
    drawing.gestured(KEY, Gesture("link", source="new_box", target="new_box"))
    drawing.gestured(KEY, Gesture("link", source="new_box", target="trust"))
    model = chosen().model
    assert model.nodes["trust"].position == (40, -20)
    assert model.nodes["new_box"].position == (100, 200)
    assert model.nodes["work"] == before.nodes["work"]
    assert model.links[0] == before.links[0]
    assert [link.bend is None for link in model.links] == [False, True, False]
    assert st.session_state["change:picked"] == "link:new_box|trust"


@pytest.mark.parametrize(
    "gesture",
    [
        Gesture("move", "node:nobody", 1, 1),
        Gesture("sign", "link:trust|nobody"),
        Gesture("link", source="trust", target="nobody"),
        Gesture("remove", "loop:none"),
    ],
)
def test_a_gesture_about_what_is_not_there_says_so(gesture: Gesture) -> None:
    drawing.gestured(KEY, gesture)
    assert not drafts.every()
    assert said()


def test_a_gesture_on_a_draft_that_is_closed_says_so() -> None:
    drafts.do(KEY, "renamed", RENAMED)
    key = chosen().key
    drafts.close(key)
    drawing.gestured(key, Gesture("node", x=1, y=1))
    assert not drafts.every()
    assert "no longer here" in said()
