"""What went wrong with saved work, in one plain sentence: never the address, which may hold a password."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, TimeoutError


class StoreProblem(Exception):
    """Saved work could not be read or kept; the message says why and what to do."""


NO_SUCH_SPACE = "This link opens no shared space. Ask for the link again."
BUSY = "Saved work is busy with others just now, so nothing was done. Try again in a moment."
NO_ANSWER = (
    "The database server does not answer or does not let us in. Check that it runs, and check the address, "
    "user name and password in LOOPS_STORE (in a password, write @ as %40 and / as %2F)."
)
LOGIN = "The database server refuses the user name or password in LOOPS_STORE. Correct them and try again."
_NO_DATABASE = "The database named in LOOPS_STORE is not on the server. Create it, or correct its name."
_NOT_ALLOWED = (
    "The database does not let this program write there. "
    "Give its user the right to create and change tables, then try again."
)
_FULL = "The disk that holds saved work is full, so this was not saved. Free some space and try again."
_CROWDED = "The database server has no connection left. Try again in a moment."

_SQLITE = (
    ("SQLITE_BUSY", BUSY),
    ("SQLITE_LOCKED", BUSY),
    ("SQLITE_FULL", _FULL),
    ("SQLITE_READONLY", "{place} cannot be written. Allow writing to it and its folder, and try again."),
    ("SQLITE_PERM", "{place} cannot be written. Allow writing to it and its folder, and try again."),
    ("SQLITE_CANTOPEN", "{place} cannot be opened. Check that it is a file, and that it may be written."),
    ("SQLITE_NOTADB", "{place} is not a database. Name another file in LOOPS_STORE; it was not touched."),
    ("SQLITE_CORRUPT", "{place} is damaged. Keep it, and put a backup in its place."),
    ("SQLITE_IOERR", "The disk that holds {place} fails or is full. Nothing more was saved; check the disk."),
)
_POSTGRES = (
    ("53100", _FULL),
    ("53", _CROWDED),
    ("55P03", BUSY),
    ("57014", BUSY),
    ("40", BUSY),
    ("25006", _NOT_ALLOWED),
    ("42501", _NOT_ALLOWED),
    ("28", LOGIN),
    ("3D", _NO_DATABASE),
    ("08", NO_ANSWER),
    ("57P", NO_ANSWER),
)
_REFUSED = (
    ("authentication failed", LOGIN),
    ("no password supplied", LOGIN),
    ("no pg_hba.conf entry", LOGIN),
    ('FATAL:  role "', LOGIN),
    ('FATAL:  database "', _NO_DATABASE),
    ("too many", _CROWDED),
    ("connection slots", _CROWDED),
)
"""PostgreSQL gives no code for a refused connection, only words."""


def plain(error: SQLAlchemyError, place: str) -> StoreProblem:
    """The sentence for an error of the database; `place` names the file, or stands for the server."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(error, TimeoutError):
        return StoreProblem(BUSY)
    if isinstance(original, sqlite3.Error):
        code = getattr(original, "sqlite_errorname", "")
        said = next((words for start, words in _SQLITE if code.startswith(start)), None)
    else:
        code = getattr(original, "sqlstate", None) or ""
        said = next((words for start, words in _POSTGRES if code.startswith(start)), None)
        if not code and isinstance(error, DBAPIError):
            code = "no connection"
            said = next((words for part, words in _REFUSED if part in str(original)), NO_ANSWER)
    fallback = "{place} could not do this ({code}). Try again; if it stays so, tell whoever looks after it."
    return StoreProblem((said or fallback).format(place=place, code=code or type(original).__name__))
