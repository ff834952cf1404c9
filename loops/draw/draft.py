"""A first placing of boxes that nobody has placed by hand: on the sites of a grid, with few crossings.

Stress (Kamada and Kawai 1989, doi 10.1016/0020-0190(89)90102-6) says who is near whom; then boxes change
places while that lowers the cost of crossings, of arrows through boxes, of length, and of loops that are not
round: simulated annealing, seeded and bounded by count, so that a model is always drafted the same way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from loops.draw.arcs import Points, turn
from loops.model import Model

Places = dict[str, tuple[float, float]]
_COLUMN, _ROW = 265.0, 165.0
"""Distance of the sites: a box fits between them with room for arrows."""
_CROWD, _MANY = 60, 300
"""Boxes and arrows beyond which nothing is searched for; springs, not stress, then say who is near whom."""
_CHANGES, _WARM, _COLD = 50, 3.0, 0.05
"""Changes tried for each box, and how willingly worse ones are taken at first and at last."""
_LOOKS = 15_000_000
"""Pairs of arrows looked at in all the changes together, at most."""
_SEED = 7
_CROSSING, _THROUGH, _LENGTH, _ROUND = 1.0, 0.6, 0.004, 3.0
_SHARES = np.linspace(0.1, 0.9, 9)
_PATHS = 30
"""Named loops whose shape is looked at."""


def positions(model: Model) -> Places:
    """The centre of every node: by hand where the file says so, else by this draft."""
    placed = {name: node.position for name, node in model.nodes.items() if node.position is not None}
    if len(placed) == len(model.nodes):
        return placed
    return placed | _beside(model, placed) if placed else _drafted(model)


def _drafted(model: Model) -> Places:
    names = list(model.nodes)
    number = {name: at for at, name in enumerate(names)}
    pairs = {(number[link.source], number[link.target]) for link in model.links}
    ends = np.array(sorted(pair for pair in pairs if pair[0] != pair[1]), dtype=np.intp).reshape(-1, 2)
    few = 2 < len(names) <= _CROWD and len(ends) <= _MANY
    sites, start = _on_grid(len(names), ends, stress=few)
    if few:
        paths = [np.array([number[name] for name in loop.path]) for loop in model.loops if len(loop.path) > 2]
        start = _annealed(ends, paths[:_PATHS], sites, start)
    return {name: (float(x), float(y)) for name, (x, y) in zip(names, sites[start], strict=False)}


def _on_grid(count: int, ends: NDArray[np.intp], *, stress: bool) -> tuple[Points, NDArray[np.intp]]:
    """The sites of a grid and their order: the first `count` are taken, joined boxes near each other."""
    graph = nx.Graph(ends.tolist())
    graph.add_nodes_from(range(count))
    loose = nx.circular_layout(graph)
    if stress and nx.is_connected(graph):
        loose = nx.kamada_kawai_layout(graph, pos=loose)
    else:
        loose = nx.spring_layout(graph, pos=loose, seed=_SEED, iterations=40)
    columns = math.ceil(math.sqrt(count))
    rows = math.ceil(count / columns)
    cells = np.arange(columns * rows)
    column, row = cells // rows, cells % rows
    sites = np.column_stack([_COLUMN * column, _ROW * (row + (column % 2) / 2)])
    from_left = sorted(range(count), key=lambda at: (loose[at][0], at))
    taken = [
        at
        for first in range(0, count, rows)
        for at in sorted(from_left[first : first + rows], key=lambda at: (loose[at][1], at))
    ]
    order = np.arange(len(sites))
    order[taken] = np.arange(count)
    return sites, order


def _annealed(
    ends: NDArray[np.intp], paths: Sequence[NDArray[np.intp]], sites: Points, start: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The order of the sites after many tries to let two of them, at least one with a box, change places."""
    chance = np.random.default_rng(_SEED)
    count = int(ends.max(initial=0)) + 1
    order, cost = start.copy(), _cost(sites[start], ends, paths)
    best, least = order, cost
    changes = min(_CHANGES * count, _LOOKS // max(len(ends), 1) ** 2)
    for step in range(changes):
        one, other = chance.integers(count), chance.integers(len(sites))
        tried = order.copy()
        tried[[one, other]] = tried[[other, one]]
        new = _cost(sites[tried], ends, paths)
        warmth = _WARM * (_COLD / _WARM) ** (step / changes)
        if new <= cost or chance.random() < math.exp((cost - new) / warmth):
            order, cost = tried, new
            if cost < least:
                best, least = order, cost
    return best


def _cost(points: Points, ends: NDArray[np.intp], paths: Sequence[NDArray[np.intp]]) -> float:
    """What a placing costs, with every arrow taken as a straight line."""
    start, end = points[ends[:, 0]], points[ends[:, 1]]
    a, b = start[:, None], end[:, None]
    crossed = (turn(a, b, start) * turn(a, b, end) < 0) & (turn(start, end, a) * turn(start, end, b) < 0)
    along = start[:, None] + _SHARES[None, :, None] * (end - start)[:, None]
    off = np.abs(along[:, :, None] - points)
    through = ((off[..., 0] < _COLUMN * 0.36) & (off[..., 1] < _ROW * 0.24)).sum(axis=(0, 1))
    own = np.bincount(
        ends.ravel(), minlength=len(points)
    )  # an arrow's first and last part lie in its own boxes
    length = float(np.hypot(*(end - start).T).sum())
    return (
        _CROSSING * float(crossed.sum()) / 2
        + _THROUGH * float(np.maximum(through - 2 * own, 0).sum())
        + _LENGTH * length
        + _ROUND * sum(_out_of_round(points[path]) for path in paths)
    )


def _out_of_round(outline: Points) -> float:
    """0 for a circle, 1 for a line: one less the isoperimetric quotient."""
    following = np.roll(outline, -1, axis=0)
    area = abs(float(np.sum(outline[:, 0] * following[:, 1] - following[:, 0] * outline[:, 1]))) / 2
    return 1 - 4 * math.pi * area / float(np.hypot(*(following - outline).T).sum()) ** 2


def _beside(model: Model, placed: Places) -> Places:
    """Places for the rest, one by one: the free spot nearest to the middle of their placed neighbours."""
    near: dict[str, set[str]] = {name: set() for name in model.nodes}
    for link in model.links:
        near[link.source].add(link.target)
        near[link.target].add(link.source)
    known, found = dict(placed), {}
    for name in model.nodes:
        if name in known:
            continue
        taken = np.array(list(known.values()))
        middle = np.mean([known[one] for one in sorted(near[name]) if one in known] or taken, axis=0)
        apart = (_COLUMN * 0.85, _ROW * 0.8)
        spot = next(one for one in _outwards(middle) if (np.abs(taken - one) >= apart).any(axis=1).all())
        known[name] = found[name] = (float(spot[0]), float(spot[1]))
    return found


def _outwards(middle: Points) -> Iterator[Points]:
    """Spots on a widening spiral."""
    step = 0
    while True:
        yield middle + 60 * math.sqrt(step) * np.array([1.4 * math.cos(2.4 * step), math.sin(2.4 * step)])
        step += 1
