"""Files to take away: made when asked for, kept until something else is told, one message when they fail."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from loops.ui.handouts import files

pytestmark = pytest.mark.usefixtures("fresh_caches")


def room() -> None:
    import streamlit as st

    from loops.ui.exports import Export, Progress, offer

    def good(progress: Progress) -> bytes:
        st.session_state["times"] = st.session_state.get("times", 0) + 1
        progress(0.5, "Half *way*")
        return b"made"

    def bad(progress: Progress) -> bytes:
        raise ValueError("no room for <b>")

    of = st.text_input("Of", "one")
    offer([Export("Good", "A", "a.txt", "text/plain", good), Export("Bad", "B", "b.txt", "t", bad)], of=of)


def press(at: AppTest, label: str) -> AppTest:
    return at.button(key=f"make:{label}").click().run()


def saves(at: AppTest) -> list[Any]:
    return list(at.get("download_button"))


def test_a_file_is_made_when_asked_for_and_kept() -> None:
    at = AppTest.from_function(room, default_timeout=30).run()
    assert not saves(at)
    assert "times" not in at.session_state
    press(at, "Good")
    assert not at.exception
    assert [one.proto.label for one in saves(at)] == ["Save"]
    at.run()
    assert at.session_state["times"] == 1
    at.text_input[0].set_value("two").run()
    assert not saves(at)


def test_a_file_that_cannot_be_made_is_one_message() -> None:
    at = AppTest.from_function(room, default_timeout=30).run()
    press(at, "Bad")
    assert not at.exception
    assert [one.value for one in at.error] == [r"This file could not be made\: no room for \<b\>"]
    assert not saves(at)


def test_the_handouts_of_a_story_are_files_that_open(common_purpose: Any, scenarios: Any) -> None:
    told: list[tuple[float, str]] = []
    story = common_purpose.stories[0]
    made = {
        one.file_name: one.make(lambda share, what: told.append((share, what)))
        for one in files(common_purpose, story, scenarios, "http://localhost:8501/present")
    }
    assert list(made) == [
        "common_purpose-how_it_grows.pptx",
        "common_purpose-poster.pdf",
        "common_purpose-how_it_grows-pages.pdf",
    ]
    slides = Presentation(io.BytesIO(made["common_purpose-how_it_grows.pptx"])).slides
    assert len(slides) == len(story.steps) + 4
    assert [what for _, what in told[: len(story.steps)]] == [step.title for step in story.steps]
    assert all(0 <= share <= 1 for share, _ in told)
    assert all(data.startswith(b"%PDF") for name, data in made.items() if name.endswith(".pdf"))
