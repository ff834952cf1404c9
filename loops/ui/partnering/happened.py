"""Expected and happened: what we said would follow, beside what people have said since, box by box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from loops.draw.scale import from_to
from loops.journey import happened
from loops.journey.happened import Against, Kept
from loops.narrate import listed, on_day
from loops.store.records import Course
from loops.ui import choose, saving, taken, workspace
from loops.ui.partnering import happened_chart, opened
from loops.ui.partnering.opened import Opened
from loops.ui.text import csv_text, md, table, unique

PLACE = "partner_happened"
HEAD = ("Box", "So it is", "We expected", "What was said")
_NOTHING = (
    "Nothing is expected yet. Choose what you do on “What if, from here” and keep what follows: it "
    "stands here at the next meeting, beside what people say then."
)
_MOST = 6
"""Boxes that are named in a sentence."""


def show(which: Opened) -> None:
    """Draw the part."""
    courses = {one.id: one for one in workspace.store().courses(which.space.token, which.partner.id)[::-1]}
    if not courses:
        st.info(_NOTHING)
        st.button("See what would help from here", type="primary", on_click=opened.go, args=("ahead",))
    else:
        _course(which, courses[_chosen(which, courses)])
    taken.way_back(which.space, _out(which), PLACE)
    saving.complaint(PLACE)


def _chosen(which: Opened, courses: Mapping[int, Course]) -> int:
    """Which of what was expected is looked at: at first the latest."""
    titles = unique({str(one.id): one.title for one in courses.values()})
    choice, out = st.columns([4, 1], vertical_alignment="bottom")
    with choice:
        number = choose.one("What we expected", titles, which.key("happened"))
    with out:
        st.button(
            "Take it out",
            key="happened:out",
            on_click=taken.take_out,
            args=(which.space, courses[int(number)], _out(which), PLACE),
        )
    return int(number)


def _course(which: Opened, course: Course) -> None:
    """One course beside what happened, or why it cannot be shown."""
    try:
        kept = _read(which, course)
    except ValueError as problem:
        st.error(md(f"“{course.title}” cannot be read: {problem}."))
        return
    found = happened.compare(which.model, kept, which.history.marks, on=date.today())
    st.markdown(md(_begun(kept)))
    st.html(f'<p class="verdict"><strong>{escape(happened.summary(found))}</strong></p>')
    _otherwise(which, found)
    st.markdown(md(done_since(which, kept)))
    if kept.doing:
        st.button("Write down what was done", key="happened:done", on_click=opened.go, args=("done",))
    said = [each for each in found if each.happened is not None]
    if not said:
        st.button("Rate it now", key="happened:rate", type="primary", on_click=opened.go, args=("rate",))
    else:
        happened_chart.show(which, kept, found)
        _table(which, said, f"What was said since {on_day(kept.day)}")
    _silent(which, [each for each in found if each.happened is None])


def _read(which: Opened, course: Course) -> Kept:
    """What is kept of a course; raises :class:`ValueError`, for what comes from a file may be anything."""
    kept = happened.read(course.payload)
    if (kept.model, kept.day) != (which.model.id, course.begun):
        raise ValueError("it is of another model or day than it was kept for: keep it again from the page")
    return kept


def _begun(kept: Kept) -> str:
    doing = listed([f"“{label}”" for label in kept.doing]) if kept.doing else "nothing new"
    return f"From {on_day(kept.day)} on we meant to do: {doing}."


def _otherwise(which: Opened, found: Sequence[Against]) -> None:
    """What went otherwise than expected, by name: what to talk about first."""
    for verdict in ("more than expected", "less than expected"):
        names = [f"“{which.model.nodes[each.box].label}”" for each in found if each.verdict == verdict]
        if names:
            shown = names if len(names) <= _MOST else [*names[:_MOST], f"{len(names) - _MOST} more"]
            st.markdown(f"**{verdict.capitalize()}:** {md(listed(shown))}.")


def done_since(which: Opened, kept: Kept) -> str:
    """Of what we meant to do, what is written down as done since, and what is not."""
    done = {deed.lever for deed in which.history.deeds if deed.lever and (deed.until or date.max) >= kept.day}
    ways = {True: "Written down as done since", False: "Not written down as done yet"}
    told = []
    for there, words in ways.items():
        labels = [
            f"“{label}”"
            for lever, label in zip(kept.levers, kept.doing, strict=True)
            if (lever in done) is there
        ]
        if labels:
            told.append(f"{words}: {listed(labels)}.")
    return " ".join(told)


def expected(each: Against) -> str:
    """Where a box was expected, in words: from where to where in 8 of 10 versions."""
    return from_to(*each.words)


def _table(which: Opened, said: Sequence[Against], about: str) -> None:
    """What was expected and what was said of each box that somebody has rated since."""
    labels = {name: node.label for name, node in which.model.nodes.items()}
    rows = [
        (labels[each.box], each.verdict, expected(each), f"{each.happened}{_when(each)}") for each in said
    ]
    st.html(table(HEAD, rows, caption=about, least=36))
    st.download_button(
        "Download expected and happened (CSV)",
        data=lambda: csv_text(HEAD, rows),
        file_name="expected-and-happened.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _when(each: Against) -> str:
    return f", {on_day(each.day)}" if each.day else ""


def _silent(which: Opened, silent: Sequence[Against]) -> None:
    """Where we expected the boxes of which nobody has said anything since."""
    if silent:
        with st.expander(f"Nobody has said since: {len(silent)}"):
            rows = [(which.model.nodes[each.box].label, expected(each)) for each in silent]
            st.html(table((HEAD[0], HEAD[2]), rows, caption="Where we expected them by now"))


def _out(which: Opened) -> str:
    """Where it is remembered what was taken out last."""
    return which.key("happened_taken_out")
