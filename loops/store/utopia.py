"""Utopias: a setting that a room imagines at its best, and what its people commit themselves to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, Table, select

from loops.store.bounds import TEXT, words
from loops.store.database import Database, Space
from loops.store.records import Commitment, Utopia
from loops.store.rows import added, here, one
from loops.store.tables import commitments as committed
from loops.store.tables import items
from loops.store.tables import utopias as table

_UTOPIA = (table.c.id, table.c.model, table.c.setting, table.c.title, table.c.made_at)


def start_utopia(store: Database, token: str, *, model: str, setting: str, title: str = "") -> Utopia:
    """Start to imagine a setting; of the same model, setting and title, the one that is here is returned."""
    said = {
        "model": words(model, "The name of the model"),
        "setting": words(setting, "The setting"),
        "title": words(title, "The title", needed=False),
    }
    with store.writing(token) as space:
        same = (table.c[name] == text for name, text in said.items())
        find = select(*_UTOPIA).where(here(space, table), *same).order_by(table.c.id)
        if (going_on := space.connection.execute(find).first()) is not None:
            return Utopia(*going_on)
        return utopia(space, added(space, table, "utopias", **said))


def utopias(
    store: Database, token: str, *, model: str | None = None, deleted: bool = False
) -> tuple[Utopia, ...]:
    """The utopias, of one model if it is named; or the deleted ones."""
    with store.reading(token) as space:
        find = select(*_UTOPIA).where(here(space, table, deleted=deleted)).order_by(table.c.id)
        if model is not None:
            find = find.where(table.c.model == model)
        return tuple(Utopia(*row) for row in space.connection.execute(find))


def utopia(space: Space, number: int) -> Utopia:
    """A utopia of this workspace by its id; raises :class:`StoreProblem` when it is not there."""
    find = select(*_UTOPIA).where(here(space, table), table.c.id == number)
    return Utopia(*one(space, find, "utopia"))


def item_of(space: Space, utopia_id: int, item_id: int) -> None:
    """Raise :class:`StoreProblem` when a utopia has no such item."""
    find = select(items.c.id).where(here(space, items), items.c.id == item_id)
    one(space, find.where(items.c.utopia_id == utopia_id), "item")


def kept_item(of: Table) -> ColumnElement[bool]:
    """The condition that what a row is about is an item of its own utopia that is not deleted."""
    same = (items.c.id == of.c.item_id) & (items.c.utopia_id == of.c.utopia_id)
    return same & items.c.deleted_at.is_(None)


def save_commitment(  # noqa: PLR0913  a commitment has these three lines, in a utopia
    store: Database,
    token: str,
    utopia_id: int,
    *,
    what: str,
    who: str = "",
    by_when: str = "",
    item_id: int | None = None,
) -> Commitment:
    """Keep what somebody commits themselves to; only what it is must be said."""
    said = {
        "what": words(what, "What you commit yourselves to", TEXT),
        "who": words(who, "Who does it", needed=False),
        "by_when": words(by_when, "By when", needed=False),
    }
    with store.writing(token) as space:
        utopia(space, utopia_id)
        if item_id is not None:
            item_of(space, utopia_id, item_id)
        number = added(space, committed, "commitments", utopia_id=utopia_id, item_id=item_id, **said)
        return Commitment(*one(space, _find(committed.c.id == number), "commitment"))


def commitments(
    store: Database, token: str, utopia_id: int, *, deleted: bool = False
) -> tuple[Commitment, ...]:
    """What the people of a utopia have committed themselves to; or what was deleted of it."""
    with store.reading(token) as space:
        utopia(space, utopia_id)
        find = _find(here(space, committed, deleted=deleted) & (committed.c.utopia_id == utopia_id))
        return tuple(Commitment(*row) for row in space.connection.execute(find))


def _find(wanted: ColumnElement[bool]) -> Select[Any]:
    what = (committed.c.what, committed.c.who, committed.c.by_when, committed.c.made_at)
    find = select(committed.c.id, committed.c.utopia_id, items.c.id, *what)
    return find.outerjoin(items, kept_item(committed)).where(wanted).order_by(committed.c.id)
