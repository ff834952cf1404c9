"""Run many worlds: in threads of this process or on a Dask cluster, with bitwise the same result."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import NamedTuple

from loops.ensemble.cluster import ClusterError, on_cluster
from loops.ensemble.comparison import Comparison
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.work import Piece, Pool, Work
from loops.kernel import Counts
from loops.worlds import MOST_WORLDS, Worlds

Progress = Callable[[float, str], None]
"""Told the share that is done and of what; may raise :class:`Cancelled` to stop and keep what is done."""
PIECE = 1_024
"""Worlds of one piece of work, of a large model fewer: a fraction of a second, and a merge of counts."""
MOST_OF_A_PIECE = 300_000_000
"""Steps times worlds times rows and links of a piece."""
MOST_WORK = 100_000_000_000
"""The same of all pieces, some minutes: worlds beyond are left out."""


class Cancelled(Exception):
    """Raised by whoever watches the progress: no more worlds are started, and what is done is the result."""


class _Sum(NamedTuple):
    """The pieces so far."""

    done: int
    counts: Counts
    differences: Counts

    def plus(self, piece: Piece) -> _Sum:
        return _Sum(
            self.done + piece.outcomes.shape[0],
            self.counts + piece.counts,
            self.differences + piece.differences,
        )


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
    much work and when a cluster fails half-way, the worlds done so far are the result, which says so.

    Raises :class:`ValueError` for no world or too many, :class:`loops.ensemble.cluster.ClusterError` when the
    scheduler cannot be used, and :class:`loops.simulate.DidNotFinish` when a world's run is stopped.
    """
    if not 1 <= count <= MOST_WORLDS:
        raise ValueError(f"{count:,} worlds: ask for at least 1 and at most {MOST_WORLDS:,}")
    if threads < 1:
        raise ValueError(f"{threads} threads: use at least 1")
    work = Work.of(comparison, worlds)
    fit = min(count, max(1, MOST_WORK // work.size))
    stopped = f"this model is large: {fit:,} of {count:,} worlds were run" if fit < count else ""
    room = work.empty(fit)
    interrupted, found = False, _Sum(0, room.counts, room.differences)
    try:
        with _threads(work, threads) if scheduler is None else on_cluster(work, scheduler) as pool:
            for piece in _in_order(pool, fit, _size(work)):
                room.outcomes[found.done : found.done + piece.outcomes.shape[0]] = piece.outcomes
                found = found.plus(piece)  # in one step, so that Ctrl-C finds the sum before or after it
                progress(found.done / fit, f"versions tried: {found.done:,} of {fit:,}")
    except (Cancelled, KeyboardInterrupt, ClusterError) as why:
        if isinstance(why, ClusterError) and not found.done:
            raise
        if interrupted := found.done < fit:
            lost = f"{why}: " if isinstance(why, ClusterError) else ""
            stopped = f"{lost}stopped after {found.done:,} of {count:,} worlds"
    return Ensemble(
        comparison,
        work.runs.equations.variables,
        found.counts,
        found.differences,
        room.outcomes[: found.done],
        asked=count,
        done=found.done,
        seed=worlds.seed,
        width=worlds.width,
        stopped=stopped,
        interrupted=interrupted,
    )


def _size(work: Work) -> int:
    """Worlds of a piece: all of it side by side, or in a few lots."""
    lots = MOST_OF_A_PIECE // (work.size * work.together)
    return min(PIECE, work.together * max(1, lots))


def _in_order(pool: Pool, count: int, size: int) -> Iterator[Piece]:
    """The pieces in the order of their worlds, with a few more under way."""
    waiting: deque[Callable[[], Piece]] = deque()
    for first in range(0, count, size):
        waiting.append(pool.run(first, min(size, count - first)))
        if len(waiting) > pool.ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


@contextmanager
def _threads(work: Work, threads: int) -> Iterator[Pool]:
    pool = ThreadPoolExecutor(threads)
    try:
        yield Pool(lambda first, count: pool.submit(work.run, first, count).result, 2 * threads)
    finally:
        pool.shutdown(cancel_futures=True)
