"""Every level at which a system can come to rest, as far as many starts can tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.stats import qmc

from loops.equations import Equations
from loops.equilibrium.afterwards import afterwards
from loops.equilibrium.stability import Stability, stability_of
from loops.equilibrium.still import Still
from loops.kernel import Floats, Ints
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import LONG_RUN, DidNotFinish

SAME = 1e-5
"""States of rest whose levels all differ by less are one. Newton is exact to 1e-12 at a simple root and to
some 1e-6, the square root of its tolerance, at a double one."""
BETWEEN = 33
"""Starts on the straight line between two neighbouring states of rest, where what parts them may lie."""
RUNS = 8
"""How many starts are also run for 150 years, nothing and everything and the file's levels first."""
MOST_NUMBERS = 100_000_000
"""Starts times cubed variables, some seconds of computing: a large model is given fewer starts."""
FEWEST = 16
"""But never fewer than these."""
MOST_STATES = 16
"""States that are listed. More are a sign that it can rest at any level between them."""


@dataclass(frozen=True)
class RestState:
    """Levels (n,) at which nothing moves, how many starts arrived there, and how firm it is."""

    levels: Floats
    hits: int
    stability: Stability


@dataclass(frozen=True)
class RestStates:
    """States of rest by rising mean level, and how they were searched for: no search can promise all."""

    variables: tuple[str, ...]
    states: tuple[RestState, ...]
    starts: int
    """Starts tried. A model of many variables is given fewer than were asked for."""
    arrived: int
    """Of these, how many led to a state of rest."""
    astray: int
    """And how many led nowhere: common where a state of rest has just vanished."""
    unlisted: int
    """Different states found beyond :data:`MOST_STATES`, the ones fewest starts led to, left out."""


def rest_states(model: Model, scenario: Scenario, *, seed: int, starts: int = 256) -> RestStates:
    """Find where the system can rest in what holds after `scenario`, stable or not, from many starts.

    Newton's method goes from nothing, from everything, from the file's levels, from `starts` levels of a
    scrambled Sobol sequence bent so that some are low and some high (so that a state near a corner is met),
    from the ends of a few runs of 150 years, and from the straight lines between neighbouring states found so
    far. A variable that nothing moves stays at the file's level. The same seed gives the same states. Raises
    :class:`ValueError` for a scenario that does not fit the model.

    >>> from loops.model import Model
    >>> rumour = Model.model_validate({
    ...     "id": "rumour", "title": "Rumour",
    ...     "variable": {"told": {"label": "Told", "start": 0.1, "fade": 0.1}},
    ...     "link": [{"from": "told", "to": "told", "polarity": "+", "strength": 0.2}],
    ... })
    >>> found = rest_states(rumour, Scenario(id="quiet", model="rumour", title="Quiet"), seed=1)
    >>> [(float(state.levels[0].round(9)), state.stability.stable) for state in found.states]
    [(0.0, False), (0.5, True)]
    """
    still = Still.of(model, scenario)
    levels, hits, tried, arrived = _search(still, _starts(still, seed, starts))
    most = np.sort(np.argsort(-hits, kind="stable")[:MOST_STATES])
    equations = Equations.of(model)
    lanes = equations.prepare([afterwards(model, scenario)], LONG_RUN)
    states = (RestState(levels[k], int(hits[k]), stability_of(equations, lanes, levels[k])) for k in most)
    return RestStates(
        equations.variables,
        tuple(states),
        starts=tried,
        arrived=arrived,
        astray=tried - arrived,
        unlisted=len(levels) - len(most),
    )


def _starts(still: Still, seed: int, wanted: int) -> Floats:
    """Where Newton begins (S, n)."""
    many = min(wanted, _most(still))
    drawn = qmc.Sobol(still.size + 1, rng=np.random.default_rng(seed)).random(1 << (many - 1).bit_length())
    bent = drawn[:many, 1:] ** 4.0 ** (2 * drawn[:many, :1] - 1)  # mean levels from 1/5 to 4/5
    corners = np.array([np.zeros(still.size), np.ones(still.size), still.start])
    starts = still.placed(np.concatenate([corners, bent]))
    try:
        return np.concatenate([starts, still.run(starts[:RUNS])])
    except DidNotFinish:  # the runs only help: Newton's own starts are there
        return starts


def _most(still: Still) -> int:
    """How many starts a model of this size is given at one time."""
    return max(FEWEST, MOST_NUMBERS // still.size**3)


def _search(still: Still, starts: Floats) -> tuple[Floats, Ints, int, int]:
    """Different states (F, n) by rising mean level and how often each was met (F,); starts, and arrivals."""
    ends, arrived = still.solve(starts)
    found = ends[arrived]
    states, _ = different(found)
    pairs = list(pairwise(states[:MOST_STATES]))[: max(1, _most(still) // BETWEEN)]
    lines = [a + (b - a) * np.linspace(0, 1, BETWEEN + 2)[1:-1, None] for a, b in pairs]
    if lines:
        between = np.concatenate(lines)
        ends, reached = still.solve(between)
        found, starts = np.concatenate([found, ends[reached]]), np.concatenate([starts, between])
    return *different(found), len(starts), len(found)


def different(found: Floats) -> tuple[Floats, Ints]:
    """One of each group of equal states, by rising mean level, and how large each group is."""
    states: list[Floats] = []
    hits: list[int] = []
    for levels in found:
        near = np.abs(np.array(states) - levels).max(axis=1) < SAME if states else np.zeros(0, bool)
        if near.any():
            hits[int(np.argmax(near))] += 1
        else:
            states.append(levels)
            hits.append(1)
    order = np.argsort([levels.mean() for levels in states], kind="stable")
    shape = (len(states), found.shape[1])
    return np.array(states).reshape(shape)[order], np.array(hits, dtype=np.int64)[order]
