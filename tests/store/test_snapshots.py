"""Snapshots: kept as the page gave them, and found again by model."""

from __future__ import annotations

import pytest

from loops.store import Store, StoreProblem
from loops.store.bounds import PAYLOAD
from loops.store.records import Workspace


def test_a_snapshot_comes_back_as_it_was(store: Store, space: Workspace) -> None:
    payload = '{"levels": [0.1, 1e-300], "title": "é 🙂 \\u0000"}'
    first = store.save_snapshot(space.token, title="Train first", model="m", payload=payload)
    second = store.save_snapshot(space.token, title="Train first", model="other", payload="[]")
    assert (first.title, first.model, first.payload) == ("Train first", "m", payload)
    assert store.snapshots(space.token) == (first, second)
    assert store.snapshots(space.token, model="m") == (first,)


def test_a_deleted_snapshot_can_be_restored(store: Store, space: Workspace) -> None:
    kept = store.save_snapshot(space.token, title="A", model="m", payload="{}")
    store.delete(space.token, kept)
    assert store.snapshots(space.token) == ()
    assert store.snapshots(space.token, deleted=True) == (kept,)
    store.restore(space.token, kept)
    assert store.snapshots(space.token) == (kept,)
    assert store.snapshots(space.token, deleted=True) == ()


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "x" * 201}, {"payload": ""}, {"model": ""}])
def test_a_snapshot_has_a_title_a_model_and_a_payload(
    store: Store, space: Workspace, wrong: dict[str, str]
) -> None:
    with pytest.raises(StoreProblem):
        store.save_snapshot(space.token, **{"title": "A", "model": "m", "payload": "{}", **wrong})


def test_a_payload_is_bounded(store: Store, space: Workspace) -> None:
    full = '"' + "é" * (PAYLOAD - 2) + '"'
    assert store.save_snapshot(space.token, title="A", model="m", payload=full).payload == full
    with pytest.raises(StoreProblem, match="at most 200,000 are kept"):
        store.save_snapshot(space.token, title="A", model="m", payload=full + " x")
