"""What a layout is made of: boxes, wires, rings and a frame around them, in drawing units, y downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loops.draw.arcs import Points
from loops.model import Link

FONT, LINE = 21.0, 25.0
"""Size of a label's letters and distance of its lines: at least 15 px on a screen 1200 px wide, as long as
the drawing is at most 1680 units wide."""
NAME, NAME_LINE = 17.0, 20.0
"""The same for the name of a loop."""
RING = 25.0
"""Radius of a loop's ring with its arrow."""
SIGN, MARK = 11.0, 10.0
"""Half the side of the square kept for a sign, and for a mark on a line."""


@dataclass(frozen=True)
class Box:
    """A node's place: its centre, half its width and height, and the lines of its label."""

    x: float
    y: float
    half_width: float
    half_height: float
    lines: tuple[str, ...]


def marks_on(link: Link, points: Points) -> tuple[Box, ...]:
    """The squares that a link's marks take on its line."""
    at = [delay_at(points)] if link.delay else []
    at += [contested_at(points)] if link.grade == "contested" else []
    return tuple(Box(float(points[place, 0]), float(points[place, 1]), MARK, MARK, ()) for place in at)


def delay_at(points: Points) -> int:
    """Which point of a line carries the two bars of a delay: the middle one."""
    return len(points) // 2


def contested_at(points: Points) -> int:
    """Which point of a line carries the diamond of a contested arrow, short of where a delay would be."""
    return len(points) * 2 // 7


@dataclass(frozen=True)
class Wire:
    """A link's place: points (n, 2) on one circular arc from edge to edge, and the centre of its sign."""

    link: Link
    key: str
    points: Points
    sign_at: tuple[float, float]
    bend: float

    @property
    def marks(self) -> tuple[Box, ...]:
        """The squares on its line that a mark takes: of a delay, of evidence that points both ways."""
        return marks_on(self.link, self.points)


@dataclass(frozen=True)
class Ring:
    """A loop's place: the centre of its ring, the way it turns, what it says, and the block of its name."""

    x: float
    y: float
    clockwise: bool
    label: str
    name: Box


@dataclass(frozen=True)
class Frame:
    """What the drawing fills."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Layout:
    """Where everything lies. `rings` holds the named loops that are shown whole, by their id in the file."""

    boxes: Mapping[str, Box]
    wires: tuple[Wire, ...]
    rings: Mapping[str, Ring]
    frame: Frame
