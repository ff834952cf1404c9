"""Reference modes: behaviours a model must show, as data that a command can measure."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from loops.parts import Flag, Id, Number, Part, Text, Whole

LATEST = 1_800
"""Months (150 years): a criterion looks no further; "end" stands for it."""

Measure = Literal["level", "drift", "difference", "distance", "ratio", "largest difference"]
Each = Literal["each lever", "each link", "each loop"]


class Run(Part):
    """A scenario as a reference mode runs it, perhaps with levers left out or links cut.

    ``"each lever"``, ``"each link"`` and ``"each loop"`` stand for one run per lever, link or named loop; a
    loop is cut at each of its links in turn and the smallest effect counts, since no part can carry more.
    """

    scenario: str
    without: tuple[Id, ...] = ()
    cut: tuple[tuple[str, str], ...] = Field(
        default=(), description='Links as [from, to]; "*" stands for any node.'
    )
    vary: Each | None = None

    def words(self) -> str:
        """The run in a few words: ``everything_for_four_years without each lever in turn``."""
        parts = [self.scenario]
        if self.without:
            parts.append("without " + ", ".join(self.without))
        if self.cut:
            parts.append(_cut_words(self.cut))
        if self.vary:
            parts.append(("without " if self.vary == "each lever" else "cutting ") + f"{self.vary} in turn")
        return " ".join(parts)


def _cut_words(cut: tuple[tuple[str, str], ...]) -> str:
    return (
        "with "
        + ", ".join(f"{source} -> {target}" for source, target in cut).replace("*", "anything")
        + " cut"
    )


class Criterion(Part):
    """One measurable sentence of a reference mode: what is measured, on which run, and what it must be."""

    measure: Measure
    run: Run
    against: Run | None = None
    variables: tuple[Id, ...] = ()
    any_variable: Flag = Field(default=False, description="It is enough that one of the variables meets it.")
    month: Annotated[Whole, Field(ge=0, le=LATEST)] | Literal["end"] = "end"
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
            raise ValueError("'against' belongs to measures that compare two runs, and to them only")
        if self.month == "end" and self.measure in ("drift", "largest difference"):
            raise ValueError(f"{self.measure} needs a month, not 'end'")
        if self.run.vary:
            raise ValueError("'vary' belongs into 'against', which is what the run is held against")
        if self.more_when_cut and (self.against is None or self.against.vary):
            raise ValueError("'more_when_cut' needs an 'against' that does not vary")
        return self

    def sentence(self) -> str:
        """What is measured, in words: ``buy_in at month 36: insight_first over nothing_new``."""
        who = (" or " if self.any_variable else ", ").join(self.variables) or "every variable"
        when = "in the end" if self.month == "end" else f"at month {self.month}"
        if self.measure in ("drift", "largest difference"):
            when = f"up to month {self.month}"
        first, second = self.run.words(), self.against.words() if self.against else ""
        what = {
            "level": first,
            "drift": f"largest change in {first}",
            "difference": f"{first} minus {second}",
            "distance": f"between {first} and {second}",
            "ratio": f"{first} over {second}",
            "largest difference": f"largest difference between {first} and {second}",
        }[self.measure]
        if self.more_when_cut:
            what += f", and how much more it is {_cut_words(self.more_when_cut)}"
        return f"{who} {when}: {what}"

    def bound(self) -> str:
        """The bound as text: ``>= 0.3``."""
        return f">= {self.at_least:g}" if self.at_least is not None else f"<= {self.at_most:g}"


class ReferenceMode(Part):
    """A behaviour the model must show, in words and as criteria that a command measures."""

    id: Id
    statement: Text
    criteria: Annotated[tuple[Criterion, ...], Field(alias="criterion", min_length=1, max_length=100)]
    miss: Text = Field(default="", description="Where it does not hold: why, said plainly.")
