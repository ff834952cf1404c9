"""The app: its pages and the way between them, nothing else. Start it with ``streamlit run app.py``."""

from __future__ import annotations

import streamlit as st

from loops.ui import (
    bring,
    diagram,
    edit,
    glossary,
    goal,
    going,
    lasting,
    leading,
    meeting,
    present,
    stress,
    utopia,
    whatif,
    why,
    workshop,
)
from loops.ui.editing import surviving

st.set_page_config(page_title="Living loops", page_icon="🔁", layout="wide")
pages = [
    whatif.page(),
    diagram.page(),
    edit.page(),
    leading.page(),
    lasting.page(),
    goal.page(),
    stress.page(),
    present.page(),
    meeting.page(),
    workshop.page(),
    utopia.page(),
    bring.page(),
    why.page(),
    glossary.page(),
]
page = st.navigation(pages, position="top")
going.follow(page, pages)
surviving.follow()
page.run()
