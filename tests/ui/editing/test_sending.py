"""Sending a diagram to another tool: the bytes are the command's, and what is lost is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from changing import change, draft, open_change, told
from command import run as command
from onscreen import CODE_WORDS, words
from streamlit.testing.v1 import AppTest

from loops.draw.settled import settled
from loops.editing.changes import Set
from loops.files import read_model
from loops.interchange.export import FORMATS, export
from loops.library import scenarios_of, shipped_models
from loops.ui.editing import sending

pytestmark = pytest.mark.usefixtures("fresh_caches")

SHIPPED = shipped_models()["common_purpose"]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What the button would download, by the name of the file."""
    found: dict[str, bytes] = {}
    offer = st.download_button

    def kept(label: str, data: Any, **how: Any) -> bool:
        if label == "Download the file":
            found[how["file_name"]] = data
        return offer(label, data, **how)

    monkeypatch.setattr(st, "download_button", kept)
    return found


def page(key: str = "common_purpose", **chosen: str) -> AppTest:
    return open_change(key, below="sending", held={f"send:{name}": one for name, one in chosen.items()})


@pytest.mark.parametrize("to", FORMATS)
def test_the_page_and_the_command_write_the_same_bytes(
    to: str, sent: dict[str, bytes], tmp_path: Path
) -> None:
    at = page(to=to)
    (name,) = sent
    done = command("export", SHIPPED, "--to", to, "-o", tmp_path / name)
    assert done.exit_code == 0
    assert (tmp_path / name).read_bytes() == sent[name]
    told_to_both = export(settled(read_model(SHIPPED)), to).lost
    assert all(one in told(at) for one in told_to_both)
    assert not [one for one in words(at) if CODE_WORDS.search(one)]


@pytest.mark.parametrize("to", [name for name, one in FORMATS.items() if "plan" in one.holds])
def test_a_plan_goes_along_where_there_is_a_place_for_it(
    to: str, sent: dict[str, bytes], tmp_path: Path
) -> None:
    plan = "everything_for_a_year"
    page(to=to, **{"plan:common_purpose": plan})
    (name,) = sent
    assert plan in name
    command("export", SHIPPED, "--to", to, "--scenario", plan, "-o", tmp_path / name)
    assert (tmp_path / name).read_bytes() == sent[name]
    scenario = scenarios_of(read_model(SHIPPED))[plan]
    assert sent[name] == export(settled(read_model(SHIPPED)), to, scenario=scenario).data


def test_where_no_plan_can_go_along_none_is_asked_for() -> None:
    at = page(to="kumu")
    assert [one.label for one in at.selectbox] == ["Model", "Which tool is it for?"]


def test_a_draft_is_sent_as_it_is_now(ours: Path, sent: dict[str, bytes]) -> None:
    at = change(
        page("saved-ours", to="graphml"), "Trust renamed", Set("node:trust", (("label", "Deep trust"),))
    )
    assert sent["small.graphml"] == export(settled(draft(at).model), "graphml").data
    assert b"Deep trust" in sent["small.graphml"]


def test_the_link_that_opens_in_loopy_is_shown_to_be_copied(ours: Path, sent: dict[str, bytes]) -> None:
    at = page("saved-ours", to="loopy")
    (code,) = at.code
    assert code.value == sent["small.txt"].decode().strip()
    assert "whoever has it, sees it" in told(at)


def test_a_diagram_that_a_format_refuses_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise ValueError("it is too large.")

    monkeypatch.setattr(sending, "export", refuse)
    at = page(to="kumu")
    (said,) = at.warning
    assert said.value.replace("\\", "") == "This diagram cannot be sent there: it is too large."
