"""What was done with a partner, from which day to which, and what was decided about it."""

from __future__ import annotations

from datetime import date
from html import escape

import streamlit as st

from loops.draw import overtime
from loops.model import Model
from loops.narrate import on_day
from loops.partners import Deed
from loops.partners.history import FIRST_DAY
from loops.store.bounds import LABEL, TEXT
from loops.store.records import Action
from loops.ui import saving, taken, workspace
from loops.ui.partnering.opened import Opened
from loops.ui.room import decision, minutes
from loops.ui.text import md, unique

PLACE = "partner_done"
_OWN = ""
"""In place of a lever: something that the model has nothing like."""


def show(which: Opened) -> None:
    """Draw the part: what was done with the newest first, one more, and the decisions."""
    actions = workspace.store().actions(which.space.token, which.partner.id)
    st.markdown("What was done here shows on the timeline, and is compared with what became of it.")
    with st.expander("Write down what was done", expanded=not actions, key=which.key("done_add")):
        _fields(which, which.key("done"), None)
    for one in sorted(actions, key=lambda one: (one.deed.day, one.id), reverse=True):
        _action(which, one)
    taken.way_back(which.space, _out(which), PLACE)
    saving.complaint(PLACE)
    _decisions(which)


def said(model: Model, deed: Deed) -> str:
    """What was done and when, in one line: the model's words, then what else was written."""
    until = f" to {on_day(deed.until)}" if deed.until else ", and it goes on" if deed.lever else ""
    when = f"from {on_day(deed.day)}{until}" if deed.until or deed.lever else f"on {on_day(deed.day)}"
    return f"{overtime.what(model, deed)}, {when}"


def _action(which: Opened, one: Action) -> None:
    """One thing that was done, with its fields once somebody wants to change it."""
    who = f' <span class="who">{escape(one.deed.who)}</span>' if one.deed.who else ""
    key, draft = which.key("done_open"), which.key(f"done_{one.id}")
    with st.container(border=True, key=f"done:{one.id}"):
        what, buttons = st.columns([5, 1.5], vertical_alignment="center")
        what.html(f'<div class="wall item"><p>{escape(said(which.model, one.deed))}{who}</p></div>')
        with buttons.container(horizontal=True, horizontal_alignment="right"):
            named = md(said(which.model, one.deed)[:90])
            st.button("Change", key=f"done_change:{one.id}", help=named, on_click=_turn, args=(key, one.id))
            st.button(
                "Take out",
                key=f"done_out:{one.id}",
                help=named,
                on_click=taken.take_out,
                args=(which.space, one, _out(which), PLACE),
            )
        if st.session_state.get(key) == one.id:
            _fields(which, draft, one)


def _turn(key: str, number: int) -> None:
    """Open the fields of one, or close them again; what was typed stays."""
    st.session_state[key] = None if st.session_state.get(key) == number else number


def _fields(which: Opened, draft: str, one: Action | None) -> None:
    """What, from when to when, and who: of something new, or of `one` that was written down."""
    now = one.deed if one else Deed("", date.today())
    seen = st.session_state.setdefault(_field(draft, "version"), one.version if one else 0)
    labels = unique({_OWN: "Something else", **{lever.id: lever.label for lever in which.model.levers}})
    st.selectbox(
        "What was it?",
        list(labels),
        list(labels).index(now.lever) if one and now.lever in labels else None,
        labels.__getitem__,
        key=_field(draft, "lever"),
        placeholder="Choose one, or something else",
        persist_state="session",
    )
    _line("In your own words (may stay empty if it is in the list)", draft, "what", now.what, most=TEXT)
    first, last = st.columns(2)
    with first:
        _day("From", draft, "day", now.day)
    with last:
        _day("Until (empty while it goes on, or if it was one day)", draft, "until", now.until)
    _line("Who did it? (may stay empty; it leaves this space only when ticked)", draft, "who", now.who)
    with st.container(horizontal=True):
        st.button("Keep it", key=f"keep:{draft}", type="primary", on_click=_keep, args=(which, draft, one))
        if one and seen != one.version:
            st.button("Show how it reads now", key=f"anew:{draft}", on_click=saving.empty, args=(draft,))


def _line(label: str, draft: str, name: str, now: str, *, most: int = LABEL) -> None:
    st.text_input(label, now, max_chars=most, key=_field(draft, name), persist_state="session")


def _day(label: str, draft: str, name: str, now: date | None) -> None:
    key, last = _field(draft, name), max(now or FIRST_DAY, date.today())  # a file may know of tomorrow
    st.date_input(label, now, FIRST_DAY, last, key=key, format="DD/MM/YYYY", persist_state="session")


def _keep(which: Opened, draft: str, one: Action | None) -> None:
    """Keep what is in the fields; where somebody else was quicker it stays there."""
    field = {name: st.session_state.get(_field(draft, name)) for name in Deed.__dataclass_fields__}
    labels = {lever.id: lever.label for lever in which.model.levers}
    what = (field["what"] or "").strip() or labels.get(field["lever"] or "", "")
    day = field["day"] or date.today()
    deed = Deed(what, day, field["until"], field["lever"] or "", field["who"] or "")
    token = which.space.token
    with saving.noting(PLACE):
        if one:
            version = st.session_state[_field(draft, "version")]
            workspace.store().edit_action(token, one.id, version=version, deed=deed)
            st.session_state[which.key("done_open")] = None
        else:
            workspace.store().add_action(token, which.partner.id, deed)
        saving.empty(draft)


def _field(draft: str, name: str) -> str:
    return f"{saving.field(draft)}:{name}"


def _out(which: Opened) -> str:
    """Where it is remembered what was taken out last."""
    return which.key("done_taken_out")


def _decisions(which: Opened) -> None:
    """What was decided about the partner, and one more decision."""
    st.subheader("What we decided about it", anchor=False)
    made = workspace.store().decisions(which.space.token, partner_id=which.partner.id)
    for one in reversed(made):
        with st.container(border=True):
            st.caption(on_day(one.made_at.date()))
            decision.show([minutes.record(one)])
    with st.expander("Write down a decision", key=which.key("decide_add")):
        decision.form(which.space, which.model, about=which.partner)
    saving.complaint(decision.PLACE)
