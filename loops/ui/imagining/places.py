"""The places that a room imagines at their best: those of the model, three that need none, or its own."""

from __future__ import annotations

from loops.influence import Setting
from loops.model import Model
from loops.parts import replace

_WALK = "You walk in, and it is the best it could be at helping people to move more."
_SEE = (
    "What do you see from outside, at the door and on the walls?",
    "What are people doing, those who work here and those who come?",
)
_HEAR = (
    "What are you asked, and by whom?",
    "What do people say to each other about it?",
)
_FEEL = (
    "How does it feel to come here for the first time?",
    "What makes it easy to begin, and to come back?",
)
_GENERAL = {"gp_surgery": "A GP surgery", "hospital": "A hospital", "park": "A park"}


def known(model: Model | None) -> tuple[Setting, ...]:
    """The places to choose from: the model's own, then those of the general ones that it does not have."""
    own = model.settings if model else ()
    there = {each.id for each in own}
    more = (_general(name, label) for name, label in _GENERAL.items() if name not in there)
    return (*own, *more)


def called(model: Model | None, label: str) -> Setting:
    """The place of this label, with general questions where nobody has written any for it.

    >>> called(None, "Our library").see[0]
    'What do you see from outside, at the door and on the walls?'
    """
    found = next((each for each in known(model) if each.label == label), None)
    return _asking(found) if found else _general("own", label)


def _general(name: str, label: str) -> Setting:
    return Setting(id=name, label=label, walk=_WALK, see=_SEE, hear=_HEAR, feel=_FEEL)


def _asking(place: Setting) -> Setting:
    """The place with general words wherever its file has none."""
    return replace(
        place,
        walk=place.walk or _WALK,
        see=place.see or _SEE,
        hear=place.hear or _HEAR,
        feel=place.feel or _FEEL,
    )
