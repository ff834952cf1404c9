"""What happened, over what was expected: ratings as upright bars on a chart of bands, on an axis of days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.timeline import diamonds
from loops.partners.history import A_MONTH

_BAR = 9
"""Pixels that an upright bar is wide."""
_EDGE = 0.02
"""Of the time shown, before its first day: or else a bar of that day lies over the words of the axis."""
_MOST_TICKS = 5
_STEPS = (1, 2, 3, 6, 12, 24, 48, 120)
"""Months between two marks on the axis of days."""
SAID = "what was said"
"""What the bars are called in the key."""


@dataclass(frozen=True)
class Told:
    """What was said of the box so many months from the start: the levels that its word covers."""

    month: float
    low: float
    high: float
    words: str


def over(figure: go.Figure, told: Sequence[Told], palette: Palette) -> go.Figure:
    """The same with a bar for each of `told`, and a diamond in its middle; words are escaped."""
    upright: dict[str, list[float | None]] = {"x": [], "y": []}
    for one in told:
        upright["x"] += [one.month / 12, one.month / 12, None]
        upright["y"] += [one.low, one.high, None]
    common = {"type": "scatter", "cliponaxis": False}
    bars = {"mode": "lines", "line": {"color": palette.ink, "width": _BAR}, "opacity": 0.45}
    middles = {
        "mode": "markers",
        "name": SAID,
        "x": [one.month / 12 for one in told],
        "y": [(one.low + one.high) / 2 for one in told],
        "text": [plain(one.words) for one in told],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": diamonds(palette),
    }
    silent = {"hoverinfo": "skip", "showlegend": False}
    drawn = go.Figure(figure)
    drawn.add_traces([common | bars | silent | upright, common | middles])
    return drawn.update_layout(showlegend=True)


def dated(figure: go.Figure, begun: date, months: float) -> go.Figure:
    """The same with days below the chart, counted from the day it begins."""
    step = next((step for step in _STEPS if months / step <= _MOST_TICKS), _STEPS[-1])
    marks = range(0, int(months) + 1, step)
    days = [begun + timedelta(days=round(month * A_MONTH)) for month in marks]
    shown = go.Figure(figure).update_layout(margin={"r": 26})
    return shown.update_xaxes(
        range=[-_EDGE * months / 12, months / 12],
        title={"text": ""},
        tickvals=[month / 12 for month in marks],
        ticktext=[f"{day:%b}<br>{day:%Y}" for day in days],
        tickangle=0,
        ticklabeloverflow="allow",
    )
