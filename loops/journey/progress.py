"""How far the workstreams of a programme are along the path, and what is most often missing.

The path is the model's core in its order. A workstream is as far as the last box up to which each is at least
"partly" there in more than half of its partners. A box that nobody knows of is not taken to be there, but how
far it would be if it were is told apart. Which way a partner went is told by how many boxes in a row are at
least partly there, of those that are known on both days: what is only said for the first time is no step.
Nothing is put in order by how far it is: workstreams stand in the order of their names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from loops.journey.hiding import hidden, together
from loops.journey.places import THERE, Place, path
from loops.journey.programme import Lacking, Moved, Often, Progress, Share, Step, Stream
from loops.journey.standing import Changed
from loops.model import Model
from loops.partners import UNKNOWN

MOST_NAMED = 3
"""First gaps that are named for each workstream."""


def progress(model: Model, places: Iterable[Place], *, since: date, anonymous: bool = False) -> Progress:
    """How far each workstream is by the places of its partners, which compare with the day `since`.

    In the anonymous form no number tells of fewer than five partners (:mod:`loops.journey.hiding`), what
    people wrote is left out, and there is no workstream when there are fewer than five partners in all.
    """
    groups: dict[str, list[Place]] = {}
    called: dict[str, str] = {}
    for one in places:
        words = " ".join(one.workstream.split())
        groups.setdefault(called.setdefault(words.casefold(), words), []).append(one)
    names = sorted(groups, key=lambda name: (not name, name.casefold()))
    ordered = {name: groups[name] for name in names}
    every = [one for members in ordered.values() for one in members]
    if anonymous:
        shown = together(ordered)
        streams = tuple(hidden(_stream(model, put, members)) for put, members in shown.items())
        return Progress(since, len(every), streams, None, anonymous=True)
    streams = tuple(_stream(model, (name,), members) for name, members in ordered.items())
    whole = _stream(model, tuple(names), every) if len(streams) > 1 else None
    return Progress(since, len(every), streams, whole, anonymous=False)


def _stream(model: Model, names: tuple[str, ...], places: Sequence[Place]) -> Stream:
    return Stream(
        names,
        len(places),
        steps=tuple(_step(box, number, places) for number, box in enumerate(path(model))),
        moved=_moved([one.moved for one in places]),
        lacking=tuple(_lacking(model, number, places) for number in range(len(model.headlines))),
        learnt=_learnt(model, places),
    )


def _step(box: str, number: int, places: Sequence[Place]) -> Step:
    return Step(
        box,
        _share(one.now[number] in THERE for one in places),
        _share(one.then[number] in THERE for one in places),
        _share(one.now[number] == UNKNOWN for one in places),
    )


def _moved(by: Sequence[int | None]) -> Moved:
    return Moved(
        _share(each is not None and each > 0 for each in by),
        _share(each is not None and each < 0 for each in by),
        _share(each is None for each in by),
    )


def _lacking(model: Model, number: int, places: Sequence[Place]) -> Lacking:
    """The first gaps by how often they are it, and those of the same number in the order of the file."""
    found, order, many = Counter(one.gaps[number] for one in places), list(model.nodes), len(places)
    gaps = sorted(
        ((gap, count) for gap, count in found.items() if isinstance(gap, tuple)),
        key=lambda each: (-each[1], order.index(each[0][0])),
    )
    return Lacking(
        model.headlines[number],
        tuple(Often(*gap, Share(count, count, many)) for gap, count in gaps[:MOST_NAMED]),
        Share(found["nothing"], found["nothing"], many),
        Share(found["nobody knows"], found["nobody knows"], many),
    )


def _learnt(model: Model, places: Sequence[Place]) -> tuple[Changed, ...]:
    order = {name: number for number, name in enumerate(model.nodes)}
    said = (one for place in places for one in place.learnt)
    return tuple(sorted(said, key=lambda one: (order[one.box], one.day, one.role)))


def _share(so: Iterable[bool]) -> Share:
    """In how many it is so."""
    told = list(so)
    return Share(sum(told), sum(told), len(told))
