"""What loops give back over time, as lines: on one axis, the leading one broad, with a key to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from loops.dominance.lead import Lead
from loops.draw.charts import key_entry, style
from loops.draw.large import plain
from loops.draw.palette import STROKES, Palette
from loops.draw.push import all_in_words, height
from loops.kernel import Floats


@dataclass(frozen=True)
class Course:
    """One loop's gain over time: monthly gains (T,), its place in the palette; with none it is pale grey."""

    tag: str
    name: str
    gains: Floats
    style: int | None


def reach(courses: Sequence[Course]) -> tuple[float, float]:
    """The ends of an axis on which all of these fit: charts side by side share it."""
    heights = [height(course.gains) for course in courses if course.gains.size]
    low = min((float(one.min()) for one in heights), default=0.0)
    high = max((float(one.max()) for one in heights), default=0.0)
    high = max(high, 0.1 if low > -0.1 else 0.0)
    room = 0.06 * (high - min(low, 0.0))
    return min(low, 0.0) - room, high + room


def lines(courses: Sequence[Course], palette: Palette) -> list[dict[str, object]]:
    """Every course as a thin line, the pale ones first and so below."""
    ordered = sorted(courses, key=lambda course: course.style is not None)
    return [
        _line(course, course.gains, palette, width=2.2 if course.style is not None else 1)
        for course in ordered
    ]


def strong(courses: Sequence[Course], leads: Sequence[Lead], palette: Palette) -> list[dict[str, object]]:
    """The leading course, as a broad line while it leads."""
    drawn = []
    for lead in leads:
        if lead.place is not None:
            course = courses[lead.place]
            months = np.arange(course.gains.size)
            during = np.where((months >= lead.since) & (months <= lead.until), course.gains, np.nan)
            drawn.append(
                _line(course, during, palette, width=6) | {"hoverinfo": "skip", "hovertemplate": None}
            )
    return drawn


def _line(course: Course, gains: Floats, palette: Palette, *, width: float) -> dict[str, object]:
    pale = course.style is None
    colour, dash = (palette.muted, "solid") if course.style is None else style(course.style, palette)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": plain(course.name),
        "x0": 0,
        "dx": 1 / 12,
        "y": height(gains).astype(np.float32),
        "text": all_in_words(course.gains),
        "opacity": 0.65 if pale else 1,
        "line": {"color": colour, "dash": "solid" if width > 5 else dash, "width": width, "simplify": False},
        "hovertemplate": f"{plain(course.name)}<br>year %{{x:.1f}}: %{{text}} comes back<extra></extra>",
    }


def key(courses: Sequence[Course], palette: Palette) -> str:
    """The key to the coloured lines as HTML, for charts side by side or one: escaped."""
    return "".join(
        key_entry(
            f"width:42px;height:3px;{_dashed(*style(course.style, palette))}",
            f"<strong>{escape(course.tag)}</strong> {escape(course.name)}",
        )
        for course in courses
        if course.style is not None
    )


def _dashed(colour: str, dash: str) -> str:
    """A dashed line as the background of something thin, in CSS."""
    stops, at = [], 0
    for place, length in enumerate(STROKES[dash] or (1,)):
        drawn = "transparent" if place % 2 else colour
        stops.append(f"{drawn} {at}px {at + length}px")
        at += length
    return f"background:repeating-linear-gradient(90deg,{','.join(stops)})"
