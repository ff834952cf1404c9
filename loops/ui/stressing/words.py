"""Verdicts, and that not everything was tried, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable

from loops.draw.scale import in_versions
from loops.ensemble.ensemble import Ensemble
from loops.spread import Width
from loops.theory.verdict import PARTLY, SUPPORTED, Share, Verdict, Word
from loops.ui.text import listed

GUESSES: dict[Width, str] = {"narrow": "nearly right", "middle": "some way off", "wide": "far off"}
"""How far off our guesses are at each width."""
_SAID: dict[Word, str] = {
    "supported": "support this",
    "partly": "partly support this",
    "not supported": "do not support this",
    "not run": "were not tried on this",
}


def verdict(found: Verdict) -> str:
    """What our assumptions say to a claim, as a range over how far off they are."""
    groups: dict[Word, list[str]] = {}
    for share in found.shares:
        groups.setdefault(share.word, []).append(GUESSES[share.width])
    run = {word: widths for word, widths in groups.items() if word != "not run"}
    if not run:
        return "Not tried yet."
    if len(run) == 1 and sum(map(len, run.values())) == len(GUESSES):
        return f"Our assumptions {_SAID[next(iter(run))]}, whether our guesses are nearly right or far off."
    said = [f"{_SAID[word]} if our guesses are {' or '.join(widths)}" for word, widths in run.items()]
    return f"Our assumptions {listed(said)}."


def held(found: Share) -> str:
    """In how many versions it holds; what is just short of a verdict's bound is not said to reach it.

    >>> held(Share("wide", 895, 1000)), held(Share("wide", 905, 1000)), held(Share("wide", 495, 1000))
    ('in just under 9 of 10 versions', 'in about 9 of 10 versions', 'in just under 5 of 10 versions')
    """
    if not found.worlds:
        return ""
    said = in_versions(found.value)
    for bound, words in ((SUPPORTED, "9 of 10"), (PARTLY, "5 of 10")):
        if found.value < bound and words in said:
            return said.replace("about", "just under")
    return said


def cut_short(found: Iterable[Ensemble]) -> str:
    """That not everything was tried, how much was, and of what; nothing where all was."""
    for place, each in enumerate(found):
        part = f"what stands here is from the first {each.done:,} of {each.asked:,} versions"
        if "stopped" in each.stopped:
            guesses = f"where our guesses are {GUESSES[each.width]}"
            of = guesses if each.comparison.questions else "of the plans"
            before = " What was tried before that is whole." if place else ""
            return f"It was stopped: {part} {of}, and what would have come after was not tried.{before}"
        if each.stopped:
            return f"This model is large: {part}, and what would have come after them was not tried."
    return ""
