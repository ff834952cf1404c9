"""What becomes of a change when nobody pushes any more: one list for the verdict, the scan and the map."""

from __future__ import annotations

from enum import StrEnum


class Fate(StrEnum):
    """What becomes of an outcome, beside nothing new, when nobody pushes any more."""

    KEEPS_GOING = "keeps going"
    """It rests above nothing new."""
    COMES_ANYWAY = "comes anyway"
    """It rises for good, and does so with nothing new, too."""
    FADES = "fades"
    """Its lead over nothing new is lost, however slowly."""
    NO_DIFFERENCE = "no difference"
    """It ends no higher than nothing new, and nothing was gained that could fade."""
    STILL_MOVES = "still moves"
    """After all the time it was followed for, something still moves."""
    NEVER_STOPS = "levers never stop"
    """Some lever is on for good, so that nobody can say."""
    CIRCUMSTANCES = "circumstances"
    """No lever is moved: dated circumstances alone made the difference to today's."""


LAST = (Fate.KEEPS_GOING, Fate.COMES_ANYWAY)
"""The fates in which the change is there in the end."""
