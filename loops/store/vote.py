"""Votes on arrows, one per voter, hidden until their round is closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, insert, select, update

from loops.store.bounds import VOTES, room, words
from loops.store.database import Database, Space, now, secret
from loops.store.problems import StoreProblem
from loops.store.records import ANSWERS, Answer, Round, Tally
from loops.store.rows import added, here, one
from loops.store.tables import rounds
from loops.store.tables import votes as cast

_ROUND = (
    rounds.c.id,
    rounds.c.model,
    rounds.c.link,
    rounds.c.number,
    rounds.c.expected,
    rounds.c.made_at,
    rounds.c.closed_at,
)


def open_round(store: Database, token: str, *, model: str, link: str = "", expected: int = 0) -> Round:
    """Open a round of votes on one arrow of a model, or on all; one that is open already is returned.

    On one arrow it closes by itself once as many have voted as are `expected`, unless that is 0.
    """
    if not 0 <= expected <= VOTES:
        raise StoreProblem(f"The number who vote is between 1 and {VOTES:,}.")
    model = words(model, "The name of the model")
    link = words(link, "The arrow", needed=False)
    with store.writing(token) as space:
        same = here(space, rounds) & (rounds.c.model == model) & (rounds.c.link == link)
        open_already = select(*_ROUND).where(same, rounds.c.closed_at.is_(None))
        if (row := space.connection.execute(open_already).first()) is not None:
            return Round(*row)
        last = space.connection.scalar(select(func.max(rounds.c.number)).where(same)) or 0
        what = {"model": model, "link": link, "number": last + 1, "expected": expected}
        return _round(space, added(space, rounds, "rounds", **what))


def close_round(store: Database, token: str, round_id: int) -> Round:
    """Close a round: nobody can vote in it any more, and everybody sees the counts."""
    with store.writing(token) as space:
        _close(space, round_id)
        return _round(space, round_id)


def _close(space: Space, number: int) -> None:
    mine = here(space, rounds) & (rounds.c.id == number) & rounds.c.closed_at.is_(None)
    space.connection.execute(update(rounds).where(mine).values(closed_at=now()))


def rounds_of(store: Database, token: str, *, model: str | None = None) -> tuple[Round, ...]:
    """The rounds of votes, of one model if it is named."""
    with store.reading(token) as space:
        find = select(*_ROUND).where(here(space, rounds)).order_by(rounds.c.id)
        if model is not None:
            find = find.where(rounds.c.model == model)
        return tuple(Round(*row) for row in space.connection.execute(find))


def cast_vote(  # noqa: PLR0913  who, in which round, on which arrow, what
    store: Database, token: str, round_id: int, *, link: str, voter: str, answer: Answer
) -> None:
    """Vote on an arrow, or change one's vote; `voter` is a token that nobody else has."""
    link, voter = words(link, "The arrow"), secret(words(voter, "The voter"))
    if answer not in ANSWERS:
        raise StoreProblem("An answer is yes, no or depends. Choose one of the three.")
    with store.writing(token) as space:
        votes_on = _round(space, round_id)
        if votes_on.closed_at is not None:
            raise StoreProblem("This round of votes is closed. Open a new round to vote again.")
        if votes_on.link not in ("", link):
            raise StoreProblem("This round of votes is on another arrow. Load the page again.")
        mine = (cast.c.round_id == round_id) & (cast.c.link == link) & (cast.c.voter == voter)
        space.connection.execute(delete(cast).where(mine))
        count = select(func.count()).select_from(cast).where(cast.c.round_id == round_id)
        others = int(space.connection.scalar(count) or 0)
        room(others, VOTES, "votes in this round")
        row = {"round_id": round_id, "link": link, "voter": voter, "answer": answer, "made_at": now()}
        space.connection.execute(insert(cast).values(row))
        if votes_on.link and others + 1 >= votes_on.expected > 0:
            _close(space, round_id)


def votes(store: Database, token: str, round_id: int) -> dict[str, Tally]:
    """By arrow, how many have voted, and once the round is closed what they said."""
    with store.reading(token) as space:
        closed = _round(space, round_id).closed_at is not None
        find = select(cast.c.link, cast.c.answer, func.count()).where(cast.c.round_id == round_id)
        rows = space.connection.execute(find.group_by(cast.c.link, cast.c.answer)).all()
    counts: dict[str, dict[Answer, int]] = {}
    for link, answer, count in sorted(rows):
        counts.setdefault(link, dict.fromkeys(ANSWERS, 0))[answer] = count
    return {link: Tally(sum(one.values()), one if closed else None) for link, one in counts.items()}


def votes_by(store: Database, token: str, round_id: int, *, voter: str) -> dict[str, Answer]:
    """By arrow, what one voter has said in a round."""
    with store.reading(token) as space:
        _round(space, round_id)
        mine = (cast.c.round_id == round_id) & (cast.c.voter == secret(words(voter, "The voter")))
        rows: Any = space.connection.execute(select(cast.c.link, cast.c.answer).where(mine))
        return dict(sorted(rows))


def _round(space: Space, number: int) -> Round:
    return Round(*one(space, select(*_ROUND).where(here(space, rounds), rounds.c.id == number), "round"))
