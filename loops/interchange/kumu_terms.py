"""What types, tags and labels say in Kumu, and in files made for `systemdynamics` (D2D).

D2D ("diagrams to dynamics", the Python package `systemdynamics`, J. F. Uleman) reads Kumu's Excel sheets with
labels of its own: an element's type is stock, auxiliary or constant, its tag is the number by which an
intervention pushes it (0: none), and a description of VOI marks a variable of interest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from loops.interchange.draft import Draft, DraftArrow, DraftNode, Note
from loops.interchange.words import KIND_WORDS, number_of, plain

Kind = Literal["", "variable", "lever", "context"]
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(["stock", "auxiliary", "aux", "variable", "flow", "factor"], "variable"),
    **dict.fromkeys(["lever", "intervention", "action", "activity", "policy", "strategy"], "lever"),
    **dict.fromkeys(["constant", "context", "exogenous", "external", "circumstance"], "context"),
    **{words.casefold(): kind for kind, words in KIND_WORDS.items()},
}
BOX_FIELDS = {"start": "level at the start (0 to 1)", "gain": "gain per month", "fade": "fade per month"}
ARROW_FIELDS = {
    "strength": "strength per month",
    "delay": "delay in months",
    "threshold": "critical mass (0 to 1)",
    "steepness": "steepness of critical mass",
    "evidence": "how we know",
    "reason": "description",
    "passage": "passage",
    "locator": "where it stands",
}
"""The fields that hold in Kumu what it has none of its own for, by what a model calls it."""
LOOP_NAME = "name of the loop"
_OUTCOMES = {"voi", "variable of interest"}
_PUSHES = {"push": 1.0, "push+": 1.0, "push-": -1.0, "intervention": 1.0}
UNDIRECTED = "undirected"
_DELAYS = {"delay", "delayed"}
_LETTER = re.compile(r"\W*([RB])\s?(\d{0,3})(?![\w])[\s:.)\]\u2013-]*", re.IGNORECASE)
_SPELLED = {"reinforcing": "R", "balancing": "B"}


def kind_of(types: Sequence[str]) -> Kind:
    """The kind of box that the first known type stands for, in any case; empty for types of other meanings.

    >>> kind_of(["Stock"]), kind_of(["Lever"]), kind_of(["Constant"]), kind_of(["Driver"])
    ('variable', 'lever', 'context', '')
    """
    return next((_KINDS[word] for word in map(str.casefold, types) if word in _KINDS), "")


def values_of(cell: str) -> list[str]:
    """The values in one cell, which Kumu parts by `|`.

    >>> values_of(" trust | Buy  in||")
    ['trust', 'Buy in']
    """
    return [value for value in map(plain, cell.split("|")) if value]


def is_outcome(tags: Sequence[str], description: str) -> bool:
    """Whether a tag or the description says that this is a variable of interest."""
    return any(word.casefold() in _OUTCOMES for word in (*tags, description))


def is_delay(tags: Sequence[str]) -> bool:
    """Whether a tag says that an arrow acts late."""
    return any(tag.casefold() in _DELAYS for tag in tags)


def undirected(number: int) -> str:
    """The sentence of a note on connections that have no direction."""
    many = "One connection has" if number == 1 else f"{number:,} connections have"
    return f"{many} no direction in Kumu: here each leads from its first end to its second."


def pushes_of(tags: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """The pushes other than 0, by key of a box, from the tags of every box.

    A number is a push only where no box has a tag that is neither a number nor VOI: else it may be a year.

    >>> pushes_of({"a": ["1"], "b": ["-0.5"], "c": ["0"], "d": []})
    {'a': 1.0, 'b': -0.5}
    >>> pushes_of({"a": ["2019"], "b": ["draft"]})
    {}
    """
    every = [tag.casefold() for some in tags.values() for tag in some]
    numbers = all(number_of(tag) is not None for tag in every if tag not in _OUTCOMES)
    found = {}
    for key, some in tags.items():
        for tag in map(str.casefold, some):
            push = _PUSHES.get(tag.replace(" ", ""), number_of(tag) if numbers else None)
            if push:
                found[key] = push
    return found


def push(draft: Draft, pushes: Mapping[str, float]) -> None:
    """Make a lever of each box that is pushed, or beside it when other boxes act on it too.

    A push downwards takes away what is there: its lever starts at 1, or its arrow is a -.
    """
    moved = {arrow.target for arrow in draft.arrows}
    beside, down, made = [], [], []
    placed = [node.position for node in draft.nodes if node.position is not None]
    spread = max((max(axis) - min(axis) for axis in zip(*placed, strict=True)), default=0.0)
    for node in list(draft.nodes):
        size = pushes.get(node.key)
        if size is None:
            continue
        if node.key not in moved:
            node.kind, node.level = "lever", 1.0 if size < 0 else 0.0
            made.append(node.label)
            down += [node.label] if size < 0 else []
            continue
        lever = DraftNode(
            f"push {node.key}", f"Push: {node.label}", kind="lever", level=0.0, place=node.place
        )
        lever.position = _beside(node, spread)
        draft.nodes.append(lever)
        draft.arrows.append(DraftArrow(lever.key, node.key, "-" if size < 0 else "+", place=node.place))
        beside.append(node.label)
    if made:
        draft.notes.append(Note("assumed", "", f"The file pushes {few(made)}: here that is something we do."))
    if beside:
        says = f"The file pushes {few(beside)}, and arrows lead there too: each push is a lever of its own."
        draft.notes.append(Note("assumed", "", says))
    if down:
        says = f"The file pushes {few(down)} downwards: as a lever it starts at full, and you take it back."
        draft.notes.append(Note("assumed", "", says))
    if len({abs(size) for size in pushes.values()}) > 1:
        says = "The file gives its pushes different sizes. Here every lever goes from nothing to full."
        draft.notes.append(Note("left out", "", says))


def _beside(node: DraftNode, spread: float) -> tuple[float, float] | None:
    """A place up and to the left of a box, a tenth of the diagram away."""
    return (node.position[0] - spread / 10, node.position[1] - spread / 10) if node.position else None


def letter_and_name(label: str, kind: str = "") -> tuple[str, str]:
    """The letter that a loop's label begins with, and its name.

    >>> letter_and_name("R1: Seeing is believing"), letter_and_name("Buy-in"), letter_and_name("(b)")
    (('R1', 'Seeing is believing'), ('', 'Buy-in'), ('B', ''))
    >>> letter_and_name("Burnout", "Balancing")
    ('B', 'Burnout')
    """
    found = _LETTER.match(label)
    if found is None:
        return _SPELLED.get(kind.casefold(), ""), label
    return "".join(found.groups()).upper(), label[found.end() :]


def few(names: Sequence[str]) -> str:
    """Up to three names in a sentence, and how many more there are.

    >>> few(["a"]), few(["a", "b"])
    ('“a”', '“a” and “b”')
    >>> few(["a", "b", "c", "d", "e"])
    '“a”, “b”, “c” and 2 more'
    """
    shown = [f"“{name}”" for name in names[:3]]
    last = f"{len(names) - 3} more" if len(names) > 3 else shown.pop()
    return " and ".join(part for part in (", ".join(shown), last) if part)
