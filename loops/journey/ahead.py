"""What follows from where a partner is: under one plan, and what each thing that we could do would add."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import product

import numpy as np

from loops.journey.begin import Begun
from loops.journey.doing import Doing
from loops.journey.paired import lots, most_plans, only, paired, rows
from loops.kernel import Floats, Ints
from loops.parts import replace
from loops.scenario import LONGEST, Scenario, fits
from loops.theory.claims import MARGIN
from loops.theory.levers import BAND, Band, band
from loops.utopia.items import acting

POINTS = 60
"""Moments of a course after its beginning: one for each month, of a long one fewer."""
BUNDLE = 3
"""Things that are done together at most."""
MOST_TRIED = 12
"""Of those that add most alone: each is tried along with a bundle."""
FEWEST = 16
"""Versions, however large the model is."""
MOST_WORK = 500_000_000
"""Steps times rows, links, plans and versions, seconds on two cores: of a large model fewer versions run."""
Told = Callable[[float], None]
"""Told the share that is done; may raise to stop."""


@dataclass(frozen=True)
class Course:
    """Where every variable goes under one plan, over the versions: what 10%, 50% and 90% are below."""

    plan: Scenario
    variables: tuple[str, ...]
    months: Floats  # (T,) from 0 on
    low: Floats  #    (T, V)
    middle: Floats  # (T, V)
    high: Floats  #   (T, V)
    rises: Mapping[str, float]
    """For each outcome of the model in which share of the versions it ends above its start, by .005."""
    versions: int

    @classmethod
    def over(cls, plan: Scenario, begun: Begun, months: Floats, levels: Floats) -> Course:
        """The course of the levels (T, V, W) of some of the versions."""
        low, middle, high = np.percentile(levels, BAND, axis=-1)
        ends = {name: levels[[0, -1], begun.equations.place(name)] for name in begun.model.headlines}
        rises = {name: float(np.mean(end - start >= MARGIN)) for name, (start, end) in ends.items()}
        return cls(plan, begun.equations.variables, months, low, middle, high, rises, levels.shape[-1])

    def of(self, variable: str) -> tuple[Floats, Floats, Floats]:
        """Low, middle and high of one variable, (T,) each."""
        place = self.variables.index(variable)
        return self.low[:, place], self.middle[:, place], self.high[:, place]


@dataclass(frozen=True)
class Option:
    """Something that we could do, and what it adds to an outcome in the end over nothing new."""

    doing: Doing
    gain: Band | None
    """Over the same versions; None when it cannot be done."""
    helps: float = 0.0
    """In which share of the versions it adds at least .005."""
    versions: int = 0
    """In how many that was measured."""
    why_not: str = ""
    """Why it cannot be done, in a sentence; empty when it can."""


def course(begun: Begun, plan: Scenario, *, months: int, told: Told = lambda share: None) -> Course:
    """Run a plan from where a partner is.

    Raises :class:`ValueError` for a number of months that is none from 1 to 2,400 and for a plan that does
    not fit the model, and :class:`loops.simulate.DidNotFinish`.
    """
    at = moments(months)
    from_here = replace(fits(begun.model, plan), start="file")
    every = np.arange(len(begun.equations.variables))
    (levels,) = _under(begun, [from_here], at, every, told=told)
    return Course.over(plan, begun, at, levels)


def moments(months: int) -> Floats:
    """The months at which a course is looked at, from 0 on; raises as :func:`course` does."""
    at: Floats = np.unique(np.linspace(0, _checked(months), min(months, POINTS) + 1).round())
    return at


def options(  # noqa: PLR0913  what is asked, and within which hours
    begun: Begun,
    *,
    outcome: str,
    months: int,
    hours_us: float | None = None,
    hours_partner: float | None = None,
    told: Told = lambda share: None,
) -> tuple[Option, ...]:
    """Everything that we could do from now on, each alone and some together: what adds most comes first.

    Each is run for so many months against nothing new in the same versions. Bundles are put together
    greedily: to what adds most alone goes what adds most to that within the hours a month, as long as it adds
    .005 at all and up to three things; the dozen that add most alone are tried. What cannot be done comes
    last, in the order of the file, with the reason. Hours that are None stand for as many as it takes. Raises
    :class:`ValueError` for an outcome that is no variable and as :func:`course` does, and
    :class:`loops.simulate.DidNotFinish`.
    """
    begun.equations.place(outcome)
    alone = [Doing.of(begun.model, [lever.id]) for lever in begun.model.levers]
    reasons = [_why_not(each, outcome, _checked(months), (hours_us, hours_partner)) for each in alone]
    can = [each for each, reason in zip(alone, reasons, strict=True) if not reason]
    found = _measured(begun, can, outcome, months, _part(told, 0, 1 / BUNDLE))
    best, most = found[:1], [each.doing for each in found[:MOST_TRIED]]
    while best and len(best[0].doing.levers) < BUNDLE:
        part = _part(told, len(best[0].doing.levers) / BUNDLE, 1 / BUNDLE)
        wider = [each for each in _wider(best[0].doing, most) if each.fits(hours_us, hours_partner)]
        better = _measured(begun, wider, outcome, months, part)
        best = [each for each in better[:1] if _middle(each) >= _middle(best[0]) + MARGIN]
        found += best
    told(1.0)
    cannot = [Option(each, None, why_not=why) for each, why in zip(alone, reasons, strict=True) if why]
    return (*sorted(found, key=_middle, reverse=True), *cannot)


def _wider(doing: Doing, others: Sequence[Doing]) -> Iterator[Doing]:
    """One more thing along with what is done."""
    for other in others:
        if other.levers[0] not in (*doing.levers, *doing.needs):
            yield Doing.of(doing.model, [*doing.levers, *other.levers])


def _checked(months: int) -> int:
    if not 1 <= months <= LONGEST:
        raise ValueError(f"{months} months: look ahead at least 1 month and at most {LONGEST:,}")
    return months


def _why_not(doing: Doing, outcome: str, months: int, hours: tuple[float | None, float | None]) -> str:
    """Why something cannot be done, or could not help in that time; empty when it can."""
    (name,) = doing.levers
    model = doing.model
    if next(lever.level for lever in model.levers if lever.id == name) == 1:
        return "It is done in full already."
    if name not in acting(model, outcome):
        return f"No arrow leads from it to “{model.nodes[outcome].label}”."
    if doing.begins >= months:
        return f"It cannot begin before month {doing.begins}."
    return doing.too_much(*hours)


def _measured(begun: Begun, doings: Sequence[Doing], outcome: str, months: int, told: Told) -> list[Option]:
    """What each adds in the end, that which adds most first."""
    row, end = np.array([begun.equations.place(outcome)]), np.array([float(months)])
    quiet = Scenario(id="nothing_new", model=begun.model.id, title="Nothing new")
    made: list[Option] = []
    most = most_plans(begun.equations) - 1
    for doing in (doings[first : first + most] for first in range(0, len(doings), most)):
        plans = [quiet, *(each.plan("From here") for each in doing)]
        part = _part(told, len(made) / len(doings), len(doing) / len(doings))
        levels = _under(begun, plans, end, row, of=len(doings), told=part)
        gains = [(each - levels[0]).astype(float).ravel() for each in levels[1:]]
        made += [
            Option(each, band(gain), float(np.mean(gain >= MARGIN)), gain.size)
            for each, gain in zip(doing, gains, strict=True)
        ]
    return sorted(made, key=_middle, reverse=True)


def _part(told: Told, first: float, share: float) -> Told:
    """Tells of a share of the work that comes after another."""
    return lambda done: told(first + share * done)


def _middle(option: Option) -> float:
    return option.gain.middle if option.gain else -np.inf


def _under(  # noqa: PLR0913  what is looked at, and of how many plans these are
    begun: Begun, plans: Sequence[Scenario], at: Floats, places: Ints, *, of: int = 1, told: Told
) -> list[Floats]:
    """The levels (T, R, W) of some variables under each plan, of a large model in fewer versions.

    The work is counted for all the plans `of` which these are some.
    """
    equations = begun.equations
    runs = paired(equations, plans, float(at[-1]), begun.versions)
    size = runs.mesh.size * rows(equations) * of
    count = min(begun.count, max(FEWEST, MOST_WORK // size))
    cut_up = lots(equations, count)

    def one(job: tuple[int, Ints]) -> Floats:
        run, lot = job
        return runs.levels(run, only(begun.versions, lot), at)[:, places]

    jobs, pool, done = list(product(range(len(plans)), cut_up)), ThreadPoolExecutor(2), []
    try:
        for levels in pool.map(one, jobs):
            done.append(levels)
            told(len(done) / len(jobs))
    finally:
        pool.shutdown(cancel_futures=True)
    each = len(cut_up)
    return [np.concatenate(done[k : k + each], axis=-1) for k in range(0, len(done), each)]
