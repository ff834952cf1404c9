"""Ideas: what the tables of a room would see, hear, feel or do, with every version of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update

from loops.influence import AUDIENCES, SPHERES, Audience, Sphere
from loops.store.bounds import TEXT, VERSIONS, room, words
from loops.store.database import Database, Space, now
from loops.store.problems import StoreProblem
from loops.store.records import SENSES, Idea, NoteVersion, Nowhere, Sense
from loops.store.rows import added, here, latest, one, past
from loops.store.tables import idea_versions as versions
from loops.store.tables import ideas as table
from loops.store.tables import items
from loops.store.utopia import item_of, kept_item, utopia

_IDEA = (
    table.c.id,
    table.c.utopia_id,
    table.c.at_table,
    table.c.sense,
    table.c.at,
    table.c.on,
    versions.c.text,
    items.c.id,
    versions.c.author,
    table.c.version,
    table.c.beside,
    table.c.made_at,
    versions.c.made_at,
)


def add_idea(  # noqa: PLR0913  an idea is of a table and a sense, or of a cell of the matrix
    store: Database,
    token: str,
    utopia_id: int,
    *,
    text: str,
    sense: Sense,
    at: Sphere | Nowhere = "",
    on: Audience | Nowhere = "",
    at_table: str = "",
    author: str = "",
) -> Idea:
    """Keep an idea of a table: what they would see, hear, feel or do, on what level and for whom."""
    if sense not in SENSES:
        raise StoreProblem("An idea is something to see, hear, feel or do. Choose one of the four.")
    check_cell(at, on)
    at_table = words(at_table, "The name of the table", needed=False)
    text, author = _said(text, author)
    with store.writing(token) as space:
        utopia(space, utopia_id)
        about = {"utopia_id": utopia_id, "at_table": at_table, "sense": sense, "at": at, "on": on}
        number = added(space, table, "ideas", version=1, **about)
        _write(space, number, 1, text, author)
        return _idea(space, number)


def check_cell(at: str, on: str) -> None:
    """Raise :class:`StoreProblem` for a level or an audience that the influencer matrix does not have."""
    if at not in ("", *SPHERES):
        raise StoreProblem("A level is individual, social or infrastructure. Choose one, or leave it empty.")
    if on not in ("", *AUDIENCES):
        raise StoreProblem("It is for workforce, community or organisation. Choose one, or leave it empty.")


def edit_idea(  # noqa: PLR0913  which idea, as it read, and how it should
    store: Database, token: str, idea_id: int, *, version: int, text: str, author: str = ""
) -> Idea:
    """Change the idea that read as its `version`; returns it, or an idea beside it.

    When somebody else has changed it in the meantime their words stay, and these become a new idea of the
    same table `beside` theirs: nobody's are lost.
    """
    text, author = _said(text, author)
    with store.writing(token) as space:
        idea = _idea(space, idea_id)
        if idea.version != version:
            copied = ("utopia_id", "at_table", "sense", "at", "on", "item_id")
            about = {name: getattr(idea, name) for name in copied}
            number = added(space, table, "ideas", version=1, beside=idea.id, **about)
            _write(space, number, 1, text, author)
            return _idea(space, number)
        room(idea.version, VERSIONS, "versions of this idea")
        _write(space, idea.id, idea.version + 1, text, author)
        _change(space, [idea.id], version=idea.version + 1)
        return _idea(space, idea.id)


def ideas(store: Database, token: str, utopia_id: int, *, deleted: bool = False) -> tuple[Idea, ...]:
    """The ideas of a utopia; or the deleted ones."""
    with store.reading(token) as space:
        utopia(space, utopia_id)
        find = _find(here(space, table, deleted=deleted) & (table.c.utopia_id == utopia_id))
        return tuple(Idea(*row) for row in space.connection.execute(find))


def idea_history(store: Database, token: str, idea_id: int) -> tuple[NoteVersion, ...]:
    """Every version of an idea, the first one first."""
    with store.reading(token) as space:
        columns = (versions.c.version, versions.c.text, versions.c.author, versions.c.made_at)
        return tuple(NoteVersion(*row) for row in past(space, table, versions, idea_id, columns))


def gather(store: Database, token: str, item_id: int, idea_ids: Sequence[int]) -> tuple[Idea, ...]:
    """Gather ideas into an item of their utopia, out of any that they were in; all of them, or none."""
    with store.writing(token) as space:
        for number in idea_ids:
            item_of(space, _idea(space, number).utopia_id, item_id)
        _change(space, idea_ids, item_id=item_id)
        return tuple(_idea(space, number) for number in idea_ids)


def apart(store: Database, token: str, idea_id: int) -> Idea:
    """Take an idea out of the item that it was gathered into."""
    with store.writing(token) as space:
        _idea(space, idea_id)
        _change(space, [idea_id], item_id=None)
        return _idea(space, idea_id)


def _said(text: str, author: str) -> tuple[str, str]:
    return words(text, "The idea", TEXT), words(author, "The name", needed=False)


def _write(space: Space, number: int, version: int, text: str, author: str) -> None:
    row = {"idea_id": number, "version": version, "text": text, "author": author, "made_at": now()}
    space.connection.execute(insert(versions).values(row))


def _change(space: Space, numbers: Sequence[int], **values: int | None) -> None:
    space.connection.execute(update(table).where(table.c.id.in_(numbers)).values(values))


def _find(wanted: ColumnElement[bool]) -> Select[Any]:
    find = select(*_IDEA).join(versions, latest(table, versions)).outerjoin(items, kept_item(table))
    return find.where(wanted).order_by(table.c.id)


def _idea(space: Space, number: int) -> Idea:
    return Idea(*one(space, _find(here(space, table) & (table.c.id == number)), "idea"))
