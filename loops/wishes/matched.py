"""What of a model a wish may be: by its name, by other words for it, or by what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loops.model import Lever, Model
from loops.wishes.alike import likeness

LIKE = 0.58


@dataclass(frozen=True)
class Match:
    """A lever that a text may be, how alike the two are (0 to 1), and a sentence that says why."""

    lever: str
    score: float
    why: str


def match(model: Model, text: str) -> tuple[Match, ...]:
    """The levers that a text may be, the most alike first; those of one likeness in the model's order."""
    names = [(lever, *named) for lever in model.levers for named in _names(lever)]
    scores = likeness([text, *(name for _, name, _ in names)])[0, 1:]
    best: dict[str, Match] = {}
    for (lever, _, why), score in zip(names, scores, strict=True):
        if score >= LIKE and (lever.id not in best or score > best[lever.id].score):
            best[lever.id] = Match(lever.id, float(score), why)
    return tuple(sorted(best.values(), key=lambda found: -found.score))


def _names(lever: Lever) -> Iterator[tuple[str, str]]:
    """Everything that a lever is called, and the sentence when it is that."""
    yield lever.label, f"It is called “{lever.label}”."
    for name in lever.also:
        yield name, f"“{lever.label}” is also called “{name}”."
