"""Send a diagram to another tool: the same file as the command makes, and what it cannot hold."""

from __future__ import annotations

import streamlit as st

from loops.complaints import BadFile
from loops.draw.settled import settled
from loops.interchange.export import FORMATS, Exported, export
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import DidNotFinish
from loops.ui import catalogue, choose
from loops.ui.catalogue import NOTHING_NEW, Shelf
from loops.ui.editing.drafts import Draft
from loops.ui.text import md

LINK = "loopy"
"""The format whose file is a link."""


def show(draft: Draft) -> None:
    """A tool, perhaps a plan, what is lost on the way, and the file."""
    try:
        shelf = catalogue.shelf(draft.key)
    except BadFile as problem:
        st.warning(md(str(problem)))
        return
    to = choose.one("Which tool is it for?", {name: one.label for name, one in FORMATS.items()}, "send:to")
    plan = _plan(shelf) if "plan" in FORMATS[to].holds else None
    try:
        with st.spinner("The file is made."):
            sent = _made(shelf.version, to, plan, _model=shelf.model)
    except (DidNotFinish, ValueError) as problem:
        st.warning(md(f"This diagram cannot be sent there: {problem}"))
        return
    _lost(sent)
    if to == LINK:
        _link(sent.data.decode().strip(), FORMATS[to].most)
    st.download_button(
        "Download the file",
        data=sent.data,
        file_name=sent.file,
        mime=sent.mime,
        key="send:file",
        type="primary",
        on_click="ignore",
    )


def _plan(shelf: Shelf) -> Scenario | None:
    """The plan that goes along; as if nothing new were done until one is chosen."""
    titles = {key: scenario.title for key, scenario in shelf.scenarios.items()}
    key = choose.one("With which plan?", titles, f"send:plan:{shelf.key}", NOTHING_NEW)
    return None if key == NOTHING_NEW else shelf.scenarios[key]


@st.cache_resource(show_spinner=False, max_entries=20)
def _made(version: str, to: str, plan: Scenario | None, _model: Model) -> Exported:
    return export(settled(_model), to, scenario=plan)


def _lost(sent: Exported) -> None:
    if not sent.lost:
        st.markdown("It holds all that is in this diagram.")
        return
    st.markdown("**What it cannot hold**\n\n" + "\n".join(f"- {md(one)}" for one in sent.lost))


def _link(link: str, most: int | None) -> None:
    if most is not None and len(link) > most:
        st.markdown("The link is too long for an address: the file holds it.")
        return
    st.markdown("This link opens the diagram in Loopy. The link is the diagram: whoever has it, sees it.")
    st.code(link, language=None, wrap_lines=True, height=120)
