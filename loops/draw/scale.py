"""Words that pages and drawings share: how far something has come, how long it takes, what to believe."""

from __future__ import annotations

from fractions import Fraction

from loops.narrate import years

__all__ = [
    "ASSUMPTIONS",
    "ASSUMPTIONS_IN_SHORT",
    "SCALE",
    "STEP",
    "figure",
    "from_to",
    "in_versions",
    "in_words",
    "step_of",
    "years",
]

ASSUMPTIONS = "This shows what follows from our assumptions. It is not a forecast."
ASSUMPTIONS_IN_SHORT = "What follows from our assumptions, not a forecast."
"""For the foot of a page."""

SCALE = ((0.0, "not yet"), (0.25, "a little"), (0.5, "partly"), (0.75, "mostly"), (1.0, "fully"))
"""Each word with the middle of what it covers."""
STEP = 0.05
"""Figures are shown to this step: anything finer would promise more than the assumptions can give."""


def step_of(level: float) -> int:
    """Position in the scale of the nearest word, 0 to 4.

    >>> step_of(0.46)
    2
    """
    return min(max(int(level * 4 + 0.5), 0), 4)


def in_words(level: float) -> str:
    """The word for a level.

    >>> in_words(0.06), in_words(0.46), in_words(0.95)
    ('not yet', 'partly', 'fully')
    """
    return SCALE[step_of(level)][1]


def from_to(low: str, middle: str, high: str) -> str:
    """A range of words in a cell of a table, and what is in its middle where its ends differ.

    >>> from_to("not yet", "a little", "partly"), from_to("partly", "partly", "partly")
    ('not yet to partly (a little in the middle)', 'partly')
    """
    return low if low == high else f"{low} to {high} ({middle} in the middle)"


def figure(level: float) -> str:
    """The level as a figure, rounded to a twentieth.

    >>> figure(0.4637)
    '0.45'
    """
    return f"{round(level / STEP) * STEP + 0.0:.2f}"


def in_versions(part: float) -> str:
    """A share of the versions tried, as people say it: no more exact than some dozens of versions allow.

    >>> in_versions(0.91), in_versions(0.14), in_versions(1.0), in_versions(0.02)
    ('in about 9 of 10 versions', 'in about 1 of 7 versions', 'in every version', 'in hardly any version')
    """
    if part in (0.0, 1.0):
        return "in every version" if part else "in no version"
    if not 0.05 <= part < 0.95:
        return "in hardly any version" if part < 0.5 else "in nearly every version"
    few = Fraction(part).limit_denominator(10)  # towards the ends tenths are too coarse, and do not add up
    some, all_ = (round(10 * part), 10) if 0.2 < part < 0.8 else (few.numerator, few.denominator)
    return f"in about {some} of {all_} versions"
