"""Where it lasts: a map of two things that may be otherwise, with the edge between lasting and fading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from scipy.ndimage import distance_transform_edt

from loops.compare import LASTING
from loops.draw.fates import MARKS
from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.returns import short
from loops.draw.timeline import paper
from loops.equilibrium.fate import Fate
from loops.equilibrium.legacy import lasts
from loops.equilibrium.scan import Answers
from loops.equilibrium.tipmap import TippingMap
from loops.kernel import Floats

HEIGHT = 520
_MOST_STROKES = 20
"""Strokes of the hatching along each side: more would be a grey field."""


@dataclass(frozen=True)
class Axis:
    """What one side of the map is called, where it has marks, and how a value on it is said."""

    label: str
    marks: tuple[tuple[float, str], ...]
    words: Callable[[float], str]
    unit: str = ""
    """What the marks count, where they do not say so."""

    @property
    def title(self) -> str:
        """The label with its unit, cut to what fits along an axis."""
        return f"{short(self.label, 32)} ({self.unit})" if self.unit else short(self.label)


def figure(found: TippingMap, x: Axis, y: Axis, palette: Palette, *, plan: str) -> go.Figure:
    """Draw the map with the plan called `plan` as its dot. Labels are escaped.

    Where the change lasts the ground is coloured by how much there is in the end. Each fate but the one that
    keeps going has a pattern of its own, and each part holds its word.
    """
    there = lasts(found.fates)
    data = [_ground(found, there, x, y, palette)]
    data += [
        _pattern(found, found.fates == fate, mark.symbol, palette)
        for fate, mark in MARKS.items()
        if fate is not Fate.KEEPS_GOING and fate in found.fates
    ]
    if there.any() and not there.all():
        data.append(_edge(found, there, palette))
    if found.dot:
        data.append(_dot(found.dot, x, y, palette, plan))
    return go.Figure(
        {
            "data": data,
            "layout": paper(palette, height=HEIGHT, margin={"l": 84, "r": 34, "t": 14, "b": 96})
            | {
                "legend": {"orientation": "h", "y": -0.2, "font": {"size": 14}},
                "xaxis": _axis(x, found.xs),
                "yaxis": _axis(y, found.ys),
                "annotations": _words(found, palette),
            },
        },
        skip_invalid=False,
    )


def _axis(axis: Axis, values: Floats) -> dict[str, Any]:
    return {
        "range": [values[0], values[-1]],
        "title": {"text": plain(axis.title), "font": {"size": 15}, "standoff": 8},
        "tickvals": [value for value, _ in axis.marks],
        "ticktext": [plain(text) for _, text in axis.marks],
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _ground(found: TippingMap, there: Answers, x: Axis, y: Axis, palette: Palette) -> dict[str, Any]:
    across, up = (
        [plain(f"{axis.label}: {axis.words(float(value))}") for value in values]
        for axis, values in ((x, found.xs), (y, found.ys))
    )
    return {
        "type": "heatmap",
        "x": found.xs,
        "y": found.ys,
        "z": np.where(there, found.levels, 0.0).astype(np.float32),
        "zmin": 0,
        "zmax": max(float(found.levels.max()), LASTING),
        "colorscale": [[0, palette.box], [1, palette.high]],
        "showscale": False,
        "text": [
            [f"{at_x}<br>{at_y}<br>{MARKS[fate].words}" for at_x, fate in zip(across, row, strict=True)]
            for at_y, row in zip(up, found.fates, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _pattern(found: TippingMap, part: Answers, symbol: str, palette: Palette) -> dict[str, Any]:
    """Marks all over one part of the map: the picture can be told without its colours."""
    rows, columns = (
        np.unique(np.linspace(0, values.size - 1, _MOST_STROKES).round().astype(int))
        for values in (found.ys, found.xs)
    )
    row, column = np.nonzero(part[np.ix_(rows, columns)])
    mark = {"size": 8, "color": palette.muted, "line": {"color": palette.muted, "width": 1.4}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": found.xs[columns[column]],
        "y": found.ys[rows[row]],
        "marker": {**mark, "symbol": symbol},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _edge(found: TippingMap, there: Answers, palette: Palette) -> dict[str, Any]:
    return {
        "type": "contour",
        "name": "where it tips",
        "x": found.xs,
        "y": found.ys,
        "z": there.astype(np.float32),
        "contours": {"start": 0.5, "end": 0.5, "size": 1, "coloring": "none"},
        "line": {"color": palette.ink, "width": 3},
        "showscale": False,
        "showlegend": True,
        "hoverinfo": "skip",
    }


def _dot(dot: tuple[float, float], x: Axis, y: Axis, palette: Palette, plan: str) -> dict[str, Any]:
    mark = {"size": 17, "color": palette.ink, "line": {"color": palette.paper, "width": 3}}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plain(short(plan)),
        "x": [dot[0]],
        "y": [dot[1]],
        "marker": mark,
        "cliponaxis": False,
        "hovertemplate": plain(f"{plan}: {x.words(dot[0])}, {y.words(dot[1])}") + "<extra></extra>",
    }


def _words(found: TippingMap, palette: Palette) -> list[dict[str, Any]]:
    """The word of each part, where that is widest, and of such places the one nearest to the middle."""
    edge = 0.17 * (found.xs[-1] - found.xs[0])  # so that no word leaves the map
    aside = np.abs(np.linspace(-0.5, 0.5, found.xs.size))
    said = []
    for fate, mark in MARKS.items():
        part = found.fates == fate
        if part.any():
            row, column = np.unravel_index((_depth(part) - aside).argmax(), part.shape)
            said.append(
                {
                    "x": float(np.clip(found.xs[column], found.xs[0] + edge, found.xs[-1] - edge)),
                    "y": float(found.ys[row]),
                    "text": mark.words,
                    "showarrow": False,
                    "font": {"size": 17, "color": palette.ink},
                    "bgcolor": palette.paper,
                    "borderpad": 3,
                }
            )
    return said


def _depth(part: Answers) -> Floats:
    """How far inside its part each place lies, the map's own edges counting as edges."""
    depth: Floats = distance_transform_edt(np.pad(part, 1))[1:-1, 1:-1]
    return depth
