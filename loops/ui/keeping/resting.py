"""Say where something rests and where it tips: the return curve in a sentence or two."""

from __future__ import annotations

from collections.abc import Sequence

from loops.draw.scale import figure, in_words
from loops.equilibrium.returns import ReturnCurve
from loops.ui.text import listed

_TWO_CURVES = (
    "It also matters where everything else starts from: coming from nothing the curve is not the same as "
    "coming from everything."
)
_UNSETTLED = "Not everything had come to rest where the curve was worked out."


def sentence(label: str, curve: ReturnCurve) -> str:
    """Where the box called `label` rests in these circumstances, and where it tips."""
    said = [_places(label, curve)]
    if not curve.agree:
        said.append(_TWO_CURVES)
    if not curve.settled:
        said.append(_UNSETTLED)
    return " ".join(said)


def _places(label: str, curve: ReturnCurve) -> str:
    named = list(zip(curve.crossings, words([one.level for one in curve.crossings]), strict=True))
    rests, tips, still = (
        [word for crossing, word in named if crossing.stable is stable] for stable in (True, False, None)
    )
    if not named:
        return f"No place of rest was found for “{label}” on this curve."
    if not rests:
        return f"“{label}” can stand still at {listed(tips + still)}, but no firm place of rest was found."
    where = f"In these circumstances “{label}” can rest in {_count(len(rests))}: {listed(rests)}."
    if tips:
        below = "" if curve.crossings[0].stable is False else ", and left below that it shrinks"
        return f"{where} It tips at {listed(tips)}: pushed above that it grows by itself{below}."
    if curve.agree and len(named) == 1:
        return f"{where} Wherever it is pushed, it comes back there."
    return where


def _count(places: int) -> str:
    return "one place" if places == 1 else f"{places} places"


def words(levels: Sequence[float]) -> list[str]:
    """Each level in words, with its figure where two would sound the same.

    >>> words([0.03, 0.45]), words([0.2, 0.3])
    (['not yet', 'partly'], ['a little (0.20)', 'a little (0.30)'])
    """
    said = [in_words(level) for level in levels]
    return [
        f"{word} ({figure(level)})" if said.count(word) > 1 else word
        for word, level in zip(said, levels, strict=True)
    ]
