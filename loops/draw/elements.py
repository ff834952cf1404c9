"""The three kinds of thing on a diagram as SVG groups: an arrow, a box, the ring of a loop."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from loops.draw.arcs import along
from loops.draw.palette import Palette
from loops.draw.places import FONT, LINE, NAME, NAME_LINE, RING, Box, Ring, Wire, contested_at, delay_at
from loops.draw.scale import in_words
from loops.draw.shapes import arrowhead, badge, halo, hatch, mix, pair, path, safe, words
from loops.feedback import Feedback
from loops.model import Context, Lever, Link, Model

SIGNS = {"+": "+", "-": "\u2212", "?": "?"}
"""What is drawn: the true minus sign is as wide as the plus."""
GRADES = ("stated", "inferred", "assumed", "contested")
_DASHES = {"inferred": (3.4, 3.2), "assumed": (0.01, 2.5), "contested": (3.4, 2.6, 0.01, 2.6)}
"""By evidence, in widths of a line with round ends; a contested arrow also carries a small diamond."""
KINDS = {"R": "snowball", "B": "brake", "?": "not decided yet"}
BOLD = ' font-weight="700"'
_SIGN, _LETTER = f'{BOLD} class="sign"', f'{BOLD} class="letter"'
_SLANT = ' font-style="italic"'
_NAME = f'{_SLANT} class="name"'
_FADED, _FADED_BOX = (0.18, 0.35), (0.4, 0.6)
"""Opacity of what does not stand out: hardly there, or told before in a story and still readable."""
_LEAST_CHANGE = 0.025
"""A smaller change rounds to none."""


@dataclass(frozen=True)
class Look:
    """How one element is drawn: `stands` is true, false (it fades) or none (nothing stands out).

    What was `told` before in a story fades less. What people `said` of a box stands `said_at` its edge;
    without a level the box is hatched: nobody knows.
    """

    stands: bool | None = None
    mark: str | None = None
    level: float | None = None
    change: float | None = None
    named: bool = True
    told: bool = False
    said: str | None = None
    said_at: tuple[float, float] = (0.0, 0.0)


def sentence(model: Model, link: Link) -> str:
    """An arrow in words."""
    source, target = model.nodes[link.source].label, model.nodes[link.target].label
    leads = {"+": "more leads to more", "-": "more leads to less", "?": "more or less, not known yet"}
    late = f", after about {link.delay:g} months" if link.delay else ""
    return f"{source} to {target}: {leads[link.polarity]}{late} ({link.grade})"


def colour(link: Link, palette: Palette) -> str:
    """The colour of an arrow by its sign."""
    return {"+": palette.positive, "-": palette.negative, "?": palette.unknown}[link.polarity]


def arrow(model: Model, wire: Wire, palette: Palette, look: Look) -> str:
    """An arrow with its sign, a broad unseen line to point at, and its marks."""
    points, ink = wire.points, colour(wire.link, palette)
    broad = 4.2 if look.stands else 2.6
    length = 12 + broad
    tip = points[-1]
    way = tip - points[int(np.argmin(np.abs(np.hypot(*(points - tip).T) - length)))]
    way = way / (np.hypot(*way) or 1.0)
    keep = np.flatnonzero(np.hypot(*(points - tip).T) >= 0.7 * length)
    body = points[: max(int(keep[-1]) + 1 if keep.size else 0, 3)]
    sign, said = SIGNS[wire.link.polarity], safe(sentence(model, wire.link))
    return (
        f'<g class="link" data-link="{safe(wire.key)}" data-bend="{wire.bend:.3f}" aria-label="{said}" '
        f'opacity="{_FADED[look.told] if look.stands is False else 1}"><title>{said}</title>'
        f'<path class="hit" d="{path(points)}" fill="none" stroke="{palette.paper}" stroke-opacity="0" '
        f'stroke-width="18"/>{stroke(path(body), wire.link.grade, broad, ink)}'
        f'<polygon class="tip" points="{arrowhead(tip, way, length, 4.5 + 0.6 * broad)}" fill="{ink}"/>'
        f"{_marks(wire, palette, look, ink)}{halo(sign, wire.sign_at, 27, palette.paper, BOLD)}"
        f"{words(sign, wire.sign_at, 27, ink, _SIGN)}</g>"
    )


def stroke(drawn: str, grade: str, broad: float, ink: str) -> str:
    """The line of an arrow along a path, dashed by how well the arrow is known."""
    dashes = " ".join(f"{broad * length:.2f}" for length in _DASHES.get(grade, ()))
    return (
        f'<path class="wire" d="{drawn}" fill="none" stroke="{ink}" stroke-width="{broad}" '
        f'stroke-linecap="{"round" if dashes else "butt"}" stroke-dasharray="{dashes or "none"}"/>'
    )


def _marks(wire: Wire, palette: Palette, look: Look, ink: str) -> str:
    points, drawn = wire.points, ""
    if wire.link.delay:
        middle = delay_at(points)
        way = along(points, middle)
        across = np.array([way[1], -way[0]])
        bars = "".join(
            f"M{pair(centre + 9 * across)} L{pair(centre - 9 * across)} "
            for centre in (points[middle] - 4 * way, points[middle] + 4 * way)
        )
        drawn += (
            f'<path class="delay" d="{bars.strip()}" stroke="{palette.ink}" stroke-width="3" fill="none"/>'
        )
    if wire.link.grade == "contested":
        x, y = points[contested_at(points)]
        corners = f"{x:.1f},{y - 9:.1f} {x + 9:.1f},{y:.1f} {x:.1f},{y + 9:.1f} {x - 9:.1f},{y:.1f}"
        look_of = f'fill="{palette.paper}" stroke="{ink}" stroke-width="2.4"'
        drawn += f'<polygon class="contested" points="{corners}" {look_of}/>'
    if look.mark:
        x, y = points[len(points) * (3 if wire.link.delay else 4) // 9]
        drawn += badge(look.mark, (x, y), palette)
    return drawn


def node(model: Model, name: str, box: Box, palette: Palette, look: Look) -> str:
    """A box by kind: rounded, square and thick for a lever, dashed for a circumstance."""
    one = model.nodes[name]
    kind = {Lever: ", something we can do", Context: ", a circumstance nobody here controls"}.get(
        type(one), ""
    )
    heard = look.said or ("" if look.level is None else in_words(look.level))
    said = safe(f"{one.label}{kind}{f', {heard}' if heard else ''}{_change_in_words(look.change)}")
    thick = (3.2 if isinstance(one, Lever) else 1.8) + (1.2 if look.stands else 0)
    dashes = ' stroke-dasharray="6 5"' if isinstance(one, Context) else ""
    left, top = box.x - box.half_width, box.y - box.half_height
    lines = "".join(
        words(line, (box.x, box.y + (row - (len(box.lines) - 1) / 2) * LINE), FONT, palette.ink)
        for row, line in enumerate(box.lines)
    )
    mark = badge(look.mark, (box.x + box.half_width - 12, top), palette) if look.mark else ""
    if look.said:
        mark += badge(look.said, look.said_at, palette, NAME)
    return (
        f'<g class="node" data-node="{safe(name)}" aria-label="{said}" '
        f'opacity="{_FADED_BOX[look.told] if look.stands is False else 1}"><title>{said}</title>'
        f'<rect class="box" x="{left:.1f}" y="{top:.1f}" width="{2 * box.half_width:.1f}" '
        f'height="{2 * box.half_height:.1f}" rx="{1 if isinstance(one, Lever) else 14}" '
        f'fill="{_fill(look, palette)}" stroke="{palette.ink if look.stands else palette.muted}" '
        f'stroke-width="{thick:g}"{dashes}/>{_gauge(box, look, palette)}{lines}{mark}</g>'
    )


def _fill(look: Look, palette: Palette) -> str:
    if look.change is not None:
        # half of what is possible is already a full colour: changes are rarely larger
        return mix(palette.mid, palette.high if look.change > 0 else palette.low, 2 * abs(look.change))
    if look.level is not None:
        return mix(palette.mid, palette.high, look.level)
    return palette.box


def _change_in_words(change: float | None) -> str:
    if change is None:
        return ""
    if abs(change) < _LEAST_CHANGE:
        return ", no different"
    return ", more" if change > 0 else ", less"


def _gauge(box: Box, look: Look, palette: Palette) -> str:
    """What the fill says, for those who see no colour: a bar as long as the level, or an arrow up or down."""
    if look.said and look.level is None:
        left, top = box.x - box.half_width + 4, box.y - box.half_height + 4
        return hatch(left, top, 2 * box.half_width - 8, 2 * box.half_height - 8, palette.muted)
    if look.change is not None:
        if abs(look.change) < _LEAST_CHANGE:
            return ""
        up = -1 if look.change > 0 else 1
        tip = np.array([box.x - box.half_width + 14, box.y - box.half_height + up * 10])
        corners = arrowhead(tip, np.array([0.0, up]), 20, 11)
        inks = f'fill="{palette.ink}" stroke="{palette.paper}" stroke-width="2"'
        return f'<polygon class="change" points="{corners}" {inks}/>'
    if look.level is None:
        return ""
    full = 2 * box.half_width - 24
    where = f'x="{box.x - full / 2:.1f}" y="{box.y + box.half_height - 9:.1f}" height="5"'
    part = full * min(max(look.level, 0.0), 1.0)
    return (
        f'<rect class="track" {where} width="{full:.1f}" fill="{palette.ink}" fill-opacity="0.14"/>'
        f'<rect class="gauge" {where} width="{part:.1f}" data-full="{full:.1f}" fill="{palette.ink}"/>'
    )


def ring(model: Model, loop: Feedback, place: Ring, palette: Palette, look: Look) -> str:
    """A loop's ring, turning the way the loop does, with its letter and its name."""
    ink = {"R": palette.reinforcing, "B": palette.balancing, "?": palette.unknown}[loop.letter]
    path_in_words = ", ".join(model.nodes[name].label for name in loop.nodes)
    said = safe(f"{place.label}, {loop.name}, {KINDS[loop.letter]}: {path_in_words}")
    turn = 1 if place.clockwise else -1
    radius = RING - 4
    angles = math.pi * 1.5 + turn * np.radians(np.linspace(28, 318, 25))
    points = np.array([place.x, place.y]) + radius * np.column_stack([np.cos(angles), np.sin(angles)])
    way = along(points, len(points) - 1)
    size = 21 if len(place.label) < 3 else 17
    name = ""
    if look.named:
        rows = [
            (line, (place.name.x, place.name.y + (row - (len(place.name.lines) - 1) / 2) * NAME_LINE))
            for row, line in enumerate(place.name.lines)
        ]
        name = "".join(halo(line, at, NAME, palette.paper, _SLANT) for line, at in rows)
        name += "".join(words(line, at, NAME, ink, _NAME) for line, at in rows)
    return (
        f'<g class="loop" data-loop="{safe(loop.named.id if loop.named else loop.id)}" aria-label="{said}" '
        f'opacity="{_FADED[look.told] if look.stands is False else 1}"><title>{said}</title>'
        f'<circle class="hit" cx="{place.x:.1f}" cy="{place.y:.1f}" r="{RING:g}" fill="{palette.paper}"/>'
        f'<path class="ring" d="{path(points)}" fill="none" stroke="{ink}" '
        f'stroke-width="{4 if look.stands else 3}"/>'
        f'<polygon points="{arrowhead(points[-1] + 9 * way, way, 13, 7.5)}" fill="{ink}"/>'
        f"{words(place.label, (place.x, place.y), size, ink, _LETTER)}{name}</g>"
    )
