"""What a workshop leaves behind, as files: names and words are in them only when ticked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from loops.draw import deck, document
from loops.draw.document import Record
from loops.model import Model, Story
from loops.narrate import on_day
from loops.simulate import DidNotFinish
from loops.store.records import Workspace
from loops.ui import handouts, workspace
from loops.ui.catalogue import Shelf
from loops.ui.exports import Export, Progress, offer
from loops.ui.room import said, votes, writing
from loops.ui.text import md, unique

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(space: Workspace, shelf: Shelf) -> None:
    """The files, and what is to be in them."""
    with st.expander("Take it away as a file"):
        words = st.checkbox("What people wrote", key="take_words", persist_state="session")
        names = st.checkbox("Their names too", key="take_names", disabled=not words, persist_state="session")
        ticked = {"notes": words, "names": words and names}
        st.caption("Questions and counts of votes are always in the files.")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            downloads(lambda: record(space, shelf.model), "workshop", **ticked)
        if shelf.model.stories:
            with workspace.telling():
                _slides(space, shelf, ticked)


def _slides(space: Workspace, shelf: Shelf, ticked: dict[str, bool]) -> None:
    """A story of the model as slides, with what the room said behind it."""
    told = {story.id: story for story in shelf.model.stories}
    titles = unique({name: story.title for name, story in told.items()})
    chosen = st.selectbox(
        "Slides of the story",
        list(told),
        format_func=titles.__getitem__,
        key=f"take_story:{shelf.key}",
        persist_state="session",
        width=320,
    )
    heard = document.ticked(record(space, shelf.model), **ticked)
    made = Export(
        "Slides (PowerPoint)",
        "The story, then what the room said about each part. Every box, arrow and chart can be changed.",
        "workshop.pptx",
        handouts.SLIDES,
        lambda progress: slides(shelf, told[chosen], heard, progress),
    )
    # slides from before somebody spoke or voted, or before a plan came or went, are not offered again
    offer([made], of=f"workshop {shelf.key} {shelf.version} {chosen} {sorted(shelf.by_id)} {hash(heard)}")


def slides(shelf: Shelf, story: Story, heard: Record, progress: Progress) -> bytes:
    """A story with what the room said behind it; where its plans cannot be run its boxes are not filled."""
    try:
        return deck.deck(shelf.model, story, shelf.by_id, record=heard, progress=progress)
    except (DidNotFinish, ValueError) as problem:
        made = deck.deck(shelf.model, story, {}, record=heard, progress=progress)
        st.warning(md(f"The plans of this story cannot be run, so the boxes are not filled: {problem}"))
        return made


def downloads(made: Callable[[], Record], name: str, *, notes: bool, names: bool) -> None:
    """The record as Word and as Markdown, made when it is asked for."""
    st.download_button(
        "Word",
        data=lambda: document.word(made(), names=names, notes=notes),
        file_name=f"{name}.docx",
        mime=WORD,
        on_click="ignore",
    )
    st.download_button(
        "Markdown",
        data=lambda: document.markdown(made(), names=names, notes=notes),
        file_name=f"{name}.md",
        mime="text/markdown",
        on_click="ignore",
    )


def today() -> str:
    """The date as people write it."""
    return on_day(date.today())


def record(space: Workspace, model: Model) -> Record:
    """All that was said and voted on in a workshop about a model."""
    notes, counts = writing.on_the_diagram(space, model), votes.poll(space, model.id).counts
    return Record(f"Workshop: {space.name}", today(), model.title, said.topics(model, notes, counts))
