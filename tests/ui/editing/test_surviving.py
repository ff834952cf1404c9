"""Drafts outlive a reload by the token in the address; whatever else the address holds is one sentence."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from changing import SMALL, change, draft, open_change, save_as, small, told
from hypothesis import given, settings
from hypothesis import strategies as st
from onscreen import press
from streamlit.testing.v1 import AppTest

from loops.editing.changes import AddLink, AddNode, Become, Merge, NameLoop, Remove, Set
from loops.editing.history import History
from loops.files import MAX_BYTES, open_model, read_model
from loops.merge import fresh
from loops.ui.editing import remembered, surviving
from loops.ui.editing.drafts import Draft
from loops.ui.text import md

pytestmark = pytest.mark.usefixtures("fresh_caches")

DEEP = Set("node:trust", (("label", "Deep trust"),))
LABOUR = Set("node:work", (("label", "Labour"),))
EVERY = (
    AddNode("time", "Time, “free” | <b>", position=(10.0, -3.5)),
    AddLink("work", "time", "-", delay=3.0),
    AddLink("time", "trust", "?"),
    NameLoop("round", "Round", ("trust", "work", "time"), "It goes\nround"),
    Set("link:trust|work", (("evidence", "stated"), ("passage", "As seen."), ("locator", "p. 1"))),
    Set("node:trust", (("position", (1.5, 2.5)),)),
    Set("model", (("vision", "All well"),)),
    AddNode("aid", "Aid", "lever"),
    Become("aid", "context", 0.5),
    AddNode("more", "More", "lever"),
    Merge("aid", "more"),
    Remove("loop:round"),
)
"""A change of every kind."""


@pytest.fixture
def drafts_here(models: Path) -> Path:
    return models.parent / "drafts"


def token(at: AppTest) -> str:
    found = at.query_params["draft"]
    return found if isinstance(found, str) else found[0]


def test_a_reload_right_after_a_change_brings_all_of_it_back(drafts_here: Path) -> None:
    at = change(open_change("common_purpose"), "Trust renamed", DEEP)
    at = change(change(at, "Trust back", Set("node:trust", (("label", "Trust"),))), "Again", DEEP)
    again = open_change(draft=token(at))
    assert draft(again).model == draft(at).model
    assert [step.says for step in draft(again).history.done] == ["Trust renamed", "Trust back", "Again"]
    assert "is back, as you left it. It is not saved yet." in told(again)
    assert token(again) == token(at)
    assert draft(press(again, "Undo")).model.nodes["trust"].label == "Trust"


def test_behind_what_was_saved_it_is_not_saved(models: Path) -> None:
    """The step that was saved is taken back and forgotten, by another one or by a reload."""
    at = press(save_as(change(open_change("common_purpose"), "Trust renamed", DEEP), "ours"), "Undo")
    again = open_change(draft=token(at))
    assert "It is not saved yet." in told(again)
    other = press(change(at, "Another", Set("node:trust", (("label", "Faith"),))), "Undo")
    for one in (again, other):
        assert draft(one).model.nodes["trust"].label == "Trust between partners"
        assert "1 change, not saved yet" in told(one)
    assert "Saved as ours.toml" in told(press(again, "Save"))


def test_a_draft_that_is_too_large_to_keep_is_said_and_goes_on(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surviving, "fresh", lambda model: "#" * (MAX_BYTES + 1))
    at = change(open_change("common_purpose"), "Trust renamed", DEEP)
    assert "cannot be kept on this computer (the diagram is too large): save or download" in told(at)
    assert draft(at).model.nodes["trust"].label == "Deep trust"


def test_before_a_change_there_is_no_token_and_no_file(drafts_here: Path) -> None:
    at = open_change("common_purpose")
    assert "draft" not in at.query_params
    assert not drafts_here.exists()


def test_the_address_names_every_draft_and_the_chosen_one_first(ours: Path) -> None:
    at = change(open_change("saved-ours"), "Trust renamed", DEEP)
    first, at.session_state["model"] = token(at), "common_purpose"
    at = change(at.run(), "Work renamed", Set("node:trust", (("label", "Faith"),)))
    assert len(first) == 22
    assert at.query_params["draft"] == [token(at), first]
    again = open_change(draft=[token(at), first])
    labels = [one.model.nodes["trust"].label for one in again.session_state["editing:drafts"].values()]
    assert sorted(labels) == ["Deep trust", "Faith"]
    assert draft(again).model == draft(at).model
    at.session_state["model"] = "common_purpose"
    assert at.run().query_params["draft"] == [first, token(again)]
    assert press(again, "Close this draft").query_params["draft"] in (first, [first])


@pytest.mark.parametrize("bad", ["x", "../../../etc/passwd", "a" * 22, "é" * 22, "a" * 100_000, "\x00" * 22])
def test_a_token_that_is_none_is_one_sentence(models: Path, bad: str) -> None:
    at = open_change(draft=bad)
    (said,) = at.warning
    assert said.value.startswith(md("No draft was opened: "))
    assert "draft" not in at.query_params
    assert at.session_state["model"] == "common_purpose"


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b"\xff",
        b"[]",
        b'{"format": 1}',
        b"[" * 100_000,
        b'{"format":1,"name":"a","base":"x = [","saved":null,"steps":[]}',
    ],
)
def test_a_damaged_draft_is_one_sentence(drafts_here: Path, spoiled: bytes) -> None:
    at = change(open_change("common_purpose"), "Trust renamed", DEEP)
    (drafts_here / f"{token(at)}.json").write_bytes(spoiled)
    (said,) = open_change(draft=token(at)).warning
    assert "the one in this address is damaged" in said.value.replace("\\", "")


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda one: (
            st.lists(one, max_size=3) | st.dictionaries(st.sampled_from(["do", "about", "part"]), one)
        ),
        max_leaves=6,
    ),
    st.sampled_from(["format", "name", "base", "saved", "steps", "step", "change", "about"]),
)
def test_any_content_of_a_draft_is_a_draft_or_one_sentence(content: object, place: str) -> None:
    record = json.loads(remembered.text_of(_draft(), fresh(small())))
    step = record["steps"][0]
    holder = {"step": record["steps"], "change": step["changes"], "about": step["changes"][0]}.get(
        place, record
    )
    holder[0 if isinstance(holder, list) else place] = content
    try:
        back = remembered.recall(json.dumps(record).encode(), "draft-x")
    except ValueError as problem:
        said = str(problem)
    else:
        said = remembered.DAMAGED
        assert len(back.draft.history.done) + len(back.lost) <= len(record["steps"])
    assert said == remembered.DAMAGED


def _draft() -> Draft:
    history = History(small())
    for one in EVERY:
        history = history.do(f"Step “{one}”", one)
    return Draft("draft-x", "small.toml", history)


def test_every_kind_of_change_comes_back_as_it_was() -> None:
    before = _draft()
    back = remembered.recall(remembered.text_of(before, fresh(before.history.base)).encode(), "draft-y")
    assert back.lost == ()
    assert remembered.text_of(back.draft, back.base) == remembered.text_of(before, back.base)
    assert [step.model for step in back.draft.history.done] == [step.model for step in before.history.done]


def test_a_step_that_cannot_be_made_any_more_is_told(drafts_here: Path, ours: Path) -> None:
    at = change(open_change("saved-ours"), "Trust renamed", DEEP)
    file = drafts_here / f"{token(at)}.json"
    file.write_text(file.read_text().replace('"part":"node:trust"', '"part":"node:hope"'))
    at = open_change(draft=token(at))
    assert "1 of its changes could not be made again: “Trust renamed”." in told(at)


def test_a_draft_that_came_back_is_refused_like_any_other_when_its_file_changed(ours: Path) -> None:
    at = change(open_change("saved-ours"), "Trust renamed", DEEP)
    ours.write_bytes(SMALL.replace(b'"Work"', b'"Labour"'))
    at = press(open_change(draft=token(at)), "Save")
    assert "Somebody else saved ours.toml since you opened it" in told(at)
    at = press(press(at, "Put my changes on top of theirs"), "Save")
    assert ours.read_bytes() == SMALL.replace(b'"Work"', b'"Labour"').replace(b'"Trust"', b'"Deep trust"')


def test_what_was_saved_is_saved_still_after_a_reload(ours: Path) -> None:
    at = press(change(open_change("saved-ours"), "Trust renamed", DEEP), "Save")
    at = open_change(draft=token(change(at, "Work renamed", LABOUR)))
    assert draft(at).unsaved == 1
    at = press(at, "Undo")
    assert not draft(at).unsaved
    assert draft(at).opened == open_model(ours)


def test_a_shipped_model_that_was_changed_is_saved_under_a_name_after_a_reload(models: Path) -> None:
    at = open_change(draft=token(change(open_change("common_purpose"), "Trust renamed", DEEP)))
    at = save_as(at, "Ours")
    assert read_model(models / "ours.toml").nodes["trust"].label == "Deep trust"


def test_two_tabs_of_one_address_do_not_write_over_one_another(ours: Path) -> None:
    one = change(open_change("saved-ours"), "Trust renamed", DEEP)
    two = open_change(draft=token(one))
    two = change(two, "Work renamed", LABOUR)
    one = change(one, "Work named", Set("node:work", (("label", "Duty"),)))
    assert token(one) != token(two)
    labels = [draft(open_change(draft=token(at))).model.nodes["work"].label for at in (one, two)]
    assert labels == ["Duty", "Labour"]


def test_a_draft_that_is_closed_does_not_come_back_by_itself(ours: Path) -> None:
    at = press(change(open_change("saved-ours"), "Trust renamed", DEEP), "Close this draft")
    assert "draft" not in at.query_params
    assert at.session_state["model"] == "saved-ours"
    assert not at.session_state["editing:drafts"]


def test_the_drafts_changed_longest_ago_go(drafts_here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surviving, "MOST", 3)
    drafts_here.mkdir(parents=True)
    for age in range(4):
        old = drafts_here / f"{'o' * 21}{age}.json"
        old.write_text("{}")
        os.utime(old, ns=(10**9 * (100 - age), 10**9 * (100 - age)))
    at = change(open_change("common_purpose"), "Trust renamed", DEEP)
    kept = {file.stem for file in drafts_here.iterdir()}
    assert kept == {token(at), f"{'o' * 21}0", f"{'o' * 21}1"}


def test_a_folder_that_cannot_be_written_is_said_once_and_the_draft_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("LOOPS_MODELS", str(tmp_path / "file" / "models"))
    at = change(open_change("common_purpose"), "Trust renamed", DEEP)
    assert "Drafts cannot be kept on this computer" in told(at)
    at = change(at, "Trust back", Set("node:trust", (("label", "Trust"),)))
    assert "Drafts cannot be kept" not in told(at)
    assert len(draft(at).history.done) == 2
