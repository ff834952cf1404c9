"""What each thing that could be done would add, as bars side by side: each with its name above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from loops.draw.fans import APART
from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.timeline import diamonds, paper

_ROW, _FOOT = 70, 84
"""Pixels of a row, and of what stands below them all."""
_LONGEST, _LINES = 46, 2
"""Letters of a line of a name, as many as fit on a phone, and its lines."""


@dataclass(frozen=True)
class Bar:
    """What one thing adds: a tenth of the versions lie below `low`, half below `middle`, a tenth above."""

    name: str
    low: float
    middle: float
    high: float
    words: str


def figure(bars: Sequence[Bar], palette: Palette, *, what: str) -> go.Figure:
    """Draw the bars from the top down, on an axis in words that is called `what`; text is escaped."""
    ends = [end for bar in bars for end in (bar.low, bar.high)]
    reach, least = max(0.12, 1.1 * max(ends, default=0.0)), min(ends, default=0.0)
    low = -0.04 * reach if least > -0.02 else min(1.1 * least, -0.16)
    rows = [-place for place in range(len(bars))]
    return go.Figure(
        {
            "data": [_spans(bars, rows, palette), _middles(bars, rows, palette)],
            "layout": paper(
                palette, height=_ROW * len(bars) + _FOOT, margin={"l": 16, "r": 26, "t": 4, "b": 76}
            )
            | {
                "showlegend": False,
                "hovermode": "closest",
                "xaxis": _line(low, reach, palette, what),
                "yaxis": {"range": [0.6 - len(bars), 0.78], "visible": False, "fixedrange": True},
                "annotations": [_name(bar, row, palette) for bar, row in zip(bars, rows, strict=True)],
            },
        },
        skip_invalid=False,
    )


def lines(name: str) -> list[str]:
    """A name in as many lines as there is room for.

    >>> lines("Look back together in the team meeting")
    ['Look back together in the team meeting']
    """
    return wrap(name, _LONGEST, max_lines=_LINES, placeholder="…") or [""]


def _line(low: float, high: float, palette: Palette, what: str) -> dict[str, Any]:
    marks = [(way * apart, word) for apart, word in APART for way in (1, -1)]
    return {
        "range": [low, high],
        "tickvals": [0.0, *(by for by, _ in marks)],
        "ticktext": ["the same", *(f"{word}<br>{'higher' if by > 0 else 'lower'}" for by, word in marks)],
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "title": {"text": plain(what), "font": {"size": 14}, "standoff": 6},
        "gridcolor": palette.grid,
        "zeroline": True,
        "zerolinecolor": palette.muted,
        "fixedrange": True,
    }


def _spans(bars: Sequence[Bar], rows: Sequence[int], palette: Palette) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [bar.low for bar in bars],
        "x": [bar.high - bar.low for bar in bars],
        "y": rows,
        "width": 0.26,
        "marker": {"color": palette.high, "line": {"color": palette.positive, "width": 1}},
        "hoverinfo": "skip",
    }


def _middles(bars: Sequence[Bar], rows: Sequence[int], palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [bar.middle for bar in bars],
        "y": rows,
        "text": [f"{plain(bar.name)}: {plain(bar.words)}" for bar in bars],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": diamonds(palette),
    }


def _name(bar: Bar, row: int, palette: Palette) -> dict[str, Any]:
    """What it is, above its bar: beside it there is no room for a long name on a phone."""
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": row + 0.16,
        "yanchor": "bottom",
        "align": "left",
        "text": "<br>".join(map(plain, lines(bar.name))),
        "showarrow": False,
        "font": {"size": 14, "color": palette.ink},
        "bgcolor": palette.paper,
        "borderpad": 1,
    }
