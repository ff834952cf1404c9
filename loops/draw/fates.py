"""What becomes of a change, as every chart and table says and marks it."""

from __future__ import annotations

from dataclasses import dataclass

from loops.equilibrium.fate import Fate


@dataclass(frozen=True)
class Mark:
    """The words for one fate, and the Plotly symbol that tells it without colour, with its own name."""

    words: str
    symbol: str
    drawn: str


MARKS = {
    Fate.KEEPS_GOING: Mark("keeps going", "circle", "Plain colour"),
    Fate.COMES_ANYWAY: Mark("comes anyway", "circle-open", "Rings"),
    Fate.FADES: Mark("fades", "line-ne", "Slanted strokes"),
    Fate.NO_DIFFERENCE: Mark("makes no difference", "line-ew", "Flat strokes"),
    Fate.STILL_MOVES: Mark("still moves", "x-thin", "Crosses"),
}
"""The fates that a plan which ends can have, in the order in which they are listed."""
