"""Loops That Matter on arrays: how much of the change in how things move each feedback loop explains.

The score of a link from y to z is the share of z's acceleration that comes through it: dz'/dy y' / z'',
with z' the rate of z and z'' its acceleration. A loop's score is the product of its links' absolute scores,
with the sign of the product of their gains: positive for a reinforcing loop, negative for a balancing one.
Its relative score is that over the sum of the absolute scores of all loops in its strongly connected part.

Schoenberg, Davidsen & Eberlein (2020), doi 10.1002/sdr.1658, with the flow-to-stock formula of Schoenberg,
Hayward & Eberlein (2023), doi 10.1002/sdr.1728. Finite differences may stand in for all the derivatives:
partial change over change of the input, change of the input, and change of the target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from loops.kernel import Floats


@dataclass(frozen=True)
class Circuit:
    """A feedback loop: the places of its links among the K columns of the arrays, and its part."""

    links: tuple[int, ...]
    part: int = 0
    """Which strongly connected part it belongs to: shares are of the loops of one part."""


@dataclass(frozen=True)
class Scores:
    """The scores of F loops at T moments: as logarithms, since they may lie beyond the range of floats."""

    logarithms: Floats  # (T, F) natural logarithm of |loop score|; -inf where the score is 0
    signs: Floats  #       (T, F) +1, -1, or 0 where the score is 0
    relative: Floats  #    (T, F) signed share; the absolute values of a part sum to 1, or are all 0 at rest


def link_scores(gains: Floats, input_rates: Floats, accelerations: Floats) -> Floats:
    """Return the score of each link (T, K): gain times rate of its input over acceleration of its target.

    All three are (T, K). A score is positive where the link adds to its target's acceleration; the scores of
    all that acts on a target sum to 1. By the published convention a link scores 0 where its target does not
    accelerate. A score beyond the range of floats is given as e^709 of its sign.

    >>> link_scores(np.array([[0.1, 0.1]]), np.array([[0.5, 0.5]]), np.array([[0.2, 0.0]]))
    array([[0.25, 0.  ]])
    """
    logarithms = _link_logarithms(gains, input_rates, accelerations)
    signs = np.sign(gains) * np.sign(input_rates) * np.sign(accelerations)
    scores: Floats = signs * np.exp(np.minimum(logarithms, 709.0))
    return scores


def loop_scores(
    gains: Floats, input_rates: Floats, accelerations: Floats, circuits: Sequence[Circuit]
) -> Scores:
    """Return the scores of loops, from how fast everything moves at T moments; arrays are (T, K), by link.

    `gains` are each link's own partial derivative of its target's rate, `input_rates` the rates of what links
    read, `accelerations` those of the links' targets. A loop through a link that scores 0 scores 0.
    Logarithms are summed around each loop, so nothing overflows however many links it has.

    >>> one_way, back = np.array([[0.1, 0.2]]), np.array([[0.5, 0.4]])
    >>> loop_scores(one_way, back, np.array([[0.1, 0.1]]), [Circuit((0, 1))]).relative
    array([[1.]])
    """
    logarithms = _link_logarithms(gains, input_rates, accelerations)
    still = np.isinf(logarithms)
    along = _incidence(circuits, gains.shape[1])
    at_rest = (along @ still.T.astype(float)).T > 0
    balancing = (along @ (gains < 0).T.astype(float)).T % 2 == 1
    total = np.where(at_rest, -np.inf, (along @ np.where(still, 0.0, logarithms).T).T)
    loop_signs = np.where(at_rest, 0.0, np.where(balancing, -1.0, 1.0))
    relative = np.zeros_like(total)
    parts = np.array([circuit.part for circuit in circuits], dtype=int)
    for part in np.unique(parts):
        mine = parts == part
        relative[:, mine] = loop_signs[:, mine] * _shares(total[:, mine])
    return Scores(total, loop_signs, relative)


def _link_logarithms(gains: Floats, input_rates: Floats, accelerations: Floats) -> Floats:
    """The natural logarithm of each link's |score|, (T, K); -inf where the score is 0."""
    moving = (gains != 0) & (input_rates != 0) & (accelerations != 0)
    gain, rate, acceleration = (
        np.log(np.abs(array), out=np.zeros(moving.shape), where=moving)
        for array in (gains, input_rates, accelerations)
    )
    return np.where(moving, gain + rate - acceleration, -np.inf)


def _incidence(circuits: Sequence[Circuit], width: int) -> csr_array:
    """Which links (K) each loop (F) passes, as a sparse matrix: a product with it sums around every loop."""
    columns = [link for circuit in circuits for link in circuit.links]
    pointer = np.cumsum([0, *(len(circuit.links) for circuit in circuits)])
    return csr_array((np.ones(len(columns)), columns, pointer), shape=(len(circuits), width))


def _shares(logarithms: Floats) -> Floats:
    """Each |score| over the sum of its row, from logarithms; a row of zeros stays so."""
    largest = logarithms.max(axis=1, keepdims=True)
    sizes = np.exp(logarithms - np.where(np.isfinite(largest), largest, 0.0))
    total = sizes.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(sizes, total, out=np.zeros_like(sizes), where=total > 0)
    return shares
