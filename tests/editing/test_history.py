"""Steps forward and back, and the same steps on another version."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sketches import CHANGES, MODEL

from loops.editing import history
from loops.editing.changes import AddLink, AddNode, Change, NameLoop, Remove, Set, apply
from loops.editing.history import History, replay
from loops.editing.versions import differences


def label(name: str, words: str) -> Set:
    return Set(f"node:{name}", (("label", words),))


def after(steps: list[list[Change]]) -> History:
    """What becomes of steps, those left out that cannot be made."""
    made = History(MODEL)
    for number, changes in enumerate(steps):
        try:
            made = made.do(f"Step {number}", *changes)
        except ValueError:
            continue
    return made


STEPS = st.lists(st.lists(CHANGES, min_size=1, max_size=3), max_size=6)


@given(STEPS)
def test_every_step_can_be_taken_back_and_made_again(steps):
    made = after(steps)
    models = [MODEL, *(step.model for step in made.done)]
    back = made
    for model in reversed(models):
        assert back.model == model
        back = back.undo()
    assert back.undo() == back  # there is nothing left to take back
    forward = back
    for model in models:
        assert forward.model == model
        forward = forward.redo()
    assert forward == made == made.redo()


@given(STEPS)
def test_on_its_own_base_everything_can_be_made_again(steps):
    made = after(steps)
    again, lost = replay(MODEL, made.done)
    assert again == made
    assert lost == ()


@given(STEPS)
def test_a_step_is_what_differs(steps):
    """No step is empty, and the differences from the model before it name something."""
    made = after(steps)
    for before, now in pairwise([MODEL, *(step.model for step in made.done)]):
        assert differences(before, now)


def test_of_one_step_all_is_done_or_nothing():
    begun = History(MODEL).do("Call it trust", label("a", "Trust"))
    with pytest.raises(ValueError, match="no longer in the diagram"):
        begun.do("More", AddNode("d", "D"), Remove("node:z"))
    both = begun.do("A box and its arrow", AddNode("d", "D"), AddLink("a", "d"))
    assert len(both.done) == 2
    assert both.undo().model == begun.model


def test_a_new_step_forgets_what_was_taken_back():
    made = History(MODEL).do("One", label("a", "One")).undo().do("Two", label("a", "Two"))
    assert made.redo() == made
    assert [step.says for step in made.done] == ["Two"]


def test_what_changes_nothing_is_no_step():
    made = History(MODEL).do("One", label("a", "One"))
    assert made.do("Again", label("a", "One")) is made
    assert made.undo().do("Back", label("a", "A")).redo() == made  # nothing was forgotten either


def test_on_another_version_steps_that_do_not_fit_are_told():
    made = History(MODEL)
    for says, change in (
        ("Rename A", label("a", "Trust")),
        ("Flip", Set("link:x|c", (("polarity", "-"),))),
        ("Rename C", label("c", "Doing")),
    ):
        made = made.do(says, change)
    theirs = apply(apply(MODEL, Remove("node:x")), label("b", "Theirs"))
    ours, lost = replay(theirs, made.done)
    assert [step.says for step in lost] == ["Flip"]
    assert [ours.model.nodes[name].label for name in "abc"] == ["Trust", "Theirs", "Doing"]
    assert ours.base == theirs


def test_what_two_add_under_one_id_stays_two():
    """Both add a box and name it: ours is another box than theirs, and so are its arrows and its loop."""
    theirs = History(MODEL).do("Add", AddNode("new", "New")).do("Call it", label("new", "Theirs")).model
    made = History(MODEL)
    for says, change in (
        ("Add", AddNode("new", "New")),
        ("Call it", label("new", "Ours")),
        ("Arrow", AddLink("new", "a")),
        ("Back", AddLink("a", "new", "-")),
        ("Flip", Set("link:new|a", (("polarity", "-"),))),
        ("Loop", NameLoop("mine", "Mine", ("a", "new"))),
        ("Remove", Remove("link:new|a")),
    ):
        made = made.do(says, change)
    named = apply(theirs, NameLoop("mine", "Grow again", ("a", "b")))
    ours, lost = replay(named, made.done)
    assert lost == ()
    assert {node.label for node in ours.model.variables} == {"A", "B", "C", "Theirs", "Ours"}
    assert "New" in [step.model.nodes["new_2"].label for step in ours.done]
    assert [loop.path for loop in ours.done[-2].model.loops[-2:]] == [("a", "b"), ("a", "new_2")]
    assert ours.model.nodes["new"].label == "Theirs"
    assert {link.target for link in ours.model.links if "new" in link.target} == {"new_2"}


def test_a_history_that_is_full_says_how_to_go_on(monkeypatch):
    monkeypatch.setattr(history, "MOST", 2)
    made = History(MODEL).do("One", label("a", "One")).do("Two", label("a", "Two"))
    with pytest.raises(ValueError, match="2 changes were made here: save the model"):
        made.do("Three", label("a", "Three"))
    monkeypatch.setattr(history, "MOST", 500)
    monkeypatch.setattr(history, "MOST_PARTS", 23)  # each version has 12: five boxes and seven arrows
    with pytest.raises(ValueError, match="2 changes were made here"):
        made.do("Three", label("a", "Three"))
    assert len(made.undo().do("Three", label("a", "Three")).done) == 2
