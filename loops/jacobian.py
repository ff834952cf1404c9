"""The analytic Jacobian of the equations, split by link: the diagram is its sign pattern.

A link from input y to variable i adds (1 - x_i) w f'(y) to d(dx_i/dt)/dy if it is a + link and -x_i w f'(y)
if it is a - link, so its term has the link's own sign wherever 0 < x_i < 1 and y > 0. One of unknown sign
adds both, each with the share of w that pulls that way, so its term may have either sign. The diagonal also
holds -(G_i + L_i): the built-in saturation and fading of every variable.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loops.equations import Equations
from loops.kernel import STAGES, Floats, Ints, Lanes


@dataclass(frozen=True)
class Terms:
    """What every link does at one moment, or at several of one run; months come first, if there are many."""

    links: Floats  #   (..., K) each link's own term, in the order of `Equations.links`, per month
    winning: Floats  # (..., n) G, what + links and the gain win of what is missing, per month
    losing: Floats  #  (..., n) L, what - links and the fade lose of what is there, per month


@dataclass(frozen=True)
class Slopes(Terms):
    """The Jacobian of one lane at one moment."""

    matrix: Floats  #  (D, D) d(rate of each row)/d(each row); rows as in the kernel's state


def terms(
    equations: Equations, lanes: Lanes, states: Floats, months: Floats, *, lane: int | Ints = 0
) -> Terms:
    """The links' own terms at `states` (..., D) and `months` (...) for one lane, or for lanes (S,) one each.

    At a dated change the levels just after it are used. A delayed link's term is taken with respect to its
    last delay stage.
    """
    levels, _ = sources(lanes, months, lane=lane)
    inputs = np.concatenate([states, levels], axis=-1)[..., reads(equations)]
    up, down, knee = (numbers.T for numbers in by_pull(equations, lanes, lane))
    influence, steepness = _influence(equations, inputs, knee)
    target = targets(equations)

    winning, losing = np.empty((2, *months.shape, len(equations.variables)))
    winning[:], losing[:] = lanes.gain[:, lane].T, lanes.fade[:, lane].T
    # links first, so that one statement serves one moment and many
    np.add.at(winning.T, target, (up * influence).T)
    np.add.at(losing.T, target, (down * influence).T)
    x = states[..., target]
    return Terms(((1 - x) * up - x * down) * steepness, winning, losing)


def slopes(equations: Equations, lanes: Lanes, state: Floats, month: float, *, lane: int = 0) -> Slopes:
    """The Jacobian at `state` (D,) and `month` for one lane, the terms as in :func:`terms`.

    In `matrix` the stages of a delayed link stand between it and its source.
    """
    found = terms(equations, lanes, state, np.asarray(month), lane=lane)
    matrix = np.zeros((equations.depth, equations.depth))
    n = len(equations.variables)
    matrix[range(n), range(n)] = -(found.winning + found.losing)
    inner = list(dict.fromkeys(equations.inner))
    np.add.at(matrix, (targets(equations)[inner], reads(equations)[inner]), found.links[inner])
    for chain, source in enumerate(equations.wiring.chain_source):
        before, rate = source, lanes.chain_rate[chain, lane]
        for row in range(n + STAGES * chain, n + STAGES * (chain + 1)):
            matrix[row, before] += rate
            matrix[row, row] -= rate
            before = row
    return Slopes(found.links, found.winning, found.losing, matrix)


def sources(lanes: Lanes, months: Floats, *, lane: int | Ints = 0) -> tuple[Floats, Floats]:
    """Levels of levers and contexts just after `months` (...), and their slopes per month: (..., U) each."""
    segment = np.clip(np.searchsorted(lanes.stops, months, side="right") - 1, 0, lanes.stops.size - 2)
    slope = lanes.u_slope[segment, :, lane]
    return lanes.u_level[segment, :, lane] + (months - lanes.stops[segment])[..., None] * slope, slope


def reads(equations: Equations) -> Ints:
    """What each link reads (K,): a row of the state or, counted on from its depth, a lever or context."""
    number = {name: equations.depth + u for u, name in enumerate(equations.inputs)}
    folded = set(equations.folded)
    return np.array(
        [
            number[link.source] if k in folded else equations.reads(k)
            for k, link in enumerate(equations.links)
        ],
        dtype=np.int64,
    )


def targets(equations: Equations) -> Ints:
    """The row of the variable that each link acts on (K,)."""
    return np.array([equations.row[link.target] for link in equations.links], dtype=np.int64)


def by_link(equations: Equations, lanes: Lanes, lane: int | Ints) -> tuple[Floats, Floats]:
    """Weights and knees (K,) put back in the order of the links; for lanes (S,) they are (K, S)."""
    up, down, knee = by_pull(equations, lanes, lane)
    return up + down, knee


def by_pull(equations: Equations, lanes: Lanes, lane: int | Ints) -> tuple[Floats, Floats, Floats]:
    """The same, with the weights in two: what each link pulls up, and down."""
    up, down, knee = np.zeros((3, len(equations.links), *np.shape(lane)))
    knee[list(equations.inner)] = lanes.knee[:, lane]
    for places, weight in ((equations.inner, lanes.weight), (equations.folded, lanes.u_weight)):
        number, rising = np.array(places, dtype=np.int64), equations.pulls(places) > 0
        up[number[rising]] = weight[rising][:, lane]
        down[number[~rising]] = weight[~rising][:, lane]
    return up, down, knee


def _influence(equations: Equations, y: Floats, knee: Floats) -> tuple[Floats, Floats]:
    """y or y^m / (k^m + y^m) for each link, and its slope; the factor 1 + k^m is part of the weight."""
    curved = np.array([link.threshold is not None for link in equations.links], dtype=bool)
    m = np.array([link.steepness for link in equations.links])
    mass = np.where(curved, y**m, 0.0)
    whole = np.where(curved, knee + mass, 1.0)
    value = np.where(curved, mass / whole, y)
    slope = np.where(curved, knee * m * y ** (m - 1) / whole**2, 1.0)
    return value, slope
