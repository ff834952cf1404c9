"""One partner wholly gone: its rows, and what the files of a database would still hold of them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, String, Table, cast, delete, func, literal, select

from loops.store import tables
from loops.store.database import Database, Space
from loops.store.records import Belongings
from loops.store.rows import one

_Rows = Mapping[Table, ColumnElement[bool]]


def belongings(store: Database, token: str, partner_id: int) -> Belongings:
    """What is kept of a partner, kept or deleted: what :func:`erase_partner` would take away."""
    with store.reading(token) as space:
        return _counted(space, _rows(space, partner_id))


def erase_partner(store: Database, token: str, partner_id: int) -> Belongings:
    """Take away all that is kept of a partner, kept or deleted, for good; returns how much that was.

    Its versions, ratings, actions and courses go, the decisions about it and the notes on those. Nothing
    brings them back. What people wrote elsewhere stays, though it may name the partner: so do backups and
    exported files.

    In a file of SQLite nothing of it is left between the rows either, at the latest when it is next opened.
    A server of PostgreSQL writes over deleted rows, and its own log, in its own time.
    """
    with store.writing(token) as space:
        rows = _rows(space, partner_id)
        went = _counted(space, rows)
        for table, wanted in rows.items():
            space.connection.execute(delete(table).where(wanted))
        store.erasing(space.connection)
    store.tidy()
    return went


def _rows(space: Space, partner_id: int) -> _Rows:
    """The condition of each table's rows that belong to a partner, what depends on others first."""
    mine = (tables.partners.c.workspace_id == space.id) & (tables.partners.c.id == partner_id)
    one(space, select(tables.partners.c.id).where(mine), "partner")
    about = tables.decisions.c.partner_id == partner_id
    decided = select(literal("decision:") + cast(tables.decisions.c.id, String)).where(about)
    on_those = (tables.notes.c.workspace_id == space.id) & tables.notes.c.element.in_(decided)
    done = tables.actions.c.partner_id == partner_id
    return {
        tables.note_versions: tables.note_versions.c.note_id.in_(select(tables.notes.c.id).where(on_those)),
        tables.notes: on_those,
        tables.decisions: about,
        tables.courses: tables.courses.c.partner_id == partner_id,
        tables.action_versions: tables.action_versions.c.action_id.in_(
            select(tables.actions.c.id).where(done)
        ),
        tables.actions: done,
        tables.ratings: tables.ratings.c.partner_id == partner_id,
        tables.partner_versions: tables.partner_versions.c.partner_id == partner_id,
        tables.partners: mine,
    }


def _counted(space: Space, rows: _Rows) -> Belongings:
    def count(table: Table) -> int:
        return int(space.connection.scalar(select(func.count()).select_from(table).where(rows[table])) or 0)

    return Belongings(
        versions=count(tables.partner_versions),
        ratings=count(tables.ratings),
        actions=count(tables.actions),
        courses=count(tables.courses),
        decisions=count(tables.decisions),
        notes=count(tables.notes),
    )
