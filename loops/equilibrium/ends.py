"""Where many runs end, long after every lever has stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from loops.compare import STILL
from loops.equations import Drives, Equations
from loops.kernel import Floats, Lanes, Wiring
from loops.noise import Shaken
from loops.scenario import Scenario
from loops.simulate import LONG_RUN, before_the_changes, only, run_block, settle

LOOKS = np.array([120.0, 97.0, 71.0, 53.0, 37.0, 23.0, 11.0, 0.0])
"""Months before the end at which it is seen whether anything moves: no swing of three months or more is at
the same place at all of them."""
MOST_ROUNDS = 8
"""How often a run that still moves is followed for another 150 years."""
WIDEST = 128
"""Most runs side by side."""
MOST_NUMBERS = 25_000
"""Runs times rows, links and dated levels in one block: a block of that size may take 20,000 steps."""
MOST_WORK = 4_000_000
"""Runs times rows and links that one question may ask for: some ten seconds on two cores."""

Progress = Callable[[float, str], None]
"""Called with the share that is done and a few words; may raise to cancel."""


Case = tuple[Scenario, int]
"""A plan, and the number of the version of the assumptions it is run under (0 where there is only one)."""


@dataclass(frozen=True)
class Ends:
    """Where the lanes of a block end."""

    start: Floats  #  (D, L) where they began
    state: Floats  #  (D, L) delay stages included
    moving: Floats  # (L,) largest change of any level over the last ten years
    months: Floats  # (L,) how long each was followed


def ends(wiring: Wiring, lanes: Lanes) -> Ends:
    """Follow lanes to their last stop, and those that still move for 150 years more, up to eight times.

    The lanes' last segment must hold whatever holds for good, for ten years at least. Raises
    :class:`loops.simulate.DidNotFinish` when the integration is stopped.
    """
    last = lanes.stops[-1]
    block = run_block(wiring, lanes, last - LOOKS)
    state, moving = block.state, _moved(block.levels)
    months = np.full(moving.size, last)
    later = lanes._replace(
        stops=np.array([0.0, LONG_RUN]), u_level=lanes.u_level[-1:], u_slope=np.zeros_like(lanes.u_slope[-1:])
    )
    for _ in range(MOST_ROUNDS):
        late = np.flatnonzero(moving > STILL)
        if not late.size:
            break
        more = only(later._replace(start=state), late)
        block = run_block(wiring, more, LONG_RUN - LOOKS)
        state[:, late], moving[late] = block.state, _moved(block.levels)
        months[late] += LONG_RUN
    return Ends(lanes.start, state, moving, months)


def _moved(levels: Floats) -> Floats:
    moved: Floats = np.ptp(levels, axis=0).max(axis=0)
    return moved


def part(progress: Progress | None, begin: float, end: float) -> Progress | None:
    """`progress` for a piece of the work, from the share `begin` to the share `end`."""
    if progress is None:
        return None
    return lambda share, words: progress(begin + share * (end - begin), words)


def most_runs(equations: Equations) -> int:
    """How many runs one question may ask for with a model of this size."""
    return max(1, MOST_WORK // (equations.depth + len(equations.links)))


def _over(scenario: Scenario) -> float:
    """The month after which nothing dated happens."""
    return max(scenario.corners(), default=0.0)


def width_for(equations: Equations, runs: Sequence[Case]) -> int:
    """How many runs go side by side: few where each is large or has many dated changes."""
    dated = max((len(scenario.corners()) for scenario in {scenario for scenario, _ in runs}), default=0)
    size = equations.depth + len(equations.links) + dated * len(equations.inputs)
    return max(1, min(WIDEST, MOST_NUMBERS // size))


def lanes_of(equations: Equations, cases: Sequence[Case], shaken: Shaken | None = None) -> Lanes:
    """One lane per case, from its start until 150 years after its last dated change."""
    lanes = _lanes(equations, cases, shaken, max(_over(scenario) for scenario, _ in cases) + LONG_RUN)
    resting = [lane for lane, (scenario, _) in enumerate(cases) if scenario.start == "rest"]
    if resting:
        quiet = [(before_the_changes(cases[lane][0]), cases[lane][1]) for lane in resting]
        lanes.start[:, resting] = settle(equations, _lanes(equations, quiet, shaken, LONG_RUN))
    return lanes


def _lanes(equations: Equations, cases: Sequence[Case], shaken: Shaken | None, months: float) -> Lanes:
    """One lane per case from the file's starts; a plan's levers are worked out once for all its versions."""
    scenarios = [scenario for scenario, _ in cases]
    place = {scenario: number for number, scenario in enumerate(dict.fromkeys(scenarios))}
    column = [place[scenario] for scenario in scenarios]
    once = equations.drives(list(place), months)
    level, slope, before = (field.take(column, axis=-1) for field in (once.level, once.slope, once.before))
    drives = Drives(once.stops, level, slope, before)
    parameters = equations.parameters(scenarios)
    if shaken:
        parameters = shaken.applied(parameters, [version for _, version in cases])
    return equations.lanes(parameters, drives)
