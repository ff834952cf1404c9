"""What the system gives back: hold one variable where it is, and see where everything else would take it.

With the outcome held at c, levers off and everything else at rest, the return curve is

    phi(c) = G / (G + L)   of the outcome

Where phi(c) > c the system gives back more than is put in and the outcome grows when let go. Where
phi(c) = c everything is at rest. It is the input-output characteristic of Angeli, Ferrell & Sontag (2004,
PNAS 101:1822-1827, doi 10.1073/pnas.0308265100), who show that without B loops its crossings decide all:
with them everything else may rest at several levels for one c, or at none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from loops.equations import Equations
from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.rest import SAME, different
from loops.equilibrium.stability import stability_of
from loops.equilibrium.still import Still, inert
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import LONG_RUN

MOST_NUMBERS = 10_000_000_000
"""Points times cubed variables, some seconds of computing: a large model is given fewer points."""
FEWEST = 9
"""But never fewer than these."""

Side = Literal["below", "above", "both"]


@dataclass(frozen=True)
class Crossing:
    """A level at which the system gives back just what is put in: everything is at rest."""

    level: float
    stable: bool | None
    """Of the whole system, delays included; None if nobody can say (see `Stability`)."""
    side: Side
    """On the curve from below, from above, or where both run together."""


@dataclass(frozen=True)
class ReturnCurve:
    """The return curve of an outcome at C levels, reached from nothing and from everything."""

    outcome: str
    held: Floats  #  (C,) levels at which the outcome is held: c
    below: Floats  # (C,) phi(c) where everything else comes up from 0
    above: Floats  # (C,) phi(c) where everything else comes down from 1
    crossings: tuple[Crossing, ...]
    """By rising level. Of two between neighbouring points of one curve neither is seen."""
    agree: bool
    """Whether both curves are one: what is given back does not depend on where everything else began."""
    settled: bool
    """Whether everything else came to rest at every point: if not, something swings or creeps for ever."""


def return_curve(model: Model, scenario: Scenario, outcome: str, *, points: int = 81) -> ReturnCurve:
    """Hold `outcome` at `points` levels from 0 to 1 in what holds after `scenario`, and see what comes back.

    Everything else runs for 150 years from all 0 and from all 1, without delays (at rest they make no
    difference), and Newton's method makes the ends exact. A large model is given fewer points. A crossing is
    a state of rest of the whole system that lies on a curve. Every state of rest lies on *some* curve of what
    is at rest beside a held outcome; the two drawn here see all of them if everything else can rest at one
    level only for each c (they agree) and the points are close enough. Where nothing at all moves the outcome
    phi(c) is c, and no crossing is listed. Raises :class:`ValueError` when `outcome` is no variable or the
    scenario does not fit, and :class:`loops.simulate.DidNotFinish` when the integration is stopped.

    >>> from loops.model import Model
    >>> rumour = Model.model_validate({
    ...     "id": "rumour", "title": "Rumour",
    ...     "variable": {"told": {"label": "Told", "start": 0.1, "fade": 0.1}},
    ...     "link": [{"from": "told", "to": "told", "polarity": "+", "strength": 0.2}],
    ... })
    >>> curve = return_curve(rumour, Scenario(id="quiet", model="rumour", title="Quiet"), "told", points=5)
    >>> curve.below.round(3).tolist()
    [0.0, 0.333, 0.5, 0.6, 0.667]
    >>> [(round(crossing.level, 9), crossing.stable) for crossing in curve.crossings]
    [(0.0, False), (0.5, True)]
    """
    still = Still.of(model, scenario)
    place = still.equations.place(outcome)
    held = np.linspace(0, 1, min(points, max(FEWEST, MOST_NUMBERS // (2 * still.size**3))))
    ends, settled = _rest_beside(still, place, held)
    halves = np.split(ends, 2)
    below, above = (_given_back(still, place, half) for half in halves)
    met = [_met(still, place, *pair) for pair in zip(halves, (below, above), strict=True)]
    return ReturnCurve(
        outcome,
        held,
        below,
        above,
        crossings=_crossings(model, scenario, outcome, met),
        agree=bool(np.abs(below - above).max() < SAME),
        settled=settled,
    )


def _rest_beside(still: Still, place: int, held: Floats) -> tuple[Floats, bool]:
    """Levels (2C, n) at rest beside the held outcome, from nothing and then from everything; all at rest?"""
    starts = still.placed(np.repeat([0.0, 1.0], held.size)[:, None] + np.zeros(still.size))
    starts[:, place] = np.tile(held, 2)
    ends, settled = still.holding([place]).rest_from(starts)
    return ends, bool(settled.all())


def _given_back(still: Still, place: int, levels: Floats) -> Floats:
    """G / (G + L) of one variable in each state (S, n): its own level where nothing pulls."""
    terms = still.terms(levels)
    winning, pull = terms.winning[:, place], (terms.winning + terms.losing)[:, place]
    return np.where(pull > 0, winning / np.where(pull > 0, pull, 1), levels[:, place])


def _met(still: Still, place: int, ends: Floats, given: Floats) -> Floats:
    """States of rest (F, n) that one curve runs through.

    Newton's method starts from both sides of a crossing, and counts if it ends between them: where the curve
    leaps over the diagonal there is no crossing.
    """
    held = ends[:, place]
    above, at = given > held + SAME, np.abs(given - held) <= SAME
    side = np.arange(held.size - 1)
    crossed = side[(above[:-1] != above[1:]) | at[:-1] | at[1:]]
    if inert(still.equations, still.lanes)[place]:
        crossed = crossed[:0]
    levels, arrived = still.solve(ends[np.concatenate([crossed, crossed + 1])])
    least, most = np.tile(held[crossed], 2) - SAME, np.tile(held[crossed + 1], 2) + SAME
    return levels[arrived & (levels[:, place] >= least) & (levels[:, place] <= most)]


def _crossings(model: Model, scenario: Scenario, outcome: str, met: Sequence[Floats]) -> tuple[Crossing, ...]:
    """Each state of rest that the curves from below and from above run through, once."""
    equations = Equations.of(model)
    lanes = equations.prepare([afterwards(model, scenario)], LONG_RUN)
    place = equations.variables.index(outcome)
    states, _ = different(np.concatenate(met))
    crossings = []
    for levels in sorted(states, key=lambda levels: levels[place]):
        below, above = (bool((np.abs(found - levels).max(axis=1) < SAME).any()) for found in met)
        side: Side = "both" if below and above else "below" if below else "above"
        crossings.append(Crossing(float(levels[place]), stability_of(equations, lanes, levels).stable, side))
    return tuple(crossings)
