"""Who said what of a box, and who could still tell us: roles in words."""

from __future__ import annotations

from collections.abc import Iterable

from loops.journey.standing import Rated, Standing
from loops.partners import UNKNOWN
from loops.ui.partnering import answers
from loops.ui.partnering.boxes import asked
from loops.ui.partnering.opened import Opened
from loops.ui.text import listed

WHOLE = "all of them together"
"""Who speaks when no role is named."""


def speakers(roles: Iterable[str]) -> str:
    """Roles as a list in words.

    >>> speakers(["Nurse", ""])
    'Nurse and all of them together'
    """
    return listed([role or WHOLE for role in roles])


def speaker(role: str) -> str:
    """One role at the beginning of a line.

    >>> speaker("")
    'All of them together'
    """
    return role or WHOLE.capitalize()


def voices(rated: Rated) -> str:
    """What each role says of a box, the lowest word first."""
    return "; ".join(f"{word} ({speakers(roles)})" for word, roles in rated.roles.items())


def to_ask(which: Opened, standing: Standing, boxes: Iterable[str]) -> dict[str, str]:
    """For each of some boxes who could tell us of it, as a sentence: the roles it concerns, not asked yet."""
    every = [role for role in answers.roles(which) if role]
    concerns = {role: {box.id for box in asked(which.model, every, role)[0]} for role in every}
    found = {}
    for box in boxes:
        spoken = standing.boxes[box].by_role if box in standing.boxes else {}
        roles = [role for role in every if box in concerns[role]] or every
        found[box] = _asks([role for role in roles if role not in spoken], said=bool(spoken))
    return found


def _asks(roles: list[str], *, said: bool) -> str:
    if roles:
        return f"Who could tell us: {speakers(roles)}."
    return f"All who were asked said “{UNKNOWN}”. Who else could tell us?" if said else "Who could tell us?"
