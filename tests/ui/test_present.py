"""The Present page without a browser: what the player is given, and files made when somebody asks."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

import pytest
from onscreen import open_page
from streamlit.testing.v1 import AppTest

from loops.simulate import DidNotFinish
from loops.ui import present

BARE = b"""
format = 1
id = "bare"
title = "Bare <b>model</b>"
[variable.trust]
label = "Trust <script>alert(1)</script>"
start = 0.1
"""

pytestmark = pytest.mark.usefixtures("compiled", "fresh_caches")


def played(at: AppTest) -> dict[str, Any]:
    """What the player is given."""
    (one,) = at.get("bidi_component")
    return json.loads(one.proto.json)


def test_the_first_story_is_there_and_says_what_it_is() -> None:
    at = open_page("present")
    given = played(at)
    (story,) = given["stories"]
    assert story["title"] == "How common purpose grows"
    assert [scene["asks"] for scene in story["scenes"]] == [False] * 6 + [True]
    assert all(scene["svg"].startswith("<svg") for scene in story["scenes"])
    assert "What follows from our assumptions, not a forecast." in story["scenes"][0]["about"]
    assert any("It is not a forecast" in one.value for one in at.markdown)


def test_another_story_is_chosen_and_the_walk_is_last() -> None:
    at = open_page("present")
    assert at.selectbox(key="story:common_purpose").options == [
        "How common purpose grows",
        "Why it stalls",
        "What keeps it going when we leave",
        "The whole diagram, loop by loop",
    ]
    before = played(at)["stamp"]
    at.selectbox(key="story:common_purpose").set_value("The whole diagram, loop by loop").run()
    assert not at.exception
    assert len(played(at)["stories"][0]["scenes"]) == 14
    assert played(at)["stamp"] != before


def test_what_the_player_is_given_changes_only_when_something_does() -> None:
    at = open_page("present")
    assert played(at)["stamp"] == played(at.run())["stamp"]


def test_a_model_without_stories_and_loops_is_shown_whole_whatever_its_labels_hold() -> None:
    at = open_page("present")
    at.file_uploader(key="model_file").upload("bare.toml", BARE).run()
    assert not at.exception
    (story,) = played(at)["stories"]
    assert story["title"] == "The whole diagram"
    assert "<script>" not in story["scenes"][0]["svg"]
    assert "&lt;script&gt;" in story["scenes"][0]["svg"]


def test_plans_that_cannot_be_run_leave_the_story_and_one_message(monkeypatch: pytest.MonkeyPatch) -> None:
    real = present.scenes

    def stopped(model: Any, story: Any, scenarios: Any) -> Any:
        if scenarios:
            raise DidNotFinish("the run stopped after 200,000 steps")
        return real(model, story, scenarios)

    monkeypatch.setattr(present, "scenes", stopped)
    at = open_page("present")
    (said,) = at.error
    assert "the run stopped after 200,000 steps" in said.value
    assert played(at)["stories"][0]["scenes"][0]["about"].startswith("The boxes are not filled")


def test_the_plans_that_come_with_a_model_go_before_opened_ones() -> None:
    at = open_page("present")
    mine = b'format = 1\nid = "everything_for_four_years"\nmodel = "common_purpose"\ntitle = "Mine"\n'
    before = played(at)["stories"]
    at.session_state["opened_scenarios"] = {"common_purpose/0": ("mine.toml", mine)}
    assert played(at.run())["stories"] == before


def test_files_are_made_when_asked_for_and_kept_while_the_story_is_the_same() -> None:
    at = open_page("present")
    labels = ["One web page that plays offline", "A picture of each step"]
    assert not at.get("download_button")
    for label in labels:
        at.button(key=f"make:{label}").click().run()
    assert not at.exception
    assert [one.proto.label for one in at.get("download_button")] == ["Save", "Save"]
    kept = at.session_state["files_made"][1]
    assert kept[labels[0]].startswith(b"<!doctype html>")
    with ZipFile(io.BytesIO(kept[labels[1]])) as pictures:
        assert len(pictures.namelist()) == 7
    at.selectbox(key="story:common_purpose").set_value("Why it stalls").run()
    assert not at.get("download_button")


def test_a_file_that_cannot_be_made_is_one_message() -> None:
    def run() -> None:
        from collections.abc import Callable

        from loops.simulate import DidNotFinish
        from loops.ui.exports import Export, offer

        def fail(progress: Callable[[float, str], None]) -> bytes:
            progress(0.5, "half **way**")
            raise DidNotFinish("it stopped")

        offer([Export("A file", "What it is.", "a.bin", "text/plain", fail)], of="x")

    at = AppTest.from_function(run, default_timeout=60).run()
    at.button(key="make:A file").click().run()
    assert not at.exception
    assert [one.value for one in at.error] == [r"This file could not be made\: it stopped"]
    assert not at.get("download_button")
