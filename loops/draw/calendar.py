"""A plan as a calendar: who does what when, as HTML of its own with the same in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from loops.draw.palette import Palette
from loops.draw.scale import years
from loops.model import Model
from loops.narrate import in_hours
from loops.utopia.plan import Plan, fine_hours, pounds

HEAD = ("What", "From", "To", "Hours a month", "Pounds, once", "Who")
"""Titles of the table beside the calendar."""


@dataclass(frozen=True)
class Row:
    """One thing of a plan: from the beginning of which month to that of which, hours a month, pounds once."""

    what: str
    start: int
    stop: int
    hours: float = 0.0
    pounds: float = 0.0
    who: str = ""


def rows(model: Model, plan: Plan, who: Mapping[str, str] | None = None) -> tuple[Row, ...]:
    """The plan's items, what begins first on top; `who` sees to a lever, where somebody does.

    Hours and pounds are those that come on top of what is under way in the file already.
    """
    levers = {lever.id: lever for lever in model.levers}
    found = [
        Row(
            what=levers[spell.lever].label,
            start=spell.start,
            stop=spell.stop,
            hours=fine_hours(levers[spell.lever]) / 1e6,
            pounds=pounds(levers[spell.lever]),
            who=(who or {}).get(spell.lever, ""),
        )
        for spell in plan.spells
    ]
    return tuple(sorted(found, key=lambda row: (row.start, row.stop)))


def when(start: int, stop: int) -> str:
    """A stretch of months in words.

    >>> when(0, 36), when(6, 18)
    ('from the start to month 36', 'from month 6 to month 18')
    """
    return f"from {f'month {start}' if start else 'the start'} to month {stop}"


def told(row: Row) -> str:
    """When, how much and who, as far as that is said.

    >>> told(Row("Bike racks", 6, 18, hours=2, pounds=400, who="Fern"))
    'from month 6 to month 18, 2 hours a month, £400 once, Fern'
    """
    hours = f"{in_hours(row.hours)} a month" if row.hours else ""
    money = f"£{row.pounds:,.0f} once" if row.pounds else ""
    return ", ".join(part for part in (when(row.start, row.stop), hours, money, row.who) if part)


def busy(rows: Sequence[Row], months: int) -> tuple[tuple[int, int, float], ...]:
    """Stretches of months with the hours a month that each takes; together they fill the calendar."""
    inside = {edge for row in rows for edge in (row.start, row.stop) if 0 < edge < months}
    return tuple(
        (start, stop, sum(row.hours for row in rows if row.start <= start < row.stop))
        for start, stop in pairwise(sorted({0, months, *inside}))
    )


def html(rows: Sequence[Row], months: int, palette: Palette, *, there: float | None = None) -> str:
    """A strip for each row over so many months, and the hours a month below, with a line at what is `there`.

    Lines stand at every year. Text is escaped; what is drawn is said beside it, so it is hidden from readers.
    """
    strips = "".join(_strip(row, months, palette) for row in rows)
    ends = "".join(f"<span>{escape(end)}</span>" for end in ("start", years(months / 2), years(months)))
    scale = f'<div style="display:flex;justify-content:space-between;font-size:.85rem">{ends}</div>'
    return f'<div role="list">{strips}</div>{_load(rows, months, palette, there)}{scale}'


def _strip(row: Row, months: int, palette: Palette) -> str:
    bar = _bar(row.start, row.stop, months, f"top:0;background:{palette.positive}")
    return (
        f'<div role="listitem" style="margin-bottom:.55rem">{_words(row.what, told(row))}'
        f"{_track(bar, 1.2, months, palette)}</div>"
    )


def _load(rows: Sequence[Row], months: int, palette: Palette, there: float | None) -> str:
    """The hours of each month, so that it is seen where the plan is full."""
    stretches = busy(rows, months)
    most = max(hours for *_, hours in stretches)
    top = max(most, there or 0.0) or 1.0
    bars = "".join(
        _bar(start, stop, months, f"top:{100 - 100 * hours / top:.1f}%;background:{palette.muted}")
        for start, stop, hours in stretches
        if hours
    )
    if there is not None:
        bars += (
            f'<i style="position:absolute;left:0;right:0;bottom:{100 * there / top:.1f}%;'
            f'border-top:2px dashed {palette.ink}"></i>'
        )
    of = "" if there is None else f" of the {there:,.4g} that there are"
    said = _words("Hours a month, all together", f"{most:,.4g} in the busiest month{of}")
    return f'<div style="margin-bottom:.2rem">{said}{_track(bars, 2.4, months, palette)}</div>'


def _words(title: str, said: str) -> str:
    style = "display:flex;flex-wrap:wrap;gap:0 .8rem;margin:0;font-size:.95rem;overflow-wrap:anywhere"
    return f'<p style="{style}"><strong>{escape(title)}</strong> <span>{escape(said)}</span></p>'


def _track(bars: str, rem: float, months: int, palette: Palette) -> str:
    """Where bars stand: as high as so many rem, with a line at every year."""
    lines = f"repeating-linear-gradient(90deg,{palette.grid} 0 1px,transparent 1px {1200 / months:.3f}%)"
    return (
        f'<div aria-hidden="true" style="position:relative;height:{rem}rem;'
        f'border-bottom:1px solid currentColor;background:{lines}">{bars}</div>'
    )


def _bar(start: float, stop: float, months: int, style: str) -> str:
    start, stop = min(start, months), min(stop, months)
    left, width = 100 * start / months, 100 * (stop - start) / months
    return f'<i style="position:absolute;bottom:0;left:{left:.3f}%;width:{width:.3f}%;{style}"></i>'
