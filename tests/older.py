"""A database as an earlier version of the program left it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from loops.store import database, upgrade


@contextmanager
def older(url: str, version: str) -> Iterator[Connection]:
    """The tables of a version in an empty database, and a transaction to fill them."""
    config = Config()
    config.set_main_option("script_location", str(upgrade._SCRIPTS))
    config.set_main_option("path_separator", "os")
    address = database._address(url)
    file = address.get_backend_name() == "sqlite"
    engine = database._file(address, str(address.database)) if file else database._server(address)
    try:
        with engine.execution_options(writing=True).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, version)
            yield connection
    finally:
        engine.dispose()
