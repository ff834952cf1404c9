"""How far the tipping point is: along a programme's length, a lever or a circumstance, and how sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise, repeat
from typing import Literal

import numpy as np

from loops.equilibrium.along import Along
from loops.equilibrium.ends import Leads, Progress, leads, most_runs, part
from loops.equilibrium.lasting import extremes
from loops.equilibrium.rest import rest_states
from loops.equilibrium.scan import SENTENCES, Answers, Line, NotAsked, Spot, gaps, narrowed, rounds_for
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

Verdict = Literal["tips", "always", "never", "any push", "one rest state"] | NotAsked
"""It lasts at some points and not at others; at all; or at none, although there are two states of rest. Where
there are not two, even a small push lasts, or it ends alike with and without the plan. Or nothing was run:
there is no programme that could leave something behind, or one that never leaves."""


@dataclass(frozen=True)
class Crossing:
    """A value at which it changes whether it lasts, known to half the tolerance of what is varied."""

    value: float
    from_: bool
    """Whether it lasts just below the value."""
    to: bool
    """And just above."""


@dataclass(frozen=True)
class Tipping:
    """Where along `along` the change keeps going without us; the arrays are empty where nothing was run."""

    along: Along
    values: Floats  #  (13,) the points looked at first
    levels: Floats  #  (13,) the outcome in the end
    without: Floats  # (13,) the same with no lever ever on
    lasts: Answers  #  (13,) whether the change keeps going, by the plan or anyway
    anyway: Answers  # (13,) whether it comes with no lever ever on, too
    still: Answers  #  (13,) whether it had come to rest; what had not does not count as lasting
    crossings: tuple[Crossing, ...]
    """In order. Two changes between neighbouring points go unseen; none is given unless `upper`."""
    upper: bool
    """Whether there are two firm states of rest, an upper one and a lower one, to tip between."""
    verdict: Verdict

    @property
    def monotone(self) -> bool:
        """Whether it changes once at most, so that more always helps or always harms."""
        return len(self.crossings) <= 1


@dataclass(frozen=True)
class TippingRange:
    """The tipping point in many versions of the assumptions, every number a little larger or smaller.

    `low`, `middle` and `high` are the 10th, 50th and 90th percentiles over the versions that tip, the others
    being counted apart; None unless most of them tip.
    """

    low: float | None
    middle: float | None
    high: float | None
    lasts: float
    """Share of versions in which the plan itself lasts."""
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
    """Look at 13 points, then narrow every gap in which it changes whether the plan lasts.

    It lasts where the outcome ends, at rest, more than :data:`loops.compare.LASTING` above where it ends with
    no lever ever on, circumstances and links being the same; and where it ends as high as that without a
    lever, too. `seed` is for the search for states of rest.
    Raises :class:`ValueError` for a scenario that does not fit the model or an outcome that is no variable,
    and :class:`loops.simulate.DidNotFinish`.
    """
    line = Line.of(model, scenario, along, outcome)
    if line.not_asked:
        none = np.empty(0)
        return Tipping(line.along, none, none, none, none > 0, none > 0, none > 0, (), False, line.not_asked)
    begin = _begin(line, seed, part(progress, 0.0, 0.5))
    lasts = begin.leads.lasts(begin.reached)
    shares = _shares(line, begin.values)

    def ask(spots: list[Spot]) -> Answers:
        return line.leads(spots, progress=part(progress, *next(shares))).lasts(begin.reached)

    found = narrowed(gaps(begin.values, lasts), line.along.tolerance, ask) if begin.upper else []
    return Tipping(
        line.along,
        np.array(begin.values),
        begin.leads.levels,
        begin.leads.without,
        lasts,
        begin.leads.anyway(begin.reached),
        begin.leads.still,
        tuple(Crossing(gap.middle, gap.from_, not gap.from_) for gap in found),
        begin.upper,
        _verdict(lasts, begin.upper),
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
) -> TippingRange:
    """Find the tipping point in `draws` versions of the model, drawn as :class:`loops.noise.Shaken` does.

    Raises what :func:`tipping` raises, and :class:`ValueError` where it would not run anything.
    """
    line = Line.of(model, scenario, along, outcome)
    if line.not_asked:
        raise ValueError(SENTENCES[line.not_asked])
    begin = _begin(line, seed, part(progress, 0.0, 0.05))
    draws = min(draws, max(1, most_runs(line.equations) // RUNS_A_VERSION))
    shaken = Shaken.of(model, noise=noise, draws=draws, seed=seed)
    versions = range(draws)

    plans = [(scenario, version) for version in versions]
    itself = leads(line.equations, plans, outcome, shaken=shaken, progress=part(progress, 0.05, 0.1))
    spots = [(value, version) for version in versions for value in begin.values]
    first = line.leads(spots, shaken=shaken, progress=part(progress, 0.1, 0.5))
    reached = begin.reached or first.upper()
    rows = first.lasts(reached).reshape(draws, POINTS)
    found = [gaps(begin.values, row, version) for version, row in enumerate(rows)]
    shares = _shares(line, begin.values)

    def ask(inside: list[Spot]) -> Answers:
        return line.leads(inside, shaken=shaken, progress=part(progress, *next(shares))).lasts(reached)

    tips = narrowed([each[0] for each in found if each], line.along.tolerance, ask)
    most = 2 * len(tips) > draws
    low, middle, high = np.quantile([gap.middle for gap in tips], SHARES).tolist() if most else [None] * 3
    return TippingRange(
        low,
        middle,
        high,
        lasts=float(itself.lasts(reached).mean()),
        never=float((~rows.any(axis=1)).mean()),
        always=float(rows.all(axis=1).mean()),
        several=float(np.mean([len(each) > 1 for each in found])),
        draws=draws,
    )


@dataclass(frozen=True)
class _Begin:
    """The first look, at the assumptions as they are."""

    values: list[float]
    leads: Leads
    upper: bool
    reached: float | None
    """The level above which it has changed for good."""


def _begin(line: Line, seed: int, progress: Progress | None) -> _Begin:
    values, own = line.values(POINTS), line.own
    found = line.leads([(value, 0) for value in values], progress=progress)
    reached = found.upper()
    # where it leaves most; where it leaves nothing, as near as can be to the plan itself
    near = found.lead if own is None or reached else -np.abs(np.array(values) - own)
    place = int(np.argmax(near))
    states = rest_states(line.equations.model, line.at(values[place]), seed=seed)
    pair = extremes(states, line.outcome)
    if pair and reached is None:
        row = states.variables.index(line.outcome)
        middle = float(pair[0].levels[row] + pair[1].levels[row]) / 2
        # where less of the outcome is the change, nothing new is at the upper one: only a lead can count
        reached = middle if found.without[place] < middle else None
    return _Begin(values, found, pair is not None, reached)


def _shares(line: Line, values: list[float]) -> Iterator[tuple[float, float]]:
    """The share of all work from which to which each round of narrowing goes: its second half."""
    rounds = rounds_for(values[1] - values[0], line.along.tolerance)
    # a gap a rounding error wider may take one more
    return chain(pairwise(np.linspace(0.5, 1.0, rounds + 1).tolist()), repeat((1.0, 1.0)))


def _verdict(lasts: Answers, upper: bool) -> Verdict:
    if not upper:
        return "any push" if lasts.any() else "one rest state"
    if lasts.all():
        return "always"
    return "tips" if lasts.any() else "never"
