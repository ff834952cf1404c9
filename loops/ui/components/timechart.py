"""Curves over time that are quick enough to follow a hand on a lever: drawn in the browser from few bytes."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from loops.draw import charts
from loops.draw.charts import Line
from loops.draw.palette import STROKES, Palette
from loops.draw.scale import SCALE
from loops.ui import look
from loops.ui.planning import story

_HERE = Path(__file__).parent
_SCRIPTS = ("pieces.js", "timechart.js", "timechart_picture.js", "timechart_reading.js")
_STEPS = 10_000
"""Levels travel as so many whole steps from 0 to 1, in 16 bits: finer than a pixel, and few bytes."""
HTML = '<div class="timechart"></div>'
CSS = (_HERE / "timechart.css").read_text(encoding="utf-8")
SCRIPT = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
_component = st.components.v2.component("living_loops_timechart", html=HTML, css=CSS, js=SCRIPT)


@dataclass(frozen=True)
class Panel:
    """The curves of one box of the diagram; every panel of a chart has the same lines in the same order.

    `alt` says in words what the picture shows, `meaning` what “not yet” and “fully” look like, `says` what
    each line does: pairs of the line's name and a sentence.
    """

    title: str
    lines: Sequence[Line]
    alt: str
    meaning: str = ""
    says: Sequence[tuple[str, str]] = ()


def show(
    panels: Sequence[Panel],
    *,
    key: str,
    before: Sequence[Panel] | None = None,
    figures: bool = False,
    against: int | None = None,
) -> None:
    """Draw `panels` side by side under one key to their lines.

    The panels of `before` stay behind as ghosts; the chart plays the change from them to `panels` once, and a
    button plays it again. With `figures` the coarse number stands beside each word. With
    `against`, the place of a line, each line is shown by how far it is above or below that one.
    """
    sent = _sent(panels, before or (), look.palette())
    _component(key=key, data={**sent, "figures": figures, "against": against})


def _sent(panels: Sequence[Panel], before: Sequence[Panel], palette: Palette) -> dict[str, object]:
    """Everything the browser draws from; names and words are shown there as text, never as HTML."""
    return {
        "steps": _STEPS,
        "scale": SCALE,
        "same": story.SAME,
        "amounts": story.AMOUNTS,
        "lines": [_look(line, palette) for line in panels[0].lines] if panels else [],
        "panels": [
            {
                "title": panel.title,
                "alt": panel.alt,
                "meaning": panel.meaning,
                "says": list(panel.says),
                "spans": [line.spans for line in panel.lines],
                "levels": [_packed(line.levels) for line in panel.lines],
                "before": [_packed(line.levels) for line in _earlier(panel, before[place : place + 1])],
            }
            for place, panel in enumerate(panels)
        ],
    }


def _earlier(panel: Panel, before: Sequence[Panel]) -> Sequence[Line]:
    """The lines that `panel` had before, if the panel in its place then was of the same box."""
    return [line for one in before if one.title == panel.title for line in one.lines]


def _look(line: Line, palette: Palette) -> dict[str, object]:
    colour, dash = charts.style(line.style, palette)
    strokes = " ".join(map(str, STROKES[dash]))
    return {"name": line.name, "colour": colour, "dash": strokes, "width": 3 if line.style == 1 else 2.2}


def _packed(levels: NDArray[np.float64]) -> str:
    """Levels, or what remains of them at this fineness, as base64 of little-endian 16-bit numbers."""
    return base64.b64encode(np.rint(levels * _STEPS).astype("<i2").tobytes()).decode()
