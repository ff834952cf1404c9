"""When somebody else saved, or took away, the file of a draft: what they changed, and the ways on.

Nothing is lost either way: what is theirs stays in the file, and what is ours stays in the draft.
"""

from __future__ import annotations

import os
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, replace

import streamlit as st

from loops import files
from loops.complaints import BadFile
from loops.draw.settled import settled
from loops.editing.history import Step, replay
from loops.editing.versions import differences
from loops.files import Opened
from loops.model import Model
from loops.ui.editing import drafts, telling
from loops.ui.editing.drafts import Draft
from loops.ui.text import md

ON_TOP = "Put my changes on top of theirs"
_WENT_BACK = (
    "You went back behind what you had saved yourself, so your changes cannot be put on top of theirs. "
    "Save under another name, and compare the two."
)
_CLASHES, _SHOWN = "editing:clashes", 30


@dataclass(frozen=True)
class Clash:
    """What a file holds now that is not what a draft was opened from; no model when it is none any more."""

    theirs: Opened[Model] | None = None
    fits: bool = False
    """Whether the steps of the draft can be made again on it."""
    why: str = ""
    """Why it is no model."""
    gone: bool = False


@dataclass(frozen=True)
class OnTop:
    """What became of a draft that was put on top of what somebody else saved."""

    before: Draft
    done: tuple[Step, ...]
    lost: tuple[Step, ...]


def found(draft: Draft) -> bool:
    """Whether the file of a draft is another one than it was opened from; if so, the page shows it."""
    if draft.opened is None:
        return False
    try:
        theirs = files.open_model(draft.opened.path)
    except BadFile as problem:
        _clashes()[draft.key] = Clash(why=problem.says, gone=not os.path.lexists(draft.opened.path))
        return True
    if theirs.data == draft.opened.data:
        return False
    _clashes()[draft.key] = Clash(theirs, since_saved(draft) is not None)
    return True


def forget(key: str) -> None:
    """There is nothing more to say about the file of a draft."""
    _clashes().pop(key, None)


def show(draft: Draft, *, name: Callable[[], None], anew: Callable[[str], None]) -> None:
    """What somebody else did, if anything, with the ways on; `name` asks for another name for the file."""
    clash = _clashes().get(draft.key)
    if clash is None or draft.opened is None:
        return
    with st.container(border=True, key="change:clash"):
        if isinstance(clash, OnTop):
            _on_top(draft, clash)
            return
        _tell(clash, md(draft.opened.path.name))
        with st.container(horizontal=True):
            if clash.fits:
                st.button(ON_TOP, key="change:ontop", type="primary", on_click=put_on_top, args=(draft.key,))
            elif clash.gone:
                st.button("Save it anew", key="change:anew", type="primary", on_click=anew, args=(draft.key,))
            with st.popover("Save under another name", key="change:clash:name"):
                name()
            st.button("Leave it for now", key="change:leave", on_click=forget, args=(draft.key,))
        if clash.theirs is not None:  # below the ways on, since the list can be long
            _changed(draft.opened.part, clash.theirs.part)


def _tell(clash: Clash, file: str) -> None:
    """What became of the file."""
    if clash.gone:
        st.warning(f"Somebody took {file} away since you opened it. What you have here is not lost.")
        return
    if clash.theirs is None:
        st.warning(
            f"Somebody changed {file} since you opened it, so nothing was saved. "
            f"It cannot be read as a model now: {md(clash.why)}"
        )
        return
    st.warning(
        f"Somebody else saved {file} since you opened it, so nothing was saved over it. "
        "Who it was is not known. What you have here is not lost."
    )
    if not clash.fits:
        st.markdown(_WENT_BACK)


def _changed(ours: Model, theirs: Model) -> None:
    st.markdown("**What they changed**")
    if differ := differences(ours, theirs):
        telling.show(differ, most=_SHOWN)
    else:
        st.markdown("Nothing in the diagram: only comments or the layout of the file.")


def since_saved(draft: Draft) -> tuple[Step, ...] | None:
    """The steps that the file of a draft does not have; none when they cannot be told from those it has."""
    history = draft.history
    if draft.opened is None:
        return history.done
    part = draft.opened.part
    for at in reversed(range(len(history.done))):
        if history.done[at].model is part:
            return history.done[at + 1 :]
    return history.done if draft.as_filed else None


def put_on_top(key: str) -> None:
    """Make the steps of a draft again on what the file holds now; nothing is saved by that."""
    draft = drafts.current(key)
    if draft is None or draft.opened is None:
        return
    steps = since_saved(draft)
    if steps is None:  # steps were taken back while the button was there
        drafts.say(_WENT_BACK)
        return
    try:
        theirs = files.open_model(draft.opened.path)
    except BadFile:
        found(draft)
        return
    with st.spinner("Your changes are made again on top of theirs."):
        history, lost = replay(settled(theirs.part), steps)
    drafts.keep(replace(draft, history=history, opened=theirs, number=draft.number + 1))
    _clashes()[key] = OnTop(draft, history.done, lost)


def _on_top(draft: Draft, done: OnTop) -> None:
    st.info("Your changes stand on top of theirs now. Look whether all is well, then save.")
    if done.lost:
        st.markdown(
            f"**{len(done.lost)} of your changes did not fit** what they have made of it, and were left out:"
        )
        lines = [f"- {md(step.says)}" for step in done.lost[:_SHOWN]]
        if more := done.lost[_SHOWN:]:
            lines.append(f"- And {len(more)} more.")
        st.markdown("\n".join(lines))
    with st.container(horizontal=True):
        if _untouched(draft, done):
            st.button("Go back to my version", key="change:mine", on_click=_back, args=(draft.key,))
        st.button("All right", key="change:right", on_click=forget, args=(draft.key,))


def _untouched(draft: Draft, done: OnTop) -> bool:
    """Whether nothing was changed since, so that nothing is lost by going back."""
    return draft.history.done == done.done


def _back(key: str) -> None:
    """The draft as it was before; its file is then another one than it was opened from, as before."""
    done, draft = _clashes().get(key), drafts.current(key)
    if draft is not None and isinstance(done, OnTop) and _untouched(draft, done):
        drafts.keep(replace(done.before, number=draft.number + 1))
        forget(key)
        found(done.before)


def _clashes() -> MutableMapping[str, Clash | OnTop]:
    kept: dict[str, Clash | OnTop] = st.session_state.setdefault(_CLASHES, {})
    return kept
