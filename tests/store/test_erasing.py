"""A partner that is erased: all of it, from every table and every file of a database, and nothing else."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from loops.partners import Deed, Mark, Profile
from loops.store import Store, StoreProblem, tables
from loops.store.records import Belongings, Partner, Workspace

MAY = date(2026, 5, 1)
SECRET = "Zebra Crossing Surgery"
"""A name that stands nowhere else in a database."""
SEED, STEPS = 1, 9
"""With these, what is only written over where it stood leaves a copy behind on a page that was rebuilt."""


def fill(store: Store, token: str, name: str) -> Partner:
    """A partner whose name stands wherever one can, in deleted things too."""
    who = Profile(name, alias=f"{name} outside", roles=(f"{name} nurse",))
    kept = store.add_partner(token, model="m", profile=who)
    kept = store.edit_partner(token, kept.id, version=1, profile=replace(who, setting=name))
    marks = [Mark(box, "partly", MAY, role=name, reason=name, who=name) for box in "abc"]
    store.delete(token, store.rate(token, kept.id, marks, author=name)[0])
    done = store.add_action(token, kept.id, Deed(name, MAY, who=name))
    store.edit_action(token, done.id, version=1, deed=Deed(f"{name} again", MAY))
    store.delete(token, store.add_action(token, kept.id, Deed(name, MAY)))
    for work in (1, 2):
        course = store.keep_course(token, kept.id, title=name, begun=MAY, payload=f'"{name} {work}"')
    store.delete(token, course)
    about = store.save_decision(token, what=f"Ask {name}", who=name, partner_id=kept.id)
    note = store.add_note(token, model="m", element=f"decision:{about.id}", text=name)
    store.edit_note(token, note.id, version=1, text=f"{name} said")
    store.edit_note(token, note.id, version=1, text=f"{name} beside that")
    store.delete(token, about)
    return kept


def counts(store: Store) -> dict[str, int]:
    with store.transaction() as connection:
        find = {
            name: select(func.count()).select_from(table) for name, table in tables.metadata.tables.items()
        }
        return {name: connection.scalar(one) or 0 for name, one in find.items()}


def test_a_partner_is_erased_wholly_and_nothing_else_is(store: Store, space: Workspace) -> None:
    fill(store, space.token, "Surgery B")
    others = counts(store)
    gone = fill(store, space.token, SECRET)
    held = Belongings(versions=2, ratings=3, actions=2, courses=2, decisions=1, notes=2)
    store.delete(space.token, gone)  # and from the bin too
    assert store.belongings(space.token, gone.id) == held
    assert store.erase_partner(space.token, gone.id) == held
    assert counts(store) == others
    assert SECRET not in store.export(space.token, with_words=True)
    with pytest.raises(StoreProblem, match="This partner is not here any more"):
        store.erase_partner(space.token, gone.id)
    with pytest.raises(StoreProblem, match="not here any more"):
        store.restore(space.token, gone)
    after = fill(store, space.token, "Surgery C")
    assert after.id > gone.id  # so that no link or page that remembers it opens another


def test_of_an_erased_name_no_byte_is_left_in_the_files(sqlite: str) -> None:
    folder = Path(sqlite.removeprefix("sqlite:///")).parent
    with Store.open(sqlite) as store, Store.open(sqlite) as another:
        token = store.create_workspace("Our team").token
        fill(store, token, "Surgery B")
        gone = fill(store, token, SECRET)
        assert holds(folder, SECRET)
        another.partners(token)
        store.erase_partner(token, gone.id)
        assert not holds(folder, SECRET)
        assert holds(folder, "Surgery B")


def test_no_byte_is_left_where_pages_were_split_and_joined(sqlite: str) -> None:
    folder, draw = Path(sqlite.removeprefix("sqlite:///")).parent, random.Random(SEED)
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
        names: dict[int, str] = {}
        for number in range(STEPS):
            name = f"{SECRET} {number:02d}"
            names[store.add_partner(token, model="m", profile=Profile(name)).id] = name
            for each in draw.sample(sorted(names), min(len(names), 4)):
                marks = [
                    Mark("a", "partly", MAY, role=names[each], reason=names[each] * draw.randrange(30))
                    for _ in range(draw.randrange(1, 20))
                ]
                store.rate(token, each, marks)
            if number % 3 == 2:
                gone = draw.choice(sorted(names))
                store.erase_partner(token, gone)
                assert not holds(folder, names.pop(gone))


def holds(folder: Path, words: str) -> bool:
    return any(words.encode() in path.read_bytes() for path in folder.iterdir())


def test_while_others_use_the_files_for_long_it_says_what_is_left(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("loops.store.database.PATIENCE", 0.1)
    says = "It is erased, but others are using the database"
    with Store.open(sqlite) as store, Store.open(sqlite) as another:
        token = store.create_workspace("Our team").token
        gone = fill(store, token, SECRET)
        with another.reading(token), pytest.raises(StoreProblem, match=says):
            store.erase_partner(token, gone.id)
        assert store.partners(token) == ()
        with another.writing(token), pytest.raises(StoreProblem, match=says):
            store.tidy()
        store.tidy()
        assert not holds(Path(sqlite.removeprefix("sqlite:///")).parent, SECRET)


def test_what_was_being_erased_when_the_program_was_killed_goes_when_it_starts_again(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, killed = Path(sqlite.removeprefix("sqlite:///")).parent, tmp_path / "killed"
    with Store.open(sqlite) as store:
        token = store.create_workspace("Our team").token
        gone = fill(store, token, SECRET)
        monkeypatch.setattr(store, "tidy", lambda: shutil.copytree(folder, killed))  # as a kill leaves it
        store.erase_partner(token, gone.id)
    assert holds(killed, SECRET)
    with Store.open(f"sqlite:///{killed}/loops.db") as store:
        assert store.partners(token) == ()
        assert not holds(killed, SECRET)
