"""Errors of a database in plain words, and never with the address, which may hold a password."""

from __future__ import annotations

import traceback

import pytest
from sqlalchemy import Engine, create_engine, text

from loops.store import Store, StoreProblem


def refused(url: str) -> str:
    with pytest.raises(StoreProblem) as problem:
        Store.open(url)
    said = "".join(traceback.format_exception(problem.value))
    assert "hunter2" not in said
    return str(problem.value)


def with_parts(server: Engine, **parts: str | int) -> str:
    return server.url.set(drivername="postgresql", **parts).render_as_string(hide_password=False)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:hunter2@127.0.0.1:1/d",
        "postgres://u:hunter2@127.0.0.1:1/d",
        "postgresql+psycopg2://u:hunter2@127.0.0.1:1/d",
        "postgresql://u:hunter2@127.0.0.1:99999/d",
        "postgresql://u:hu@hunter2@127.0.0.1:1/d",
        "postgresql://u:hunter2@127.0.0.1:1/d?sslmode=hunter2",
        "postgresql://u:hunter2@127.0.0.1:1/d?hunter2=1",
        "postgresql://u@127.0.0.1:1/d?password=hunter2",
    ],
)
def test_a_server_that_is_not_there_is_one_sentence(url: str) -> None:
    said = refused(url)
    assert said.startswith("The database server does not answer or does not let us in.")
    assert "LOOPS_STORE" in said


def test_a_wrong_password_or_user_is_one_sentence(server: Engine) -> None:
    for parts in ({"password": "hunter2"}, {"username": "nobody_here", "password": "hunter2"}):
        assert refused(with_parts(server, **parts)).startswith(
            "The database server refuses the user name or password"
        )


def test_a_database_that_is_not_there_is_one_sentence(server: Engine) -> None:
    assert refused(with_parts(server, database="hunter2")).startswith(
        "The database named in LOOPS_STORE is not on the server. Create it"
    )


def test_a_user_who_may_only_read_is_told_what_to_do(postgres: str, server: Engine) -> None:
    with server.connect() as connection:
        connection.execute(text("DROP ROLE IF EXISTS loops_reader"))
        connection.execute(text("CREATE ROLE loops_reader LOGIN PASSWORD 'hunter2'"))
    try:
        url = create_engine(postgres.replace("postgresql:", "postgresql+psycopg:")).url
        said = refused(with_parts(server, database=url.database, username="loops_reader", password="hunter2"))
    finally:
        with server.connect() as connection:
            connection.execute(text("DROP ROLE loops_reader"))
    assert said.startswith("The database does not let this program write there.")


def test_a_server_that_ended_the_connection_is_asked_again(postgres: str, server: Engine) -> None:
    with Store.open(postgres) as store:
        space = store.create_workspace("Our team")
        end_connections(server)
        assert store.workspace(space.token) == space


def test_a_server_that_stops_half_way_is_one_sentence_and_keeps_nothing_of_it(
    postgres: str, server: Engine
) -> None:
    with Store.open(postgres) as store:
        token = store.create_workspace("Our team").token

        def stopped() -> None:
            with store.writing(token) as space:
                end_connections(server)
                space.connection.execute(text("SELECT 1"))

        with pytest.raises(StoreProblem, match="does not answer"):
            stopped()
        assert store.start_meeting(token) == store.meetings(token)[0]


def end_connections(server: Engine) -> None:
    with server.connect() as connection:
        ours = "application_name = 'living-loops' AND datname LIKE 'loops\\_%'"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours}"))
