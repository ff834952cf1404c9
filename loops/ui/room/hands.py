"""One question to the room before a change is revealed, the show of hands, and what the run says to both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from loops.draw.scale import years
from loops.model import Model
from loops.simulate import Trajectory
from loops.ui.planning.story import SAME, Levels, amount
from loops.ui.text import listed, unique

Kind = Literal["most", "way", "end"]
"""Which box moves most; which way one box goes where it moves most; where one box is in the end."""
MOST = 999
"""Hands that one option can be given."""
_OPTIONS = {"way": ("Up", "Down", "About the same"), "end": ("Higher", "Lower", "About the same")}
_HOLDS = {
    "way": ("it goes up", "it goes down", "it stays about the same"),
    "end": ("it is higher", "it is lower", "it is about the same"),
}
_NONE = "None of them moves much"


@dataclass(frozen=True)
class Question:
    """What the room is asked about a change, the answers it may choose from, and the boxes it is about."""

    kind: Kind
    asks: str
    options: tuple[str, ...]
    about: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What the run says: the places of the options that hold (more than one in a tie), and a sentence."""

    options: frozenset[int]
    says: str


def questions(model: Model, watched: Sequence[str]) -> tuple[Question, ...]:
    """The questions to choose from when these boxes are looked at, at least one of them."""
    labels = unique({name: model.nodes[name].label for name in watched})
    first, label = watched[0], labels[watched[0]]
    most = Question("most", "Which of these moves most?", (*labels.values(), _NONE), tuple(watched))
    asks = f"Will “{label}” go up, down or stay about the same?"
    way = Question("way", asks, _OPTIONS["way"], (first,))
    asks = f"In the end, after {years(model.horizon)}: will “{label}” be higher, lower or about the same?"
    end = Question("end", asks, _OPTIONS["end"], (first,))
    return (most, way, end) if len(labels) > 1 else (way, end)


def answer(question: Question, model: Model, before: Trajectory, after: Trajectory) -> Answer:
    """What follows from our assumptions; runs closer than `SAME` are about the same."""
    if question.kind == "most":
        return _most(question, model, before, after)
    name = question.about[0]
    difference = after[name] - before[name]
    judged = difference[-1] if question.kind == "end" else difference[_peak(difference)]
    says = in_the_end if question.kind == "end" else moved
    return Answer(frozenset([_place(judged)]), says(model, name, before, after))


def moved(model: Model, name: str, before: Trajectory, after: Trajectory) -> str:
    """One sentence on the way one box goes with a change, and when it goes furthest."""
    difference, label = after[name] - before[name], model.nodes[name].label
    peak = _peak(difference)
    if abs(difference[peak]) < SAME:
        return f"“{label}” stays about the same."
    told = f"“{label}” goes {'up' if difference[peak] > 0 else 'down'}: {_furthest(difference, after)}"
    other = difference.min() if difference[peak] > 0 else difference.max()
    if abs(other) >= SAME:
        month = after.months[int(np.flatnonzero(difference == other)[0])]
        return f"{told}. At another time, {_when(month)}, it is {_beside(other)}."
    return f"{told}."


def in_the_end(model: Model, name: str, before: Trajectory, after: Trajectory) -> str:
    """One sentence on where one box ends up with a change, and whether it was further away before."""
    difference, label = after[name] - before[name], model.nodes[name].label
    last, peak = difference[-1], difference[_peak(difference)]
    told = f"By {years(after.months[-1])} “{label}” is {_beside(last)}"
    if abs(peak - last) >= SAME and abs(peak) >= SAME:
        told += f"; {_furthest(difference, after)}"
    return f"{told}."


def compared(question: Question, answer: Answer, counts: Sequence[int]) -> str:
    """How the hands compare with what follows from our assumptions; nobody is right or wrong."""
    if not any(counts):
        return f"{counted(question.options, counts)}."
    told = f"{counted(question.options, counts)}; under our assumptions {_holds(question, answer)}."
    top = {place for place, count in enumerate(counts) if count == max(counts)}
    if top <= answer.options:
        return f"{told} The room and our assumptions agree."
    if top & answer.options:
        return f"{told} The room was divided."
    return f"{told} They differ: what does the room know that the diagram leaves out?"


def counted(options: Sequence[str], counts: Sequence[int]) -> str:
    """How many hands said what, most first, as a sentence without its full stop.

    >>> counted(("Up", "Down"), (1, 2))
    '2 of 3 hands said “Down” and 1 said “Up”'
    """
    total = sum(counts)
    order = sorted(filter(counts.__getitem__, range(len(counts))), key=lambda place: -counts[place])
    if not order:
        return "No hands were counted"
    first, *others = [f"said “{options[place]}”" for place in order]
    hands = [f"{counts[order[0]]} of {total} hand{'s' if total > 1 else ''} {first}"]
    hands += [f"{counts[place]} {said}" for place, said in zip(order[1:], others, strict=True)]
    return listed(hands)


def _most(question: Question, model: Model, before: Trajectory, after: Trajectory) -> Answer:
    far = [float(np.abs(after[name] - before[name]).max()) for name in question.about]
    top = max(far)
    if top < SAME:
        return Answer(frozenset([len(far)]), "None of them moves enough to be told from no change.")
    tied = [place for place, size in enumerate(far) if size >= SAME and top - size < SAME]
    if len(tied) == 1:
        name = question.about[tied[0]]
        says = f"“{question.options[tied[0]]}” moves most: {_furthest(after[name] - before[name], after)}."
        return Answer(frozenset(tied), says)
    names = listed([f"“{question.options[place]}”" for place in tied])
    return Answer(frozenset(tied), f"{names} move most, and about as much as each other.")


def _place(difference: float) -> int:
    """Which of up, down and about the same a difference is."""
    return 2 if abs(difference) < SAME else int(difference < 0)


def _peak(difference: Levels) -> int:
    return int(np.abs(difference).argmax())


def _furthest(difference: Levels, run: Trajectory) -> str:
    peak = _peak(difference)
    return f"{_when(run.months[peak])} it is furthest, {_beside(difference[peak])}"


def _when(month: float) -> str:
    return f"after {years(month)}" if month else "at the start"


def _beside(difference: float) -> str:
    if abs(difference) < SAME:
        return "about the same as without the change"
    return f"{amount(abs(difference))} {'higher' if difference > 0 else 'lower'} than without the change"


def _holds(question: Question, answer: Answer) -> str:
    """The answer as the end of a sentence."""
    if question.kind != "most":
        return " or ".join(_HOLDS[question.kind][place] for place in sorted(answer.options))
    if len(question.about) in answer.options:
        return "none of them moves much"
    names = [f"“{question.options[place]}”" for place in sorted(answer.options)]
    return f"{listed(names)} move{'s' if len(names) == 1 else ''} most"
