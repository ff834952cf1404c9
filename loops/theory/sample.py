"""Worlds in which reasons are looked for: each drawn apart from the others, and asked the claims' questions.

The worlds of an ensemble are points of a Sobol sequence. Those are even in each number by itself, which is
what shares need; but among a hundred and more columns some pairs are far from even in their first thousands
of points (Joe & Kuo 2008, SIAM J. Sci. Comput. 30:2635-2654), and scrambling the digits does not mend it.
With the 158 columns of the common purpose model and 4,096 points, functions of two columns that have nothing
to do with each other correlate by up to .57, where independent draws give .08. What one number does would be
read as another's: of a trust that plays no part 12% of an outcome, of others a third. So whatever is read
from single columns is read from independent worlds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.work import TOGETHER, Work
from loops.kernel import Floats
from loops.theory.claims import Claim
from loops.theory.indices import FEWEST_WORLDS
from loops.worlds import Worlds

WORLDS = 4_096
MOST_VALUES = 4_000_000
"""Worlds times columns: of a model with more than a thousand columns fewer worlds are looked into."""
MOST_WORK = 20_000_000_000
"""Steps times rows, links and worlds, some seconds on two cores: of a large model fewer worlds are run."""


@dataclass(frozen=True)
class Sample:
    """Independent worlds of one model, and the answers to its claims in each."""

    claims: tuple[Claim, ...]
    questions: tuple[Question, ...]
    worlds: Worlds
    values: Floats  #   (W, C)
    outcomes: Floats  # (W, Q)


def sample(
    claims: Sequence[Claim],
    ensemble: Ensemble,
    *,
    threads: int = 2,
    progress: Callable[[float], None] = lambda share: None,
) -> Sample:
    """Ask the claims whose questions are the first of an ensemble's in as many worlds as it ran, up to 4,096.

    They are drawn with the ensemble's seed and have its width; the number of threads changes nothing.
    `progress` is told the share done, and may raise. Raises :class:`ValueError` when no world has run, and
    :class:`loops.simulate.DidNotFinish` when a run is stopped.
    """
    if not ensemble.done:
        raise ValueError("no world has run")
    worlds = Worlds.of([ensemble.comparison.model], width=ensemble.width, seed=ensemble.seed)
    questions = ensemble.comparison.questions[: len(claims)]
    found = answers(questions, worlds, ensemble.done, threads=threads, progress=progress)
    return Sample(tuple(claims), questions, worlds, *found)


def answers(
    questions: Sequence[Question],
    worlds: Worlds,
    most: int,
    *,
    threads: int = 2,
    progress: Callable[[float], None] = lambda share: None,
) -> tuple[Floats, Floats]:
    """The columns (W, C) of independent worlds, at most so many or 4,096, and the answers in them (W, Q).

    Raises as :func:`sample` does.
    """
    count = min(WORLDS, most, max(FEWEST_WORLDS, MOST_VALUES // len(worlds.columns)))
    outcomes = np.empty((count, 0))
    if questions:
        work = Work.of(Comparison.of(worlds.models[0], questions=questions), worlds)
        count = min(count, max(FEWEST_WORLDS, MOST_WORK // work.size))
    units = independent(worlds, count)
    if questions:
        outcomes = _asked(work, units, threads, progress)
    return worlds.values(units), outcomes


def independent(worlds: Worlds, count: int) -> Floats:
    """The columns of so many worlds that have nothing to do with each other, uniform in (0, 1), (count, C).

    With more of them the first are the same.
    """
    # the seed alone is the stream of the resamples
    rng = np.random.default_rng([worlds.seed, 1])
    units: Floats = np.clip(rng.random((count, len(worlds.columns))), 2.0**-32, 1 - 2.0**-32)
    return units


def _asked(work: Work, units: Floats, threads: int, progress: Callable[[float], None]) -> Floats:
    """The answers in the worlds `units`, in their order."""
    pieces = np.split(units, range(TOGETHER, units.shape[0], TOGETHER))
    pool, found = ThreadPoolExecutor(threads), []
    try:
        for piece in pool.map(work.at, pieces):
            found.append(piece.outcomes.astype(float))
            progress(len(found) / len(pieces))
    finally:
        pool.shutdown(cancel_futures=True)
    return np.vstack(found)
