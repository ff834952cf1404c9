"""Live levers: sliders that say where they are while they are dragged, not only when they are let go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

_HERE = Path(__file__).parent
_FULL = 100
HTML = '<div class="dials"></div>'
CSS = (_HERE / "dials.css").read_text(encoding="utf-8")
SCRIPT = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("pieces.js", "dials.js"))
_component = st.components.v2.component("living_loops_dials", html=HTML, css=CSS, js=SCRIPT)

Moved = Callable[[dict[str, int], bool], None]
"""Told where the dials stand now, by id in percent, and whether the hand has come to rest."""


@dataclass(frozen=True)
class Dial:
    """One slider and where it stands, in percent. Dials of one `group` follow each other under its name."""

    id: str
    label: str
    value: int
    help: str = ""
    group: str = ""
    step: int = 5


def show(dials: Sequence[Dial], *, key: str, moved: Moved) -> None:
    """Draw the dials where their values say, in the fragment that follows a drag.

    While a dial is dragged, `moved` is called and the fragment runs, again and again for the newest place;
    once more when the hand has come to rest. `moved` is a widget's callback: it comes before the run, and may
    call ``st.rerun`` with names of fragments. What it is told has to be the dials' values in that run. Values
    set in any other way, by undo say, move the sliders on screen, except one that is held.
    """

    def received() -> None:
        message = st.session_state[key].get("moved")
        st.session_state[f"{key}:heard"] = _number(message)
        values = _values(message, [dial.id for dial in dials])
        if values:
            moved(values, message.get("rest") is True)

    data = {"dials": [vars(dial) for dial in dials], "heard": st.session_state.get(f"{key}:heard", 0)}
    _component(key=key, data=data, on_moved_change=received)


def _values(message: Any, known: Collection[str]) -> dict[str, int]:
    """Where the browser says the dials stand that it was given.

    A message is ``{"number": 3, "values": {id: percent}, "rest": false}``. It is untrusted: what is not of
    this form is left aside.
    """
    values = message.get("values") if isinstance(message, Mapping) else None
    if not isinstance(values, Mapping):
        return {}
    return {
        name: round(value)
        for name, value in values.items()
        if name in known and isinstance(value, int | float) and 0 <= value <= _FULL
    }


def _number(message: Any) -> int:
    """The number by which a message is answered."""
    number = message.get("number") if isinstance(message, Mapping) else None
    return number if isinstance(number, int) else 0
