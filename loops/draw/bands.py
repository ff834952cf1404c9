"""Whose share of the movement is how large over time: bands that together fill a chart by Plotly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d

from loops.draw.charts import key_entry, style
from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.push import TICKS
from loops.draw.shapes import mix
from loops.draw.timeline import layout
from loops.kernel import Floats

Ground = Literal["one", "named", "snowballs", "brakes", "undecided", "built in", "filling", "fading"]
"""What a band is of: one loop, a group of loops, or what is built into every box, whole or in two parts."""
_PATTERNS = {"named": "x", "snowballs": "/", "brakes": "\\", "undecided": "|", "filling": ".", "fading": "-"}
_HEIGHT = 380
_LABELLED, _WIDE = 0.12, 0.3
"""A band carries its label where it is at least this share high over this share of the time."""
_WORDS = tuple(tick for tick in TICKS if 0.03 < tick[0] < 0.9)
STILL = "nothing moves"
"""What is said in place of shares where there is nothing to share out."""
_PARTS = ((0.0, "none"), (0.5, "half"), (1.0, "all"))


@dataclass(frozen=True)
class Layer:
    """One band: label, name, share (T,) without sign, and for that of one loop its place in the palette."""

    label: str
    name: str
    share: Floats
    ground: Ground
    style: int = 0


def part_of(share: float) -> str:
    """A share in words.

    >>> part_of(0.004), part_of(0.26), part_of(0.96)
    ('next to none', 'about a quarter', 'nearly all')
    """
    if share < 0.03:
        return "next to none"
    if share > 0.9:
        return "nearly all"
    return f"about {min(_WORDS, key=lambda word: abs(word[0] - share))[1]}"


def figure(layers: Sequence[Layer], palette: Palette) -> go.Figure:
    """Draw the layers from the bottom up; months in which nothing moves are left empty and say so."""
    last = max((layer.share.size for layer in layers), default=2) - 1
    return go.Figure(
        {
            "data": [_band(layer, palette) for layer in layers],
            "layout": layout(last, palette, height=_HEIGHT, left=48, right=14)
            | {
                "yaxis": {
                    "range": [0, 1],
                    "tickvals": [share for share, _ in _PARTS],
                    "ticktext": [f"{word} " for _, word in _PARTS],
                    "fixedrange": True,
                    "zeroline": False,
                    "gridcolor": palette.grid,
                },
                "annotations": [*_labels(layers, palette, last), *_at_rest(layers, palette)],
            },
        },
        skip_invalid=False,
    )


def key(layers: Sequence[Layer], palette: Palette) -> str:
    """The key to the bands as HTML, for one chart or more side by side: escaped."""
    return "".join(
        key_entry(
            f"width:26px;height:14px;border:1px solid {palette.muted};{_ground(layer, palette)}",
            escape(layer.name),
        )
        for layer in {layer.name: layer for layer in reversed(layers)}.values()
    )


def _colours(layer: Layer, palette: Palette) -> tuple[str, str]:
    """The ground of a band, and the colour of the strokes on it."""
    if layer.ground == "one":
        colour = style(layer.style, palette)[0]
        return colour, colour
    colours = {
        "named": palette.ink,
        "snowballs": palette.reinforcing,
        "brakes": palette.balancing,
        "undecided": palette.unknown,
    }
    strokes = colours.get(layer.ground, palette.muted)
    return mix(palette.paper, strokes, 0.3), strokes


def _band(layer: Layer, palette: Palette) -> dict[str, object]:
    ground, strokes = _colours(layer, palette)
    pattern = {
        "shape": _PATTERNS.get(layer.ground, ""),
        "fgcolor": strokes,
        "bgcolor": ground,
        "size": 12,
        "solidity": 0.12,
    }
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(layer.name),
        "x0": 0,
        "dx": 1 / 12,
        "y": layer.share.astype(np.float32),
        "text": [part_of(share) for share in layer.share],
        "stackgroup": "all",
        "line": {"width": 0.8, "color": palette.paper},
        "fillcolor": ground,
        "fillpattern": pattern,
        "hovertemplate": f"{plain(layer.name)}<br>year %{{x:.1f}}: %{{text}}<extra></extra>",
    }


def _ground(layer: Layer, palette: Palette) -> str:
    """The ground of a band as CSS, with strokes where the chart has them."""
    ground, strokes = _colours(layer, palette)
    turn = {"/": 135, "\\": 45, "x": 45, "-": 0, ".": 90, "|": 90}.get(_PATTERNS.get(layer.ground, ""))
    if turn is None:
        return f"background:{ground}"
    return f"background:repeating-linear-gradient({turn}deg,{strokes} 0 1.5px,{ground} 1.5px 6px)"


def _labels(layers: Sequence[Layer], palette: Palette, last: int) -> list[dict[str, object]]:
    """Each band's label where the band stays broad for long enough to hold it."""
    made: list[dict[str, object]] = []
    below = np.zeros(last + 1)
    room = round(_WIDE * last) | 1  # odd, so that it has a middle
    for layer in layers:
        broad = minimum_filter1d(layer.share, room, mode="constant")
        at = int(broad.argmax())
        if broad[at] >= _LABELLED:
            made.append(
                {
                    "x": at / 12,
                    "y": float(below[at] + layer.share[at] / 2),
                    "text": plain(layer.label),
                    "showarrow": False,
                    "font": {"color": palette.ink, "size": 15},
                    "bgcolor": palette.paper,
                    "borderpad": 2,
                }
            )
        below = below + layer.share
    return made


def _at_rest(layers: Sequence[Layer], palette: Palette) -> list[dict[str, object]]:
    """Words in the longest stretch in which nothing moves."""
    still: NDArray[np.bool_] = np.sum([layer.share for layer in layers], axis=0) == 0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(int), [0]])))
    spans = edges.reshape(-1, 2)
    if not spans.size:
        return []
    start, end = spans[np.diff(spans, axis=1).argmax()]
    words = {"text": STILL, "showarrow": False, "font": {"color": palette.muted, "size": 15}}
    return [words | {"x": (start + end - 1) / 24, "y": 0.5}]
