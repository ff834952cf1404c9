"""The analytic Jacobian of the equations, split by link: the diagram is its sign pattern.

A link from input y to variable i adds (1 - x_i) w f'(y) to d(dx_i/dt)/dy if it is a + link and -x_i w f'(y)
if it is a - link, so its term has the link's own sign wherever 0 < x_i < 1 and y > 0. The diagonal also holds
-(G_i + L_i): the built-in saturation and fading of every variable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loops.equations import Equations
from loops.kernel import STAGES, Floats, Lanes


@dataclass(frozen=True)
class Slopes:
    """The Jacobian of one lane at one moment."""

    links: Floats  #   (K,) each link's own term, in the order of `Equations.links`, per month
    winning: Floats  # (n,) G, what + links and the gain win of what is missing, per month
    losing: Floats  #  (n,) L, what - links and the fade lose of what is there, per month
    matrix: Floats  #  (D, D) d(rate of each row)/d(each row); rows as in the kernel's state


def slopes(equations: Equations, lanes: Lanes, state: Floats, month: float, *, lane: int = 0) -> Slopes:
    """The Jacobian at `state` (D,) and `month` for one lane.

    At a dated change the levels just after it are used. A delayed link's term is taken with respect to its
    last delay stage; in `matrix` the stages stand between it and its source.
    """
    inputs = _inputs(equations, lanes, state, month, lane)
    weight, knee = _by_link(equations, lanes, lane)
    influence, steepness = _influence(equations, inputs, knee)
    names = {name: i for i, name in enumerate(equations.variables)}
    target = np.array([names[link.target] for link in equations.links], dtype=int)
    plus = np.array([link.polarity == "+" for link in equations.links], dtype=bool)

    winning, losing = lanes.gain[:, lane].copy(), lanes.fade[:, lane].copy()
    np.add.at(winning, target[plus], (weight * influence)[plus])
    np.add.at(losing, target[~plus], (weight * influence)[~plus])
    x = state[target]
    terms = np.where(plus, 1 - x, -x) * weight * steepness

    matrix = np.zeros((equations.depth, equations.depth))
    n = len(equations.variables)
    matrix[range(n), range(n)] = -(winning + losing)
    folded = set(equations.folded)
    for k, term in enumerate(terms):
        if k not in folded:
            matrix[target[k], equations.reads(k)] += term
    wiring = equations.wiring
    for chain, source in enumerate(wiring.chain_source):
        before, rate = source, lanes.chain_rate[chain, lane]
        for row in range(n + STAGES * chain, n + STAGES * (chain + 1)):
            matrix[row, before] += rate
            matrix[row, row] -= rate
            before = row
    return Slopes(terms, winning, losing, matrix)


def _inputs(equations: Equations, lanes: Lanes, state: Floats, month: float, lane: int) -> Floats:
    """What each link reads (K,): a state row, or a lever's or context's level at this month."""
    segment = int(np.clip(np.searchsorted(lanes.stops, month, side="right") - 1, 0, lanes.stops.size - 2))
    elapsed = month - lanes.stops[segment]
    levels = lanes.u_level[segment, :, lane] + elapsed * lanes.u_slope[segment, :, lane]
    number = {name: u for u, name in enumerate(equations.inputs)}
    folded = set(equations.folded)
    return np.array(
        [
            levels[number[link.source]] if k in folded else state[equations.reads(k)]
            for k, link in enumerate(equations.links)
        ],
        dtype=state.dtype,
    )


def _by_link(equations: Equations, lanes: Lanes, lane: int) -> tuple[Floats, Floats]:
    """Weights and knees (K,) put back in the order of the links."""
    weight, knee = np.zeros(len(equations.links)), np.zeros(len(equations.links))
    inner, folded = list(equations.inner), list(equations.folded)
    weight[inner], knee[inner] = lanes.weight[:, lane], lanes.knee[:, lane]
    weight[folded] = lanes.u_weight[:, lane]
    return weight, knee


def _influence(equations: Equations, y: Floats, knee: Floats) -> tuple[Floats, Floats]:
    """y or y^m / (k^m + y^m) for each link, and its slope; the factor 1 + k^m is part of the weight."""
    curved = np.array([link.threshold is not None for link in equations.links], dtype=bool)
    m = np.array([link.steepness for link in equations.links])
    mass = np.where(curved, y**m, 0.0)
    whole = np.where(curved, knee + mass, 1.0)
    value = np.where(curved, mass / whole, y)
    slope = np.where(curved, knee * m * y ** (m - 1) / whole**2, 1.0)
    return value, slope
