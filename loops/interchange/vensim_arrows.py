"""The arrows of a Vensim model: through valves and junctions from box to box, with signs from equations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loops.complaints import BadFile
from loops.interchange.curves import bend_through
from loops.interchange.draft import DELAYED, DraftArrow
from loops.interchange.formula import Moves
from loops.interchange.told import BY_FORMULA
from loops.interchange.vensim_boxes import Boxes
from loops.interchange.vensim_equations import Equation
from loops.interchange.vensim_sketch import Line, View
from loops.model import MAX_LINKS
from loops.parts import Polarity
from loops.validity import MAX_NODES

_BY_SHAPE: dict[int, Polarity] = {4: "+", 100: "-"}
"""A flow's line downstream of its valve, with a head, and upstream of it."""
_MOST_STEPS = 20 * MAX_LINKS
"""Lines followed through junctions in one file."""


@dataclass
class Arrows:
    """The arrows, and those for which the drawing was not enough."""

    drawn: list[DraftArrow] = field(default_factory=list)
    flows: list[DraftArrow] = field(default_factory=list)
    by_formula: list[DraftArrow] = field(default_factory=list)
    by_list: list[DraftArrow] = field(default_factory=list)
    initial: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class _Way:
    """Lines that lead on from each other: the first, the last, and what any of them says."""

    first: Line
    last: Line
    signs: frozenset[Polarity]
    delayed: bool

    def then(self, line: Line) -> _Way:
        """The way with one more line."""
        return _Way(self.first, line, self.signs | {line.sign}, self.delayed or line.delayed)


def arrows_of(drawn: Sequence[View], boxes: Boxes, known: Mapping[str, Equation], file: str) -> Arrows:
    """The arrows on some views. Raises :class:`BadFile` when too many run through junctions."""
    found = Arrows()
    moves: dict[str, Moves] = {}
    small = len(boxes.nodes) <= MAX_NODES and sum(len(view.lines) for view in drawn) <= MAX_LINKS
    names = frozenset([*boxes.nodes, *known])
    for way, page in _ways(drawn, boxes, found, file):
        arrow = _arrow(way, page, boxes)
        found.drawn.append(arrow)
        equation = known.get(arrow.target)
        if equation is not None and small and arrow.target not in moves:
            moves[arrow.target] = equation.signs(names)
        said = moves.get(arrow.target, {}).get(arrow.source, "?")
        if way.first.pipe:
            found.flows.append(arrow)
            arrow.sign = said if said != "?" else _BY_SHAPE.get(way.first.shape, "?")
        elif arrow.sign == "?" and said != "?" and equation is not None:
            (found.by_list if equation.drafted else found.by_formula).append(arrow)
            arrow.sign, arrow.note = said, BY_FORMULA
    return found


def _ways(drawn: Sequence[View], boxes: Boxes, found: Arrows, file: str) -> Iterator[tuple[_Way, int]]:
    """Every way from box to box with the number of its view; one that leads nowhere has no second end."""
    for page, view in enumerate(drawn):
        found.initial += [line for line in view.lines if line.initial]
        junctions = {word.number for word in view.words.values() if word.kind == "comment"}
        lines = [
            line
            for line in view.lines
            if not line.initial and not (line.pipe and {line.source, line.target} & junctions)  # from a cloud
        ]
        leaving: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            leaving[line.source].append(line)
        onwards = {junction: leaving[junction] for junction in junctions}
        entering = sum(line.target in junctions for line in lines)
        if entering * sum(map(len, onwards.values())) > _MOST_STEPS:
            raise BadFile(file, view.name, "too many arrows meet in junctions: draw them from box to box.")
        lost = {line.place: line for left in onwards.values() for line in left}
        for line in lines:
            if line.source not in junctions:
                for way in _followed(line, onwards, lost):
                    yield way, page
        yield from ((_begun(line), page) for line in lost.values())


def _begun(line: Line) -> _Way:
    return _Way(line, line, frozenset({line.sign}), line.delayed)


def _followed(line: Line, onwards: Mapping[int, Sequence[Line]], lost: dict[str, Line]) -> Iterator[_Way]:
    """The ways that begin with a line, through each junction once; lines passed are no longer `lost`."""
    passed: set[int] = set()
    ways = [_begun(line)]
    while ways:
        way = ways.pop()
        here = way.last.target
        if not onwards.get(here) or here in passed:
            if here not in passed:
                yield way
            continue
        passed.add(here)
        for following in onwards[here]:
            lost.pop(following.place, None)
            ways.append(way.then(following))


def _arrow(way: _Way, page: int, boxes: Boxes) -> DraftArrow:
    """An arrow from where a way begins to where it ends; a sign that its lines disagree on is not known."""
    keys, signs = boxes.keys[page], way.signs - {"?"}
    arrow = DraftArrow(
        keys.get(way.first.source, ""),
        keys.get(way.last.target, ""),
        next(iter(signs)) if len(signs) == 1 else "?",
        place=way.first.place,
    )
    if way.delayed:
        arrow.delay, arrow.delay_marked = DELAYED, True
    if way.first is way.last:
        arrow.bend = _bend(way.first, arrow, page, boxes)
    return arrow


def _bend(line: Line, arrow: DraftArrow, page: int, boxes: Boxes) -> float | None:
    """The bow of an arrow whose two ends are where their boxes are; none where it leads to a shadow."""
    homes = [boxes.homes.get(key) for key in (arrow.source, arrow.target)]
    ends = [home[1].at for home in homes if home is not None and home[0] == page and not home[1].shadow]
    if len(ends) < 2:
        return None
    return bend_through(ends[0], ends[1], line.handle) if line.handle else 0.0 if line.straight else None
