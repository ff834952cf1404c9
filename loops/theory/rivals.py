"""Rival theories of the same system, and the patterns that were seen of it: as data, and their file.

A pattern is something that was seen: under what was done, a variable rose, fell, stayed or changed by so much
between two months (pattern-oriented modelling: Grimm et al. 2005, doi 10.1126/science.1116681). Which theory
shows them in more worlds: :mod:`loops.theory.rivalry`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, ValidationError, model_validator

from loops import files, library, validity
from loops.complaints import from_validation
from loops.kernel import Floats
from loops.model import Link, Model
from loops.parts import Id, Label, Number, Part, Text, Whole, nearest, repeated, replace
from loops.scenario import Scenario
from loops.theory.claims import MARGIN, Case, Pairs

MOST = 100
"""Links that a rival adds, and patterns that are looked at together."""
MOST_RIVALS = 20
"""Rivals in one file: each is run in every world."""
Answers = NDArray[np.bool_]
Month = Annotated[Whole, Field(ge=0, le=1_200)]
Change = Annotated[Number, Field(ge=-1, le=1)]


class Rival(Part):
    """Another theory of the same system: the model with some links cut, turned round, opposed or added.

    A link that is turned round or opposed keeps its strength, delay, threshold and grades: the rival is
    trusted as far as the model is.
    """

    id: Id
    title: Label
    argument: Text = Field(default="", description="What those who hold it say.")
    cut: Pairs = Field(default=(), description='Links as [from, to] that are not there; "*" is any node.')
    reverse: Pairs = Field(default=(), description="Links that go the other way.")
    opposite: Pairs = Field(default=(), description="Links with the other sign.")
    add: Annotated[tuple[Link, ...], Field(max_length=MOST)] = ()

    def of(self, model: Model) -> Model:
        """The theory as a model to be run, without loops, stories and reference modes: they may not fit it.

        Raises :class:`ValueError` in one sentence for a link that is not there, one that is both cut and
        changed, and one that cannot be.
        """
        place = f"[[rival]] {self.id},"
        for key in ("cut", "reverse", "opposite"):
            validity.check_cuts(model, getattr(self, key), place, key)
        for link in self.gone(model):
            if _named(link, (*self.reverse, *self.opposite)):
                raise ValueError(f"{place} cut: {link.name} is cut and changed as well. Keep one of the two")
        links = [self._changed(link) for link in model.links if not _named(link, self.cut)]
        gone = {"loops": (), "stories": (), "reference_modes": ()}
        try:
            return replace(model, title=self.title, links=(*links, *self.add), **gone)
        except ValidationError as error:
            raise ValueError(f"{place} {from_validation('', error, Model, {})}") from None

    def gone(self, model: Model) -> tuple[Link, ...]:
        """The links of the model that it cuts."""
        return tuple(link for link in model.links if _named(link, self.cut))

    def changed(self, model: Model) -> tuple[tuple[Link, Link], ...]:
        """The links of the model that it turns round or opposes, each with what it makes of it."""
        pairs = ((link, self._changed(link)) for link in model.links if not _named(link, self.cut))
        return tuple((link, other) for link, other in pairs if other != link)

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


class Rivals(Part):
    """The rivals of one model, and what was seen that they are held against, in the order of the file."""

    format: Annotated[Whole, Field(ge=1, le=1)] = 1
    model: Id
    rivals: Annotated[tuple[Rival, ...], Field(alias="rival", max_length=MOST_RIVALS)] = ()
    patterns: Annotated[tuple[Pattern, ...], Field(alias="pattern", min_length=1, max_length=MOST)]


def fitting(model: Model, scenarios: Mapping[str, Scenario], rivals: Rivals) -> Rivals:
    """The rivals, if everything they and the patterns name is there and each changes something.

    Raises :class:`ValueError` with one sentence naming the place and the nearest valid name.
    """
    if rivals.model != model.id:
        raise ValueError(f"model: these rivals are about '{rivals.model}', and the model is '{model.id}'")
    _check_ids("rival", (rival.id for rival in rivals.rivals))
    _check_ids("pattern", (pattern.id for pattern in rivals.patterns))
    for rival in rivals.rivals:
        if rival.of(model).links == model.links:
            raise ValueError(f"[[rival]] {rival.id}: it changes nothing. Cut, reverse, oppose or add a link")
    variables = {node.id for node in model.variables}
    for pattern in rivals.patterns:
        place, name = f"[[pattern]] {pattern.id},", pattern.variable
        if name not in variables:
            raise ValueError(f"{place} variable: no variable '{name}'. {nearest(name, variables)}")
        try:
            pattern.run.of(model, scenarios)
        except ValueError as error:
            raise ValueError(f"{place} run: {error}") from None
    return rivals


def _check_ids(table: str, ids: Iterable[str]) -> None:
    if twice := repeated(ids):
        raise ValueError(f"[[{table}]] {twice}: two have this id: give one of them another")


def parse_rivals(data: bytes, name: str, model: Model, scenarios: Mapping[str, Scenario]) -> Rivals:
    """The rivals in `data` if they fit; raises :class:`loops.complaints.BadFile`, which names the file."""
    rivals = files.parse(Rivals, data, name)
    with files.said_of(name):
        return fitting(model, scenarios, rivals)


def read_rivals(path: Path, model: Model, scenarios: Mapping[str, Scenario]) -> Rivals:
    """The rivals in a file; raises :class:`loops.complaints.BadFile`."""
    return parse_rivals(files.read_bytes(path), str(path), model, scenarios)


def rivals_of(model: Model, scenarios: Mapping[str, Scenario], beside: Path | None = None) -> Rivals | None:
    """Those in the model's folder of scenarios, if there is a file of them.

    Raises :class:`loops.complaints.BadFile`.
    """
    path = library.beside_scenarios(model, files.RIVALS, beside)
    return read_rivals(path, model, scenarios) if path else None
