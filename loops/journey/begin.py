"""From a standing to where the model's versions start: what people said, and for the rest what goes with it.

What nobody has rated could be anywhere. But a surgery where people hardly know what this is about is not
half way with everything else: in the model some states come about and most never do. So what is not known is
taken from the version's own runs, at the moment in them at which what was rated is most like the ratings.
With any level of 0 to 1 for it instead, each as likely, a partner of whom little is known would look half way
there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from loops.ensemble.runs import Runs
from loops.equations import Equations
from loops.journey.paired import lots, only, paired, rows
from loops.journey.standing import Standing
from loops.kernel import Floats, Ints
from loops.model import Model
from loops.parts import replace
from loops.scenario import Change, Scenario, Schedule
from loops.spread import Width
from loops.theory.indices import FEWEST_WORLDS
from loops.worlds import Versions, Worlds

RULE = (
    "In each version of our assumptions a box that was rated starts anywhere in what its word covers, and "
    "circumstances that were rated stay at such a place. A box that nobody knows starts where it is in that "
    "version's own runs, with nothing new and with some plans, at the moment when the rated boxes are most "
    "like what was said. Where nobody has rated a box, all start as in the model."
)
COUNT = 512
"""Versions, when nobody asks for more."""
PLANS = 7
"""Random plans under which each version runs, beside nothing new."""
LENGTH = 120
"""Months of those runs."""
EVERY = 3
"""Months between the moments that are looked at."""
FEWEST_RUNS = 4
"""Of one version, however large the model is."""
MOST_WORK = 1_200_000_000
"""Steps times rows, links, runs and versions, seconds on two cores: of a large model fewer are looked at."""


@dataclass(frozen=True)
class Begun:
    """Versions of a model's assumptions that start where a partner is."""

    model: Model
    versions: Versions
    """Each box's own level in place of a factor on the file's, so they belong to `whole` and not to `model`;
    circumstances that were rated stand at their levels."""
    rated: tuple[str, ...]
    """Boxes and circumstances of which somebody knew something."""
    unknown: tuple[str, ...]
    """The other variables."""
    seed: int
    width: Width = "middle"
    """How widely they were drawn."""
    cut: str = ""
    """A sentence where the model is so large that fewer versions were made than asked for."""

    @cached_property
    def whole(self) -> Model:
        """The model with every start at 1, of which the versions' starts are shares."""
        return replace(self.model, variables=tuple(replace(node, start=1.0) for node in self.model.variables))

    @cached_property
    def equations(self) -> Equations:
        """Of `whole`: the rows of the starts are in the order of its variables."""
        return Equations.of(self.whole)

    @property
    def count(self) -> int:
        """How many versions there are."""
        return int(self.versions.start.shape[1])

    def start(self, variable: str) -> Floats:
        """Where a variable starts in each version, (W,)."""
        row: Floats = self.versions.start[self.equations.place(variable)]
        return row


def begin(  # noqa: PLR0913  how many versions, drawn how, and who is told
    model: Model,
    standing: Standing,
    *,
    seed: int,
    count: int = COUNT,
    width: Width = "middle",
    told: Callable[[float], None] = lambda share: None,
) -> Begun:
    """The first `count` versions of a seed, started where a partner stands by :data:`RULE`.

    Version n is the same however many there are, from 64 on. `told` hears the share done, and may raise to
    stop. Raises :class:`ValueError` as :meth:`loops.worlds.Worlds.of` does, and
    :class:`loops.simulate.DidNotFinish`.
    """
    worlds = Worlds.of([model], width=width, seed=seed)
    versions = worlds.assumptions(Equations.of(model)).versions(worlds.units(0, count))
    return dataclasses.replace(begin_in(model, standing, versions, seed=seed, told=told), width=width)


def begin_in(  # noqa: PLR0913  as above, and on how many threads
    model: Model,
    standing: Standing,
    versions: Versions,
    *,
    seed: int,
    threads: int = 2,
    told: Callable[[float], None] = lambda share: None,
) -> Begun:
    """The same for versions that were drawn elsewhere; bitwise the same for any number of threads."""
    equations, asked = Equations.of(model), versions.start.shape[1]
    own = versions.applied(equations.parameters([_nothing(model)])).start
    known = [name for name in standing.known if name in equations.variables]
    begun = Begun(
        model,
        _rated(equations, standing, dataclasses.replace(versions, start=own), seed),
        standing.known,
        tuple(node.id for node in model.variables if node.id not in known),
        seed,
    )
    if not known or not begun.unknown:
        return begun
    pool = _Pool.of(begun, own, np.array([equations.place(name) for name in known]))
    fit = min(asked, max(FEWEST_WORLDS, MOST_WORK // (pool.size * pool.looked_at)))
    starts, cut_up = begun.versions.start.copy(), lots(equations, fit)
    threaded = ThreadPoolExecutor(threads)
    try:
        for lot, found in zip(cut_up, threaded.map(pool.nearest, cut_up), strict=True):
            starts[:, lot] = found
            told((lot[-1] + 1) / fit)
    finally:
        threaded.shutdown(cancel_futures=True)
    made = only(dataclasses.replace(begun.versions, start=starts), np.arange(fit))
    cut = f"This model is large: {fit:,} of {asked:,} versions were tried." if fit < asked else ""
    return dataclasses.replace(begun, versions=made, cut=cut)


def _rated(equations: Equations, standing: Standing, versions: Versions, seed: int) -> Versions:
    """The versions with rated boxes and circumstances somewhere in their range; other starts are kept."""
    names = [*equations.variables, *equations.inputs]
    draws = np.random.default_rng([seed, 5]).random((versions.start.shape[1], len(names))).T
    start, inputs = versions.start.copy(), versions.inputs.copy()
    for box in standing.known:
        low, high = standing.boxes[box].range
        drawn = low + (high - low) * draws[names.index(box)]
        if box in equations.variables:
            start[equations.place(box)] = drawn
        else:
            inputs[equations.inputs.index(box)] = drawn
    return dataclasses.replace(versions, start=start, inputs=inputs)


@dataclass(frozen=True)
class _Pool:
    """Each version's own runs, and what in them must be like the ratings."""

    runs: Runs
    ours: Versions
    """The versions from where they start by themselves."""
    wanted: Floats  # (n, W) the same with the rated boxes where they were rated
    known: Ints  #    (R,) the rows of these

    @classmethod
    def of(cls, begun: Begun, own: Floats, known: Ints) -> _Pool:
        ours = dataclasses.replace(begun.versions, start=own)
        plans = [_nothing(begun.model), *_plans(begun.model, begun.seed)]
        return cls(paired(begun.equations, plans, LENGTH, ours), ours, begun.versions.start, known)

    @property
    def size(self) -> int:
        """Steps times rows and links that one run of one version takes."""
        return self.runs.mesh.size * rows(self.runs.equations)

    @property
    def looked_at(self) -> int:
        """How many of the runs: nothing new and as many plans as there is room for."""
        return min(len(self.runs.own), max(FEWEST_RUNS, MOST_WORK // (self.size * FEWEST_WORLDS)))

    def nearest(self, lot: Ints) -> Floats:
        """Where some versions start, (n, W): rated boxes as they are, the others at the likest moment."""
        wanted, ours = self.wanted[:, lot], only(self.ours, lot)
        months = np.arange(0.0, LENGTH + 1, EVERY)
        best, found = np.full(lot.size, np.inf), wanted.copy()
        for run in range(self.looked_at):
            levels = self.runs.levels(run, ours, months)
            apart = ((levels[:, self.known] - wanted[self.known]) ** 2).sum(axis=1)
            month, nearest = apart.argmin(axis=0), apart.min(axis=0)
            nearer = np.flatnonzero(nearest < best)
            best[nearer] = nearest[nearer]
            found[:, nearer] = levels[month[nearer], :, nearer].T
        found[self.known] = wanted[self.known]
        return np.clip(found, 0.0, 1.0)  # a level may be beyond by the solver's error


def _nothing(model: Model) -> Scenario:
    return Scenario(id="nothing_new", model=model.id, title="Nothing new")


def _plans(model: Model, seed: int) -> Sequence[Scenario]:
    """Plans of some levers, few or many, at full effort from month 0 for one year to ten."""
    rng = np.random.default_rng([seed, 6])
    plans = []
    for number in range(PLANS):
        chosen = rng.random(len(model.levers)) < rng.random()
        stops = 12.0 * rng.integers(1, LENGTH // 12 + 1, len(model.levers))
        levers = tuple(
            Schedule(id=lever.id, changes=(Change(month=0, level=1), Change(month=stop, level=lever.level)))
            for lever, on, stop in zip(model.levers, chosen, stops.tolist(), strict=True)
            if on
        )
        plans.append(Scenario(id=f"plan_{number}", model=model.id, title="A plan", levers=levers))
    return plans
