"""Bring a database to the tables that this program knows, once, whoever opens it at the same time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, inspect, text

from loops.store.problems import BUSY, StoreProblem

VERSION_TABLE = "loops_version"
_SCRIPTS = Path(__file__).with_name("migrations")
_PATIENCE = 30
_LOCK = 0x6C6F6F7073
"""The number of our advisory lock in PostgreSQL: "loops" in ASCII."""


def bring_up_to_date(engine: Engine, place: str) -> None:
    """Run what is missing; raises :class:`StoreProblem` for a database that is newer, or is another's."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with _alone(engine, place):
        with engine.execution_options(writing=True).begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            if not _current(connection, place, ScriptDirectory.from_config(config)):
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        if engine.dialect.name == "sqlite":
            # So that reading goes on while somebody saves. It stays with the file, so that when a program
            # without our lock is in the way, the next time will do.
            with closing(engine.raw_connection()) as raw, suppress(sqlite3.OperationalError):
                raw.cursor().execute("PRAGMA journal_mode = WAL")


def _current(connection: Connection, place: str, scripts: ScriptDirectory) -> bool:
    """Whether nothing is missing; raises :class:`StoreProblem` when it must not be touched."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    version = context.get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if version is None and inspect(connection).get_table_names():
        raise StoreProblem(
            f"{place} holds tables of another program, so it was not touched. "
            "Name an empty database in LOOPS_STORE."
        )
    if version is not None and version not in known:
        raise StoreProblem(
            f"{place} was saved by a newer version of this program, so it was not touched. "
            "Install the newest version to open it."
        )
    return version == scripts.get_current_head()


@contextmanager
def _alone(engine: Engine, place: str) -> Iterator[None]:
    """One process at a time; the lock goes with its process. In PostgreSQL the transaction has its own."""
    if engine.dialect.name != "sqlite":
        yield
        return
    path = Path(place)
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise StoreProblem(BUSY) from None
    except OSError as error:
        raise StoreProblem(
            f"Nothing can be saved in the folder of {place}: {error.strerror}. "
            "Allow writing there, or name another file in LOOPS_STORE."
        ) from None
    try:
        yield
    finally:
        lock.release()
