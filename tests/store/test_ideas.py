"""Ideas: several tables type at once, nobody's words are lost, and a merge can be taken apart."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from loops.store import Store, StoreProblem, idea
from loops.store.records import Utopia, Workspace


@pytest.fixture
def surgery(store: Store, space: Workspace) -> Utopia:
    return store.start_utopia(space.token, model="m", setting="GP surgery")


def test_an_idea_is_kept_with_its_table_sense_and_cell(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    seen = store.add_idea(
        space.token, surgery.id, text="Bike racks", sense="see", at_table="Table 1", author="Sam"
    )
    done = store.add_idea(
        space.token, surgery.id, text="A walking group", sense="do", at="social", on="community"
    )
    assert (seen.text, seen.sense, seen.at_table, seen.author) == ("Bike racks", "see", "Table 1", "Sam")
    assert (seen.at, seen.on, seen.item_id, seen.version, seen.beside) == ("", "", None, 1, None)
    assert (done.sense, done.at, done.on) == ("do", "social", "community")
    assert store.ideas(space.token, surgery.id) == (seen, done)


def test_what_is_no_idea_is_refused(store: Store, space: Workspace, surgery: Utopia) -> None:
    for wrong, says in (
        ({"text": " "}, "The idea is empty"),
        ({"text": "x" * 4_001}, "at most 4,000"),
        ({"sense": "smell"}, "see, hear, feel or do"),
        ({"at": "personal"}, "individual, social or infrastructure"),
        ({"on": "everybody"}, "workforce, community or organisation"),
        ({"at_table": "x" * 201}, "at most 200"),
    ):
        with pytest.raises(StoreProblem, match=says):
            store.add_idea(space.token, surgery.id, **{"text": "A", "sense": "see", **wrong})
    assert store.ideas(space.token, surgery.id) == ()


def test_tables_that_type_at_once_all_keep_their_words(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    typed = [(f"Table {at % 4}", f"idea {at}") for at in range(24)]
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda one: store.add_idea(
                    space.token, surgery.id, at_table=one[0], text=one[1], sense="hear"
                ),
                typed,
            )
        )
    assert sorted((one.at_table, one.text) for one in store.ideas(space.token, surgery.id)) == sorted(typed)


def test_an_edit_keeps_every_version(store: Store, space: Workspace, surgery: Utopia) -> None:
    kept = store.add_idea(space.token, surgery.id, text="A", sense="see", author="Sam")
    edited = store.edit_idea(space.token, kept.id, version=1, text="B", author="Alex")
    assert (edited.id, edited.text, edited.author, edited.version) == (kept.id, "B", "Alex", 2)
    assert edited.made_at == kept.made_at <= edited.edited_at
    assert store.ideas(space.token, surgery.id) == (edited,)
    history = store.idea_history(space.token, kept.id)
    assert [(one.version, one.text, one.author) for one in history] == [(1, "A", "Sam"), (2, "B", "Alex")]


def test_many_who_edit_one_idea_at_once_all_keep_their_words(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    item = store.add_item(space.token, surgery.id, label="Signs")
    kept = store.add_idea(space.token, surgery.id, text="Signs", sense="see", at_table="Table 1")
    store.gather(space.token, item.id, [kept.id])
    texts = [f"edit {number}" for number in range(6)]
    with ThreadPoolExecutor(3) as pool:
        edits = list(
            pool.map(lambda text: store.edit_idea(space.token, kept.id, version=1, text=text), texts)
        )
    assert sorted(one.text for one in store.ideas(space.token, surgery.id)) == texts
    assert [one.version for one in edits if one.id == kept.id] == [2]
    assert {one.beside for one in edits if one.id != kept.id} == {kept.id}
    assert {(one.at_table, one.item_id) for one in edits} == {("Table 1", item.id)}


def test_ideas_are_gathered_into_an_item_and_taken_apart(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    token = space.token
    first, second = (store.add_idea(token, surgery.id, text=text, sense="see") for text in "AB")
    racks, signs = (store.add_item(token, surgery.id, label=label) for label in ("Racks", "Signs"))
    assert [one.item_id for one in store.gather(token, racks.id, [first.id, second.id])] == [racks.id] * 2
    assert store.gather(token, signs.id, [second.id])[0].item_id == signs.id
    assert [one.item_id for one in store.ideas(token, surgery.id)] == [racks.id, signs.id]
    assert store.apart(token, first.id) == first
    assert store.apart(token, second.id) == second
    assert store.ideas(token, surgery.id) == (first, second)


def test_ideas_of_a_deleted_item_are_in_none_until_it_comes_back(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    kept = store.add_idea(space.token, surgery.id, text="A", sense="see")
    item = store.add_item(space.token, surgery.id, label="Racks")
    store.gather(space.token, item.id, [kept.id])
    store.delete(space.token, item)
    assert store.ideas(space.token, surgery.id) == (kept,)
    store.restore(space.token, item)
    assert [one.item_id for one in store.ideas(space.token, surgery.id)] == [item.id]


def test_ideas_go_into_items_of_their_own_utopia_all_or_none(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    park = store.start_utopia(space.token, model="m", setting="A park")
    ours = store.add_idea(space.token, surgery.id, text="A", sense="see")
    theirs = store.add_idea(space.token, park.id, text="B", sense="see")
    item = store.add_item(space.token, surgery.id, label="Racks")
    for wrong in ([ours.id, theirs.id], [ours.id, theirs.id + 1]):
        with pytest.raises(StoreProblem, match="not here any more"):
            store.gather(space.token, item.id, wrong)
    assert store.ideas(space.token, surgery.id) == (ours,)
    assert store.ideas(space.token, park.id) == (theirs,)


def test_a_refused_edit_changes_nothing(
    store: Store, space: Workspace, surgery: Utopia, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.add_idea(space.token, surgery.id, text="A", sense="see")
    with pytest.raises(StoreProblem, match="not here any more"):
        store.edit_idea(space.token, kept.id + 1, version=1, text="B")
    monkeypatch.setattr(idea, "VERSIONS", 1)
    with pytest.raises(StoreProblem, match="1 versions of this idea"):
        store.edit_idea(space.token, kept.id, version=1, text="B")
    assert store.ideas(space.token, surgery.id) == (kept,)


def test_a_deleted_idea_comes_back(store: Store, space: Workspace, surgery: Utopia) -> None:
    kept = store.add_idea(space.token, surgery.id, text="A", sense="feel")
    store.delete(space.token, kept)
    assert store.ideas(space.token, surgery.id) == ()
    assert store.ideas(space.token, surgery.id, deleted=True) == (kept,)
    store.restore(space.token, kept)
    assert store.ideas(space.token, surgery.id) == (kept,)
