"""Claims: programme theory as data, each one sentence that two runs of a model can confirm or refute.

The form is that of realist evaluation (Pawson & Tilley, Realistic Evaluation, 1997; resource and reasoning
apart as in Dalkin et al. 2015, doi 10.1186/s13012-015-0237-x): for whom, in what circumstances, what is
offered, how people reason about it, and what comes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from loops import files, library, validity
from loops.criteria import Run
from loops.kernel import Floats
from loops.model import Model
from loops.parts import Id, Keyed, Label, Number, Part, Text, Whole, nearest, replace
from loops.reference import left_out
from loops.scenario import MOST, Scenario, Schedule, Schedules, fits

MARGIN = 0.005
"""The least difference that counts when a claim names none: a tenth of what a figure on screen could show."""
MOST_CLAIMS = 100
"""Claims in one file: each may need two runs of its own in every world."""

Pairs = tuple[tuple[str, str], ...]
Words = Annotated[str, Field(min_length=1, max_length=600, pattern=r"\S")]
Margin = Annotated[Number, Field(gt=0, le=1)]


class Case(Part):
    """What is run for a claim: a scenario, perhaps changed, in the words of a scenario's file."""

    scenario: Id
    without: tuple[Id, ...] = Field(default=(), description="Levers that are never moved.")
    cut: Pairs = Field(default=(), description='Links as [from, to]; "*" stands for any node.')
    levers: Schedules = Field(default=(), alias="lever", max_length=MOST)
    contexts: Schedules = Field(default=(), alias="context", max_length=MOST)

    def words(self) -> str:
        """The case in a few words: ``nothing_new with training set``."""
        run = Run(scenario=self.scenario, without=self.without, cut=self.cut).words()
        changed = [plan.id for plan in (*self.levers, *self.contexts)]
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        return f"{run} with {', '.join(changed[:3])}{more} set" if changed else run

    def of(self, model: Model, scenarios: Mapping[str, Scenario]) -> Scenario:
        """The scenario that is run; raises :class:`ValueError` for a name that is not there."""
        if self.scenario not in scenarios:
            raise ValueError(f"there is no scenario '{self.scenario}'. {nearest(self.scenario, scenarios)}")
        own = scenarios[self.scenario]
        changed = fits(
            model,
            replace(own, levers=_over(own.levers, self.levers), contexts=_over(own.contexts, self.contexts)),
        )
        known = {lever.id for lever in model.levers}
        for name in self.without:
            if name not in known:
                raise ValueError(f"without: there is no lever '{name}'. {nearest(name, known)}")
        validity.check_cuts(model, self.cut, "its")
        return left_out(model, changed, without=self.without, cut=self.cut)


def _over(own: tuple[Schedule, ...], instead: tuple[Schedule, ...]) -> tuple[Schedule, ...]:
    """The schedules with those for the same nodes put in their place."""
    named = {plan.id for plan in instead}
    return (*(plan for plan in own if plan.id not in named), *instead)


class Outcome(Part):
    """What comes of it: a variable at a month, more or less than in the other run, and by how much."""

    variable: Id
    month: Annotated[Whole, Field(ge=1, le=1_200)]
    direction: Literal["more", "less"]
    at_least: Margin | None = None
    at_most: Margin | None = Field(default=None, description="For a claim that it makes hardly a difference.")

    @model_validator(mode="before")
    @classmethod
    def _usual(cls, given: object) -> object:
        """Without a bound the least difference that counts."""
        if isinstance(given, Mapping) and given.get("at_least") is None and given.get("at_most") is None:
            return {**given, "at_least": MARGIN}
        return given

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give at_least or at_most, not both")
        return self

    def holds(self, difference: Floats) -> NDArray[np.bool_]:
        """Where a difference (a run's level minus the other's), of any shape, is what is claimed.

        A difference that is not a number is not.

        >>> Outcome(variable="trust", month=12, direction="less", at_least=0.1).holds(np.array([-0.2, 0.3]))
        array([ True, False])
        """
        effect = difference if self.direction == "more" else -difference
        if self.at_least is not None:
            return np.asarray(effect >= self.at_least)
        return np.asarray(effect <= (self.at_most or 0.0))

    def bound(self) -> str:
        """The bound in words: ``more by at least 0.05``."""
        side, size = ("least", self.at_least) if self.at_least is not None else ("most", self.at_most)
        return f"{self.direction} by at {side} {size:g}"


class Claim(Part):
    """One sentence of programme theory, the two runs that are compared for it, and where it comes from.

    Without `against` the outcome is the level itself. The `loop` or the `path`, a chain of nodes, is what is
    said to carry the effect.
    """

    id: Id
    sentence: Label
    for_whom: Words
    context: Words = Field(description="In what circumstances.")
    resource: Words = Field(description="What is offered or taken away.")
    reasoning: Words = Field(description="How people think and act differently because of it.")
    outcome: Outcome
    run: Case
    against: Case | None = None
    loop: Id | None = None
    path: Annotated[tuple[Id, ...], Field(max_length=50)] = ()
    passage: Text | None = Field(default=None, description="The source's own words.")
    locator: Text | None = Field(default=None, description="Where the passage stands: section, bullet.")
    cited: Id | None = Field(default=None, description="Which [source] of the model the passage is from.")
    version: Annotated[Whole, Field(ge=1, le=10_000)] = 1
    changed: Text = Field(default="", description="What this version changed, and why.")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.against is None and self.outcome.direction == "less":
            raise ValueError("'less' needs an 'against', a run to be less than")
        if self.loop and self.path:
            raise ValueError("give a loop or a path, not both")
        if len(self.path) == 1:
            raise ValueError("a path has at least two boxes, from the first to the last: add the others")
        if self.passage and not (self.locator and self.cited):
            raise ValueError("a passage needs a locator and a 'cited', so that it can be found again")
        if self.version > 1 and not self.changed.strip():
            raise ValueError("version is above 1: say in 'changed' what was changed and why")
        return self

    def links(self, model: Model) -> Pairs:
        """The [from, to] pairs said to carry the effect, none when nothing is said."""
        if self.loop:
            return next(loop.pairs for loop in model.loops if loop.id == self.loop)
        return tuple(pairwise(self.path))


class Claims(Part):
    """The claims made about one model, in the order of the file."""

    format: Annotated[Whole, Field(ge=1, le=1)] = 1
    model: Id
    claims: Annotated[tuple[Claim, ...], Keyed] = Field(alias="claim", min_length=1, max_length=MOST_CLAIMS)


def fitting(model: Model, scenarios: Mapping[str, Scenario], claims: Claims) -> tuple[Claim, ...]:
    """The claims, if everything they name is there.

    Raises :class:`ValueError` with one sentence naming the place and the nearest valid name.
    """
    if claims.model != model.id:
        raise ValueError(f"model: these claims are about '{claims.model}', and the model is '{model.id}'")
    variables = {node.id for node in model.variables}
    named = {"loop": {loop.id for loop in model.loops}, "cited": {source.id for source in model.sources}}
    for claim in claims.claims:
        place = f"[claim.{claim.id}]"
        name = claim.outcome.variable
        if name not in variables:
            raise ValueError(f"{place} outcome, variable: no variable '{name}'. {nearest(name, variables)}")
        for key, known in named.items():
            name = getattr(claim, key)
            if name is not None and name not in known:
                raise ValueError(f"{place} {key}: there is no '{name}'. {nearest(name, known)}")
        for source, target in pairwise(claim.path):
            if (source, target) not in model.signs:
                raise ValueError(f"{place} path: {validity.no_such_link(model, source, target)}")
        _check_runs(model, scenarios, claim, place)
    return claims.claims


def _check_runs(model: Model, scenarios: Mapping[str, Scenario], claim: Claim, place: str) -> None:
    compared = []
    for key, case in (("run", claim.run), ("against", claim.against)):
        try:
            compared.append(case and case.of(model, scenarios))
        except ValueError as error:
            raise ValueError(f"{place} {key}: {error}") from None
    if compared[0] == compared[1]:
        raise ValueError(f"{place} against: this is the run itself, so nothing can differ")


def parse_claims(
    data: bytes, name: str, model: Model, scenarios: Mapping[str, Scenario]
) -> tuple[Claim, ...]:
    """The claims in `data` if they fit.

    Raises :class:`loops.complaints.BadFile`, which names the file by `name`.
    """
    claims = files.parse(Claims, data, name)
    with files.said_of(name):
        return fitting(model, scenarios, claims)


def read_claims(path: Path, model: Model, scenarios: Mapping[str, Scenario]) -> tuple[Claim, ...]:
    """The claims in a file; raises :class:`loops.complaints.BadFile`."""
    return parse_claims(files.read_bytes(path), str(path), model, scenarios)


def claims_file(model: Model, beside: Path | None = None) -> Path | None:
    """The file of claims in the model's folder of scenarios, if there is one."""
    return library.beside_scenarios(model, files.CLAIMS, beside)


def claims_of(
    model: Model, scenarios: Mapping[str, Scenario], beside: Path | None = None
) -> tuple[Claim, ...]:
    """The claims in the model's folder of scenarios, none when there are none.

    Raises :class:`loops.complaints.BadFile`.
    """
    path = claims_file(model, beside)
    return read_claims(path, model, scenarios) if path else ()
