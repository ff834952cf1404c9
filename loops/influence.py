"""Influence: on what level something acts and on whom, the cells of Active Calderdale's Influencer Matrix.

The seed names the three levels ("on an individual, social and infrastructural level", Utopia Modelling, How
was it done?) and the audiences ("community and workforce", Recognise, Value and Embed). Where one of our
levers stands is our reading unless a passage says it.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from loops.parts import Grade, Id, Keyed, Label, Part, Text

Sphere = Literal["individual", "social", "infrastructure"]
Audience = Literal["workforce", "community", "organisation"]
SPHERES: tuple[Sphere, ...] = get_args(Sphere)
AUDIENCES: tuple[Audience, ...] = get_args(Audience)


class Quoted(Part):
    """How we know something: a grade, a reason, and the source's own words where it is stated."""

    evidence: Grade = "assumed"
    reason: Text = ""
    passage: Text | None = Field(default=None, description="The source's own words.")
    locator: Text | None = Field(default=None, description="Where the passage stands: section, bullet.")
    cited: Id | None = Field(default=None, description="Which [source] the passage is from.")

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.evidence == "stated" and not (self.passage and self.locator):
            raise ValueError("'stated' needs the source's passage and its locator; or grade it 'assumed'")
        return self


class Influence(Quoted):
    """One cell of the influencer matrix: the level on which something acts, and on whom."""

    at: Sphere = Field(description="individual, social or infrastructure.")
    on: Audience = Field(description="workforce, community or organisation.")


class Essential(Quoted):
    """An item that is proposed to a room when nobody has named it, and how we know that it should be."""

    lever: Id


class Setting(Part):
    """A place that a room imagines at its best: how to walk in, what to ask, what must not be missing."""

    id: Id
    label: Label
    walk: Text = Field(default="", description="The sentence with which the room walks in.")
    see: tuple[Text, ...] = Field(default=(), description="Questions about what one would see.")
    hear: tuple[Text, ...] = ()
    feel: tuple[Text, ...] = ()
    essentials: Annotated[tuple[Essential, ...], Field(alias="essential", max_length=50)] = ()


Settings = Annotated[tuple[Setting, ...], Keyed]
