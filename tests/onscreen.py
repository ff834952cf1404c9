"""Pages as a reader meets them, without a browser: open one, read it, press its buttons, move its levers."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
from streamlit.testing.v1 import AppTest

from loops.files import parse_model, read_model
from loops.library import shipped_models
from loops.model import Model
from loops.store.records import Workspace
from loops.ui.planning import board

ROOT = Path(__file__).parents[1]
SHIPPED = shipped_models()["common_purpose"]
TINY = b"""
format = 1
id = "tiny"
title = "A tiny <b>model</b> & more"
horizon = 24
[variable.trust]
label = "Trust ![x](http://example.org/x.png) <script>"
start = 0.1
[lever.visit]
label = "Visit **them**"
[[link]]
from = "visit"
to = "trust"
polarity = "+"
strength = 0.2
"""

CODE_WORDS = re.compile(
    r"\b(levels?|reinforcing|balancing|worlds?|ensembles?|sobol|discovery|coverage|density|claims?|refuted|"
    r"reproduction number|tipping points?|baselines?|CMO|context-mechanism-outcome)\b",
    re.IGNORECASE,
)
"""The left column of DESIGN section 2: words of the code that no screen shows."""


def open_app() -> AppTest:
    return run(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60))


def open_page(name: str, space: Workspace | None = None, **address: str) -> AppTest:
    """A page alone, in a shared space and with more in its address if wanted."""

    def show(name: str) -> None:
        import importlib

        importlib.import_module(f"loops.ui.{name}").show()

    at = AppTest.from_function(show, args=(name,), default_timeout=60)
    for parameter, value in (address | ({"workspace": space.token} if space else {})).items():
        at.query_params[parameter] = value
    return run(at)


def run(at: AppTest) -> AppTest:
    """The page once more, without an error of the program."""
    at.run()
    assert not at.exception
    return at


def curves(at: AppTest, place: int = 0) -> dict[str, Any]:
    """The curves of a panel by plan, as numbers."""
    sent = chart(at)
    levels = [
        np.frombuffer(base64.b64decode(one), dtype="<i2") / sent["steps"]
        for one in sent["panels"][place]["levels"]
    ]
    return dict(zip((line["name"] for line in sent["lines"]), levels, strict=True))


def chart(at: AppTest) -> dict[str, Any]:
    """What the browser is told to draw."""
    (sent,) = drawn(at, "timechart")
    return sent


def dials(at: AppTest) -> dict[str, Any]:
    """The levers and circumstances as the browser is told to show them, by id."""
    (sent,) = drawn(at, "dials")
    return {dial["id"]: dial for dial in sent["dials"]}


def drawn(at: AppTest, kind: str) -> list[dict[str, Any]]:
    """What the components of a kind are told."""
    found = (one.proto for one in at.get("bidi_component"))
    return [json.loads(one.json) for one in found if one.component_name == f"living_loops_{kind}"]


def turn(at: AppTest, key: str = "common_purpose", **percent: int) -> AppTest:
    """Levers moved, as the page hears it from the browser."""
    model = catalogue_model() if key == "common_purpose" else parse_model(TINY, "tiny.toml")
    steps = at.session_state[f"history:{key}"]
    at.session_state[f"history:{key}"] = steps.put(board.turn(steps.now, model, percent))
    return at.run()


def words(at: AppTest) -> list[str]:
    """Everything a reader can see or have read out."""
    said = []
    for kind in ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "text"):
        said += [element.value for element in getattr(at, kind)]
    for kind in ("slider", "selectbox", "multiselect", "number_input", "button", "toggle", "file_uploader"):
        for element in getattr(at, kind):
            said += [element.label, getattr(element, "help", "") or ""]
            said += [str(option) for option in getattr(element, "options", [])]
    said += [element.label for element in at.expander]
    said += [
        re.sub(r"<[^>]+>", " ", element.proto.body)
        for element in at.get("html")
        if "<table" in element.proto.body
    ]
    for one in drawn(at, "dials"):
        said += [text for dial in one["dials"] for text in (dial["label"], dial["help"], dial["group"])]
    for panel in (panel for one in drawn(at, "timechart") for panel in one["panels"]):
        said += [
            panel["title"],
            panel["alt"],
            panel["meaning"],
            *(text for pair in panel["says"] for text in pair),
        ]
    for scene in (
        scene for one in drawn(at, "player") for story in one["stories"] for scene in story["scenes"]
    ):
        said += [scene["title"], scene["sentence"], scene["about"], scene["alt"], *scene["notes"]]
    return said


def html(at: AppTest) -> str:
    """What the page shows as HTML of its own, without its styles."""
    return " ".join(one.proto.body for one in at.get("html") if "<style>" not in one.proto.body)


def press(at: AppTest, label: str, place: int = 0) -> AppTest:
    """The button of this label, or one of several by its place, pressed."""
    [one for one in at.button if one.label == label][place].click()
    return run(at)


def catalogue_model() -> Model:
    return read_model(SHIPPED)
