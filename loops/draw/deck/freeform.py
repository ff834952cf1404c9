"""Curves of a slide: an arrow as one cubic Bezier that can be reshaped, and the ring of a loop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from loops.draw.arcs import Points
from loops.draw.deck.slides import EMU, Area, End


def bezier(points: Points) -> Points:
    """The four control points (4, 2) of the circular arc through the first, middle and last of the points.

    Ends and middle are exact; between them a quarter of a circle is missed by less than 0.03% of its radius.
    With q twice the arc's height over its chord c, the inner points stand c (1 - q^2) / 3 along the chord
    from its ends and 2 c q / 3 off it: the usual 4/3 tan(angle/4), so written that no angle is singular.
    """
    start, middle, end = points[0], points[len(points) // 2], points[-1]
    way = end - start
    chord = float(np.hypot(*way))
    if chord == 0:
        return np.array([start] * 4)
    across = np.array([way[1], -way[0]]) / chord
    off = float((middle - (start + end) / 2) @ across)
    lean, rise = way * (1 - (2 * off / chord) ** 2) / 3, across * off * 4 / 3
    return np.array([start, start + lean + rise, end - lean + rise, end])


def curve(points: Points) -> tuple[Area, str]:
    """That Bezier as the form of a shape, and the area it takes on the slide."""
    area = _area(points)
    first, *others = _spots(bezier(points), area)
    return area, _form(area, f"<a:moveTo>{first}</a:moveTo><a:cubicBezTo>{''.join(others)}</a:cubicBezTo>")


def bars(lines: Sequence[Points]) -> tuple[Area, str]:
    """Straight lines, each from its first to its last point, as the form of one shape, and its area."""
    area = _area(np.vstack(lines))
    ends = [_spots(line[[0, -1]], area) for line in lines]
    return area, _form(area, "".join(f"<a:moveTo>{a}</a:moveTo><a:lnTo>{b}</a:lnTo>" for a, b in ends))


def _area(points: Points) -> Area:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Area(float(left), float(top), float(right - left), float(bottom - top))


def _spots(points: Points, area: Area) -> list[str]:
    inside = np.rint((points - area[:2]) * EMU).astype(int)
    return [f'<a:pt x="{x}" y="{y}"/>' for x, y in inside]


def _form(area: Area, path: str) -> str:
    size = f'w="{round(area.width * EMU)}" h="{round(area.height * EMU)}"'
    return (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f'<a:pathLst><a:path {size} fill="none">{path}</a:path></a:pathLst></a:custGeom>'
    )


def ring(*, clockwise: bool) -> tuple[str, End]:
    """Most of a circle, open at the top, and the end of it whose arrowhead shows the way it turns."""
    # a preset arc always runs clockwise; its angles are in 60,000ths of a degree from the right on
    first, last = (298, 228) if clockwise else (312, 242)
    angles = f'<a:gd name="adj1" fmla="val {first * 60_000}"/><a:gd name="adj2" fmla="val {last * 60_000}"/>'
    form = f'<a:prstGeom prst="arc"><a:avLst>{angles}</a:avLst></a:prstGeom>'
    return form, "tailEnd" if clockwise else "headEnd"
