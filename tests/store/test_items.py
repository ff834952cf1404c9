"""Items: what is said of each, one reading for all, and every version of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from loops.store import Store, StoreProblem, rows
from loops.store.records import Item, Utopia, Workspace

SAID: dict[str, Any] = {
    "label": "Bike racks",
    "lever": "bike_racks",
    "at": "infrastructure",
    "on": "community",
    "hours_us": 0.1,
    "hours_partner": 2.0,
    "cost": 1_200.5,
    "owner": "Practice manager",
    "evidence": "inferred",
    "why": "Others have them",
    "helps": "embedded",
    "strength": "strong",
    "chosen": False,
}


@pytest.fixture
def surgery(store: Store, space: Workspace) -> Utopia:
    return store.start_utopia(space.token, model="m", setting="GP surgery")


def said(kept: Item) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in SAID}


def test_an_item_is_kept_with_all_that_is_said_of_it(store: Store, space: Workspace, surgery: Utopia) -> None:
    kept = store.add_item(space.token, surgery.id, **SAID)
    bare = store.add_item(space.token, surgery.id, label="Signs")
    assert said(kept) == SAID
    assert (bare.lever, bare.hours_us, bare.evidence, bare.strength) == ("", 0.0, "assumed", "weak")
    assert bare.chosen
    assert store.items(space.token, surgery.id) == (kept, bare)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"label": " "}, "The item is empty"),
    ({"label": "x" * 201}, "at most 200"),
    ({"why": "x" * 4_001}, "at most 4,000"),
    ({"hours_us": -1}, "Our hours a month: write a number between 0 and 10,000"),
    ({"hours_partner": float("nan")}, "The partner’s hours a month"),
    ({"cost": float("inf")}, "What it costs in pounds"),
    ({"cost": "5"}, "What it costs in pounds"),
    ({"at": "personal"}, "individual, social or infrastructure"),
    ({"on": "everybody"}, "workforce, community or organisation"),
    ({"evidence": "proved"}, "stated, inferred or assumed"),
    ({"strength": "huge"}, "weakly, moderately or strongly"),
]


def test_what_cannot_be_is_refused_and_changes_nothing(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    kept = store.add_item(space.token, surgery.id, **SAID)
    for wrong, says in WRONG:
        with pytest.raises(StoreProblem, match=says):
            store.add_item(space.token, surgery.id, **{**SAID, **wrong})
        with pytest.raises(StoreProblem, match=says):
            store.edit_item(space.token, kept.id, version=1, **wrong)
    assert store.items(space.token, surgery.id) == (kept,)


def test_an_edit_changes_what_it_says_and_keeps_every_version(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    kept = store.add_item(space.token, surgery.id, **SAID)
    edited = store.edit_item(space.token, kept.id, version=1, hours_us=3, chosen=True)
    assert said(edited) == SAID | {"hours_us": 3.0, "chosen": True}
    assert (edited.id, edited.version) == (kept.id, 2)
    assert edited.made_at == kept.made_at <= edited.edited_at
    assert store.items(space.token, surgery.id) == (edited,)
    assert store.item_history(space.token, kept.id) == (kept, edited)


def test_an_edit_that_says_nothing_new_is_no_version(store: Store, space: Workspace, surgery: Utopia) -> None:
    kept = store.add_item(space.token, surgery.id, **SAID)
    assert store.edit_item(space.token, kept.id, version=1, label=" Bike racks ") == kept
    assert store.item_history(space.token, kept.id) == (kept,)


def test_of_many_who_change_one_item_at_once_one_does_and_the_others_are_told(
    store: Store, space: Workspace, surgery: Utopia
) -> None:
    kept = store.add_item(space.token, surgery.id, label="Bike racks")

    def change(hours: float) -> Item | str:
        try:
            return store.edit_item(space.token, kept.id, version=1, hours_us=hours)
        except StoreProblem as problem:
            return str(problem)

    with ThreadPoolExecutor(3) as pool:
        came = list(pool.map(change, range(1, 7)))
    (won,) = [one for one in came if isinstance(one, Item)]
    (told,) = {one for one in came if isinstance(one, str)}
    assert told == (
        "Somebody else has changed “Bike racks” in the meantime, so this was not kept. "
        "Look at what it says now, then change it again."
    )
    assert store.items(space.token, surgery.id) == (won,)
    again = store.edit_item(space.token, kept.id, version=2, hours_us=9)
    assert (again.version, again.hours_us) == (3, 9.0)


def test_versions_are_bounded(
    store: Store, space: Workspace, surgery: Utopia, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.add_item(space.token, surgery.id, label="A")
    monkeypatch.setattr(rows, "VERSIONS", 1)
    with pytest.raises(StoreProblem, match="1 versions of this item"):
        store.edit_item(space.token, kept.id, version=1, label="B")
    with pytest.raises(StoreProblem, match="item is not here any more"):
        store.edit_item(space.token, kept.id + 1, version=1, label="B")
    assert store.items(space.token, surgery.id) == (kept,)


def test_a_deleted_item_comes_back_as_it_read(store: Store, space: Workspace, surgery: Utopia) -> None:
    kept = store.add_item(space.token, surgery.id, label="A")
    edited = store.edit_item(space.token, kept.id, version=1, label="B")
    store.delete(space.token, edited)
    assert store.items(space.token, surgery.id) == ()
    assert store.items(space.token, surgery.id, deleted=True) == (edited,)
    store.restore(space.token, replace(edited, label="whatever"))
    assert store.items(space.token, surgery.id) == (edited,)
