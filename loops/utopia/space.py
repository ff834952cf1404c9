"""Every plan that the limits allow, and how random keys are read as one of them.

Random keys (Bean 1994, ORSA J. Computing 6:154-160): any numbers in [0, 1] are read as a plan that keeps to
every limit, so that no search can leave what is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from loops.kernel import Floats, Ints
from loops.model import Model
from loops.narrate import in_hours
from loops.utopia.items import Item, edges_of, items_of
from loops.utopia.packing import Packing, Placed
from loops.utopia.plan import Plan, Spell, fine_budget
from loops.utopia.target import Limits, Target

KEYS = 3
"""Numbers for each item: whether and in what order it is put in, when it begins, and when it stops."""


@dataclass(frozen=True)
class Space:
    """The items, and what plans made of them must keep to."""

    items: tuple[Item, ...]
    edges: tuple[int, ...]
    """Months at which items may begin or stop, 0 to the target's."""
    budget: int | None
    """Millionths of an hour in the busiest month."""
    money: float | None
    left_out: Mapping[str, str]
    """Levers that are allowed but of no use here, and why."""

    @classmethod
    def of(cls, model: Model, target: Target, limits: Limits) -> Space:
        """The plans that are allowed; raises :class:`ValueError` when no item fits within the limits."""
        items, left_out = items_of(model, target, limits)
        budget = None if limits.budget is None else fine_budget(limits.budget)
        space = cls(items, edges_of(target, limits), budget, limits.money, left_out)
        if items and not any(space.put([number]).spells for number in range(len(items))):
            least = min(items, key=lambda item: (len(item.needs), item.hours, item.pounds))
            money = f" and {least.pounds:g} pounds" if least.pounds else ""
            raise ValueError(
                f"nothing that could help fits within these limits: '{least.lever}' alone takes "
                f"{in_hours(least.hours / 1e6)} a month{money}. Allow more."
            )
        return space

    @property
    def slots(self) -> int:
        """Stretches of time between edges."""
        return len(self.edges) - 1

    @property
    def everything(self) -> Plan:
        """All items as early and as long as dates and needs allow, whatever they cost."""
        return Space(self.items, self.edges, None, None, {}).put(range(len(self.items)))

    def decode(self, keys: Floats) -> Plan:
        """The plan that random keys (3 times the items,) stand for.

        Items whose first key is above a half are put in, the highest first; the other two are when each
        begins, as a share of the time there is, and when it stops, as a share of what is then left.
        """
        order, begin, stop = keys.reshape(KEYS, -1)
        earliest = np.array([item.earliest for item in self.items], dtype=np.int64)
        begins = earliest + _cell(begin, self.slots - earliest)
        stops = begins + 1 + _cell(stop, self.slots - begins)
        chosen = np.argsort(-order, kind="stable")
        return self.put(chosen[order[chosen] > 0.5].tolist(), begins, stops)

    def encode(self, plan: Plan) -> Floats:
        """Random keys that stand for an allowed plan."""
        keys = np.full((KEYS, len(self.items)), 0.25)
        for rank, (number, (begin, stop)) in enumerate(self.placed(plan).items()):
            first = self.items[number].earliest
            keys[:, number] = (
                1 - rank / (2 * len(plan.spells) + 1),
                (begin - first + 0.5) / (self.slots - first),
                (stop - begin - 0.5) / (self.slots - begin),
            )
        return keys.ravel()

    def put(
        self,
        order: Iterable[int],
        begins: Ints | Sequence[int] | None = None,
        stops: Ints | Sequence[int] | None = None,
    ) -> Plan:
        """The plan of items put in one after the other, each with what it needs, where there is room.

        They go near the slots that are wished for each of the items: from first to last if none are.
        """
        packing = self.packing()
        for number in order:
            if number not in packing.placed:
                packing.add(
                    number,
                    [0] * len(self.items) if begins is None else begins,
                    [self.slots] * len(self.items) if stops is None else stops,
                )
        return self.plan(packing.placed)

    def packing(self, placed: Mapping[int, tuple[int, int]] | None = None) -> Packing:
        """Slots in which nothing is placed yet, or what is known to fit."""
        packing = Packing(self.items, self.slots, self.budget, self.money)
        packing.keep(placed or {})
        return packing

    def plan(self, placed: Mapping[int, tuple[int, int]]) -> Plan:
        """The plan of items placed in slots."""
        return Plan(
            tuple(
                Spell(self.items[number].lever, self.edges[begin], self.edges[stop])
                for number, (begin, stop) in sorted(placed.items())
            )
        )

    def placed(self, plan: Plan) -> Placed:
        """The slots of a plan's items."""
        place = {item.lever: number for number, item in enumerate(self.items)}
        edge = {month: number for number, month in enumerate(self.edges)}
        return {place[spell.lever]: (edge[spell.start], edge[spell.stop]) for spell in plan.spells}

    def fits(self, placed: Mapping[int, tuple[int, int]]) -> bool:
        """Whether items placed in slots keep to every limit."""
        load = np.zeros(self.slots, dtype=np.int64)
        for number, (begin, stop) in placed.items():
            item = self.items[number]
            if not item.earliest <= begin < stop <= self.slots:
                return False
            if any(need not in placed or placed[need][0] > begin for need in item.needs):
                return False
            load[begin:stop] += item.hours
        paid = sum(self.items[number].pounds for number in placed)
        return (self.budget is None or bool((load <= self.budget).all())) and (
            self.money is None or paid <= self.money
        )


def _cell(keys: Floats, count: Ints) -> Ints:
    """Keys in [0, 1] as whole numbers from 0 to `count` - 1."""
    cells: Ints = np.minimum((keys * count).astype(np.int64), count - 1)
    return cells
