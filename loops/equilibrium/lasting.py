"""Whether a change keeps going when the levers stop, judged where everything has come to rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loops.compare import LASTING, STILL, after_stop, last_stop, levers_stop, never_stops, nothing_new
from loops.equations import Equations
from loops.equilibrium.divide import between, lower_and_upper
from loops.equilibrium.ends import Ends, ends, lanes_of
from loops.equilibrium.fate import LAST, Fate
from loops.equilibrium.legacy import Divide, Legacy
from loops.equilibrium.rest import SAME, RestState, RestStates, rest_states
from loops.equilibrium.stability import stability
from loops.equilibrium.still import Still
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import AT_REST, simulate


@dataclass(frozen=True)
class Lasting:
    """What becomes of one plan's outcome. Levels are shares, times are months."""

    scenario: Scenario
    fate: Fate
    stop: float | None
    """When the last lever stops; None when no lever is moved or they never stop."""
    end: float
    """The outcome in the end."""
    rest: RestState | None
    """The state of rest it ended in (no hits: the search did not meet it); None where levers never stop, or
    where it is in none that holds."""
    upper: RestState | None
    """The firm state of rest with the most of the outcome, where there are two to tell apart."""
    lower: RestState | None
    """And the one with the least."""
    half_lead_lost: float | None
    """Months after `stop` until half of the largest lead from then on is lost, where it fades."""


def lasting(model: Model, scenarios: Sequence[Scenario], outcome: str, *, seed: int) -> list[Lasting]:
    """Follow each plan until it is at rest, and say whether its lead over nothing new lasts there.

    A plan is followed for 150 years after its last dated change, and for as long again, up to eight times,
    while anything moves: near a state of rest that has just vanished a lead fades so slowly that it looks
    like success for decades. What has stopped is at rest only if Newton's method finds a state of rest right
    there, and that is not unstable. `seed` is for the search for states of rest. Raises :class:`ValueError`
    when `outcome` is no variable or a scenario does not fit, and :class:`loops.simulate.DidNotFinish`.
    """
    equations = Equations.of(model)
    equations.place(outcome)
    return [_follow(equations, scenario, outcome, seed) for scenario in scenarios]


def _follow(equations: Equations, scenario: Scenario, outcome: str, seed: int) -> Lasting:
    model, row = equations.model, equations.place(outcome)
    found = ends(equations.wiring, lanes_of(equations, [(scenario, 0), (nothing_new(model, scenario), 0)]))
    states = rest_states(model, scenario, seed=seed)
    pair = lower_and_upper(states, outcome)
    fate, lost = _fate(equations, scenario, outcome, found, between(pair, row) if pair else Divide(np.nan))
    levels = found.state[: len(equations.variables), 0]
    rest = None if fate is Fate.NEVER_STOPS else _rest(model, scenario, levels, states)
    lower, upper = pair or (None, None)
    return Lasting(
        scenario,
        Fate.STILL_MOVES if fate is Fate.KEEPS_GOING and rest is None else fate,
        stop=levers_stop(model, scenario),
        end=float(levels[row]),
        rest=rest,
        upper=upper,
        lower=lower,
        half_lead_lost=lost,
    )


def _fate(
    equations: Equations, scenario: Scenario, outcome: str, found: Ends, divide: Divide
) -> tuple[Fate, float | None]:
    """The plan's fate by the rule of the scan and the map and, where it fades, when half of the lead is lost.

    Ends do not say what there was to lose, nor what circumstances did: for these the way is run again.
    """
    model, row = equations.model, equations.place(outcome)
    start, end, without = found.start[row, :1], found.state[row, :1], found.state[row, 1:]
    left = Legacy((scenario,), start, end, without, np.array([found.moving.max() <= STILL]))
    (fate,) = left.fates(divide)
    if never_stops(model, scenario):
        return Fate.NEVER_STOPS, None
    if fate is Fate.STILL_MOVES or (last_stop(model, scenario) and fate in LAST):
        return fate, None
    runs = simulate(model, [scenario, nothing_new(model, scenario)], months=int(np.ceil(found.months.max())))
    level, quiet = (run[outcome] for run in runs)
    stop = levers_stop(model, scenario)
    if stop is None:
        moved = np.abs(level - quiet).max() > LASTING
        return (Fate.CIRCUMSTANCES if moved else Fate.NO_DIFFERENCE), None
    if np.isnan(divide.level):  # half way from where it began to the highest that it was
        (fate,) = left.fates(Divide(max(float(level[0] + level.max()) / 2, level[0] + LASTING)))
    if fate is Fate.COMES_ANYWAY:
        return fate, None
    most, lost = after_stop(runs[0].months, level - quiet, stop)
    return (Fate.FADES, lost) if most > LASTING else (Fate.NO_DIFFERENCE, None)


def _rest(model: Model, scenario: Scenario, levels: Floats, known: RestStates) -> RestState | None:
    """The state of rest at `levels` (n,), as known if it is among those; None without one that holds."""
    (root,), (arrived,) = Still.of(model, scenario).solve(levels[None])
    if not arrived or np.abs(root - levels).max() > AT_REST:
        return None
    same = [state for state in known.states if np.abs(state.levels - root).max() < SAME]
    found = same[0] if same else RestState(root, 0, stability(model, scenario, root))
    return None if found.stability.stable is False else found
