"""A few loops that stand for all: the shortest independent loop set of a large diagram."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import TypeAlias

import networkx as nx

from loops.circuits import Graph, graph_of
from loops.feedback import Arrows, Feedback, arrows_of, by_length, feedback_of, named_of
from loops.model import Model

MOST_STEPS = 1_000_000
"""How many links the candidates may have in all, in each strongly connected part."""

Step: TypeAlias = tuple[str, str, int]
"""Source, target, and which of the arrows that join them."""


def independent(model: Model) -> tuple[Feedback, ...]:
    """Return a shortest independent loop set: few loops that together use every link on any loop.

    Candidates are the geodetic circuits: there and back by a shortest path, for every arrow and for every two
    nodes. Each turn takes the one that brings the fewest new links, then the shortest, then the smallest id,
    until none brings any. Every loop brought a link that none before it had, so none is a combination of the
    others, and a strongly connected part with E arrows and V nodes gives at most E - V + 1. It can give
    fewer: in a complete digraph every geodetic circuit is a pair of opposite links, and where circuits are
    very long :data:`MOST_STEPS` cuts the candidates (never those for an arrow). Order: by length, then id.

    R. Oliva (2004), Model structure analysis through graph theory, System Dynamics Review 20(4), 313-336,
    doi 10.1002/sdr.299.
    """
    arrows = arrows_of(model)
    named = named_of(model, arrows)
    chosen = (
        feedback_of(model, arrows, tuple(arrows[source, target][which] for source, target, which in steps))
        for steps in _fewest_new(_geodetic(arrows))
    )
    return tuple(named.get(loop.id, loop) for loop in sorted(chosen, key=by_length))


def _geodetic(arrows: Arrows) -> list[tuple[Step, ...]]:
    """Circuits of a shortest path there and one back, for each arrow and each two nodes, shortest first."""
    found: set[tuple[Step, ...]] = set()
    for part in nx.strongly_connected_components(graph_of(arrows)):
        inside = {pair: arrows[pair] for pair in arrows if part.issuperset(pair)}
        graph = graph_of(inside)
        before = {node: dict(nx.bfs_predecessors(graph, node)) for node in graph}
        for (source, target), parallel in inside.items():
            nodes = (source, *_path(before, target, source))
            found.update(_steps(nodes, which) for which in range(len(parallel)))
        spare = MOST_STEPS
        for _, u, v in _nearest_first(graph):
            nodes = (*_path(before, u, v), *_path(before, v, u))
            if len(set(nodes)) == len(nodes):  # or else a figure of eight
                found.add(_steps(nodes))
            spare -= len(nodes)
            if spare < 0:
                break
    return sorted(found, key=lambda steps: (len(steps), steps))


def _nearest_first(graph: Graph) -> list[tuple[int, str, str]]:
    """Every two nodes with the number of links there and back, in the order of it."""
    away = dict(nx.all_pairs_shortest_path_length(graph))
    return sorted((away[u][v] + away[v][u], u, v) for u, v in combinations(sorted(graph), 2))


def _path(before: Mapping[str, Mapping[str, str]], source: str, target: str) -> tuple[str, ...]:
    """The nodes of a shortest path, `source` included and `target` not."""
    path = []
    while target != source:
        target = before[source][target]
        path.append(target)
    return tuple(reversed(path))


def _steps(nodes: tuple[str, ...], which: int = 0) -> tuple[Step, ...]:
    """The circuit of `nodes`, whose first step takes arrow `which`, from its smallest step on."""
    places = (which, *[0] * (len(nodes) - 1))
    steps = tuple(zip(nodes, (*nodes[1:], nodes[0]), places, strict=True))
    first = steps.index(min(steps))
    return steps[first:] + steps[:first]


def _fewest_new(circuits: Sequence[tuple[Step, ...]]) -> Iterator[tuple[Step, ...]]:
    """Yield the circuit that brings the fewest new steps, earlier ones first, until none brings any."""
    new = [len(steps) for steps in circuits]
    users: dict[Step, list[int]] = {}
    for place, steps in enumerate(circuits):
        for step in steps:
            users.setdefault(step, []).append(place)
    waiting = [(count, place) for place, count in enumerate(new)]
    heapq.heapify(waiting)
    while waiting:
        count, place = heapq.heappop(waiting)
        if count != new[place] or not count:  # a newer entry waits, or nothing new is left
            continue
        yield circuits[place]
        for user in chain.from_iterable(users.pop(step, ()) for step in circuits[place]):
            new[user] -= 1
            heapq.heappush(waiting, (new[user], user))
