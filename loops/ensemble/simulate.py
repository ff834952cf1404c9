"""Run many worlds: in threads of this process or on a Dask cluster, with bitwise the same result."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np

from loops.ensemble.cluster import WorkersLostError, on_cluster
from loops.ensemble.comparison import Comparison
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.work import Piece, Run, Work
from loops.worlds import MOST_WORLDS, Worlds

Progress = Callable[[float, str], None]
"""Told the share that is done and of what; may raise :class:`Cancelled` to stop and keep what is done."""
PIECE = 1_024
"""Worlds of one piece of work: a fraction of a second, and a merge of counts."""
AHEAD = 8
"""Pieces that may be under way or waiting for the one before them."""
MOST_WORK = 500_000_000_000
"""Steps times worlds times rows and links, some ten minutes on two cores: worlds beyond are left out."""


class Cancelled(Exception):
    """Raised by whoever watches the progress: no more worlds are started, and what is done is the result."""


def simulate_ensemble(  # noqa: PLR0913  what is run, and where
    comparison: Comparison,
    *,
    worlds: Worlds,
    count: int,
    threads: int = 2,
    scheduler: str | None = None,
    progress: Progress = lambda share, words: None,
) -> Ensemble:
    """Run worlds 0 to `count` of `worlds` under every scenario of `comparison`.

    The result is bitwise the same for any number of threads and on a cluster, and world n does not depend on
    how many are run. When the progress raises :class:`Cancelled`, on Ctrl-C, when a large model needs too
    much work and when a cluster loses its workers, the worlds done so far are the result, which says so.

    Raises :class:`ValueError` for no world or too many, :class:`loops.ensemble.cluster.ClusterError` when the
    scheduler cannot be used, and :class:`loops.simulate.DidNotFinish` when a world's run is stopped.
    """
    if not 1 <= count <= MOST_WORLDS:
        raise ValueError(f"{count:,} worlds: ask for at least 1 and at most {MOST_WORLDS:,}")
    if threads < 1:
        raise ValueError(f"{threads} threads: use at least 1")
    work = Work.of(comparison, worlds)
    fit = min(count, max(1, MOST_WORK // work.size))
    total, done, stopped = work.empty(fit), 0, ""
    if fit < count:
        stopped = f"this model is large: {fit:,} of {count:,} worlds were run"
    pool = _threads(work, threads) if scheduler is None else on_cluster(work, scheduler)
    with pool as run:
        try:
            for piece in _in_order(run, fit):
                end = done + piece.outcomes.shape[0]
                np.add(total.counts, piece.counts, out=total.counts)
                np.add(total.differences, piece.differences, out=total.differences)
                total.outcomes[done:end] = piece.outcomes
                done = end
                progress(done / fit, f"versions tried: {done:,} of {fit:,}")
        except (Cancelled, KeyboardInterrupt):
            if done < fit:
                stopped = f"stopped after {done:,} of {count:,} worlds"
        except WorkersLostError as error:
            if not done:
                raise
            stopped = f"{error}: stopped after {done:,} of {count:,} worlds"
    return Ensemble(
        comparison,
        work.runs.equations.variables,
        total.counts,
        total.differences,
        total.outcomes[:done],
        asked=count,
        done=done,
        seed=worlds.seed,
        width=worlds.width,
        stopped=stopped,
    )


def _in_order(run: Run, count: int) -> Iterator[Piece]:
    """The pieces in the order of their worlds, with a few more under way."""
    waiting: deque[Callable[[], Piece]] = deque()
    for first in range(0, count, PIECE):
        waiting.append(run(first, min(PIECE, count - first)))
        if len(waiting) > AHEAD:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


@contextmanager
def _threads(work: Work, threads: int) -> Iterator[Run]:
    pool = ThreadPoolExecutor(threads)
    try:
        yield lambda first, count: pool.submit(work.run, first, count).result
    finally:
        pool.shutdown(cancel_futures=True)
