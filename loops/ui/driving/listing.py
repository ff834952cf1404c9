"""Every loop in a list: what happens once round, how long it takes, how we know, how much comes back."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from loops.draw.push import amount
from loops.draw.scale import years
from loops.feedback import GRADES, Feedback, Found
from loops.kernel import Floats
from loops.model import Model
from loops.narrate import narrate
from loops.ui.catalogue import Shelf
from loops.ui.driving.driven import Driven, Names
from loops.ui.reading.reveal import KINDS
from loops.ui.text import csv_text, table

ROWS = 25
"""Loops on one page of the list."""
HEAD = ("Loop", "Kind", "Once round", "How long", "How we know", "At the start", "At most", "At the end")
_CSV_HEAD = (
    *("loop", "kind", "story", "boxes", "arrows", "months of delay", "how we know"),
    *("comes back at the start", "comes back half way", "comes back at most", "comes back at the end"),
)
_NAMED, _EVERY = "Those with a name", "All of them"
_NOT_RUN = "not run"

Order = Callable[[int, Feedback], tuple[float, float]]


def said(found: Found, *, strongest: bool = False) -> str:
    """How many loops there are, and whether these are all; if not, they are the shortest or the strongest."""
    count, named = len(found.loops), sum(loop.named is not None for loop in found.loops)
    if not count:
        return (
            "No arrow leads back to where it began, so there is no loop here: no change comes round, and "
            "what happens comes from the levers and circumstances alone."
        )
    if not found.complete:
        which = "strongest that were found by following the strongest arrows" if strongest else "shortest"
        kept = f" and the {named} with a name" if named else ""
        return (
            f"There are more loops here than can be listed. These {count:,} are the {which}{kept}: the list "
            "is not complete, and there may be others that matter."
        )
    if count == 1:
        return "There is one loop."
    if named == count:
        return f"There are {count:,} loops, and all of them have a name."
    who = {0: "none of them has", 1: "one of them has"}.get(named, f"{named} of them have")
    return f"There are {count:,} loops, and {who} a name."


def show(shelf: Shelf, found: Found, names: Names, plan: Driven | None) -> list[int]:
    """Draw the list, and return the places of the loops in it, in its order, whatever page is shown."""
    few, ordered, paged = st.columns(3, vertical_alignment="bottom")
    places = _among(shelf, found, few)
    orders = _orders(plan)
    with ordered:
        wish = st.selectbox(
            "Order by", list(orders), key=f"leading:order:{shelf.key}:{len(orders)}", persist_state="session"
        )
    places.sort(key=lambda place: (orders[wish](place, found.loops[place]), place))
    shown = _page(shelf, places, paged)
    under = f" The last columns: how much of a small push comes back under “{plan.title}”." if plan else ""
    rows = [
        row(found.loops[k], f"{names.tags[k]} {names.full[k]}", plan.gains[:, k] if plan else None)
        for k in shown
    ]
    st.html(table(HEAD, rows, caption=f"{len(shown)} of {len(found.loops):,} loops.{under}", least=58))
    st.download_button(
        "Download all of them (CSV)",
        data=lambda: _csv(shelf.model, found, names, plan),
        file_name=f"{shelf.model.id}_loops.csv",
        mime="text/csv",
        on_click="ignore",
    )
    return places


def row(loop: Feedback, name: str, gains: Floats | None) -> tuple[str, ...]:
    """What the list says of one loop; without `gains` (T,) it was not run."""
    told = loop.named.story if loop.named and loop.named.story else " → ".join((*loop.labels, loop.labels[0]))
    count = len(loop.links)
    long = f"{count} arrow{'s' if count > 1 else ''}"
    late = f", about {years(loop.delay)}" if loop.delay >= 1 else ""
    back = [_NOT_RUN] * 3
    if gains is not None:
        back = [_back(gain) for gain in (gains[0], _most(gains), gains[-1])]
    return (name, KINDS[loop.letter], told, long + late, loop.grade, *back)


def _back(gain: float) -> str:
    said = amount(abs(gain))
    return f"{said}, turned round" if gain < 0 and said != amount(0) else said


def _most(gains: Floats) -> float:
    """What comes back when most does, with its sign."""
    return float(gains[np.abs(gains).argmax()])


def _among(shelf: Shelf, found: Found, place: DeltaGenerator) -> list[int]:
    """The loops that are listed: all, or those with a name where only some have one."""
    named = [k for k, loop in enumerate(found.loops) if loop.named]
    every = list(range(len(found.loops)))
    if len(named) in (0, len(every)):
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
    """The ways to order the list."""
    orders: dict[str, Order] = {
        "As in the file": lambda place, _: (place, 0),
        "Fewest arrows": lambda _, loop: (len(loop.links), loop.delay),
        "Quickest round": lambda _, loop: (loop.delay, len(loop.links)),
        "Best evidence": lambda _, loop: (GRADES.index(loop.grade), len(loop.links)),
    }
    if plan is None:
        return orders
    peaks = np.abs(plan.gains).max(axis=0)
    return {"Most comes back": lambda place, _: (-float(peaks[place]), 0), **orders}


def _page(shelf: Shelf, places: list[int], slot: DeltaGenerator) -> list[int]:
    """The part of a long list that is shown."""
    pages = ceil(len(places) / ROWS)
    if pages < 2:
        return places
    with slot:
        page = st.number_input(f"Page (1 to {pages})", 1, pages, key=f"leading:page:{shelf.key}:{pages}")
    return places[(page - 1) * ROWS : page * ROWS]


def _csv(model: Model, found: Found, names: Names, plan: Driven | None) -> str:
    """All loops, with what comes back as it was computed."""
    rows = []
    for place, loop in enumerate(found.loops):
        back = [_NOT_RUN] * 4
        if plan:
            gains = plan.gains[:, place]
            back = [f"{gain:.6f}" for gain in (gains[0], gains[gains.size // 2], _most(gains), gains[-1])]
        told = (names.full[place], KINDS[loop.letter], narrate(model, loop), ", ".join(loop.labels))
        rows.append((*told, str(len(loop.links)), f"{loop.delay:g}", loop.grade, *back))
    return csv_text(_CSV_HEAD, rows)
