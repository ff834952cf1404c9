"""Directions told by the signs alone: where all paths agree, more of a lever must move a variable that way.

A system whose off-diagonal slopes have signs that a labelling of its nodes by + and - explains keeps the
order of its runs for good (Kamke 1932; Smith 1995, Monotone Dynamical Systems, AMS; with inputs: Angeli &
Sontag 2003, IEEE Trans. Automatic Control 48:1684-1698). For one lever and one variable only what lies
between them matters, and there such a labelling exists exactly if all walks from one to the other have the
same sign: a balancing loop on the way, or two paths that disagree, give walks of both signs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from loops.equations import Equations
from loops.kernel import Floats
from loops.model import Model
from loops.simulate import TOLERANCE
from loops.validation.trials import Bench, Progress, Trial, every_lever, thinned

Direction = Literal["raises", "lowers", "not decided", "no path"]
LEVELS = (0.0, 0.5, 1.0)
ROOM = 10 * TOLERANCE
"""How far a level may seem to move the wrong way: as far as a level may lie outside [0, 1]."""
FINER = 10_000
"""The runs are computed this much finer, since growth from very little magnifies the solver's errors."""


@dataclass(frozen=True)
class Pair:
    """A lever or context and a variable: what the signs say, and what raising the one did to the other."""

    source: str
    variable: str
    direction: Direction
    wrong: float | None
    """Largest step the wrong way at any month (any step at all where there is no path); None if not run, or
    where there is no wrong way because the signs do not decide."""

    @property
    def holds(self) -> bool:
        """Whether it moved the way the signs say, or not at all; true where nothing was tried."""
        return self.wrong is None or self.wrong <= ROOM


def directions(model: Model) -> dict[tuple[str, str], Direction]:
    """What the signs say about each lever or context and each variable.

    Walks are followed by sign: which variables can be reached with a +, which with a -; where the sign of a
    link is unknown, with either. An undelayed link
    from a node to itself is passed over: it is on the diagonal, which the theorem leaves free.
    """
    onward: dict[str, list[tuple[str, int]]] = {}
    for link in model.links:
        if link.source != link.target or link.delay:
            signs = {"+": (1,), "-": (-1,), "?": (1, -1)}[link.polarity]
            onward.setdefault(link.source, []).extend((link.target, sign) for sign in signs)
    says: dict[tuple[bool, bool], Direction] = {
        (True, False): "raises",
        (False, True): "lowers",
        (True, True): "not decided",
        (False, False): "no path",
    }
    told = {}
    for source in (*model.levers, *model.contexts):
        reached = _reached(onward, source.id)
        for node in model.variables:
            told[source.id, node.id] = says[(node.id, 1) in reached, (node.id, -1) in reached]
    return told


def _reached(onward: Mapping[str, list[tuple[str, int]]], source: str) -> set[tuple[str, int]]:
    """The ends of all walks from `source`, each with the product of the signs along the walk."""
    reached = {(source, 1)}
    waiting = [(source, 1)]
    while waiting:
        node, so_far = waiting.pop()
        for target, sign in onward.get(node, ()):
            end = (target, so_far * sign)
            if end not in reached:
                reached.add(end)
                waiting.append(end)
    return reached


def monotone(equations: Equations, *, progress: Progress = lambda share, words: None) -> tuple[Pair, ...]:
    """Raise each lever and context from 0 to a half and to 1, and see that variables move as the signs say.

    The others stay as in the file, and again with every other lever full. Of too many, some are not run.
    Raises :class:`loops.simulate.DidNotFinish`.
    """
    bench = Bench(equations, tolerance=TOLERANCE / FINER)
    told = directions(equations.model)
    conditions = 2 if equations.model.levers else 1
    decided = {source for (source, _), direction in told.items() if direction != "not decided"}
    sources = thinned(sorted(decided), max(1, bench.most // (conditions * len(LEVELS))))
    trials = [trial for source in sources for trial in _raised(equations, source)]
    wrong: dict[tuple[str, str], float] = {}
    for chosen, levels in bench.run(trials, together=len(LEVELS), progress=progress):
        for first in range(0, len(chosen), len(LEVELS)):
            source, raised = chosen[first].words, levels[..., first : first + len(LEVELS)]
            for i, variable in enumerate(equations.variables):
                step = wrong_way(raised[:, i], told[source, variable])
                wrong[source, variable] = float(np.maximum(step, wrong.get((source, variable), 0.0)))
    return tuple(
        Pair(*pair, direction, None if direction == "not decided" else wrong.get(pair))
        for pair, direction in told.items()
    )


def _raised(equations: Equations, source: str) -> Iterator[Trial]:
    others = [{}, every_lever(equations, 1.0)] if equations.model.levers else [{}]
    for held in others:
        for level in LEVELS:
            yield Trial("raised", source, {**held, source: level})


def wrong_way(levels: Floats, direction: Direction) -> float:
    """The largest step of `levels` (T, raised) against `direction`; 0 if there is none.

    >>> wrong_way(np.array([[0.25, 0.5, 0.375]]), "raises")
    0.125
    """
    steps = np.diff(levels, axis=-1)
    against = {"raises": -steps, "lowers": steps, "no path": np.abs(steps), "not decided": 0 * steps}
    return float(np.maximum(0.0, against[direction].max()))
