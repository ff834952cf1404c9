"""The plan that was looked at last in an open model, in sentences: for what other pages hand out."""

from __future__ import annotations

import streamlit as st

from loops.draw import calendar
from loops.draw.scale import ASSUMPTIONS
from loops.ui.backcasting import asking, saying
from loops.ui.backcasting.asking import Goal
from loops.ui.catalogue import Shelf
from loops.utopia.found import Backcast, Found

_TOLD = "goal:told"


def keep(goal: Goal, got: Backcast, found: Found) -> None:
    """This is the plan that is looked at now."""
    said = (
        f"{asking.called(goal)}.",
        f"{saying.headline(got, found)} It takes {saying.takes(found.cost)}. {ASSUMPTIONS}",
        *(f"{row.what}: {calendar.told(row)}" for row in calendar.rows(got.model, found.plan)),
    )
    st.session_state.setdefault(_TOLD, {})[goal.shelf.key] = (goal.shelf.version, said)


def of(shelf: Shelf) -> tuple[str, ...]:
    """What was said of the last plan; nothing where none was looked at since the model was changed."""
    said: tuple[str, ...]
    version, said = st.session_state.get(_TOLD, {}).get(shelf.key, ("", ()))
    return said if version == shelf.version else ()
