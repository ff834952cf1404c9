"""Rival theories of the same system, and the patterns that were seen of it.

A pattern is something that was seen: under what was done, a variable rose, fell, stayed or changed by so much
between two months (pattern-oriented modelling: Grimm et al. 2005, doi 10.1126/science.1116681). Which theory
shows them in more worlds: :mod:`loops.theory.rivalry`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from loops import validity
from loops.kernel import Floats
from loops.model import Link, Model
from loops.parts import Id, Label, Number, Part, Text, Whole, replace
from loops.theory.claims import MARGIN, Case, Pairs

MOST = 100
"""Links that a rival adds, and patterns that are looked at together."""
Answers = NDArray[np.bool_]
Month = Annotated[Whole, Field(ge=0, le=1_200)]
Change = Annotated[Number, Field(ge=-1, le=1)]


class Rival(Part):
    """Another theory of the same system: the model with some links cut, turned round, opposed or added."""

    id: Id
    title: Label
    cut: Pairs = Field(default=(), description='Links as [from, to] that are not there; "*" is any node.')
    reverse: Pairs = Field(default=(), description="Links that go the other way.")
    opposite: Pairs = Field(default=(), description="Links with the other sign.")
    add: Annotated[tuple[Link, ...], Field(max_length=MOST)] = ()

    def of(self, model: Model) -> Model:
        """The theory as a model to be run, without loops, stories and reference modes: they may not fit it.

        Raises :class:`ValueError` (pydantic's among them) for a link that is not there, and for one that
        cannot be.
        """
        for pairs in (self.cut, self.reverse, self.opposite):
            validity.check_cuts(model, pairs, f"rival {self.id}:")
        links = [self._changed(link) for link in model.links if not _named(link, self.cut)]
        gone = {"loops": (), "stories": (), "reference_modes": ()}
        return replace(model, title=self.title, links=(*links, *self.add), **gone)

    def _changed(self, link: Link) -> Link:
        if _named(link, self.opposite):
            link = replace(link, polarity={"+": "-", "-": "+", "?": "?"}[link.polarity])
        if _named(link, self.reverse):
            link = replace(link, source=link.target, target=link.source)
        return link


class Pattern(Part):
    """Something seen: how a variable changed from one month to another under what was done.

    Either its direction, by at least :data:`loops.theory.claims.MARGIN`, or a range of the change.
    """

    id: Id
    sentence: Label
    run: Case
    variable: Id
    since: Month = 0
    until: Month
    direction: Literal["more", "less", "alike"] | None = None
    at_least: Change | None = None
    at_most: Change | None = None
    seen: Text = Field(default="", description="Where and when that was seen.")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.until <= self.since:
            raise ValueError(
                f"until is month {self.until}: put it after month {self.since}, since when it is"
            )
        ranged = self.at_least is not None or self.at_most is not None
        if ranged == (self.direction is not None):
            raise ValueError("give a direction (more, less, alike), or at_least or at_most or both")
        if self.range[0] > self.range[1]:
            raise ValueError(f"at_least {self.at_least:g} is more than at_most {self.at_most:g}")
        return self

    @property
    def range(self) -> tuple[float, float]:
        """From which to which change it goes."""
        named = {"more": (MARGIN, 1.0), "less": (-1.0, -MARGIN), "alike": (-MARGIN, MARGIN)}
        if self.direction:
            return named[self.direction]
        low, high = self.at_least, self.at_most
        return -1.0 if low is None else low, 1.0 if high is None else high

    def shown(self, change: Floats) -> Answers:
        """Where a change (W,) is what was seen; one that is not a number is not."""
        low, high = self.range
        return np.asarray((change >= low) & (change <= high))


def _named(link: Link, pairs: Pairs) -> bool:
    return any(source in ("*", link.source) and target in ("*", link.target) for source, target in pairs)
