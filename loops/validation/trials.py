"""Runs that each differ from the file in one thing, side by side in a few blocks of the kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from loops.equations import Drives, Equations, Parameters
from loops.kernel import Floats, Lanes
from loops.scenario import Scenario
from loops.simulate import MOST_WORK, TOLERANCE, DidNotFinish, run_block

MOST_OF_A_TEST = 2 * MOST_WORK
"""Steps times lanes times rows and links of one test, some seconds: trials beyond are left out."""
MOST_NUMBERS = 20_000_000
"""Numbers that a block holds: what it saves, and some twenty arrays of its rows."""
Item = TypeVar("Item")
Progress = Callable[[float, str], None]
"""Told the share that is done and what it is a share of; may raise to cancel."""


@dataclass(frozen=True)
class Trial:
    """One run over the model's horizon: the file's numbers but for what is said here."""

    kind: str
    words: str
    inputs: Mapping[str, float] = field(default_factory=dict)
    """Levels at which levers and contexts are held throughout, before month 0 too."""
    cut: int | None = None
    """Place of a link in `Equations.links`."""
    start: tuple[int, float] | None = None
    """Place of a variable in `Equations.variables`, and its level at month 0."""


def every_lever(equations: Equations, level: float) -> dict[str, float]:
    """Every lever of the model at one level."""
    return {lever.id: level for lever in equations.model.levers}


def thinned(items: Sequence[Item], most: int) -> list[Item]:
    """At most `most` items, evenly spread over all of them, the first included.

    >>> thinned("abcdefghij", 4), thinned("ab", 4)
    (['a', 'd', 'g', 'j'], ['a', 'b'])
    """
    if len(items) <= most:
        return list(items)
    return [items[place] for place in np.linspace(0, len(items) - 1, most).round().astype(int)]


class Bench:
    """Runs trials of one model, as many side by side as the kernel's work allows.

    Raises :class:`loops.simulate.DidNotFinish` when the file's own run does not finish; a trial that does not
    has levels that are no numbers.
    """

    def __init__(self, equations: Equations, *, tolerance: float = TOLERANCE) -> None:
        self.equations = equations
        self.tolerance = tolerance
        self.months = np.arange(equations.model.horizon + 1.0)
        scenario = Scenario(id="own", model=equations.model.id, title="The file's own numbers")
        self._own = equations.parameters([scenario])
        self._inputs = {name: u for u, name in enumerate(equations.inputs)}
        pilot = self.lanes([Trial("own", "as in the file")])
        steps = run_block(equations.wiring, pilot, self.months[-1:], tolerance=tolerance).mesh.size
        rows = equations.depth + len(equations.links)
        self._work = max(steps, self.months.size) * rows  # a month to save costs no more than a step
        self._held = self.months.size * len(equations.variables) + 20 * rows

    @property
    def most(self) -> int:
        """How many trials one test may run."""
        return max(1, MOST_OF_A_TEST // self._work)

    def run(
        self,
        trials: Sequence[Trial],
        *,
        together: int = 1,
        progress: Progress = lambda share, words: None,
    ) -> Iterator[tuple[Sequence[Trial], Floats]]:
        """Yield trials with their levels (T, n, L) at every month, `together` of them always on one mesh."""
        # other trials may need four times as many steps as the pilot did
        room = min(MOST_WORK // (4 * self._work), MOST_NUMBERS // self._held)
        width = max(1, room // together) * together
        for first in range(0, len(trials), width):
            progress(first / len(trials), f"{trials[first].kind}: {trials[first].words}")
            chosen = trials[first : first + width]
            yield chosen, self._levels(chosen, together)

    def _levels(self, trials: Sequence[Trial], together: int) -> Floats:
        """Levels (T, n, L); where runs do not finish, in two halves until only those that do not are lost."""
        try:
            lanes = self.lanes(trials)
            return run_block(self.equations.wiring, lanes, self.months, tolerance=self.tolerance).levels
        except DidNotFinish:
            if len(trials) == together:
                return np.full((self.months.size, len(self.equations.variables), together), np.nan)
            half = len(trials) // together // 2 * together
            return np.concatenate(
                [self._levels(part, together) for part in (trials[:half], trials[half:])], axis=2
            )

    def lanes(self, trials: Sequence[Trial]) -> Lanes:
        """One lane per trial."""
        width = len(trials)
        numbers = Parameters(*(np.repeat(value, width, axis=1) for value in vars(self._own).values()))
        nodes = self.equations.model.nodes
        own = [getattr(nodes[name], "level", 0.0) for name in self.equations.inputs]
        level = np.repeat(np.array(own)[:, None], width, axis=1)
        for lane, trial in enumerate(trials):
            for name, held in trial.inputs.items():
                level[self._inputs[name], lane] = held
            if trial.cut is not None:
                numbers.strength[trial.cut, lane] = 0.0
            if trial.start is not None:
                numbers.start[trial.start[0], lane] = trial.start[1]
        stops = np.array([0.0, self.months[-1]])
        return self.equations.lanes(numbers, Drives(stops, level[None], np.zeros_like(level)[None], level))
