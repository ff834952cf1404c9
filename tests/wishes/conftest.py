"""The model of a surgery that the wishes are about."""

from __future__ import annotations

import pytest

from loops import library
from loops.files import read_model
from loops.model import Model


@pytest.fixture(scope="session")
def active_practice() -> Model:
    return read_model(library.shipped_models()["active_practice"])
