"""The first two steps: what could be done, cell by cell, and what one sees, hears and feels in the place."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import streamlit as st

from loops.store.bounds import LABEL
from loops.store.records import Sense
from loops.ui import workspace
from loops.ui.imagining import adding, changing, wall
from loops.ui.imagining.sitting import Sitting
from loops.ui.room import writing

_DO = "What could be done here so that people move more?"


def could_be_done(sitting: Sitting) -> None:
    """The influencer matrix, filled by all tables at once."""
    _asks(_DO)
    _live(lambda: wall.matrix([one for one in sitting.ideas() if one.sense == "do"]))
    _write(sitting, ("do",))


def see_hear_feel(sitting: Sitting) -> None:
    """What one would see, hear and feel in the place at its best."""
    _asks(sitting.place.walk)
    _live(lambda: wall.senses(sitting.place, sitting.ideas()))
    _write(sitting, tuple(wall.SENSES))


def _asks(says: str) -> None:
    st.html(f'<p class="asks">{escape(says)}</p>')


def _live(drawn: Callable[[], str]) -> None:
    """What all tables wrote, as it comes in."""

    @st.fragment(run_every=writing.EVERY)
    def show() -> None:
        with workspace.telling():
            st.html(drawn())

    show()


def _write(sitting: Sitting, kinds: tuple[Sense, ...]) -> None:
    """Write for a table on this screen, or change what was written."""
    with st.expander("Write on this screen"):
        sense = kinds[0]
        if len(kinds) > 1:
            sense = st.pills(
                "What do you write about?",
                list(kinds),
                format_func=lambda kind: kind.capitalize(),
                default=kinds[0],
                required=True,
                key="utopia_kind_here",
            )
        st.text_input(
            "Whose idea is it? (a table’s name; may stay empty)",
            key="utopia_table_here",
            max_chars=LABEL,
            persist_state="session",
        )
        named = (st.session_state["utopia_table_here"] or "").strip()
        adding.form(sitting.space, sitting.utopia, sense, named)
    changing.show(sitting.space, [one for one in sitting.ideas() if one.sense in kinds])
