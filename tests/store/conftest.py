"""Every test of saved work runs on SQLite, and on PostgreSQL where LOOPS_TEST_POSTGRES names a server."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from loops.store import Store
from loops.store.records import Workspace


@pytest.fixture(scope="session")
def server() -> Iterator[Engine]:
    """A PostgreSQL server whose user may make databases."""
    url = os.environ.get("LOOPS_TEST_POSTGRES")
    if not url:
        reason = "no PostgreSQL: put the URL of a server in LOOPS_TEST_POSTGRES"
        if os.environ.get("LOOPS_REQUIRE_POSTGRES") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    address = make_url(url).set(drivername="postgresql+psycopg")
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@contextmanager
def _database(server: Engine, like: str = "template1") -> Iterator[str]:
    """The URL of a new database like another one; dropping it also shows that every connection was closed."""
    name = f"loops_{secrets.token_hex(8)}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    yield server.url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))


@pytest.fixture
def postgres(server: Engine) -> Iterator[str]:
    """The URL of an empty database."""
    with _database(server) as url:
        yield url


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/saved/loops.db"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def made_sqlite(sqlite: str, made_once: Path, tmp_path: Path) -> str:
    (tmp_path / "saved").mkdir(mode=0o700)
    shutil.copy(made_once, tmp_path / "saved")
    return sqlite


@pytest.fixture(scope="session")
def made_once_there(server: Engine) -> Iterator[str]:
    """The name of a database with all tables."""
    with _database(server) as url:
        Store.open(url).close()
        yield str(make_url(url).database)


@pytest.fixture
def made_postgres(server: Engine, made_once_there: str) -> Iterator[str]:
    with _database(server, made_once_there) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with Store.open(request.getfixturevalue(f"made_{request.param}")) as opened:
        yield opened


@pytest.fixture
def space(store: Store) -> Workspace:
    return store.create_workspace("Our team")
