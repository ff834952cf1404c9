"""Curves over time: one panel per box of the diagram, one line per scenario."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from loops.draw.palette import DASHES, STROKES, Palette
from loops.draw.scale import SCALE, step_of

_WORDS = np.array([word for _, word in SCALE])
_BAR = 0.032
"""Height of the bar that shows when a scenario's levers are on, in units of the level axis."""
_HEIGHT = 290


@dataclass(frozen=True)
class Line:
    """One scenario's curve: monthly levels, the spans of months with levers on, its place in the palette."""

    name: str
    levels: NDArray[np.float64]
    spans: tuple[tuple[float, float], ...]
    style: int


def panel(lines: Sequence[Line], palette: Palette, *, figures: bool = False) -> go.Figure:
    """Draw the curves of one box of the diagram, with the time each scenario's levers are on as bars below.

    With `figures` the axis says the coarse number beside each word. Names are escaped.
    """
    below = -0.05 - _BAR * sum(bool(line.spans) for line in lines)
    return go.Figure(
        {
            "data": [_curve(line, palette) for line in lines],
            "layout": {
                "height": _HEIGHT,
                # room given here: margins that Plotly has to find cost it a second drawing
                "margin": {"l": 96 if figures else 62, "r": 14, "t": 6, "b": 44},
                "template": {},
                "paper_bgcolor": "rgba(0,0,0,0)",
                "plot_bgcolor": "rgba(0,0,0,0)",
                "font": {"color": palette.ink, "size": 13},
                "showlegend": False,
                "dragmode": False,
                "hovermode": "closest",
                "uirevision": "keep",
                "xaxis": _years(lines, palette),
                "yaxis": _levels(below, palette, figures),
                "shapes": _bars(lines, palette),
            },
        },
        skip_invalid=False,
    )


def _curve(line: Line, palette: Palette) -> dict[str, object]:
    colour, dash = style(line.style, palette)
    # 32-bit numbers, one start and one step make the figure a quarter of the size on its way to the browser
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(line.name),
        "x0": 0,
        "dx": 1 / 12,
        "y": line.levels.astype(np.float32),
        "text": _WORDS[[step_of(level) for level in line.levels]],
        "line": {"color": colour, "dash": dash, "width": 3 if line.style == 1 else 2.2, "simplify": False},
        "hovertemplate": f"{plain(line.name)}<br>year %{{x:.1f}}: %{{text}}<extra></extra>",
    }


def _years(lines: Sequence[Line], palette: Palette) -> dict[str, object]:
    years = max((line.levels.size - 1 for line in lines), default=12) / 12
    step = next((step for step in (1, 2, 5, 10, 20) if years / step <= 10), 50)
    return {
        "range": [0, years],
        "dtick": step,
        "title": {"text": "years from the start", "font": {"size": 12}, "standoff": 6},
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
    }


def _levels(below: float, palette: Palette, figures: bool) -> dict[str, object]:
    return {
        "range": [below, 1.03],
        "tickvals": [level for level, _ in SCALE],
        "ticktext": [f"{word} {level:.2f}" if figures else word for level, word in SCALE],
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
    }


def _bars(lines: Sequence[Line], palette: Palette) -> list[dict[str, object]]:
    working = [line for line in lines if line.spans]
    return [
        {
            "type": "rect",
            "x0": start / 12,
            "x1": end / 12,
            "y0": -0.05 - _BAR * (row + 0.78),
            "y1": -0.05 - _BAR * row,
            "fillcolor": style(line.style, palette)[0],
            "line": {"width": 0},
        }
        for row, line in enumerate(working)
        for start, end in line.spans
    ]


def style(place: int, palette: Palette) -> tuple[str, str]:
    """Colour and dash of the scenario at this place: no two places share either."""
    return palette.curves[place % len(palette.curves)], DASHES[place % len(DASHES)]


def key(names: Sequence[tuple[str, int]], palette: Palette) -> str:
    """The key to the curves as HTML: a sample of each line beside its name, wrapping on a narrow screen."""
    items = []
    for name, place in names:
        colour, dash = style(place, palette)
        height, stripes = 3 if place == 1 else 2, _stripes(colour, STROKES[dash])
        sample = f"width:48px;height:{height}px;flex:none;background:{stripes}"
        items.append(
            '<span style="display:inline-flex;align-items:center;gap:.45rem;margin:0 1.3rem .25rem 0;'
            'min-width:0;overflow-wrap:anywhere">'
            f'<span aria-hidden="true" style="{sample}"></span><span>{escape(name)}</span></span>'
        )
    return '<div style="display:flex;flex-wrap:wrap;font-size:.95rem">' + "".join(items) + "</div>"


def _stripes(colour: str, strokes: tuple[int, ...]) -> str:
    """A dashed line as a background: the pages' HTML may not hold an SVG."""
    if not strokes:
        return colour
    stops, at = [], 0
    for place, length in enumerate(strokes):
        shade = "transparent" if place % 2 else colour
        stops.append(f"{shade} {at}px {at + length}px")
        at += length
    return f"repeating-linear-gradient(90deg,{','.join(stops)})"


def plain(text: str) -> str:
    """Text that Plotly shows as it stands: its own small tag language and templates are switched off."""
    return escape(text, quote=False).replace("%{", "%&#123;")
