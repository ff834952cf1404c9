"""What a room said, voted and decided, as plain records that a page fills from where it keeps its notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Said:
    """Something that somebody wrote onto the diagram, and whom they spoke as."""

    role: str
    words: str
    name: str = ""


@dataclass(frozen=True)
class Votes:
    """How many found an arrow true here, how many did not, and for how many it depends."""

    yes: int
    no: int
    depends: int


@dataclass(frozen=True)
class Topic:
    """A box or an arrow the room talked about: its prompts, what was said, and the votes if any were cast."""

    title: str
    prompts: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    votes: Votes | None = None


@dataclass(frozen=True)
class Decided:
    """What the room will do, who does it, and how it will know whether it was right."""

    what: str
    who: str = ""
    by_when: str = ""
    expect: str = ""
    would_change_mind: str = ""


@dataclass(frozen=True)
class Tried:
    """A change that the room tried: what it was asked first, its hands, and what follows in sentences."""

    change: str
    asked: str = ""
    hands: str = ""
    follows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Record:
    """A workshop or a meeting about a model, with its date as it is to be shown."""

    title: str
    date: str
    model: str
    topics: tuple[Topic, ...] = ()
    decisions: tuple[Decided, ...] = ()
    tried: tuple[Tried, ...] = ()


def ticked(record: Record, *, names: bool = False, notes: bool = False) -> Record:
    """The record without people's names and what they wrote, unless ticked. Votes are counts: they stay."""

    def kept(said: Sequence[Said]) -> tuple[Said, ...]:
        return tuple(one if names else replace(one, name="") for one in said) if notes else ()

    return replace(
        record,
        topics=tuple(replace(topic, said=kept(topic.said)) for topic in record.topics),
        decisions=tuple(one if names else replace(one, who="") for one in record.decisions),
    )
