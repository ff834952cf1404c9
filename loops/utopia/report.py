"""What a search has found, measured on fresh worlds: only that counts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from loops.utopia.bench import Tried, frontier
from loops.utopia.found import Found, Worth
from loops.utopia.measure import found, measured, worth
from loops.utopia.plan import Plan
from loops.utopia.search import Search
from loops.utopia.trials import Trials
from loops.utopia.watch import Watch

CANDIDATES = 40
"""Plans of the search's frontier that are measured."""
MOST_SHOWN = 12
"""Plans of the frontier that come of it."""
CLOSE = 0.01
"""A plan must be likelier than a cheaper one by more than this: fresh worlds do not tell smaller gains from
luck, and nobody would pay for them."""
ABOVE = 0.05
"""How much surer than asked for a candidate may look and still be kept before others, up to half of them:
some of those that look just sure enough are not on fresh worlds."""


class Report(NamedTuple):
    """The plans of a :class:`loops.utopia.found.Backcast`."""

    cheapest: Found | None
    likeliest: Found
    frontier: tuple[Found, ...]
    nothing_new: Found
    everything: Found
    worth: tuple[Worth, ...]


def report(search: Search, fresh: Trials, threads: int, watch: Watch) -> Report:
    """Measure the best plans of a search, and keep those of which no other is cheaper and likelier."""
    target, everything = search.many.target, search.space.everything
    candidates = _candidates(search)
    runs = measured(
        fresh, target, [*candidates, everything], threads, lambda share: watch.measuring(0.2 * share)
    )
    within = [runs[plan].tried for plan in candidates]
    exact = frontier(within, lambda each: each.share)
    enough = next((each for each in exact if each.share >= search.sure), None)
    best = thinned(_told_apart(exact, enough), MOST_SHOWN, [each.plan for each in (enough,) if each])
    likeliest = best[-1] if best[-1].held else max(within, key=lambda each: each.score)
    told = dict.fromkeys([*(each.plan for each in best), likeliest.plan, Plan(), everything])
    seen = measured(search.many.trials, target, [p for p in told if p not in search.many.tried], threads)
    searched = search.many.tried | {plan: each.tried for plan, each in seen.items()}
    plans: dict[Plan, Found] = {}
    for each in found(fresh, target, {plan: runs[plan] for plan in told}, searched, threads):
        plans[each.plan] = each
        watch.measuring(0.2 + 0.7 * len(plans) / len(told))
    shown = enough or likeliest
    lost = worth(fresh, target, shown.plan, threads) if shown.held else ()
    watch.measuring(1.0)
    return Report(
        cheapest=plans[enough.plan] if enough else None,
        likeliest=plans[likeliest.plan],
        frontier=tuple(plans[each.plan] for each in best),
        nothing_new=plans[Plan()],
        everything=plans[everything],
        worth=lost,
    )


def _candidates(search: Search) -> list[Plan]:
    """The search's frontier, and nothing new; of few worlds if it was stopped before it ran many."""
    bench = search.many if len(search.many.tried) > 1 else search.few
    line = bench.frontier()
    close = [each for each in line if search.sure <= each.share < search.sure + ABOVE]
    # half of them at most, so that cheap plans are measured however many of these there are
    close = thinned(close, CANDIDATES // 2, ())
    kept = thinned(line, CANDIDATES, [each.plan for each in close])
    return list(dict.fromkeys([Plan(), *(each.plan for each in kept)]))


def _told_apart(line: Sequence[Tried], enough: Tried | None) -> list[Tried]:
    """Those of a frontier that are likelier than the one before by enough to be told apart."""
    apart: list[Tried] = []
    for each in line:
        if not apart or each is enough or each.share > apart[-1].share + CLOSE:
            apart.append(each)
    return apart


def thinned(line: Sequence[Tried], most: int, kept: Collection[Plan]) -> list[Tried]:
    """A frontier of fewer plans: without those that gain least over the one before, but for some."""
    left = list(line)
    while len(left) > most:
        gains = [(left[k].score - left[k - 1].score, k) for k in range(1, len(left) - 1)]
        spare = [(gain, k) for gain, k in gains if left[k].plan not in kept]
        if not spare:
            break
        del left[min(spare)[1]]
    return left
