"""Download a model as a file, for who would rather keep it on a computer of their own."""

from __future__ import annotations

import streamlit as st

from loops import files, merge
from loops.complaints import BadFile
from loops.ui.editing.drafts import Draft


def show(draft: Draft) -> None:
    """The button."""
    st.download_button(
        "Download",
        data=lambda: content(draft),
        file_name=f"{draft.opened.path.stem if draft.opened else draft.model.id}.toml",
        mime="application/toml",
        key="change:download",
        on_click="ignore",
        help="The model as a file (TOML). It can be opened here again, or sent to somebody else.",
    )


def content(draft: Draft) -> bytes:
    """The file: with the comments of the one it is saved to, where they can be kept."""
    if draft.opened is not None:
        try:
            return files.merged(draft.opened, draft.model)
        except BadFile:
            pass  # its layout cannot be followed: the model is whole without its comments
    return merge.fresh(draft.model).encode()
