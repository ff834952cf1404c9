"""The levers and circumstances of the plan, standing where the board has them."""

from __future__ import annotations

import streamlit as st

from loops.model import Context, Lever
from loops.narrate import in_hours
from loops.ui.catalogue import Shelf
from loops.ui.components import dials
from loops.ui.components.dials import Dial, Moved
from loops.ui.planning import history, plan
from loops.ui.planning.board import Board, choices, copy
from loops.ui.text import md


def heading(shelf: Shelf, board: Board) -> None:
    """Choose what the plan starts from, and say what that is."""
    every = choices(board, shelf.scenarios)
    st.selectbox(
        "Start your plan from",
        list(every),
        format_func=lambda key: every[key].title,
        **history.bind(shelf, "copied", lambda now, key: copy(now, shelf.model, key, every[key])),
    )
    if told := every[board.copied].description if board.copied in every else "":
        st.caption(md(told))


def footing(shelf: Shelf) -> None:
    """Say what a moved circumstance is a change to."""
    if shelf.model.contexts:
        st.caption(
            "Nobody here controls how things are around us. "
            "A change holds for every line, unless a plan sets its own. Kept plans stay as they were."
        )


def show(shelf: Shelf, board: Board, moved: Moved) -> None:
    """Draw the dials of the plan; `moved` is called before the page runs again."""
    drafted = plan.stands(shelf.model, board.draft)
    stands = drafted | dict(board.dials)

    def dial(node: Lever | Context, told: str, group: str) -> Dial:
        step = 1 if drafted[node.id] % 5 else 5
        return Dial(node.id, node.label, stands[node.id], told, group, step)

    efforts = [dial(lever, _effort(lever), "What we do") for lever in shelf.model.levers]
    around = [dial(one, _around(one), "How things are around us") for one in shelf.model.contexts]
    dials.show([*efforts, *around], key=f"dials:{shelf.key}", moved=moved)


def _effort(lever: Lever) -> str:
    told = lever.description
    if lever.fully:
        told += f" Full effort: {lever.fully}"
    if lever.hours_us or lever.hours_partner:
        us = in_hours(lever.hours_us)
        told += f" That is {us} a month for us and {lever.hours_partner:g} for the partner."
    return told


def _around(context: Context) -> str:
    told = context.description
    if context.not_yet and context.fully:
        told += f" At 0%: {context.not_yet} At 100%: {context.fully}"
    return told
