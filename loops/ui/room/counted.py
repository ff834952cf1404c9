"""Shows of hands in the shared space: kept there, listed on the page, and in the record of a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from loops.draw.document import Tried
from loops.model import Model
from loops.simulate import DidNotFinish
from loops.store.records import ShowOfHands, Workspace
from loops.ui import workspace
from loops.ui.catalogue import Shelf
from loops.ui.room import hands, minutes, revealed
from loops.ui.room.revealed import Asked

_WE_TRY = "We try: "


def keep(space: Workspace | None, model: Model, asked: Asked) -> Asked:
    """Keep the hands where there are any and a space; raises :class:`loops.store.StoreProblem`."""
    if not (space and asked.question and any(asked.counts)):
        return asked
    shown = workspace.store().save_show_of_hands(
        space.token,
        question=f"{_WE_TRY}{asked.trial.words}. {asked.question.asks}",
        options=asked.question.options,
        counts=asked.counts,
        meeting_id=minutes.begin(space, model).id,
    )
    return replace(asked, kept=shown.id)


def show(title: str, shown: Sequence[ShowOfHands]) -> None:
    """Under `title` a line for each show of hands: what was tried and asked, and the hands in words."""
    if not shown:
        return
    told = "".join(f"<li>{escape(one.question)} <strong>{escape(_hands(one))}</strong></li>" for one in shown)
    st.html(f'<div class="counted"><strong>{escape(title)}</strong><ul>{told}</ul></div>')


def tried(shelf: Shelf, here: Sequence[Asked], shown: Sequence[ShowOfHands]) -> Iterator[Tried]:
    """What a meeting tried, for its record: what only the space holds, then `here`, with what follows.

    Only the space holds what was counted on another device, or before the page was loaded again.
    """
    known = {asked.kept for asked in here}
    for one in shown:
        if one.id not in known:
            yield Tried(one.question.removeprefix(_WE_TRY), hands=_hands(one))
    for asked in here:
        try:
            yield revealed.told(shelf.model, asked, *revealed.run(shelf, asked.trial))
        except (DidNotFinish, ValueError) as problem:
            yield Tried(asked.trial.words, follows=(f"This change cannot be run: {problem}",))


def _hands(one: ShowOfHands) -> str:
    return f"{hands.counted(one.options, one.counts)}."
