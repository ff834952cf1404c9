"""What a table sees on its phone or laptop: its name, one thing to write about, and what all tables wrote."""

from __future__ import annotations

from html import escape

import streamlit as st

from loops.store.bounds import LABEL
from loops.store.records import Idea, Sense, Utopia, Workspace
from loops.ui import workspace
from loops.ui.imagining import adding, changing, places, wall
from loops.ui.room import phone, writing

_UTOPIA, _TABLE = "utopia", "table"
"""Where the address says what is imagined and which table this is: a page loaded again is the same table."""
_KINDS: dict[Sense, str] = {"do": "What could be done", "see": "See", "hear": "Hear", "feel": "Feel"}
_INVITES = (
    "Point a phone at the square, or open the link on a laptop. Each table gives itself a name and writes; "
    "what all of them write shows here by itself."
)
_NO_LINK = "This page needs the link for tables. Ask the person who leads the day, and open it again."


def invite(space: Workspace, utopia: Utopia) -> None:
    """The link for tables, and the square."""
    phone.invite(phone.link(space, **{_UTOPIA: str(utopia.id)}), _INVITES, others="tables")


def show() -> None:
    """Draw the page as a table sees it."""
    space = phone.arrived("Utopia", _NO_LINK)
    if space is None:
        return
    with workspace.telling():
        made = workspace.store().utopias(space.token)
        asked = st.query_params.get(_UTOPIA)
        utopia = next((one for one in reversed(made) if asked in (None, str(one.id))), None)
        if utopia is None:
            st.info(_NO_LINK)
            return
        _write(space, utopia)


def _write(space: Workspace, utopia: Utopia) -> None:
    shelf = phone.opened_as(utopia.model)
    place = places.called(shelf.model if shelf else None, utopia.setting)
    table = _name()
    if not table:
        return
    st.html(f'<p class="asks">{escape(place.walk)}</p>')
    sense = st.pills(
        "What do you write about?",
        list(_KINDS),
        format_func=_KINDS.__getitem__,
        default="do",
        required=True,
        key="utopia_kind",
        wrap=True,
    )
    asked = {"see": place.see, "hear": place.hear, "feel": place.feel}.get(sense, ())
    if asked:
        st.html(wall.questions(asked))
    adding.form(space, utopia, sense, table)
    st.fragment(_all, run_every=writing.EVERY)(space, utopia, sense)
    ideas = workspace.store().ideas(space.token, utopia.id)
    changing.show(space, [one for one in ideas if one.at_table == table and one.sense == sense])


def _name() -> str:
    """What this table calls itself; it stays in the address."""
    st.text_input(
        "What is your table called?",
        st.query_params.get(_TABLE, ""),
        max_chars=LABEL,
        key="utopia_table",
        on_change=_named,
        placeholder="Such as: Table 1, or the name of your practice",
    )
    name = st.query_params.get(_TABLE, "")
    if not name:
        st.button("Sit down", type="primary", on_click=_named)
    return name


def _named() -> None:
    if name := (st.session_state["utopia_table"] or "").strip():
        st.query_params[_TABLE] = name


def _all(space: Workspace, utopia: Utopia, sense: Sense) -> None:
    """What every table wrote, as it comes in."""
    with workspace.telling():
        ideas: tuple[Idea, ...] = workspace.store().ideas(space.token, utopia.id)
        st.subheader("What all tables wrote", anchor=False)
        st.html(f'<div class="wall">{wall.lines(one for one in ideas if one.sense == sense)}</div>')
