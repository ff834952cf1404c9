"""A workspace as one JSON file, and back into a new workspace of any database."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from sqlalchemy import ForeignKey, Select, Table, insert, select
from sqlalchemy.exc import IntegrityError

from loops.store import tables
from loops.store.database import Database, Space, identify
from loops.store.incoming import BAD, FORMAT, checked, read
from loops.store.problems import StoreProblem
from loops.store.records import Workspace
from loops.store.workspaces import made

_FIGURES = (tables.meetings, tables.hands, tables.hand_counts, tables.rounds, tables.votes)
_PARTNERS = (tables.partners, tables.partner_versions)
_VERSIONED = (
    (tables.notes, tables.note_versions),
    (tables.observations, tables.observation_versions),
    (tables.items, tables.item_versions),
    (tables.ideas, tables.idea_versions),
    (tables.actions, tables.action_versions),
)
_LEAVES = (tables.ratings, tables.courses)
"""Tables with numbers that nothing else in a file names, so that their rows can be added all at once."""
_WORDS = (
    tables.snapshots,
    *_PARTNERS,
    tables.decisions,
    tables.utopias,
    *chain.from_iterable(_VERSIONED),
    tables.commitments,
    tables.ratings,
    tables.courses,
)
"""What people wrote, or gave a title: it may name somebody. The title of a meeting can be left out."""


def export(store: Database, token: str, *, with_words: bool) -> str:
    """The workspace as JSON text; all that people wrote, and what they deleted, is in it only `with_words`.

    What is left then: when meetings were, hands and votes. Raises :class:`StoreProblem` while a round of
    votes is open, for its votes are hidden.
    """
    kinds = (*_FIGURES, *(_WORDS if with_words else ()))
    with store.writing(token) as space:  # nobody changes it half-way
        still_open = tables.rounds.c.closed_at.is_(None) & (tables.rounds.c.workspace_id == space.id)
        if space.connection.scalar(select(tables.rounds.c.id).where(still_open).limit(1)):
            raise StoreProblem("A round of votes is still open, and its votes are hidden. Close it first.")
        found = select(tables.workspaces.c.name).where(tables.workspaces.c.id == space.id)
        name = space.connection.scalar(found)
        # hands may have been shown in a meeting that was deleted, so meetings are in it all the same
        kept = {one.name: _rows(space, one, deleted=with_words or one is tables.meetings) for one in kinds}
    if not with_words:
        for row in kept["meetings"]:
            row["title"] = ""
    head = {"living_loops_space": FORMAT, "name": name if with_words else ""}
    return "{\n" + ",\n".join(f'"{part}": {_written(held)}' for part, held in (head | kept).items()) + "\n}\n"


_JSON = json.JSONEncoder(ensure_ascii=False, default=str)


def _written(held: object) -> str:
    """A value as JSON, and a list with a line for each row (an indent would take ten times as long)."""
    if not isinstance(held, list):
        return _JSON.encode(held)
    return "[" + ",".join("\n" + _JSON.encode(row) for row in held) + "]"


def _rows(space: Space, table: Table, *, deleted: bool) -> list[dict[str, Any]]:
    """The rows of this workspace; `deleted` ones too, or only those that are kept."""
    owner = table if "workspace_id" in table.c else _owner(table)
    find: Select[Any] = select(*(column for column in table.c if column.name != "workspace_id"))
    find = find if owner is table else find.join(owner)
    find = find.where(owner.c.workspace_id == space.id).order_by(*table.primary_key)
    found = space.connection.execute(find if deleted else find.where(owner.c.deleted_at.is_(None)))
    return [dict(row) for row in found.mappings()]


def import_workspace(store: Database, text: str, *, name: str = "") -> Workspace:
    """Make a new workspace of an exported file, under `name` or the file's own; all of it, or nothing."""
    content = read(text)
    with store.transaction(writing=True) as connection:
        new = made(connection, name or content["name"] or "From a file")
        space = Space(connection, identify(connection, new.token))
        ids: dict[str, dict[Any, int]] = {}
        try:
            for table in (*_FIGURES, *_WORDS):
                ids[table.name] = _fill(space, table, content.get(table.name, []), ids)
        except IntegrityError:
            raise StoreProblem(f"{BAD} its parts do not fit together.") from None
        _refuse_lost_words(space)
    return new


def _fill(space: Space, table: Table, rows: object, ids: dict[str, dict[Any, int]]) -> dict[Any, int]:
    """Add the rows of one table; what they belong to is found by the ids of the file, which are new here."""
    known: dict[Any, int] = {}  # with 0 for what nothing names
    ids = ids | {table.name: known}
    bulk = []
    for row in checked(table, rows):
        number = row.pop("id", None)
        for key in table.foreign_keys:
            row[key.parent.name] = _moved(key, row, ids, space)
        if table is tables.notes:
            row["element"] = _element(row["element"], ids["decisions"])
        if number is not None and number in known:
            raise StoreProblem(f"{BAD} two things in {table.name} have one number.")
        if number is None or table in _LEAVES:
            bulk.append(row)
            known[number] = 0
        else:
            new = insert(table).values(row).returning(table.c.id)
            known[number] = space.connection.execute(new).scalar_one()
    if bulk:
        space.connection.execute(insert(table), bulk)
    return known


def _moved(key: ForeignKey, row: dict[str, Any], ids: dict[str, dict[Any, int]], space: Space) -> int | None:
    """What a row belongs to, here."""
    if key.column.table is tables.workspaces:
        return space.id
    old = row[key.parent.name]
    if old is not None and old not in ids[key.column.table.name]:
        raise StoreProblem(f"{BAD} something in it belongs to nothing.")
    return None if old is None else ids[key.column.table.name][old]


def _element(element: str, decisions: dict[Any, int]) -> str:
    """What a note is on: a decision has another number here."""
    kind, _, old = element.partition(":")
    if kind != "decision":
        return element
    found = [new for number, new in decisions.items() if str(number) == old]
    if not found:
        raise StoreProblem(f"{BAD} a note in it is on a decision that is not.")
    return f"decision:{found[0]}"


def _owner(table: Table) -> Table:
    (key,) = table.foreign_keys
    return key.column.table


def _refuse_lost_words(space: Space) -> None:
    """A note, say, whose words are missing would be there and never be seen."""
    for table, versions in (_PARTNERS, *_VERSIONED):
        (key,) = versions.foreign_keys
        same = (key.parent == table.c.id) & (versions.c.version == table.c.version)
        lost = select(table.c.id).outerjoin(versions, same)
        lost = lost.where(table.c.workspace_id == space.id, versions.c.version.is_(None))
        if space.connection.scalar(lost.limit(1)) is not None:
            raise StoreProblem(f"{BAD} something in {table.name} has no words.")
