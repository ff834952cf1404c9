"""What pages share in tests: a store of their own, a compiled engine, and nothing kept from test to test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from changing import SMALL

from loops.store import Store
from loops.store.records import Utopia, Workspace
from loops.ui import engine


@pytest.fixture(autouse=True)
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of saved models, which is not there yet: no test finds what somebody saved at the app."""
    folder = tmp_path / "saved" / "models"
    monkeypatch.setenv("LOOPS_MODELS", str(folder))
    return folder


@pytest.fixture
def ours(models: Path) -> Path:
    """A small model that somebody saved."""
    models.mkdir(parents=True)
    path = models / "ours.toml"
    path.write_bytes(SMALL)
    return path


@pytest.fixture
def compiled() -> None:
    """The engine is ready before a page asks for it, however busy the machine is."""
    assert engine.engine().ready(60)


@pytest.fixture
def cold_engine(compiled: None) -> Iterator[None]:
    """The next page gets an engine of its own, which is not ready yet."""
    engine.engine.clear()
    yield
    engine.engine.clear()


@pytest.fixture
def fresh_caches() -> Iterator[None]:
    """What a test opens for all sessions, such as a store, is not there for the next one."""
    yield
    st.cache_resource.clear()


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], Any]]:
    """What makes each file that the page offers, by the words on its button: it is made when pressed."""
    made: dict[str, Callable[[], Any]] = {}
    offer = st.download_button

    def kept(label: str, *args: Any, data: Callable[[], Any], **how: Any) -> bool:
        made[label] = data
        return offer(label, *args, data=data, **how)

    monkeypatch.setattr(st, "download_button", kept)
    return made


@pytest.fixture
def store(
    made_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh_caches: None
) -> Iterator[Store]:
    """The store that pages find at ``$LOOPS_STORE``."""
    url = f"sqlite:///{shutil.copy(made_once, tmp_path)}"
    monkeypatch.setenv("LOOPS_STORE", url)
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def space(store: Store) -> Workspace:
    """A shared space with nothing in it."""
    return store.create_workspace("North team")


@pytest.fixture
def utopia(store: Store, space: Workspace) -> Utopia:
    """A surgery that a room imagines there, with nothing written yet."""
    return store.start_utopia(space.token, model="active_practice", setting="A GP surgery")
