"""Where the boxes and arrows of a diagram lie: wrapped labels, bowed arrows from edge to edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops.model import Link, Model

Points = NDArray[np.float64]

FONT = 21.0
LINE = 25.0
_LETTERS = 17
"""Letters on a line of a label, about."""
_LINES = 5
"""A longer label is cut here, and its box still says all of it to whoever rests on it."""
_BOWS = (0.05, -0.05, 0.1, -0.1, 0.17, -0.17, 0.25, -0.25, 0.35, -0.35)
_CROWD = 60
"""Boxes beyond which no bow is searched for: a search for each of thousands of arrows would take too long."""
_SAMPLES = np.linspace(0, 1, 33)


@dataclass(frozen=True)
class Box:
    """A node's place: its centre, half its width and height, and the lines of its label."""

    x: float
    y: float
    half_width: float
    half_height: float
    lines: tuple[str, ...]

    def holds(self, points: Points, pad: float = 0.0) -> NDArray[np.bool_]:
        """Which of the points lie inside, or closer than `pad`."""
        across = np.abs(points[:, 0] - self.x) < self.half_width + pad
        return across & (np.abs(points[:, 1] - self.y) < self.half_height + pad)


@dataclass(frozen=True)
class Arrow:
    """A link's place: points along the curve from edge to edge, and the side on which it bows (1 or -1)."""

    link: Link
    points: Points
    side: int


def wrap(label: str, letters: int = _LETTERS, most: int = _LINES) -> tuple[str, ...]:
    """Break a label into lines; a word longer than a line is broken too, and what is left over becomes "…".

    >>> wrap("The wider system backs it")
    ('The wider system', 'backs it')
    """
    lines: list[str] = []
    for word in label.split():
        pieces = [word[at : at + letters] for at in range(0, len(word), letters)]
        for piece in pieces:
            if lines and len(lines[-1]) + 1 + len(piece) <= letters and piece is pieces[0]:
                lines[-1] += f" {piece}"
            else:
                lines.append(piece)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][: letters - 1] + "…"]
    return tuple(lines or ["…"])


def boxes(model: Model, shown: Sequence[str], *, short: bool) -> dict[str, Box]:
    """Place the nodes named in `shown`: by hand where the file says so, on a ring where it does not."""
    unplaced = [name for name in shown if model.nodes[name].position is None]
    placed: dict[str, Box] = {}
    for name in shown:
        node = model.nodes[name]
        lines = wrap((node.short if short else None) or node.label)
        x, y = node.position or _on_ring(unplaced.index(name), len(unplaced))
        placed[name] = Box(x, y, max(map(_width, lines)) / 2 + 14, len(lines) * LINE / 2 + 9, lines)
    return placed


def arrows(model: Model, placed: dict[str, Box]) -> list[Arrow]:
    """Draw every link between placed boxes, bowed so as to keep off the other boxes where it can."""
    drawn: list[Arrow] = []
    taken: dict[frozenset[str], list[float]] = {}
    for link in model.links:
        if link.source not in placed or link.target not in placed:
            continue
        if link.source == link.target:
            drawn.append(Arrow(link, _round_trip(placed[link.source]), 1))
            continue
        used = taken.setdefault(frozenset((link.source, link.target)), [])
        # the same bow seen from the other end lies on the other side
        facing = 1.0 if link.source < link.target else -1.0
        near = [facing * one for one in used[-12:]]  # beyond a dozen between two boxes no bow is free
        bow = link.bend if link.bend is not None else _bow(link, placed, near)
        used.append(facing * bow)
        drawn.append(
            Arrow(link, _between(placed[link.source], placed[link.target], bow), 1 if bow >= 0 else -1)
        )
    return drawn


def _width(line: str) -> float:
    """The width of a line in sans-serif letters, a little generous; anything beyond Latin is wide."""
    return (
        sum(0.3 if c in "iljtf.,:;'!|I " else 0.86 if c in "mwMW@%" or ord(c) > 0x24F else 0.56 for c in line)
        * FONT
    )


def _on_ring(place: int, count: int) -> tuple[float, float]:
    angle = 2 * math.pi * place / max(count, 1) - math.pi / 2
    radius = max(320.0, 38.0 * count)
    return 800 + 1.35 * radius * math.cos(angle), 500 + radius * math.sin(angle)


def _curve(start: Box, end: Box, bow: float) -> Points:
    """A parabola from centre to centre whose middle stands off the straight line by `bow` of its length."""
    first, last = np.array([start.x, start.y]), np.array([end.x, end.y])
    way = last - first
    control = (first + last) / 2 + 2 * bow * np.array([way[1], -way[0]])
    t = _SAMPLES[:, None]
    points: Points = (1 - t) ** 2 * first + 2 * t * (1 - t) * control + t**2 * last
    return points


def _between(start: Box, end: Box, bow: float) -> Points:
    """The part of the curve outside both boxes, sampled finely enough to look smooth."""
    coarse = _curve(start, end, bow)
    fine = np.column_stack(
        [np.interp(np.linspace(0, 32, 193), np.arange(33), coarse[:, axis]) for axis in (0, 1)]
    )
    outside = np.flatnonzero(~(start.holds(fine, 3) | end.holds(fine, 7)))
    if outside.size < 12:
        return fine[60:133]  # boxes that overlap: show that there is an arrow all the same
    return fine[outside[0] : outside[-1] + 1]


def _bow(link: Link, placed: dict[str, Box], used: Sequence[float]) -> float:
    """The bow that best keeps off the other boxes and arrows; in a crowd, the first free one."""
    if len(placed) > _CROWD:
        return next((bow for bow in _BOWS[2:] if all(abs(bow - one) >= 0.15 for one in used)), _BOWS[2])
    others = [box for name, box in placed.items() if name not in (link.source, link.target)]
    walls = np.array([(box.x, box.y, box.half_width + 8, box.half_height + 8) for box in others]).reshape(
        -1, 4
    )

    def cost(bow: float) -> float:
        points = _curve(placed[link.source], placed[link.target], bow)
        off = np.abs(points[:, None, :] - walls[:, :2])
        through = float((off < walls[:, 2:]).all(axis=2).sum()) / len(points)
        crowded = sum(abs(bow - one) < 0.15 for one in used)
        # a long arrow with a deep bow would leave the drawing
        depth = abs(bow) * float(np.hypot(*(points[-1] - points[0]))) / 250
        return 8 * through + 4 * crowded + depth + abs(abs(bow) - 0.12)

    return min(_BOWS, key=cost)


def _round_trip(box: Box) -> Points:
    """A small loop above a box, for a link from a node to itself."""
    angle = np.linspace(math.pi * 0.8, math.pi * 2.2, 60)
    return np.column_stack([box.x + 30 * np.cos(angle), box.y - box.half_height - 20 + 30 * np.sin(angle)])
