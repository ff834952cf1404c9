"""The link that opens a diagram in Loopy, in its own way to write one.

A stronger arrow is drawn up to three times, as Loopy asks for; a delayed one bows far out, since signals take
longer on it. Labels are encoded once more than the rest. Source: Loopy 1.1, ``Model.serialize`` (CC0).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from urllib.parse import quote

from loops.editing.kinds import kind_of, level_of
from loops.editing.strengths import WORDS, word_of
from loops.interchange.export.pieces import label_of, strongest
from loops.model import Link, Model
from loops.scenario import Scenario

OPENS = "https://ncase.me/loopy/v1.1/?data="
"""What the link begins with: where Loopy is at home, and the name that its data has there."""
_COLOURS = {"variable": 4, "lever": 1, "context": 5}
"""Blue, orange and purple, of the six that Loopy has."""
_PLAIN = "!~*'()"
"""What a browser's own encoding leaves as it is."""
_BENT, _LATE, _APART = 0.5, 0.9, 0.05
"""The most that an arrow bows as a share of its length, what a delayed one does, and between repeats."""
_OWN, _OWN_LATE = 100, 300
"""The size of an arrow from a box to itself, in Loopy's units."""
Spots = dict[str, tuple[int, int]]


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """The whole link, one line; a plan has no place in it."""
    spots = _spots(model)
    numbers = {name: number for number, name in enumerate(model.nodes, start=1)}
    nodes = [
        [numbers[name], *spots[name], level_of(node), _twice(label_of(node)), _COLOURS[kind_of(node)]]
        for name, node in model.nodes.items()
    ]
    edges = [
        [numbers[link.source], numbers[link.target], arc, size, 0]
        for link in strongest(model.links)
        for arc, size in _drawn(link, spots)
    ]
    data = json.dumps([nodes, edges, [], len(nodes)], separators=(",", ":")).replace('"', "%22")
    return f"{OPENS}{data.removesuffix(']')}%5D\n".encode()


def _twice(label: str) -> str:
    return quote(quote(label, safe=_PLAIN), safe=_PLAIN)


def _spots(model: Model) -> Spots:
    """Where the boxes lie, in whole units; one on another's spot is moved aside, or no arrow could bow."""
    spots: Spots = {}
    taken: set[tuple[int, int]] = set()
    for name, node in model.nodes.items():
        x, y = map(round, node.position or (0.0, 0.0))
        while (x, y) in taken:
            x += 10
        spots[name] = (x, y)
        taken.add((x, y))
    return spots


def _drawn(link: Link, spots: Spots) -> Iterator[tuple[int, int]]:
    """The height of the arc and the strength of each line that an arrow is drawn as."""
    sign = {"+": 1, "-": -1, "?": 0}[link.polarity]
    repeats = WORDS.index(word_of(link.strength)) + 1 if sign else 1
    late = link.delay > 0
    for at in range(repeats):
        if link.source == link.target:
            yield (_OWN_LATE if late else _OWN) + 10 * at, sign
            continue
        bend = link.bend or 0.0
        bow = (_LATE if late else min(abs(bend), _BENT)) + _APART * at
        length = math.dist(spots[link.source], spots[link.target])
        yield round(math.copysign(bow, bend) * length), sign
