"""Snapshots: what a page showed, kept under a title."""

from __future__ import annotations

from sqlalchemy import select

from loops.store.bounds import PAYLOAD, words
from loops.store.database import Database
from loops.store.records import Snapshot
from loops.store.rows import added, here, one
from loops.store.tables import snapshots as table

_FIELDS = (table.c.id, table.c.title, table.c.model, table.c.payload, table.c.made_at)


def save_snapshot(store: Database, token: str, *, title: str, model: str, payload: str) -> Snapshot:
    """Keep what a page shows of a model; `payload` is the page's own JSON text."""
    title = words(title, "The title")
    model = words(model, "The name of the model")
    payload = words(payload, "What this page would keep", PAYLOAD)
    with store.writing(token) as space:
        number = added(space, table, "snapshots", title=title, model=model, payload=payload)
        row = one(space, select(*_FIELDS).where(table.c.id == number), "snapshot")
        return Snapshot(*row)


def snapshots(
    store: Database, token: str, *, model: str | None = None, deleted: bool = False
) -> tuple[Snapshot, ...]:
    """The snapshots, of one model if it is named; or the deleted ones."""
    with store.reading(token) as space:
        find = select(*_FIELDS).where(here(space, table, deleted=deleted)).order_by(table.c.id)
        if model is not None:
            find = find.where(table.c.model == model)
        return tuple(Snapshot(*row) for row in space.connection.execute(find))
