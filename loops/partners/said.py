"""The words of a rating, and which levels each of them covers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Said = Literal["not yet", "a little", "partly", "mostly", "don't know"]
SAID: tuple[Said, ...] = get_args(Said)
UNKNOWN: Said = "don't know"
RANGES: Mapping[Said, tuple[float, float]] = {
    "not yet": (0.0, 0.125),
    "a little": (0.125, 0.375),
    "partly": (0.375, 0.625),
    "mostly": (0.625, 1.0),
    UNKNOWN: (0.0, 1.0),
}
"""The levels that a word covers: those which the screen calls by it, and "mostly" holds "fully" as well."""


def said_of(level: float) -> Said:
    """The word that covers a level.

    >>> said_of(0.1), said_of(0.46), said_of(1.0)
    ('not yet', 'partly', 'mostly')
    """
    return next(word for word in SAID if level < RANGES[word][1] or word == "mostly")
