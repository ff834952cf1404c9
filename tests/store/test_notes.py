"""Notes: nobody's words are lost, however many write at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loops.store import Store, StoreProblem, note
from loops.store.bounds import TEXT
from loops.store.records import Note, Workspace

ON = {"model": "common_purpose", "element": "node:trust"}


ODD = ["\ud800", "é" * TEXT, "🙂" * (TEXT + 1), "\0", "a\0b", "'; drop table notes", "\u202e"]


def add(store: Store, space: Workspace, text: str, **more: str) -> Note:
    return store.add_note(space.token, **{**ON, "text": text, **more})


def test_a_note_is_kept_with_its_element_role_and_author(store: Store, space: Workspace) -> None:
    kept = add(store, space, "Slow here", role="gp", author="Sam")
    assert (kept.model, kept.element, kept.role, kept.text, kept.author) == (
        "common_purpose",
        "node:trust",
        "gp",
        "Slow here",
        "Sam",
    )
    assert (kept.version, kept.beside) == (1, None)
    assert store.notes(space.token) == (kept,)


def test_notes_are_found_by_model_and_element(store: Store, space: Workspace) -> None:
    first = add(store, space, "A")
    second = add(store, space, "B", element="link:a|b|2")
    third = add(store, space, "C", model="other")
    assert store.notes(space.token) == (first, second, third)
    assert store.notes(space.token, model="common_purpose") == (first, second)
    assert store.notes(space.token, model="common_purpose", element="link:a|b|2") == (second,)


def test_a_note_is_on_something(store: Store, space: Workspace) -> None:
    for element in ("", "trust", "node:", "node: ", "box:trust", "x" * 201):
        with pytest.raises(StoreProblem):
            add(store, space, "A", element=element)
    assert store.notes(space.token) == ()


def test_an_edit_keeps_every_version(store: Store, space: Workspace) -> None:
    kept = add(store, space, "A", author="Sam")
    edited = store.edit_note(space.token, kept.id, version=1, text="B", author="Alex")
    assert (edited.id, edited.text, edited.author, edited.version) == (kept.id, "B", "Alex", 2)
    assert edited.made_at == kept.made_at <= edited.edited_at
    assert store.notes(space.token) == (edited,)
    history = store.note_history(space.token, kept.id)
    assert [(one.version, one.text, one.author) for one in history] == [(1, "A", "Sam"), (2, "B", "Alex")]


def test_an_edit_of_what_somebody_else_has_edited_stands_beside_it(store: Store, space: Workspace) -> None:
    kept = add(store, space, "A", role="gp")
    theirs = store.edit_note(space.token, kept.id, version=1, text="B")
    mine = store.edit_note(space.token, kept.id, version=1, text="C", author="Sam")
    assert mine.id != kept.id
    assert (mine.beside, mine.text, mine.author) == (kept.id, "C", "Sam")
    assert (mine.role, mine.element) == ("gp", ON["element"])
    assert store.notes(space.token) == (theirs, mine)


def test_many_who_edit_one_note_at_once_all_keep_their_words(store: Store, space: Workspace) -> None:
    kept = add(store, space, "A")
    texts = [f"edit {number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        edit = lambda text: store.edit_note(space.token, kept.id, version=1, text=text)  # noqa: E731
        edits = list(pool.map(edit, texts))
    assert sorted(one.text for one in store.notes(space.token)) == sorted(texts)
    assert [one.version for one in edits if one.id == kept.id] == [2]
    assert {one.beside for one in edits if one.id != kept.id} == {kept.id}


def test_many_who_write_at_once_all_keep_their_words(store: Store, space: Workspace) -> None:
    texts = [f"note {number}" for number in range(80)]
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda text: add(store, space, text), texts))
    kept = store.notes(space.token)
    assert sorted(one.text for one in kept) == sorted(texts)
    assert len({one.id for one in made}) == len(texts)


def test_a_deleted_note_comes_back_with_its_versions(store: Store, space: Workspace) -> None:
    kept = add(store, space, "A")
    edited = store.edit_note(space.token, kept.id, version=1, text="B")
    store.delete(space.token, edited)
    store.delete(space.token, edited)
    assert store.notes(space.token) == ()
    assert store.notes(space.token, deleted=True) == (edited,)
    with pytest.raises(StoreProblem, match="not here any more"):
        store.edit_note(space.token, kept.id, version=2, text="C")
    assert len(store.note_history(space.token, kept.id)) == 2
    store.restore(space.token, edited)
    assert store.notes(space.token) == (edited,)


def test_versions_of_a_note_are_bounded(
    store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note, "VERSIONS", 2)
    kept = add(store, space, "A")
    store.edit_note(space.token, kept.id, version=1, text="B")
    with pytest.raises(StoreProblem, match="2 versions of this note"):
        store.edit_note(space.token, kept.id, version=2, text="C")
    assert store.notes(space.token)[0].text == "B"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    st.text(max_size=60)
    | st.sampled_from(["\ud800", "é" * TEXT, "🙂" * (TEXT + 1), "\0", "a\0b", "'; drop", "\u202e"])
)
def test_any_text_comes_back_as_it_was_or_is_refused(store: Store, space: Workspace, text: str) -> None:
    expected = text.replace("\0", "").encode("utf-8", "replace").decode().strip()
    if 0 < len(expected) <= TEXT:
        kept = add(store, space, text)
        assert kept.text == expected
        assert store.notes(space.token)[-1] == kept
    else:
        with pytest.raises(StoreProblem, match=r"is empty|at most 4,000 are kept"):
            add(store, space, text)
