"""How far the tipping point is: along a programme's length, a lever or a circumstance, and how sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from typing import Literal

import numpy as np

from loops.compare import never_stops
from loops.equilibrium.along import Along
from loops.equilibrium.divide import divide
from loops.equilibrium.ends import Progress, most_runs, part
from loops.equilibrium.fate import Fate
from loops.equilibrium.legacy import Divide, Fates, Legacy, lasts, legacy
from loops.equilibrium.scan import Answers, Line, NotAsked, Spot, gaps, narrowed, rounds_for
from loops.kernel import Floats
from loops.model import Model
from loops.noise import Shaken
from loops.scenario import Scenario

POINTS = 13
"""Where a tipping point is first looked for, from end to end."""
SHARES = (0.1, 0.5, 0.9)
"""The range that is given: of the versions that tip, one in ten before it and one in ten after it."""
RUNS_A_VERSION = 2 * (POINTS + 1 + 3 * 7)
"""Most runs of one version: the points, the plan itself, three rounds of seven; with levers and without."""

Verdict = (
    Literal["tips", "always", "anyway", "never", "no difference", "any push", "one rest state", "still moves"]
    | NotAsked
)
"""It lasts at some points and not at others; at all, or comes anyway at all; at none, although there are two
states of rest, because it fades or because the plan makes no difference. Where there are not two, even a
small push lasts, or it ends alike with and without the plan. At some points something still moves, and at
none it lasts. Or nothing was run: there is no programme that could leave something behind, or one that never
leaves."""


@dataclass(frozen=True)
class Tip:
    """A value at which it changes whether it lasts, known to half the tolerance of what is varied."""

    value: float
    below: Fate
    """What becomes of it at the point below."""
    above: Fate
    """And at the point above."""


@dataclass(frozen=True)
class Tipping:
    """Where along `along` the change keeps going without us; the arrays are empty where nothing was run."""

    along: Along
    values: Floats  #  (13,) the points looked at first
    levels: Floats  #  (13,) the outcome in the end
    without: Floats  # (13,) the same if nothing new is done
    fates: Fates  #    (13,) what becomes of it, as :meth:`loops.equilibrium.legacy.Legacy.fates` says
    tips: tuple[Tip, ...]
    """In order. Two changes between neighbouring points go unseen; none is given unless `upper`."""
    upper: bool
    """Whether there are two firm states of rest, an upper one and a lower one, to tip between."""
    verdict: Verdict

    @property
    def lasts(self) -> Answers:
        """Where the change is there in the end (13,), by the plan or anyway."""
        return lasts(self.fates)

    @property
    def monotone(self) -> bool:
        """Whether it changes once at most, so that more always helps or always harms."""
        return len(self.tips) <= 1


@dataclass(frozen=True)
class TippingRange:
    """The tipping point in many versions of the assumptions, every number a little larger or smaller.

    `low`, `middle` and `high` are the 10th, 50th and 90th percentiles over the versions that tip, the others
    being counted apart; None unless most of them tip.
    """

    low: float | None
    middle: float | None
    high: float | None
    lasts: float | None
    """Share of versions in which the plan itself lasts; None where some lever of it never stops."""
    never: float
    """Share in which it lasts at none of the 13 points."""
    always: float
    """Share in which it lasts at all of them."""
    several: float
    """Share in which it changes more than once; the first change counts."""
    draws: int
    """How many versions: fewer than asked for where the model is large."""


def tipping(  # noqa: PLR0913  what is asked, of which variable, and who watches
    model: Model,
    scenario: Scenario,
    along: Along,
    *,
    outcome: str,
    seed: int,
    progress: Progress | None = None,
) -> Tipping:
    """Look at 13 points, then narrow every gap in which it changes whether the change lasts.

    `seed` is for the search for states of rest. Raises :class:`ValueError` for a scenario that does not fit
    the model or an outcome that is no variable, and :class:`loops.simulate.DidNotFinish`.
    """
    line = Line.of(model, scenario, along, outcome)
    if line.not_asked:
        none = np.empty(0)
        return Tipping(line.along, none, none, none, none.astype(object), (), False, line.not_asked)
    begin = _begin(line, seed, part(progress, 0.0, 0.5))
    fates = begin.legacy.fates(begin.divide)
    shares = _shares(line, begin.values)

    def ask(spots: list[Spot]) -> Answers:
        return lasts(line.legacy(spots, progress=part(progress, *next(shares))).fates(begin.divide))

    wide = gaps(begin.values, lasts(fates)) if begin.divide.firm else []
    tips = [
        Tip(gap.middle, *(fates[begin.values.index(end)] for end in (first.low, first.high)))
        for first, gap in zip(wide, narrowed(wide, line.along.tolerance, ask), strict=True)
    ]
    return Tipping(
        line.along,
        np.array(begin.values),
        begin.legacy.levels,
        begin.legacy.without,
        fates,
        tuple(tips),
        begin.divide.firm,
        _verdict(fates, begin.divide),
    )


def tipping_range(  # noqa: PLR0913  the same, in how many versions and how different
    model: Model,
    scenario: Scenario,
    along: Along,
    *,
    outcome: str,
    noise: float = 0.05,
    draws: int = 64,
    seed: int,
    progress: Progress | None = None,
) -> TippingRange | None:
    """Find the tipping point in `draws` versions of the model, drawn as :class:`loops.noise.Shaken` does.

    None, and no version is run, where :func:`tipping` runs nothing or finds no upper state of rest to tip to.
    Raises what it raises.
    """
    line = Line.of(model, scenario, along, outcome)
    begin = None if line.not_asked else _begin(line, seed, part(progress, 0.0, 0.05))
    if begin is None or not begin.divide.firm:
        return None
    draws = min(draws, max(1, most_runs(line.equations) // RUNS_A_VERSION))
    shaken = Shaken.of(model, noise=noise, draws=draws, seed=seed)
    versions = range(draws)

    plans = [(scenario, version) for version in versions]
    itself = legacy(line.equations, plans, outcome, shaken=shaken, progress=part(progress, 0.05, 0.1))
    spots = [(value, version) for version in versions for value in begin.values]
    first = line.legacy(spots, shaken=shaken, progress=part(progress, 0.1, 0.5))
    rows = lasts(first.fates(begin.divide)).reshape(draws, POINTS)
    wide = [gaps(begin.values, row, version) for version, row in enumerate(rows)]
    shares = _shares(line, begin.values)

    def ask(inside: list[Spot]) -> Answers:
        found = line.legacy(inside, shaken=shaken, progress=part(progress, *next(shares)))
        return lasts(found.fates(begin.divide))

    tips = narrowed([each[0] for each in wide if each], line.along.tolerance, ask)
    most = 2 * len(tips) > draws
    low, middle, high = np.quantile([gap.middle for gap in tips], SHARES).tolist() if most else [None] * 3
    return TippingRange(
        low,
        middle,
        high,
        lasts=None if never_stops(model, scenario) else float(lasts(itself.fates(begin.divide)).mean()),
        never=float((~rows.any(axis=1)).mean()),
        always=float(rows.all(axis=1).mean()),
        several=float(np.mean([len(each) > 1 for each in wide])),
        draws=draws,
    )


@dataclass(frozen=True)
class _Begin:
    """The first look, at the assumptions as they are."""

    values: list[float]
    legacy: Legacy
    divide: Divide


def _begin(line: Line, seed: int, progress: Progress | None) -> _Begin:
    values = line.values(POINTS)
    found = line.legacy([(value, 0) for value in values], progress=progress)
    return _Begin(values, found, divide(line.equations, line.scenario, line.outcome, found, seed=seed))


def _shares(line: Line, values: list[float]) -> Iterator[tuple[float, float]]:
    """The share of all work from which to which each round of narrowing goes: its second half."""
    rounds = rounds_for(values[1] - values[0], line.along.tolerance)
    # a gap a rounding error wider may take one more
    return chain(pairwise(np.linspace(0.5, 1.0, rounds + 1).tolist()), repeat((1.0, 1.0)))


def _verdict(fates: Fates, divide: Divide) -> Verdict:
    there = lasts(fates)
    if not there.any() and Fate.STILL_MOVES in fates:
        return "still moves"
    if not divide.firm:
        return "any push" if there.any() else "one rest state"
    if there.all():
        return "always" if Fate.KEEPS_GOING in fates else "anyway"
    if there.any():
        return "tips"
    return "never" if Fate.FADES in fates else "no difference"
