"""Progress to take away: Word, PDF and a table; names and what people wrote only when ticked."""

from __future__ import annotations

import streamlit as st

from loops.draw.document import programme as document
from loops.ui.progressing import cards
from loops.ui.progressing.known import Question, counted
from loops.ui.room.takeaway import WORD, today


def show(question: Question) -> None:
    """The files, and what is to be in them."""
    st.subheader("To take away", anchor=False)
    model, words = question.shelf.model, False
    if not question.anonymous:
        words = st.checkbox("What people wrote, and names", key="progress_words", persist_state="session")
    with st.container(horizontal=True):
        st.download_button(
            "Word",
            data=lambda: document.word(model, counted(question, names=words), on=today(), words=words),
            file_name="progress.docx",
            mime=WORD,
            on_click="ignore",
            type="primary",
        )
        st.download_button(
            "Print it (PDF)",
            data=lambda: document.pdf(model, counted(question, names=words), on=today(), words=words),
            file_name="progress.pdf",
            mime="application/pdf",
            on_click="ignore",
        )
        st.download_button(
            "Figures as a table (CSV)",
            data=lambda: cards.csv_of(model, counted(question, names=words)),
            file_name="progress.csv",
            mime="text/csv",
            on_click="ignore",
        )
    if not question.anonymous:
        st.caption("These files are for the team: they tell of small workstreams, too.")
