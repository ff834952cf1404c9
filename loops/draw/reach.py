"""How far it is from tipping along one line: what keeps going, what fades, the range over many versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from loops.draw.fates import MARKS
from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.returns import short
from loops.draw.timeline import paper
from loops.draw.tipmap import Axis
from loops.equilibrium.fate import LAST
from loops.equilibrium.tipping import Tipping, TippingRange

HEIGHT = 210


@dataclass(frozen=True)
class Reach:
    """What was found along a line, the range over versions if it was asked for, and the plan's own place."""

    scan: Tipping
    range: TippingRange | None
    plan: str
    own: float | None


def figure(found: Reach, axis: Axis, palette: Palette) -> go.Figure:
    """Draw the points that were tried, the bar in which most versions tip, and the plan. Text is escaped."""
    scan = found.scan
    data = []
    if found.range and found.range.low is not None and found.range.high is not None:
        data.append(_bar(found.range.low, found.range.high, palette))
    for fate, look in MARKS.items():
        values = scan.values[scan.fates == fate]
        if values.size:
            colour = palette.positive if fate in LAST else palette.muted
            mark = {"symbol": look.symbol, "size": 12, "color": colour}
            data.append(_points(values, 0.0, look.words, mark | {"line": {"color": colour, "width": 2.5}}))
    if found.own is not None:
        mark = {"symbol": "triangle-up", "size": 16, "color": palette.ink}
        data.append(_points([found.own], -0.55, short(found.plan), mark))
    return go.Figure(
        {
            "data": data,
            "layout": paper(palette, height=HEIGHT, margin={"l": 20, "r": 34, "t": 8, "b": 60})
            | {
                "legend": {"orientation": "h", "y": -0.75, "font": {"size": 14}},
                "xaxis": _line(scan, axis, palette),
                "yaxis": {"range": [-1, 0.7], "visible": False, "fixedrange": True},
            },
        },
        skip_invalid=False,
    )


def _line(scan: Tipping, axis: Axis, palette: Palette) -> dict[str, Any]:
    edge = 0.03 * float(scan.values[-1] - scan.values[0])
    return {
        "range": [scan.values[0] - edge, scan.values[-1] + edge],
        "title": {"text": plain(axis.title), "font": {"size": 15}, "standoff": 6},
        "tickvals": [value for value, _ in axis.marks],
        "ticktext": [plain(text) for _, text in axis.marks],
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
    }


def _points(values: Any, height: float, name: str, mark: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(name),
        "x": values,
        "y": [height] * len(values),
        "marker": mark,
        "hoverinfo": "skip",
    }


def _bar(low: float, high: float, palette: Palette) -> dict[str, Any]:
    """From one version in ten of those that tip to nine in ten."""
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "where most versions tip",
        "x": [low, high],
        "y": [0, 0],
        "line": {"color": palette.high, "width": 26},
        "hoverinfo": "skip",
    }
