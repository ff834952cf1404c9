"""Ask the room before it sees what happens, and count hands: large on a projector, quick by keyboard."""

from __future__ import annotations

from html import escape

import streamlit as st

from loops.ui.room.hands import MOST, Question

_COUNTS = "hands_counts"


def begin(question: Question) -> None:
    """No hand has gone up yet."""
    st.session_state[_COUNTS] = [0] * len(question.options)


def counts() -> tuple[int, ...]:
    """The hands for each option as they were counted last."""
    return tuple(st.session_state.get(_COUNTS, ()))


def show(question: Question, words: str) -> None:
    """The change in words, the question, and a row for each of its options."""
    st.html(f'<p class="verdict">We try: {escape(words)}.</p>')
    st.html(f'<p class="asks"><strong>{escape(question.asks)}</strong></p>')
    with st.container(key="hands"):
        for place, option in enumerate(question.options):
            _row(place, option, counts()[place])
    total = sum(counts())
    st.caption(
        f"{total} hand{'s' * (total != 1)} so far. On a keyboard, the number of an option adds a hand to it."
    )


def _row(place: int, option: str, count: int) -> None:
    number = place + 1
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key=f"option:{place}"):
        st.html(f'<div class="option">{number}. {escape(option)}</div>', width="stretch")
        st.button(
            "\u22121",
            key=f"hand:{place}:fewer",
            help=f"One hand fewer for option {number}",
            disabled=count == 0,
            on_click=_add,
            args=(place, -1),
        )
        st.html(f'<div class="count" aria-live="polite">{count}</div>', width=60)
        st.button(
            "+1",
            key=f"hand:{place}:more",
            help=f"One hand more for option {number}",
            disabled=count == MOST,
            shortcut=str(number),
            on_click=_add,
            args=(place, 1),
        )


def _add(place: int, by: int) -> None:
    found = list(counts())
    found[place] += by
    st.session_state[_COUNTS] = found
