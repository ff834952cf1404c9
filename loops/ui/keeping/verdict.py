"""Does it keep going without us? The answer in one line, and why in plain words."""

from __future__ import annotations

from loops.compare import LASTING
from loops.draw.scale import in_versions, step_of, years
from loops.equilibrium.fate import Fate
from loops.equilibrium.lasting import Lasting
from loops.ui.keeping import wording
from loops.ui.keeping.found import Answer
from loops.ui.keeping.resting import Say
from loops.ui.planning.story import SAME

LIKELY, UNLIKELY = 0.75, 0.25
"""Shares of versions: at least so many for "likely", fewer than so many for "unlikely"."""
_SLOW = 60.0
"""Months: when half of the gain is lost later than this, whoever looks for a few years does not see it."""
_CLEAR = 0.15
"""How far above nothing new a plan must come to look like a success."""
_OTHERWISE: dict[Fate, str] = {
    Fate.COMES_ANYWAY: "It comes anyway, with or without this plan",
    Fate.NO_DIFFERENCE: "It makes no difference in the end",
    Fate.NEVER_STOPS: "This plan does not show what happens without us",
    Fate.CIRCUMSTANCES: "No lever is moved in this plan",
    Fate.STILL_MOVES: "It cannot be said whether it keeps going",
}
"""What is said where there is nothing to be more or less likely."""


def headline(answer: Answer) -> str:
    """The answer in one line: likely, unlikely or neither by the share of versions in which it lasts."""
    if not _judged(answer):
        idle = answer.left is None and answer.fate.fate is Fate.NO_DIFFERENCE
        return "There is nothing that could keep going" if idle else _OTHERWISE[answer.fate.fate]
    does, or_else = ("stay lower", "come back") if answer.lowers else ("keep going", "fade")
    if UNLIKELY <= _share(answer) < LIKELY:
        return f"It could go either way: {does}, or {or_else}"
    return f"{'Likely' if _share(answer) >= LIKELY else 'Unlikely'} to {does} without us"


def versions(answer: Answer) -> str:
    """In how many of the versions tried the plan as it is lasts; empty where that is not the question."""
    if not _judged(answer):
        return ""
    does = "stays lower" if answer.lowers else "keeps going"
    share, draws = in_versions(_share(answer)), answer.tried.draws
    return f"It {does} {share} of our assumptions ({draws} were tried). With our assumptions as they are:"


def _judged(answer: Answer) -> bool:
    fate = answer.fate.fate
    return fate in (Fate.KEEPS_GOING, Fate.FADES) or (answer.lowers and fate is not Fate.STILL_MOVES)


def _share(answer: Answer) -> float:
    return answer.tried.lower if answer.lowers else answer.tried.lasts


def why(label: str, answer: Answer, say: Say) -> str:
    """What becomes of the box called `label`, the assumptions as they are; `say` puts levels in words."""
    found, left = answer.fate, answer.left
    if found.stop is None or left is None:
        return _without_a_stop(label, found, say)
    stops = f"The work stops after {wording.span(found.stop)}, with “{label}” at {say(left)}"
    if answer.lowers and found.fate is not Fate.STILL_MOVES:
        return f"{stops}: lower than if nothing new is done. {_lowered(answer, say)}"
    return f"{stops}. {_then(answer, left, say)}"


def _then(answer: Answer, left: float, say: Say) -> str:
    """What becomes of it once the work has stopped and left it at `left`."""
    found, end = answer.fate, say(answer.fate.end)
    if found.fate is Fate.KEEPS_GOING:
        quiet = say(found.end - answer.tried.lead)
        return f"With nobody pushing it {_moves(left, found.end, say)}; if nothing new is done, at {quiet}."
    if found.fate is Fate.FADES:
        return f"Then it fades. {_half(answer)}In the end it rests at {end}. {_higher(found)}"
    if found.fate is Fate.COMES_ANYWAY:
        return f"In the end it is at {end}, and would be if nothing new were done."
    if found.fate is Fate.NO_DIFFERENCE:
        return f"In the end it is at {end}, no higher than if nothing new is done."
    return "However long we wait, something is still on its way and comes to no rest."


def _without_a_stop(label: str, found: Lasting, say: Say) -> str:
    end = say(found.end)
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


def _moves(left: float, end: float, say: Say) -> str:
    """The way from where the levers leave it to its rest."""
    if abs(end - left) < SAME:
        return f"stays about there, at {say(end)}"
    way = "falls back" if end < left else "goes on growing"
    return f"{way} and comes to rest at {say(end)}"


def _lowered(answer: Answer, say: Say) -> str:
    """What becomes of a box that the plan has brought down."""
    end, lead = answer.fate.end, answer.tried.lead
    if lead < -LASTING:
        return f"With nobody pushing it stays lower: at {say(end)} in the end, not at {say(end - lead)}."
    return f"With nobody pushing it comes back, to {say(end)} in the end."


def _half(answer: Answer) -> str:
    """When half of the gain is gone, and a warning where that takes longer than anybody looks."""
    half = answer.fate.half_lead_lost
    if half is None or answer.left is None:
        return ""
    gone = f"Half of what was gained is gone {years(half)} later. "
    success = step_of(answer.left) >= 1 and answer.ahead >= _CLEAR
    return f"{gone}It looks like success for years, and is not. " if success and half >= _SLOW else gone


def _higher(found: Lasting) -> str:
    """Whether there was a higher place of rest to reach."""
    if found.upper is None:
        return "In these circumstances there is no higher place of rest that it could reach."
    return "There is a higher place of rest, but this plan does not get it there."


def levels(answer: Answer) -> list[float]:
    """Every level that is spoken of, so that those which differ can be told apart in words."""
    end = answer.fate.end
    said = [end, *(one.level for one in answer.curve.crossings)]
    if answer.lowers or answer.fate.fate is Fate.KEEPS_GOING:
        said.append(end - answer.tried.lead)
    return said if answer.left is None else [*said, answer.left]
