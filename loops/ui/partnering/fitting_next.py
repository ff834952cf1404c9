"""What follows now: from the last rating's day on, in the versions that are left and in all of them."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from loops.draw import fans, happened
from loops.draw.bands import part_of
from loops.draw.fans import Fan
from loops.journey.following import Follows, follow
from loops.journey.matched import Matched
from loops.kernel import Floats
from loops.narrate import listed
from loops.scenario import Scenario
from loops.ui import choose, look
from loops.ui.asked import asked
from loops.ui.exports import Progress
from loops.ui.keeping.found import quick
from loops.ui.partnering import ahead_choice
from loops.ui.partnering.ahead_asking import labels
from loops.ui.partnering.opened import Opened
from loops.ui.planning.share import run_key
from loops.ui.stressing import apart
from loops.ui.text import md

AHEAD = 12
"""Months to look ahead."""
_CONFIG = {"displayModeBar": False}
_ALL, _LEFT = "All that were tried", "Those that are left"


def show(which: Opened, found: Matched, of: str) -> None:
    """The two bands of one box, in words and as a chart; `of` is what was found is named by."""
    st.subheader("What follows now", anchor=False)
    doing = ahead_choice.chosen(which)
    plan = doing.plan(ahead_choice.TITLE)
    named = [f"“{which.model.nodes[lever].label}”" for lever in doing.levers]
    st.markdown(
        md(f"If we do {listed(named)}, as on “What if, from here”.")
        if named
        else "If nothing new is done, and what is under way goes on."
    )
    got = asked(
        "See what follows now",
        key="fitting:follow",
        of=f"{of} {run_key(which.model, plan)}",
        make=partial(_run, found, plan),
        at_once=quick(which.model),
    )
    if got is not None:
        _chart(which, found, got)


def _run(found: Matched, plan: Scenario, progress: Progress) -> Follows:
    return follow(found, plan, months=AHEAD, progress=progress)


def _chart(which: Opened, found: Matched, got: Follows) -> None:
    model = which.model
    box = choose.one("Look at one box", labels(model), f"fitting:box:{which.shelf.key}")
    label = model.nodes[box].label
    told = [Fan(_ALL, *got.tried.of(box), 0), Fan(_LEFT, *got.left.of(box), 1)]
    words = sentence(label, told, got.left.months)
    st.markdown(md(words))
    last = max(each.day for each in found.observed.observations)
    st.plotly_chart(
        happened.dated(fans.levels(told, got.left.months, look.palette()), last, AHEAD),
        key=which.key("fitting:chart"),
        theme=None,
        config=_CONFIG,
        alt=f"“{label}” from the last rating on. {words}",
    )
    st.caption(apart.READ)


def sentence(label: str, told: list[Fan], months: Floats) -> str:
    """Where the versions that are left end, and how much narrower that is than all that were tried."""
    tried, left = (float(np.ptp([fan.low[-1], fan.high[-1]])) for fan in told)
    said = apart.reaches(label, told[1:], months).replace(f" under “{_LEFT}”", "")
    less = 1 - left / tried if tried else 0.0
    if less < 0.1:
        return f"{said} That is hardly known better than with all the versions that were tried."
    return f"{said} The band is narrower by {part_of(less)} than with all the versions that were tried."
