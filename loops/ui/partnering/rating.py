"""Rate: how far each box is, in five words, as whoever speaks; all that was said is kept with one press."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from math import ceil

import streamlit as st

from loops.narrate import on_day
from loops.partners import SAID, Mark
from loops.partners.history import FIRST_DAY
from loops.store.bounds import LABEL, TEXT
from loops.ui import saving, workspace
from loops.ui.partnering import answers, opened, takeback, unsent, voices
from loops.ui.partnering.boxes import Box, asked
from loops.ui.partnering.opened import Opened
from loops.ui.text import listed, md

PLACE = "partner_rating"
_HARMLESS = re.compile(r"\w[\w ,’'-]*(: [\w ,’'-]+)?")
_ROWS = 20
"""Boxes on one page of a long list."""
_HOW = (
    "Say how far each of these is here: not yet, a little, partly, or mostly (which goes up to fully). Pass "
    "over what you did not talk about. “Don’t know” is an answer: it shows whom to ask."
)


def show(which: Opened) -> None:
    """Draw the part."""
    if answers.come_back(which):
        st.toast("Your answers from before are back. They are not kept yet.")
    _sheet(which)
    saving.complaint(PLACE)


@st.fragment
def _sheet(which: Opened) -> None:
    """The questions and the answers: nothing else of the page is drawn again for each of them."""
    if st.session_state.pop(which.key("rate_anew"), False):
        st.rerun()  # what was kept is to be read
    if not which.is_here:
        st.rerun()  # and nothing that was said of one that is gone is remembered
    st.markdown(_HOW)
    role = _speaking(which)
    first, rest = asked(which.model, which.profile.roles, role)
    last = _last(which.history.marks, role)
    _boxes(which, role, first, last, "first")
    if rest:
        more = st.expander(f"The rest: {len(rest)} more", key=which.key("rate_rest"), on_change="rerun")
        if more.open:
            with more:
                _boxes(which, role, rest, last, "rest")
    _keep(which)
    takeback.show(which)


def _speaking(which: Opened) -> str:
    """The day, who speaks, and their name if they want it kept."""
    known, key = answers.roles(which), answers.field(which, "role")
    if st.session_state.get(key) not in known:
        st.session_state[key] = ""
    role = st.pills(
        "Who is speaking?",
        known,
        format_func=lambda one: md(voices.speaker(one)),
        required=True,
        key=key,
        wrap=True,
        persist_state="session",
    )
    day, name = st.columns([1, 4], vertical_alignment="bottom")
    day.date_input(
        "Day",
        min_value=FIRST_DAY,
        max_value="today",
        format="DD/MM/YYYY",
        key=answers.field(which, "day"),
        persist_state="session",
    )
    name.text_input(
        "Name (may stay empty; it leaves this space only when ticked)",
        key=answers.field(which, "who", role or ""),
        max_chars=LABEL,
        persist_state="session",
    )
    return role or ""


def _boxes(which: Opened, role: str, boxes: Sequence[Box], last: Mapping[str, Mark], part: str) -> None:
    pages = ceil(len(boxes) / _ROWS)
    page = 1
    if pages > 1:
        key = which.key(f"rate_page_{part}_{pages}")
        page = int(st.number_input(f"Page (1 to {pages})", 1, pages, key=key, width=160))
    for box in boxes[(page - 1) * _ROWS : page * _ROWS]:
        _box(which, role, box, last.get(box.id))


def _box(which: Opened, role: str, box: Box, last: Mark | None) -> None:
    """One box: what it is and what it looks like at both ends, what was said last time, and five words."""
    with st.container(border=True, key=f"rate:{box.id}"):
        what, says = st.columns([3, 2.6], vertical_alignment="center")
        what.html(_told(box, last))
        with says:
            said = st.pills(
                _heard(box.label),
                SAID,
                format_func=lambda word: word.capitalize().replace("'", "’"),
                key=answers.field(which, "said", role, box.id),
                label_visibility="collapsed",
                wrap=True,
                persist_state="session",
            )
            if said:
                st.text_input(
                    f"Why? {_heard(box.label)}",
                    key=answers.field(which, "why", role, box.id),
                    label_visibility="collapsed",
                    placeholder="What makes you say so? (may stay empty)",
                    max_chars=TEXT,
                    persist_state="session",
                )


def _heard(label: str) -> str:
    """A label that is read out as it is written: marks are escaped only where they would do something.

    >>> _heard("Buy-in: ready to act"), _heard("Trust :red[us]")
    ('Buy-in: ready to act', 'Trust \\\\:red\\\\[us\\\\]')
    """
    return label if _HARMLESS.fullmatch(label) else md(label)


def _told(box: Box, last: Mark | None) -> str:
    ends = (("Not yet", box.not_yet), ("Fully", box.fully))
    looks = "".join(f"<dt>{word}</dt><dd>{escape(says)}</dd>" for word, says in ends if says)
    before = ""
    if last:
        reason = f" “{escape(last.reason)}”" if last.reason else ""
        before = f"<p>Last time, on {on_day(last.day)}: <b>{last.said}</b>.{reason}</p>"
    return f'<div class="rate"><h3>{escape(box.label)}</h3><dl>{looks}</dl>{before}</div>'


def _last(marks: Sequence[Mark], role: str) -> dict[str, Mark]:
    """What this role said last of each box."""
    return {mark.on: mark for mark in sorted(marks, key=lambda one: one.day) if mark.role == role}


def _keep(which: Opened) -> None:
    """The button that keeps all that was answered, as whomever."""
    given = answers.given(which)
    if not given:
        unsent.forget(which)
        st.button("Keep the answers", type="primary", disabled=True)
        _after(which)
        return
    answers.remember(which)
    by_role = {role: sum(mark.role == role for mark in given) for role in answers.roles(which)}
    spoke = [f"{voices.speaker(role)}: {number}" for role, number in by_role.items() if number]
    with st.container(horizontal=True, key="keep-these-answers"):
        st.button(
            f"Keep {len(given)} answer{'s' * (len(given) > 1)}",
            type="primary",
            help=md(listed(spoke)) if len(spoke) > 1 else None,
            on_click=_kept,
            args=(which, given),
        )
        st.button("Leave them out", on_click=answers.clear, args=(which,))


def _after(which: Opened) -> None:
    """What was kept last, and the way on."""
    if number := st.session_state.get(which.key("rated"), 0):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_are_kept(number), width="content")
            if st.button("See where they are", on_click=opened.go, args=("where",)):
                st.rerun()


def _kept(which: Opened, given: Sequence[Mark]) -> None:
    with saving.noting(PLACE):
        workspace.store().rate(which.space.token, which.partner.id, given)
        answers.clear(which)
        st.session_state[which.key("rated")] = len(given)
        st.session_state[which.key("rate_anew")] = True
        st.toast(_are_kept(len(given)))


def _are_kept(number: int) -> str:
    return "1 answer is kept." if number == 1 else f"{number} answers are kept."
