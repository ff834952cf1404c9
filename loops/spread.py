"""How widely each uncertain number of a model is drawn, by how well it is known.

What a *width* means for a number depends on the grade of its evidence (`SPREAD`, `ABSENT`, `AROUND`):

- **strength, gain, fade, start, delay, threshold**: the file's number times a lognormal factor whose median
  is 1. No grade is about size: a passage that states an arrow says that it exists and which way it works. But
  who has a passage has seen the thing, so what is stated is drawn closest, inferred wider, assumed widest. A
  strength goes by the grade of its link's existence, a threshold and a delay each by their own; gains, fades
  and starts have no passage and count as assumed. A threshold is a share between 0 and 1 on which everything
  hangs, so it gets half the spread of the others.
- **sign**: a link whose sign nobody knows is a + link in half of the worlds and a - link in the others.
- **presence**: an assumed link is absent in some worlds, a contested one (passages both ways) in more.
- **contexts**: any level within a range around the file's, each as likely; when wide, all of 0 to 1. A
  scenario that sets a context keeps its own level in every world.

A start is drawn and not settled again: it is what is seen today. So "nothing new" may drift in a world; every
comparison is within one world. A scenario with ``start = "rest"`` begins where that world rests.

The widths are assumptions too, which is why there are three. At 5% noise on every number all reference modes
of the common purpose model hold in 166 of 200 versions, at 20% in 6 (`loops validate`): "narrow" begins at
that 5%, and at "wide" an assumed number is within a factor of 2 of the file's in two worlds of three. A
link's own `spread` in the file holds for that link whatever the width of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from scipy.special import ndtri

from loops.equations import Equations
from loops.kernel import Floats
from loops.model import Link

Width = Literal["narrow", "middle", "wide"]
WIDTHS: tuple[Width, ...] = ("narrow", "middle", "wide")
SPREAD: Mapping[Width, Mapping[str, float]] = {
    "narrow": {"stated": 0.05, "inferred": 0.10, "assumed": 0.15},
    "middle": {"stated": 0.15, "inferred": 0.25, "assumed": 0.40},
    "wide": {"stated": 0.30, "inferred": 0.50, "assumed": 0.70},
}
"""Standard deviation of the logarithm of a factor."""
THRESHOLD_SHARE = 0.5
"""Of that spread, for a threshold."""
ABSENT: Mapping[Width, Mapping[str, float]] = {
    "narrow": {"assumed": 0.02, "contested": 0.05},
    "middle": {"assumed": 0.10, "contested": 0.20},
    "wide": {"assumed": 0.25, "contested": 0.50},
}
"""In which share of worlds a link is not there; stated and inferred links always are."""
EITHER = 0.5
"""In which share of worlds a link of unknown sign is a - link."""
AROUND: Mapping[Width, float] = {"narrow": 0.05, "middle": 0.15, "wide": 1.0}
"""How far from the file's level a context may be, within 0 to 1."""


class Draw(NamedTuple):
    """How a number is made from one that is uniform in (0, 1)."""

    kind: Literal["factor", "level", "presence", "sign"]
    first: float
    """Spread of a factor; lowest level; in which share of worlds it is absent, or a - link."""
    second: float = 0.0
    """Highest level."""


def draws_of(equations: Equations, width: Width) -> dict[str, Draw]:
    """How each uncertain number of a model is drawn, by the name of its column."""
    draws: dict[str, Draw] = {}
    for key, link in zip(keys_of(equations.links), equations.links, strict=True):
        spread, absent = SPREAD[link.spread or width], ABSENT[link.spread or width].get(link.grade, 0.0)
        if link.strength:
            draws[f"{key} strength"] = Draw("factor", spread[link.evidence])
        if absent:
            draws[f"{key} presence"] = Draw("presence", absent)
        if link.polarity == "?" and link.strength:
            draws[f"{key} sign"] = Draw("sign", EITHER)
        if link.delay:
            draws[f"{key} delay"] = Draw("factor", spread[link.delay_evidence])
        if link.threshold:
            draws[f"{key} threshold"] = Draw("factor", THRESHOLD_SHARE * spread[link.threshold_evidence])
    unsourced = Draw("factor", SPREAD[width]["assumed"])
    for node in equations.model.variables:
        for what in ("gain", "fade", "start"):
            if getattr(node, what):
                draws[f"variable {node.id} {what}"] = unsourced
    for context in equations.model.contexts:
        low, high = context.level - AROUND[width], context.level + AROUND[width]
        draws[f"context {context.id}"] = Draw("level", max(low, 0.0), min(high, 1.0))
    return draws


def keys_of(links: Sequence[Link]) -> list[str]:
    """A name for each link that stays when other links come and go; repeats between a pair are numbered."""
    seen: Counter[str] = Counter()
    keys = []
    for link in links:
        pair = f"link {link.source}->{link.target}"
        seen[pair] += 1
        keys.append(pair if seen[pair] == 1 else f"{pair} {seen[pair]}")
    return keys


def drawn(draws: Sequence[Draw], units: Floats) -> Floats:
    """The drawn numbers, (W, C), for uniform ones of the same shape."""
    kind = np.array([draw.kind for draw in draws])
    first, second = np.array([(draw.first, draw.second) for draw in draws]).reshape(-1, 2).T
    factor, level, presence, sign = (kind == each for each in ("factor", "level", "presence", "sign"))
    out = np.empty_like(units)
    out[:, factor] = np.exp(first[factor] * ndtri(units[:, factor]))
    out[:, level] = first[level] + (second - first)[level] * units[:, level]
    out[:, presence] = units[:, presence] >= first[presence]
    out[:, sign] = 2.0 * (units[:, sign] >= first[sign])  # of the half that pulls up in a single run
    return out
