"""Do the reference modes hold, and in how many versions of the assumptions do they all?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loops.equations import Parameters
from loops.noise import Shaken
from loops.reference import Figure, Plan, Settings
from loops.scenario import Scenario
from loops.simulate import LONG_RUN, MOST_WORK, DidNotFinish
from loops.validation.trials import Progress

MOST = 50 * MOST_WORK
"""Steps times lanes times rows and links in all, some minutes: versions beyond are left out."""
OVERHEAD = 10
"""A block of lanes costs about as much as this many more."""
STEPS_A_MONTH = 2
"""About what a month takes, to tell beforehand how many versions can be tried."""


@dataclass(frozen=True)
class Robust:
    """In how many versions every reference mode holds, and which modes were missed in how many."""

    asked: int
    tried: int
    held: int
    missed: Counter[str]
    stopped: int
    """Versions whose runs did not finish: they count as not holding."""


def robust(
    plan: Plan, *, noise: float, draws: int, seed: int, progress: Progress = lambda share, words: None
) -> Robust:
    """Measure the reference modes under `draws` versions with lognormal `noise` on every number.

    Of a large model fewer are tried. Raises what :meth:`loops.noise.Shaken.of` raises.
    """
    tried = min(draws, _most(plan))
    shaken = Shaken.of(plan.model, noise=noise, draws=tried, seed=seed)
    own: dict[Sequence[Scenario], Parameters] = {
        runs: plan.equations.parameters(runs) for runs in (plan.runs, plan.long_runs)
    }
    held = stopped = 0
    missed: Counter[str] = Counter()
    for draw in range(tried):
        progress(draw / tried, f"versions tried: {draw} of {tried}")
        try:
            figures = plan.measure(_numbers(shaken, own, draw))
        except DidNotFinish:
            stopped += 1
            continue
        missing = missed_in(figures)
        held += not missing
        missed.update(missing)
    return Robust(draws, tried, held, missed, stopped)


def _numbers(shaken: Shaken, own: Mapping[Sequence[Scenario], Parameters], draw: int) -> Settings:
    # the plan hands over the same two tuples for every version
    return lambda runs: shaken.applied(own[runs], [draw])


def missed_in(figures: Sequence[Figure]) -> set[str]:
    """Ids of the reference modes of which some criterion does not hold."""
    return {figure.mode.id for figure in figures if not figure.holds}


def _most(plan: Plan) -> int:
    rows = plan.equations.depth + len(plan.equations.links)
    months = (len(plan.runs) + OVERHEAD) * plan.months + (len(plan.long_runs) + OVERHEAD) * LONG_RUN
    return max(1, MOST // (STEPS_A_MONTH * months * rows))
