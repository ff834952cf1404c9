"""One piece of an ensemble: some worlds under every scenario, counted as they run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from loops import kernel
from loops.ensemble.comparison import BINS, Comparison
from loops.ensemble.runs import Runs
from loops.equations import Equations
from loops.kernel import Counts, Floats
from loops.scenario import Scenario
from loops.simulate import MOST_WORK
from loops.worlds import Assumptions, Worlds

PILOTS = 64
"""Worlds that choose the steps, under every scenario."""
TOGETHER = 512
"""Worlds that run side by side."""
SIDE_BY_SIDE = 60_000
"""Of those times rows and links: more do not fit beside the processor. Of a large model, 8 worlds."""
ROOM = 3_000
"""Steps that the work of one block has room for in the pilot: with more worlds it would run out of them."""


@dataclass(frozen=True)
class Piece:
    """What some worlds, in order, add to an ensemble."""

    counts: Counts  #      (S, T, n, 256) of levels, 0 to 1
    differences: Counts  # (P, T, n, 512) of differences, -1 to 1
    outcomes: NDArray[np.float32]  # (W, Q)


class Pool(NamedTuple):
    """Where pieces are run: starts so many worlds from a number on, and gives back what waits for them."""

    run: Callable[[int, int], Callable[[], Piece]]
    ahead: int
    """Pieces that may be under way or wait for the one before them."""


@dataclass(frozen=True)
class Work:
    """A comparison on its worlds, ready to run any of them: the steps are chosen, and the same for all."""

    comparison: Comparison
    worlds: Worlds
    assumptions: Assumptions
    runs: Runs
    together: int

    @classmethod
    def of(cls, comparison: Comparison, worlds: Worlds) -> Work:
        """Choose the steps with the pilot: worlds 0 to 63 (fewer of a large model) under every scenario.

        Raises :class:`loops.simulate.DidNotFinish` when a pilot does not finish, and :class:`ValueError` when
        the worlds are not this model's.
        """
        equations = Equations.of(comparison.model)
        assumptions = worlds.assumptions(equations)
        rows = equations.depth + len(equations.links)
        pilots = min(PILOTS, max(1, MOST_WORK // (ROOM * rows * len(comparison.runs))))
        pilot = assumptions.versions(worlds.units(0, pilots))
        runs = Runs.of(equations, comparison.runs, comparison.months[-1], pilot)
        return cls(comparison, worlds, assumptions, runs, min(TOGETHER, max(8, SIDE_BY_SIDE // rows)))

    @cached_property
    def counted(self) -> list[int]:
        """Which run each histogram counts."""
        return [self._number[scenario] for scenario in self.comparison.scenarios]

    @cached_property
    def paired(self) -> list[tuple[int, int]]:
        """Which two runs each histogram of differences compares."""
        return [(self._number[run], self._number[against]) for run, against in self.comparison.pairs]

    @cached_property
    def answered(self) -> list[tuple[int, int | None, int, int]]:
        """For each question its run, the run it is held against, and the places of its month and variable."""
        return [
            (
                self._number[question.run],
                self._number[question.against] if question.against else None,
                int(np.searchsorted(self.comparison.months, question.month)),
                self.runs.equations.variables.index(question.variable),
            )
            for question in self.comparison.questions
        ]

    @cached_property
    def months(self) -> list[Floats]:
        """The months of each run whose levels matter: all if it is counted, or those of its questions."""
        counted = {*self.counted, *(run for pair in self.paired for run in pair)}
        places: list[set[int]] = [set() for _ in self.runs.own]
        for run, against, month, _ in self.answered:
            places[run].add(month)
            if against is not None:
                places[against].add(month)
        every = self.comparison.months
        return [every if run in counted else every[sorted(asked)] for run, asked in enumerate(places)]

    @cached_property
    def _number(self) -> dict[Scenario, int]:
        return {scenario: run for run, scenario in enumerate(self.comparison.runs)}

    @property
    def size(self) -> int:
        """Steps times rows and links that one world takes, under all scenarios."""
        equations = self.runs.equations
        rows = equations.depth + len(equations.links)
        settling = self.runs.settling
        steps = self.runs.mesh.size * len(self.runs.own)
        return rows * (steps + (settling.mesh.size * len(settling.own) if settling else 0))

    def empty(self, count: int) -> Piece:
        """A piece in which `count` worlds have room and none has run."""
        asked = self.comparison
        shape = asked.months.size, len(self.runs.equations.variables)
        return Piece(
            np.zeros((len(asked.scenarios), *shape, BINS), np.uint32),
            np.zeros((len(asked.pairs), *shape, 2 * BINS), np.uint32),
            np.empty((count, len(asked.questions)), np.float32),
        )

    def run(self, first: int, count: int) -> Piece:
        """Run worlds `first` to `first + count`.

        Raises :class:`loops.simulate.DidNotFinish` when one does not finish.
        """
        piece = self.empty(count)
        for begin in range(0, count, self.together):
            width = min(self.together, count - begin)
            self._add(piece, begin, self.worlds.units(first + begin, width))
        return piece

    def at(self, units: Floats) -> Piece:
        """Run the worlds whose uniform numbers are `units` (W, C), of this sequence or not.

        Raises :class:`loops.simulate.DidNotFinish` when one does not finish.
        """
        piece = self.empty(units.shape[0])
        for begin in range(0, units.shape[0], self.together):
            self._add(piece, begin, units[begin : begin + self.together])
        return piece

    def _add(self, piece: Piece, begin: int, units: Floats) -> None:
        versions = self.assumptions.versions(units)
        levels = [self.runs.levels(run, versions, months) for run, months in enumerate(self.months)]
        for run, counts in zip(self.counted, piece.counts, strict=True):
            kernel.count(levels[run], 0.0, 1.0, counts)
        for (run, other), counts in zip(self.paired, piece.differences, strict=True):
            kernel.count(levels[run] - levels[other], -1.0, 1.0, counts)
        for number, (run, against, month, row) in enumerate(self.answered):
            answer = self._level(levels, run, month, row)
            if against is not None:
                answer = answer - self._level(levels, against, month, row)
            piece.outcomes[begin : begin + units.shape[0], number] = answer

    def _level(self, levels: list[Floats], run: int, month: int, row: int) -> Floats:
        place = np.searchsorted(self.months[run], self.comparison.months[month])
        level: Floats = levels[run][place, row]
        return level
