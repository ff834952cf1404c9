"""Which unknown sign matters most: how much of an answer's doubt would go if one arrow's sign were known.

In every world an arrow of unknown sign is a + link or a - link, each as likely. So the first-order index of
that draw alone is the share of the variance that would go, on average, once somebody finds out which it is
(:mod:`loops.theory.indices`). Over several answers the shares are weighted by the variance of each, as in
:mod:`loops.theory.gaps`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from loops.ensemble.comparison import Question
from loops.equations import Equations
from loops.kernel import Floats
from loops.model import Model
from loops.spread import keys_of
from loops.theory.claims import Claim
from loops.theory.gaps import PAYS
from loops.theory.indices import FEWEST_WORLDS, Index, first_orders, ranked
from loops.theory.sample import answers
from loops.worlds import Worlds

Pair = tuple[str, str]


@dataclass(frozen=True)
class UnknownSign:
    """One arrow of unknown sign, and how much of the doubt would go if its sign were known, at 95%."""

    pair: Pair
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class UnknownSigns:
    """Every unknown sign, the one that matters most first; none where no answer differs between versions."""

    worlds: int
    ranked: tuple[UnknownSign, ...]

    @property
    def most(self) -> UnknownSign | None:
        """The sign that matters most; None where it hardly matters, or luck alone may have put it there."""
        return next((sign for sign in self.ranked[:1] if sign.low > 0 and sign.share >= PAYS), None)


def signless(model: Model) -> dict[str, Pair]:
    """The arrows of unknown sign and some strength, by the name of the column in which it is drawn."""
    links = Equations.of(model).links
    return {
        f"{key} sign": (link.source, link.target)
        for key, link in zip(keys_of(links), links, strict=True)
        if link.polarity == "?" and link.strength
    }


def unknown_signs(  # noqa: PLR0913  what is asked, of which versions, and how it is run
    claims: Sequence[Claim],
    questions: Sequence[Question],
    worlds: Worlds,
    most: int,
    *,
    threads: int = 2,
    progress: Callable[[float], None] = lambda share: None,
) -> UnknownSigns:
    """Which unknown sign the claims depend on most, or the answers to the questions where there is no claim.

    The questions of the claims come first. Read in independent worlds, at most so many or 4,096. `progress`
    is told the share done, and may raise. Raises :class:`ValueError` for fewer than 64 worlds, and what
    :func:`loops.theory.sample.answers` raises.
    """
    if most < FEWEST_WORLDS:
        raise ValueError(f"{most} versions are too few: try at least {FEWEST_WORLDS}")
    asked = questions[: len(claims)] if claims else questions
    values, found = answers(
        asked, worlds, most, threads=threads, progress=lambda share: progress(0.8 * share)
    )
    if claims:
        held = [claim.outcome.holds(found[:, q]) for q, claim in enumerate(claims)]
        found = np.column_stack(held).astype(float)
    return _weighed(worlds, values, found)


def _weighed(worlds: Worlds, values: Floats, outcomes: Floats) -> UnknownSigns:
    """The signs by the variance that each explains of all the outcomes together."""
    pairs = signless(worlds.models[0])
    groups = {column: [worlds.columns.index(column)] for column in pairs}
    every = [each for each in first_orders(values, outcomes, groups, seed=worlds.seed) if each.ranked]
    total = sum(each.variance for each in every)
    together = [
        Index(
            column,
            *(
                sum(each.variance / total * getattr(each[column], part) for each in every)
                for part in ("value", "low", "high")
            ),
        )
        for column in (pairs if every else ())
    ]
    return UnknownSigns(
        len(values),
        tuple(UnknownSign(pairs[one.group], one.value, one.low, one.high) for one in ranked(together)),
    )
