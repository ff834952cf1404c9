"""Feedback loops: find them, say what kind they are, choose a few of many.

A feedback loop is an elementary circuit of the arrows among variables: it passes each node once, and a link
from a node to itself counts. Arrows of different sign, delay or threshold that join one ordered pair make a
loop each; repeats of one form are a single arrow, since their strengths are added.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice, product
from typing import Literal, TypeAlias

import networkx as nx

from loops.model import Link, Loop, Model
from loops.parts import Polarity

MOST = 2_000
"""How many loops are looked for unless somebody asks for more."""
MOST_STEPS = 1_000_000
"""How many links the candidates of :func:`independent` may have in all, in each strongly connected part."""
GRADES = ("stated", "inferred", "contested", "assumed")
"""From best to worst: a contested link has a passage each way behind it, an assumed one has none at all."""

Pair: TypeAlias = tuple[str, str]
Arrows: TypeAlias = dict[Pair, tuple[Link, ...]]
Step: TypeAlias = tuple[str, str, int]
"""Source, target, and which of the arrows that join them."""
Graph: TypeAlias = "nx.DiGraph[str]"
Waiting: TypeAlias = tuple[int, tuple[str, ...], tuple[str, ...] | None]
"""A path of a search: the length of the circuit it can become, its nodes, and the nodes of the way home."""


@dataclass(frozen=True)
class Feedback:
    """One feedback loop, as the links along it from the smallest node id on.

    The id is the node ids joined by dots; where several arrows join a pair, "/", the source and the arrow's
    form follow. It depends on nothing else, so saved work stays attached when names, labels or the order of
    the file change. A link stands for its repeats too: who needs the strength of the whole arrow adds theirs.
    """

    id: str
    links: tuple[Link, ...]
    labels: tuple[str, ...]
    """The short label of each node, or its label if it has none."""
    named: Loop | None = None

    @property
    def nodes(self) -> tuple[str, ...]:
        """The node ids along the loop, beginning with the smallest."""
        return tuple(link.source for link in self.links)

    @property
    def polarity(self) -> Polarity:
        """The product of the links' signs; ``?`` if any is unknown."""
        signs = [link.polarity for link in self.links]
        if "?" in signs:
            return "?"
        return "-" if signs.count("-") % 2 else "+"

    @property
    def letter(self) -> Literal["R", "B", "?"]:
        """The letter on a diagram: R, B, or ``?`` while a sign is unknown."""
        letters: dict[Polarity, Literal["R", "B", "?"]] = {"+": "R", "-": "B", "?": "?"}
        return letters[self.polarity]

    @property
    def kind(self) -> Literal["reinforcing", "balancing", "unknown"]:
        """What the letter stands for, in the words of the field."""
        kinds: dict[Polarity, Literal["reinforcing", "balancing", "unknown"]]
        kinds = {"+": "reinforcing", "-": "balancing", "?": "unknown"}
        return kinds[self.polarity]

    @property
    def grade(self) -> str:
        """The weakest grade among its links, in the order of :data:`GRADES`."""
        return max((link.grade for link in self.links), key=GRADES.index)

    @property
    def delay(self) -> float:
        """Months once round, as far as the links' own delays say."""
        return sum(link.delay for link in self.links)

    @property
    def name(self) -> str:
        """The authors' name, or else the first few labels along the loop."""
        if self.named:
            return self.named.name
        if len(self.labels) == 1:
            return f"{self.labels[0]}, by itself"
        if len(self.labels) > 3:
            return f"{self.labels[0]}, {self.labels[1]} and {len(self.labels) - 2} more"
        return f"{', '.join(self.labels[:-1])} and {self.labels[-1]}"


@dataclass(frozen=True)
class Found:
    """What a search gave: an empty complete search found nothing, an incomplete one was cut at `most`."""

    loops: tuple[Feedback, ...]
    complete: bool
    most: int


def find(model: Model, *, most: int = MOST) -> Found:
    """Find the feedback loops: the named ones in the order of the file, the rest by length and then id.

    The search is cut by count. If there are more than `most`, the shortest are kept, ids deciding between
    equals, and ``complete`` is false; named loops are kept even if they alone are more. The algorithm of
    Johnson (1975, doi 10.1137/0204007) in networkx, stopped early, tells whether there are more: its work for
    each circuit is polynomial.

    >>> twins = Model.model_validate({
    ...     "id": "twins", "title": "Twins",
    ...     "variable": {"doing": {"label": "Doing", "start": 0}, "trust": {"label": "Trust", "start": 0}},
    ...     "link": [{"from": "trust", "to": "doing", "polarity": "+", "strength": 0.1},
    ...              {"from": "doing", "to": "trust", "polarity": "+", "strength": 0.1}],
    ... })
    >>> [(found.id, found.letter, found.name) for found in find(twins).loops]
    [('doing.trust', 'R', 'Doing and Trust')]
    """
    arrows = _arrows(model)
    graph = _graph(arrows)
    named = _named(model, arrows, most)
    every = tuple(islice(_walks(arrows, nx.simple_cycles(graph)), most + 1))
    complete = len(every) <= most
    if not complete:
        every = tuple(islice(_walks(arrows, _shortest_first(graph)), most))
    others = (loop for loop in (_feedback(model, arrows, links) for links in every) if loop.id not in named)
    chosen = (*named.values(), *sorted(others, key=_length_and_id))
    return Found(chosen if complete else chosen[: max(most, len(named))], complete, most)


def through(
    found: Iterable[Feedback], *, node: str | None = None, link: Link | None = None
) -> tuple[Feedback, ...]:
    """Return the loops that pass through a node, a link (or a repeat of it), or both if both are given.

    Raises :class:`ValueError` when neither is given.
    """
    if node is None and link is None:
        raise ValueError("through what? Give a node or a link")
    form = None if link is None else _form(link)
    return tuple(
        loop
        for loop in found
        if (node is None or node in loop.nodes) and (form is None or form in map(_form, loop.links))
    )


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
    arrows = _arrows(model)
    named = _named(model, arrows, MOST)
    chosen = (
        _feedback(model, arrows, tuple(arrows[source, target][which] for source, target, which in steps))
        for steps in _fewest_new(_geodetic(arrows))
    )
    return tuple(named.get(loop.id, loop) for loop in sorted(chosen, key=_length_and_id))


def _length_and_id(loop: Feedback) -> tuple[int, str]:
    return len(loop.links), loop.id


def _tag(link: Link) -> str:
    threshold = "" if link.threshold is None else f"~{link.threshold}^{link.steepness}"
    return f"{link.polarity}{link.delay}{threshold}"


def _form(link: Link) -> tuple[str, str, str]:
    return link.source, link.target, _tag(link)


def _arrows(model: Model) -> Arrows:
    """The arrows among variables by ordered pair, sorted, each as the best-evidenced of its repeats."""
    variables = {node.id for node in model.variables}
    best: dict[tuple[str, str, str], Link] = {}
    for link in sorted(model.links, key=lambda link: (GRADES.index(link.grade), -link.strength, link.reason)):
        if link.source in variables:
            best.setdefault(_form(link), link)
    arrows: Arrows = {}
    for source, target, tag in sorted(best):
        arrows[source, target] = (*arrows.get((source, target), ()), best[source, target, tag])
    return arrows


def _graph(pairs: Iterable[Pair]) -> Graph:
    graph: Graph = nx.DiGraph()
    graph.add_edges_from(pairs)
    return graph


def _feedback(model: Model, arrows: Arrows, links: tuple[Link, ...], named: Loop | None = None) -> Feedback:
    first = min(range(len(links)), key=lambda place: links[place].source)
    links = links[first:] + links[:first]
    tags = [f"{link.source}{_tag(link)}" for link in links if len(arrows[link.source, link.target]) > 1]
    labels = tuple(model.nodes[link.source].short or model.nodes[link.source].label for link in links)
    return Feedback("/".join((".".join(link.source for link in links), *tags)), links, labels, named)


def _walks(arrows: Arrows, circuits: Iterable[Sequence[str]]) -> Iterator[tuple[Link, ...]]:
    """Turn circuits of nodes into circuits of links, lazily: parallel arrows can make astronomically many."""
    for nodes in circuits:
        yield from product(*(arrows[pair] for pair in zip(nodes, (*nodes[1:], nodes[0]), strict=True)))


def _named(model: Model, arrows: Arrows, most: int) -> dict[str, Feedback]:
    """The named loops by id, in the order of the file; a path named twice keeps its first name.

    Where parallel arrows make several loops of a path, the name goes to those its label does not contradict.
    """
    named: dict[str, Feedback] = {}
    for loop in model.loops:
        letters = (loop.label[0], "?") if loop.label else ("R", "B", "?")
        for links in islice(_walks(arrows, [loop.path]), max(most, 1)):
            feedback = _feedback(model, arrows, links, loop)
            if feedback.letter in letters:
                named.setdefault(feedback.id, feedback)
    return named


def _shortest_first(graph: Graph) -> Iterator[tuple[str, ...]]:
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


def _geodetic(arrows: Arrows) -> list[tuple[Step, ...]]:
    """Circuits of a shortest path there and one back, for each arrow and each two nodes, shortest first."""
    found: set[tuple[Step, ...]] = set()
    for part in nx.strongly_connected_components(_graph(arrows)):
        inside = {pair: arrows[pair] for pair in arrows if part.issuperset(pair)}
        graph = _graph(inside)
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
