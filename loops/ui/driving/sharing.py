"""Shares of the movement put together for reading: as bands of a chart, and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from loops.dominance.shares import Band, Shares, bands, on_average
from loops.draw.bands import Ground, Layer, part_of
from loops.draw.palette import DASHES
from loops.ui.text import listed

FILLING, FADING = "What is nearly full fills more slowly", "What is there fades"
_OWN_BAND = 0.1
"""A named loop has a band of its own if it ever explains this share."""
_GROUPS: dict[str, tuple[Ground, str]] = {
    "other R": ("snowballs", "Snowballs without a name"),
    "other B": ("brakes", "Brakes without a name"),
    "other ?": ("undecided", "Loops not decided yet, without a name"),
}


def sentence(shares: Shares, part: int) -> str:
    """How large the shares of each kind of loop are, over the months in which anything moves."""
    means = on_average(shares, part)
    if not means:
        return "Nothing moves under this plan, so there is nothing to explain."
    names = {"named": "loops with a name", "built in": "what is built into every box"}
    names |= {kind: name.lower() for kind, (_, name) in _GROUPS.items()}
    ordered = sorted(means.items(), key=lambda item: -item[1])
    said = listed([f"{names[kind]} {part_of(mean)}" for kind, mean in ordered])
    return f"Of all that moves, on average over the months: {said}."


def coloured(told: Sequence[Shares], part: int, taken: Mapping[str, int]) -> dict[str, int]:
    """Named loops with a band of their own in some plan, with the place of their colour in the palette.

    Those that `taken` has a place for keep it; the others get what is left, the largest share first.
    """
    most: dict[str, float] = {}
    for shares in told:
        for band in bands(shares, part):
            if band.kind == "named":
                most[band.key] = max(most.get(band.key, 0.0), _most(band))
    free = [place for place in range(len(DASHES)) if place not in taken.values()]
    own = {}
    for key in sorted(most, key=lambda key: -most[key]):
        if most[key] >= _OWN_BAND and (key in taken or free):
            own[key] = taken[key] if key in taken else free.pop(0)
    return own


def layers(shares: Shares, part: int, own: Mapping[str, int], *, apart: bool) -> list[Layer]:
    """The bands from the bottom up: what is built in (`apart`: its two parts), groups, and `own` loops."""
    found = bands(shares, part)
    made = _halves(shares, part) if apart else _whole(found)
    for kind, (ground, name) in _GROUPS.items():
        made += [Layer(ground, name, np.abs(band.share), ground) for band in found if band.kind == kind]
    named = [band for band in found if band.kind == "named"]
    rest = [np.abs(band.share) for band in named if band.key not in own]
    if rest:
        name = "Other loops with a name" if own else "Loops with a name"
        made.append(Layer("with a name", name, np.sum(rest, axis=0), "named"))
    return made + [
        Layer(band.name, f"{band.name} ({band.letter})", np.abs(band.share), "one", own[band.key])
        for band in named
        if band.key in own
    ]


def _most(band: Band) -> float:
    return float(np.abs(band.share).max(initial=0.0))


def _whole(found: Sequence[Band]) -> list[Layer]:
    shares = [np.abs(band.share) for band in found if band.kind == "built in"]
    return [Layer("built in", "Built into every box", share, "built in") for share in shares]


def _halves(shares: Shares, part: int) -> list[Layer]:
    rows = [shares.moments.equations.row[name] for name in shares.parts[part]]
    filling, fading = (np.abs(scores[:, rows]).sum(axis=1) for scores in (shares.saturation, shares.fading))
    return [Layer("filling up", FILLING, filling, "filling"), Layer("fading", FADING, fading, "fading")]
