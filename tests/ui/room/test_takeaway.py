"""Files of a workshop."""

from __future__ import annotations

import io
from typing import Any

import pytest
from onscreen import open_page
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from loops import simulate
from loops.store import Store
from loops.store.records import Workspace

pytestmark = pytest.mark.usefixtures("compiled")

MAKE = "make:Slides (PowerPoint)"
UNDECIDED = b"""
format = 1
id = "draft"
title = "Draft"
[variable.trust]
label = "Trust"
start = 0.1
[variable.joy]
label = "Joy"
start = 0.1
[[link]]
from = "trust"
to = "joy"
polarity = "?"
strength = 0.1
[[story]]
id = "told"
title = "Told"
question = "True here?"
[[story.step]]
title = "One"
sentence = "Trust."
scenario = "nothing_new"
month = 3
"""


def make(at: AppTest) -> AppTest:
    at.button(key=MAKE).click().run()
    assert not at.exception
    return at


def slides(at: AppTest) -> Any:
    """The slides that are ready to be saved."""
    (made,) = at.session_state["files_made"][1].values()
    return Presentation(io.BytesIO(made)).slides


def notes(at: AppTest) -> str:
    return " ".join(one.notes_slide.notes_text_frame.text for one in slides(at) if one.has_notes_slide)


def offered(at: AppTest) -> bool:
    return "Save" in [one.proto.label for one in at.get("download_button")]


def test_slides_are_made_when_asked_for_and_again_once_more_was_said(store: Store, space: Workspace) -> None:
    at = open_page("workshop", space)
    assert not offered(at)
    assert offered(make(at))
    assert not at.warning
    store.add_note(space.token, model="common_purpose", element="node:insight", text="Tell us why", role="gp")
    at.checkbox(key="take_words").set_value(True).run()
    assert not offered(at)
    assert "Tell us why" in notes(make(at))


def test_a_run_that_does_not_finish_leaves_slides_without_fills_and_one_sentence(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = len(slides(make(open_page("workshop", space))))
    monkeypatch.setattr(simulate, "MOST_STEPS", 5)
    at = make(open_page("workshop", space))
    (said,) = at.warning
    assert "the boxes are not filled" in said.value
    assert "after 5 steps" in said.value
    assert len(slides(at)) == filled - 1  # nothing is told of where the plans lead to


def test_plans_that_cannot_be_run_leave_slides_without_fills_and_one_sentence(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_page("workshop", space)
    at.file_uploader(key="model_file").upload("draft.toml", UNDECIDED).run()
    monkeypatch.setattr(simulate, "MOST_STEPS", 0)
    make(at)
    (said,) = at.warning
    assert "the boxes are not filled" in said.value
    assert len(slides(at)) == 4


def test_a_diagram_with_unknown_signs_has_slides_with_fills(space: Workspace) -> None:
    at = open_page("workshop", space)
    at.file_uploader(key="model_file").upload("draft.toml", UNDECIDED).run()
    make(at)
    assert not at.warning
    assert len(slides(at)) == 5, "those of a plan that is not run, and one with curves"


def test_slides_that_cannot_be_made_at_all_are_one_sentence(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> bytes:
        raise ValueError("no place for <b>")

    monkeypatch.setattr("loops.ui.room.takeaway.deck.deck", refused)
    at = make(open_page("workshop", space))
    assert [one.value for one in at.error] == [r"This file could not be made\: no place for \<b\>"]
    assert not offered(at)
