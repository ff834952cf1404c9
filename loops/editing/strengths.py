"""Strengths in three words, each with a number behind it, and what a number means in time.

A + link alone, with its source complete, wins half of what is missing in ln 2 / rate months (from
dx/dt = (1 - x) rate). The borders are where that takes three years and one year: a *weak* link takes
longer than most programmes last, a *strong* one shows within a year. Of the 73 links of the common purpose
model, whose rates go from 0.004 to 0.3, 29 are weak, 23 moderate and 21 strong.
"""

from __future__ import annotations

import math
from typing import Literal

from loops.narrate import years

Word = Literal["weak", "moderate", "strong"]
NUMBERS: dict[Word, float] = {"weak": 0.01, "moderate": 0.035, "strong": 0.1}
"""The rate per month that stands for a word: half in about six years, in 20 months and in 7 months."""
WORDS: tuple[Word, ...] = tuple(NUMBERS)
_MODERATE, _STRONG = math.log(2) / 36, math.log(2) / 12
"""Per month: from here on half is won within three years, and within one."""


def word_of(rate: float) -> Word:
    """The word for a rate per month.

    >>> word_of(0.005), word_of(0.02), word_of(0.3)
    ('weak', 'moderate', 'strong')
    """
    return "weak" if rate < _MODERATE else "moderate" if rate < _STRONG else "strong"


def rate_of(word: Word, now: float) -> float:
    """The rate that a word asks for: what it is now where that has this word already.

    >>> rate_of("moderate", 0.0421), rate_of("strong", 0.0421)
    (0.0421, 0.1)
    """
    return now if word_of(now) == word else NUMBERS[word]


def meaning(rate: float, polarity: str) -> str:
    """What an arrow of a rate per month does alone, in words.

    >>> meaning(0.1, "+")
    'alone, and when its source is complete, half of what is missing is won in about 7 months'
    """
    if not rate:
        return "it does nothing: its strength is 0"
    won, lost = "half of what is missing is won", "half of what is there is lost"
    if polarity == "?":
        both = f"{won}, or {lost},"
        return f"its sign is not known; alone, and when its source is complete, {both} in {_time(rate)}"
    what = won if polarity == "+" else lost
    return f"alone, and when its source is complete, {what} in {_time(rate)}"


def _time(rate: float) -> str:
    months = math.log(2) / rate
    if months > 600:
        return "more than 50 years"
    return f"about {years(months)}" if months >= 0.5 else years(months)
