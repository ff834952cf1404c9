"""The boxes of a Vensim model: what is drawn of one variable on all its views, shadows too, is one box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loops.interchange.curves import side_by_side
from loops.interchange.draft import DraftNode
from loops.interchange.formula import same
from loops.interchange.vensim_equations import Equation
from loops.interchange.vensim_sketch import View, Word
from loops.interchange.words import plain

CLOCK = frozenset({"time", "time step", "initial time", "final time", "saveper"})
"""What Vensim itself defines; only shadows of it are drawn."""


@dataclass
class Boxes:
    """The boxes by key, and what leads to them from the drawing."""

    nodes: dict[str, DraftNode]
    homes: dict[str, tuple[int, Word]]
    """The view and word that a box has its place from."""
    shifts: Sequence[float]
    """How far each view is moved to the right."""
    keys: list[dict[int, str]]
    """For each view, the key of the box that a word stands for by its number; a valve has its flow's."""
    unnamed: list[str] = field(default_factory=list)
    """The keys of flows without a name."""


def boxes_of(drawn: Sequence[View], known: Mapping[str, Equation]) -> Boxes:
    """The boxes on some views in the order in which they first appear, placed as on all views in a row."""
    words = list(_variables(drawn))
    homes: dict[str, tuple[int, Word]] = {}
    for page, word in sorted(words, key=lambda found: found[1].shadow):
        homes.setdefault(_key(page, word), (page, word))
    shifts = side_by_side([[word.at[0] for word in view.words.values()] for view in drawn])
    boxes = Boxes({}, homes, shifts, [{} for _ in drawn])
    for page, word in words:
        key = _key(page, word)
        boxes.keys[page][word.number] = key
        if key not in boxes.nodes:
            boxes.nodes[key] = _node(key, *homes[key], shifts, known.get(key))
    for page, view in enumerate(drawn):
        for valve, named in _valves(view):
            named_key = boxes.keys[page].get(named.number) if named else None
            boxes.keys[page][valve.number] = named_key or _unnamed(boxes, page, valve)
    if len(drawn) > 1:
        for key, (page, _) in homes.items():
            boxes.nodes[key].group = drawn[page].name
    return boxes


def name_of(written: str) -> str:
    """A name as Vensim writes it, without its quotation marks.

    >>> name_of('"trust \\\\"in us\\\\""')
    'trust "in us"'
    """
    written = written.strip()
    if len(written) > 1 and written[0] == written[-1] == '"':
        written = written[1:-1].replace('\\"', '"')
    return plain(written)


def _key(page: int, word: Word) -> str:
    """What identifies the box of a word: its name; one without a name is a box of its own."""
    return same(word.name) or f"\x00box {page} {word.number}"


def _variables(drawn: Sequence[View]) -> Iterator[tuple[int, Word]]:
    """Every word for a variable, with the number of its view; shadows of the clock are none."""
    every = [(page, word) for page, view in enumerate(drawn) for word in view.words.values()]
    primary = {same(word.name) for _, word in every if word.kind == "variable" and not word.shadow}
    for page, word in every:
        if word.kind == "variable" and (same(word.name) in primary or same(word.name) not in CLOCK):
            yield page, word


def _node(key: str, page: int, word: Word, shifts: Sequence[float], equation: Equation | None) -> DraftNode:
    at = (word.at[0] + shifts[page], word.at[1])
    return DraftNode(
        key, name_of(word.name), position=at, note=equation.about if equation else "", place=word.place
    )


def _valves(view: View) -> Iterator[tuple[Word, Word | None]]:
    """Every valve that an arrow touches, with the word that names it: the next, if attached to a valve."""
    touched = {end for line in view.lines for end in (line.source, line.target)}
    words = list(view.words.values())
    for word, following in zip(words, [*words, None][1:], strict=True):
        if word.kind == "valve" and word.number in touched:
            named = following is not None and following.kind == "variable" and following.attached
            yield word, following if named else None


def _unnamed(boxes: Boxes, page: int, valve: Word) -> str:
    """Make a box for a flow that has a valve and no name."""
    key = f"\x00flow {page} {valve.number}"
    boxes.unnamed.append(key)
    label = f"Flow {len(boxes.unnamed)}"
    boxes.nodes[key] = DraftNode(
        key, label, position=(valve.at[0] + boxes.shifts[page], valve.at[1]), place=valve.place
    )
    boxes.homes[key] = (page, valve)
    return key
