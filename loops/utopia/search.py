"""The search for plans of which no other is both cheaper and surer.

First the whole space by differential evolution (Storn & Price 1997, J. Global Optimization 11:341-359;
scipy's), once for the likeliest plan and once for the cheapest that is sure enough. Then the plans found are
polished: whatever is one small change away from a plan of the frontier is tried, until nothing new joins it
(Pareto local search; Paquete, Chiarandini & Stuetzle 2004). Changes are screened in few worlds, and the best
of them are tried in many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import differential_evolution

from loops.kernel import Floats
from loops.utopia.bench import Bench, Tried
from loops.utopia.moves import MOST_OTHERS, neighbours
from loops.utopia.plan import Plan, cost
from loops.utopia.space import KEYS, Space

POPULATION = 48
"""Plans of a generation."""
EVOLVED = 0.05
"""Share of the work that each of the two evolutions may use."""
MARGIN = 0.02
"""How far below the frontier of few worlds a plan may score to be tried in many."""
MOST_NEAR = 16
"""Such plans of one round of polishing, the nearest ones."""
AT_ONCE = 64
"""Neighbours of one plan that are tried before what they gave is looked at."""
STEP = 0.004
"""Smaller gains in score are not polished."""
MOST_GENERATIONS = 1_000
UNTRIED = 1_000.0
"""What is worse than any plan: one for which no work was left."""
QUIET = 10
"""Generations without a plan that is new, after which an evolution ends."""


@dataclass
class Search:
    """Plans of a space, tried on two benches: one of few worlds, and one of many that holds those too."""

    space: Space
    few: Bench
    many: Bench
    sure: float
    seed: int
    settled: bool = False
    """Whether no small change of a plan of the frontier gained anything."""

    def run(self) -> None:
        """Fill the benches, until nothing can be improved or the work is spent."""
        self.few.run([Plan(), *self._simple()])
        self.many.run([Plan()])
        if not self.space.items:
            self.settled = True
            return
        dearest = max(cost(self.few.trials.equations.model, self.space.everything).total, 1.0)
        self._evolve(lambda each: -each.score, self.seed)
        self._evolve(
            lambda each: each.total / dearest if each.share >= self.sure else 1.0 + self.sure - each.score,
            self.seed + 1,
        )
        self._polish()

    def _simple(self) -> Iterator[Plan]:
        """Each item alone (of a long list those that take least), and all that fit: in three orders."""
        items = self.space.items
        lean = sorted(range(len(items)), key=lambda number: items[number].hours)
        for number in lean[:MOST_OTHERS]:
            yield self.space.put([number])
        for order in (lean, lean[::-1], range(len(items))):
            yield self.space.put(order)

    def _evolve(self, aim: Callable[[Tried], float], seed: int) -> None:
        """Differential evolution on random keys, from the best plans so far and random ones."""
        purse, rng = self.few.purse, np.random.default_rng(seed)
        until, spent = purse.spent + EVOLVED * purse.most, [-1] * QUIET
        known = sorted(self.few.tried.values(), key=lambda each: (aim(each), each.price, each.plan.spells))
        begin = rng.random((POPULATION, KEYS * len(self.space.items)))
        for row, each in enumerate(known[: POPULATION // 3]):
            begin[row] = self.space.encode(each.plan)

        def values(keys: Floats) -> Floats:
            plans = [self.space.decode(column) for column in keys.T]
            self.few.run(plans)
            return np.array([aim(self.few.tried[p]) if p in self.few.tried else UNTRIED for p in plans])

        def enough(xk: Floats, convergence: float) -> bool:
            spent.append(purse.spent)
            return purse.spent >= until or spent[-1] == spent[-QUIET:][0]

        differential_evolution(
            values,
            [(0.0, 1.0)] * begin.shape[1],
            init=begin,
            maxiter=MOST_GENERATIONS,
            tol=0.0,
            rng=rng,
            callback=enough,
            polish=False,
            updating="deferred",
            vectorized=True,
        )

    def _polish(self) -> None:
        self.many.run(self.few.near(self.few.tried, MARGIN)[:MOST_NEAR])
        rng, left = np.random.default_rng(self.seed), dict[Plan, list[Plan]]()
        while chosen := self._next({plan for plan, others in left.items() if not others}):
            tried = []
            for plan in chosen:
                if plan not in left:
                    left[plan] = neighbours(self.space, plan)
                    rng.shuffle(left[plan])
                tried += left[plan][:AT_ONCE]
                del left[plan][:AT_ONCE]
            if not self.few.run(tried) or not self.many.run(self.few.near(tried, MARGIN)[:MOST_NEAR]):
                return
        self.settled = True

    def _next(self, done: set[Plan]) -> list[Plan]:
        """Plans of the frontier whose neighbours have not been tried.

        One is about the cheapest that is sure enough, one about the likeliest, and one stands where the
        frontier leaves most room between its plans.
        """
        line = self.many.frontier(STEP)
        room = [0.0, *((b.total - a.total) * (b.score - a.score) for a, b in pairwise(line)), 0.0]
        sure = next((k for k, each in enumerate(line) if each.share >= self.sure), len(line) - 1)
        left = [k for k, each in enumerate(line) if each.plan not in done]
        if not left:
            return []
        chosen = (
            min(left, key=lambda k: abs(k - sure)),
            left[-1],
            max(left, key=lambda k: room[k] + room[k + 1]),
        )
        return [line[k].plan for k in sorted(set(chosen))]
