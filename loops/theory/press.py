"""The press test: in how many worlds a lasting push on one thing makes each variable rise or fall for good.

It is the direction of a *small* push (:mod:`loops.equilibrium.response`), at each world's own state of rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from loops.ensemble.runs import Runs
from loops.ensemble.simulate import Cancelled, Progress
from loops.equations import Equations
from loops.equilibrium.ends import width_for
from loops.equilibrium.response import respond
from loops.equilibrium.still import MOST_HELD
from loops.kernel import Floats, Ints, Lanes
from loops.model import Model
from loops.scenario import Scenario, fits
from loops.simulate import LONG_RUN
from loops.theory.verdict import SUPPORTED
from loops.worlds import Worlds

SLIGHT = 1e-6
"""A response below this share of the largest one to the same push counts as none: far above what rounding
makes of an exact 0 (about n eps cond(J), 1e-9 where a state is firm), far below what anybody could see."""
FEWEST = 100
"""Fewer usable worlds are too few to say: a share would be uncertain by more than 10 in 100."""
TOGETHER = 128
"""Worlds side by side; fewer of a large model."""
MOST_WORK = 1_000_000
"""Worlds times rows and links, half a minute of running: of a large model fewer worlds are pressed."""
MOST_CUBES = 2_000_000_000
"""Worlds times cubed variables, some seconds of eigenvalues, likewise."""


Way = Literal["more", "less", "alike", "more or alike", "less or alike", "either", "too few to say"]
WAYS: tuple[Way, ...] = get_args(Way)


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

    def way(self, push: str, variable: str) -> Way:
        """Where `variable` goes in nearly all usable worlds; "either" where neither way is rare.

        Raises :class:`ValueError` for a name that is not there.
        """
        more, less, alike = self.shares(push, variable)
        if not self.enough:
            return "too few to say"
        sure: dict[Way, float] = {"more": more, "less": less, "alike": alike}
        sure |= {"more or alike": more + alike} if more > less else {"less or alike": less + alike}
        return next((way for way, share in sure.items() if share >= SUPPORTED), "either")


def press(
    model: Model,
    scenario: Scenario,
    *,
    worlds: Worlds,
    count: int = 1_024,
    progress: Progress = lambda share, words: None,
) -> Presses:
    """Press everything in worlds 0 to `count`, each where it rests after `scenario`.

    Levers stay as the scenario leaves them. Of a large model fewer worlds are tried, or none where they would
    be too few to say; what is done stands when the progress raises
    :class:`loops.ensemble.simulate.Cancelled`; `stopped` says so. Raises :class:`ValueError` for a scenario
    that does not fit, no world, or worlds of other models, and :class:`loops.simulate.DidNotFinish`.
    """
    if count < 1:
        raise ValueError("ask for at least one world")
    fits(model, scenario)
    equations = Equations.of(model)
    fit, stopped = _fit(equations, count)
    pushes = equations.inputs + equations.variables
    counts = np.zeros((3, len(pushes), len(equations.variables)), dtype=np.int64)
    tried = used = restless = 0
    try:
        for lanes in _lanes(equations, scenario, worlds, fit):
            found = respond(equations, lanes)
            counts += tallied(found.changes[found.stable])
            tried += found.resting.size
            used += int(np.count_nonzero(found.stable))
            restless += int(np.count_nonzero(~found.resting))
            progress(tried / fit, f"versions tried: {tried:,} of {fit:,}")
    except Cancelled:
        if tried < fit:
            stopped = f"stopped after {tried:,} of {count:,} versions"
    left_out = {"still moving": restless, "not stable": tried - used - restless}
    return Presses(
        pushes, equations.variables, counts[0], counts[1], counts[2], used, tried, left_out, stopped
    )


def _fit(equations: Equations, count: int) -> tuple[int, str]:
    """How many worlds are tried of a model of this size, and why not all."""
    rows = equations.depth + len(equations.links)
    fit = min(count, MOST_WORK // rows, MOST_CUBES // len(equations.variables) ** 3)
    if fit < min(count, FEWEST):
        return 0, "this model is too large for the press test, and nothing was run"
    return fit, f"this model is large: {fit:,} of {count:,} versions were tried" if fit < count else ""


def _lanes(equations: Equations, scenario: Scenario, worlds: Worlds, count: int) -> Iterator[Lanes]:
    """The worlds under the scenario until long after its last dated change, some side by side."""
    if not count:
        return
    corners = [month for plan in (*scenario.levers, *scenario.contexts) for month in plan.corners()]
    together = min(
        TOGETHER, width_for(equations, [(scenario, 0)]), MOST_HELD // len(equations.variables) ** 2
    )
    versions = [
        worlds.assumptions(equations).versions(worlds.units(first, min(together, count - first)))
        for first in range(0, count, together)
    ]
    runs = Runs.of(equations, [scenario], max(corners, default=0.0) + LONG_RUN, versions[0])
    yield from (runs.lanes(0, each) for each in versions)


def tallied(changes: Floats) -> Ints:
    """In how many of W worlds (W, n, P) each level goes up, down and nowhere under each push, (3, P, n)."""
    size = np.abs(changes)
    seen = size > SLIGHT * size.max(axis=1, keepdims=True)
    ways = (seen & (changes > 0), seen & (changes < 0), ~seen)
    return np.array([np.count_nonzero(way, axis=0).T for way in ways])
