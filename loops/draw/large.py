"""One box's curves as a large chart by Plotly, for reading: to zoom into, and to save as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from loops.draw.charts import Line, style
from loops.draw.palette import Palette
from loops.draw.scale import SCALE, step_of
from loops.draw.timeline import paper, years

_WORDS = np.array([word for _, word in SCALE])
_BAR = 0.032
"""Height of the bar that shows when a scenario's levers are on, in units of the level axis."""
_HEIGHT = 560


def figure(title: str, lines: Sequence[Line], palette: Palette, *, figures: bool = False) -> go.Figure:
    """Draw the curves of one box of the diagram, with the time each scenario's levers are on as bars below.

    With `figures` the axis says the coarse number beside each word. Titles and names are escaped.
    """
    below = -0.05 - _BAR * sum(bool(line.spans) for line in lines)
    return go.Figure(
        {
            "data": [_curve(line, palette) for line in lines],
            "layout": paper(
                palette, height=_HEIGHT, margin={"l": 110 if figures else 76, "r": 14, "t": 84, "b": 44}
            )
            | {
                # below the buttons, which would lie over a long title on a phone
                "title": {"text": plain(title), "x": 0, "y": 0.88, "yanchor": "bottom", "font": {"size": 18}},
                "legend": {"orientation": "h", "y": -0.14},
                "dragmode": "zoom",
                "xaxis": years(max((line.levels.size - 1 for line in lines), default=12), palette),
                "yaxis": _levels(below, palette, figures),
                "shapes": _bars(lines, palette),
            },
        },
        skip_invalid=False,
    )


def _curve(line: Line, palette: Palette) -> dict[str, object]:
    colour, dash = style(line.style, palette)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(line.name),
        "x0": 0,
        "dx": 1 / 12,
        "y": line.levels.astype(np.float32),
        "text": _WORDS[[step_of(level) for level in line.levels]],
        "line": {"color": colour, "dash": dash, "width": 3.4 if line.style == 1 else 2.6, "simplify": False},
        "hovertemplate": f"{plain(line.name)}<br>year %{{x:.1f}}: %{{text}}<extra></extra>",
    }


def _levels(below: float, palette: Palette, figures: bool) -> dict[str, object]:
    return {
        "range": [below, 1.03],
        "tickvals": [level for level, _ in SCALE],
        "ticktext": [f"{word} {level:.2f}" if figures else word for level, word in SCALE],
        "gridcolor": palette.grid,
        "zeroline": False,
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


def plain(text: str) -> str:
    """Text that Plotly shows as it stands: its own small tag language and templates are switched off."""
    return escape(text, quote=False).replace("%{", "%&#123;")
