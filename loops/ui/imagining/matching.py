"""What of the model an item may be, and what is missing from a list: looked for once for each list."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.influence import Essential
from loops.model import Lever, Model
from loops.store.records import Item
from loops.ui.imagining.sitting import Sitting
from loops.wishes.matched import match
from loops.wishes.missing import missing


def like(sitting: Sitting, one: Item) -> Lever | None:
    """The lever that an item is most like, if it is like any."""
    found = _like(sitting.shelf.version, one.label, _model=sitting.model)
    return next((lever for lever in sitting.model.levers if lever.id == found), None)


@st.cache_data(show_spinner=False, max_entries=5_000)
def _like(version: str, label: str, _model: Model) -> str | None:
    return next((found.lever for found in match(_model, label)), None)


def essentials(sitting: Sitting, items: Sequence[Item]) -> tuple[Essential, ...]:
    """The essentials of the place that are not on the list."""
    lines = tuple((one.lever, one.helps, one.label) for one in items)
    return _missing(sitting.shelf.version, sitting.utopia.setting, lines, _sitting=sitting, _items=items)


@st.cache_data(show_spinner=False, max_entries=500)
def _missing(
    version: str,
    setting: str,
    lines: tuple[tuple[str, str, str], ...],
    _sitting: Sitting,
    _items: Sequence[Item],
) -> tuple[Essential, ...]:
    return missing(_sitting.model, _sitting.place, _items)
