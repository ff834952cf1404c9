"""Words of a surgery: which say nothing, which mean the same, which say little, and whom they name."""

from __future__ import annotations

import re
from collections.abc import Mapping

_VOWEL = re.compile("[aeiouy]")
_ROOT = 3
"""Letters that a root has at least."""


def stem(word: str) -> str:
    """A word without its English ending; rough, for it only has to be the same for two that are alike.

    >>> [stem(word) for word in ("racks", "running", "smiled", "activities", "activity", "class")]
    ['rack', 'run', 'smil', 'activ', 'activ', 'class']
    """
    if len(word) > _ROOT and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
    for ending in ("ing", "ity", "ed", "ly", "e"):
        kept = word.removesuffix(ending)
        if kept != word and len(kept) >= _ROOT and _VOWEL.search(kept):
            return kept[:-1] if kept[-1] == kept[-2] and kept[-1] not in "sl" else kept
    return word


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


SMALL = _stems("""
    a about all along also an and any are as at be been being by can could do does each every
    everybody everyone for from get gets had has have how i if in into is it its me more my of on
    our or out over so some that the their them themselves there they this those to up us was we
    were what whats when where which while who will with would you your
""")
"""Words that say nothing here."""
ALSO: Mapping[str, str] = {
    word: stem(means)
    for means, words in {
        "one": "1",
        "two": "2",
        "three": "3",
        "five": "5",
        "minute": "min mins",
        "bike": "bicycle cycle",
        "talk": "chat conversation",
        "staff": "team colleague workforce employee",
        "surgery": "practice clinic",
        "consult": "consultation appointment",
        "gp": "gps doctor dr",
        "reception": "receptionist",
        "screen": "tv television",
        "group": "club",
        "active": "exercise",
        "run": "jog",
        "lunch": "lunchtime",
    }.items()
    for word in _stems(words)
}
"""The word that each of some others stands for."""
LIGHT = _stems("""
    activity area become door easy entrance feel front group hear help local make move offer outside
    patient people physical place promote put room see session show someone somewhere support
    surgery use wait week
""")
"""Words that are in many wishes and tell few apart."""
ROLES = _stems("staff patient gp nurse reception manager visitor carer child")
"""Whom a wish may be for, or who may do it."""


def weight(word: str) -> float:
    """How much a word says, beside the others."""
    return 0.4 if word in LIGHT else 1.0
