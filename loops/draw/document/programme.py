"""How far a programme has come, to take away as Word and PDF: for the team, or for partners."""

from __future__ import annotations

from collections.abc import Iterator

from loops.draw import programme
from loops.draw.document import office, printed
from loops.draw.document.prose import Block, Bullets, Heading, Paragraph, Table
from loops.journey.programme import Progress, Stream
from loops.model import Model
from loops.narrate import on_day

TITLE = "How far our workstreams are"
FOOT = "What people said of each partner. What is missing first is read from our diagram, which assumes much."
MOST_STREAMS, MOST_SAID = 60, 40
"""Workstreams, and reasons of one, that a document can hold and still be read."""
_LEFT_OUT = "What people wrote is left out of this copy."


def word(model: Model, found: Progress, *, on: str, words: bool = False) -> bytes:
    """The programme as a Word file; `on` is the date as it is to be shown.

    `words` puts in what people wrote, in which names may stand.
    """
    return office.word(_blocks(model, found, on, words), title=TITLE, foot=FOOT)


def pdf(model: Model, found: Progress, *, on: str, words: bool = False) -> bytes:
    """The same as PDF. Raises what :func:`loops.draw.paper.typeset` raises."""
    return printed.pdf(_blocks(model, found, on, words), title=TITLE, foot=FOOT)


def _blocks(model: Model, found: Progress, on: str, words: bool) -> Iterator[Block]:
    yield Heading(TITLE, 1)
    yield Paragraph(f"{model.title}. {on}. {programme.HOW}", quiet=True)
    if found.anonymous:
        yield Paragraph(programme.HIDDEN if found.streams else programme.TOO_FEW)
    if found.whole:
        yield from _stream(model, found, found.whole, words=False)
    for stream in found.streams[:MOST_STREAMS]:
        yield from _stream(model, found, stream, words=words)
    if (more := len(found.streams) - MOST_STREAMS) > 0:
        yield Paragraph(f"And {more} more. All of them are in the table (CSV).", quiet=True)
    if not words and not found.anonymous and any(stream.learnt for stream in found.streams):
        yield Paragraph(_LEFT_OUT, quiet=True)


def _stream(model: Model, found: Progress, stream: Stream, *, words: bool) -> Iterator[Block]:
    yield Heading(f"{programme.name(stream, found)} ({programme.partners(stream.partners)})", 2)
    yield Paragraph(programme.headline(model, stream))
    yield Paragraph(programme.direction(stream, found.since))
    yield _table(model, found, stream)
    for lacking in stream.lacking:
        yield Paragraph(programme.first_missing(model, lacking))
    if words and stream.learnt:
        yield Heading(f"What people said since {on_day(found.since)}", 3)
        shown = [f"{programme.said(model, one)}: “{one.reason}”" for one in stream.learnt[:MOST_SAID]]
        more = len(stream.learnt) - len(shown)
        yield Bullets((*shown, f"And {more} more.") if more else tuple(shown))


def _table(model: Model, found: Progress, stream: Stream) -> Table:
    """The path box by box, and, where that is not hidden, as it was and where nobody knows."""
    head, shares = ["The path", "At least partly there"], [5, 3]
    if not found.anonymous:
        head += [f"On {on_day(found.since)}", "Nobody knows"]
        shares += [3, 2]
    rows = []
    for step in stream.steps:
        more = [programme.in_many(one) for one in (step.was, step.unknown) if one]
        rows.append((model.nodes[step.box].label, programme.in_many(step.there), *more))
    return Table(tuple(head), tuple(rows), tuple(shares))
