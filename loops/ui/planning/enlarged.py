"""One chart as large as the screen allows, to look into closely and to save as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.draw import large
from loops.ui import look
from loops.ui.components.timechart import Panel

_CONFIG = {
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"filename": "curves", "scale": 3},
}


def button(panels: Sequence[Panel], *, key: str, figures: bool) -> None:
    """A button that opens the charts of `panels` one at a time."""
    if st.button("See a chart large", key=key):
        _show(panels, figures)


@st.dialog("A chart to look into", width="large")
def _show(panels: Sequence[Panel], figures: bool) -> None:
    place = st.selectbox(
        "Which one", range(len(panels)), format_func=lambda place: panels[place].title, key="enlarged"
    )
    chosen = panels[place]
    st.plotly_chart(
        large.figure(chosen.title, chosen.lines, look.palette(), figures=figures),
        key=f"large:{place}",
        theme=None,
        config=_CONFIG,
        alt=chosen.alt,
    )
    st.caption(
        "Drag over the chart to look closer, double-click to see all of it; the camera saves a picture."
    )
