"""Programs that are killed while they save: every word that was acknowledged is still there."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from loops.partners import Profile
from loops.store import Store

ROOT = Path(__file__).parents[2]
WRITER = str(Path(__file__).with_name("writer.py"))
pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is not of this system")


@contextmanager
def started(*words: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, WRITER, *words]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def lines(program: subprocess.Popen[str], many: int) -> list[str]:
    assert program.stdout is not None
    read = [program.stdout.readline().rstrip("\n") for _ in range(many)]
    assert all(read), program.communicate()[1]
    return read


def rest(program: subprocess.Popen[str]) -> list[str]:
    """What was acknowledged between the last line read and the kill; a line cut short was not."""
    assert program.stdout is not None
    out = program.stdout.read()  # with what was read ahead of the last line
    program.wait()
    return [line for line in out.splitlines(keepends=True) if line.endswith("\n")]


def test_every_acknowledged_word_survives_kill_9(url: str) -> None:
    with Store.open(url) as store:
        token = store.create_workspace("Our team").token
    acknowledged: list[str] = []
    for turn, many in enumerate((1, 20, 45)):  # killed at another moment each time, on the same database
        with started("notes", url, token, f"turn {turn}") as program:
            acknowledged += lines(program, many)
            program.send_signal(signal.SIGKILL)
            acknowledged += [line.rstrip("\n") for line in rest(program)]
        assert program.returncode == -signal.SIGKILL
    with Store.open(url) as store:
        kept = {
            (note.id, one.version): one.text
            for note in store.notes(token)
            for one in store.note_history(token, note.id)
        }
        assert len(acknowledged) >= 66
        for line in acknowledged:
            number, version, text = line.split(" ", 2)
            assert kept[int(number), int(version)] == text
        assert len(kept) <= len(acknowledged) + 3  # at most one write was under way at each kill
        current = {note.id: (note.version, note.text) for note in store.notes(token)}
        assert all(kept[number, version] == text for number, (version, text) in current.items())
        store.add_note(token, model="m", element="node:a", text="and on it goes")


def rated(store: Store, token: str) -> dict[int, str]:
    (partner,) = store.partners(token)
    return {one.id: f"{one.mark.on} {one.mark.reason}" for one in store.ratings(token, partner.id)}


def test_two_who_rate_one_partner_at_once_keep_every_rating_and_kill_9_loses_none(url: str) -> None:
    with Store.open(url) as store:
        token = store.create_workspace("Our team").token
        store.add_partner(token, model="m", profile=Profile("Surgery A"))
    with started("ratings", url, token, "one") as one, started("ratings", url, token, "two") as two:
        acknowledged = lines(one, 20) + lines(two, 20) + lines(one, 7)
        for program in (one, two):
            program.send_signal(signal.SIGKILL)
            acknowledged += [line.rstrip("\n") for line in rest(program)]
    with Store.open(url) as store:
        kept = rated(store, token)
        for line in acknowledged:
            number, said = line.split(" ", 1)
            assert kept[int(number)] == said
        sittings = Counter(said.split(" ", 1)[1] for said in kept.values())
        assert set(sittings.values()) == {2}  # both boxes of a sitting, or none
        assert len(sittings) <= len(acknowledged) / 2 + 3  # at most one sitting of each was under way


def test_the_file_is_whole_after_kill_9(sqlite: str) -> None:
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
    with started("notes", sqlite, token, "A") as program:
        lines(program, 10)
        program.send_signal(signal.SIGKILL)
        program.communicate()
    file = sqlite.removeprefix("sqlite:///")
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_two_programs_that_write_at_once_both_keep_their_words(url: str) -> None:
    with Store.open(url) as store:
        token = store.create_workspace("Our team").token
        with started("notes", url, token, "one") as one, started("notes", url, token, "two") as two:
            acknowledged = lines(one, 30) + lines(two, 30) + lines(one, 10)
        texts = {
            version.text for note in store.notes(token) for version in store.note_history(token, note.id)
        }
        assert {line.split(" ", 2)[2] for line in acknowledged} <= texts


def test_a_database_that_was_being_made_when_killed_is_made_anew(url: str) -> None:
    with started("die", url) as program:
        program.communicate()
        assert program.returncode == -signal.SIGKILL
    with Store.open(url) as store:
        token = store.create_workspace("Our team").token
        assert store.meetings(token) == ()


def test_many_programs_that_open_a_new_database_at_once_all_can(url: str) -> None:
    command = [sys.executable, WRITER, "open", url]
    programs = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    tokens = [program.communicate()[0].strip() for program in programs]
    assert [program.returncode for program in programs] == [0] * 3
    with Store.open(url) as store:
        assert all(store.workspace(token) for token in tokens)
