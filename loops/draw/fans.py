"""How far versions of the assumptions spread over time: a band and a line in its middle for each plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from loops.draw.charts import style
from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.scale import SCALE, in_words
from loops.draw.timeline import layout
from loops.kernel import Floats

_HEIGHT = 340
_OPAQUE = 0.16
_PATTERNS = ("", "/", "\\")
"""Strokes over a band, so that two are told apart where colours are not."""
APART = ((0.5, "far"), (0.25, "clearly"), (0.1, "slightly"))
"""Marks on the axis of a difference, the furthest first."""


@dataclass(frozen=True)
class Fan:
    """A band (T,): a tenth of the versions lie below `low`, half below `middle`, a tenth above `high`."""

    name: str
    low: Floats
    middle: Floats
    high: Floats
    style: int


def levels(fans: Sequence[Fan], months: Floats, palette: Palette) -> go.Figure:
    """Draw how far a box has come in each plan, on the scale in words; names are escaped."""
    axis = {
        "range": [-0.02, 1.02],
        "tickvals": [level for level, _ in SCALE],
        "ticktext": [f"{word} " for _, word in SCALE],
    }
    texts = [[in_words(level) for level in fan.middle] for fan in fans]
    return _figure(fans, months, palette, axis=axis, texts=texts)


def aimed(figure: go.Figure, level: float, months: Sequence[float], palette: Palette) -> go.Figure:
    """The same with a line at the level that is wanted, and one at each month at which it is looked for."""
    line = {"type": "line", "line": {"color": palette.ink, "width": 1.6, "dash": "dash"}}
    label = {"font": {"size": 13, "color": palette.ink}}
    across = {"xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level}
    wanted = label | {"text": "what we want", "textposition": "start", "yanchor": "bottom"}
    shapes = [line | across | {"label": wanted}]
    for month in months:
        up = {"yref": "paper", "x0": month / 12, "x1": month / 12, "y0": 0, "y1": 1}
        shapes.append(line | up | {"line": {"color": palette.muted, "width": 1.4, "dash": "dot"}})
    return figure.update_layout(shapes=shapes)


def difference(fan: Fan, months: Floats, palette: Palette) -> go.Figure:
    """Draw how much higher a box is in one plan than in another in the same version."""
    marks = [(way * apart, _higher(way, word)) for way in (1, -1) for apart, word in APART]
    reach = max(0.12, 1.1 * float(np.max(np.abs([fan.low, fan.high]))))
    axis = {
        "range": [-reach if fan.low.min() < -0.02 else -0.04 * reach, reach],
        "tickvals": [0.0, *(apart for apart, _ in marks)],
        "ticktext": ["the same ", *(word for _, word in marks)],
        "zeroline": True,
        "zerolinecolor": palette.muted,
    }
    return _figure([fan], months, palette, axis=axis, texts=[[f"{each:+.2f}" for each in fan.middle]])


def _higher(way: int, word: str) -> str:
    return f"{word} {'higher' if way > 0 else 'lower'} "


def _figure(
    fans: Sequence[Fan], months: Floats, palette: Palette, *, axis: dict[str, Any], texts: Sequence[list[str]]
) -> go.Figure:
    drawn = [_drawn(fan, months, palette, text) for fan, text in zip(fans, texts, strict=True)]
    return go.Figure(
        {
            "data": [trace for traces in drawn for trace in traces],
            "layout": layout(round(months[-1]), palette, height=_HEIGHT, left=122, right=14)
            | {
                "showlegend": len(fans) > 1,
                "legend": {"orientation": "h", "y": -0.2, "font": {"size": 14}},
                "yaxis": {"fixedrange": True, "zeroline": False, "gridcolor": palette.grid} | axis,
            },
        },
        skip_invalid=False,
    )


def _drawn(fan: Fan, months: Floats, palette: Palette, text: list[str]) -> list[dict[str, Any]]:
    """The lower edge, the band up to the upper edge, and the line in the middle."""
    colour, dash = style(fan.style, palette)
    common = {"type": "scatter", "mode": "lines", "x": (months / 12).astype(np.float32)}
    edge = common | {"line": {"color": colour, "width": 0.8}, "hoverinfo": "skip", "showlegend": False}
    band = {
        "y": fan.high.astype(np.float32),
        "fill": "tonexty",
        "fillcolor": _see_through(colour),
        "fillpattern": {
            "shape": _PATTERNS[fan.style % 3],
            "fgcolor": colour,
            "bgcolor": _see_through(colour),
            "solidity": 0.08,
            "size": 12,
        },
    }
    middle = {
        "y": fan.middle.astype(np.float32),
        "name": plain(fan.name),
        "text": text,
        "line": {"color": colour, "dash": dash, "width": 3},
        "hovertemplate": f"{plain(fan.name)}<br>year %{{x:.1f}}: %{{text}}<extra></extra>",
    }
    return [edge | {"y": fan.low.astype(np.float32)}, edge | band, common | middle]


def _see_through(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{_OPAQUE})"
