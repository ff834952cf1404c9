"""What was said last of every partner of a space, now and by a day: what the page counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from loops.journey.places import Known
from loops.model import Model
from loops.partners import Mark
from loops.store.records import Partner, Rating, Workspace
from loops.ui import workspace

Called = Callable[[Partner], str]
"""What a workstream is called that was rated as a whole and belongs to no other."""


def by_name(partner: Partner) -> str:
    """By its own name: for the screen, and for files when that is ticked."""
    return partner.profile.name


def by_alias(partner: Partner) -> str:
    """By what stands for its name."""
    return partner.alias


def not_at_all(partner: Partner) -> str:
    """By nothing: for who is not one of the team."""
    return ""


def known(space: Workspace, model: Model, since: date, *, called: Called = by_name) -> Iterator[Known]:
    """Every partner that is rated in the words of a model; raises :class:`loops.store.StoreProblem`."""
    store = workspace.store()
    now = store.standings(space.token, model=model.id)
    then = store.standings(space.token, model=model.id, until=since)
    for partner in store.partners(space.token, model=model.id):
        profile = partner.profile
        own = called(partner) if profile.kind == "workstream" else ""
        yield Known(profile.workstream or own, _marks(now, partner), _marks(then, partner))


def _marks(standings: Mapping[int, Sequence[Rating]], partner: Partner) -> list[Mark]:
    return [rating.mark for rating in standings.get(partner.id, ())]
