"""Loop labels that say no more than where they stand: each is taken for the smallest loop drawn round it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from loops.circuits import graph_of, shortest_first
from loops.interchange.curves import Point
from loops.interchange.draft import Draft, DraftArrow, DraftLoop, Note
from loops.model import MAX_LINKS
from loops.validity import MAX_NODES

_MOST, _MOST_LABELS = 300, 100
"""Loops looked at, the shortest first, and labels that are looked for."""
_LETTERS = {1: "R", -1: "B"}
_FACTORS = {"+": 1, "-": -1, "?": 0}


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A loop as it is drawn: the boxes along it, its letter or ?, and the points (n, 2) of its outline."""

    path: tuple[str, ...]
    letter: str
    outline: NDArray[np.float64]

    @property
    def area(self) -> float:
        """What it encloses, by the shoelace formula."""
        (x, y), (to_x, to_y) = self.outline.T, np.roll(self.outline, -1, axis=0).T
        return float(abs(np.sum(x * to_y - to_x * y))) / 2

    def holds(self, at: Point) -> bool:
        """Whether a point is inside: a ray from it to the right crosses an odd number of sides."""
        (x, y), (to_x, to_y) = self.outline.T, np.roll(self.outline, -1, axis=0).T
        sides = (y > at[1]) != (to_y > at[1])
        cut = x[sides] + (at[1] - y[sides]) / (to_y - y)[sides] * (to_x - x)[sides]
        return bool(np.count_nonzero(cut > at[0]) % 2)


def settle(labels: Sequence[tuple[DraftLoop, Point]], draft: Draft) -> list[Note]:
    """Give each loop that has no path the one that its label stands in, and say so.

    Of the loops round a label the smallest with its letter is taken, else the smallest; each only once.
    Nothing is done for a diagram that is too large to be opened.
    """
    lost = [(loop, at) for loop, at in labels if not loop.path and not loop.links]
    if not lost or len(draft.nodes) > MAX_NODES or len(draft.arrows) > MAX_LINKS:
        return []
    drawn = _drawn(draft)
    cut_short = len(drawn) == _MOST or len(lost) > _MOST_LABELS
    words = {node.key: node.label for node in draft.nodes}
    notes = []
    for loop, at in lost[:_MOST_LABELS]:
        letter = loop.letter[:1]
        if around := [one for one in drawn if one.holds(at)]:
            chosen = min(around, key=lambda one: (one.letter not in ("?", letter), one.area))
            drawn.remove(chosen)
            loop.path = chosen.path
            way = " → ".join(f"“{words[key]}”" for key in (*loop.path, loop.path[0]))
            says = f"“{loop.letter or loop.name}” is taken for the loop that it stands in: {way}."
            notes.append(Note("assumed", loop.place, says))
    if cut_short:
        says = (
            f"Loops for labels were looked for among the {_MOST} shortest, and for {_MOST_LABELS} labels. "
            "A label of another one is left without."
        )
        notes.append(Note("left out", "", says))
    return notes


def _drawn(draft: Draft) -> list[_Drawn]:
    """The shortest loops whose boxes all have a place."""
    places = {node.key: node.position for node in draft.nodes if node.position is not None}
    arrows = {
        (arrow.source, arrow.target): arrow
        for arrow in draft.arrows
        if arrow.source in places and arrow.target in places
    }
    found = []
    for path in islice(shortest_first(graph_of(arrows)), _MOST):
        along = [arrows[pair] for pair in pairwise((*path, path[0]))]
        letter = _LETTERS.get(math.prod(_FACTORS[arrow.sign] for arrow in along), "?")
        found.append(_Drawn(path, letter, _outline(along, places)))
    return found


def _outline(arrows: Sequence[DraftArrow], places: Mapping[str, Point]) -> NDArray[np.float64]:
    """The polygon along some arrows: where each begins, and the middle of its bow."""
    outline = []
    for arrow in arrows:
        (x, y), (to_x, to_y), bend = places[arrow.source], places[arrow.target], arrow.bend or 0.0
        outline += [(x, y), ((x + to_x) / 2 + bend * (to_y - y), (y + to_y) / 2 - bend * (to_x - x))]
    return np.array(outline, dtype=float)
