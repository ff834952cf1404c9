"""Elementary circuits of a directed graph, shortest first, with polynomial work between one and the next."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import networkx as nx

Pair: TypeAlias = tuple[str, str]
Graph: TypeAlias = "nx.DiGraph[str]"
Waiting: TypeAlias = tuple[int, tuple[str, ...], tuple[str, ...] | None]
"""A path of a search: the length of the circuit it can become, its nodes, and the nodes of the way home."""


def graph_of(pairs: Iterable[Pair]) -> Graph:
    """The directed graph of some ordered pairs."""
    graph: Graph = nx.DiGraph()
    graph.add_edges_from(pairs)
    return graph


def shortest_first(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield the circuits by length, then node ids, with polynomial work between one and the next.

    A best-first search: a path from the smallest node of its circuits waits at the length of the shortest
    circuit it can become. The ``length_bound`` of networkx will not do: its time is exponential where paths
    are many and circuits long (networkx issue 8737).
    """
    following = {node: sorted(graph[node]) for node in sorted(graph)}
    homeward: dict[str, dict[str, int]] = {}  # links from each node back to the root, through larger ids only
    larger = graph.copy()
    for root in following:
        homeward[root] = dict(nx.single_target_shortest_path_length(larger, root))
        larger.remove_node(root)
    waiting: list[Waiting] = [(1, (root,), None) for root in following]
    while waiting:
        length, path, home = heapq.heappop(waiting)
        distance = homeward[path[0]]
        if home is None:  # the length is only a lower bound so far
            home = _way_home(following, path, distance)
            if home is not None:
                heapq.heappush(waiting, (len(path) + len(home), path, home))
            continue
        if not home:
            yield path
        for node in following[path[-1]]:
            if node in distance and node not in path:
                if home[:1] == (node,):  # the way home that is known leads on through it
                    heapq.heappush(waiting, (length, (*path, node), home[1:]))
                else:
                    heapq.heappush(waiting, (len(path) + distance[node], (*path, node), None))


def _way_home(
    following: Mapping[str, Sequence[str]], path: tuple[str, ...], allowed: Mapping[str, int]
) -> tuple[str, ...] | None:
    """The nodes of a shortest way from the end of a path back to its beginning that avoids the rest of it."""
    before: dict[str, str | None] = dict.fromkeys(path)
    queue = [path[-1]]
    for here in queue:  # grows as it is read: breadth first
        for node in following[here]:
            if node == path[0]:
                way = []
                step: str | None = here
                while step is not None and step != path[-1]:
                    way.append(step)
                    step = before[step]
                return tuple(reversed(way))
            if node in allowed and node not in before:
                before[node] = here
                queue.append(node)
    return None
