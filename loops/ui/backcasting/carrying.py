"""Which loops carry a plan: what each gives back over the years, and who leads when."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loops.scenario import Scenario
from loops.simulate import DidNotFinish
from loops.ui import catalogue
from loops.ui.asked import asked
from loops.ui.catalogue import Shelf
from loops.ui.driving import driven, lead, listing
from loops.ui.driving.driven import Names
from loops.ui.planning.share import run_key
from loops.ui.text import md


def show(shelf: Shelf, plan: Scenario) -> None:
    """The answer of the page "Loops" for this plan; a run that cannot be made is one message."""
    every = catalogue.found_in(shelf)
    if not every.loops:
        st.markdown(listing.said(every))
        return
    of, make = run_key(shelf.model, plan), partial(driven.work_out, shelf, [plan])
    if not driven.quick(shelf) and not asked("Find the strongest loops", key="goal:loops", of=of, make=make):
        return
    try:
        with st.spinner("Running the plan and weighing its loops"):
            runs = driven.run(shelf, [plan])
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"This plan cannot be run: {problem}"))
        return
    names = Names.of(runs[0].found.loops)
    lead.show(shelf, runs, lead.compared(shelf, runs), names)
