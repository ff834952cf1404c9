"""The plan as a calendar: who does what when."""

from __future__ import annotations

import streamlit as st

from loops.draw import calendar
from loops.model import Model
from loops.ui import look
from loops.ui.text import csv_text
from loops.utopia.found import Backcast
from loops.utopia.plan import Plan


def show(model: Model, got: Backcast, plan: Plan) -> None:
    """The calendar with the hours that there are, and the same as a table to take away."""
    rows = calendar.rows(model, plan)
    if not rows:
        st.markdown("Nothing new is done in it.")
        return
    st.html(calendar.html(rows, got.target.by, look.palette(), there=got.limits.budget))
    st.download_button(
        "Download the calendar as a table (CSV)",
        data=lambda: csv_text(
            calendar.HEAD[:-1],
            (
                (each.what, f"{each.start}", f"{each.stop}", f"{each.hours:g}", f"{each.pounds:g}")
                for each in rows
            ),
        ),
        file_name="calendar-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
        key="goal:calendar:csv",
    )
