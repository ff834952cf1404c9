"""The tables of saved work. A change here needs a step in ``migrations/versions`` as well."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

from loops.editing.strengths import WORDS
from loops.influence import AUDIENCES, SPHERES
from loops.partners import KINDS, SAID
from loops.store.bounds import HOURS, LABEL, PAYLOAD, POUNDS, ROLES, TEXT
from loops.store.records import ANSWERS, BEARINGS, EXPECTED, GRADES, SENSES

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A time in UTC, which SQLite would otherwise give back without saying so."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The time as it was kept, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _text(name: str, most: int = LABEL) -> Column[str]:
    return Column(name, String(most), nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _one_of(name: str, most: int, values: Sequence[str]) -> Column[str]:
    allowed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    # "on" is a word of SQL, so the name stands in quotation marks
    return Column(name, String(most), CheckConstraint(f'"{name}" IN ({allowed})', name), nullable=False)


def _amount(name: str, most: int) -> Column[float]:
    return Column(name, Float, CheckConstraint(f"{name} >= 0 AND {name} <= {most}", name), nullable=False)


def _day(name: str) -> Column[date]:
    return Column(name, Date, nullable=False)


def _made() -> Column[datetime]:
    return Column("made_at", Moment, nullable=False)


def _table(name: str, *columns: Column[Any], **options: Any) -> Table:
    """What belongs to a workspace: it can be deleted and restored, and is never lost."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("workspace_id", ForeignKey("workspaces.id"), nullable=False, index=True),
        *columns,
        Column("deleted_at", Moment),
        **options,
    )


def _erasable(name: str, *columns: Column[Any]) -> Table:
    """What can be erased as well: its number never comes again, for links and pages may remember it."""
    return _table(name, *columns, sqlite_autoincrement=True)


def _of_partner(name: str, *columns: Column[Any]) -> Table:
    """What belongs to a partner."""
    owner: Column[int] = Column("partner_id", ForeignKey("partners.id"), nullable=False, index=True)
    return _erasable(name, owner, *columns)


def _part(name: str, of: str, *columns: Column[Any]) -> Table:
    """What belongs to a row of another table, and goes where that one goes."""
    return Table(name, metadata, Column(f"{of}_id", ForeignKey(f"{of}s.id"), primary_key=True), *columns)


workspaces = Table("workspaces", metadata, Column("id", Integer, primary_key=True), _text("name"), _made())
keys = Table(
    "keys",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False, index=True),
    _made(),
)
"""The SHA-256 of each token that opens a workspace: who reads the database learns no link."""

snapshots = _table("snapshots", _text("title"), _text("model"), _text("payload", PAYLOAD), _made())
meetings = _table(
    "meetings",
    _text("title"),
    _text("model"),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
decisions = _table(
    "decisions",
    _text("what", TEXT),
    _text("who"),
    _text("by_when"),
    _text("expect", TEXT),
    _text("would_change_mind", TEXT),
    Column("meeting_id", ForeignKey("meetings.id")),
    _made(),
    Column("partner_id", ForeignKey("partners.id")),
)
hands = _table("hands", _text("question", TEXT), Column("meeting_id", ForeignKey("meetings.id")), _made())
hand_counts = _part(
    "hand_counts", "hand", Column("place", Integer, primary_key=True), _text("option"), _number("count")
)
notes = _table(
    "notes",
    _text("model"),
    _text("element"),
    _text("role"),
    _number("version"),
    Column("beside", ForeignKey("notes.id")),
    _made(),
)
note_versions = _part(
    "note_versions",
    "note",
    Column("version", Integer, primary_key=True),
    _text("text", TEXT),
    _text("author"),
    _made(),
)
rounds = _table(
    "rounds",
    _text("model"),
    _text("link"),
    _number("number"),
    _number("expected"),
    _made(),
    Column("closed_at", Moment),
)
votes = _part(
    "votes",
    "round",
    Column("link", String(LABEL), primary_key=True),
    Column("voter", String(64), primary_key=True),
    _one_of("answer", 8, ANSWERS),
    _made(),
)
"""A voter is the SHA-256 of a token that only the voter's browser tab has."""

observations = _table(
    "observations",
    _text("model"),
    _text("element"),
    _number("version"),
    Column("beside", ForeignKey("observations.id")),
    _made(),
)
observation_versions = _part(
    "observation_versions",
    "observation",
    Column("version", Integer, primary_key=True),
    _text("date", 10),
    _text("source", TEXT),
    _text("what", TEXT),
    _one_of("bearing", 12, BEARINGS),
    _text("who"),
    _text("why", TEXT),
    _text("how", TEXT),
    _one_of("expected", 8, EXPECTED),
    _text("author"),
    _made(),
)

utopias = _table("utopias", _text("model"), _text("setting"), _text("title"), _made())
items = _table(
    "items", Column("utopia_id", ForeignKey("utopias.id"), nullable=False), _number("version"), _made()
)
item_versions = _part(
    "item_versions",
    "item",
    Column("version", Integer, primary_key=True),
    _text("label"),
    _text("lever"),
    _one_of("at", 14, ("", *SPHERES)),
    _one_of("on", 12, ("", *AUDIENCES)),
    _amount("hours_us", HOURS),
    _amount("hours_partner", HOURS),
    _amount("cost", POUNDS),
    _text("owner"),
    _one_of("evidence", 8, GRADES),
    _text("why", TEXT),
    _text("helps"),
    _one_of("strength", 8, WORDS),
    Column("chosen", Boolean, nullable=False),
    _made(),
)
ideas = _table(
    "ideas",
    Column("utopia_id", ForeignKey("utopias.id"), nullable=False),
    _text("at_table"),
    _one_of("sense", 4, SENSES),
    _one_of("at", 14, ("", *SPHERES)),
    _one_of("on", 12, ("", *AUDIENCES)),
    Column("item_id", ForeignKey("items.id")),
    _number("version"),
    Column("beside", ForeignKey("ideas.id")),
    _made(),
)
idea_versions = _part(
    "idea_versions",
    "idea",
    Column("version", Integer, primary_key=True),
    _text("text", TEXT),
    _text("author"),
    _made(),
)
commitments = _table(
    "commitments",
    Column("utopia_id", ForeignKey("utopias.id"), nullable=False),
    Column("item_id", ForeignKey("items.id")),
    _text("what", TEXT),
    _text("who"),
    _text("by_when"),
    _made(),
)

partners = _erasable("partners", _text("model"), _number("version"), _made())
partner_versions = _part(
    "partner_versions",
    "partner",
    Column("version", Integer, primary_key=True),
    _text("name"),
    _text("alias"),
    _one_of("kind", 12, KINDS),
    _text("setting"),
    _text("workstream"),
    _text("roles", ROLES * (LABEL + 1)),
    _amount("hours_us", HOURS),
    _amount("hours_partner", HOURS),
    _made(),
)
"""Each role is a line of `roles`."""

ratings = _of_partner(
    "ratings",
    _text("on"),
    _one_of("said", 12, SAID),
    _day("day"),
    _text("role"),
    _text("reason", TEXT),
    _text("who"),
    _text("author"),
    _made(),
)
_standing = ratings.c.deleted_at.is_(None)
Index(
    "ix_ratings_standing",
    ratings.c.partner_id,
    ratings.c.on,
    ratings.c.role,
    ratings.c.day,
    sqlite_where=_standing,
    postgresql_where=_standing,
)
"""Finds the latest rating of each box by each role without reading the others."""

actions = _of_partner("actions", _number("version"), _made())
action_versions = _part(
    "action_versions",
    "action",
    Column("version", Integer, primary_key=True),
    _text("what", TEXT),
    _day("day"),
    Column("until", Date, CheckConstraint("until IS NULL OR until >= day", "until")),
    _text("lever"),
    _text("who"),
    _made(),
)
courses = _of_partner("courses", _text("title"), _day("begun"), _text("payload", PAYLOAD), _made())
