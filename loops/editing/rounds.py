"""Whether a path is a loop of a model, and which letter it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from loops.model import Loop, Model
from loops.parts import replace
from loops.validity import LETTERS, path_polarity

KINDS = {"R": "a snowball (R)", "B": "a brake (B)"}


def why_no_loop(model: Model, path: Sequence[str], name: str) -> str:
    """Why a path is no loop of the model, in one sentence without its full stop; empty when it is one."""
    if not path:
        return f"“{name}” does not say which arrows it is made of, or they do not close"
    if len(set(path)) < len(path):
        return f"“{name}” passes one box twice, so it is more than one loop"
    for source, target in zip(path, (*path[1:], path[0]), strict=True):
        if missing := [node for node in (source, target) if node not in model.nodes]:
            return f"“{name}” passes a box that is not there: {missing[0]}"
        if (source, target) not in model.signs:
            between = f"“{model.nodes[source].label}” to “{model.nodes[target].label}”"
            return f"“{name}” does not close: there is no arrow from {between}"
    return ""


def letter_of(model: Model, path: Sequence[str]) -> str | None:
    """R or B for a path that closes; none while a sign along it is not known."""
    return LETTERS.get(path_polarity(model, list(zip(path, (*path[1:], path[0]), strict=True))))


def closing(model: Model, named: Iterable[Loop]) -> Iterator[Loop]:
    """The loops that close in a model, without the labels that are wrong in it."""
    for loop in named:
        if not why_no_loop(model, loop.path, loop.name):
            letter = letter_of(model, loop.path)
            wrong = loop.label is not None and letter is not None and loop.label[0] != letter
            yield replace(loop, label=None) if wrong else loop
