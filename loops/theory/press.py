"""The press test: in how many worlds a lasting push on one thing makes each variable rise or fall for good.

It is the direction of a *small* push (:mod:`loops.equilibrium.response`), at each world's own state of rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from loops.ensemble.runs import Runs
from loops.ensemble.simulate import Cancelled, Progress
from loops.equations import Equations
from loops.equilibrium.ends import most_runs
from loops.equilibrium.response import respond
from loops.equilibrium.still import MOST_HELD
from loops.kernel import Floats, Ints
from loops.model import Model
from loops.scenario import Scenario, fits
from loops.simulate import LONG_RUN
from loops.worlds import Worlds

SLIGHT = 1e-6
"""A response below this share of the largest one to the same push counts as none: far above what rounding
makes of an exact 0 (about n eps cond(J), 1e-9 where a state is firm), far below what anybody could see."""
FEWEST = 100
"""Fewer usable worlds are too few to say: a share would be uncertain by more than 10 in 100."""
TOGETHER = 128
PILOTS = 64
MOST_CUBES = 2_000_000_000
"""Worlds times cubed variables, some seconds of eigenvalues: of a large model fewer worlds are pressed."""


@dataclass(frozen=True)
class Presses:
    """In how many worlds each variable ends higher, lower or alike under each push."""

    pushes: tuple[str, ...]  # levers and contexts, then the variables
    variables: tuple[str, ...]
    more: Ints  #  (P, n) usable worlds in which it ends higher
    less: Ints  #  (P, n) in which it ends lower
    alike: Ints  # (P, n) in which it ends as it was
    used: int
    """Worlds with a stable state of rest."""
    tried: int
    left_out: Mapping[str, int]
    """Why the others were not used, and how many."""
    stopped: str = ""
    """Why fewer were tried than were asked for; empty when they were not."""

    @property
    def enough(self) -> bool:
        """Whether there are enough usable worlds to say anything."""
        return self.used >= FEWEST

    def shares(self, push: str, variable: str) -> tuple[float, float, float]:
        """Shares of usable worlds in which `variable` ends higher, lower, alike; not numbers without any.

        Raises :class:`ValueError` for a name that is not there.
        """
        place = self.pushes.index(push), self.variables.index(variable)
        counts = self.more[place], self.less[place], self.alike[place]
        more, less, alike = (float(count) / self.used if self.used else float("nan") for count in counts)
        return more, less, alike


def press(
    model: Model,
    scenario: Scenario,
    *,
    worlds: Worlds,
    count: int = 1_024,
    progress: Progress = lambda share, words: None,
) -> Presses:
    """Press everything in worlds 0 to `count`, each where it rests after `scenario`.

    Levers stay as the scenario leaves them. Of a large model fewer worlds are tried, and what is done stands
    when the progress raises :class:`loops.ensemble.simulate.Cancelled`. Raises :class:`ValueError` for a
    scenario that does not fit, no world, or worlds of other models.
    """
    if count < 1:
        raise ValueError("ask for at least one world")
    fits(model, scenario)
    equations = Equations.of(model)
    assumptions = worlds.assumptions(equations)
    fit = max(1, min(count, most_runs(equations), MOST_CUBES // len(equations.variables) ** 3))
    corners = [month for plan in (*scenario.levers, *scenario.contexts) for month in plan.corners()]
    pilot = assumptions.versions(worlds.units(0, min(PILOTS, fit)))
    runs = Runs.of(equations, [scenario], max(corners, default=0.0) + LONG_RUN, pilot)
    pushes = equations.inputs + equations.variables
    counts = np.zeros((3, len(pushes), len(equations.variables)), dtype=np.int64)
    tried = used = restless = 0
    together = max(1, min(TOGETHER, MOST_HELD // len(equations.variables) ** 2))
    stopped = f"this model is large: {fit:,} of {count:,} worlds were tried" if fit < count else ""
    try:
        for first in range(0, fit, together):
            versions = assumptions.versions(worlds.units(first, min(together, fit - first)))
            found = respond(equations, runs.lanes(0, versions))
            counts += tallied(found.changes[found.stable])
            tried += found.resting.size
            used += int(np.count_nonzero(found.stable))
            restless += int(np.count_nonzero(~found.resting))
            progress(tried / fit, f"versions tried: {tried:,} of {fit:,}")
    except Cancelled:
        if tried < fit:
            stopped = f"stopped after {tried:,} of {count:,} worlds"
    left_out = {"still moving": restless, "not stable": tried - used - restless}
    return Presses(
        pushes, equations.variables, counts[0], counts[1], counts[2], used, tried, left_out, stopped
    )


def tallied(changes: Floats) -> Ints:
    """In how many of W worlds (W, n, P) each level goes up, down and nowhere under each push, (3, P, n)."""
    size = np.abs(changes)
    seen = size > SLIGHT * size.max(axis=1, keepdims=True)
    ways = (seen & (changes > 0), seen & (changes < 0), ~seen)
    return np.array([np.count_nonzero(way, axis=0).T for way in ways])
