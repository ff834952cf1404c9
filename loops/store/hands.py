"""Shows of hands: a question to the room, and how many hands each option got."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, insert, select

from loops.store.bounds import OPTIONS, TEXT, VOTES, words
from loops.store.database import Database, Space
from loops.store.meeting import meeting
from loops.store.problems import StoreProblem
from loops.store.records import ShowOfHands
from loops.store.rows import added, here
from loops.store.tables import hand_counts, hands


def save_show_of_hands(  # noqa: PLR0913  what was asked, and what came of it
    store: Database,
    token: str,
    *,
    question: str,
    options: Sequence[str],
    counts: Sequence[int],
    meeting_id: int | None = None,
) -> ShowOfHands:
    """Keep how many hands each option of a question got; one count for each option."""
    question = words(question, "The question", TEXT)
    options = [words(option, "An option") for option in options]
    if not 1 <= len(options) == len(counts) <= OPTIONS:
        raise StoreProblem(f"A question has 1 to {OPTIONS} options, and a number of hands for each.")
    if any(not 0 <= count <= VOTES for count in counts):
        raise StoreProblem(f"A number of hands is between 0 and {VOTES:,}.")
    with store.writing(token) as space:
        if meeting_id is not None:
            meeting(space, meeting_id)
        number = added(space, hands, "shows of hands", question=question, meeting_id=meeting_id)
        counted = enumerate(zip(options, counts, strict=True))
        rows = [
            {"hand_id": number, "place": place, "option": option, "count": count}
            for place, (option, count) in counted
        ]
        space.connection.execute(insert(hand_counts), rows)
        return _shows(space, hands.c.id == number)[0]


def shows_of_hands(
    store: Database, token: str, *, meeting_id: int | None = None, deleted: bool = False
) -> tuple[ShowOfHands, ...]:
    """The shows of hands, of one meeting if it is named; or the deleted ones."""
    with store.reading(token) as space:
        wanted = here(space, hands, deleted=deleted)
        return _shows(space, wanted if meeting_id is None else wanted & (hands.c.meeting_id == meeting_id))


def _shows(space: Space, wanted: ColumnElement[bool]) -> tuple[ShowOfHands, ...]:
    find = select(hands, hand_counts.c.option, hand_counts.c.count).join(hand_counts).where(wanted)
    rows = space.connection.execute(find.order_by(hands.c.id, hand_counts.c.place))
    return tuple(_show(list(group)) for _, group in groupby(rows, key=lambda row: row.id))


def _show(rows: Sequence[Any]) -> ShowOfHands:
    first = rows[0]
    return ShowOfHands(
        first.id,
        first.question,
        tuple(row.option for row in rows),
        tuple(row[-1] for row in rows),  # row.count is a method of tuples
        first.meeting_id,
        first.made_at,
    )
