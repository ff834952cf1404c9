"""Verdicts, and that not everything was tried, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable

from loops.ensemble.ensemble import Ensemble
from loops.spread import Width
from loops.theory.verdict import Verdict, Word
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


def cut_short(found: Iterable[Ensemble]) -> str:
    """That not everything was tried, and how much was; nothing where all was."""
    for each in found:
        if each.stopped:
            why = "It was stopped" if "stopped" in each.stopped else "This model is large"
            return (
                f"{why}: what stands here is from the first {each.done:,} of {each.asked:,} versions, and "
                "what would have come after them was not tried."
            )
    return ""
