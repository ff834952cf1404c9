"""The figures behind a line: what becomes of it at each point, and in how many versions it tips where."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from loops.draw.fates import MARKS
from loops.draw.scale import figure, in_versions, in_words
from loops.draw.tipmap import Axis
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipping import SHARES, Tipping, TippingRange
from loops.ui.keeping import wording
from loops.ui.text import csv_text, table


def show(scan: Tipping, got: TippingRange | None, axis: Axis) -> None:
    """The tables, and both as one file."""
    say = wording.amount(scan.along)
    rows = [
        (say(float(value)), MARKS[fate].words, f"{in_words(level)} {figure(level)}")
        for value, fate, level in zip(scan.values, scan.fates, scan.levels, strict=True)
    ]
    head = (axis.label, "When the work stops it", "In the end it is at")
    st.html(table(head, rows, caption="With our assumptions exactly as they are"))
    if got:
        st.html(table(("Versions", axis.label), _range(got, scan), caption=f"{got.draws} versions tried"))
    st.download_button(
        "Download this as a table (CSV)",
        data=lambda: csv_text(_HEAD, _csv(scan, got, axis)),
        file_name="how-far-from-tipping-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _range(got: TippingRange, scan: Tipping) -> Iterator[tuple[str, str]]:
    if got.low is not None and got.middle is not None and got.high is not None:
        ends = ((got.low, False), (got.middle, True), (got.high, True))
        for part, (value, up) in zip(("1 of 10", "half", "9 of 10"), ends, strict=True):
            at = wording.outward(scan.along, value, up=up)
            yield f"Of those that tip, {part} do by", wording.amount(scan.along)(at)
    if got.lasts is not None:
        yield "This plan as it is keeps going", in_versions(got.lasts)
    yield "It keeps going at no point", in_versions(got.never)
    yield "It keeps going at every point", in_versions(got.always)


_HEAD = (
    "what",
    "along",
    "value",
    "in the end (0 to 1)",
    "if nothing new is done (0 to 1)",
    "so it",
    "at rest",
    "share of versions",
)


def _csv(scan: Tipping, got: TippingRange | None, axis: Axis) -> Iterator[tuple[str, ...]]:
    """A row for each point, each tipping point, and what is known of the versions."""
    label = axis.title
    for value, level, without, fate in zip(scan.values, scan.levels, scan.without, scan.fates, strict=True):
        at_rest = "no" if fate is Fate.STILL_MOVES else "yes"
        ends = f"{level:.4f}", f"{without:.4f}"
        yield "point", label, f"{value:.4g}", *ends, MARKS[fate].words, at_rest, ""
    for tip in scan.tips:
        turn = f"{MARKS[tip.below].words}, then {MARKS[tip.above].words}"
        yield "tips", label, f"{tip.value:.4g}", "", "", turn, "", ""
    if got is None:
        return
    if got.low is not None:
        for at, part in zip((got.low, got.middle, got.high), SHARES, strict=True):
            yield "of the versions that tip, tip by", label, f"{at:.4g}", "", "", "", "", f"{part:.4f}"
    shares = {
        "versions in which this plan keeps going": got.lasts,
        "versions that keep going at no point": got.never,
        "versions that keep going at every point": got.always,
        "versions that tip more than once": got.several,
    }
    known = ((what, part) for what, part in shares.items() if part is not None)
    for what, part in known:
        yield what, label, "", "", "", "", "", f"{part:.4f}"
