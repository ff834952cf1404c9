"""Every arrow that came in, one by one: for those who would rather read than look."""

from __future__ import annotations

import streamlit as st

from loops.draw.diagram import SIGNS
from loops.model import Model
from loops.ui.text import csv_text, table

_HEAD = ("From", "To", "+, \u2212 or ?", "How late", "What the file says of it")
_MOST = 500
"""Arrows in the table on the page; the file holds all."""


def show(model: Model) -> None:
    """A table, folded, and the same as a file."""
    with st.expander("Every arrow, one by one"):
        rows = [
            (
                model.nodes[link.source].label,
                model.nodes[link.target].label,
                SIGNS[link.polarity],
                f"after about {link.delay:g} months" if link.delay else "at once",
                link.reason,
            )
            for link in model.links
        ]
        if len(rows) > _MOST:
            st.markdown(f"The first {_MOST} of {len(rows):,} arrows; the file holds all of them.")
        st.html(table(_HEAD, rows[:_MOST], caption="Every arrow", least=46))
        st.download_button(
            "Download the arrows (CSV)",
            data=lambda: csv_text(_HEAD, rows),
            file_name=f"{model.id}_arrows.csv",
            mime="text/csv",
            on_click="ignore",
        )
