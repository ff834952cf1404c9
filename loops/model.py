"""The model: a signed graph of variables, levers and contexts, and the loops its authors have named."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from loops import validity
from loops.criteria import ReferenceMode
from loops.influence import Influence, Settings
from loops.parts import Grade, Id, Keyed, Label, Level, Number, Part, Polarity, Rate, Text, Whole

MAX_LINKS = 5_000
MAX_LOOPS = 500
Hours = Annotated[Number, Field(ge=0, le=10_000)]
Pounds = Annotated[Number, Field(ge=0, le=10_000_000)]
Coordinate = Annotated[Number, Field(ge=-100_000, le=100_000)]
LONGEST_DELAY = 240
"""Months. A delay is three stages of a third each, so this bounds what "later" can mean."""


class Node(Part):
    """A box of the diagram, with the words a partner needs to talk about it."""

    id: Id
    label: Label
    short: Label | None = Field(default=None, description="A label for the five-box view.")
    description: Text = ""
    not_yet: Text = Field(default="", description="What level 0 looks like here.")
    fully: Text = Field(default="", description="What level 1 looks like here.")
    prompts: tuple[Text, ...] = Field(default=(), description="Questions to ask the room.")
    position: tuple[Coordinate, Coordinate] | None = Field(
        default=None, description="Hand-placed centre, in drawing units."
    )


class Variable(Node):
    """A node that changes by itself: its level is the share of what is possible, 0 absent to 1 complete."""

    start: Level = Field(description="Level at month 0.")
    gain: Rate = Field(default=0.0, description="Per month: won with no links at all.")
    fade: Rate = Field(default=0.0, description="Per month: lost with no links at all.")


class Lever(Node):
    """A node the team sets, on a schedule. Full effort is level 1 and costs what is given here."""

    level: Level = Field(
        default=0.0, description="Level when no scenario says otherwise, before month 0 too."
    )
    hours_us: Hours = Field(default=0.0, description="Our hours a month at level 1.")
    hours_partner: Hours = Field(default=0.0, description="Partner's hours a month at level 1.")
    cost: Pounds = Field(default=0.0, description="Pounds, once, when it is first done.")
    earliest: Annotated[Whole, Field(ge=0, le=1_200)] = Field(
        default=0, description="The first month in which it can be done."
    )
    needs: tuple[Id, ...] = Field(default=(), description="Levers that must have begun when it begins.")
    influence: Annotated[tuple[Influence, ...], Field(max_length=9)] = Field(
        default=(), description="Where it stands in the influencer matrix."
    )
    also: tuple[Label, ...] = Field(default=(), description="Other words that people have for it.")


class Context(Node):
    """A circumstance nobody here controls."""

    level: Level = Field(description="Level when no scenario says otherwise, before month 0 too.")


class Link(Part):
    """An arrow: its polarity, how strong and how late it acts, and how we know it."""

    source: Id = Field(alias="from")
    target: Id = Field(alias="to")
    polarity: Polarity
    strength: Rate = Field(description="Per month, when the source is complete.")
    delay: Number = Field(default=0.0, description="Months; 0, or at least 0.5.")
    threshold: Annotated[Number, Field(ge=0.01, le=0.99)] | None = Field(
        default=None,
        description="Source level at which a critical mass is half reached; none for plain influence.",
    )
    steepness: Annotated[int, Field(strict=True, ge=2, le=8)] = 4
    evidence: Grade = Field(
        default="assumed", description="How we know that the arrow exists and has this sign."
    )
    threshold_evidence: Grade = "assumed"
    delay_evidence: Grade = "assumed"
    spread: Literal["narrow", "middle", "wide"] | None = Field(
        default=None, description="How widely this link's numbers are varied, whatever the others' are."
    )
    reason: Text = ""
    passage: Text | None = Field(default=None, description="The source's own words for the arrow.")
    locator: Text | None = Field(default=None, description="Where the passage stands: section, bullet.")
    against: Text | None = Field(default=None, description="A passage that points the other way: contested.")
    against_locator: Text | None = None
    cited: Id | None = Field(default=None, description="Which [source] the passages are from.")
    bend: Annotated[Number, Field(ge=-2, le=2)] | None = Field(
        default=None, description="Hand-set bow of the arrow, as a share of its length."
    )

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.delay and not 0.5 <= self.delay <= LONGEST_DELAY:
            raise ValueError(f"delay is {self.delay:g}: use 0, or between 0.5 and {LONGEST_DELAY} months")
        return self

    @property
    def name(self) -> str:
        """How messages refer to the link: ``insight -> value``."""
        return f"{self.source} -> {self.target}"

    @property
    def form(self) -> tuple[object, ...]:
        """What it is apart from its strength: links of one form act as one, and their strengths add up."""
        steepness = self.steepness if self.threshold else None
        return (self.source, self.target, self.polarity, self.delay, self.threshold, steepness)

    @property
    def grade(self) -> str:
        """The grade of its existence and sign; ``contested`` when passages point both ways."""
        return "contested" if self.against else self.evidence


class Loop(Part):
    """A closed path of links that the authors have named. Its letter is computed; a label must agree."""

    id: Id
    label: Annotated[str, Field(pattern=r"^[RB]\d{0,3}$")] | None = None
    name: Label
    story: Text = ""
    path: Annotated[tuple[Id, ...], Field(min_length=1)]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The ordered pairs of nodes along the path, closing where it began."""
        return tuple(zip(self.path, self.path[1:] + self.path[:1], strict=True))


class Step(Part):
    """One picture of a story: what is revealed, and the sentence said to it."""

    title: Label
    sentence: Label
    nodes: tuple[Id, ...] = Field(default=(), description="Boxes revealed from here on.")
    loops: tuple[Id, ...] = Field(default=(), description="Named loops revealed from here on.")
    scenario: Id | None = Field(default=None, description="Boxes are filled by the levels of this scenario.")
    month: Annotated[Whole, Field(ge=0, le=1_200)] | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.scenario is None) != (self.month is None):
            raise ValueError("give a scenario and a month together, or neither")
        return self


class Story(Part):
    """A walk through the diagram for a room of people, step by step, with a question to them at the end."""

    id: Id
    title: Label
    question: Label = Field(description="What the room is asked at the end.")
    steps: Annotated[tuple[Step, ...], Field(alias="step", min_length=1, max_length=50)]


class Role(Part):
    """Whom somebody speaks as when a room talks about the diagram, such as a nurse or a practice manager."""

    id: Id
    label: Label


class Source(Part):
    """A document that passages are quoted from."""

    id: Id
    title: Label
    author: Text = ""
    published: Text = ""
    link: Text = ""


class Correction(Part):
    """What an author of the original told us to change, and what was done."""

    date: Text
    who: Text
    says: Text
    done: Text = ""


class Model(Part):
    """Nodes, links, named loops and reference modes. Collections keep the order of the file."""

    format: Annotated[Whole, Field(ge=1, le=1)] = 1
    id: Id
    title: Label
    vision: Text = Field(default="", description="The shared vision, in this place's own words.")
    description: Text = ""
    cannot_say: tuple[Text, ...] = Field(default=(), description="What the model cannot tell you.")
    core: tuple[Id, ...] = Field(default=(), description="The nodes of the opening view.")
    outcomes: tuple[Id, ...] = Field(
        default=(), description="The variables that it is judged by, in the order in which they come about."
    )
    horizon: Annotated[int, Field(strict=True, ge=1, le=1_200)] = Field(
        default=240, description="Months shown."
    )
    sources: Annotated[tuple[Source, ...], Keyed] = Field(default=(), alias="source")
    corrections: tuple[Correction, ...] = Field(default=(), alias="correction")
    variables: Annotated[tuple[Variable, ...], Keyed] = Field(alias="variable", min_length=1)
    levers: Annotated[tuple[Lever, ...], Keyed] = Field(default=(), alias="lever")
    contexts: Annotated[tuple[Context, ...], Keyed] = Field(default=(), alias="context")
    links: tuple[Link, ...] = Field(default=(), alias="link", max_length=MAX_LINKS)
    loops: Annotated[tuple[Loop, ...], Keyed] = Field(default=(), alias="loop", max_length=MAX_LOOPS)
    stories: tuple[Story, ...] = Field(default=(), alias="story", max_length=100)
    roles: Annotated[tuple[Role, ...], Keyed] = Field(default=(), alias="role", max_length=100)
    settings: Annotated[Settings, Field(max_length=50)] = Field(default=(), alias="setting")
    reference_modes: Annotated[tuple[ReferenceMode, ...], Keyed] = Field(default=(), alias="reference_mode")

    @model_validator(mode="after")
    def _check(self) -> Self:
        validity.check(self)
        return self

    @cached_property
    def nodes(self) -> dict[str, Variable | Lever | Context]:
        """Every node by id, variables first, in the order of the file."""
        every: tuple[Variable | Lever | Context, ...] = (*self.variables, *self.levers, *self.contexts)
        return {node.id: node for node in every}

    @property
    def headlines(self) -> tuple[str, ...]:
        """The variables that it is judged by: its outcomes, or else the first two of the file.

        The first is shown where there is room for one; a goal is set on the last.
        """
        return self.outcomes or tuple(variable.id for variable in self.variables[:2])

    @cached_property
    def signs(self) -> dict[tuple[str, str], frozenset[str]]:
        """The polarities of the links from one node to another, for each ordered pair that has any."""
        found: dict[tuple[str, str], set[str]] = {}
        for link in self.links:
            found.setdefault((link.source, link.target), set()).add(link.polarity)
        return {pair: frozenset(signs) for pair, signs in found.items()}

    def needed(self, lever: str, begun: Collection[str]) -> tuple[str, ...]:
        """The levers that a lever needs, directly or not, up to those that have `begun`; none if it has."""
        needs = {one.id: one.needs for one in self.levers}
        found = [lever]
        for name in found:  # grows as it is read
            more = needs[name] if name not in begun else ()
            found += [need for need in dict.fromkeys(more) if need not in begun and need not in found]
        return tuple(found[1:])

    def link(self, source: str, target: str) -> Link:
        """The link from `source` to `target`; raises :class:`KeyError` naming the nearest pair."""
        for link in self.links:
            if (link.source, link.target) == (source, target):
                return link
        raise KeyError(validity.no_such_link(self, source, target))
