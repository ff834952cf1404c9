"""The influencer matrix of a plan: where it acts, where it does not yet, and what filling that would add."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from loops.draw import influencer
from loops.draw.scale import in_words, years
from loops.matrix import WORLDS, Filling, Matrix, filling, matrix
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import DidNotFinish
from loops.ui.catalogue import Shelf
from loops.ui.choose import one
from loops.ui.engine import engine
from loops.ui.text import ASSUMPTIONS, csv_text, listed, md, table, unique

_STYLE = Path(__file__).with_suffix(".css")
_SEED = 1
_YEARS = (1, 2, 3, 4, 5, 7, 10, 15, 20)
_AT_THE_END = "when the plan’s own items end"
_MOST_NAMED = 6


def fold(shelf: Shelf, plan: Scenario) -> None:
    """One closed line until it is opened; then the matrix of the plan."""
    opened = st.expander(
        "Where the plan acts: the influencer matrix", key=f"influence:fold:{shelf.key}", on_change="rerun"
    )
    if opened.open:
        with opened:
            show(shelf, plan)


def show(shelf: Shelf, plan: Scenario | None = None, *, key: str = "influence") -> None:
    """Draw the matrix of a plan, and what filling it would add; without a plan what could be done, by cell.

    `key` tells two of them on one page apart.
    """
    place, found = f"{key}:{shelf.key}", matrix(shelf.model, plan)
    st.html(_STYLE)
    filled = _asked(shelf, plan, place) if plan and any(cell.free for cell in found.cells) else None
    st.html(influencer.table(found, filled))
    st.markdown(md(_sentence(found)))
    if filled:
        st.caption(md(_about(shelf.model, filled)))
    if st.toggle("Show figures, and how we know where each acts", key=f"{place}:behind"):
        _behind(found, filled)


def _sentence(found: Matrix) -> str:
    """In how many cells something is done, and what stands in none."""
    used, there = (
        sum(map(bool, each)) for each in zip(*((c.used, c.items) for c in found.cells), strict=True)
    )
    if found.scenario:
        said = f"The plan acts in {used} of the 9 places. In {9 - there} there is nothing yet."
        counted = [item.lever.id for cell in found.cells for item in cell.used]
        if len(counted) > len(set(counted)):
            said += " What acts in several places has its hours in each."
    else:
        said = f"Something could be done in {there} of the 9 places."
    if found.nowhere:
        names = [f"“{lever.label}”" for lever in found.nowhere[:_MOST_NAMED]]
        if more := len(found.nowhere) - len(names):
            names.append(f"{more} more")
        said += f" Not said yet, where these act: {listed(names)}. It can be said on “Change the diagram”."
    return said


def _asked(shelf: Shelf, plan: Scenario, place: str) -> Filling | None:
    """What filling would add, once somebody asks for it; what stands in its way is one message."""
    if not st.toggle("Try what each thing that is not in the plan would add", key=f"{place}:try"):
        return None
    model = shelf.model
    labels = unique({node.id: node.label for node in model.variables})
    months = {str(12 * year): f"after {years(12 * year)}" for year in _YEARS if 12 * year <= model.horizon}
    which, when = st.columns(2)
    with which:
        variable = one("To what", labels, f"{place}:to", model.headlines[-1])
    with when:
        chosen = one("When", {"": _AT_THE_END} | months, f"{place}:when")
    if not engine().ready() or engine().problem:
        st.caption(md(engine().problem or "What it would add appears here as soon as the engine is ready."))
        return None
    try:
        return _filling(shelf.version, plan, variable, int(chosen) if chosen else None, _model=model)
    except (DidNotFinish, ValueError) as problem:
        st.error(md(f"This cannot be tried: {problem}"))
        return None


@st.cache_resource(show_spinner="Trying each of them beside the plan", max_entries=50)
def _filling(version: str, plan: Scenario, variable: str, month: int | None, _model: Model) -> Filling:
    return filling(_model, plan, variable, month=month, seed=_SEED)


def _about(model: Model, filled: Filling) -> str:
    """How what is said to be added was found."""
    label, level = model.nodes[filled.variable].label, filled.level
    now = f", where it is {in_words(level)} there with the plan as it is" if level is not None else ""
    few = (
        f" Of so large a diagram no more than {filled.worlds:,} are tried." if filled.worlds < WORLDS else ""
    )
    return (
        f"What is added is to “{label}” after {years(filled.month)}{now}. Each was tried beside the plan in "
        f"the same {filled.worlds:,} versions of our assumptions, at full effort for as long as the plan’s "
        "own items run, with what it needs. In eight of ten versions it adds as much as is said here."
        f"{few} {ASSUMPTIONS}"
    )


def _behind(found: Matrix, filled: Filling | None) -> None:
    """Every item as a row: how we know that it acts there, and what it would add in figures."""
    rows = list(influencer.rows(found, filled))
    caption = "What acts where. Figures run from 0 (not yet) to 1 (fully) and are rounded to 0.05."
    st.html(table(influencer.HEAD, rows, caption=caption, least=56))
    st.download_button(
        "Download the matrix as a table (CSV)",
        data=lambda: csv_text(influencer.HEAD, rows),
        file_name="influencer-matrix.csv",
        mime="text/csv",
        on_click="ignore",
    )
