"""Take a saved model off the list, and put it back: its file is moved, and never lost."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from loops.complaints import BadFile
from loops.library import REMOVED, move, removed_models, saved_folder, saved_models
from loops.ui import catalogue, choose, saving
from loops.ui.editing.drafts import Draft
from loops.ui.text import md

_PLACE = "change:remove"


def show(_: Draft) -> None:
    """The saved models that can be taken off the list, and those that were."""
    saving.complaint(_PLACE)
    saved, gone = saved_models(), removed_models()
    if not saved and not gone:
        st.markdown("No model is saved yet.")
    if saved:
        st.markdown("Everyone who opens this app can choose these models.")
        titles = {key: catalogue.title(key) for key in saved}
        key = choose.one("Saved models", titles, "change:remove:which")
        with st.popover("Take it off the list", key="change:remove:sure"):
            st.markdown("It is gone from everybody’s list then. Its file is kept, and can be put back here.")
            st.button("Yes, take it off", key="change:remove:yes", on_click=_move, args=(saved[key], REMOVED))
    if gone:
        files = {path.name: path.name for path in gone}
        name = choose.one("Taken off the list", files, "change:remove:back")
        path = next(path for path in gone if path.name == name)
        st.button("Put it back", key="change:remove:undo", on_click=_move, args=(path, ""))


def _move(path: Path, folder: str) -> None:
    try:
        moved = move(path, saved_folder() / folder)
    except BadFile as problem:
        saving.complain(_PLACE, f"{path.name}: {problem.says}")
        return
    where = "is off the list" if folder else "is on the list again"
    named = "" if moved.name == path.name else f", as {moved.name}"
    st.toast(md(f"{path.name} {where}{named}."))
