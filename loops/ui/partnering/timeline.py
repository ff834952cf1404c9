"""The timeline: what was said of each box, what was done and what was decided, over the days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from loops.draw import overtime
from loops.draw.overtime import Strip
from loops.model import Model
from loops.narrate import on_day
from loops.partners import Deed, History
from loops.store.records import Decision
from loops.ui import look, workspace
from loops.ui.partnering import voices
from loops.ui.partnering.opened import Opened
from loops.ui.text import csv_text, table

_MOST_BOXES, _MOST_DONE, _MOST_ROWS = 30, 40, 300
_FEW = 9
"""Boxes that are all drawn at once; of more, those of the opening view until somebody asks for all."""
HEAD = ("Day", "What", "Who spoke", "Said, done or decided", "Why, or until when")
_DONE, _DECIDED = "done", "decided"


def decisions(which: Opened) -> tuple[Decision, ...]:
    """What was decided about the partner; raises :class:`loops.store.StoreProblem`."""
    return workspace.store().decisions(which.space.token, partner_id=which.partner.id)


def show(which: Opened) -> None:
    """Draw the part: a strip for each thing done and decided, one for each box, and all of it as a table."""
    history, decided = which.history, decisions(which)
    first, last = span(history, decided)
    if done := [*_done(which.model, history.deeds, last), *_decided(decided)]:
        st.markdown("**What was done and decided**")
        st.html(overtime.html(done[-_MOST_DONE:], first, last, look.palette()))
        _cut(len(done), _MOST_DONE, "of what was done and decided")
    if first < last:
        _said(which, first, last)
    _table(which, decided)


def _said(which: Opened, first: date, last: date) -> None:
    """A strip for each box of which something was said."""
    every = [name for name in which.model.nodes if name in {mark.on for mark in which.history.marks}]
    core = [name for name in every if name in which.model.core]
    if core and len(core) < len(every) > _FEW:
        wide = st.toggle(
            f"Show all {len(every)} boxes", key=which.key("timeline_all"), persist_state="session"
        )
        every = every if wide else core
    st.markdown("**What was said**")
    st.html(overtime.html(list(_boxes(which, every[:_MOST_BOXES], last)), first, last, look.palette()))
    _cut(len(every), _MOST_BOXES, "boxes")
    years = ", with a line at every new year" if first.year < last.year else ""
    st.caption(
        f"Each strip goes from {on_day(first)} to {on_day(last)}{years}. The higher, the more it is there; "
        "slanted lines: nobody knows."
    )


def span(history: History, decided: Sequence[Decision]) -> tuple[date, date]:
    """The first and the last day that a timeline holds; today at least."""
    days = [mark.day for mark in history.marks] + [one.made_at.date() for one in decided]
    days += [day for deed in history.deeds for day in (deed.day, deed.until) if day]
    return min(days), max([*days, date.today()])


def _done(model: Model, deeds: Sequence[Deed], last: date) -> Iterator[Strip]:
    return (overtime.of_deed(model, deed, last) for deed in deeds)


def _decided(decided: Sequence[Decision]) -> Iterator[Strip]:
    return (overtime.of_decision(one.what, one.made_at.date()) for one in decided)


def _boxes(which: Opened, names: Sequence[str], last: date) -> Iterator[Strip]:
    for name in names:
        words = overtime.words_over(which.model, which.history.marks, name)
        yield overtime.of_box(which.model.nodes[name].label, words, last)


def _cut(count: int, most: int, what: str) -> None:
    if count > most:
        st.caption(f"{most} {what} are drawn, of {count:,}. The table below can be downloaded whole.")


def _table(which: Opened, decided: Sequence[Decision]) -> None:
    fold = st.expander("All of it as a table", key=which.key("timeline_table"), on_change="rerun")
    if not fold.open:
        return
    rows = lines(which.model, which.history, decided)
    with fold:
        st.html(table(HEAD, rows[:_MOST_ROWS], caption="The latest first", least=48))
        if len(rows) > _MOST_ROWS:
            st.caption(f"The latest {_MOST_ROWS} of {len(rows):,} are shown; the file holds them all.")
        st.download_button(
            "Download the timeline (CSV)",
            data=lambda: csv_text(HEAD, rows),
            file_name="timeline.csv",
            mime="text/csv",
            on_click="ignore",
        )


def lines(model: Model, history: History, decided: Sequence[Decision]) -> list[tuple[str, ...]]:
    """All that was said, done and decided, the latest first, without anybody's name."""
    labels = {name: node.label for name, node in model.nodes.items()}
    found: list[tuple[date, str, str, str, str]] = [
        (mark.day, labels.get(mark.on, mark.on), voices.speakers([mark.role]), mark.said, mark.reason)
        for mark in history.marks
    ]
    for deed in history.deeds:
        until = f"until {on_day(deed.until)}" if deed.until else ""
        found.append((deed.day, overtime.what(model, deed), "", _DONE, until))
    found += [(one.made_at.date(), one.what, "", _DECIDED, "") for one in decided]
    found.sort(key=lambda line: line[0], reverse=True)
    return [(on_day(day), *rest) for day, *rest in found]
