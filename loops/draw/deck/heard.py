"""Slides with what a room said about each box and arrow, and how it voted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from loops.draw.deck import blank
from loops.draw.deck.slides import Area, Shape, Sheet, Stroke, Words
from loops.draw.document.record import Record, Topic
from loops.draw.letters import CUT, wrap
from loops.draw.palette import LIGHT
from loops.draw.scale import ASSUMPTIONS_IN_SHORT

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

_MOST = 6
"""Things said that one slide holds."""


def heard(made: Deck, record: Record) -> None:
    """Add them to a deck: a slide or more for each topic."""
    for topic in record.topics:
        cards = [(f"{one.role}, {one.name}" if one.name else one.role, one.words) for one in topic.said]
        if topic.votes:
            votes = topic.votes
            told = f"Yes: {votes.yes}. No: {votes.no}. It depends: {votes.depends}."
            cards.insert(0, ("Is it true here?", told))
        for at in range(0, len(cards), _MOST):
            _heard(made, record, topic, cards[at : at + _MOST])


def _heard(made: Deck, record: Record, topic: Topic, cards: Sequence[tuple[str, str]]) -> None:
    """A slide with a card for each thing said; what a card is too small for is in the notes."""
    notes = [f"To ask the room: {one}" for one in topic.prompts]
    notes += [f"{who}: {words}" for who, words in cards]
    sheet = Sheet(blank.slide(made, topic.title, notes=notes))
    above = f"What the room said  ·  {record.title}, {record.date}"
    blank.around(sheet, len(made.slides), above, ASSUMPTIONS_IN_SHORT)
    for at, (who, words) in enumerate(cards):
        across, down = 40 + 448 * (at % 2), 100 + 134 * (at // 2)
        card, top, room = (
            Area(across, down, 432, 122),
            Area(across + 14, down + 10, 404, 16),
            Area(across + 14, down + 30, 404, 84),
        )
        size = blank.fitting(words, room, 18, bold=False)
        lines = wrap(words, size, room.width, int(room.height / (size * blank.LINE)))
        told = " ".join(lines) if lines[-1].endswith(CUT) else words
        sheet.add(
            Shape("card", card, "roundRect", LIGHT.box, Stroke(LIGHT.grid, 1)),
            Shape("who", top, words=Words((who,), blank.fitting(who, top, 12), LIGHT.muted, bold=True)),
            Shape("words", room, words=Words((told,), size, LIGHT.ink)),
        )
