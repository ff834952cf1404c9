"""How far a model with some numbers is from a partner's ratings, and the numbers with which it is nearest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import OptimizeResult, least_squares

from loops.journey.observed import DISCREPANCY, SD, Observation
from loops.journey.paired import rows
from loops.journey.tuned import Tuned
from loops.kernel import Floats, Ints

MOST_STEPS = 100
ENOUGH = 1e-4
"""Relative change of the sum of squares with which the search ends."""
STEP = 1e-3
"""Of a normal score, for slopes."""
SHARED = (DISCREPANCY / SD) ** 2
"""The model's own part of an observation's variance, which all days of one box share."""
MOST_LEVELS = 20_000_000
"""Levels that are held at once: of more the runs for slopes come in turns."""


@dataclass(frozen=True)
class Misfit:
    """How far the ratings are from the model, whitened box by box."""

    tuned: Tuned
    ratings: tuple[Observation, ...]
    months: Floats
    boxes: tuple[tuple[Ints, Floats], ...]
    """For each box the places of its ratings, and the matrix that whitens them."""

    @classmethod
    def of(cls, tuned: Tuned, ratings: Sequence[Observation]) -> Misfit:
        """The misfit of ratings, in any order."""
        months = np.unique([each.month for each in ratings])
        return cls(tuned, tuple(ratings), months, tuple(_boxes(ratings)))

    @property
    def size(self) -> int:
        """The work of one step: to run for the slopes, and to solve for what is nearer."""
        runs, count = self.tuned.runs, len(self.tuned.names)
        return 2 * count * runs.mesh.size * rows(runs.equations) + (len(self.ratings) + count) * count**2

    def least(self, place: Floats) -> OptimizeResult:
        """The least sum of squares that is found from a place."""
        # not "trf": of a thousand ratings its singular values take ten times as long as all runs
        return least_squares(
            self.residuals, place, jac=self.slopes, method="lm", ftol=ENOUGH, max_nfev=MOST_STEPS
        )

    def residuals(self, scores: Floats) -> Floats:
        """How far the ratings are from the model, whitened, and then the scores themselves; (O + P,)."""
        return np.concatenate([self.whitened(self.apart(scores[:, None]))[:, 0], scores])

    def slopes(self, scores: Floats) -> Floats:
        """The slopes of the residuals, (O + P, P): differences over two steps, all side by side."""
        steps = STEP * np.eye(scores.size)
        up, down = np.hsplit(self.apart(scores[:, None] + np.hstack([steps, -steps])), 2)
        return np.vstack([self.whitened(up - down) / (2 * STEP), np.eye(scores.size)])

    def apart(self, scores: Floats) -> Floats:
        """How far the ratings' middles are from the model with the numbers at `scores` (P, L); (O, L)."""
        row = [self.tuned.runs.equations.place(each.box) for each in self.ratings]
        day = np.searchsorted(self.months, [each.month for each in self.ratings])
        middle = np.array([(each.low + each.high) / 2 for each in self.ratings])
        together = max(1, MOST_LEVELS // (self.months.size * len(self.tuned.runs.equations.variables)))
        lots = np.split(scores, range(together, scores.shape[1], together), axis=1)
        return np.hstack([self.tuned.levels(lot, self.months)[day, row] - middle[:, None] for lot in lots])

    def whitened(self, apart: Floats) -> Floats:
        """The same in standard deviations, none of which says what another does; box by box, (O, L)."""
        return np.vstack([white @ apart[mine] for mine, white in self.boxes])


def _boxes(ratings: Sequence[Observation]) -> Iterator[tuple[Ints, Floats]]:
    """The places of each box's ratings, and the inverse of their covariance's lower triangle."""
    for box in dict.fromkeys(each.box for each in ratings):
        mine = np.array([place for place, each in enumerate(ratings) if each.box == box])
        sd = np.array([ratings[place].sd for place in mine])
        word = np.array([(ratings[place].low, ratings[place].high) for place in mine])
        spread = (word[:, 1] - word[:, 0]) ** 2 / 12  # of levels anywhere in a range, each as likely
        alike = (word[:, None] == word).all(axis=-1) * spread
        covariance = np.diag((1 - SHARED) * sd**2 + spread) + SHARED * np.outer(sd, sd) + alike
        yield mine, np.linalg.inv(np.linalg.cholesky(covariance))
