"""What every kind of saved thing does alike: count, add, list, versions, delete, restore."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, insert, select, update

from loops.store.bounds import MOST, VERSIONS, room
from loops.store.database import Space, now
from loops.store.problems import StoreProblem


def added(space: Space, table: Table, called: str, **values: Any) -> int:
    """Add a row and return its id; raises :class:`StoreProblem` when the workspace holds too many."""
    count = select(func.count()).select_from(table).where(table.c.workspace_id == space.id)
    room(int(space.connection.scalar(count) or 0), MOST[table.name], called)
    if "made_at" in table.c:
        values.setdefault("made_at", now())
    new = insert(table).values(workspace_id=space.id, **values).returning(table.c.id)
    return int(space.connection.execute(new).scalar_one())


def here(space: Space, table: Table, *, deleted: bool = False) -> ColumnElement[bool]:
    """The condition that a row is of this workspace, and is kept (or, on request, deleted)."""
    kept = table.c.deleted_at.is_not(None) if deleted else table.c.deleted_at.is_(None)
    return (table.c.workspace_id == space.id) & kept


def one(space: Space, find: Select[Any], called: str) -> Any:
    """The only row found; raises :class:`StoreProblem` when there is none."""
    row = space.connection.execute(find).one_or_none()
    if row is None:
        raise StoreProblem(f"This {called} is not here any more. Load the page again.")
    return row


def latest(table: Table, versions: Table) -> ColumnElement[bool]:
    """The condition that a version of a row is the one as which the row reads now."""
    (key,) = versions.foreign_keys
    return (key.parent == table.c.id) & (versions.c.version == table.c.version)


def past(
    space: Space, table: Table, versions: Table, number: int, columns: Iterable[ColumnElement[Any]]
) -> Sequence[Any]:
    """Columns of every version of a row of this workspace, kept or deleted, the first one first."""
    find = select(*columns).join_from(versions, table)
    mine = find.where(table.c.workspace_id == space.id, table.c.id == number)
    return space.connection.execute(mine.order_by(versions.c.version)).all()


def next_version(current: int, version: int, called: str, label: str) -> int:
    """The number of the next version of a row that was read as `version` and reads now as `current`.

    Raises :class:`StoreProblem` when somebody else has changed it in the meantime: theirs stays.
    """
    if current != version:
        raise StoreProblem(
            f"Somebody else has changed “{label}” in the meantime, so this was not kept. "
            "Look at what it says now, then change it again."
        )
    room(current, VERSIONS, f"versions of this {called}")
    return current + 1


def marked(space: Space, table: Table, number: int, *, deleted: bool) -> None:
    """Mark a row of this workspace as deleted, or as kept again; doing it twice changes nothing.

    Raises :class:`StoreProblem` when it is not here, as what was erased.
    """
    mine = (table.c.workspace_id == space.id) & (table.c.id == number)
    change = update(table).values(deleted_at=now() if deleted else None)
    if not space.connection.execute(
        change.where(here(space, table, deleted=not deleted)).where(mine)
    ).rowcount:
        one(space, select(table.c.id).where(mine), "entry")
