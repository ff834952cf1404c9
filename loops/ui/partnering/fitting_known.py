"""What the versions that are left have in common, and what the ratings could not tell apart, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from loops.draw.known import number_in_words, ridge_in_words
from loops.journey.apart import Apart, Number, Ridge
from loops.model import Model
from loops.theory.told import condition_in_words
from loops.ui.partnering.opened import Opened
from loops.ui.text import csv_text, md, table

_MOST = 8
"""Sentences of one kind on screen: the table has all."""
_LEAST = 0.1
"""What is narrower by less is not told in a sentence."""
_HEAD = ("What", "Before: 5%", "middle", "95%", "Now: 5%", "middle", "95%", "Narrower by")


def show(which: Opened, known: Apart) -> None:
    """Draw both."""
    st.subheader("What we know better now", anchor=False)
    st.markdown(md(sentence(known)))
    sentences(which.model, known.numbers, known.ridges, key="left", more=known.more)


def sentence(known: Apart) -> str:
    """What came of it: something, nothing, or too few versions to say."""
    untold = f"Of {known.untold:,} other numbers the ratings say nothing that luck would not say."
    if known.ended == "too few left":
        return "Too few versions are left to say what they have in common. Try more of them."
    if known.ended == "nothing found" or not known.numbers:
        return (
            f"No number of our assumptions is known better than before: of all {known.untold:,} the ratings "
            "say nothing that luck would not say."
        )
    return f"The versions that are left agree on this. {untold}"


def sentences(
    model: Model, numbers: Sequence[Number], ridges: Sequence[Ridge], *, key: str, more: int = 0
) -> None:
    """What is known of each number, a table of their figures, and what could not be told apart."""
    if numbers:
        told = [each for each in numbers if not 0 < each.narrower < _LEAST][:_MOST] or numbers[:1]
        st.markdown("\n".join(f"- {md(number_in_words(each, model))}" for each in told))
        if left := len(numbers) - len(told):
            st.caption(f"Of {left} more they say little: the table has them.")
        _figures(model, numbers, key)
    if ridges:
        st.markdown("**What could not be told apart**")
        st.markdown("\n".join(f"- {md(ridge_in_words(each, model))}" for each in ridges[:_MOST]))
        left = len(ridges[_MOST:]) + more
        if left:
            st.caption(f"And {left} pairs more.")


def _figures(model: Model, numbers: Sequence[Number], key: str) -> None:
    """The figures of every number that is told of: factors on the file's numbers, or levels."""
    with st.expander("Table and figures"):
        rows = [
            (
                condition_in_words(each.condition, model),
                *(f"{value:.2f}" for value in (*each.before, *each.after)),
                f"{each.narrower:.0%}",
            )
            for each in numbers
        ]
        about = "How many times what the model’s file says; of starts and circumstances from 0 to 1"
        st.html(table(_HEAD, rows, caption=about, least=48))
        st.download_button(
            "Download what we know better (CSV)",
            data=lambda: csv_text(_HEAD, rows),
            file_name="what-we-know-better.csv",
            mime="text/csv",
            on_click="ignore",
            key=f"fitting:known:{key}",
        )
