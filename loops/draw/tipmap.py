"""Where it lasts: a map of two things that may be otherwise, with the edge between lasting and fading."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from loops.compare import LASTING
from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.returns import short
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipmap import TippingMap
from loops.kernel import Floats, Ints

HEIGHT = 520
KINDS = FADES, LASTS, ANYWAY = "fades", "keeps going", "comes without us"
"""What becomes of the change, in the order of the numbers in :func:`kinds`."""
_MOST_STROKES = 20
"""Strokes of the hatching along each side: more would be a grey field."""


@dataclass(frozen=True)
class Axis:
    """What one side of the map is called, where it has marks, and how a value on it is said."""

    label: str
    marks: tuple[tuple[float, str], ...]
    words: Callable[[float], str]


def kinds(found: TippingMap) -> Ints:
    """What becomes of the change at each place, as a place in :data:`KINDS`; shape (ny, nx)."""
    return np.where(found.fates == Fate.COMES_ANYWAY, 2, np.where(found.fates == Fate.KEEPS_GOING, 1, 0))


def figure(found: TippingMap, x: Axis, y: Axis, palette: Palette, *, plan: str) -> go.Figure:
    """Draw the map with the plan called `plan` as its dot. Labels are escaped.

    Where the change lasts the ground is coloured by how much is left in the end, where it fades it is
    hatched, where it comes with no lever on it is dotted, and each part holds its word.
    """
    kind = kinds(found)
    data = [_ground(found, kind, x, y, palette)]
    data += [
        _pattern(found, kind == number, symbol, palette)
        for number, symbol in ((0, "line-ne"), (2, "circle-open"))
        if (kind == number).any()
    ]
    if np.ptp(kind):
        data.append(_edge(found, kind, palette))
    if found.dot:
        data.append(_dot(found.dot, x, y, palette, plan))
    return go.Figure(
        {
            "data": data,
            "layout": {
                "height": HEIGHT,
                "margin": {"l": 84, "r": 34, "t": 14, "b": 96},
                "template": {},
                "paper_bgcolor": palette.paper,
                "plot_bgcolor": palette.paper,
                "font": {"color": palette.ink, "size": 15, "family": "Source Sans, Arial, sans-serif"},
                "legend": {"orientation": "h", "y": -0.2, "font": {"size": 14}},
                "dragmode": False,
                "xaxis": _axis(x, found.xs),
                "yaxis": _axis(y, found.ys),
                "annotations": _words(found, kind, palette),
            },
        },
        skip_invalid=False,
    )


def _axis(axis: Axis, values: Floats) -> dict[str, Any]:
    return {
        "range": [values[0], values[-1]],
        "title": {"text": plain(short(axis.label)), "font": {"size": 15}, "standoff": 8},
        "tickvals": [value for value, _ in axis.marks],
        "ticktext": [plain(text) for _, text in axis.marks],
        "tickangle": 0,
        "ticklabeloverflow": "allow",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _ground(found: TippingMap, kind: Ints, x: Axis, y: Axis, palette: Palette) -> dict[str, Any]:
    across, up = (
        [plain(f"{axis.label}: {axis.words(float(value))}") for value in values]
        for axis, values in ((x, found.xs), (y, found.ys))
    )
    return {
        "type": "heatmap",
        "x": found.xs,
        "y": found.ys,
        "z": np.where(kind > 0, found.levels, 0.0).astype(np.float32),
        "zmin": 0,
        "zmax": max(float(found.levels.max()), LASTING),
        "colorscale": [[0, palette.box], [1, palette.high]],
        "showscale": False,
        "text": [
            [f"{at_x}<br>{at_y}<br>{KINDS[one]}" for at_x, one in zip(across, row, strict=True)]
            for at_y, row in zip(up, kind, strict=True)
        ],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _pattern(found: TippingMap, part: NDArray[np.bool_], symbol: str, palette: Palette) -> dict[str, Any]:
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


def _edge(found: TippingMap, kind: Ints, palette: Palette) -> dict[str, Any]:
    return {
        "type": "contour",
        "name": "where it tips",
        "x": found.xs,
        "y": found.ys,
        "z": kind.astype(np.float32),
        "contours": {"start": 0.5, "end": 1.5, "size": 1, "coloring": "none"},
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


def _words(found: TippingMap, kind: Ints, palette: Palette) -> list[dict[str, Any]]:
    """The word of each part, where that is widest, and of such places the one nearest to the middle."""
    edge = 0.17 * (found.xs[-1] - found.xs[0])  # so that no word leaves the map
    aside = np.abs(np.linspace(-0.5, 0.5, found.xs.size))
    said = []
    for number, words in enumerate(KINDS):
        if (kind == number).any():
            row, column = np.unravel_index((_depth(kind == number) - aside).argmax(), kind.shape)
            said.append(
                {
                    "x": float(np.clip(found.xs[column], found.xs[0] + edge, found.xs[-1] - edge)),
                    "y": float(found.ys[row]),
                    "text": words,
                    "showarrow": False,
                    "font": {"size": 17, "color": palette.ink},
                    "bgcolor": palette.paper,
                    "borderpad": 3,
                }
            )
    return said


def _depth(part: NDArray[np.bool_]) -> Floats:
    """How far inside its part each place lies, the map's own edges counting as edges."""
    depth: Floats = distance_transform_edt(np.pad(part, 1))[1:-1, 1:-1]
    return depth
