"""What of a model a wish may be: by its name, by other words for it, or by what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from loops.model import Lever, Model
from loops.wishes.alike import likeness
from loops.wishes.bags import bags
from loops.wishes.vocabulary import weight

LIKE = 0.55
"""From here on it is asked whether a text is this lever. Of 42 wordings tried on the active practice model
the faintest of the 32 that are in it has .6 ("signs that point to the stairs"), and of the 10 that are not
none has more than .5 ("showers for staff": there is a challenge for staff)."""
_TOLD = 0.9
"""How much less a word says that is somewhere in what is said of a lever than one in its name."""

_NAMES = 20
"""Other words for one lever that are looked at."""


@dataclass(frozen=True)
class Match:
    """A lever that a text may be, how alike the two are (0 to 1), and a sentence that says why."""

    lever: str
    score: float
    why: str


def match(model: Model, text: str) -> tuple[Match, ...]:
    """The levers that a text may be, the most alike first; those of one likeness in the model's order."""
    names = [(lever, *named) for lever in model.levers for named in _names(lever)]
    alike = likeness([text, *(name for _, name, _ in names)], rows=1)[0, 1:]
    found = [Match(lever.id, float(score), why) for (lever, _, why), score in zip(names, alike, strict=True)]
    best: dict[str, Match] = {}
    for one in (*found, *_told(model, text)):
        if one.score >= LIKE and (one.lever not in best or one.score > best[one.lever].score):
            best[one.lever] = one
    order = {lever.id: place for place, lever in enumerate(model.levers)}
    return tuple(sorted(best.values(), key=lambda one: (-one.score, order[one.lever])))


def _names(lever: Lever) -> Iterator[tuple[str, str]]:
    """Everything that a lever is called, and the sentence when it is that."""
    yield lever.label, f"It is called “{lever.label}”."
    for name in lever.also[:_NAMES]:
        yield name, f"“{lever.label}” is also called “{name}”."


def _told(model: Model, text: str) -> Iterator[Match]:
    """Levers whose names and description have most of the words of a text among them."""
    whole = [" ".join((lever.label, *lever.also[:_NAMES], lever.description)) for lever in model.levers]
    wanted, *told = bags([text, *whole])
    total = sum(map(weight, wanted))
    for lever, words in zip(model.levers, told, strict=True):
        share = sum(map(weight, wanted & words)) / max(total, 1)
        yield Match(lever.id, _TOLD * share, f"What is said of “{lever.label}” has these words.")
