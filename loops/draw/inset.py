"""A small picture of the whole diagram beside a part of it: a dot for every box, those shown filled."""

from __future__ import annotations

import numpy as np

from loops.draw.arcs import inside
from loops.draw.palette import Palette
from loops.draw.places import RING, Box, Frame, Layout

_SIZE, _GAP = 0.17, 14.0
_LEAST = 110.0


def inset(whole: Layout, part: Layout, drawn: Layout, palette: Palette) -> tuple[list[str], Frame]:
    """The small picture and the frame that holds it: in a corner where nothing is, or else beside.

    The corner is free in all of `part`, so that the picture stays in its place while more of it is `drawn`.
    """
    frame = part.frame
    wide = max(_LEAST, _SIZE * frame.width)
    high = wide * min(max(whole.frame.height / whole.frame.width, 0.4), 1.2)
    corner = next((one for one in _corners(frame, wide, high) if _free(part, one)), None)
    if corner is None:
        corner = Box(frame.left + frame.width + wide / 2, frame.top + high / 2 + _GAP, wide / 2, high / 2, ())
        frame = Frame(frame.left, frame.top, frame.width + wide + _GAP, max(frame.height, high + 2 * _GAP))
    return [_picture(whole, drawn, corner, palette)], frame


def _corners(frame: Frame, wide: float, high: float) -> list[Box]:
    left, right = frame.left + _GAP + wide / 2, frame.left + frame.width - _GAP - wide / 2
    top, bottom = frame.top + _GAP + high / 2, frame.top + frame.height - _GAP - high / 2
    return [
        Box(x, y, wide / 2, high / 2, ())
        for x, y in ((right, bottom), (left, bottom), (right, top), (left, top))
    ]


def _free(part: Layout, corner: Box) -> bool:
    """Whether no box, arrow, sign or ring with its name reaches into the corner."""
    blocks = [*part.boxes.values(), *(ring.name for ring in part.rings.values())]
    blocks += [Box(ring.x, ring.y, RING, RING, ()) for ring in part.rings.values()]
    points = [np.array(wire.sign_at)[None] for wire in part.wires] + [wire.points for wire in part.wires]
    return not any(
        abs(block.x - corner.x) < block.half_width + corner.half_width + _GAP
        and abs(block.y - corner.y) < block.half_height + corner.half_height + _GAP
        for block in blocks
    ) and not any(inside(some, corner, _GAP).any() for some in points)


def _picture(whole: Layout, part: Layout, corner: Box, palette: Palette) -> str:
    frame = whole.frame
    scale = min(2 * corner.half_width / frame.width, 2 * corner.half_height / frame.height)
    middle = frame.left + frame.width / 2, frame.top + frame.height / 2
    dots = []
    for name, box in whole.boxes.items():
        x, y = corner.x + scale * (box.x - middle[0]), corner.y + scale * (box.y - middle[1])
        shown = name in part.boxes
        dots.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{3.4 if shown else 2.2}" '
            f'fill="{palette.ink if shown else "none"}" stroke="{palette.ink if shown else palette.muted}"/>'
        )
    return (
        f'<g class="inset" role="img" aria-label="{len(part.boxes)} of {len(whole.boxes)} boxes are drawn">'
        f'<rect x="{corner.x - corner.half_width:.1f}" y="{corner.y - corner.half_height:.1f}" '
        f'width="{2 * corner.half_width:.1f}" height="{2 * corner.half_height:.1f}" rx="6" '
        f'fill="{palette.paper}" stroke="{palette.grid}"/>{"".join(dots)}</g>'
    )
