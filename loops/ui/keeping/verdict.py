"""Does it keep going without us? The answer in one line, and why in plain words."""

from __future__ import annotations

from loops.draw.scale import in_words, years
from loops.equilibrium.fate import Fate
from loops.equilibrium.lasting import Lasting
from loops.ui.planning.story import SAME

_SLOW = 60.0
"""Months: when half of the gain is lost later than this, whoever looks for a few years does not see it."""

HEADLINES: dict[Fate, str] = {
    Fate.KEEPS_GOING: "Likely to keep going without us",
    Fate.COMES_ANYWAY: "It comes without us",
    Fate.FADES: "Unlikely to keep going without us",
    Fate.NO_DIFFERENCE: "There is nothing that could keep going",
    Fate.NEVER_STOPS: "This plan does not show what happens without us",
    Fate.CIRCUMSTANCES: "No lever is moved in this plan",
    Fate.STILL_MOVES: "It cannot be said whether it keeps going",
}


def why(label: str, found: Lasting, left: float | None) -> str:
    """What becomes of the box called `label`; `left` is its level when the last lever stops."""
    if found.stop is None or left is None:
        return _without_a_stop(label, found)
    stops = f"The work stops after {years(found.stop)}, with “{label}” at {in_words(left)}."
    if found.fate is Fate.KEEPS_GOING:
        return f"{stops} With nobody pushing it {_moves(left, found.end)}."
    if found.fate is Fate.COMES_ANYWAY:
        return f"{stops} In the end it is at {in_words(found.end)}, and would be if nothing new were done."
    if found.fate is Fate.FADES:
        end = in_words(found.end)
        return f"{stops} Then it fades. {_half(found)}In the end it rests at {end}. {_higher(found)}"
    if found.fate is Fate.NO_DIFFERENCE:
        return f"{stops} That is no higher than if nothing new is done."
    return f"{stops} However long we wait, something is still on its way and comes to no rest."


def _without_a_stop(label: str, found: Lasting) -> str:
    end = in_words(found.end)
    if found.fate is Fate.NEVER_STOPS:
        return (
            f"“{label}” ends at {end}, held there by levers that never stop: nobody can say whether it would "
            "stay without them. Choose a plan in which the work ends, or end it in the calendar of “What if”."
        )
    if found.fate is Fate.CIRCUMSTANCES:
        return f"“{label}” ends at {end}. Where that differs from nothing new, things around us made it so."
    if found.fate is Fate.NO_DIFFERENCE:
        return f"No lever is moved, and “{label}” stays as it is if nothing new is done."
    return "However long we wait, something is still on its way and comes to no rest."


def _moves(left: float, end: float) -> str:
    """The way from where the levers leave it to its rest."""
    if abs(end - left) < SAME:
        return "stays about there"
    way = "falls back" if end < left else "goes on growing"
    if in_words(end) == in_words(left):
        return f"{way} somewhat and comes to rest, still at {in_words(end)}"
    return f"{way} and comes to rest at {in_words(end)}"


def _half(found: Lasting) -> str:
    """When half of the gain is gone, and a warning where that takes longer than anybody looks."""
    if found.half_lead_lost is None:
        return ""
    gone = f"Half of what was gained is gone {years(found.half_lead_lost)} later. "
    return f"{gone}It looks like success for years, and is not. " if found.half_lead_lost >= _SLOW else gone


def _higher(found: Lasting) -> str:
    """Whether there was a higher place of rest to reach."""
    if found.upper is None:
        return "In these circumstances there is no higher place of rest that it could reach."
    return "There is a higher place of rest, but this plan does not get it there."
