"""One database and how to reach it: the address, the connections, and transactions on one workspace."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from loops.store import upgrade
from loops.store.problems import NO_SUCH_SPACE, StoreProblem, plain
from loops.store.tables import keys, workspaces

DEFAULT = "sqlite:///saved/loops.db"
PATIENCE = 10
"""Seconds to wait for others who are saving."""
_ANSWER = 5
"""Seconds to wait for a server to answer."""
_COMMON: dict[str, Any] = {"hide_parameters": True, "pool_timeout": PATIENCE}
_UNREADABLE = (
    "The address in LOOPS_STORE cannot be used. "
    "Write sqlite:/// and a file, or postgresql://user:password@server/database."
)
_UNTIDY = (
    "It is erased, but others are using the database, so its files may still hold traces of it. "
    "They go when this program is started again, or when the next partner is erased."
)
_TRACES = "PRAGMA application_id"
"""Not 0 in a file that may hold traces of what was erased: whoever opens it next tidies it."""


@dataclass(frozen=True)
class Space:
    """An open transaction on the rows of one workspace."""

    connection: Connection
    id: int


class Database:
    """A database that is up to date. :meth:`close` it, or use it in a ``with``."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    @classmethod
    def open(cls, url: str | None = None) -> Self:
        """Open the database at `url`, `$LOOPS_STORE` or ``saved/loops.db``, and bring its tables up to date.

        Raises :class:`StoreProblem`.
        """
        address = _address(url or os.environ.get("LOOPS_STORE") or DEFAULT)
        if address.get_backend_name() == "sqlite":
            place = str(address.database)
            engine = _file(address, place)
        else:
            place, engine = "The database", _server(address)
        try:
            with _plainly(place):
                upgrade.bring_up_to_date(engine, place)
            if address.get_backend_name() == "sqlite":
                _hold(engine, place)
        except BaseException as error:
            engine.dispose()
            if isinstance(error, ValueError):  # a host or file of a name that none can have
                raise StoreProblem(_UNREADABLE) from None
            raise
        store = cls(engine, place)
        with suppress(StoreProblem):  # others who use it now do so when they are next started
            store._finish_erasing()
        return store

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Open already: nothing to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close every connection."""
        self.close()

    @contextmanager
    def transaction(self, *, writing: bool = False) -> Iterator[Connection]:
        """A transaction that is kept whole when the block ends well, and not at all otherwise."""
        with _plainly(self._place), self._engine.execution_options(writing=writing).begin() as connection:
            yield connection

    def tidy(self) -> None:
        """In a file of SQLite: write it anew, so that no deleted row is left between the others or beside it.

        Raises :class:`StoreProblem` when others are using it for so long that it cannot be done now: then it
        is done when the file is next opened, as when the program was killed, if :meth:`erasing` was called.
        """
        if self._engine.dialect.name != "sqlite":
            return
        with _plainly(self._place), closing(self._engine.raw_connection()) as raw:
            cursor = raw.cursor()
            try:
                cursor.execute("VACUUM")
                busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if not busy:
                    cursor.execute(f"{_TRACES} = 0")
            except sqlite3.Error:
                busy = True
        if busy:
            raise StoreProblem(_UNTIDY)

    def erasing(self, connection: Connection) -> None:
        """Remember that what goes in this transaction leaves no trace, should :meth:`tidy` never end."""
        if self._engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"{_TRACES} = 1")

    def _finish_erasing(self) -> None:
        if self._engine.dialect.name == "sqlite":
            with self.transaction() as connection:
                untidy = connection.exec_driver_sql(_TRACES).scalar()
            if untidy:
                self.tidy()

    @contextmanager
    def reading(self, token: str) -> Iterator[Space]:
        """A transaction to read what is in the workspace that the token opens."""
        with self.transaction() as connection:
            yield Space(connection, identify(connection, token))

    @contextmanager
    def writing(self, token: str) -> Iterator[Space]:
        """A transaction to change it: one writer at a time in a workspace, so that none undoes another's."""
        with self.transaction(writing=True) as connection:
            yield Space(connection, identify(connection, token, alone=True))


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def secret(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to make it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def identify(connection: Connection, token: str, *, alone: bool = False) -> int:
    """The id of the workspace that a token opens; raises :class:`StoreProblem` when it opens none."""
    find = select(workspaces.c.id).join(keys).where(keys.c.hash == secret(token))
    found = connection.scalar(find.with_for_update(of=workspaces) if alone else find)
    if found is None:
        raise StoreProblem(NO_SUCH_SPACE)
    return int(found)


@contextmanager
def _plainly(place: str) -> Iterator[None]:
    """Turn errors of the database into one sentence; the cause stays out, for it may hold a password."""
    try:
        yield
    except SQLAlchemyError as error:
        raise plain(error, place) from None


def _address(text: str) -> URL:
    try:
        url = make_url(text.strip())
    except (ArgumentError, ValueError):
        raise StoreProblem(_UNREADABLE) from None
    kind = url.drivername.partition("+")[0]
    if kind in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    named = url.database not in (None, "", ":memory:") and "\0" not in text
    elsewhere = url.host or url.port or url.username or url.password or url.query
    if kind == "sqlite" and named and not elsewhere:
        return url.set(drivername="sqlite+pysqlite")
    raise StoreProblem(_UNREADABLE)


def _server(url: URL) -> Engine:
    waits = f"-c lock_timeout={PATIENCE}s -c statement_timeout={3 * PATIENCE}s"
    # three processes that each count all ratings are slower than one, where there are two cores for all
    alone = "-c max_parallel_workers_per_gather=0"
    options = f"{waits} {alone} {url.query.get('options', '')}".strip()
    there = {"connect_timeout": _ANSWER, "options": options, "application_name": "living-loops"}
    try:
        return create_engine(url, connect_args=there, pool_pre_ping=True, **_COMMON)
    except ImportError:
        raise StoreProblem(
            "PostgreSQL needs one more library: install living-loops[postgres], then start again."
        ) from None


def _file(url: URL, place: str) -> Engine:
    try:
        # only for its owner: notes are for those who were given the link
        Path(place).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreProblem(
            f"The folder of {place} cannot be made: {error.strerror}. Name another file in LOOPS_STORE."
        ) from None
    engine = create_engine(url, connect_args={"timeout": PATIENCE}, **_COMMON)
    event.listen(engine, "connect", _durable)
    event.listen(engine, "begin", _begin)
    return engine


def _durable(connection: Any, _: object) -> None:
    """What is acknowledged is on the disk, and rows that belong together stay together."""
    connection.isolation_level = None  # transactions begin where _begin says, not where sqlite3 guesses
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is written over


def _hold(engine: Engine, place: str) -> None:
    """From now on refuse any file but the one there is now.

    What is written to a file that has gone from its place is lost, though every write succeeds.
    """
    opened = _which(place)

    def check(*_: object) -> None:
        if _which(place) != opened:
            raise StoreProblem(
                f"{place} was taken away or replaced while it was in use, so nothing was saved. "
                "Stop this program, put the right file there, and start it again."
            )

    for moment in ("do_connect", "checkout"):
        event.listen(engine, moment, check)


def _which(place: str) -> tuple[int, int] | None:
    """What tells the file at a path from any that was or will be there."""
    try:
        found = os.stat(place)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _begin(connection: Connection) -> None:
    """A writer waits for its turn at the start, where waiting works; later SQLite would refuse at once."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
