"""All of it to take away, for the evaluator: as a Word file, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from loops.draw.document import stress
from loops.draw.document.findings import Findings
from loops.ensemble.comparison import Question as Asked
from loops.ensemble.ensemble import Ensemble
from loops.theory.stress import digest, verdicts
from loops.theory.why import why
from loops.ui.asked import asked
from loops.ui.exports import Progress
from loops.ui.keeping.choosing import Question
from loops.ui.planning.share import run_key
from loops.ui.room.takeaway import WORD
from loops.ui.stressing import ranking
from loops.ui.stressing.trying import Test


def show(test: Test, question: Question, found: Sequence[Ensemble]) -> None:
    """A report of what has been tried, written once somebody has asked for it."""
    st.subheader("Take it away", anchor=False)
    got = asked(
        "Write the report",
        key=f"report:{test.shelf.key}",
        of=f"{digest(found)} {run_key(test.shelf.model, question.plan)} {question.outcome}",
        make=partial(_write, test, question, found),
    )
    if got is None:
        st.caption(
            "For those who evaluate: the verdicts, all the reasons, how it was tried, what it cannot say, "
            "and a checklist for realist evaluations (RAMESES II). It may take a minute."
        )
        return
    with st.container(horizontal=True):
        st.download_button(
            "Save the report (Word)",
            data=lambda: stress.word(got),
            file_name="stress-test.docx",
            mime=WORD,
            on_click="ignore",
            type="primary",
        )
        st.download_button(
            "Save the report (Markdown)",
            data=lambda: stress.markdown(got),
            file_name="stress-test.md",
            mime="text/markdown",
            on_click="ignore",
        )


def _write(test: Test, question: Question, found: Sequence[Ensemble], progress: Progress) -> Findings:
    """What was tried with its reasons, and the levers of the plan that is looked at."""
    model, claims = test.shelf.model, test.claims
    source = next((each for each in found if each.comparison.questions), found[0])
    plan = question.plan if question.plan.levers else None
    levers = Asked(plan, None, question.outcome, ranking.month(model, plan)) if plan else None
    reasons = why(claims, source, plan=levers, progress=partial(_told, progress))
    judged = verdicts(claims, found) if source.comparison.questions else []
    return Findings(model, test.shelf.by_id, claims, judged, found, reasons, plan)


def _told(progress: Progress, share: float, words: str) -> None:
    progress(share, f"Reasons are looked for: {share:.0%} is done")
