"""Every loop in a list: what happens once round, how long it takes, how we know, how much comes back."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import numpy as np
import streamlit as st

from loops.draw.gains import comes_back
from loops.draw.scale import years
from loops.feedback import GRADES, Feedback, Found
from loops.model import Model
from loops.narrate import narrate
from loops.ui.catalogue import Shelf
from loops.ui.driving.driven import Driven, Names
from loops.ui.reading.reveal import KINDS
from loops.ui.text import csv_text, table

_ROWS = 25
"""Loops on one page of the list."""
HEAD = (
    "Loop",
    "Kind",
    "Once round",
    "Arrows",
    "Takes",
    "How we know",
    "At the start",
    "Half way",
    "At the end",
)
_NAMED, _EVERY = "Those with a name", "All of them"
_NOT_RUN = "not run"

Order = Callable[[int, Feedback], tuple[float, int]]


def show(shelf: Shelf, found: Found, names: Names, plan: Driven | None) -> list[int]:
    """Draw the list, and return the places of the loops in it, in its order, whatever page is shown."""
    few, ordered, paged = st.columns(3, vertical_alignment="bottom")
    places = _among(shelf, found, few)
    orders = _orders(plan)
    with ordered:
        wish = st.selectbox(
            "Order by", list(orders), key=f"leading:order:{shelf.key}:{len(orders)}", persist_state="session"
        )
    places = sorted(places, key=lambda place: (orders[wish](place, found.loops[place]), place))
    shown = places
    if len(places) > _ROWS:
        pages = ceil(len(places) / _ROWS)
        with paged:
            page = st.number_input(
                f"Page (1 to {pages})", 1, pages, key=f"leading:page:{shelf.key}:{len(places)}"
            )
        shown = places[(page - 1) * _ROWS : page * _ROWS]
    under = f" What comes back is for the plan “{plan.title}”." if plan else ""
    st.html(
        table(
            HEAD,
            [row(shelf.model, found.loops[place], names.full[place], plan, place) for place in shown],
            caption=f"{len(shown)} of {len(found.loops):,} loops.{under}",
            least=72,
        )
    )
    st.download_button(
        "Download all loops (CSV)",
        data=lambda: _csv(shelf.model, found, names, plan),
        file_name=f"{shelf.model.id}_loops.csv",
        mime="text/csv",
        on_click="ignore",
    )
    return places


def said(found: Found) -> str:
    """How many loops there are, and whether these are all."""
    count, named = len(found.loops), sum(loop.named is not None for loop in found.loops)
    if not count:
        return (
            "No arrow leads back to where it began, so there is no loop here: no change comes round, and "
            "what happens comes from the levers and circumstances alone."
        )
    if not found.complete:
        return (
            f"There are more loops here than can be listed. These are {count:,} of them, the shortest and "
            f"those with a name ({named}): the list is not complete, and a longer loop may be stronger."
        )
    if count == 1:
        return "There is one loop."
    return f"There are {count:,} loops, and {named} of them have a name."


def row(model: Model, loop: Feedback, name: str, plan: Driven | None, place: int) -> tuple[str, ...]:
    """What is said of one loop."""
    if plan is None:
        back = [_NOT_RUN] * 3
    else:
        gains = plan.gains[:, place]
        back = [comes_back(gain) for gain in (gains[0], gains[gains.size // 2], gains[-1])]
    label = f"{loop.named.label} " if loop.named and loop.named.label else ""
    told = loop.named.story if loop.named and loop.named.story else narrate(model, loop)
    late = f"about {years(loop.delay)}" if loop.delay >= 1 else "no delay of its own"
    return (label + name, KINDS[loop.letter], told, str(len(loop.links)), late, loop.grade, *back)


def _among(shelf: Shelf, found: Found, place: st.delta_generator.DeltaGenerator) -> list[int]:
    """The loops that are listed: all, or those with a name where some have one."""
    named = [k for k, loop in enumerate(found.loops) if loop.named]
    every = list(range(len(found.loops)))
    if not named or len(named) == len(every):
        return every
    with place:
        wish = st.segmented_control(
            "Which loops",
            [_NAMED, _EVERY],
            default=_NAMED,
            required=True,
            key=f"leading:listed:{shelf.key}",
        )
    return named if wish == _NAMED else every


def _orders(plan: Driven | None) -> dict[str, Order]:
    orders: dict[str, Order] = {}
    if plan is not None:
        peaks = np.abs(plan.gains).max(axis=0)
        orders["Most comes back"] = lambda place, _: (-float(peaks[place]), 0)
    return orders | {
        "As in the file": lambda place, _: (place, 0),
        "Fewest arrows": lambda _, loop: (len(loop.links), 0),
        "Quickest round": lambda _, loop: (loop.delay, len(loop.links)),
        "Best evidence": lambda _, loop: (GRADES.index(loop.grade), len(loop.links)),
    }


def _csv(model: Model, found: Found, names: Names, plan: Driven | None) -> str:
    """All loops, with what comes back as it was computed."""
    head = (*HEAD[:6], "arrow by arrow", "gain at the start", "gain half way", "gain at the end")
    rows = []
    for place, loop in enumerate(found.loops):
        gains = plan.gains[[0, len(plan.gains) // 2, -1], place] if plan else ()
        figures = [f"{gain:.6f}" for gain in gains] or [_NOT_RUN] * 3
        rows.append((*row(model, loop, names.full[place], None, place)[:6], loop.id, *figures))
    return csv_text(head, rows)
