"""Utopias and commitments: kept, found, deleted and brought back, in old databases and new ones."""

from __future__ import annotations

import pytest
from older import older
from sqlalchemy import text

from loops.store import Store, StoreProblem, rows
from loops.store.records import Utopia, Workspace


@pytest.fixture
def surgery(store: Store, space: Workspace) -> Utopia:
    return store.start_utopia(space.token, model="m", setting="GP surgery", title="Charter")


def test_a_utopia_is_kept_and_found_by_its_model(store: Store, space: Workspace, surgery: Utopia) -> None:
    park = store.start_utopia(space.token, model="other", setting="A park")
    assert (surgery.model, surgery.setting, surgery.title) == ("m", "GP surgery", "Charter")
    assert store.utopias(space.token) == (surgery, park)
    assert store.utopias(space.token, model="m") == (surgery,)


def test_two_who_start_the_same_one_are_in_one(store: Store, space: Workspace, surgery: Utopia) -> None:
    again = store.start_utopia(space.token, model="m", setting=" GP surgery ", title="Charter")
    assert again == surgery
    assert store.start_utopia(space.token, model="m", setting="GP surgery", title="Ours") != surgery
    store.delete(space.token, surgery)
    assert store.start_utopia(space.token, model="m", setting="GP surgery", title="Charter") != surgery


def test_a_deleted_utopia_is_closed_and_comes_back_whole(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    idea = store.add_idea(space.token, surgery.id, text="Signs", sense="see")
    item = store.add_item(space.token, surgery.id, label="Signs")
    promise = store.save_commitment(space.token, surgery.id, what="Put them up", item_id=item.id)
    store.delete(space.token, surgery)
    assert store.utopias(space.token) == ()
    for find in (store.ideas, store.items, store.commitments):
        with pytest.raises(StoreProblem, match="utopia is not here any more"):
            find(space.token, surgery.id)
    store.restore(space.token, store.utopias(space.token, deleted=True)[0])
    assert store.ideas(space.token, surgery.id) == (idea,)
    assert store.items(space.token, surgery.id) == (item,)
    assert store.commitments(space.token, surgery.id) == (promise,)


def test_a_commitment_says_what_who_and_by_when(store: Store, space: Workspace, surgery: Utopia) -> None:
    item = store.add_item(space.token, surgery.id, label="Signs")
    said = {"what": "Put up the signs", "who": "Practice manager", "by_when": "May"}
    kept = store.save_commitment(space.token, surgery.id, item_id=item.id, **said)
    bare = store.save_commitment(space.token, surgery.id, what="Tell the others")
    assert {name: getattr(kept, name) for name in said} == said
    assert (kept.item_id, bare.item_id, bare.who) == (item.id, None, "")
    assert store.commitments(space.token, surgery.id) == (kept, bare)
    store.delete(space.token, kept)
    assert store.commitments(space.token, surgery.id) == (bare,)
    assert store.commitments(space.token, surgery.id, deleted=True) == (kept,)
    store.restore(space.token, kept)
    assert store.commitments(space.token, surgery.id) == (kept, bare)


def test_a_commitment_is_about_an_item_of_its_own_utopia(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    park = store.start_utopia(space.token, model="m", setting="A park")
    item = store.add_item(space.token, park.id, label="Paths")
    with pytest.raises(StoreProblem, match="item is not here any more"):
        store.save_commitment(space.token, surgery.id, what="Paths", item_id=item.id)
    kept = store.save_commitment(space.token, park.id, what="Paths", item_id=item.id)
    store.delete(space.token, item)
    assert [one.item_id for one in store.commitments(space.token, park.id)] == [None]
    store.restore(space.token, item)
    assert store.commitments(space.token, park.id) == (kept,)


def test_a_utopia_is_of_a_setting(store: Store, space: Workspace) -> None:
    for wrong, says in (
        ({"model": ""}, "The name of the model is empty"),
        ({"setting": " "}, "The setting is empty"),
        ({"title": "x" * 201}, "at most 200"),
    ):
        with pytest.raises(StoreProblem, match=says):
            store.start_utopia(space.token, **{"model": "m", "setting": "GP surgery", **wrong})
    assert store.utopias(space.token) == ()


def test_a_commitment_is_something(store: Store, space: Workspace, surgery: Utopia) -> None:
    for wrong in ({"what": " "}, {"what": "x" * 4_001}, {"what": "A", "who": "x" * 201}):
        with pytest.raises(StoreProblem):
            store.save_commitment(space.token, surgery.id, **wrong)
    assert store.commitments(space.token, surgery.id) == ()


def test_each_kind_is_bounded(store: Store, space: Workspace, surgery: Utopia, monkeypatch) -> None:
    for kind, most, add in (
        ("utopias", 1, lambda: store.start_utopia(space.token, model="m", setting="A park")),
        ("ideas", 0, lambda: store.add_idea(space.token, surgery.id, text="A", sense="see")),
        ("items", 0, lambda: store.add_item(space.token, surgery.id, label="A")),
        ("commitments", 0, lambda: store.save_commitment(space.token, surgery.id, what="A")),
    ):
        monkeypatch.setitem(rows.MOST, kind, most)
        with pytest.raises(StoreProblem, match="no more are kept here"):
            add()


def test_a_database_without_utopias_gets_them_and_keeps_what_it_has(url: str) -> None:
    with older(url, "0002") as connection:
        connection.execute(text("INSERT INTO workspaces (name, made_at) VALUES ('Our team', '2024-01-01')"))
        made = "INSERT INTO notes (workspace_id, model, element, role, version, made_at)"
        connection.execute(text(f"{made} VALUES (1, 'm', 'node:a', '', 1, '2024-01-01')"))
        said = "INSERT INTO note_versions (note_id, version, text, author, made_at)"
        connection.execute(text(f"{said} VALUES (1, 1, 'Slow here', '', '2024-01-01')"))
    with Store.open(url) as store:
        (space,) = store.new_links("Our team")
        assert [note.text for note in store.notes(space.token)] == ["Slow here"]
        surgery = store.start_utopia(space.token, model="m", setting="GP surgery")
        store.add_item(space.token, surgery.id, label="Signs", on="community", hours_us=0.1)
        assert [one.hours_us for one in store.items(space.token, surgery.id)] == [0.1]
