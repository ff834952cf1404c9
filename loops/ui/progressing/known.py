"""What was said last of every partner of a space, now and by a day, and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from loops.journey.places import Place, place
from loops.journey.programme import Progress
from loops.journey.progress import progress
from loops.model import Model
from loops.store.records import Partner, Rating, Workspace
from loops.ui import workspace
from loops.ui.catalogue import Shelf

_REMEMBERED = timedelta(hours=1)
"""Where a partner is, is remembered so long: then nothing is left here of one that was erased elsewhere."""


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
    places = _places(question, names)
    return progress(question.shelf.model, places, since=question.since, anonymous=question.anonymous)


def forget() -> None:
    """Forget where every partner is: one of them was erased."""
    _place.clear()


def _places(question: Question, names: bool) -> Iterator[Place]:
    store, token, model = workspace.store(), question.space.token, question.shelf.model
    now, then = store.standings(token, model=model.id, days=(None, question.since))
    for partner in store.partners(token, model=model.id):
        said = now.get(partner.id, ()), then.get(partner.id, ())
        # a rating is never changed, so the same ones are the same place; an erased one's id may come again
        of = str([[(one.id, one.made_at.timestamp()) for one in ratings] for ratings in said])
        stream = _workstream(question, partner, names)
        yield _place(question.shelf.version, question.since, stream, of, _model=model, _said=said)


@st.cache_resource(show_spinner=False, max_entries=5_000, ttl=_REMEMBERED)
def _place(
    version: str,
    since: date,
    stream: str,
    of: str,
    _model: Model,
    _said: tuple[Sequence[Rating], Sequence[Rating]],
) -> Place:
    now, then = ([rating.mark for rating in ratings] for ratings in _said)
    return place(_model, now, then, since=since, workstream=stream)


def _workstream(question: Question, partner: Partner, names: bool) -> str:
    """Where a partner belongs. What is itself a workstream stands for itself, but not for others to see."""
    if partner.profile.workstream or partner.profile.kind != "workstream" or question.anonymous:
        return partner.profile.workstream
    return partner.profile.name if names else partner.alias
