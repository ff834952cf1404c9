"""What was said last of every partner of a space, now and by a day, and counted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from loops.journey.places import Known
from loops.journey.programme import Progress
from loops.journey.progress import progress
from loops.model import Model
from loops.partners import Mark
from loops.store.records import Partner, Rating, Workspace
from loops.ui import workspace
from loops.ui.catalogue import Shelf

_Said = tuple[str, Sequence[Rating], Sequence[Rating]]
"""The workstream of a partner, and what was said of it last, now and by the day that is compared with."""


@dataclass(frozen=True)
class Question:
    """What is asked: in which space and model, since when, and whether anybody may know the answer."""

    space: Workspace
    shelf: Shelf
    since: date
    anonymous: bool


def counted(question: Question, *, names: bool = True) -> Progress:
    """How far the programme is; without `names` no partner's name stands for a workstream.

    Raises :class:`loops.store.StoreProblem`.
    """
    store, token, shelf = workspace.store(), question.space.token, question.shelf
    now, then = (store.standings(token, model=shelf.model.id, until=day) for day in (None, question.since))
    said = [
        (_workstream(question, partner, names), now.get(partner.id, ()), then.get(partner.id, ()))
        for partner in store.partners(token, model=shelf.model.id)
    ]
    # a rating is never changed, so the same ratings need not be counted twice
    same = [(stream, *([rating.id for rating in ratings] for ratings in each)) for stream, *each in said]
    of = hashlib.sha256(repr(same).encode()).hexdigest()
    return _counted(shelf.version, of, question.since, question.anonymous, _model=shelf.model, _said=said)


@st.cache_resource(show_spinner="Counting", max_entries=50)
def _counted(
    version: str, of: str, since: date, anonymous: bool, _model: Model, _said: Sequence[_Said]
) -> Progress:
    partners = [Known(stream, _marks(now), _marks(then)) for stream, now, then in _said]
    return progress(_model, partners, since=since, anonymous=anonymous)


def _workstream(question: Question, partner: Partner, names: bool) -> str:
    """Where a partner belongs. What is itself a workstream stands for itself, but not for others to see."""
    if partner.profile.workstream or partner.profile.kind != "workstream" or question.anonymous:
        return partner.profile.workstream
    return partner.profile.name if names else partner.alias


def _marks(ratings: Sequence[Rating]) -> list[Mark]:
    return [rating.mark for rating in ratings]
