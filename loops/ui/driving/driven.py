"""What drives a plan: its run, its loops and what each gives back, worked out once for all who look at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from loops.dominance.gain import loop_gains
from loops.dominance.lead import Lead, leads
from loops.dominance.moments import Moments, moments
from loops.dominance.shares import Shares, shares
from loops.dominance.strongest import Progress
from loops.feedback import Feedback, Found
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario
from loops.ui import catalogue
from loops.ui.catalogue import Shelf
from loops.ui.planning.share import run_key
from loops.ui.text import unique

_MOST = 40
"""Plans that are kept worked out; one of the largest model allowed takes some dozens of megabytes."""


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


def quick(shelf: Shelf) -> bool:
    """Whether all loops of a model are known, so that none have to be looked for: that takes seconds."""
    return catalogue.found_in(shelf).complete


def work_out(shelf: Shelf, plans: Sequence[Scenario], progress: Progress) -> bool:
    """Do what takes long about these plans, so that :func:`run` and :func:`explained` have it."""
    for place, plan in enumerate(plans):

        def tell(share: float, words: str, done: int = place) -> None:
            progress((done + share) / len(plans), words)

        explained(shelf, plan, progress=tell)
    return True


def run(shelf: Shelf, plans: Sequence[Scenario]) -> list[Driven]:
    """Run plans and weigh the same loops in each: all of them, or some where there are too many.

    Those are the strongest under the first plan or, if nothing moves in it, the shortest. Raises what
    :func:`loops.simulate.simulate` raises.
    """
    found, basis = catalogue.found_in(shelf), ""
    if not found.complete:
        strongest = explained(shelf, plans[0]).found
        if any(loop.named is None for loop in strongest.loops):
            found, basis = strongest, run_key(shelf.model, plans[0])
    driven = []
    for plan in plans:
        key = run_key(shelf.model, plan)
        ran = _moments(key, _model=shelf.model, _plan=plan)
        driven.append(Driven(plan.title, ran, found, _gains(key, basis, _moments=ran, _found=found)))
    return driven


def explained(shelf: Shelf, plan: Scenario, *, progress: Progress | None = None) -> Shares:
    """What share of the movement each loop explains; raises what :func:`loops.simulate.simulate` raises."""
    key = run_key(shelf.model, plan)
    kept = _shares(key)
    if not kept:
        ran = _moments(key, _model=shelf.model, _plan=plan)
        kept.append(shares(ran, catalogue.found_in(shelf), progress=progress))
    return kept[0]


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _moments(key: str, _model: Model, _plan: Scenario) -> Moments:
    (ran,) = moments(_model, [_plan])
    return ran


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _gains(key: str, basis: str, _moments: Moments, _found: Found) -> Floats:
    return loop_gains(_moments, _found.loops)


@st.cache_resource(show_spinner=False, max_entries=_MOST)
def _shares(key: str) -> list[Shares]:
    """Where the shares of a plan are kept: words of progress may not be said inside what is cached."""
    return []


@dataclass(frozen=True)
class Names:
    """What the loops that were found are called: `full` names that differ, short `tags`, and `chains`.

    The chain of a loop without a name has all its boxes, so that it can be found on the diagram.
    """

    full: tuple[str, ...]
    tags: tuple[str, ...]
    chains: tuple[str, ...]

    @classmethod
    def of(cls, found: Sequence[Feedback]) -> Names:
        """The names of loops in their order; loops with one name are told apart by number."""
        full = unique({loop.id: loop.name for loop in found})
        tags = unique({loop.id: _tag(loop, place) for place, loop in enumerate(found)})
        chains = tuple(loop.name if loop.named else " → ".join(loop.labels) for loop in found)
        return cls(tuple(full.values()), tuple(tags.values()), chains)


def _tag(loop: Feedback, place: int) -> str:
    """The label on the diagram, or the letter with the loop's number in the list."""
    return (loop.named.label if loop.named else None) or f"{loop.letter}·{place + 1}"
