"""Notes: what people in a role said about an element, with every version of it."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import ColumnElement, Select, insert, select, update

from loops.store.bounds import TEXT, VERSIONS, room, words
from loops.store.database import Database, Space, now
from loops.store.problems import StoreProblem
from loops.store.records import Note, NoteVersion
from loops.store.rows import added, here, latest, one, past
from loops.store.tables import note_versions as versions
from loops.store.tables import notes as table

_ELEMENT = re.compile(r"(node|link|loop|decision):\S.*")
_NOTE = (
    table.c.id,
    table.c.model,
    table.c.element,
    table.c.role,
    versions.c.text,
    versions.c.author,
    table.c.version,
    table.c.beside,
    table.c.made_at,
    versions.c.made_at,
)


def add_note(  # noqa: PLR0913  a note says what, on what, and in which role
    store: Database, token: str, *, model: str, element: str, text: str, role: str = "", author: str = ""
) -> Note:
    """Keep a note on an element (``node:ID``, ``link:KEY``, ``loop:ID``) or on what came of a decision.

    That is ``decision:ID``. Its author may stay unnamed.
    """
    model = words(model, "The name of the model")
    element = words(element, "What the note is on")
    if not _ELEMENT.fullmatch(element):
        raise StoreProblem("A note is on a box, an arrow or a loop. Choose one in the diagram first.")
    role = words(role, "The role", needed=False)
    text, author = _said(text, author)
    with store.writing(token) as space:
        number = _add(space, model=model, element=element, role=role)
        _write(space, number, 1, text, author)
        return _note(space, number)


def edit_note(  # noqa: PLR0913  which note, as it read, and how it should
    store: Database, token: str, note_id: int, *, version: int, text: str, author: str = ""
) -> Note:
    """Change the note that read as its `version`; returns it, or a note beside it.

    When somebody else has changed it in the meantime their words stay, and these become a new note
    `beside` theirs: nobody's are lost.
    """
    text, author = _said(text, author)
    with store.writing(token) as space:
        note = _note(space, note_id)
        if note.version != version:
            number = _add(space, model=note.model, element=note.element, role=note.role, beside=note.id)
            _write(space, number, 1, text, author)
            return _note(space, number)
        room(note.version, VERSIONS, "versions of this note")
        _write(space, note.id, note.version + 1, text, author)
        space.connection.execute(update(table).where(table.c.id == note.id).values(version=note.version + 1))
        return _note(space, note.id)


def notes(
    store: Database,
    token: str,
    *,
    model: str | None = None,
    element: str | None = None,
    deleted: bool = False,
) -> tuple[Note, ...]:
    """The notes, of one model and element if they are named; or the deleted ones."""
    with store.reading(token) as space:
        find = _find(here(space, table, deleted=deleted))
        if model is not None:
            find = find.where(table.c.model == model)
        if element is not None:
            find = find.where(table.c.element == element)
        return tuple(Note(*row) for row in space.connection.execute(find))


def note_history(store: Database, token: str, note_id: int) -> tuple[NoteVersion, ...]:
    """Every version of a note, the first one first."""
    with store.reading(token) as space:
        columns = (versions.c.version, versions.c.text, versions.c.author, versions.c.made_at)
        return tuple(NoteVersion(*row) for row in past(space, table, versions, note_id, columns))


def _said(text: str, author: str) -> tuple[str, str]:
    return words(text, "The note", TEXT), words(author, "The name", needed=False)


def _add(space: Space, **values: Any) -> int:
    return added(space, table, "notes", version=1, **values)


def _write(space: Space, number: int, version: int, text: str, author: str) -> None:
    row = {"note_id": number, "version": version, "text": text, "author": author, "made_at": now()}
    space.connection.execute(insert(versions).values(row))


def _find(wanted: ColumnElement[bool]) -> Select[Any]:
    return select(*_NOTE).join(versions, latest(table, versions)).where(wanted).order_by(table.c.id)


def _note(space: Space, number: int) -> Note:
    return Note(*one(space, _find(here(space, table) & (table.c.id == number)), "note"))
