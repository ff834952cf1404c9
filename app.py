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
    partners,
    present,
    progress,
    stress,
    utopia,
    whatif,
    why,
    workshop,
)
from loops.ui.editing import surviving

st.set_page_config(page_title="Living loops", page_icon="🔁", layout="wide")
sections = {
    "": [whatif.page(), diagram.page(), partners.page()],
    "Look deeper": [leading.page(), lasting.page(), goal.page(), stress.page()],
    "Together": [present.page(), meeting.page(), workshop.page(), utopia.page(), progress.page()],
    "Make your own": [edit.page(), bring.page()],
    "Help": [why.page(), glossary.page()],
}
page = going.chosen(sections)
surviving.follow()
page.run()
