"""What equations say that have the form in which :mod:`loops.interchange.export.vensim` writes them.

Kinds of boxes, where they start, what they gain and fade, how strong arrows are and how late: others' files
do not say this in a form that can be relied on.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from loops.interchange import loop_list
from loops.interchange.draft import Draft, DraftArrow, DraftLoop, DraftNode, Note
from loops.interchange.formula import same
from loops.interchange.vensim_equations import Equation
from loops.interchange.words import plain

VARIABLES, LEVERS, CIRCUMSTANCES, LOOPS = "What changes", "What we do", "Circumstances", "Loops"
"""The groups that hold the equations of each kind of box, and named loops."""
_KINDS: dict[str, Literal["variable", "lever", "context"]] = {
    VARIABLES: "variable",
    LEVERS: "lever",
    CIRCUMSTANCES: "context",
}
BARS = {"|": "\u00a6", "~": "\u223c"}
"""What would end a comment, and what stands for it there."""
_BARS = str.maketrans({shown: bar for bar, shown in BARS.items()})
_N = r"(?:\d+(?:\.\d*)?(?:e[-+]?\d+)?)"
_NAME = r'(?:"[^"]*"|[^\W\d][\w ]*)'
_HEAD = re.compile(rf"INTEG\(\(1-{_NAME}\)\*\(({_N})", re.IGNORECASE)
_MIDDLE = re.compile(rf"\)-{_NAME}\*\(({_N})")
_TAIL = re.compile(rf"\),({_N})\)\Z", re.IGNORECASE)
_TERM = re.compile(
    rf"\+(?P<strength>{_N})\*(?:\(1\+(?P<mass>{_N})\^(?P<steep>\d)\)\*)?"
    rf"(?P<y>SMOOTH3I\((?P<late>{_NAME}),(?P<delay>{_N}),{_N}\)|(?P<now>{_NAME}))"
    r"(?(mass)\^(?P=steep)/\((?P=mass)\^(?P=steep)\+(?P=y)\^(?P=steep)\))",
    re.IGNORECASE,
)
_DRIVEN = re.compile(rf"({_N})(?:\+(?:STEP|RAMP)\([^()]*\))*", re.IGNORECASE)
_SPACED = re.compile(r'("[^"]*")|\s*([-+*/^(),])\s*')
_IN_FULL = re.compile(r'(.*?)\s*\bIn full: ("[^"]*")', re.DOTALL)


@dataclass(frozen=True)
class _Term:
    """What one arrow adds to a rate."""

    strength: float
    delay: float | None
    threshold: float | None
    steepness: float | None


_Terms = dict[str, deque[_Term]]


@dataclass
class _Level:
    """An equation of a variable: its numbers, and terms by the key of their source."""

    start: float
    gain: float
    fade: float
    won: _Terms = field(default_factory=dict)
    lost: _Terms = field(default_factory=dict)


def own_loops(groups: Mapping[str, str], notes: list[Note]) -> Iterator[DraftLoop]:
    """The named loops in the comment of a group, with a note where it says something else."""
    for loop in loop_list.read(groups.get(LOOPS, ""), notes):
        yield replace(loop, path=tuple(same(name) for name in loop.path))


def take(draft: Draft, known: Mapping[str, Equation]) -> None:
    """Give the boxes and arrows of a draft what equations of our own form say of them."""
    levels = {
        node.key: level
        for node in draft.nodes
        if node.key in known and (level := _level_of(known[node.key].formula)) is not None
    }
    for node in draft.nodes:
        if equation := known.get(node.key):
            _take_node(node, equation, levels.get(node.key))
    for arrow in draft.arrows:
        if arrow.target in levels:
            _take_arrow(arrow, levels[arrow.target])


def _take_node(node: DraftNode, equation: Equation, level: _Level | None) -> None:
    if level is not None:
        node.kind, node.level, node.gain, node.fade = "variable", level.start, level.gain, level.fade
    elif equation.group in _KINDS and (driven := _DRIVEN.fullmatch(_tight(equation.formula))):
        node.kind, node.level = _KINDS[equation.group], float(driven[1])
    else:
        return
    about = equation.about
    if found := _IN_FULL.fullmatch(about):
        about = found[1]
        node.label = _said(found[2]) or node.label
    node.note = about.translate(_BARS)


def _said(text: str) -> str:
    """What a JSON text says; nothing where it is none."""
    try:
        return plain(json.loads(text))
    except ValueError:
        return ""


def _take_arrow(arrow: DraftArrow, level: _Level) -> None:
    """The next term of its source, among those of its sign; one of unknown sign has a half in each."""
    sides = {"+": (level.won,), "-": (level.lost,), "?": (level.won, level.lost)}[arrow.sign]
    terms = [side[arrow.source].popleft() for side in sides if side.get(arrow.source)]
    if len(terms) == len(sides):
        arrow.strength = sum(term.strength for term in terms)
        arrow.delay, arrow.delay_marked = terms[0].delay, False
        arrow.threshold, arrow.steepness = terms[0].threshold, terms[0].steepness


def _tight(formula: str) -> str:
    """A formula without spaces round its signs."""
    return _SPACED.sub(lambda found: found[1] or found[2], formula)


def _level_of(formula: str) -> _Level | None:
    """The numbers and terms of a formula; none where it is not of our form."""
    text = _tight(formula)
    if (head := _HEAD.match(text)) is None:
        return None
    won, at = _terms(text, head.end())
    if (middle := _MIDDLE.match(text, at)) is None:
        return None
    lost, at = _terms(text, middle.end())
    tail = _TAIL.match(text, at)
    return _Level(float(tail[1]), float(head[1]), float(middle[1]), won, lost) if tail else None


def _terms(text: str, at: int) -> tuple[_Terms, int]:
    """The terms that follow a place in a formula, and where they end."""
    found: _Terms = defaultdict(deque)
    while term := _TERM.match(text, at):
        at = term.end()
        delay, mass, steep = (
            float(term[name]) if term[name] else None for name in ("delay", "mass", "steep")
        )
        source = same(term["late"] or term["now"])
        found[source].append(_Term(float(term["strength"]), delay, mass, steep))
    return found, at
