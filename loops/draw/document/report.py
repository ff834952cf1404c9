"""The record of a room as a Word file and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loops.draw.document import office, prose
from loops.draw.document.prose import Block, Bullets, Heading, Paragraph, Table
from loops.draw.document.record import Decided, Record, Topic, Tried, ticked
from loops.draw.scale import ASSUMPTIONS_IN_SHORT


def word(record: Record, *, names: bool = False, notes: bool = False) -> bytes:
    """The record as a Word file."""
    blocks = _blocks(record, names=names, notes=notes)
    return office.word(blocks, title=record.title, foot=ASSUMPTIONS_IN_SHORT)


def markdown(record: Record, *, names: bool = False, notes: bool = False) -> str:
    """The record as Markdown."""
    return prose.markdown(_blocks(record, names=names, notes=notes))


def _blocks(record: Record, *, names: bool, notes: bool) -> Iterator[Block]:
    kept = ticked(record, names=names, notes=notes)
    yield Heading(kept.title, 1)
    yield Paragraph(f"{kept.date}. Model: {kept.model}. {ASSUMPTIONS_IN_SHORT}", quiet=True)
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
