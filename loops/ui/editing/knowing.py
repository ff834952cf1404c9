"""How we know something, as fields: a grade, why, and the source's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from loops.influence import Influence
from loops.model import Link, Source
from loops.ui.editing import form

KNOWN = {
    "stated": "It is said in the source",
    "inferred": "It follows from what the source says",
    "assumed": "It is our assumption",
}
"""The ways to know something, as a form has them to choose."""


def fields(of: Link | Influence, sources: Sequence[Source], place: str) -> dict[str, Any]:
    """How we know that an arrow is there, or that something acts where it is said to."""
    values: dict[str, Any] = {
        "evidence": grade("How we know", of.evidence, f"{place}:evidence"),
        "reason": form.lines("Why", of.reason, f"{place}:reason"),
        "passage": form.lines("The source’s own words", of.passage, f"{place}:passage") or None,
        "locator": form.line("Where they stand: section, page", of.locator, f"{place}:locator") or None,
    }
    if sources:
        titles: dict[str | None, str] = {None: "Not said", **{one.id: one.title for one in sources}}
        values["cited"] = st.selectbox(
            "In which source",
            list(titles),
            list(titles).index(of.cited),
            titles.__getitem__,
            key=f"{place}:cited",
        )
    return values


def grade(label: str, value: str, key: str) -> str:
    """One of the ways to know something."""
    return str(st.radio(label, list(KNOWN), list(KNOWN).index(value), KNOWN.__getitem__, key=key))
