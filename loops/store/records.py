"""What the store hands out: frozen records. Times are in UTC; lists are in the order things were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypedDict, get_args

from loops.editing.strengths import Word
from loops.influence import Audience, Sphere
from loops.partners import Deed, Mark, Profile
from loops.parts import Grade

Answer = Literal["yes", "no", "depends"]
ANSWERS: tuple[Answer, ...] = ("yes", "no", "depends")
Bearing = Literal["supports", "contradicts", "qualifies"]
BEARINGS: tuple[Bearing, ...] = ("supports", "contradicts", "qualifies")
Expected = Literal["yes", "no", "not said"]
EXPECTED: tuple[Expected, ...] = ("yes", "no", "not said")
Sense = Literal["see", "hear", "feel", "do"]
SENSES: tuple[Sense, ...] = get_args(Sense)
GRADES: tuple[Grade, ...] = get_args(Grade)
Nowhere = Literal[""]
"""In place of a level or an audience that nobody has named."""


@dataclass(frozen=True)
class Workspace:
    """A space that those share who know its token; the token is the last part of its link."""

    token: str
    name: str
    made_at: datetime


@dataclass(frozen=True)
class Snapshot:
    """What a page showed, kept under a title; `payload` is JSON text that only the page reads."""

    id: int
    title: str
    model: str
    payload: str
    made_at: datetime


@dataclass(frozen=True)
class Meeting:
    """A meeting from its start to its end; `ended_at` is None while it goes on."""

    id: int
    title: str
    model: str
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Decision:
    """What was decided, who does it by when, what we expect to see and what would change our mind."""

    id: int
    what: str
    who: str
    by_when: str
    expect: str
    would_change_mind: str
    meeting_id: int | None
    made_at: datetime
    partner_id: int | None = None
    """The partner that it is about, if it is about one."""


@dataclass(frozen=True)
class ShowOfHands:
    """A question asked to the room, its options and how many hands each one got."""

    id: int
    question: str
    options: tuple[str, ...]
    counts: tuple[int, ...]
    meeting_id: int | None
    made_at: datetime


@dataclass(frozen=True)
class Note:
    """What somebody in a role said about a ``node:ID``, ``link:KEY``, ``loop:ID`` or ``decision:ID``.

    It is as it reads now. `beside` is the note that it was an edit of, when somebody else had edited that
    one in the meantime.
    """

    id: int
    model: str
    element: str
    role: str
    text: str
    author: str
    version: int
    beside: int | None
    made_at: datetime
    edited_at: datetime


@dataclass(frozen=True)
class NoteVersion:
    """How a note or an idea read once."""

    version: int
    text: str
    author: str
    made_at: datetime


@dataclass(frozen=True)
class Seen:
    """What was observed: when and what, who did it or saw it, why and how, and where that is written down."""

    date: str
    """A day, a month or a year, such as ``2024-03-15``, ``2024-03`` or ``2024``: in this form dates sort."""
    source: str
    """Where it is from: minutes, a survey, an interview. A role rather than a name, for it is exported."""
    what: str
    bearing: Bearing
    """What it does to what it is of: supports it, contradicts it, or says in what case it holds."""
    who: str = ""
    why: str = ""
    how: str = ""
    expected: Expected = "not said"


@dataclass(frozen=True)
class Observation:
    """What was seen of a ``node:ID``, ``link:KEY`` or ``claim:ID``, as it reads now.

    `author` wrote it down. `beside` is as in :class:`Note`.
    """

    id: int
    model: str
    element: str
    seen: Seen
    author: str
    version: int
    beside: int | None
    made_at: datetime
    edited_at: datetime


@dataclass(frozen=True)
class ObservationVersion:
    """How an observation read once."""

    version: int
    seen: Seen
    author: str
    made_at: datetime


@dataclass(frozen=True)
class Round:
    """A round of votes on a model's arrows, or on one (`link`); counts show once it is closed.

    A round on one arrow closes by itself with the vote that makes `expected`, unless that is 0.
    """

    id: int
    model: str
    link: str
    number: int
    expected: int
    made_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Tally:
    """How many have voted on an arrow, and, once the round is closed, how many said what."""

    voted: int
    counts: dict[Answer, int] | None


@dataclass(frozen=True)
class Utopia:
    """A setting that a room imagines at its best, such as a GP surgery, with the model that it is for."""

    id: int
    model: str
    setting: str
    """The words for the setting: one of the model's, or the room's own."""
    title: str
    made_at: datetime


@dataclass(frozen=True)
class Idea:
    """What somebody at a table would see, hear or feel there, or, in the influencer matrix, would `do`.

    It is as it reads now. `item_id` is the item of the list that it was gathered into; `beside` is as in
    :class:`Note`.
    """

    id: int
    utopia_id: int
    at_table: str
    sense: Sense
    at: Sphere | Nowhere
    on: Audience | Nowhere
    text: str
    item_id: int | None
    author: str
    version: int
    beside: int | None
    made_at: datetime
    edited_at: datetime


class ItemFields(TypedDict, total=False):
    """What is said of an item; what is not said stays as it was, or is empty."""

    label: str
    lever: str
    """The id of the lever that it is; empty when the model has none like it."""
    at: Sphere | Nowhere
    on: Audience | Nowhere
    hours_us: float
    hours_partner: float
    """Hours a month while it is done."""
    cost: float
    """Pounds, once."""
    owner: str
    evidence: Grade
    """How we know that it helps."""
    why: str
    helps: str
    """The id of the variable that it acts on, when it is not in the model."""
    strength: Word
    chosen: bool
    """Whether a plan may use it: it may, unless somebody says no."""


@dataclass(frozen=True)
class Item:
    """Something on the shopping list of a utopia, as it reads now; fields as in :class:`ItemFields`."""

    id: int
    utopia_id: int
    label: str
    lever: str
    at: Sphere | Nowhere
    on: Audience | Nowhere
    hours_us: float
    hours_partner: float
    cost: float
    owner: str
    evidence: Grade
    why: str
    helps: str
    strength: Word
    chosen: bool
    version: int
    made_at: datetime
    edited_at: datetime


@dataclass(frozen=True)
class Commitment:
    """What somebody will do, and by when; `item_id` is the item of the list that it is about."""

    id: int
    utopia_id: int
    item_id: int | None
    what: str
    who: str
    by_when: str
    made_at: datetime


@dataclass(frozen=True)
class Partner:
    """A partner or workstream as it reads now; `version` is told when it is changed, so that none is lost."""

    id: int
    model: str
    profile: Profile
    version: int
    made_at: datetime
    edited_at: datetime

    @property
    def alias(self) -> str:
        """What it is called where names are left out."""
        return self.profile.alias or f"Partner {self.id}"


@dataclass(frozen=True)
class Rating:
    """What somebody said of one box of a partner. It is never changed, only taken back or said anew."""

    id: int
    partner_id: int
    mark: Mark
    author: str
    """Who wrote it down."""
    made_at: datetime


@dataclass(frozen=True)
class Action:
    """What was done with a partner."""

    id: int
    partner_id: int
    deed: Deed
    version: int
    made_at: datetime
    edited_at: datetime


@dataclass(frozen=True)
class Course:
    """What we expected of a partner from a day on; `payload` is JSON text that only the page reads."""

    id: int
    partner_id: int
    title: str
    begun: date
    payload: str
    made_at: datetime


@dataclass(frozen=True)
class Belongings:
    """How much of each kind is kept of one partner, with what was taken back or deleted."""

    versions: int
    """How often its profile was written down, the first time too."""
    ratings: int
    actions: int
    courses: int
    decisions: int
    notes: int
    """On the decisions about it."""


@dataclass(frozen=True)
class TakenIn:
    """What a file of partners added."""

    partners: int
    """Partners that are new."""
    ratings: int
    actions: int
    already: int
    """Ratings and actions that were here already, and were not added again."""
