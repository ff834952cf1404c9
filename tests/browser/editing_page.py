"""A page with nothing but a small diagram that is changed on the drawing: a test serves it."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from typing import Any

import streamlit as st

from loops.draw.diagram import View, draw
from loops.model import Model
from loops.ui import look
from loops.ui.components import editor
from loops.ui.components.canvas import Picked
from loops.ui.components.editor import Gesture

BEGIN: dict[str, Any] = {
    "places": {"trust": (0, 0), "work": (400, 0), "time": (200, 260)},
    "arrows": {("trust", "work"): ("+", 0.2), ("work", "time"): ("-", 0.1), ("time", "time"): ("+", 0)},
}
_STATE = st.session_state.setdefault("state", {"steps": [BEGIN], "at": 0, "told": [], "picked": None})


def _model(now: dict[str, Any]) -> Model:
    return Model.model_validate(
        {
            "id": "small",
            "title": "Small",
            "variable": {
                name: {"label": f"The {name}", "start": 0.1, "position": place}
                for name, place in now["places"].items()
            },
            "link": [
                {"from": a, "to": b, "polarity": sign, "strength": 0.1, "bend": bend if a != b else None}
                for (a, b), (sign, bend) in now["arrows"].items()
            ],
        }
    )


def _changed(now: dict[str, Any], one: Gesture) -> dict[str, Any]:
    places, arrows = dict(now["places"]), dict(now["arrows"])
    _, _, name = one.part.partition(":")
    pair: tuple[str, ...] = tuple(name.split("|")[:2])
    if one.do == "move":
        places[name] = (one.x, one.y)
    elif one.do == "node":
        places[f"new_{len(places)}"] = (one.x, one.y)
    elif one.do == "link":
        arrows[one.source, one.target] = ("+", 0)
    elif one.do == "bend":
        arrows[pair] = (arrows[pair][0], one.bend)
    elif one.do == "sign":
        arrows[pair] = ("-" if arrows[pair][0] == "+" else "+", arrows[pair][1])
    elif one.do == "remove":
        places.pop(name, None)
        arrows = {ends: kept for ends, kept in arrows.items() if name not in ends and ends != pair}
    return {"places": places, "arrows": arrows}


def _gesture(one: Gesture) -> None:
    _STATE["told"].append(asdict(one))
    if one.do in ("undo", "redo"):
        _STATE["at"] = min(max(_STATE["at"] + (1 if one.do == "redo" else -1), 0), len(_STATE["steps"]) - 1)
    elif not (one.do == "move" and one.y > 300):  # something that is refused
        now = _changed(_STATE["steps"][_STATE["at"]], one)
        _STATE["steps"] = [*_STATE["steps"][: _STATE["at"] + 1], now]
        _STATE["at"] += 1


def _pick(part: Picked | None) -> None:
    _STATE["picked"] = part


st.text_input("Another field")
time.sleep(float(st.query_params.get("slow", 0)))
editor.show(
    draw(_model(_STATE["steps"][_STATE["at"]]), look.palette(), View()),
    key="drawing",
    on_gesture=_gesture,
    on_pick=_pick,
    chosen=_STATE["picked"],
    can=(_STATE["at"] > 0, _STATE["at"] + 1 < len(_STATE["steps"])),
)
st.code(json.dumps(_STATE["told"]))
st.html("<div style='height: 100vh'></div>")
