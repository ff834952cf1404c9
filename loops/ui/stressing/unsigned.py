"""Which unknown sign matters most, over many versions that have drawn every sign. For the evaluator."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from loops.draw import pressed, unsigned
from loops.ensemble.comparison import Question as Asked
from loops.ensemble.ensemble import Ensemble
from loops.theory.unknown import UnknownSigns, signless, unknown_signs
from loops.ui.asked import asked
from loops.ui.exports import Progress
from loops.ui.keeping.choosing import Question
from loops.ui.stressing.trying import Test
from loops.ui.text import csv_text, md, table
from loops.worlds import Worlds

_TOP = 12
_CSV_HEAD = ("arrow without a sign", "in words", "share", "from", "to", "versions tried")


def show(test: Test, question: Question, found: Sequence[Ensemble]) -> None:
    """The answer and a table, once somebody has asked; nothing where every arrow has a sign."""
    model = test.shelf.model
    if not signless(model):
        return
    st.subheader("Which unknown sign matters most", anchor=False)
    about = "what we think happens" if test.claims else f"how far “{question.label}” comes"
    got = asked(
        "Find the sign that matters most",
        key=f"unsigned:{test.shelf.key}",
        of=f"{found[0].digest} {test.said} {question.outcome}",
        make=partial(_look, test, question, found[0]),
    )
    if got is None:
        st.caption(
            md(f"{pressed.unsigned(model)} This says which of them to settle first. It takes some seconds.")
        )
        return
    st.markdown(md(f"{unsigned.matters(got, model)} The answer is {about}, in {got.worlds:,} versions."))
    if got.ranked:
        _table(got, test)


def _look(test: Test, question: Question, first: Ensemble, progress: Progress) -> UnknownSigns:
    model = test.shelf.model
    plans = [Asked(plan, None, question.outcome, float(model.horizon)) for plan in test.plans]
    return unknown_signs(
        test.claims,
        first.comparison.questions or plans,
        Worlds.of([model], width="middle", seed=test.seed),
        first.done,
        progress=lambda share: progress(share, f"Versions are tried with either sign: {share:.0%} is done"),
    )


def _table(got: UnknownSigns, test: Test) -> None:
    model = test.shelf.model
    rows = unsigned.rows(got, model)
    st.html(table(unsigned.HEAD, rows[:_TOP], caption="What most depends on comes first", least=30))
    figures = [
        (*row, *(f"{value:.4f}" for value in (sign.share, sign.low, sign.high)), str(got.worlds))
        for row, sign in zip(rows, got.ranked, strict=True)
    ]
    st.download_button(
        "Download every unknown sign as a table (CSV)",
        data=lambda: csv_text(_CSV_HEAD, figures),
        file_name="which-sign-matters-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
        key="stressing:unsigned:csv",
    )
