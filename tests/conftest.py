"""What every test shares: the shipped model, and repeatable examples wherever CI runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from loops import library
from loops.files import read_model
from loops.model import Model
from loops.scenario import Scenario
from loops.store import Store

# a first example compiles the kernel, so time limits would measure that
_SHARED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", derandomize=True, max_examples=60, **_SHARED)
settings.register_profile("local", max_examples=60, **_SHARED)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def common_purpose() -> Model:
    return read_model(library.shipped_models()["common_purpose"])


@pytest.fixture(scope="session")
def scenarios(common_purpose: Model) -> dict[str, Scenario]:
    return library.scenarios_of(common_purpose)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of saved work with all its tables: a copy costs less than making them."""
    file = tmp_path_factory.mktemp("made") / "loops.db"
    Store.open(f"sqlite:///{file}").close()
    return file


@pytest.fixture(autouse=True)
def _main_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts each page in the place of the main module; a process started later would look for it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that need a browser, which mostly wait, are spread among those that compute."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    waiting = [path for path in files if path.parent.name == "browser"]
    order = [path for path in files if path not in waiting]
    apart = len(order) // (len(waiting) or 1)
    for number, path in enumerate(waiting):
        order.insert(number * (apart + 1), path)
    items[:] = [item for path in order for item in files[path]]
