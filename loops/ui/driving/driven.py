"""What drives a plan: its run, its loops and what each gives back, worked out once for all who look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from loops.dominance.gain import loop_gains
from loops.dominance.lead import Lead, leads
from loops.dominance.moments import Moments, moments
from loops.feedback import Feedback, Found
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario
from loops.ui import catalogue
from loops.ui.catalogue import Shelf
from loops.ui.text import unique

_MOST = 40
"""Plans that are kept worked out; the largest model allowed takes some megabytes each."""


@dataclass(frozen=True)
class Driven:
    """One plan of a model, and what each of the loops found in the model gives back in it."""

    title: str
    moments: Moments
    found: Found
    gains: Floats  # (T, F) of `found.loops`

    def leads(self, places: Sequence[int]) -> tuple[Lead, ...]:
        """Which of the loops at these places of `found` leads when; a lead's place is one of `found`, too."""
        among = leads(self.moments.months, self.gains[:, list(places)])
        return tuple(
            Lead(None if lead.place is None else places[lead.place], lead.since, lead.until) for lead in among
        )


def driven(shelf: Shelf, plan: Scenario) -> Driven:
    """Run a plan and weigh its loops; raises what :func:`loops.simulate.simulate` raises."""
    found = catalogue.found_in(shelf)
    run, gains = _run(
        shelf.model.model_dump_json(),
        plan.model_dump_json(exclude={"id", "title"}),
        _model=shelf.model,
        _plan=plan,
        _found=found,
    )
    return Driven(plan.title, run, found, gains)


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _run(model: str, plan: str, _model: Model, _plan: Scenario, _found: Found) -> tuple[Moments, Floats]:
    (run,) = moments(_model, [_plan])
    return run, loop_gains(run, _found.loops)


@dataclass(frozen=True)
class Names:
    """What the loops that were found are called: `full` names that differ, and short `tags`."""

    full: tuple[str, ...]
    tags: tuple[str, ...]

    @classmethod
    def of(cls, found: Sequence[Feedback]) -> Names:
        """The names of loops in their order; loops with one name are told apart by number."""
        full = unique({loop.id: loop.name for loop in found})
        tags = unique({loop.id: _tag(loop, place) for place, loop in enumerate(found)})
        return cls(tuple(full.values()), tuple(tags.values()))


def _tag(loop: Feedback, place: int) -> str:
    """The label on the diagram, or the letter with the loop's number in the list."""
    return (loop.named.label if loop.named else None) or f"{loop.letter}·{place + 1}"
