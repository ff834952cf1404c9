"""What the page is asked: of which plan, which one beside it, and about which box."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from loops.scenario import Scenario
from loops.ui.catalogue import Shelf
from loops.ui.choose import one
from loops.ui.driving.plans import choose
from loops.ui.text import unique

BOX = "What we look at"


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
    which, box = st.columns([2, 1], vertical_alignment="bottom")
    with which:
        plans = choose(shelf)
    with box:
        outcome = one(BOX, labels, f"keeping:box:{shelf.key}", shelf.model.headlines[0])
    return Question(shelf, tuple(plans), outcome)
