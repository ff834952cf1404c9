"""The ledger of observations: nothing that was seen is lost, whoever else writes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from older import older
from sqlalchemy import text

from loops.store import Store, StoreProblem, observations
from loops.store.records import Observation, Seen, Workspace

MODEL = "common_purpose"
SEEN = Seen(
    date="2024-03",
    source="Minutes of the practice meeting",
    what="They rang us first",
    bearing="supports",
    who="Practice manager",
    why="A neighbour had told them",
    how="By telephone",
    expected="no",
)


def add(store: Store, space: Workspace, *, element: str = "node:trust", seen: Seen = SEEN) -> Observation:
    return store.add_observation(space.token, model=MODEL, element=element, seen=seen, author="Sam")


def test_an_observation_is_kept_with_all_that_was_said(store: Store, space: Workspace) -> None:
    kept = add(store, space)
    assert (kept.model, kept.element, kept.seen, kept.author) == (MODEL, "node:trust", SEEN, "Sam")
    assert (kept.version, kept.beside) == (1, None)
    assert store.observations(space.token) == (kept,)
    assert store.observations(store.create_workspace("Others").token) == ()


def test_observations_are_found_by_model_and_element_in_the_order_of_their_dates(
    store: Store, space: Workspace
) -> None:
    late = add(store, space, seen=replace(SEEN, date="2024-03-15"))
    claim = add(store, space, element="claim:quick_wins", seen=replace(SEEN, date="2023"))
    early = add(store, space, seen=replace(SEEN, date="31/12/2023"))
    assert [one.seen.date for one in store.observations(space.token)] == ["2023", "2023-12-31", "2024-03-15"]
    assert store.observations(space.token, model=MODEL, element="node:trust") == (early, late)
    assert store.observations(space.token, element="claim:quick_wins") == (claim,)
    assert store.observations(space.token, model="other") == ()


@pytest.mark.parametrize("element", ["", "trust", "node:", "node: ", "loop:R1", "decision:1", "x" * 201])
def test_an_observation_is_of_a_box_an_arrow_or_a_claim(store: Store, space: Workspace, element: str) -> None:
    with pytest.raises(StoreProblem):
        add(store, space, element=element)
    assert store.observations(space.token) == ()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"date": "last spring"}, "“last spring” is no date"),
        ({"date": "2024-02-30"}, "is no date"),
        ({"date": ""}, "is no date"),
        ({"source": " "}, "The source is empty"),
        ({"what": "\0"}, "What was seen is empty"),
        ({"what": "x" * 4_001}, "at most 4,000"),
        ({"who": "x" * 201}, "at most 200"),
        ({"bearing": "proves"}, "supports, contradicts or qualifies"),
        ({"expected": "perhaps"}, "yes, no or not said"),
    ],
)
def test_what_is_not_dated_or_sourced_is_refused(
    store: Store, space: Workspace, wrong: dict[str, str], says: str
) -> None:
    with pytest.raises(StoreProblem, match=says):
        add(store, space, seen=Seen(**{**vars(SEEN), **wrong}))
    assert store.observations(space.token) == ()


@given(st.dates())
def test_every_way_to_write_a_day_is_the_same_day(day) -> None:
    iso = day.isoformat()
    written = [iso, f"{day.day}/{day.month}/{day.year:04}", f" {day.day:02}/{day.month:02}/{day.year:04} "]
    assert {observations.dated(one) for one in written} == {iso}
    assert observations.dated(iso[:7]) == observations.dated(f"{day.month}/{day.year:04}") == iso[:7]
    assert observations.dated(iso[:4]) == iso[:4]


def test_an_edit_keeps_every_version(store: Store, space: Workspace) -> None:
    kept = add(store, space)
    changed = replace(SEEN, bearing="qualifies", what="They rang us first, once")
    edited = store.edit_observation(space.token, kept.id, version=1, seen=changed, author="Alex")
    assert (edited.id, edited.seen, edited.author, edited.version) == (kept.id, changed, "Alex", 2)
    assert edited.made_at == kept.made_at <= edited.edited_at
    assert store.observations(space.token) == (edited,)
    history = store.observation_history(space.token, kept.id)
    assert [(one.version, one.seen, one.author) for one in history] == [
        (1, SEEN, "Sam"),
        (2, changed, "Alex"),
    ]


def test_many_who_edit_one_observation_at_once_all_keep_their_words(store: Store, space: Workspace) -> None:
    kept = add(store, space)
    changed = [replace(SEEN, what=f"edit {number}") for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        edits = list(
            pool.map(lambda seen: store.edit_observation(space.token, kept.id, version=1, seen=seen), changed)
        )
    texts = sorted(one.seen.what for one in store.observations(space.token))
    assert texts == sorted(seen.what for seen in changed)
    assert [one.version for one in edits if one.id == kept.id] == [2]
    assert {one.beside for one in edits if one.id != kept.id} == {kept.id}
    assert {one.element for one in edits} == {"node:trust"}


def test_a_refused_edit_changes_nothing(store: Store, space: Workspace, monkeypatch) -> None:
    kept = add(store, space)
    with pytest.raises(StoreProblem, match="is no date"):
        store.edit_observation(space.token, kept.id, version=1, seen=replace(SEEN, date="then"))
    with pytest.raises(StoreProblem, match="not here any more"):
        store.edit_observation(space.token, kept.id + 1, version=1, seen=SEEN)
    monkeypatch.setattr(observations, "VERSIONS", 1)
    with pytest.raises(StoreProblem, match="1 versions of this observation"):
        store.edit_observation(space.token, kept.id, version=1, seen=SEEN)
    assert store.observations(space.token) == (kept,)


def test_a_deleted_observation_comes_back(store: Store, space: Workspace) -> None:
    kept = add(store, space)
    store.delete(space.token, kept)
    assert store.observations(space.token) == ()
    assert store.observations(space.token, deleted=True) == (kept,)
    store.restore(space.token, kept)
    assert store.observations(space.token) == (kept,)


def test_observations_are_bounded(store: Store, space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(observations.MOST, "observations", 1)
    kept = add(store, space)
    with pytest.raises(StoreProblem, match="no more are kept here"):
        add(store, space)
    assert store.observations(space.token) == (kept,)


def test_a_database_without_a_ledger_gets_one_and_keeps_what_it_has(url: str) -> None:
    with older(url, "0001") as connection:
        connection.execute(text("INSERT INTO workspaces (name, made_at) VALUES ('Our team', '2024-01-01')"))
    with Store.open(url) as store:
        (space,) = store.new_links("Our team")
        kept = add(store, space)
        assert store.observations(space.token) == (kept,)
