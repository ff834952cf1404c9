"""What the page is asked: of which plan, which one beside it, and about which box."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from loops.scenario import Scenario
from loops.ui.catalogue import Shelf
from loops.ui.driving.plans import choose
from loops.ui.text import unique

_USUAL = "buy_in"
"""What is looked at first where a model has it, as ``loops compare`` does."""


@dataclass(frozen=True)
class Question:
    """One open model, the plan, perhaps a second one beside it, and the box that is looked at."""

    shelf: Shelf
    plans: tuple[Scenario, ...]
    outcome: str

    @property
    def plan(self) -> Scenario:
        """The plan that is asked about first of all."""
        return self.plans[0]

    @property
    def label(self) -> str:
        """The name of the box that is looked at, in short."""
        node = self.shelf.model.nodes[self.outcome]
        return node.short or node.label


def ask(shelf: Shelf) -> Question:
    """Show the choices and return what was chosen."""
    labels = unique({variable.id: variable.label for variable in shelf.model.variables})
    usual = _USUAL if _USUAL in labels else next(iter(labels))
    which, box = st.columns([2, 1], vertical_alignment="bottom")
    with which:
        plans = choose(shelf)
    with box:
        outcome = one("What we look at", labels, f"keeping:box:{shelf.key}", usual)
    return Question(shelf, tuple(plans), outcome)


def one(label: str, titles: Mapping[str, str], key: str, first: str) -> str:
    """A choice by key among titles that can be told apart; `first` while what was chosen is not there."""
    if st.session_state.get(key) not in titles:
        st.session_state[key] = first
    return str(
        st.selectbox(label, list(titles), format_func=titles.__getitem__, key=key, persist_state="session")
    )
