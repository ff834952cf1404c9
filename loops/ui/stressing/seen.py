"""What was observed of something we think happens: beside what our assumptions say, never merged with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from loops.draw.seen import BEARINGS, BESIDE, EXPECTED, counted, not_here, told
from loops.model import Model
from loops.store.bounds import LABEL, TEXT
from loops.store.observations import add_observation, observations_of
from loops.store.records import Observation, Seen, Workspace
from loops.theory.claims import Claim
from loops.ui import saving, workspace
from loops.ui.text import table

_HEAD = ("When", "What was seen", "What it does", "Who", "Where it is from", "Expected")
NO_SPACE = "No shared space is open. What was seen is kept in one: open it on the page “Meeting”."


def show(model: Model, claim: Claim) -> None:
    """The observations of the open space about a claim, and a form for one more."""
    st.markdown("**What was seen here.**")
    space = workspace.current()
    if space is None:
        st.markdown(NO_SPACE)
        return
    with workspace.telling():
        element = f"claim:{claim.id}"
        found = observations_of(workspace.store(), space.token, model=model.id, element=element)
        if found:
            st.markdown(f"Of what was seen, {counted(one.seen for one in found)}. {BESIDE}")
            listing(found[::-1])
        else:
            st.markdown("Nothing has been written down about this yet.")
        form(space, model, element, f"seen:{claim.id}")


def listing(found: Sequence[Observation], called: Mapping[str, str] | None = None) -> None:
    """The observations as a table; with the titles of what they are about, if those are given."""
    head = _HEAD if called is None else (*_HEAD[:2], "About", *_HEAD[2:])
    rows = (tuple(_row(each, called)) for each in found)
    st.html(table(head, rows, caption="The newest first", least=44 if called is None else 56))


def _row(found: Observation, called: Mapping[str, str] | None) -> Iterator[str]:
    each = found.seen
    yield on_one_line(each.date)
    yield told(each)
    if called is not None:
        yield called.get(found.element) or not_here(found.element)
    yield from (BEARINGS[each.bearing], each.who, each.source, EXPECTED[each.expected])


def on_one_line(date: str) -> str:
    """A date that a narrow column does not break."""
    return date.replace("-", "\N{NON-BREAKING HYPHEN}")


def form(space: Workspace, model: Model, element: str, name: str) -> None:
    """One more observation; the fields stay as they are until it is kept, and are empty then."""
    key = saving.field(name)
    with st.form(key):
        one = fields(key)
        if st.form_submit_button("Write it down"):
            with workspace.telling():
                add_observation(workspace.store(), space.token, model=model.id, element=element, seen=one)
                saving.empty(name)
                st.rerun()


def fields(key: str, old: Seen | None = None) -> Seen:
    """The fields of a form about one observation, as it reads now if there is one; returns what they hold."""
    was = old or Seen(date="", source="", what="", bearing="supports")
    what = st.text_area("What was seen", was.what, key=f"{key}:what", max_chars=TEXT, height=90)
    when, where, does = st.columns(3)
    date = when.text_input(
        "When", was.date, key=f"{key}:date", placeholder="15/3/2026, 2026-03 or 2026", max_chars=40
    )
    source = where.text_input(
        "Where it is written down",
        was.source,
        key=f"{key}:source",
        placeholder="Minutes, a survey",
        max_chars=TEXT,
    )
    bearings, hopes = list(BEARINGS), list(EXPECTED)
    bearing = does.selectbox(
        "What it does",
        bearings,
        bearings.index(was.bearing),
        format_func=BEARINGS.__getitem__,
        key=f"{key}:bearing",
    )
    st.caption("The rest may stay empty.")
    why, how = st.columns(2)
    because = why.text_input("Why it happened", was.why, key=f"{key}:why", max_chars=TEXT)
    manner = how.text_input("How it came about", was.how, key=f"{key}:how", max_chars=TEXT)
    who, hoped = st.columns(2)
    person = who.text_input("Who did it or saw it", was.who, key=f"{key}:who", max_chars=LABEL)
    expected = hoped.selectbox(
        "Was it expected?",
        hopes,
        hopes.index(was.expected),
        format_func=EXPECTED.__getitem__,
        key=f"{key}:expected",
    )
    return Seen(date, source, what, bearing, person, because, manner, expected)
