"""Ratings: what people said of the boxes of a partner, each one kept beside the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, true

from loops.partners import SAID, Mark
from loops.store.bounds import RATINGS, TEXT, past_day, room, words
from loops.store.database import Database, Space, now
from loops.store.partner import partner
from loops.store.problems import StoreProblem
from loops.store.records import Rating
from loops.store.rows import here
from loops.store.tables import partners
from loops.store.tables import ratings as table

_MARK = tuple(table.c[field.name] for field in fields(Mark))
_RATING = (table.c.id, table.c.partner_id, *_MARK, table.c.author, table.c.made_at)


def rate(
    store: Database, token: str, partner_id: int, marks: Sequence[Mark], *, author: str = ""
) -> tuple[Rating, ...]:
    """Keep what somebody said of boxes of a partner; all of it, or nothing. Returned by day.

    Nothing is ever overwritten: what two people say at once is kept of both. A slip is taken back by
    :meth:`loops.store.Store.delete`.
    """
    with store.writing(token) as space:
        partner(space, partner_id)
        numbers = added_ratings(space, partner_id, marks, author)
        return listed(space, here(space, table) & table.c.id.in_(numbers))


def ratings_of(
    store: Database, token: str, partner_id: int, *, until: date | None = None, deleted: bool = False
) -> tuple[Rating, ...]:
    """The ratings of a partner by day, those of one day as they were kept; or those that were taken back.

    With `until` those up to that day.
    """
    with store.reading(token) as space:
        partner(space, partner_id)
        wanted = here(space, table, deleted=deleted) & (table.c.partner_id == partner_id)
        return listed(space, wanted if until is None else wanted & (table.c.day <= until))


def standings(
    store: Database, token: str, *, model: str, days: Sequence[date | None] = (None,)
) -> tuple[Mapping[int, tuple[Rating, ...]], ...]:
    """For each of some days, None for now: by the id of each partner the ratings that say where it stood.

    They are those of the last day on which a box was rated by a role, by day: more than one where people
    differed. All the days are looked up in one pass, for the ratings are many.
    """
    with store.reading(token) as space:
        mine = here(space, partners) & (partners.c.model == model)
        kept = table.c.deleted_at.is_(None) & table.c.partner_id.in_(select(partners.c.id).where(mine))
        box = (table.c.partner_id, table.c.on, table.c.role)
        until = [func.max(table.c.day).filter(true() if day is None else table.c.day <= day) for day in days]
        last = select(*box, *(day.label(f"day_{n}") for n, day in enumerate(until))).where(kept)
        last_day = last.group_by(*box).subquery()
        its = [last_day.c[f"day_{n}"] for n in range(len(days))]
        same = and_(*(column == last_day.c[column.name] for column in box), table.c.day.in_(its))
        find = select(*_RATING, *its).join(last_day, same).where(table.c.deleted_at.is_(None))
        stood: list[dict[int, list[Rating]]] = [{} for _ in days]
        for row in space.connection.execute(find.order_by(table.c.day, table.c.id)):
            rating = _rating(row[: len(_RATING)])
            for found, day in zip(stood, row[len(_RATING) :], strict=True):
                if rating.mark.day == day:
                    found.setdefault(rating.partner_id, []).append(rating)
        return tuple({number: tuple(each) for number, each in found.items()} for found in stood)


def listed(space: Space, wanted: ColumnElement[bool]) -> tuple[Rating, ...]:
    """The ratings that meet a condition, by day."""
    find = select(*_RATING).where(wanted).order_by(table.c.day, table.c.id)
    return tuple(_rating(row) for row in space.connection.execute(find))


def added_ratings(space: Space, partner_id: int, marks: Sequence[Mark], author: str = "") -> list[int]:
    """Add ratings and return their ids."""
    author, whole = words(author, "The name", needed=False), [checked(mark) for mark in marks]
    if not whole:
        return []
    count = select(func.count()).select_from(table).where(table.c.partner_id == partner_id)
    room(int(space.connection.scalar(count) or 0) + len(whole) - 1, RATINGS, "ratings with these")
    common = {"workspace_id": space.id, "partner_id": partner_id, "author": author, "made_at": now()}
    new = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [int(number) for number in space.connection.scalars(new, [common | vars(mark) for mark in whole])]


def ever(space: Space, partner_id: int) -> Counter[Mark]:
    """How often each thing was said of a partner, what was taken back too."""
    rows = space.connection.execute(select(*_MARK).where(table.c.partner_id == partner_id))
    return Counter(Mark(*row) for row in rows)


def checked(mark: Mark) -> Mark:
    """What was said as it is kept; raises :class:`StoreProblem` that says what to mend."""
    if mark.said not in SAID:
        raise StoreProblem(f"A box is {', '.join(SAID[:-2])} or mostly there, or you {SAID[-1]}. Choose one.")
    return replace(
        mark,
        on=words(mark.on, "The box"),
        day=past_day(mark.day, "The day"),
        role=words(mark.role, "The role", needed=False),
        reason=words(mark.reason, "The reason", TEXT, needed=False),
        who=words(mark.who, "Who said it", needed=False),
    )


def _rating(row: Any) -> Rating:
    number, partner_id, *said, author, made_at = row
    return Rating(number, partner_id, Mark(*said), author, made_at)
