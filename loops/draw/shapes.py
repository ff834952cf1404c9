"""The few SVG pieces that every drawing is put together from. Text is escaped here."""

from __future__ import annotations

import re
from html import escape

import numpy as np

from loops.draw.arcs import Points
from loops.draw.letters import width, wrap
from loops.draw.palette import Palette

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BADGE = 14.0
"""Size of the letters in a badge."""
_SLANT = 11.0
"""Distance between the lines of a hatched box."""
BADGE_WIDTH = 240
"""Room for the counts of a vote and of what was said; longer marks end in dots."""


def safe(text: str) -> str:
    """Text for SVG: escaped, and without the control characters that XML forbids."""
    return escape(_NOT_XML.sub("\ufffd", text))


def pair(point: Points) -> str:
    """A point as two coordinates."""
    return f"{point[0]:.1f},{point[1]:.1f}"


def path(points: Points) -> str:
    """The path of a circular arc through the first, middle and last of its points: one arc command."""
    first, middle, last = points[0], points[len(points) // 2], points[-1]
    (ax, ay), (bx, by) = middle - first, last - first
    doubled = ax * by - ay * bx
    if abs(doubled) < 1:
        return f"M{pair(first)} L{pair(last)}"
    sides = np.hypot(*(last - middle)), np.hypot(bx, by), np.hypot(ax, ay)
    radius = float(np.prod(sides)) / (2 * abs(doubled))
    length = float(np.hypot(*np.diff(points, axis=0).T).sum())
    large, sweep = int(length > np.pi * radius), int(doubled > 0)
    return f"M{pair(first)} A{radius:.1f},{radius:.1f} 0 {large} {sweep} {pair(last)}"


def words(text: str, at: tuple[float, float], size: float, fill: str, more: str = "") -> str:
    """One line of text, its small letters level with a point; the drawing as a whole centres it there."""
    where = f'x="{at[0]:.1f}" y="{at[1] + size * 0.35:.1f}"'
    return f'<text {where} font-size="{size:g}" fill="{fill}"{more}>{safe(text)}</text>'


def halo(text: str, at: tuple[float, float], size: float, paper: str, more: str = "") -> str:
    """The same text as a broad outline in the colour of the paper, to go below it."""
    outline = f' stroke="{paper}" stroke-width="6" stroke-linejoin="round" aria-hidden="true"{more}'
    return words(text, at, size, paper, outline)


def arrowhead(tip: Points, way: Points, length: float, half: float) -> str:
    """The corners of an arrowhead that points along `way`."""
    across = np.array([way[1], -way[0]])
    back = tip - length * way
    return f"{pair(tip)} {pair(back + half * across)} {pair(back - half * across)}"


def badge(text: str, at: tuple[float, float], palette: Palette, size: float = BADGE) -> str:
    """A short text on a small pill, in letters of a size."""
    (line, *_) = wrap(text, size, BADGE_WIDTH, 1)
    (x, y), half, high = at, width(line, size) / 2 + 8, size + 8
    where = f'x="{x - half:.1f}" y="{y - high / 2:.1f}" width="{2 * half:.1f}" height="{high:g}"'
    return (
        f'<g class="mark"><rect {where} rx="{high / 2:g}" fill="{palette.ink}" stroke="{palette.paper}" '
        f'stroke-width="2"/>{words(line, at, size, palette.paper)}</g>'
    )


def hatch(left: float, top: float, wide: float, high: float, ink: str) -> str:
    """Slanted lines across a rectangle, one by one: not all that draws an SVG knows patterns."""
    drawn = []
    for foot in np.arange(left - high + _SLANT, left + wide, _SLANT):
        first, last = max(foot, left), min(foot + high, left + wide)
        drawn += [f"M{first:.1f},{top + high - first + foot:.1f} L{last:.1f},{top + high - last + foot:.1f}"]
    look = f'stroke="{ink}" stroke-opacity="0.3" stroke-width="2" fill="none"'
    return f'<path class="hatch" d="{" ".join(drawn)}" {look}/>'


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies at `share` of the way from the first to the second, both as ``#rrggbb``.

    >>> mix("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = ((int(first[at : at + 2], 16), int(second[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(
        f"{round(low + (high - low) * min(max(share, 0.0), 1.0)):02x}" for low, high in pairs
    )
