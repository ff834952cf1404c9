"""From a target back to plans: search, then measure what was found on fresh worlds."""

from __future__ import annotations

from functools import partial

from loops.ensemble.simulate import Progress
from loops.model import Model
from loops.scenario import Scenario
from loops.spread import Width
from loops.utopia.bench import Bench, Purse
from loops.utopia.found import Backcast
from loops.utopia.report import report
from loops.utopia.search import Search
from loops.utopia.space import Space
from loops.utopia.target import Limits, Target, check, check_limits
from loops.utopia.trials import Trials
from loops.utopia.watch import Watch
from loops.worlds import MOST_WORLDS, Worlds

SURE = 0.75
"""The chance that "under most assumptions" stands for."""
COUNT = 1_024
"""Fresh worlds on which plans are measured."""
FEW, MANY = 64, 512
"""Worlds in which plans are screened, and in which those that come near the frontier are tried."""
MOST_TRIED = 10_000
"""Plans in few worlds that the search may run, or as much work in many."""
MOST_WORK = 12_000_000_000
"""Steps times rows, links and worlds of the search: of a large model fewer plans are run, in minutes."""
LEAST_TRIED = 400
"""Plans that there should be work for: those of a large model are run in fewer worlds."""
FEWEST = 16
"""Of these, at least."""


def backcast(  # noqa: PLR0913  what is asked, and of which worlds
    model: Model,
    target: Target,
    limits: Limits,
    *,
    seed: int,
    width: Width = "middle",
    sure: float = SURE,
    count: int = COUNT,
    circumstances: Scenario | None = None,
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> Backcast:
    """Find the cheapest plan that reaches `target` in a share `sure` of worlds, the likeliest, and between.

    Plans are measured on `count` fresh worlds, and only those are kept of which, there, no other is both
    cheaper and likelier. They run in `circumstances` (contexts, links and the start of a scenario; its levers
    are left out). The number of threads changes nothing. When the progress raises
    :class:`loops.ensemble.simulate.Cancelled` what was found so far is measured, and the result says so.
    Raises :class:`ValueError` with one sentence for a target or limits that cannot be, and
    :class:`loops.simulate.DidNotFinish`.
    """
    check(model, target)
    check_limits(model, target, limits)
    if not 0 < sure <= 1:
        raise ValueError(f"sure is {sure:g}: use a share above 0 and at most 1")
    if not MANY <= count <= MOST_WORLDS // 2:
        raise ValueError(f"{count:,} versions: use at least {MANY} and at most {MOST_WORLDS // 2:,}")
    space = Space.of(model, target, limits)
    trials = partial(
        Trials.of,
        model,
        Worlds.of([model], width=width, seed=seed),
        edges=space.edges,
        until=target.by + target.keep,
        circumstances=circumstances,
    )
    few = trials(first=0, count=FEW)
    share = min(1.0, MOST_WORK / (LEAST_TRIED * few.size))
    if share < 1:
        few = trials(first=0, count=max(FEWEST, int(FEW * share)))
    many = few if share < 1 else trials(first=0, count=MANY)
    watch = Watch(progress)
    purse = Purse(min(MOST_TRIED * few.size, MOST_WORK), told=watch.searching)
    bench = partial(Bench, target=target, purse=purse, threads=threads)
    search = Search(space, bench(few), bench(many), sure, seed)
    watch.until_stopped(search.run)
    stopped = f"stopped after {len(search.few.tried):,} plans" if watch.cancelled else ""
    fresh = trials(first=max(MANY, count), count=max(FEWEST, int(count * share**2)))
    if share < 1:
        large = f"this model is large: {few.worlds:,} versions tried each plan, {fresh.worlds:,} the best"
        stopped = "; ".join(filter(None, [large, stopped]))
    found = report(search, fresh, threads, watch)
    return Backcast(
        model,
        target,
        limits,
        seed,
        width,
        sure,
        *found,
        left_out=space.left_out,
        tried=len(search.few.tried),
        settled=search.settled,
        stopped=stopped,
        circumstances=circumstances,
    )
