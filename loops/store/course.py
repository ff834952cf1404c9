"""Courses: what we expected of a partner from a day on, kept so that it can be held against what happened."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from loops.store.bounds import PAYLOAD, past_day, words
from loops.store.database import Database
from loops.store.partner import partner
from loops.store.records import Course
from loops.store.rows import added, here, one
from loops.store.tables import courses as table

_COURSE = tuple(table.c[name] for name in ("id", "partner_id", "title", "begun", "payload", "made_at"))


def keep_course(  # noqa: PLR0913  from when on, under which title
    store: Database, token: str, partner_id: int, *, title: str, begun: date, payload: str
) -> Course:
    """Keep what we expect of a partner from a day on; `payload` is the page's own JSON text."""
    said = {
        "title": words(title, "The title"),
        "begun": past_day(begun, "The day from which"),
        "payload": words(payload, "What this page would keep", PAYLOAD),
    }
    with store.writing(token) as space:
        partner(space, partner_id)
        number = added(space, table, "courses", partner_id=partner_id, **said)
        return Course(*one(space, select(*_COURSE).where(table.c.id == number), "course"))


def courses(store: Database, token: str, partner_id: int, *, deleted: bool = False) -> tuple[Course, ...]:
    """What we expected of a partner, by the day from which; or what was deleted of it."""
    with store.reading(token) as space:
        partner(space, partner_id)
        find = select(*_COURSE).where(here(space, table, deleted=deleted), table.c.partner_id == partner_id)
        rows = space.connection.execute(find.order_by(table.c.begun, table.c.id))
        return tuple(Course(*row) for row in rows)
