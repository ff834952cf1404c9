"""Why something holds or not: when it tends to fail, what decides, and what runs along its path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from loops.draw.bands import part_of
from loops.draw.claimed import decides, path
from loops.ensemble.ensemble import Ensemble
from loops.model import Model
from loops.theory.claims import Claim
from loops.theory.explain import Explained, explain
from loops.theory.told import group_in_words, sentence
from loops.ui.asked import asked
from loops.ui.exports import Progress
from loops.ui.stressing.trying import Test, fingerprint
from loops.ui.text import csv_text, md, table

_TOP = 5
_CAPTION = "How much the answer depends on it"


@dataclass(frozen=True)
class Source:
    """The ensemble in which everything was asked, and the claims in the order of its questions."""

    ensemble: Ensemble
    claims: tuple[Claim, ...]

    def about(self, claim: Claim) -> Ensemble:
        """The same for one claim alone."""
        place = self.claims.index(claim)
        asked = self.ensemble.comparison
        return replace(
            self.ensemble,
            comparison=replace(asked, questions=asked.questions[place : place + 1]),
            outcomes=self.ensemble.outcomes[:, place : place + 1],
        )


def show(test: Test, claim: Claim, source: Source | None) -> None:
    """The three reasons, once somebody has asked for them."""
    if source is None:
        return
    got = asked(
        "Look for the reasons",
        key=f"behind:{test.shelf.key}:{claim.id}",
        of=f"{source.ensemble.digest} {fingerprint(claim)}",
        make=partial(_look, source, claim),
    )
    if got is None:
        st.caption("When it tends to fail, what decides, and along which path. It takes some seconds.")
        return
    model = test.shelf.model
    st.markdown(f"**When it tends to {got.way}.** {md(sentence(got.discovery, model, got.way))}")
    st.markdown(f"**What decides.** {md(decides(got, model))}")
    if got.first and got.first.ranked:
        _table(got, model)
    st.markdown(f"**Along which path.** {md(path(got.path, model, claim))}")


def _look(source: Source, claim: Claim, progress: Progress) -> Explained:
    (found,) = explain([claim], source.about(claim), progress=progress)
    return found


def _table(got: Explained, model: Model) -> None:
    rows = _rows(got, model)
    head = ("What we guessed", "Alone", "With others")
    st.html(table(head, [row[:3] for row in rows[:_TOP]], caption=_CAPTION, least=24))
    st.download_button(
        "Download all of them as a table (CSV)",
        data=lambda: csv_text(
            (
                "what we guessed",
                "alone, in words",
                "with others, in words",
                "alone",
                "from",
                "to",
                "with others",
            ),
            rows,
        ),
        file_name="what-decides-from-our-assumptions.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"stressing:decides:{got.claim.id}",
    )


def _rows(got: Explained, model: Model) -> list[Sequence[str]]:
    """Each group of guesses with how much depends on it, in words and as figures."""
    together = {index.group: index.value for index in got.totals.ranked} if got.totals else {}
    return [
        (
            guess(index.group, model),
            part_of(index.value),
            part_of(together[index.group]) if index.group in together else "not worked out",
            *(f"{value:.4f}" for value in (index.value, index.low, index.high)),
            f"{together[index.group]:.4f}" if index.group in together else "",
        )
        for index in (got.first.ranked if got.first else ())
    ]


def guess(group: str, model: Model) -> str:
    """What was guessed, as a table has it."""
    words = group_in_words(group, model)
    return f"{words[:1].upper()}{words[1:]}"
