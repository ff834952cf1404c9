"""Feedback loops: find them and say what kind they are.

A feedback loop is an elementary circuit of the arrows among variables: it passes each node once, and a link
from a node to itself counts. Arrows of different sign, delay or threshold that join one ordered pair make a
loop each; repeats of one form are a single arrow, since their strengths are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal, TypeAlias

import networkx as nx

from loops.circuits import Pair, graph_of, shortest_first
from loops.model import Link, Loop, Model
from loops.parts import Polarity

MOST = 2_000
"""How many loops are looked for unless somebody asks for more."""
MOST_OF_A_NAME = 16
"""Loops that may share one name because parallel arrows join the nodes of its path."""
GRADES = ("stated", "inferred", "contested", "assumed")
"""From best to worst: a contested link has a passage each way behind it, an assumed one has none at all."""

Form: TypeAlias = tuple[str, str, str]
Arrows: TypeAlias = dict[Pair, tuple[Link, ...]]


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
    arrows = arrows_of(model)
    graph = graph_of(arrows)
    named = named_of(model, arrows)
    every = tuple(islice(_walks(arrows, nx.simple_cycles(graph)), most + 1))
    complete = len(every) <= most
    if not complete:
        every = tuple(islice(_walks(arrows, shortest_first(graph)), most))
    others = (loop for loop in (feedback_of(model, arrows, links) for links in every) if loop.id not in named)
    chosen = (*named.values(), *sorted(others, key=by_length))
    return Found(chosen if complete else chosen[: max(most, len(named))], complete, most)


def through(
    found: Iterable[Feedback], *, node: str | None = None, link: Link | None = None
) -> tuple[Feedback, ...]:
    """Return the loops that pass through a node, a link (or a repeat of it), or both if both are given.

    Raises :class:`ValueError` when neither is given.
    """
    if node is None and link is None:
        raise ValueError("through what? Give a node or a link")
    wanted = None if link is None else form(link)
    return tuple(
        loop
        for loop in found
        if (node is None or node in loop.nodes) and (wanted is None or wanted in map(form, loop.links))
    )


def by_length(loop: Feedback) -> tuple[int, str]:
    """The order of loops: by length, then by id."""
    return len(loop.links), loop.id


def _tag(link: Link) -> str:
    threshold = "" if link.threshold is None else f"~{link.threshold}^{link.steepness}"
    return f"{link.polarity}{link.delay}{threshold}"


def form(link: Link) -> Form:
    """What a link's repeats share with it: its ends, and its sign, delay and threshold in one text."""
    return link.source, link.target, _tag(link)


def arrows_of(model: Model) -> Arrows:
    """The arrows among variables by ordered pair, sorted, each as the best-evidenced of its repeats."""
    variables = {node.id for node in model.variables}
    best: dict[Form, Link] = {}
    for link in sorted(model.links, key=lambda link: (GRADES.index(link.grade), -link.strength, link.reason)):
        if link.source in variables:
            best.setdefault(form(link), link)
    arrows: Arrows = {}
    for source, target, tag in sorted(best):
        arrows[source, target] = (*arrows.get((source, target), ()), best[source, target, tag])
    return arrows


def feedback_of(model: Model, arrows: Arrows, links: tuple[Link, ...], named: Loop | None = None) -> Feedback:
    """The loop of `links`, turned so that it begins at its smallest node id."""
    first = min(range(len(links)), key=lambda place: links[place].source)
    links = links[first:] + links[:first]
    tags = [f"{link.source}{_tag(link)}" for link in links if len(arrows[link.source, link.target]) > 1]
    labels = tuple(model.nodes[link.source].short or model.nodes[link.source].label for link in links)
    return Feedback("/".join((".".join(link.source for link in links), *tags)), links, labels, named)


def _walks(arrows: Arrows, circuits: Iterable[Sequence[str]]) -> Iterator[tuple[Link, ...]]:
    """Turn circuits of nodes into circuits of links, lazily: parallel arrows can make astronomically many."""
    for nodes in circuits:
        yield from product(*(arrows[pair] for pair in zip(nodes, (*nodes[1:], nodes[0]), strict=True)))


def named_of(model: Model, arrows: Arrows) -> dict[str, Feedback]:
    """The named loops by id, in the order of the file; a path named twice keeps its first name.

    Where parallel arrows make several loops of a path, the name goes to those its label does not contradict.
    """
    named: dict[str, Feedback] = {}
    for loop in model.loops:
        letters = (loop.label[0], "?") if loop.label else ("R", "B", "?")
        for links in islice(_walks(arrows, [loop.path]), MOST_OF_A_NAME):
            feedback = feedback_of(model, arrows, links, loop)
            if feedback.letter in letters:
                named.setdefault(feedback.id, feedback)
    return named
