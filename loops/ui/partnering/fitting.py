"""What this tells us: which versions of our assumptions can have led to what was said of this partner."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import escape

import streamlit as st

from loops.journey.apart import Apart, told_apart
from loops.journey.matched import Matched, NoneFits
from loops.journey.matching import WORLDS, match
from loops.journey.observed import TooFew, observe
from loops.simulate import DidNotFinish
from loops.ui import stoppable
from loops.ui.keeping.found import SEED
from loops.ui.partnering import ahead, fitting_best, fitting_known, fitting_next, fitting_ruled, opened
from loops.ui.partnering.opened import Opened
from loops.ui.text import md

COUNTS = (WORLDS, 4 * WORLDS)
"""Versions to try."""
_FOUND = "fitting:found"
_MOST = 2
"""Answers kept in one session: each holds every version that was tried."""
_HOW = (
    "Every rating is an observation. Many versions of our assumptions are run from the first day under what "
    "was written down as done; those that come out far from what people said are ruled out. This asks what "
    "our assumptions got wrong, not what people did."
)


@dataclass(frozen=True)
class Fitted:
    """What is left of the versions, and what these have in common, where any is left."""

    found: Matched | NoneFits
    known: Apart | None


def show(which: Opened) -> None:
    """Draw the part."""
    st.markdown(_HOW)
    try:
        seen = observe(which.model, which.history)
    except ValueError as problem:
        st.error(md(f"This cannot be worked out: {problem}."))
        return
    if isinstance(seen, TooFew):
        verdict, why = seen.says.split(". ", 1)
        st.html(f'<p class="verdict"><strong>{escape(verdict)}.</strong></p>')
        st.markdown(md(why))
        st.button("Rate it again", type="primary", on_click=opened.go, args=("rate",))
        return
    if ahead.ready():
        _answer(which)


def _answer(which: Opened) -> None:
    """The button, and what was found when somebody pressed it."""
    many, go = st.columns([3, 1], vertical_alignment="bottom")
    with many:
        count = st.segmented_control(
            "How many versions of our assumptions to try",
            COUNTS,
            default=COUNTS[0],
            format_func=lambda count: f"{count:,}",
            required=True,
            key="fitting:count",
            persist_state="session",
        )
    now = go.button("See what this tells us", key="fitting:try", type="primary", width="stretch")
    name = f"{fingerprint(which)} {count}"
    fitted = _fitted(which, count or COUNTS[0], name, now=now)
    if fitted is None:
        st.info("Press “See what this tells us”. It takes some seconds; “Stop” ends it.")
        return
    found = fitted.found
    st.html(f'<p class="verdict"><strong>{escape(found.says)}</strong></p>')
    for told in (found.cut, found.observed.left_out):
        if told:
            st.caption(md(told))
    if isinstance(found, Matched) and found.doubt:
        st.markdown(md(found.doubt))
    fitting_ruled.show(which, found)
    if isinstance(found, Matched) and fitted.known:
        fitting_known.show(which, fitted.known)
        fitting_next.show(which, found, name)
    fitting_best.fold(which, found.observed, name)


def _fitted(which: Opened, count: int, name: str, *, now: bool) -> Fitted | None:
    """What was found for all that is known of the partner as it is now, or is found `now`."""
    stoppable.let_it_end()
    kept: dict[str, Fitted] = st.session_state.setdefault(_FOUND, {})
    if now and name not in kept:
        _look(which, count, name, kept)
    return kept.get(name)


def fingerprint(which: Opened) -> str:
    """What is the same only where the model, what was said and what was done are."""
    known = repr((which.shelf.version, which.history.marks, which.history.deeds))
    return hashlib.sha256(known.encode()).hexdigest()[:16]


def _look(which: Opened, count: int, name: str, kept: dict[str, Fitted]) -> None:
    def make(progress: stoppable.Progress) -> None:
        found = match(which.model, which.history, seed=SEED, count=count, progress=progress)
        if not isinstance(found, TooFew):
            kept[name] = Fitted(found, told_apart(found) if isinstance(found, Matched) else None)
        while len(kept) > _MOST:
            kept.pop(next(iter(kept)))

    try:
        stoppable.work(make, key="fitting")
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"This cannot be worked out: {problem}."))
