"""Small changes of a plan: what a search by hand would try next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from loops.utopia.packing import Placed
from loops.utopia.plan import Plan
from loops.utopia.space import Space

MOST_OTHERS = 40
"""Items that are put in, or in the place of another: the first of a long list."""


def neighbours(space: Space, plan: Plan) -> list[Plan]:
    """Plans within the limits that are one change away: each once, in an order that is always the same.

    An item is left out, shortened, lengthened, shifted, put in, put in another's place, or goes on in a slot
    that another one leaves to it.
    """
    placed = space.placed(plan)
    changed = [*_timed(placed), *_left_out(placed), *_given_way(placed)]
    within = [space.plan(each) for each in changed if space.fits(each)]
    return [each for each in dict.fromkeys([*within, *_put_in(space, placed)]) if each != plan]


def _timed(placed: Placed) -> Iterator[Placed]:
    """One item begins or stops one slot earlier or later, or both; or its time is halved."""
    for number, (begin, stop) in placed.items():
        middle = (begin + stop) // 2
        for one in (
            (begin + 1, stop),
            (begin, stop - 1),
            (begin - 1, stop),
            (begin, stop + 1),
            (begin + 1, stop + 1),
            (begin - 1, stop - 1),
            (begin + 2, stop + 2),
            (begin - 2, stop - 2),
            (begin, middle),
            (middle, stop),
        ):
            yield {**placed, number: one}


def _left_out(placed: Placed) -> Iterator[Placed]:
    for number in placed:
        yield {other: spell for other, spell in placed.items() if other != number}


def _given_way(placed: Placed) -> Iterator[Placed]:
    """One item goes on one slot longer, or begins one earlier, in a first or last slot of another one."""
    for number, (begin, stop) in placed.items():
        for slot, longer in ((stop, (begin, stop + 1)), (begin - 1, (begin - 1, stop))):
            for other, (first, last) in placed.items():
                if other != number and slot in (first, last - 1):
                    shorter = (first + 1, last) if slot == first else (first, last - 1)
                    yield {**placed, number: longer, other: shorter}


def _put_in(space: Space, placed: Placed) -> Iterator[Plan]:
    """Another item is put in beside the others or for one of them, as long as there is room or for a half."""
    others = [number for number in range(len(space.items)) if number not in placed][:MOST_OTHERS]
    count, half = len(space.items), space.slots // 2
    spans = [(0, space.slots), (half, space.slots), (0, max(1, half))]
    for gone in (None, *placed):
        left = {number: spell for number, spell in placed.items() if number != gone}
        if not space.fits(left):
            continue
        wished = spans if gone is None else [placed[gone], spans[0]]
        for number, (begin, stop) in product(others, wished):
            packing = space.packing(left)
            if packing.add(number, [begin] * count, [stop] * count):
                yield space.plan(packing.placed)
