"""All of it to take away, for the evaluator: as a Word file, and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from loops.draw.document import stress
from loops.draw.document.findings import Findings
from loops.ensemble.comparison import Question as Asked
from loops.ensemble.ensemble import Ensemble
from loops.store.observations import observations_of
from loops.theory.stress import digest, verdicts
from loops.theory.why import why
from loops.ui import workspace
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
        of=f"{digest(found)} {test.said} {run_key(test.shelf.model, question.plan)} {question.outcome}",
        make=partial(_write, test, question, found),
    )
    if got is None:
        st.caption(
            "For those who evaluate: the verdicts, all the reasons, how it was tried, what it cannot say, "
            "and a checklist for realist evaluations (RAMESES II). It may take a minute."
        )
        return
    got = _with_what_was_seen(got)
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


def _with_what_was_seen(got: Findings) -> Findings:
    """The same with what the open space holds now, and names only if they are ticked."""
    space = workspace.current()
    if space is None:
        st.caption("No shared space is open, so the report says nothing of what was seen.")
        return got
    with workspace.telling():
        seen = observations_of(workspace.store(), space.token, model=got.model.id)
        names = any(each.seen.who for each in seen) and st.checkbox(
            "Name those who did or saw what was seen", key="stressing:report:names"
        )
        return replace(got, observed=seen, names=names)
    return got


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
