"""Words that pages and drawings share: how far something has come, how long it takes, what to believe."""

from __future__ import annotations

from loops.narrate import years

__all__ = [
    "ASSUMPTIONS",
    "ASSUMPTIONS_IN_SHORT",
    "SCALE",
    "STEP",
    "figure",
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


def figure(level: float) -> str:
    """The level as a figure, rounded to a twentieth.

    >>> figure(0.4637)
    '0.45'
    """
    return f"{round(level / STEP) * STEP + 0.0:.2f}"
