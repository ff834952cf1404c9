"""Compare two versions of a diagram: what was added, removed, flipped and changed, and why."""

from __future__ import annotations

import streamlit as st

from loops.complaints import BadFile
from loops.draw.diagram import View, draw
from loops.editing.versions import Difference, differences
from loops.model import Model
from loops.ui import catalogue, choose, look
from loops.ui.components import canvas
from loops.ui.editing import drafts, telling
from loops.ui.editing.drafts import Draft
from loops.ui.text import csv_text, md, unique

_BEGAN, _SAVED = "began ", "file "
"""Before the key of a draft: what it began from, and what it was saved as last."""
MARKS = {"added": "new", "flipped": "flipped", "changed": "changed"}
"""What stands on a part of the picture."""
_SHOWN = 40
"""Differences of each kind that are shown; the file holds all."""


def show(draft: Draft) -> None:
    """Two choices and what lies between them; at first what this draft began from, and what it is now."""
    titles, field = _titles(), f"change:compare:old:{draft.key}"
    left, right = st.columns(2)
    with left:
        old = choose.one("From", titles, field, f"{_BEGAN}{draft.key}" if draft.begun else draft.key)
    with right:
        new = choose.one("To", titles, f"change:compare:new:{draft.key}", draft.key)

    def take(name: str, data: bytes) -> None:
        st.session_state[field] = catalogue.open_model(name, data)

    choose.opener("Or from a model in a file (.toml)", "change:compare:file", take)
    choose.complaint("change:compare:file")
    try:
        before, now = _model(old), _model(new)
    except BadFile as problem:
        st.warning(md(str(problem)))
        return
    with st.spinner("The two are compared."):
        found = differences(before, now)
    _told(found, now)
    _picture(found, now, f"{old} {new}")


def _picture(found: tuple[Difference, ...], now: Model, of: str) -> None:
    """The second version, when somebody asks, with a word on what is new or not the same in it."""
    parts = [(one.part.partition(":"), MARKS[one.kind]) for one in found if one.kind in MARKS]
    marks = {name: mark for (kind, _, name), mark in parts if kind in ("node", "link")}
    if not marks or not st.toggle("Show it on the diagram", key="change:compare:draw"):
        return
    lit = frozenset(name for (kind, _, name), _ in parts if kind == "link")
    with st.spinner("The picture is drawn. A large diagram takes some seconds."):
        svg = draw(now, look.palette(), View(marks=marks, lit=lit or None, legend=True))
    st.caption("What was removed is not in this picture: it is in the list above.")
    canvas.show(svg, key=f"change:compare:{of}", file_name=f"{now.id}_differences", height="62vh")


def _told(found: tuple[Difference, ...], now: Model) -> None:
    if not found:
        st.markdown("**Nothing differs between the two.**")
        return
    telling.show(found, most=_SHOWN)
    st.download_button(
        "Download the differences (CSV)",
        data=lambda: csv_text(telling.HEAD, telling.rows(found)),
        file_name=f"{now.id}_differences.csv",
        mime="text/csv",
        key="change:compare:csv",
        on_click="ignore",
    )


def _titles() -> dict[str, str]:
    """Every version that can be compared, by key."""
    titles = dict(zip(every := catalogue.keys(), map(catalogue.title, every), strict=True))
    for key, draft in drafts.every().items():
        titles[f"{_BEGAN}{key}"] = f"{draft.model.title}: what the draft began from"
        if draft.opened is not None:
            titles[f"{_SAVED}{key}"] = f"{draft.model.title}: as it was saved last ({draft.opened.path.name})"
    return unique(titles)


def _model(name: str) -> Model:
    """The version that a key stands for; raises :class:`BadFile`."""
    if name.startswith(_BEGAN):
        return drafts.every()[name.removeprefix(_BEGAN)].history.base
    if name.startswith(_SAVED) and (opened := drafts.every()[name.removeprefix(_SAVED)].opened):
        return opened.part
    return catalogue.shelf(name).model
