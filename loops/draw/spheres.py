"""The influencer matrix in words: on what level something acts, and for whom."""

from __future__ import annotations

from loops.influence import Audience, Sphere

__all__ = ["AUDIENCE_WORDS", "SPHERE_WORDS", "cell_words"]

SPHERE_WORDS: dict[Sphere, str] = {
    "individual": "For one person",
    "social": "Between people",
    "infrastructure": "In the surroundings",
}
AUDIENCE_WORDS: dict[Audience, str] = {
    "workforce": "the people who work here",
    "community": "the people we serve",
    "organisation": "the organisation itself",
}
"""For whom, as the end of a sentence or of a title."""


def cell_words(at: Sphere, on: Audience) -> str:
    """One cell of the matrix.

    >>> cell_words("social", "community")
    'Between people: the people we serve'
    """
    return f"{SPHERE_WORDS[at]}: {AUDIENCE_WORDS[on]}"
