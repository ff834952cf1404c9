"""The meeting in the shared space: begun by the first thing kept; what it decides opens the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from loops.draw.document import Decided
from loops.model import Model
from loops.store.records import Decision, Meeting, ShowOfHands, Workspace
from loops.ui import workspace

_Kept = TypeVar("_Kept", Decision, ShowOfHands)

_LONGEST = timedelta(hours=12)
"""A meeting that nobody ended is over after this long: what it decided is from last time."""


def going_on(space: Workspace) -> Meeting | None:
    """The meeting going on in a space, if there is one."""
    return next((one for one in workspace.store().meetings(space.token) if _goes_on(one)), None)


def begin(space: Workspace, model: Model) -> Meeting:
    """The meeting going on, or a new one; one that was left open long ago ends first."""
    for left in workspace.store().meetings(space.token):
        if left.ended_at is None and not _goes_on(left):
            workspace.store().end_meeting(space.token, left.id)
    return workspace.store().start_meeting(space.token, model=model.id)


def end(space: Workspace) -> None:
    """The meeting going on is over."""
    if meeting := going_on(space):
        workspace.store().end_meeting(space.token, meeting.id)


def decided(space: Workspace) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """What the last meeting that decided anything decided, and what this one has decided so far.

    What was decided about one partner stays on that partner's page.
    """
    made = workspace.store().decisions(space.token)
    return _parted(space, [one for one in made if one.partner_id is None])


def shown(space: Workspace) -> tuple[tuple[ShowOfHands, ...], tuple[ShowOfHands, ...]]:
    """The hands of the last meeting that counted any, and those of this one so far."""
    return _parted(space, workspace.store().shows_of_hands(space.token))


def record(decision: Decision) -> Decided:
    """A decision as it stands in a document."""
    return Decided(decision.what, decision.who, decision.by_when, decision.expect, decision.would_change_mind)


def _parted(space: Workspace, made: Sequence[_Kept]) -> tuple[tuple[_Kept, ...], tuple[_Kept, ...]]:
    """What belongs to the last meeting that has any of it, and what to the one going on."""
    meeting = going_on(space)
    now = meeting.id if meeting else None
    here = tuple(one for one in made if now is not None and one.meeting_id == now)
    before = [one for one in made if one not in here]
    last = tuple(one for one in before if one.meeting_id == before[-1].meeting_id)
    return last, here


def _goes_on(meeting: Meeting) -> bool:
    return meeting.ended_at is None and datetime.now(UTC) - meeting.started_at < _LONGEST
