"""Say how far one curve is above or below another: lower, about the same, higher."""

from __future__ import annotations

from loops.draw.scale import STEP, years
from loops.ui.planning.story import SAME, Levels, amount


def beside(level: float, other: float) -> str:
    """One level beside another, in words.

    >>> beside(0.5, 0.49), beside(0.5, 0.4), beside(0.1, 0.9)
    ('about the same', 'slightly higher', 'far lower')
    """
    apart = level - other
    if abs(apart) < SAME:
        return "about the same"
    return f"{amount(abs(apart))} {'higher' if apart > 0 else 'lower'}"


def figure(apart: float) -> str:
    """A difference as a figure, rounded to a twentieth.

    >>> figure(0.31), figure(-0.01), figure(-0.12)
    ('+0.30', '0.00', '\u22120.10')
    """
    rounded = round(apart / STEP) * STEP
    return f"{rounded:+.2f}".replace("-", "\u2212") if abs(rounded) > STEP / 2 else "0.00"


def told(label: str, levels: Levels, others: Levels, name: str) -> str:
    """Where a curve is furthest above and below the curve of the plan called `name`, and where it ends."""
    apart, last = levels - others, levels.size - 1
    furthest = sorted(int(way.argmax()) for way in (apart, -apart) if way.max() >= SAME)
    if not furthest:
        return f"“{label}” stays about the same as under “{name}”."
    words = [beside(levels[month], others[month]) for month in furthest]
    when = [f"after {years(month)}" if month else "at the start" for month in furthest]
    if len(words) == 1:
        said = f"“{label}” is {words[0]} than under “{name}”, most of all {when[0]}."
    else:
        said = f"“{label}” is {words[0]} {when[0]} and {words[1]} {when[1]} than under “{name}”."
    end = beside(levels[last], others[last])
    return said if end == words[-1] else f"{said} By {years(last)} it is {end}."
