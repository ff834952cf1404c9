"""Items put into slots of time one after the other, so that no limit is ever broken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from loops.kernel import Ints
from loops.utopia.items import Item

Placed = dict[int, tuple[int, int]]
"""For each item that is used the slot in which it begins, and the one in which it no longer is done."""


class Packing:
    """Items placed so far, and how many hours of each slot and pounds in all are spoken for."""

    def __init__(self, items: Sequence[Item], slots: int, budget: int | None, money: float | None) -> None:
        self.items, self.slots, self.budget, self.money = items, slots, budget, money
        self.placed: Placed = {}
        self.load: Ints = np.zeros(slots, dtype=np.int64)
        self.paid = 0.0

    def keep(self, placed: Mapping[int, tuple[int, int]]) -> None:
        """Place items that are known to fit."""
        for number, (begin, stop) in placed.items():
            self._put(number, begin, stop)

    def add(self, number: int, begins: Ints | Sequence[int], stops: Ints | Sequence[int]) -> bool:
        """Place an item near the slots wished for each item, after those it needs; is it there then?

        Where the hours do not last it begins at the nearest time at which they do, and stops when they end.
        If there is no room or money for all that it needs, nothing is placed.
        """
        before = dict(self.placed), self.load.copy(), self.paid
        for group in self._in_order(number):
            if not self._place(group, begins, stops):
                self.placed, self.load, self.paid = before
                return False
        return True

    def _in_order(self, number: int) -> list[list[int]]:
        """The item and those it needs that are not placed, first those that others need.

        Items that need each other stand together: they begin at one time.
        """
        wanted = sorted({number, *self.items[number].needs} - set(self.placed))
        groups: dict[frozenset[int], list[int]] = {}
        for each in sorted(wanted, key=lambda item: (len(self.items[item].needs), item)):
            groups.setdefault(self.items[each].needs | {each}, []).append(each)
        return list(groups.values())

    def _place(self, group: Sequence[int], begins: Ints | Sequence[int], stops: Ints | Sequence[int]) -> bool:
        own = [self.items[number] for number in group]
        price = sum(item.pounds for item in own)
        if self.money is not None and self.paid + price > self.money:
            return False
        before = [self.placed[need][0] for item in own for need in item.needs if need in self.placed]
        first = max([item.earliest for item in own] + before)
        fits = np.flatnonzero(self.room(sum(item.hours for item in own))[first:]) + first
        if not fits.size:
            return False
        begin = int(fits[np.argmin(np.abs(fits - begins[group[0]]))])
        for number in group:  # one slot each, so that the first does not leave the others without
            self._put(number, begin, begin + 1)
        for number in group:
            self.lengthen(number, int(stops[number]))
        return True

    def lengthen(self, number: int, stop: int) -> None:
        """Let a placed item go on until `stop`, or until the hours do not last."""
        begin, until = self.placed[number]
        room = self.room(self.items[number].hours)[until:stop]
        more = int(np.argmin(room)) if not room.all() else room.size
        self.load[until : until + more] += self.items[number].hours
        self.placed[number] = begin, until + more

    def _put(self, number: int, begin: int, stop: int) -> None:
        self.placed[number] = begin, stop
        self.load[begin:stop] += self.items[number].hours
        self.paid += self.items[number].pounds

    def room(self, hours: int) -> NDArray[np.bool_]:
        """In which slots there are so many hours left."""
        if self.budget is None:
            return np.ones(self.slots, dtype=bool)
        room: NDArray[np.bool_] = self.load + hours <= self.budget
        return room
