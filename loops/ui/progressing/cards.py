"""A card for each workstream: how far it is, its path box by box, what is missing first, what people said."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import streamlit as st

from loops.draw import programme
from loops.journey.programme import Progress, Share, Step, Stream
from loops.journey.standing import Changed
from loops.model import Model
from loops.narrate import on_day
from loops.ui.text import csv_text, table

MOST_SHOWN, MOST_SAID, MOST_ROWS = 30, 40, 300
"""Workstreams, reasons of one, and rows of the table that stand on the page at once."""


def show(model: Model, found: Progress) -> None:
    """All of them together, then each by itself, in the order of their names."""
    if found.whole:
        _card(model, found, found.whole, said=False)
    streams = _looked_for(found) if len(found.streams) > MOST_SHOWN else list(found.streams)
    for stream in streams[:MOST_SHOWN]:
        _card(model, found, stream, said=True)
    if (more := len(streams) - MOST_SHOWN) > 0:
        st.caption(f"And {more} more. Look for one by its name above; all are in the table (CSV).")


def figures(model: Model, found: Progress) -> None:
    """Every number as a table, and as a file."""
    if not st.toggle("Show figures", key="progress_figures"):
        return
    rows = list(programme.rows(model, found))
    caption = "In how many partners. The two numbers differ where the exact one is not told."
    if len(rows) > MOST_ROWS:
        caption += f" The first {MOST_ROWS} rows of {len(rows):,}; the file has them all."
    st.html(table(programme.HEAD, rows[:MOST_ROWS], caption=caption, least=48))


def csv_of(model: Model, found: Progress) -> str:
    """The same as CSV."""
    return csv_text(programme.HEAD, programme.rows(model, found))


def _looked_for(found: Progress) -> list[Stream]:
    """The workstreams whose name has what is looked for in it."""
    wanted = st.text_input("Find a workstream by its name", key="progress_search", persist_state="session")
    return [
        stream
        for stream in found.streams
        if (wanted or "").casefold() in programme.name(stream, found).casefold()
    ]


def _card(model: Model, found: Progress, stream: Stream, *, said: bool) -> None:
    st.html(html(model, found, stream))
    if said and stream.learnt:
        with st.expander(f"What people said since {on_day(found.since)}: {len(stream.learnt)}"):
            st.html("".join(_said(model, one) for one in stream.learnt[:MOST_SAID]))
            if (more := len(stream.learnt) - MOST_SAID) > 0:
                st.caption(f"And {more} more, in the Word file if that is ticked.")


def html(model: Model, found: Progress, stream: Stream) -> str:
    """The card as safe HTML."""
    title = f"{escape(programme.name(stream, found))} <small>{programme.partners(stream.partners)}</small>"
    says = [
        programme.direction(stream, found.since),
        *(programme.first_missing(model, lacking) for lacking in stream.lacking),
    ]
    return (
        f'<section class="stream"><h3>{title}</h3>'
        f'<p class="verdict">{escape(programme.headline(model, stream))}</p>'
        f'<ol class="path">{"".join(_steps(model, found, stream))}</ol>'
        f"{''.join(f'<p>{escape(text)}</p>' for text in says)}</section>"
    )


def _steps(model: Model, found: Progress, stream: Stream) -> Iterator[str]:
    for number, step in enumerate(stream.steps, start=1):
        node = model.nodes[step.box]
        passed = " class=passed" if number <= stream.reached else ""
        here = "<span>Most have got this far</span>" if number == stream.reached else ""
        yield (
            f"<li{passed}><b>{escape(node.short or node.label)}</b>"
            f"{_bar(step.there)}<span>at least partly in {programme.in_many(step.there)}</span>"
            f"{_was(step, found)}{here}</li>"
        )


def _bar(share: Share) -> str:
    """How many, as a bar: full up to what it is at least, hatched up to what it is at most."""
    least, more = (f"{100 * part / share.of:.4g}%" for part in (share.least, share.most - share.least))
    may = f'<i class="may" style="width:{more}"></i>' if share.most > share.least else ""
    return f'<span class="bar" aria-hidden="true"><i style="width:{least}"></i>{may}</span>'


def _was(step: Step, found: Progress) -> str:
    if step.was is None or step.unknown is None:
        return ""
    unknown = f"; nobody knows in {step.unknown.least}" if step.unknown.least else ""
    return f"<span>in {step.was.least or 'none'} on {on_day(found.since)}{unknown}</span>"


def _said(model: Model, learnt: Changed) -> str:
    return (
        f'<div class="said"><p>{escape(learnt.reason)}</p>'
        f'<p class="who">{escape(programme.said(model, learnt))}</p></div>'
    )
