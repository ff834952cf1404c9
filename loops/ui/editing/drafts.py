"""The drafts of this visit: models that are being changed, with every step so that it can be taken back.

What is here is for what buttons and gestures do, which comes before the page is drawn: a problem is kept and
said once by :func:`said`. A model that comes with the product, or from a file, stays as it is: its first
change makes a draft of it, which is then the chosen model of every page.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from loops.complaints import BadFile
from loops.draw.settled import settled
from loops.editing.changes import Change, Set, dragged_along
from loops.editing.history import History
from loops.editing.pieces import link_keys
from loops.files import Opened
from loops.model import Model
from loops.ui import catalogue
from loops.ui.catalogue import Shelf
from loops.ui.planning import history as boards
from loops.ui.text import md

MOST = 20
"""Drafts in one visit; none is ever dropped for another."""
_SHOWN = 6
"""Things that went along with what was removed that are said one by one."""
_DRAFTS, _SAID = "editing:drafts", "editing:said"


@dataclass(frozen=True)
class Draft:
    """A model that is being changed; before its first change `key` is still that of what it begins from."""

    key: str
    name: str
    """The file that it began from, such as ``common_purpose.toml``."""
    history: History
    opened: Opened[Model] | None = None
    """The file on disk that it is saved to, as it was when it was read or saved last."""
    number: int = 0
    """Goes up with every step, forward or back."""
    begun_from: str = ""
    """The key of the open model that it was made of."""

    @property
    def model(self) -> Model:
        """The model as it is now."""
        return self.history.model

    @property
    def begun(self) -> bool:
        """Whether anything was changed yet."""
        return self.key in every()

    @property
    def unsaved(self) -> int:
        """Steps between what was saved last, or what it began from, and now."""
        if self.opened is not None and self.model == self.opened.part:
            return 0
        done, undone = self.history.done, self.history.undone
        if self.opened is not None:
            for away, step in enumerate(reversed(done)):
                if step.model is self.opened.part:
                    return away
            for away, step in enumerate(reversed(undone), start=1):
                if step.model is self.opened.part:
                    return away
        return len(done) or int(self.opened is not None and not self.as_filed)

    @property
    def as_filed(self) -> bool:
        """Whether its steps begin from what its file holds, but for the places of boxes and arrows."""
        if self.opened is None:
            return False
        part, base = self.opened.part, self.history.base
        return base is part or base == settled(part)


@dataclass(frozen=True)
class _Said:
    words: str
    undo: str = ""
    """The key of the draft whose last step can be taken back beside the words."""


def every() -> dict[str, Draft]:
    """The drafts of this visit by key, in the order in which they were begun."""
    found: dict[str, Draft] = st.session_state.setdefault(_DRAFTS, {})
    return found


def of(shelf: Shelf) -> Draft:
    """The draft of the open model, or what will be its draft from the first change on."""
    return every().get(shelf.key) or _fresh(shelf.key, shelf.model)


def _fresh(key: str, model: Model) -> Draft:
    return Draft(key, catalogue.file_name(key), History(model), catalogue.on_disk(key))


def current(key: str) -> Draft | None:
    """The draft that a button or gesture with this key means now; none, and said, when it is closed."""
    try:
        return every().get(key) or _made_of(key) or of(catalogue.shelf(key))
    except BadFile as problem:
        say(str(problem))
        return None


def keep(draft: Draft) -> None:
    """Have a draft, or its next version, on every page from now on."""
    every()[draft.key] = draft
    catalogue.keep_draft(draft.key, draft.model)


def close(key: str) -> None:
    """Drop a draft with all its steps; what it began from stays open."""
    every().pop(key, None)
    catalogue.drop_draft(key)


def do(key: str, says: str, *changes: Change) -> None:
    """One step made of some changes, all or none of them; the first one to a model makes a draft of it."""

    def step(draft: Draft) -> Draft:
        made = draft.history.do(says, *changes)
        if places := _places(made.model):
            made = draft.history.do(says, *changes, *places)
        return replace(draft, history=made, number=draft.number + 1)

    _step(key, step, first=True)


def undo(key: str, steps: int = 1) -> None:
    """Take the last step back, or the last few."""

    def back(draft: Draft) -> Draft:
        steps_back = draft.history
        for _ in range(steps):
            steps_back = steps_back.undo()
        return replace(draft, history=steps_back, number=draft.number + 1)

    _step(key, back)


def redo(key: str) -> None:
    """Take the last step that was taken back again."""
    _step(key, lambda draft: replace(draft, history=draft.history.redo(), number=draft.number + 1))


def _step(key: str, step: Callable[[Draft], Draft], *, first: bool = False) -> None:
    draft = every().get(key) or _made_of(key)
    try:
        if draft is None and first:
            draft = _begin(key)
        if draft is None:
            return
        after = step(draft)
    except (BadFile, ValueError) as problem:
        say(f"This cannot be done: {str(problem).removesuffix('.')}.")
        return
    if after.history == draft.history:
        return
    keep(after)
    if not draft.number:
        boards.carry(draft.begun_from, draft.key)
        st.session_state[catalogue.CHOSEN] = draft.key
    if first:
        _tell_what_went_along(draft, after)


def _made_of(key: str) -> Draft | None:
    """The chosen draft if it was made of this open model: a second press came before the page was drawn."""
    draft = every().get(st.session_state.get(catalogue.CHOSEN, ""))
    return draft if draft and draft.begun_from == key else None


def _begin(key: str) -> Draft:
    """A draft of an open model with every box and arrow where it is drawn now, so that nothing else moves.

    Raises :class:`ValueError` when there are as many drafts as there may be, and :class:`BadFile`.
    """
    if len(every()) >= MOST:
        raise ValueError(f"{MOST} drafts are open. Save one of them, close it, and try again")
    opened = catalogue.on_disk(key)  # what is changed is what the file holds now
    model = opened.part if opened else catalogue.shelf(key).model
    with st.spinner("Every box and arrow keeps its place from now on. Of many this takes some seconds."):
        placed = settled(model)
    name = catalogue.file_name(key)
    return Draft(f"draft-{secrets.token_hex(8)}", name, History(placed), opened, begun_from=key)


def _places(model: Model) -> tuple[Change, ...]:
    """The places of new boxes and the bows of new arrows, as they are drawn: they stay there from now on."""
    boxes = [name for name, node in model.nodes.items() if node.position is None]
    links = link_keys(model).items()
    arrows = [key for key, link in links if link.bend is None and link.source != link.target]
    if not boxes and not arrows:
        return ()
    placed = settled(model)
    return (
        *(Set(f"node:{name}", (("position", placed.nodes[name].position),)) for name in boxes),
        *(Set(f"link:{key}", (("bend", link_keys(placed)[key].bend),)) for key in arrows),
    )


def _tell_what_went_along(before: Draft, after: Draft) -> None:
    lost = dragged_along(before.model, after.model)
    if lost:
        more = f" And {len(lost) - _SHOWN} more." if len(lost) > _SHOWN else ""
        say(f"{' '.join(lost[:_SHOWN])}{more}", undo=after.key)


def say(words: str, undo: str = "") -> None:
    """Keep what there is to say about a button or gesture until the page is drawn."""
    st.session_state[_SAID] = _Said(words, undo)


def said() -> None:
    """Say it, once, with a way back beside it where there is one."""
    told: _Said | None = st.session_state.pop(_SAID, None)
    if told is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(md(told.words))
        if told.undo in every():
            st.button("Undo", key="editing:undo:said", on_click=undo, args=(told.undo,))
