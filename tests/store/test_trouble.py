"""Addresses, files and disks that are not right: one plain sentence each, and nothing is harmed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import traceback
from contextlib import closing
from pathlib import Path
from tempfile import gettempdir

import pytest

from loops.store import Store, StoreProblem

ROOT = Path(__file__).parents[2]
UNUSABLE = [
    "x",
    "://",
    "mysql://u:hunter2@localhost/d",
    "sqlite://",
    "sqlite:///",
    "sqlite:///:memory:",
    "sqlite://saved/loops.db",
    "sqlite://u:hunter2@:80/loops.db",
    "sqlite:///a\0b.db",
    "sqlite:///file:x.db?mode=ro&uri=true",
    "postgresql://u:hunter2@localhost:port/d",
    "postgresql://u:hunter2@[::1/d",
    f"postgresql://u:hunter2@{'a' * 300}/d",
]


@pytest.mark.parametrize("address", UNUSABLE)
def test_an_address_that_cannot_be_used_is_one_sentence_without_it(address: str) -> None:
    with pytest.raises(StoreProblem) as problem:
        Store.open(address)
    assert "LOOPS_STORE" in str(problem.value)
    assert "hunter2" not in "".join(traceback.format_exception(problem.value))


def test_postgresql_without_its_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreProblem, match=r"install living-loops\[postgres\]"):
        Store.open("postgresql://u:hunter2@127.0.0.1:1/d")


@pytest.mark.parametrize("content", [b"words, not a database" * 99, b"SQLite format 3\0" + b"x" * 9_000])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "loops.db"
    file.write_bytes(content)
    with pytest.raises(StoreProblem, match=r"is not a database|is damaged"):
        Store.open(f"sqlite:///{file}")
    assert file.read_bytes() == content


def test_a_damaged_database_says_so(sqlite: str) -> None:
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
        store.save_snapshot(token, title="A", model="m", payload="x" * 100_000)
    file = Path(sqlite.removeprefix("sqlite:///"))
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    with (
        pytest.raises(StoreProblem, match="is damaged"),
        Store.open(sqlite) as store,
    ):
        store.snapshots(token)


@pytest.mark.skipif(os.name == "nt", reason="this system keeps files in place while they are open")
def test_nothing_is_written_to_a_file_that_was_taken_away(sqlite: str, tmp_path: Path) -> None:
    file = Path(sqlite.removeprefix("sqlite:///"))
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
        away = file.rename(tmp_path / "away.db")
        for other in (None, b"a backup"):
            if other:
                file.write_bytes(other)
            with pytest.raises(StoreProblem, match="taken away or replaced while it was in use"):
                store.start_meeting(token)
            assert file.exists() == bool(other)
        away.replace(file)
        assert store.meetings(token) == ()
        store.start_meeting(token)
    with Store.open(sqlite) as store:
        assert len(store.meetings(token)) == 1


def test_a_folder_in_the_place_of_the_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="cannot be opened"):
        Store.open(f"sqlite:///{tmp_path}")


def test_a_file_in_the_place_of_the_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "saved").write_text("")
    with pytest.raises(StoreProblem, match=r"The folder of .* cannot be made"):
        Store.open(f"sqlite:///{tmp_path}/saved/loops.db")


def test_a_full_disk_is_one_sentence_and_what_was_saved_stays(sqlite: str) -> None:
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
        with store.transaction() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 30}")  # of 4 kB
        kept = store.save_snapshot(token, title="A", model="m", payload="x" * 50_000)
        with pytest.raises(StoreProblem, match="is full, so this was not saved"):
            store.save_snapshot(token, title="B", model="m", payload="x" * 190_000)
        assert store.snapshots(token) == (kept,)


LIMITED = """
import resource, signal, sys
from loops.store import Store, StoreProblem
url, token = sys.argv[1:]
with Store.open(url) as store:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        for number in range(20):
            store.save_snapshot(token, title=str(number), model="m", payload="x" * 100_000)
    except StoreProblem as problem:
        print(len(store.snapshots(token)), problem)
"""
READ_ONLY = """
import os, sys
from loops.store import Store, StoreProblem
url, token, folder = sys.argv[1:]
with Store.open(url) as store:
    store.meetings(token)
os.chmod(folder + "/loops.db", 0o444)
os.chmod(folder, 0o555)
if os.geteuid() == 0:
    os.setuid(65534)
try:
    Store.open(url).close()
except StoreProblem as problem:
    print(problem)
"""


def program(code: str, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert not ran.stderr
    return ran.stdout.strip()


@pytest.mark.skipif(os.name == "nt", reason="this system sets no limits on files")
def test_a_disk_that_takes_no_more_is_one_sentence(sqlite: str) -> None:
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
        said = program(LIMITED, sqlite, token)
        count, problem = said.split(" ", 1)
        assert "full" in problem
        assert len(store.snapshots(token)) == int(count) > 0
    with closing(sqlite3.connect(sqlite.removeprefix("sqlite:///"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.skipif(os.name == "nt", reason="folders of this system have no mode")
def test_a_folder_that_may_not_be_written_is_one_sentence(sqlite: str, tmp_path: Path) -> None:
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
    for folder in (tmp_path, *(above for above in tmp_path.parents if Path(gettempdir()) in above.parents)):
        folder.chmod(0o755)
    try:
        said = program(READ_ONLY, sqlite, token, str(tmp_path / "saved"))
    finally:
        (tmp_path / "saved").chmod(0o755)
    assert said.startswith("Nothing can be saved in the folder of")
