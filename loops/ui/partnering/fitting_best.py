"""One best set of numbers by least squares, behind a fold: for whoever wants it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loops.journey.best import STARTS, Best, best_fit
from loops.journey.observed import Observed
from loops.ui.asked import asked
from loops.ui.exports import Progress
from loops.ui.keeping.found import SEED
from loops.ui.partnering import fitting_known
from loops.ui.partnering.opened import Opened
from loops.ui.text import md

_WHY = (
    "For those who want one set of numbers: the one that agrees best with the ratings and with what we had "
    "assumed (least squares). Others agree nearly as well, so what is above is the safer answer."
)


def fold(which: Opened, observed: Observed, of: str) -> None:
    """One closed line until it is opened; the work is done when somebody asks for it."""
    opened = st.expander("One best set of numbers (least squares)", key="fitting:best", on_change="rerun")
    if not opened.open:
        return
    with opened:
        st.markdown(_WHY)
        got = asked("Find the best fit", key="fitting:best:ask", of=of, make=partial(_run, observed))
        if got is not None:
            _show(which, got)


def _run(observed: Observed, progress: Progress) -> Best:
    return best_fit(observed, seed=SEED, progress=progress)


def _show(which: Opened, got: Best) -> None:
    st.markdown(f"**{md(got.says)}** {md(looked(got))}")
    fitting_known.sentences(which.model, got.numbers, got.ridges, key="best")


def looked(got: Best) -> str:
    """From how many places the same numbers came, and of how much the ratings tell anything."""
    every = len(got.numbers) + got.untold
    told = f"about {got.combinations} combination{'s' * (got.combinations != 1)}"
    known = f"{told} of the {every:,} numbers" if got.combinations else "of no combination of the numbers"
    return (
        f"{got.agree} of the {STARTS} places that it was looked from led there. The ratings say more than we "
        f"had assumed {known}; {got.untold:,} of {every:,} numbers are hardly known better than before."
    )
