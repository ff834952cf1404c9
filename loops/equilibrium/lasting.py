"""Whether a change keeps going when the levers stop, judged where everything has come to rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from loops import compare
from loops.equations import Equations
from loops.equilibrium.ends import ends, lanes_of, named
from loops.equilibrium.rest import SAME, RestState, RestStates, rest_states
from loops.equilibrium.stability import stability
from loops.equilibrium.still import Still
from loops.kernel import Floats
from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario
from loops.simulate import AT_REST, before_the_changes

Fate = Literal["sustained", "fading", "no lead", "levers never stop", "circumstances", "still moving"]
"""What becomes of the lead over nothing new when nobody pushes any more. It goes to a state of rest that
holds, above nothing new; it is lost, however slowly; there was none; levers never stop, so that nobody can
say; no lever is moved, so that circumstances alone made it; or after a thousand years it still moves."""

FATES: dict[compare.Fate, Fate] = {
    "lasts": "sustained",
    "fades": "fading",
    "no lead": "no lead",
    "goes on": "levers never stop",
    "circumstances": "circumstances",
    "still moving": "still moving",
}


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
    """Months after `stop` until half of the lead over nothing new is lost, where it fades."""


def lasting(model: Model, scenarios: Sequence[Scenario], outcome: str, *, seed: int) -> list[Lasting]:
    """Follow each plan until it is at rest, and say whether its lead over nothing new lasts there.

    A plan is followed for 150 years after its last dated change, and for as long again, up to eight times,
    while anything moves: near a state of rest that has just vanished a lead fades so slowly that it looks
    like success for decades. What has stopped is at rest only if Newton's method finds a state of rest right
    there, and that is not unstable. `seed` is for the search for states of rest. Raises :class:`ValueError`
    when `outcome` is no variable or a scenario does not fit, and :class:`loops.simulate.DidNotFinish`.
    """
    equations = Equations.of(model)
    named(equations, outcome)
    return [_follow(equations, scenario, outcome, seed) for scenario in scenarios]


def _follow(equations: Equations, scenario: Scenario, outcome: str, seed: int) -> Lasting:
    model, row = equations.model, equations.variables.index(outcome)
    quiet = replace(before_the_changes(scenario), levers=())
    found = ends(equations.wiring, lanes_of(equations, [(scenario, 0), (quiet, 0)]))
    (compared,) = compare.compare(model, [scenario], outcome, months=int(np.ceil(found.months.max())))
    fate = FATES[compared.fate]
    levels = found.state[: len(equations.variables), 0]
    states = rest_states(model, scenario, seed=seed)
    rest = None if fate == "levers never stop" else _rest(model, scenario, levels, states)
    lower, upper = extremes(states, outcome) or (None, None)
    return Lasting(
        scenario,
        "still moving" if fate == "sustained" and rest is None else fate,
        stop=compared.stop,
        end=float(levels[row]),
        rest=rest,
        upper=upper,
        lower=lower,
        half_lead_lost=compared.half_lead_lost,
    )


def _rest(model: Model, scenario: Scenario, levels: Floats, known: RestStates) -> RestState | None:
    """The state of rest at `levels` (n,), as known if it is among those; None without one that holds."""
    (root,), (arrived,) = Still.of(model, scenario).solve(levels[None])
    if not arrived or np.abs(root - levels).max() > AT_REST:
        return None
    same = [state for state in known.states if np.abs(state.levels - root).max() < SAME]
    found = same[0] if same else RestState(root, 0, stability(model, scenario, root))
    return None if found.stability.stable is False else found


def extremes(found: RestStates, outcome: str) -> tuple[RestState, RestState] | None:
    """The firm states of rest with the least and the most of `outcome`; None unless these differ.

    They must by more than :data:`loops.compare.LASTING`. A state is firm where every small push dies out, or
    where the model is too large to say.
    """
    row = found.variables.index(outcome)
    firm = [state for state in found.states if state.stability.stable or state.stability.eigenvalues is None]
    if not firm:
        return None
    lower, upper = (choose(firm, key=lambda state: float(state.levels[row])) for choose in (min, max))
    return (lower, upper) if upper.levels[row] - lower.levels[row] > compare.LASTING else None
