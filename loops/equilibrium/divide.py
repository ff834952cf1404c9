"""What divides an outcome that has changed for good from one that has not: two states of rest, as a rule."""

from __future__ import annotations

import numpy as np

from loops.compare import LASTING
from loops.equations import Equations
from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.legacy import Divide, Legacy
from loops.equilibrium.rest import RestState, RestStates, rest_states
from loops.scenario import Scenario


def divide(equations: Equations, scenario: Scenario, outcome: str, left: Legacy, *, seed: int) -> Divide:
    """The divide of a plan about which something is varied; `left` is what those plans leave behind.

    It is half way between the lowest and the highest firm state of rest in the plan's own circumstances, so
    that it does not depend on where one looks. Where there are not two, those are taken in which most is left
    behind; and where there are not two either but something is left, it is half way from there to the end
    without it. `seed` is for the search for states of rest.
    """
    most = int(np.argmax(left.lead))
    leaves = bool(left.lead[most] > LASTING)
    places = [scenario, left.plans[most]] if leaves else [scenario]
    for resting in dict.fromkeys(afterwards(equations.model, plan) for plan in places):
        pair = lower_and_upper(rest_states(equations.model, resting, seed=seed), outcome)
        if pair:
            return between(pair, equations.place(outcome))
    return Divide(float(left.levels[most] + left.without[most]) / 2 if leaves else np.nan)


def between(pair: tuple[RestState, RestState], place: int) -> Divide:
    """The divide half way between two states of rest, of the variable at `place`."""
    lower, upper = (float(state.levels[place]) for state in pair)
    return Divide((lower + upper) / 2, lower)


def lower_and_upper(found: RestStates, outcome: str) -> tuple[RestState, RestState] | None:
    """The firm states of rest with the least and the most of `outcome`; None unless these differ.

    They must by more than :data:`loops.compare.LASTING`. A state is firm where every small push dies out, or
    where the model is too large to say.
    """
    row = found.variables.index(outcome)
    firm = [state for state in found.states if state.stability.stable or state.stability.eigenvalues is None]
    if not firm:
        return None
    lower, upper = (choose(firm, key=lambda state: float(state.levels[row])) for choose in (min, max))
    return (lower, upper) if upper.levels[row] - lower.levels[row] > LASTING else None
