"""Which unknown sign matters most, in sentences and as rows of a table, for the page and the command."""

from __future__ import annotations

from loops.draw.bands import part_of
from loops.model import Model
from loops.theory.unknown import UnknownSign, UnknownSigns

HEAD = ("Arrow without a sign", "How much depends on whether it is + or \u2212")


def matters(found: UnknownSigns, model: Model) -> str:
    """Which unknown sign matters most, or that none does."""
    if not found.ranked:
        return "The answer is the same in every version, so no unknown sign matters."
    first, alone = arrow(found.ranked[0], model), len(found.ranked) == 1
    if found.most is None:
        if alone:
            return f"Little depends on whether {first} is + or \u2212."
        return "None of the unknown signs matters much by itself: to know any one of them settles little."
    makes = f"is + or \u2212 makes {part_of(found.most.share)} of what makes the answer differ"
    if alone:
        return f"Whether {first} {makes}."
    return f"The unknown sign that matters most is that of {first}: whether it {makes}."


def arrow(sign: UnknownSign, model: Model) -> str:
    """An arrow by what it joins; labels are as in the file: escape it where HTML is made."""
    source, target = (f"“{model.nodes[name].label}”" for name in sign.pair)
    return f"the arrow from {source} to {target}"


def rows(found: UnknownSigns, model: Model) -> list[tuple[str, str]]:
    """Each arrow with how much depends on its sign, in words."""
    return [
        (f"{name[:1].upper()}{name[1:]}", part_of(max(sign.share, 0.0)))
        for sign in found.ranked
        for name in [arrow(sign, model)]
    ]
