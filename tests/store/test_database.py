"""Opening a database: the right one, up to date, durable; anything else is one plain sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, make_url, text

from loops.partners import Profile
from loops.store import Store, StoreProblem, database, rows, upgrade
from loops.store.columns import metadata
from loops.store.tables import meetings
from loops.store.upgrade import VERSION_TABLE

ROOT = Path(__file__).parents[2]


def test_the_default_is_a_file_in_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LOOPS_STORE", raising=False)
    with Store.open() as store:
        token = store.create_workspace("Our team").token
    assert (tmp_path / "saved" / "loops.db").is_file()
    monkeypatch.setenv("LOOPS_STORE", "sqlite:///other.db")
    with Store.open() as store:
        assert store.workspace(token) is None
    assert (tmp_path / "other.db").is_file()


@pytest.mark.skipif(os.name == "nt", reason="folders of this system have no mode")
def test_only_its_owner_reads_the_folder(sqlite: str, tmp_path: Path) -> None:
    Store.open(sqlite).close()
    assert (tmp_path / "saved").stat().st_mode & 0o077 == 0


def test_what_is_saved_is_there_after_a_restart(url: str) -> None:
    with Store.open(url) as store:
        space = store.create_workspace("Our team")
        note = store.add_note(space.token, model="m", element="node:a", text="Slow here")
    with Store.open(url) as store:
        assert store.workspace(space.token) == space
        assert store.notes(space.token) == (note,)


def test_sqlite_is_durable_and_lets_others_read_while_it_writes(sqlite: str) -> None:
    with Store.open(sqlite) as store:
        space = store.create_workspace("Our team")
        with store.transaction() as connection:
            asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            found = [connection.exec_driver_sql(f"PRAGMA {one}").scalar() for one in asked]
        assert found == ["wal", 2, 1, 1_000 * database.PATIENCE]
        with store.writing(space.token):
            assert store.workspace(space.token) == space


def test_the_migrations_make_the_tables_that_the_program_knows(url: str) -> None:
    with Store.open(url) as store, store.transaction() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": VERSION_TABLE}
        )
        assert compare_metadata(context, metadata) == []


def test_what_was_saved_before_there_were_partners_is_still_there(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = upgrade.command.upgrade
    with monkeypatch.context() as before:
        before.setattr(upgrade.command, "upgrade", lambda config, _: run(config, "0003"))
        with Store.open(url) as store:
            token = store.create_workspace("Our team").token
            note = store.add_note(token, model="m", element="node:a", text="Slow here")
            with store.writing(token) as space:
                said = "what, who, by_when, expect, would_change_mind"
                made = f"'Go', '', '', '', '', {space.id}, '2026-01-01 00:00:00'"
                keep = f"INSERT INTO decisions ({said}, workspace_id, made_at) VALUES ({made})"
                space.connection.execute(text(keep))
    with Store.open(url) as store:
        partner = store.add_partner(token, model="m", profile=Profile("Surgery A"))
        about = store.save_decision(token, what="Ask them", partner_id=partner.id)
        old, new = store.decisions(token)
        assert (old.what, old.partner_id, new) == ("Go", None, about)
        assert store.notes(token) == (note,)


def test_a_database_that_is_newer_is_not_touched(url: str) -> None:
    with Store.open(url) as store, store.transaction(writing=True) as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
        connection.execute(text("CREATE TABLE future (id integer)"))
    before = content(url)
    for _ in range(2):
        with pytest.raises(StoreProblem, match=r"newer version of this program, so it was not touched\."):
            Store.open(url)
    assert content(url) == before


def content(url: str) -> object:
    if url.startswith("sqlite"):
        return Path(url.removeprefix("sqlite:///")).read_bytes()
    engine = empty(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT relname, relfilenode FROM pg_class ORDER BY 1")).all()
    engine.dispose()
    return found


def test_the_database_of_another_program_is_not_touched(url: str) -> None:
    engine = empty(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id integer)"))
    engine.dispose()
    before = content(url)
    with pytest.raises(StoreProblem, match="tables of another program, so it was not touched"):
        Store.open(url)
    assert content(url) == before


def empty(url: str) -> Engine:
    """The database as another program finds it."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir()
        return create_engine(url)
    return create_engine(make_url(url).set(drivername="postgresql+psycopg"))


def test_somebody_who_saves_for_too_long_is_one_sentence(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 1)
    with Store.open(url) as store, Store.open(url) as other:
        token = store.create_workspace("Our team").token
        with store.writing(token), pytest.raises(StoreProblem, match="busy with others just now"):
            other.start_meeting(token)
        assert other.start_meeting(token) == store.meetings(token)[0]


def test_a_block_that_fails_keeps_nothing(store: Store) -> None:
    token = store.create_workspace("Our team").token

    def fail() -> None:
        with store.writing(token) as space:
            rows.added(space, meetings, "meetings", title="A", model="m", started_at=database.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.meetings(token) == ()
