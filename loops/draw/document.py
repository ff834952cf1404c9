"""What a room said, voted and decided, as a Word document and as Markdown.

The records are plain: a page fills them from wherever it keeps its notes. People's names, and what they
wrote, stay out of every document unless they are ticked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from loops.draw import prose
from loops.draw import word as office
from loops.draw.prose import Block, Bullets, Heading, Paragraph, Table

ASSUMPTIONS = "What follows from our assumptions, not a forecast."


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


def word(record: Record, *, names: bool = False, notes: bool = False) -> bytes:
    """The record as a Word file."""
    blocks = _blocks(record, names=names, notes=notes)
    return office.word(blocks, title=record.title, foot=ASSUMPTIONS)


def markdown(record: Record, *, names: bool = False, notes: bool = False) -> str:
    """The record as Markdown."""
    return prose.markdown(_blocks(record, names=names, notes=notes))


def _blocks(record: Record, *, names: bool, notes: bool) -> Iterator[Block]:
    kept = ticked(record, names=names, notes=notes)
    yield Heading(kept.title, 1)
    yield Paragraph(f"{kept.date}. Model: {kept.model}. {ASSUMPTIONS}", quiet=True)
    yield from _left_out(record, kept)
    if kept.decisions:
        yield Heading("What we decided", 2)
        for number, decided in enumerate(kept.decisions, start=1):
            yield from _decision(number, decided)
    if kept.tried:
        yield Heading("What we tried", 2)
        for number, tried in enumerate(kept.tried, start=1):
            yield from _tried(number, tried)
    if any(topic.votes for topic in kept.topics):
        yield Heading("Is it true here?", 2)
        yield _votes(kept.topics)
    if kept.topics:
        yield Heading("What we talked about", 2)
        for topic in kept.topics:
            yield from _topic(topic)


def _left_out(record: Record, kept: Record) -> Iterator[Block]:
    """A sentence that says what is not in this copy, where something is not."""
    said = [one for topic in record.topics for one in topic.said]
    if said and not any(topic.said for topic in kept.topics):
        yield Paragraph("What people wrote is left out of this copy, and so are names.", quiet=True)
    elif kept != record:
        yield Paragraph("People's names are left out of this copy.", quiet=True)


def _decision(number: int, decided: Decided) -> Iterator[Block]:
    yield Heading(f"{number}. {decided.what}", 3)
    rows = (
        ("Who", decided.who),
        ("By when", decided.by_when),
        ("What we expect to see", decided.expect),
        ("What would change our mind", decided.would_change_mind),
    )
    if filled := tuple((name, text) for name, text in rows if text):
        yield Table(("", "Agreed"), filled, (1, 2))


def _tried(number: int, tried: Tried) -> Iterator[Block]:
    yield Heading(f"{number}. {tried.change}", 3)
    rows = (("We asked", tried.asked), ("Hands", tried.hands), ("What follows", " ".join(tried.follows)))
    if filled := tuple((name, text) for name, text in rows if text):
        yield Table(("", "In the meeting"), filled, (1, 3))


def _votes(topics: Sequence[Topic]) -> Table:
    rows = (
        (topic.title, str(topic.votes.yes), str(topic.votes.no), str(topic.votes.depends))
        for topic in topics
        if topic.votes
    )
    return Table(("Arrow", "Yes", "No", "It depends"), tuple(rows), (7, 1, 1, 2))


def _topic(topic: Topic) -> Iterator[Block]:
    yield Heading(topic.title, 3)
    if topic.prompts:
        yield Paragraph("We asked:")
        yield Bullets(topic.prompts)
    if not topic.said:
        return
    yield Paragraph("The room said:")
    # those who speak as the same role stand together, in the order in which the roles first spoke
    roles = list(dict.fromkeys(one.role for one in topic.said))
    said = sorted(topic.said, key=lambda one: roles.index(one.role))
    if any(one.name for one in said):
        named = tuple((one.role, one.words, one.name) for one in said)
        yield Table(("Role", "Said", "Name"), named, (2, 6, 2))
    else:
        yield Table(("Role", "Said"), tuple((one.role, one.words) for one in said), (2, 8))
