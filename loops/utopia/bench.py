"""Plans tried in some worlds, each once, with a count of the work that is left to try more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from loops.kernel import Floats
from loops.utopia.plan import Plan, cost
from loops.utopia.target import Target
from loops.utopia.trials import Trials

SLOPE = 0.2
"""Of a shortfall in the score: where no world reaches the target, or all do, plans differ by it alone."""


@dataclass(frozen=True)
class Tried:
    """What one plan costs, and what it did in the worlds of a bench."""

    plan: Plan
    total: float
    """Hours, with pounds as hours."""
    months: int
    """Months of all its spells: of plans that cost the same, that with fewer is the better."""
    held: int
    worlds: int
    short: float
    """How far the lowest level looked at is below the target, on average of all worlds."""

    @property
    def share(self) -> float:
        """In which share of the worlds the target holds."""
        return self.held / self.worlds

    @property
    def score(self) -> float:
        """The share, less a little for what is missing where it does not hold."""
        return self.share - SLOPE * self.short

    @property
    def price(self) -> tuple[float, int]:
        """By which plans are put in order of cost."""
        return self.total, self.months


@dataclass
class Purse:
    """Work that a search may still do, counted in steps times rows, links and worlds."""

    most: int
    spent: int = 0
    told: Callable[[float], None] = lambda share: None

    def pay(self, work: int) -> None:
        """Take some; tells the share that is spent, and so may raise."""
        self.spent += work
        self.told(min(self.spent / self.most, 1.0))


@dataclass
class Bench:
    """Everything tried in one set of worlds."""

    trials: Trials
    target: Target
    purse: Purse
    threads: int
    tried: dict[Plan, Tried] = field(default_factory=dict)

    def run(self, plans: Iterable[Plan]) -> bool:
        """Try those plans that are new, in their order, until the work is spent; were all of them tried?"""
        new = [plan for plan in dict.fromkeys(plans) if plan not in self.tried]
        left = max(0, (self.purse.most - self.purse.spent) // self.trials.size)
        asked = [(plan, self.target.months(plan)) for plan in new[:left]]
        runs = self.trials.levels(asked, self.target.variable, threads=self.threads)
        for (plan, _), levels in zip(asked, runs, strict=True):
            self.tried[plan] = judged(self.trials, plan, levels, self.target)
            self.purse.pay(self.trials.size)
        return left >= len(new)

    def frontier(self, least: float = 0.0) -> list[Tried]:
        """Plans of which no other is as cheap and scores as much; by steps of more than `least`."""
        return frontier(self.tried.values(), lambda each: each.score, least)

    def near(self, plans: Iterable[Plan], margin: float) -> list[Plan]:
        """Those of the tried plans that score less than `margin` below what is had for less.

        The plans of the frontier are among them; those come first that gain most over what is had for less.
        """
        line = self.frontier()
        prices = [each.price for each in line]
        gaps = {}
        for each in (self.tried[plan] for plan in dict.fromkeys(plans) if plan in self.tried):
            cheaper = bisect_left(prices, each.price)
            gaps[each.plan] = (line[cheaper - 1].score if cheaper else -1.0) - each.score
        return [plan for plan, gap in sorted(gaps.items(), key=lambda item: item[1]) if gap < margin]


def judged(trials: Trials, plan: Plan, levels: Floats, target: Target) -> Tried:
    """What levels (M, W) at the months that are looked at say of a plan."""
    lowest = levels.min(axis=0)
    paid = cost(trials.equations.model, plan)
    return Tried(
        plan,
        paid.total,
        sum(spell.stop - spell.start for spell in plan.spells),
        int(np.count_nonzero(lowest >= target.level)),
        lowest.size,
        float(np.maximum(target.level - lowest, 0).mean(dtype=float)),
    )


def frontier(tried: Iterable[Tried], worth: Callable[[Tried], float], least: float = 0.0) -> list[Tried]:
    """Those of which no other is as cheap and worth as much: by rising price and worth."""
    line: list[Tried] = []
    for each in sorted(tried, key=lambda one: (one.price, -worth(one), one.plan.spells)):
        if not line or worth(each) > worth(line[-1]) + least:
            line.append(each)
    return line
