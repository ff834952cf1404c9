"""What plans leave behind: where the outcome ends with each plan and without its levers, and what that is."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loops.compare import LASTING, STILL
from loops.equations import Equations
from loops.equilibrium.ends import Case, Ends, Progress, ends, lanes_of, width_for
from loops.equilibrium.fate import LAST, Fate
from loops.kernel import Floats
from loops.noise import Shaken
from loops.scenario import Scenario, without_levers

THREADS = 2

Fates = NDArray[np.object_]
"""Of each case a :class:`loops.equilibrium.fate.Fate`."""
_ORDER = np.array(
    [Fate.STILL_MOVES, Fate.KEEPS_GOING, Fate.COMES_ANYWAY, Fate.FADES, Fate.NO_DIFFERENCE], dtype=object
)


@dataclass(frozen=True)
class Divide:
    """What an outcome must be above to have changed for good."""

    level: float
    """Half way from the lower place to the upper one; not a number where nothing tells two apart."""
    lower: float = -np.inf
    """The lower firm state of rest; minus infinity where there are not two."""

    @property
    def firm(self) -> bool:
        """Whether there are two firm states of rest, an upper one and a lower one, to tip between."""
        return self.lower > -np.inf


@dataclass(frozen=True)
class Legacy:
    """The outcome at the start of each plan and in the end, with the plan and without its levers."""

    plans: tuple[Scenario, ...]
    start: Floats  #   (P,)
    levels: Floats  #  (P,)
    without: Floats  # (P,)
    still: NDArray[np.bool_]  # (P,) whether both runs had come to rest

    @property
    def lead(self) -> Floats:
        """How far the outcome ends above nothing new; 0 where something still moves, shape (P,)."""
        return np.where(self.still, self.levels - self.without, 0.0)

    def fates(self, divide: Divide) -> Fates:
        """What becomes of each plan's change (P,): the one rule of the verdict, the scan and the map.

        It keeps going where a lead is left, away from the lower state of rest. It comes anyway where the
        outcome begins below the divide and ends above it with the plan and without, and fades where it begins
        and ends below. Begun above, or with nothing to tell two places apart, it makes no difference.
        """
        kept = (self.lead > LASTING) & (self.levels > divide.lower + LASTING)
        below = self.start < divide.level
        above = np.minimum(self.levels, self.without) > divide.level
        places = np.select([~self.still, kept, below & above, below], range(_ORDER.size - 1), _ORDER.size - 1)
        fates: Fates = _ORDER[places]
        return fates


def lasts(fates: Fates) -> NDArray[np.bool_]:
    """Where the change is there in the end, by the plan or anyway."""
    return np.isin(fates, np.array(LAST, dtype=object))


def legacy(
    equations: Equations,
    cases: Sequence[Case],
    outcome: str,
    *,
    shaken: Shaken | None = None,
    progress: Progress | None = None,
) -> Legacy:
    """Run every case to rest, with its levers and without (see :func:`loops.scenario.without_levers`).

    A run that several cases need is made once. Blocks of runs whose dated changes end together go over two
    threads. Raises :class:`ValueError` when `outcome` is no variable,
    :class:`loops.simulate.DidNotFinish` when an integration is stopped, and whatever `progress` raises, after
    the blocks at hand.
    """
    row = equations.place(outcome)
    number: dict[Case, int] = {}
    pairs = []
    for scenario, version in cases:
        both = scenario, without_levers(scenario)
        pairs.append([number.setdefault((each, version), len(number)) for each in both])
    runs = list(number)
    over = {scenario: max(scenario.corners(), default=0.0) for scenario, _ in runs}
    order = sorted(range(len(runs)), key=lambda run: over[runs[run][0]])
    width = width_for(equations, runs)
    blocks = [order[first : first + width] for first in range(0, len(order), width)]
    start, level, still = np.empty(len(runs)), np.empty(len(runs)), np.empty(len(runs), dtype=bool)

    def work(block: list[int]) -> tuple[list[int], Ends]:
        return block, ends(equations.wiring, lanes_of(equations, [runs[run] for run in block], shaken))

    pool = ThreadPoolExecutor(THREADS)
    try:
        for count, done in enumerate(as_completed([pool.submit(work, block) for block in blocks]), 1):
            block, found = done.result()
            start[block], level[block] = found.start[row], found.state[row]
            still[block] = found.moving <= STILL
            if progress:
                progress(count / len(blocks), f"{min(count * width, len(runs)):,} of {len(runs):,} runs")
    finally:
        pool.shutdown(cancel_futures=True)
    plan, quiet = np.array(pairs, dtype=int).reshape(-1, 2).T
    plans = tuple(scenario for scenario, _ in cases)
    return Legacy(plans, start[plan], level[plan], level[quiet], still[plan] & still[quiet])
