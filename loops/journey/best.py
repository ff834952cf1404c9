"""One best set of numbers by least squares, for whoever wants one, and what it could not tell apart.

What is made small is the sum of squares of how far the ratings are from the model, in standard deviations,
and of how far each number is from where we thought it was: its normal score, which is a factor's logarithm
over its spread. So it is the most likely set of numbers by our assumptions and the ratings (a maximum a
posteriori estimate; Tarantola 2005, Inverse Problem Theory, section 3.2), found by the steps of Levenberg and
Marquardt (:func:`scipy.optimize.least_squares`). A rating counts as the middle of its range. What errs in one
box errs alike on every day: the model's own discrepancy does, and so does a word that covers levels from one
end to the other. So ratings of one box share the one, those of them with the same word share the other, and
ten that say the same tell little more than one. Patterns are left out: they are made of the same words.

At the best place the residuals are taken as straight in the numbers: with J their slopes, the numbers'
covariance is (J'J + 1)^-1, 1 being what it was before. A singular value of J above 1 is a combination of
numbers of which the ratings say more than we had assumed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult
from scipy.special import ndtr

from loops.ensemble.simulate import Progress
from loops.journey.apart import MOST_RIDGES, Number, Ridge, between, end
from loops.journey.begin import Begun, begin
from loops.journey.misfit import Misfit
from loops.journey.observed import Observed
from loops.journey.tuned import Tuned
from loops.kernel import Floats
from loops.spread import Width

STARTS = 4
"""Places from which the best one is looked for: where we thought the numbers are, and others near there."""
NEAR = 0.5
"""How far these are, in standard deviations."""
MOST_RATINGS = 5_000
"""Of more the latest are used."""
USUAL_STEPS = 15
"""Slopes that are taken on the way from one place."""
MOST_WORK = 40_000_000_000
"""Of all steps, some twenty seconds on two cores."""
TOLD = 0.1
"""How much narrower a number must be to be told of, as a share."""
RIDGE = 0.5
"""Correlation from which on two numbers are told of as not told apart."""
AGREE = 0.01
"""Relative difference of two sums of squares that are taken as the same place."""
NINETY = 1.6449
"""Standard deviations on either side of the middle that hold 90%."""


@dataclass(frozen=True)
class Best:
    """The best numbers, how well they agree with the ratings, and what the ratings could not tell apart."""

    observed: Observed
    numbers: tuple[Number, ...]
    """Those that are narrower now by a tenth or more, the narrowest first."""
    untold: int
    """How many others there are."""
    combinations: int
    """Of how many combinations of numbers the ratings say more than was assumed."""
    ridges: tuple[Ridge, ...]
    within: float
    """In which share of the ratings the level is in the range of what was said."""
    agree: int
    """How many of the places looked from led to the best one."""
    months: Floats  # (T,) every month up to the last rating
    levels: Floats  # (T, n) with the best numbers, variables in the order of their ids
    seed: int
    width: Width

    @property
    def says(self) -> str:
        """How well the best numbers agree with what was said, in a sentence."""
        many = sum(each.since is None for each in self.observed.observations)
        latest = f"latest {MOST_RATINGS:,}" if many > MOST_RATINGS else f"{many:,}"
        return f"With the best numbers {self.within:.0%} of the {latest} ratings come out as people said."


def best_fit(
    observed: Observed,
    *,
    seed: int,
    width: Width = "middle",
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> Best:
    """The numbers that agree best with a partner's ratings and with what was assumed.

    An arrow that is in doubt counts as there, one of unknown sign pulls half each way. Bitwise the same for
    any number of threads. `progress` may raise to stop. Raises :class:`ValueError` where there are too many
    ratings and uncertain numbers and as :meth:`loops.worlds.Worlds.of` does, and
    :class:`loops.simulate.DidNotFinish`.
    """
    begun = begin(observed.model, observed.first, seed=seed, width=width)
    tuned = Tuned.of(begun, observed.first, observed.done, observed.months)
    ratings = [each for each in observed.observations if each.since is None][-MOST_RATINGS:]
    misfit = Misfit.of(tuned, ratings)
    if misfit.size * STARTS * USUAL_STEPS > MOST_WORK:
        raise ValueError(
            f"{len(ratings):,} ratings and {len(tuned.names):,} uncertain numbers are too many for a best "
            "fit: see which versions are left instead"
        )
    rng = np.random.default_rng([seed, 7])
    places = [np.zeros(len(tuned.names)), *NEAR * rng.standard_normal((STARTS - 1, len(tuned.names)))]
    pool, ended = ThreadPoolExecutor(threads), []
    try:
        for found in pool.map(misfit.least, places):
            ended.append(found)
            progress(len(ended) / len(places), f"best fit, looked from {len(ended)} of {len(places)} places")
    finally:
        pool.shutdown(cancel_futures=True)
    best = min(ended, key=lambda found: float(found.cost))
    agree = sum(found.cost <= best.cost * (1 + AGREE) for found in ended)
    return _told(misfit, observed, best, agree, begun)


def _told(misfit: Misfit, observed: Observed, best: OptimizeResult, agree: int, begun: Begun) -> Best:
    """The best place in words and figures, and what is known there, with the residuals as straight."""
    tuned, scores, count = misfit.tuned, best.x, best.x.size
    slopes = best.jac[:-count]
    _, singular, turn = np.linalg.svd(slopes, full_matrices=False)
    covariance = np.eye(count) - (turn.T * (singular**2 / (1 + singular**2))) @ turn
    sd = np.sqrt(np.diag(covariance))
    numbers = list(_numbers(tuned, scores, sd))
    ridges = list(_ridges(tuned.names, covariance / np.outer(sd, sd)))
    half = np.array([(each.high - each.low) / 2 for each in misfit.ratings])
    months = np.append(np.arange(0.0, observed.months), observed.months)
    return Best(
        observed,
        tuple(sorted(numbers, key=lambda each: (-each.narrower, each.name))),
        count - len(numbers),
        int(np.sum(singular > 1)),
        tuple(ridges[:MOST_RIDGES]),
        float(np.mean(np.abs(misfit.apart(scores[:, None])[:, 0]) <= half)),
        agree,
        months,
        tuned.levels(scores[:, None], months)[:, :, 0],
        begun.seed,
        begun.width,
    )


def _numbers(tuned: Tuned, scores: Floats, sd: Floats) -> Iterator[Number]:
    """The numbers that are narrower now by a tenth or more."""
    before, after = (
        tuned.values(middle[:, None] + spread[:, None] * np.array([-NINETY, 0, NINETY]))
        for middle, spread in ((np.zeros_like(scores), np.ones_like(sd)), (scores, sd))
    )
    for place in np.flatnonzero(1 - sd >= TOLD):
        name, low, high = (
            tuned.names[place],
            scores[place] - NINETY * sd[place],
            scores[place] + NINETY * sd[place],
        )
        gone = float(ndtr(low)), float(ndtr(-high))
        bounds = float(after[place, 0]), float(after[place, 2])
        yield Number(
            name,
            tuple(before[place].tolist()),
            tuple(after[place].tolist()),
            float(1 - sd[place]),
            between(name, bounds, gone, up=bool(scores[place] > 0), chance=np.nan),
        )


def _ridges(names: Sequence[str], together: Floats) -> Iterator[Ridge]:
    """Pairs that go together closely, the closest first."""
    first, second = np.nonzero(np.triu(np.abs(together) >= RIDGE, 1))
    found = together[first, second]
    for place in np.argsort(-np.abs(found), kind="stable"):
        one, other = names[first[place]], names[second[place]]
        yield Ridge(end(one, high=True), end(other, high=bool(found[place] > 0)), float(found[place]))
