"""The second view, Loops That Matter: what share of the movement each loop explains, when somebody asks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st

from loops.dominance import report
from loops.dominance.report import Line
from loops.dominance.shares import Shares
from loops.draw import bands
from loops.draw.bands import STILL, Layer, part_of
from loops.scenario import Scenario
from loops.ui import look
from loops.ui.catalogue import Shelf
from loops.ui.driving import driven, sharing
from loops.ui.text import csv_text, listed, md, table, year_heads, years_shown

QUESTION = (
    "This is another question: of how things speed up or slow down just now, which loop explains how much? "
    "For which loop leads, trust the answer above more."
)
WARNING = (
    "What is built into every box acts against any movement there: what is nearly full fills more slowly, "
    "and what is there fades. Where hardly anything moves, the share of a loop with few arrows cannot be "
    "compared with that of a loop with many. Months in which nothing moves at all are left empty. "
    "The method is called Loops That Matter (Schoenberg, Davidsen and Eberlein, 2020)."
)


def show(shelf: Shelf, plans: Sequence[Scenario], taken: Mapping[str, int]) -> None:
    """A fold with the second view of each plan, worked out when it is opened.

    `taken` are the places in the palette of loops that have a colour on the page already, by loop id.
    """
    fold = st.expander(
        "Another way to look: what share of the movement each loop explains",
        key=f"leading:explained:{shelf.key}",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        st.markdown(QUESTION)
        told = [driven.explained(shelf, plan) for plan in plans]
        if not told[0].complete:
            st.markdown(
                f"There are more loops than can be listed: shares are of the {len(told[0].found.loops):,} "
                "strongest that were found by following the strongest arrows."
            )
        part = _part(shelf, told[0])
        apart = st.toggle(
            "Show what is built in as its two parts: filling up, and fading", key=f"leading:apart:{shelf.key}"
        )
        own = sharing.coloured(told, part, taken)
        layers = [sharing.layers(shares, part, own, apart=apart) for shares in told]
        for place, column in enumerate(st.columns(len(plans), gap="medium", vertical_alignment="bottom")):
            with column:
                _chart(plans, place, sharing.sentence(told[place], part), layers[place])
        st.html(f"<div>{bands.key([layer for one in layers for layer in one], look.palette())}</div>")
        st.caption(WARNING)
        for place, plan in enumerate(plans):
            _figures(shelf, plan, told[place], layers[place], place)


def _part(shelf: Shelf, shares: Shares) -> int:
    """Which boxes are looked at, where some loops share no box with the others."""
    if len(shares.parts) < 2:
        return 0
    nodes = shelf.model.nodes

    def words(part: int) -> str:
        labels = [nodes[name].short or nodes[name].label for name in shares.parts[part]]
        return listed(labels if len(labels) < 5 else [*labels[:3], f"{len(labels) - 3} more"])

    return int(
        st.selectbox(
            "Boxes that hang together",
            range(len(shares.parts)),
            format_func=words,
            key=f"leading:part:{shelf.key}",
            help="Loops that share no box are looked at apart: each group of boxes has its own movement.",
        )
    )


def _chart(plans: Sequence[Scenario], place: int, said: str, layers: Sequence[Layer]) -> None:
    """One plan's sentence and bands."""
    title = plans[place].title
    if len(plans) > 1:
        st.markdown(f"**{md(title)}**")
    st.markdown(md(said))
    st.plotly_chart(
        bands.figure(layers, look.palette()),
        key=f"bands:{place}",
        theme=None,
        config={"displayModeBar": False},
        alt=f"Shares of the movement under “{title}”. {said}",
    )


def _figures(shelf: Shelf, plan: Scenario, shares: Shares, layers: Sequence[Layer], place: int) -> None:
    """The shares as a table, and all of them for other programs."""
    years = years_shown(len(shares.moments.months) - 1)
    months = [12 * year for year in years]
    moving = np.any([layer.share > 0 for layer in layers], axis=0)
    rows = [
        (layer.name, *(part_of(layer.share[k]) if moving[k] else STILL for k in months))
        for layer in reversed(layers)
    ]
    head = ("Whose share", *year_heads(years))
    st.html(table(head, rows, caption=f"Shares of the movement, {plan.title}", least=60))
    kept, every = report.told(shares), report.lines(shares)
    with st.container(horizontal=True):
        st.download_button(
            "Download every month (CSV)",
            data=lambda: _csv(shares, kept),
            file_name=f"{plan.id}_shares.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"shares_csv:{place}",
        )
        st.download_button(
            "Download for other programs (JSON)",
            data=lambda: json.dumps(report.as_json(shelf.model, shares), indent=1),
            file_name=f"{plan.id}_shares.json",
            mime="application/json",
            on_click="ignore",
            key=f"shares_json:{place}",
            help="In the form in which Stella exports the shares of loops.",
        )
    if len(kept) < len(every):
        st.caption(
            f"These files have {len(kept):,} of {len(every):,} loops, those built into the boxes among them: "
            f"all that have a name, and those that explain at least {report.LEAST:.0%} of the movement in "
            f"some month. The other {len(every) - len(kept):,} are left out."
        )


def _csv(shares: Shares, kept: Sequence[Line]) -> str:
    head = ("month", "loop", "name", "letter", "share of a push that comes back", "share of the movement")
    return csv_text(
        head,
        (
            (f"{month:.0f}", loop, name, letter, "" if gain is None else f"{gain:.6f}", f"{share:.6f}")
            for month, loop, name, letter, gain, share in report.rows(shares, kept)
        ),
    )
