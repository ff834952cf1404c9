"""A first placing of boxes that nobody has placed by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator

import networkx as nx
import numpy as np

from loops.draw.arcs import Points
from loops.model import Model

_COLUMN, _ROW = 250.0, 130.0
_CROWD = 60
_SEED = 7
Places = dict[str, tuple[float, float]]


def positions(model: Model) -> Places:
    """The centre of every node: by hand where the file says so, else near what it is joined to."""
    placed = {name: node.position for name, node in model.nodes.items() if node.position is not None}
    if len(placed) == len(model.nodes):
        return placed
    return placed | _drafted(model, placed) if placed else _grid(model)


def _grid(model: Model) -> Places:
    """Spread by springs or stress, then put on a grid so that no two boxes touch."""
    graph = nx.Graph((link.source, link.target) for link in model.links if link.source != link.target)
    graph.add_nodes_from(model.nodes)
    start = nx.circular_layout(graph)
    if len(graph) > _CROWD or not nx.is_connected(graph):
        loose = nx.spring_layout(graph, pos=start, seed=_SEED, iterations=40)
    else:
        loose = nx.kamada_kawai_layout(graph, pos=start)
    columns = math.ceil(math.sqrt(len(graph) * 0.9))
    rows = math.ceil(len(graph) / columns)
    names = sorted(graph, key=lambda name: (loose[name][0], name))
    placed: Places = {}
    for column in range(columns):
        stack = sorted(names[column * rows : (column + 1) * rows], key=lambda name: (loose[name][1], name))
        for row, name in enumerate(stack):
            placed[name] = (_COLUMN * column, _ROW * (row - len(stack) / 2 + (column % 2) / 2))
    return placed


def _drafted(model: Model, placed: Places) -> Places:
    """Places for the rest, one by one: the free spot nearest to the middle of their placed neighbours."""
    known, found = dict(placed), {}
    taken = np.array(list(known.values()))
    for name in model.nodes:
        if name in known:
            continue
        near = [
            known[end]
            for link in model.links
            for end in _others(link.source, link.target, name)
            if end in known
        ]
        middle = np.mean(near or list(known.values()), axis=0)
        spot = next(
            spot
            for spot in _outwards(middle)
            if (np.abs(taken - spot) >= (_COLUMN * 0.8, _ROW * 0.7)).any(1).all()
        )
        known[name] = found[name] = (float(spot[0]), float(spot[1]))
        taken = np.vstack([taken, spot])
    return found


def _others(source: str, target: str, name: str) -> tuple[str, ...]:
    if name == source:
        return (target,)
    return (source,) if name == target else ()


def _outwards(middle: Points) -> Iterator[Points]:
    """Spots on a widening spiral."""
    step = 0
    while True:
        angle = 2.4 * step
        yield middle + 60 * math.sqrt(step) * np.array([1.4 * math.cos(angle), math.sin(angle)])
        step += 1
