"""Meeting: what came of the last decision, a change to try after a question to the room, what we decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from loops.draw.document import Decided, Record
from loops.narrate import on_day
from loops.simulate import DidNotFinish
from loops.store.records import ShowOfHands, Workspace
from loops.ui import choose, look, saving, workspace
from loops.ui.catalogue import Shelf
from loops.ui.engine import engine
from loops.ui.planning import history
from loops.ui.room import asking, counted, decision, hands, lasttime, minutes, revealed, takeaway, trying
from loops.ui.room.hands import Question
from loops.ui.room.revealed import Asked
from loops.ui.room.trial import Trial
from loops.ui.text import ASSUMPTIONS, md

_NO_QUESTION = "No question this time"
_NOT_KEPT = (
    "Nothing is kept unless you name a shared space above. "
    "The meeting works without one: download its record before you leave."
)


def page() -> StreamlitPage:
    """The page as the navigation knows it."""
    return st.Page(show, title="Meeting", url_path="meeting")


def show() -> None:
    """Draw the page: while hands are counted the question, and nothing else."""
    look.begin("Meeting")
    look.room()
    kept, which, files = st.columns([1.5, 1.6, 0.8], vertical_alignment="bottom")
    with kept:
        space = workspace.bar()
    shelf = choose.model(which, files.popover("Open a file", width="stretch"))
    history.refit(shelf)
    if (asked := _now(shelf)) and asked.question and not _is_shown(shelf):
        _ask(space, shelf, asked, asked.question)
        return
    if space is None:
        st.info(_NOT_KEPT)
    elif asked is None:
        st.subheader("Last time", anchor=False)
        with workspace.telling():
            lasttime.show(space, shelf.model)
            _hands_last_time(space)
    st.subheader("Try a change", anchor=False)
    st.markdown(ASSUMPTIONS)
    if asked:
        _reveal(shelf, asked)
    else:
        _choose(space, shelf)
    shown: tuple[ShowOfHands, ...] = ()
    if space:
        with workspace.telling():
            shown = minutes.shown(space)[1]
    counted.show("The hands so far", shown)
    st.subheader("What we decide", anchor=False)
    _decide(space, shelf, shown)


def _hands_last_time(space: Workspace) -> None:
    if last := minutes.shown(space)[0]:
        counted.show(f"The hands on {on_day(last[-1].made_at)}", last)


def _choose(space: Workspace | None, shelf: Shelf) -> None:
    """The change, and the question that the room is asked before it is shown."""
    what, how = st.columns(2, gap="large")
    with what:
        tried = trying.change(shelf, trying.plans(shelf, space, _last_trial(shelf)))
    with how:
        watched = trying.watched(shelf)
        offered = {one.asks: one for one in hands.questions(shelf.model, watched)}
        asks = st.radio(
            "Ask the room first", [*offered, _NO_QUESTION], format_func=md, key=f"question:{shelf.key}"
        )
    asked = Asked(tried, watched, offered.get(asks))
    if tried.nothing:
        st.caption("This is what is planned already. Change something, and it can be tried.")
    else:
        st.markdown(md(f"We try: {tried.words}."))
    label = "Ask the room" if asked.question else "Show what happens"
    # not a callback: one that is pressed right after a slider moved would still hold the change from before
    if st.button(label, type="primary", disabled=tried.nothing):
        _begin(space, shelf, asked)
        st.rerun()


def _begin(space: Workspace | None, shelf: Shelf, asked: Asked) -> None:
    st.session_state[_key("asked", shelf)] = asked
    if asked.question:
        asking.begin(asked.question)
    else:
        _show_it(space, shelf)


@st.fragment
def _ask(space: Workspace | None, shelf: Shelf, asked: Asked, question: Question) -> None:
    """The question and the hands; everything else waits."""
    asking.show(question, asked.trial.words)
    with st.container(horizontal=True):
        shown = st.button("Show what happens", type="primary", on_click=_show_it, args=(space, shelf))
        back = st.button("Back to the change", on_click=_leave, args=(shelf,))
    if shown or back:
        st.rerun()


def _show_it(space: Workspace | None, shelf: Shelf) -> None:
    """Keep the hands, and reveal; hands that cannot be saved stay on the page and in its files."""
    asked: Asked = st.session_state[_key("asked", shelf)]
    if asked.question:
        asked = replace(asked, counts=asking.counts())
        with saving.noting(decision.PLACE):
            asked = counted.keep(space, shelf.model, asked)
    st.session_state[_key("asked", shelf)] = asked
    st.session_state[_key("shown", shelf)] = True
    st.session_state[_key("tried", shelf)] = (*_all_tried(shelf), asked)


def _reveal(shelf: Shelf, asked: Asked) -> None:
    """What happens, beside what the room said."""
    with st.spinner("Getting the engine ready. This happens the first time only."):
        engine().ready(300)
    try:
        before, after = revealed.run(shelf, asked.trial)
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"This change cannot be run: {problem}"))
    else:
        revealed.show(shelf, asked, before, after)
    st.button("Try another change", on_click=_leave, args=(shelf,))


def _leave(shelf: Shelf) -> None:
    for name in ("asked", "shown"):
        st.session_state.pop(_key(name, shelf), None)


def _decide(space: Workspace | None, shelf: Shelf, shown: tuple[ShowOfHands, ...]) -> None:
    """The decisions of this meeting, one more, and the way out with a file in hand."""
    decided: tuple[Decided, ...] = ()
    with workspace.telling():
        decided = decision.here(space)
    decision.show(decided)
    decision.form(space, shelf.model)
    saving.complaint(decision.PLACE)
    with st.expander("Take the record of this meeting with you"):
        names = st.checkbox("With names: who does what", key="minutes_names", persist_state="session")
        notes = space is not None and st.checkbox(
            "With what was noted on the last decision", key="minutes_notes", persist_state="session"
        )
        told = _record(space, shelf, decided, shown)
        with st.container(horizontal=True):
            takeaway.downloads(told, "meeting", notes=notes, names=names)
    st.button("End the meeting", on_click=_end, args=(space, shelf))


def _end(space: Workspace | None, shelf: Shelf) -> None:
    with saving.noting(decision.PLACE):
        if space:
            minutes.end(space)
        decision.clear()
        st.session_state.pop(_key("tried", shelf), None)
        _leave(shelf)


def _record(
    space: Workspace | None, shelf: Shelf, decided: tuple[Decided, ...], shown: tuple[ShowOfHands, ...]
) -> Callable[[], Record]:
    """What makes the record. What this session holds is read now: files are made where there is none."""
    tried = _all_tried(shelf)
    return lambda: Record(
        f"Meeting: {space.name}" if space else "Meeting",
        takeaway.today(),
        shelf.model.title,
        topics=lasttime.topics(space, minutes.decided(space)[0]) if space else (),
        decisions=decided,
        tried=tuple(counted.tried(shelf, tried, shown)),
    )


def _now(shelf: Shelf) -> Asked | None:
    found: Asked | None = st.session_state.get(_key("asked", shelf))
    return found


def _is_shown(shelf: Shelf) -> bool:
    return bool(st.session_state.get(_key("shown", shelf)))


def _all_tried(shelf: Shelf) -> tuple[Asked, ...]:
    found: tuple[Asked, ...] = st.session_state.get(_key("tried", shelf), ())
    return found


def _last_trial(shelf: Shelf) -> Trial | None:
    tried = _all_tried(shelf)
    return tried[-1].trial if tried else None


def _key(name: str, shelf: Shelf) -> str:
    return f"meeting_{name}:{shelf.key}"
