"""What a return curve says: where things rest in these circumstances, and where they tip."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from loops.draw.scale import figure, in_words
from loops.equilibrium.fate import Fate
from loops.equilibrium.returns import ReturnCurve
from loops.ui.keeping.found import Answer
from loops.ui.text import listed

_TWO_CURVES = (
    "What comes back also depends on where everything else begins, so there are two curves: one with "
    "everything else beginning at not yet, one with everything else beginning at fully."
)
_UNSETTLED = "In places something else still moved after 150 years: there the curve is not exact."
_ENDS = {2: ("low", "high"), 3: ("low", "middle", "high")}

Say = Callable[[float], str]
"""How a level is said."""


def sentence(label: str, curve: ReturnCurve, say: Say) -> str:
    """Where the box called `label` rests in these circumstances, and where it tips."""
    said = [_places(label, curve, say)]
    if not curve.agree:
        said.append(_TWO_CURVES)
    if not curve.settled:
        said.append(_UNSETTLED)
    return " ".join(said)


def beside(answer: Answer, say: Say) -> str:
    """Where a plan's fate is not what its box alone would make one expect: it began above a tip or below."""
    tips = [one.level for one in answer.curve.crossings if one.stable is False]
    if answer.left is None or len(tips) != 1:
        return ""
    stops = f"“{answer.plan.title}” stops with it at {say(answer.left)}, "
    if answer.fate.fate is Fate.FADES and answer.left > tips[0]:
        return f"{stops}above where it tips, and still fades: everything else had not come along yet."
    if answer.fate.fate is Fate.KEEPS_GOING and answer.left < tips[0]:
        return f"{stops}below where it tips, and still grows: everything else had come further."
    return ""


def _places(label: str, curve: ReturnCurve, say: Say) -> str:
    rests, tips, still = (
        [say(crossing.level) for crossing in curve.crossings if crossing.stable is stable]
        for stable in (True, False, None)
    )
    if not curve.crossings:
        return f"No place of rest was found for “{label}” on this curve."
    if not rests:
        return f"“{label}” can stand still at {listed(tips + still)}, but no firm place of rest was found."
    where = _rests(label, rests)
    if tips:
        below = "" if curve.crossings[0].stable is False else ", held below that it shrinks"
        return f"{where} It tips at {listed(tips)}: held above that it grows by itself{below}."
    if curve.agree and len(curve.crossings) == 1:
        return f"{where} Wherever it is pushed, it comes back there."
    return where


def _rests(label: str, rests: list[str]) -> str:
    if len(rests) == 1:
        return f"In these circumstances one resting place is possible for “{label}”: {rests[0]}."
    ends = _ENDS.get(len(rests))
    if ends:  # brackets in brackets are hard to read
        inside = (rest.replace(" (", ", ").removesuffix(")") for rest in rests)
        rests = [f"{end} ({rest})" for end, rest in zip(ends, inside, strict=True)]
    count = {2: "two", 3: "three"}.get(len(rests), str(len(rests)))
    return f"In these circumstances {count} resting places are possible for “{label}”: {listed(rests)}."


def telling(levels: Iterable[float]) -> Say:
    """How to say these levels: in words, with the figure where two that differ would sound the same.

    >>> list(map(telling([0.03, 0.45]), [0.03, 0.45])), list(map(telling([0.2, 0.3]), [0.2, 0.3]))
    (['not yet', 'partly'], ['a little (0.20)', 'a little (0.30)'])
    """
    figures: dict[str, set[str]] = {}
    for level in levels:
        figures.setdefault(in_words(level), set()).add(figure(level))
    alike = {word for word, found in figures.items() if len(found) > 1}

    def say(level: float) -> str:
        word = in_words(level)
        return f"{word} ({figure(level)})" if word in alike else word

    return say
