"""How much of a small push each loop gives back over time, and which loop leads, as a chart by Plotly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from scipy.optimize import isotonic_regression

from loops.dominance.lead import Lead
from loops.draw.charts import style
from loops.draw.courses import Course, lines, strong
from loops.draw.large import plain
from loops.draw.palette import Palette
from loops.draw.push import height, marks
from loops.draw.timeline import layout

_TAG = 0.055
"""Least distance of two tags at the ends of lines, as a share of the axis."""
_HEIGHT = 430
_TOP, _BOTTOM = 0.9, 0.075
"""The curves lie between; above them a strip says who leads, below them a bar when levers are on."""


def figure(
    courses: Sequence[Course],
    leads: Sequence[Lead],
    palette: Palette,
    *,
    ends: tuple[float, float],
    spans: Sequence[tuple[float, float]] = (),
) -> go.Figure:
    """Draw the courses, the leading one strong, with a strip above that says who leads.

    A lead's place is the place of its course. `ends` are those of the axis, `spans` the months with levers
    on. Names are escaped. Brakes lie below the line of nothing.
    """
    last = max((course.gains.size for course in courses), default=2) - 1
    names = [_named(lead, courses, palette, last) for lead in leads if lead.place is not None]
    return go.Figure(
        {
            "data": [*lines(courses, palette), *strong(courses, leads, palette)],
            "layout": layout(last, palette, height=_HEIGHT, left=92, right=44)
            | {
                "yaxis": _shares(ends, palette),
                "shapes": [*_strip(courses, leads, palette), *_working(spans, palette)],
                "annotations": [
                    *filter(None, names),
                    *_tags(courses, palette, ends, last),
                    *_levers(spans, palette, last),
                ],
            },
        },
        skip_invalid=False,
    )


def _shares(ends: tuple[float, float], palette: Palette) -> dict[str, object]:
    """The axis of what comes back, in words."""
    on_axis = marks(ends)
    return {
        "range": list(ends),
        "domain": [_BOTTOM, _TOP],
        "tickvals": [at for at, _ in on_axis],
        "ticktext": [f"{word} " for _, word in on_axis],
        "gridcolor": palette.grid,
        "zeroline": True,
        "zerolinecolor": palette.muted,
        "fixedrange": True,
    }


def _strip(courses: Sequence[Course], leads: Sequence[Lead], palette: Palette) -> list[dict[str, object]]:
    """Who leads when, as blocks above the curves, and a line down from every change."""
    blocks: list[dict[str, object]] = []
    for lead in leads:
        place = None if lead.place is None else courses[lead.place].style
        colour = palette.grid if place is None else style(place, palette)[0]
        across = {"xref": "x", "yref": "paper", "x0": lead.since / 12}
        blocks.append(
            across
            | {"type": "rect", "x1": lead.until / 12, "y0": _TOP + 0.02, "y1": 1}
            | {"fillcolor": colour, "line": {"color": palette.paper, "width": 2}}
        )
        if lead.since > 0:
            blocks.append(
                across
                | {"type": "line", "x1": lead.since / 12, "y0": _BOTTOM, "y1": _TOP + 0.02}
                | {"line": {"color": palette.ink, "width": 1.2, "dash": "dot"}}
            )
    return blocks


def _named(lead: Lead, courses: Sequence[Course], palette: Palette, last: int) -> dict[str, object] | None:
    """Who leads, written into its block where there is room."""
    share = (lead.until - lead.since) / last
    if lead.place is None or share < 0.05:
        return None
    tag = plain(courses[lead.place].tag)
    narrow = share < 0.1  # on a phone less wide than its tag, which then reaches into the next block
    return {
        "xref": "x",
        "yref": "paper",
        "x": lead.since / 12 if narrow else (lead.since + lead.until) / 24,
        "xanchor": "left" if narrow else "center",
        "y": (_TOP + 1.02) / 2,
        "yanchor": "middle",
        "text": f"{tag} leads" if share > 0.25 else tag,
        "showarrow": False,
        "font": {"color": palette.paper, "size": 15},
    }


def _tags(
    courses: Sequence[Course], palette: Palette, ends: tuple[float, float], last: int
) -> list[dict[str, object]]:
    """The coloured courses' tags at the ends of their lines, moved apart where they would overlap."""
    coloured = [course for course in courses if course.style is not None and course.gains.size]
    ordered = sorted(coloured, key=lambda course: float(course.gains[-1]))
    spots = _spread([float(height(course.gains[-1:])[0]) for course in ordered], _TAG * (ends[1] - ends[0]))
    return [
        {
            "x": last / 12,
            "y": spot,
            "xanchor": "left",
            "xshift": 4,
            "text": plain(course.tag),
            "showarrow": False,
            "font": {"color": style(course.style or 0, palette)[0], "size": 15},
        }
        for course, spot in zip(ordered, spots, strict=True)
    ]


def _spread(heights: Sequence[float], gap: float) -> list[float]:
    """Rising heights moved as little as can be (least squares) until they are at least `gap` apart."""
    steps = gap * np.arange(len(heights))
    return [float(one) for one in isotonic_regression(np.array(heights) - steps).x + steps]


def _working(spans: Sequence[tuple[float, float]], palette: Palette) -> list[dict[str, object]]:
    bar = {"type": "rect", "xref": "x", "yref": "paper", "y0": 0.005, "y1": 0.065, "line": {"width": 0}}
    return [bar | {"x0": start / 12, "x1": end / 12, "fillcolor": palette.grid} for start, end in spans]


def _levers(spans: Sequence[tuple[float, float]], palette: Palette, last: int) -> list[dict[str, object]]:
    """What the bars below the curves are, beside the first of them."""
    words = {
        "xref": "x",
        "yref": "paper",
        "y": 0.035,
        "yanchor": "middle",
        "xanchor": "left",
        "showarrow": False,
    }
    text = {"text": "levers on", "font": {"size": 13, "color": palette.ink}}
    return [words | text | {"x": min(start, 0.7 * last) / 12} for start, _ in spans[:1]]
