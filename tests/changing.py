"""What is kept and sent of a diagram that is changed, as its page shows it, and changes made to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onscreen import press, run
from streamlit.testing.v1 import AppTest

from loops.editing.changes import Change
from loops.files import parse_model
from loops.model import Model
from loops.ui.editing.drafts import Draft

SMALL = b"""# Ours, by hand.
format = 1
id = "small"
title = "Small"
[variable.trust]  # slow
label = "Trust"
start = 0.1
position = [0.0, 0.0]
[variable.work]
label = "Work"
start = 0.2
position = [300.0, 0.0]
[[link]]
from = "trust"
to = "work"
polarity = "+"
strength = 0.1
reason = "Seen so."
bend = 0.1
"""


def small() -> Model:
    return parse_model(SMALL, "small.toml")


def open_change(
    key: str = "", *, below: str = "", held: Mapping[str, str] | None = None, **address: str | list[str]
) -> AppTest:
    """The page without its drawing and its tables: with a model chosen, with one of the panels below if
    wanted, with what else the visit holds already, and with more in its address.
    """

    def show(below: str) -> None:
        import importlib

        import streamlit as st

        from loops.ui import choose
        from loops.ui.editing import drafts, saving, surviving, top

        for step in st.session_state.pop("to_do", []):
            drafts.do(*step)
        surviving.follow()
        draft = drafts.of(choose.model(*choose.row()))
        top.show(draft)
        saving.said(draft)
        drafts.said()
        if below:
            importlib.import_module(f"loops.ui.editing.{below}").show(draft)

    at = AppTest.from_function(show, args=(below,), default_timeout=60)
    for name, value in (({"model": key} if key else {}) | dict(held or {})).items():
        at.session_state[name] = value
    for name, value in address.items():
        at.query_params[name] = value
    return run(at)


def change(at: AppTest, says: str, *changes: Change) -> AppTest:
    """One step made to what is chosen."""
    at.session_state["to_do"] = [(at.session_state["model"], says, *changes)]
    return run(at)


def save_as(at: AppTest, name: str, place: int = 0) -> AppTest:
    """Saved under a name, in the first place that asks for one or in another."""
    field = [one for one in at.text_input if one.label == "A name for the file"][place]
    field.set_value(name)
    return press(at, "Save it", place)


def draft(at: AppTest) -> Draft:
    found: Draft = at.session_state["editing:drafts"][at.session_state["model"]]
    return found


def told(at: AppTest) -> str:
    """What the page says, without the marks that Markdown needs."""
    kinds: tuple[Any, ...] = (at.markdown, at.warning, at.info, at.error, at.caption, at.toast)
    return " ".join(one.value for kind in kinds for one in kind).replace("\\", "")
