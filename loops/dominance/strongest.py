"""The strongest feedback loops of a diagram that has too many to list: strongest-path discovery.

After Eberlein & Schoenberg (2020), "Finding the loops that matter", arXiv:2006.08425. They follow the
strongest path to each node, as Dijkstra follows the shortest, from every start and at many moments, since
different loops matter at different moments. Theirs misses siblings: loops that share most of their way and
differ by a few links. Here each node keeps the :data:`WIDTH` strongest paths *of every number of links*, so
that siblings are found side by side and the work is known beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from loops.kernel import Floats, Ints

WIDTH = 2
"""Paths of each number of links that a node keeps."""
LONGEST = 32
"""Links of the longest loop that is looked for."""
MOMENTS = 8
"""Moments that are looked at, evenly spread over those at which something moves."""
STEPS = 100_000_000
"""How often a path is held against another at most: a second or two of work for 5,000 links."""
SIDE_BY_SIDE = 300_000
"""Paths that are extended at once, for memory's sake."""

Path = tuple[int, ...]
Progress: TypeAlias = Callable[[float, str], None]
"""Called with the share that is done (0 to 1) and what comes next; it may raise, which ends the work."""


@dataclass(frozen=True)
class Strongest:
    """The loops found, strongest first. It is not known whether there are more: such a list is partial."""

    circuits: tuple[Path, ...]
    """The places of each loop's links, from its smallest node on."""
    moments: tuple[int, ...]
    """The moments looked at."""
    starts: int
    """From how many nodes loops were looked for at a moment."""
    complete: Literal[False] = False


class _Wires(NamedTuple):
    """The links that score at one moment and close some loop, sorted by target."""

    place: Ints  # (k,) among all links
    source: Ints  # (k,)
    size: Floats  # (k,) natural logarithm of |score|
    into: Ints  # (m,) the nodes they lead into, ascending
    first: Ints  # (m,) where the links into each of these begin
    group: Ints  # (k,) which of these each link leads into


def strongest(  # noqa: PLR0913  what is looked through, how far, and who hears of it
    scores: Floats,
    sources: Ints,
    targets: Ints,
    *,
    most: int = 500,
    steps: int = STEPS,
    progress: Progress | None = None,
) -> Strongest:
    """Return up to `most` of the strongest loops, from link scores (T, K) and the nodes (K,) the links join.

    At each of :data:`MOMENTS` moments loops are looked for from as many nodes as `steps` allows, those with
    the strongest links first. A loop ranks by how near it comes, at its best moment, to the strongest then.
    `progress` hears of each moment before it is looked at.

    Where no loop scores above 1, the strongest through each start is certain to be among those found, if it
    has at most :data:`LONGEST` links, since going in a circle never makes a path stronger. Elsewhere the
    strongest way to a node may pass, and so block, a node further on, and certainty would be as hard to come
    by as the longest path of a graph.

    >>> scores = np.array([[0.5, 0.5, 0.1]])
    >>> strongest(scores, np.array([0, 1, 1]), np.array([1, 0, 1])).circuits
    ((0, 1), (2,))
    """
    moving = np.flatnonzero((scores != 0).any(axis=1))
    spread = np.linspace(0, moving.size - 1, min(MOMENTS, moving.size))
    moments = moving[spread.round().astype(int)]
    nodes = 1 + int(max(sources.max(initial=0), targets.max(initial=0)))
    longest = min(LONGEST, nodes)
    each = WIDTH**2 * longest * scores.shape[1] * max(1, moments.size)
    most_starts = max(1, steps // max(1, each))
    rank: dict[Path, float] = {}
    starts = 0
    for place, moment in enumerate(moments):
        if progress:
            progress(place / moments.size, "Following the strongest arrows")
        wires = _wires(scores[moment], sources, targets, nodes)
        begin = _starts(wires)[:most_starts]
        starts = max(starts, len(begin))
        found = dict(_loops(wires, begin, longest))
        largest = max(found.values(), default=0.0)
        for circuit, size in found.items():
            rank[circuit] = max(rank.get(circuit, -np.inf), size - largest)
    ordered = sorted(rank, key=lambda circuit: (-rank[circuit], len(circuit), circuit))
    return Strongest(tuple(ordered[:most]), tuple(moments.tolist()), starts)


def _wires(scores: Floats, sources: Ints, targets: Ints, nodes: int) -> _Wires:
    live = np.flatnonzero(scores)
    graph = csr_array((np.ones(live.size), (sources[live], targets[live])), shape=(nodes, nodes))
    part = connected_components(graph, connection="strong")[1]
    live = live[part[sources[live]] == part[targets[live]]]
    place = live[np.argsort(targets[live], kind="stable")]
    into, first, group = np.unique(targets[place], return_index=True, return_inverse=True)
    return _Wires(place, sources[place], np.log(np.abs(scores[place])), into, first, group)


def _starts(wires: _Wires) -> Ints:
    """The nodes on loops, by the strongest link in and the strongest out together, the strongest first."""
    out = np.full(1 + wires.into.max(initial=0), -np.inf)
    np.maximum.at(out, wires.source, wires.size)
    strength = out[wires.into]
    np.maximum.at(into := np.full_like(strength, -np.inf), wires.group, wires.size)
    return wires.into[np.argsort(-(strength + into), kind="stable")]


def _loops(wires: _Wires, starts: Ints, longest: int) -> Iterator[tuple[Path, float]]:
    """The strongest loops of each length through each start, with the logarithms of their |scores|."""
    at_once = max(1, SIDE_BY_SIDE // max(1, wires.place.size * WIDTH))
    for begin in range(0, len(starts), at_once):
        batch = starts[begin : begin + at_once]
        arrivals: list[Ints] = []
        for came_by, home in _lengthen(wires, batch, longest):
            arrivals.append(came_by)
            for row, rank in np.argwhere(home > -np.inf):
                path, seat = [], batch[row] * WIDTH + rank
                for links in reversed(arrivals):
                    link, kept = divmod(links[row, seat], WIDTH)
                    path.append(link)
                    seat = wires.source[link] * WIDTH + kept
                path.reverse()
                lowest = int(np.argmin(wires.source[path]))
                circuit = wires.place[path[lowest:] + path[:lowest]]
                yield tuple(circuit.tolist()), float(home[row, rank])


def _lengthen(wires: _Wires, starts: Ints, longest: int) -> Iterator[tuple[Ints, Floats]]:
    """Extend the strongest paths from the starts (S,) by a link at a time.

    Each node has WIDTH seats for paths that end there, and so each link WIDTH wires, one for each seat of its
    source. Yields, for paths of one link, two and so on, the wire by which each seat (S, n WIDTH) was taken,
    and the logarithm of |score| of the paths (S, WIDTH) that have come home. A path knows the nodes it has
    passed, a bit each.
    """
    row, kept = np.arange(len(starts))[:, None], np.arange(WIDTH)
    node = np.repeat(np.arange(1 + wires.into.max()), WIDTH)
    word, bit = node // 64, np.uint64(1) << (node % 64).astype(np.uint64)
    source = (wires.source[:, None] * WIDTH + kept).ravel()
    size, group = np.repeat(wires.size, WIDTH), np.repeat(wires.group, WIDTH)
    target, first = wires.into[group] * WIDTH, wires.first * WIDTH
    number, home = np.arange(group.size), starts[:, None] * WIDTH + kept
    passed = np.zeros((len(starts), node.size, word[-1] + 1), dtype=np.uint64)
    reach = np.full((len(starts), node.size), -np.inf)
    reach[row, home[:, :1]] = 0
    for _ in range(longest):
        through = reach[:, source] + size
        through[passed[:, source, word[target]] & bit[target] != 0] = -np.inf
        reach = np.full_like(reach, -np.inf)
        came_by = np.zeros(reach.shape, dtype=np.int64)
        for seat in kept:
            best = np.maximum.reduceat(through, first, axis=1)
            by = np.minimum.reduceat(np.where(through == best[:, group], number, group.size), first, axis=1)
            reach[:, wires.into * WIDTH + seat], came_by[:, wires.into * WIDTH + seat] = best, by
            through[row, by] = -np.inf
        passed = passed[row, source[came_by]]
        passed[:, np.arange(node.size), word] |= bit
        yield came_by, reach[row, home]
        reach[row, home] = -np.inf
        if not np.isfinite(reach).any():
            return
