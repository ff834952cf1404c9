"""The diagram as SVG: boxes, arrows with their signs, delay marks, and how well each arrow is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from html import escape

import numpy as np

from loops.draw.geometry import FONT, LINE, Arrow, Box, arrows, boxes
from loops.draw.palette import Palette
from loops.model import Context, Lever, Link, Model

GRADE_STROKES = {"stated": "", "inferred": "12 6", "assumed": "2 6", "contested": "12 5 2 5"}
_FADED = 0.16
SIGNS = {"+": "+", "-": "\u2212", "?": "?"}
"""What is drawn: the true minus sign is as wide as the plus."""


def draw(
    model: Model,
    shown: Sequence[str],
    palette: Palette,
    *,
    short: bool = False,
    lit: Collection[Link] | None = None,
) -> str:
    """Draw the nodes of `shown` and the arrows among them; with `lit` links, all that is not on them fades.

    Everything that comes from the model is escaped.
    """
    placed = boxes(model, shown, short=short)
    wires = arrows(model, placed)
    on_loop = {end for link in lit or () for end in (link.source, link.target)}
    left, top, width, height = _frame(placed, wires)
    body = [_wire(wire, palette, lit is None or wire.link in lit) for wire in wires]
    body += [
        _box(model, name, box, palette, faded=lit is not None and name not in on_loop)
        for name, box in placed.items()
    ]
    body += [_sign(wire, palette, lit is None or wire.link in lit) for wire in wires]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" '
        f'aria-labelledby="diagram-title diagram-words" font-family="Arial, Helvetica, sans-serif">'
        f'<title id="diagram-title">{escape(model.title)}</title>'
        f'<desc id="diagram-words">{escape(_in_words(model, wires))}</desc>{"".join(body)}</svg>'
    )


def _frame(placed: dict[str, Box], wires: Sequence[Arrow]) -> tuple[float, float, float, float]:
    corners = [(box.x - box.half_width, box.y - box.half_height) for box in placed.values()]
    corners += [(box.x + box.half_width, box.y + box.half_height) for box in placed.values()]
    points = np.vstack([np.array(corners or [(0.0, 0.0)]), *(wire.points for wire in wires)])
    (left, top), (right, bottom) = points.min(axis=0) - 26, points.max(axis=0) + 26
    return float(left), float(top), float(right - left), float(bottom - top)


def _in_words(model: Model, wires: Sequence[Arrow]) -> str:
    """The diagram for those who cannot see it; the page has the same arrows as a table."""
    told = [
        f"{model.nodes[link.source].label} {SIGNS[link.polarity]} {model.nodes[link.target].label}"
        for link in (wire.link for wire in wires)
    ]
    return f"{len(told)} arrows. " + "; ".join(told)


def _colour(link: Link, palette: Palette) -> str:
    return {"+": palette.positive, "-": palette.negative, "?": palette.unknown}[link.polarity]


def _wire(wire: Arrow, palette: Palette, lit: bool) -> str:
    points, colour = wire.points, _colour(wire.link, palette)
    tip, ahead = points[-1], points[-1] - points[-7]
    ahead = ahead / (np.hypot(*ahead) or 1.0)
    across = np.array([ahead[1], -ahead[0]])
    head = (tip, tip - 15 * ahead + 6.5 * across, tip - 15 * ahead - 6.5 * across)
    body = points[: max(int(np.argmax(np.hypot(*(points - tip).T) < 11)), 2)]
    dashes = GRADE_STROKES[wire.link.grade]
    late = _bars(points, palette) if wire.link.delay else ""
    line = " L".join(map(_pair, (*body[::4], body[-1])))
    return (
        f'<g opacity="{1 if lit else _FADED}"><path d="M{line}" fill="none" '
        f'stroke="{colour}" stroke-width="2.6" stroke-linejoin="round" stroke-dasharray="{dashes}"/>'
        f'<polygon points="{" ".join(map(_pair, head))}" fill="{colour}"/>{late}</g>'
    )


def _bars(points: np.ndarray, palette: Palette) -> str:
    """Two short bars across the middle of an arrow that takes time."""
    middle = len(points) // 2
    along = points[min(middle + 3, len(points) - 1)] - points[max(middle - 3, 0)]
    along = along / (np.hypot(*along) or 1.0)
    across = np.array([along[1], -along[0]])
    marks = ""
    for shift in (-4, 4):
        centre = points[middle] + shift * along
        (x1, y1), (x2, y2) = centre + 10 * across, centre - 10 * across
        ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        marks += f'<line {ends} stroke="{palette.ink}" stroke-width="3"/>'
    return marks


def _sign(wire: Arrow, palette: Palette, lit: bool) -> str:
    """The sign beside the arrowhead, outside the bow, with a halo so that it reads across lines."""
    points = wire.points
    at = int(np.argmin(np.abs(np.hypot(*(points - points[-1]).T) - 27)))
    along = points[min(at + 3, len(points) - 1)] - points[max(at - 3, 0)]
    along = along / (np.hypot(*along) or 1.0)
    x, y = points[at] + wire.side * 14 * np.array([along[1], -along[0]])
    sign = SIGNS[wire.link.polarity]
    where = f'x="{x:.1f}" y="{y + 9:.1f}" text-anchor="middle" font-size="27" font-weight="700"'
    return (
        f'<g opacity="{1 if lit else _FADED}"><text {where} fill="{palette.paper}" stroke="{palette.paper}" '
        f'stroke-width="6" stroke-linejoin="round" aria-hidden="true">{sign}</text>'
        f'<text {where} fill="{_colour(wire.link, palette)}">{sign}</text></g>'
    )


def _box(model: Model, name: str, box: Box, palette: Palette, *, faded: bool) -> str:
    """A box by kind: rounded, square and thick for a lever, dashed for a circumstance."""
    node = model.nodes[name]
    round_by = 0 if isinstance(node, Lever) else 10
    outline = f'stroke="{palette.muted}" stroke-width="{3 if isinstance(node, Lever) else 1.6}"'
    if isinstance(node, Context):
        outline += ' stroke-dasharray="6 5"'
    lines = "".join(
        f'<text x="{box.x:.1f}" y="{box.y + (row - (len(box.lines) - 1) / 2) * LINE + FONT * 0.35:.1f}" '
        f'text-anchor="middle" font-size="{FONT:g}" fill="{palette.ink}">{escape(line)}</text>'
        for row, line in enumerate(box.lines)
    )
    return (
        f'<g opacity="{_FADED * 1.6 if faded else 1}"><title>{escape(node.label)}</title>'
        f'<rect x="{box.x - box.half_width:.1f}" '
        f'y="{box.y - box.half_height:.1f}" width="{2 * box.half_width:.1f}" '
        f'height="{2 * box.half_height:.1f}" rx="{round_by}" fill="{palette.box}" {outline}/>{lines}</g>'
    )


def _pair(point: np.ndarray) -> str:
    return f"{point[0]:.1f},{point[1]:.1f}"
