"""Reference modes: behaviours a model must show, as data that a command can measure."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from loops.parts import Id, Number, Part, Text

Each = Literal["each lever", "each link", "each loop"]


class Run(Part):
    """A scenario as a reference mode runs it, perhaps with levers left out or links cut.

    ``"each lever"``, ``"each link"`` and ``"each loop"`` stand for one run per lever, link or named loop; a loop
    is cut at each of its links in turn and the smallest effect counts, since no part of it can carry more.
    """

    scenario: str
    without: tuple[Id, ...] = ()
    cut: tuple[tuple[str, str], ...] = Field(default=(), description='Links as [from, to]; "*" stands for any node.')
    vary: Each | None = None


class Criterion(Part):
    """One measurable sentence of a reference mode: what is measured, on which run, and what it must be."""

    measure: Literal["level", "drift", "difference", "ratio", "largest difference"]
    run: Run
    against: Run | None = None
    variables: tuple[Id, ...] = ()
    any_variable: bool = Field(default=False, description="It is enough that one of the variables meets it.")
    month: Annotated[int, Field(ge=0)] | Literal["end"] = "end"
    at_least: Number | None = None
    at_most: Number | None = None
    more_when_cut: tuple[tuple[str, str], ...] = Field(
        default=(), description="Measure how much larger the difference is with these links cut."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("give exactly one of at_least and at_most")
        if (self.against is None) != (self.measure in ("level", "drift")):
            raise ValueError("'against' belongs to difference, ratio and largest difference, and to them only")
        return self


class ReferenceMode(Part):
    """A behaviour the model must show, in words and as criteria that a command measures."""

    id: Id
    statement: Text
    criteria: Annotated[tuple[Criterion, ...], Field(alias="criterion", min_length=1)]
    miss: Text = Field(default="", description="Where it does not hold: why, said plainly.")
