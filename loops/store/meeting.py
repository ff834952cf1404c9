"""Meetings, and the decisions they end with."""

from __future__ import annotations

from sqlalchemy import select, update

from loops.store.bounds import TEXT, words
from loops.store.database import Database, Space, now
from loops.store.partner import partner
from loops.store.records import Decision, Meeting
from loops.store.rows import added, here, one
from loops.store.tables import decisions as decided
from loops.store.tables import meetings as met

_MEETING = (met.c.id, met.c.title, met.c.model, met.c.started_at, met.c.ended_at)
_DECISION = (
    decided.c.id,
    decided.c.what,
    decided.c.who,
    decided.c.by_when,
    decided.c.expect,
    decided.c.would_change_mind,
    decided.c.meeting_id,
    decided.c.made_at,
    decided.c.partner_id,
)


def start_meeting(store: Database, token: str, *, title: str = "", model: str = "") -> Meeting:
    """Start a meeting; when one is going on already, whoever started it, that one is returned."""
    title = words(title, "The title", needed=False)
    model = words(model, "The name of the model", needed=False)
    with store.writing(token) as space:
        find = select(*_MEETING).where(here(space, met)).where(met.c.ended_at.is_(None))
        if (going_on := space.connection.execute(find).first()) is not None:
            return Meeting(*going_on)
        return meeting(space, added(space, met, "meetings", title=title, model=model, started_at=now()))


def meetings(store: Database, token: str, *, deleted: bool = False) -> tuple[Meeting, ...]:
    """The meetings, or the deleted ones."""
    with store.reading(token) as space:
        find = select(*_MEETING).where(here(space, met, deleted=deleted)).order_by(met.c.id)
        return tuple(Meeting(*row) for row in space.connection.execute(find))


def end_meeting(store: Database, token: str, meeting_id: int) -> Meeting:
    """End a meeting; one that has ended keeps its end."""
    with store.writing(token) as space:
        space.connection.execute(
            update(met)
            .where(here(space, met), met.c.id == meeting_id, met.c.ended_at.is_(None))
            .values(ended_at=now())
        )
        return meeting(space, meeting_id)


def meeting(space: Space, number: int) -> Meeting:
    """A meeting of this workspace by its id; raises :class:`StoreProblem` when it is not there."""
    find = select(*_MEETING).where(here(space, met), met.c.id == number)
    return Meeting(*one(space, find, "meeting"))


def save_decision(  # noqa: PLR0913  a decision record has these five lines
    store: Database,
    token: str,
    *,
    what: str,
    who: str = "",
    by_when: str = "",
    expect: str = "",
    would_change_mind: str = "",
    meeting_id: int | None = None,
    partner_id: int | None = None,
) -> Decision:
    """Keep a decision, about a partner if one is named; only what was decided must be said."""
    said = {
        "what": words(what, "What was decided", TEXT),
        "who": words(who, "Who does it", needed=False),
        "by_when": words(by_when, "By when", needed=False),
        "expect": words(expect, "What you expect to see", TEXT, needed=False),
        "would_change_mind": words(would_change_mind, "What would change your mind", TEXT, needed=False),
    }
    with store.writing(token) as space:
        if meeting_id is not None:
            meeting(space, meeting_id)
        if partner_id is not None:
            partner(space, partner_id)
        about = {"meeting_id": meeting_id, "partner_id": partner_id}
        number = added(space, decided, "decisions", **about, **said)
        return Decision(*one(space, select(*_DECISION).where(decided.c.id == number), "decision"))


def decisions(
    store: Database,
    token: str,
    *,
    meeting_id: int | None = None,
    partner_id: int | None = None,
    deleted: bool = False,
) -> tuple[Decision, ...]:
    """The decisions, of one meeting or about one partner if it is named; or the deleted ones."""
    with store.reading(token) as space:
        find = select(*_DECISION).where(here(space, decided, deleted=deleted)).order_by(decided.c.id)
        if meeting_id is not None:
            find = find.where(decided.c.meeting_id == meeting_id)
        if partner_id is not None:
            find = find.where(decided.c.partner_id == partner_id)
        return tuple(Decision(*row) for row in space.connection.execute(find))
