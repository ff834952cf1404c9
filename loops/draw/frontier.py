"""What more effort buys: plans of which no other is both cheaper and surer, as a chart by Plotly to click."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import plotly.graph_objects as go

from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.scale import in_versions
from loops.draw.timeline import paper
from loops.model import Model
from loops.narrate import in_hours, listed
from loops.utopia.found import Backcast, Found
from loops.utopia.plan import RATE

HEAD = ("Plan", "It gets there", "Hours in all", "Hours in the busiest month", "Pounds", "What is done")
"""Titles of the table beside the chart."""
_HEIGHT = 380
_SHARES = ((0.0, "none"), (0.25, "¼"), (0.5, "half"), (0.75, "¾"), (1.0, "all"))
_MOST_SAID = 4
"""Items of a plan that are told one by one when it is pointed at."""


def figure(model: Model, plans: Sequence[Found], palette: Palette, *, picked: int, sure: float) -> go.Figure:
    """Draw the plans, cheapest first, with how sure each share is; a ring is round the `picked` one.

    The dashed line is the share `sure`. Trace 0 holds the plans in their order, so that a click on its point
    k picks plan k. Text is escaped.
    """
    data = [_dots(model, plans, palette)]
    if plans:
        data += [_steps(plans, palette), _ring(plans[picked], palette)]
    reach = max((found.cost.total for found in plans), default=0.0) * 1.08 or 1.0
    return go.Figure(
        {
            "data": data,
            "layout": paper(palette, height=_HEIGHT, margin={"l": 78, "r": 16, "t": 14, "b": 52})
            | {
                "showlegend": False,
                "hovermode": "closest",
                "clickmode": "event+select",
                "xaxis": {
                    "range": [-0.03 * reach, reach],
                    "title": {"text": effort(plans), "font": {"size": 14}, "standoff": 6},
                    "tickformat": ",.0f",
                    "gridcolor": palette.grid,
                    "zeroline": False,
                    "fixedrange": True,
                },
                "yaxis": {
                    "range": [-0.04, 1.04],
                    "title": {"text": "versions in which it gets there", "font": {"size": 14}},
                    "tickvals": [share for share, _ in _SHARES],
                    "ticktext": [words for _, words in _SHARES],
                    "gridcolor": palette.grid,
                    "zeroline": False,
                    "fixedrange": True,
                },
                "shapes": [_line(sure, palette)],
            },
        },
        skip_invalid=False,
    )


def effort(plans: Sequence[Found]) -> str:
    """What the axis of effort counts."""
    if any(found.cost.pounds for found in plans):
        return f"hours in all, £{RATE:g} counted as an hour"
    return "hours in all, ours and the partner’s"


def sentence(got: Backcast) -> str:
    """What more effort buys, in words."""
    cheapest, likeliest = got.cheapest, got.likeliest
    most = f"gets there {in_versions(likeliest.chance.share)}: {_hours(likeliest)}"
    if cheapest is None:
        return f"No plan within these limits is sure enough. The likeliest {most}."
    least = f"gets there {in_versions(cheapest.chance.share)}: {_hours(cheapest)}"
    if likeliest.plan == cheapest.plan:
        return f"The cheapest plan that is sure enough {least}. No other that was tried is clearly likelier."
    return f"The cheapest plan that is sure enough {least}. The likeliest {most}."


def rows(model: Model, plans: Sequence[Found]) -> Iterator[tuple[str, ...]]:
    """The plans as rows below :data:`HEAD`."""
    for number, found in enumerate(plans, start=1):
        low, high = found.chance.interval
        yield (
            str(number),
            f"{in_versions(found.chance.share)} ({low:.0%} to {high:.0%})",
            f"{found.cost.hours:,.0f}",
            f"{found.cost.busiest:,.4g}",
            f"{found.cost.pounds:,.0f}",
            listed(_items(model, found)) or "nothing new",
        )


def _items(model: Model, found: Found) -> list[str]:
    return [model.nodes[lever].label for lever in found.plan.levers]


def _hours(found: Found) -> str:
    money = f" and £{found.cost.pounds:,.0f}" if found.cost.pounds else ""
    return f"{in_hours(found.cost.hours)} in all{money}"


def _dots(model: Model, plans: Sequence[Found], palette: Palette) -> dict[str, Any]:
    shares = [found.chance.share for found in plans]
    spans = [found.chance.interval for found in plans]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "plans",
        "x": [found.cost.total for found in plans],
        "y": shares,
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - share for (_, high), share in zip(spans, shares, strict=True)],
            "arrayminus": [share - low for (low, _), share in zip(spans, shares, strict=True)],
            "color": palette.muted,
            "thickness": 1.4,
            "width": 3,
        },
        "marker": {"size": 13, "color": palette.positive, "line": {"color": palette.paper, "width": 1.5}},
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "text": [_pointed(model, number, found) for number, found in enumerate(plans, start=1)],
        "hovertemplate": "%{text}<extra></extra>",
    }


def _pointed(model: Model, number: int, found: Found) -> str:
    items = _items(model, found)
    told = [
        *items[:_MOST_SAID],
        *([f"and {len(items) - _MOST_SAID} more"] if len(items) > _MOST_SAID else []),
    ]
    lines = [
        f"Plan {number}: gets there {in_versions(found.chance.share)}",
        _hours(found),
        *(told or ["nothing new"]),
    ]
    return "<br>".join(map(plain, lines))


def _steps(plans: Sequence[Found], palette: Palette) -> dict[str, Any]:
    """What can be had for so much, up to the next plan."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [found.cost.total for found in plans],
        "y": [found.chance.share for found in plans],
        "line": {"color": palette.positive, "width": 1.6, "shape": "hv"},
        "hoverinfo": "skip",
    }


def _ring(found: Found, palette: Palette) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [found.cost.total],
        "y": [found.chance.share],
        "marker": {"size": 24, "symbol": "circle-open", "color": palette.ink, "line": {"width": 3}},
        "hoverinfo": "skip",
    }


def _line(sure: float, palette: Palette) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": sure,
        "y1": sure,
        "line": {"color": palette.ink, "width": 1.6, "dash": "dash"},
        "label": {
            "text": "sure enough",
            "textposition": "start",
            "font": {"size": 13, "color": palette.ink},
            "yanchor": "bottom",
        },
    }
