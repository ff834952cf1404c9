"""What the system gives back if one thing were held where it is: the return curve beside "just enough"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from loops.draw.aside import SPREAD, clear_of
from loops.draw.charts import style
from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.scale import SCALE, in_words
from loops.draw.timeline import paper
from loops.equilibrium.returns import ReturnCurve
from loops.kernel import Floats

HEIGHT = 520
_CLEAR = 0.01
"""The least gap between the curve and "just enough" that gets a word."""


@dataclass(frozen=True)
class Given:
    """A curve, whose it is, and its place in the palette."""

    name: str
    curve: ReturnCurve
    style: int


def figure(label: str, curves: Sequence[Given], palette: Palette) -> go.Figure:
    """Draw the curves for the box called `label`; both axes are levels, in words.

    Crossings with the diagonal are filled where the system rests and open where it tips. Between the first
    curve and the diagonal the ground is shaded, and words say which side grows by itself. Where the curve
    from nothing and the curve from everything differ, each is drawn. Text is escaped.
    """
    first = curves[0]
    data = [*_ground(first.curve, palette), _diagonal(palette)]
    for one in curves:
        data += [*_curves(one, palette), *_marks(one, palette)]
    return go.Figure(
        {
            "data": data,
            "layout": paper(palette, height=HEIGHT, margin={"l": 74, "r": 14, "t": 14, "b": 96})
            | {
                "legend": {"orientation": "h", "y": -0.2, "font": {"size": 14}, "traceorder": "normal"},
                "xaxis": _axis(f"if “{plain(short(label))}” were held at", palette, -0.02),
                "yaxis": _axis("everything else gives back", palette, -0.06),
                "annotations": _sides(curves, palette),
            },
        },
        skip_invalid=False,
    )


def short(label: str, most: int = 40) -> str:
    """A label cut to what fits along an axis.

    >>> short("Buy-in: ready to act", 10)
    'Buy-in: r…'
    """
    return label if len(label) <= most else f"{label[: most - 1]}…"


def _axis(title: str, palette: Palette, least: float) -> dict[str, Any]:
    return {
        "range": [least, 1.03],
        "title": {"text": title, "font": {"size": 15}, "standoff": 8},
        "tickvals": [level for level, _ in SCALE],
        "ticktext": [word for _, word in SCALE],
        "tickangle": 0,
        "gridcolor": palette.grid,
        "zeroline": False,
        "fixedrange": True,
    }


def _diagonal(palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "just enough to hold itself",
        "x": [0, 1],
        "y": [0, 1],
        "line": {"color": palette.muted, "dash": "dot", "width": 2},
        "hoverinfo": "skip",
    }


def _ground(curve: ReturnCurve, palette: Palette) -> list[dict[str, Any]]:
    """The ground between curve and diagonal, one shade where it grows and another where it shrinks."""
    held = curve.held
    drawn = []
    for edge, shade in (
        (np.maximum(curve.below, held), palette.high),
        (np.minimum(curve.below, held), palette.low),
    ):
        for y, fill in ((held, "none"), (edge, "tonexty")):
            drawn.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": held,
                    "y": y,
                    "line": {"width": 0, "color": shade},
                    "fill": fill,
                    "fillcolor": f"{shade}55",
                    "showlegend": False,
                    "hoverinfo": "skip",
                }
            )
    return drawn


def _curves(plan: Given, palette: Palette) -> list[dict[str, Any]]:
    """One curve, or two where it matters where everything else begins."""
    curve, name = plan.curve, short(plan.name, 26)
    colour, dash = style(plan.style, palette)
    line = {"color": colour, "dash": dash, "width": 3.4}
    if curve.agree:
        return [_curve(curve.held, curve.below, name, line)]
    thin = {"color": colour, "dash": "longdashdot", "width": 2}
    return [
        _curve(curve.held, curve.below, f"{name}, all else begun at not yet", line),
        _curve(curve.held, curve.above, f"{name}, all else begun at fully", thin),
    ]


def _curve(held: Floats, given: Floats, name: str, line: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(name),
        "x": held,
        "y": given,
        "text": [
            f"held at {in_words(at)}, everything else gives back {in_words(back)}: {_way(back - at)}"
            for at, back in zip(held, given, strict=True)
        ],
        "line": line,
        "hovertemplate": f"{plain(name)}<br>%{{text}}<extra></extra>",
    }


def _way(gap: float) -> str:
    return "it grows by itself" if gap > 0 else "it shrinks"


def _marks(plan: Given, palette: Palette) -> list[dict[str, Any]]:
    """Crossings by kind, each with its word."""
    colour, _ = style(plan.style, palette)
    kinds = (
        (True, "a place of rest", "rests", colour),
        (False, "where it tips", "tips", palette.paper),
        (None, "stands still", "stands still", palette.muted),
    )
    return [
        _crossings(plan, (what, word, fill), levels, palette)
        for stable, what, word, fill in kinds
        if (levels := [one.level for one in plan.curve.crossings if one.stable is stable])
    ]


def _crossings(
    plan: Given, kind: tuple[str, str, str], levels: Sequence[float], palette: Palette
) -> dict[str, Any]:
    """Crossings of one kind: what it is, the word beside it, and what fills its marks."""
    colour, _ = style(plan.style, palette)
    what, word, fill = kind
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": f"{plain(plan.name)}: {what}",
        "x": levels,
        "y": levels,
        "text": [word for _ in levels],
        # below the point on its right, where neither curve nor diagonal runs; on its left at the far end
        "textposition": ["bottom right" if level < 0.85 else "bottom left" for level in levels],
        "textfont": {"size": 14, "color": palette.ink},
        "marker": {"size": 15, "color": fill, "line": {"color": colour, "width": 3}},
        "cliponaxis": False,
        "showlegend": False,
        "hovertemplate": [f"{what}: {in_words(level)}<extra></extra>" for level in levels],
    }


def _sides(curves: Sequence[Given], palette: Palette) -> list[dict[str, Any]]:
    """Words for the widest gap on either side of the diagonal, beside lines and marks, with a line to it."""
    curve = curves[0].curve
    gap, taken = curve.below - curve.held, _taken(curves)
    said = []
    for words, amount in (("grows by itself", gap), ("shrinks", -gap)):
        place = int(amount.argmax())
        if amount[place] > _CLEAR:
            middle = np.array([curve.held[place], (curve.below[place] + curve.held[place]) / 2])
            at = clear_of(taken, middle)
            taken = np.concatenate([taken, at + SPREAD])
            said.append(
                {
                    "x": middle[0],
                    "y": middle[1],
                    "text": words,
                    "ax": at[0],
                    "ay": at[1],
                    "axref": "x",
                    "ayref": "y",
                    "showarrow": True,
                    "arrowhead": 0,
                    "arrowcolor": palette.muted,
                    "font": {"size": 15, "color": palette.ink},
                }
            )
    return said


def _taken(curves: Sequence[Given]) -> Floats:
    """Points (P, 2) where something is drawn: the diagonal, the curves, crossings with their words."""
    fine = np.linspace(0, 1, 201)
    lines = [
        fine,
        *(
            np.interp(fine, one.curve.held, back)
            for one in curves
            for back in (one.curve.below, one.curve.above)
        ),
    ]
    words = [[each.level + 0.08, each.level - 0.04] for one in curves for each in one.curve.crossings]
    return np.concatenate(
        [*(np.stack([fine, line], axis=1) for line in lines), np.array(words).reshape(-1, 2)]
    )
