"""The tables of saved work. A change here needs a step in ``migrations/versions`` as well."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table

from loops.editing.strengths import WORDS
from loops.influence import AUDIENCES, SPHERES
from loops.partners import KINDS, SAID
from loops.store.bounds import HOURS, LABEL, PAYLOAD, POUNDS, ROLES, TEXT
from loops.store.columns import (
    Moment,
    amount,
    day,
    erasable,
    made,
    metadata,
    number,
    of_partner,
    one_of,
    part,
    table,
    text,
)
from loops.store.records import ANSWERS, BEARINGS, EXPECTED, GRADES, SENSES

workspaces = Table("workspaces", metadata, Column("id", Integer, primary_key=True), text("name"), made())
keys = Table(
    "keys",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False, index=True),
    made(),
)
"""The SHA-256 of each token that opens a workspace: who reads the database learns no link."""

snapshots = table("snapshots", text("title"), text("model"), text("payload", PAYLOAD), made())
meetings = table(
    "meetings",
    text("title"),
    text("model"),
    Column("started_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
decisions = table(
    "decisions",
    text("what", TEXT),
    text("who"),
    text("by_when"),
    text("expect", TEXT),
    text("would_change_mind", TEXT),
    Column("meeting_id", ForeignKey("meetings.id")),
    made(),
    Column("partner_id", ForeignKey("partners.id")),
)
hands = table("hands", text("question", TEXT), Column("meeting_id", ForeignKey("meetings.id")), made())
hand_counts = part(
    "hand_counts", "hand", Column("place", Integer, primary_key=True), text("option"), number("count")
)
notes = table(
    "notes",
    text("model"),
    text("element"),
    text("role"),
    number("version"),
    Column("beside", ForeignKey("notes.id")),
    made(),
)
note_versions = part(
    "note_versions",
    "note",
    Column("version", Integer, primary_key=True),
    text("text", TEXT),
    text("author"),
    made(),
)
rounds = table(
    "rounds",
    text("model"),
    text("link"),
    number("number"),
    number("expected"),
    made(),
    Column("closed_at", Moment),
)
votes = part(
    "votes",
    "round",
    Column("link", String(LABEL), primary_key=True),
    Column("voter", String(64), primary_key=True),
    one_of("answer", 8, ANSWERS),
    made(),
)
"""A voter is the SHA-256 of a token that only the voter's browser tab has."""

observations = table(
    "observations",
    text("model"),
    text("element"),
    number("version"),
    Column("beside", ForeignKey("observations.id")),
    made(),
)
observation_versions = part(
    "observation_versions",
    "observation",
    Column("version", Integer, primary_key=True),
    text("date", 10),
    text("source", TEXT),
    text("what", TEXT),
    one_of("bearing", 12, BEARINGS),
    text("who"),
    text("why", TEXT),
    text("how", TEXT),
    one_of("expected", 8, EXPECTED),
    text("author"),
    made(),
)

utopias = table("utopias", text("model"), text("setting"), text("title"), made())
items = table(
    "items", Column("utopia_id", ForeignKey("utopias.id"), nullable=False), number("version"), made()
)
item_versions = part(
    "item_versions",
    "item",
    Column("version", Integer, primary_key=True),
    text("label"),
    text("lever"),
    one_of("at", 14, ("", *SPHERES)),
    one_of("on", 12, ("", *AUDIENCES)),
    amount("hours_us", HOURS),
    amount("hours_partner", HOURS),
    amount("cost", POUNDS),
    text("owner"),
    one_of("evidence", 8, GRADES),
    text("why", TEXT),
    text("helps"),
    one_of("strength", 8, WORDS),
    Column("chosen", Boolean, nullable=False),
    made(),
)
ideas = table(
    "ideas",
    Column("utopia_id", ForeignKey("utopias.id"), nullable=False),
    text("at_table"),
    one_of("sense", 4, SENSES),
    one_of("at", 14, ("", *SPHERES)),
    one_of("on", 12, ("", *AUDIENCES)),
    Column("item_id", ForeignKey("items.id")),
    number("version"),
    Column("beside", ForeignKey("ideas.id")),
    made(),
)
idea_versions = part(
    "idea_versions",
    "idea",
    Column("version", Integer, primary_key=True),
    text("text", TEXT),
    text("author"),
    made(),
)
commitments = table(
    "commitments",
    Column("utopia_id", ForeignKey("utopias.id"), nullable=False),
    Column("item_id", ForeignKey("items.id")),
    text("what", TEXT),
    text("who"),
    text("by_when"),
    made(),
)

partners = erasable("partners", text("model"), number("version"), made())
partner_versions = part(
    "partner_versions",
    "partner",
    Column("version", Integer, primary_key=True),
    text("name"),
    text("alias"),
    one_of("kind", 12, KINDS),
    text("setting"),
    text("workstream"),
    text("roles", ROLES * (LABEL + 1)),
    amount("hours_us", HOURS),
    amount("hours_partner", HOURS),
    made(),
)
"""Each role is a line of `roles`."""

ratings = of_partner(
    "ratings",
    text("on"),
    one_of("said", 12, SAID),
    day("day"),
    text("role"),
    text("reason", TEXT),
    text("who"),
    text("author"),
    made(),
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

actions = of_partner("actions", number("version"), made())
action_versions = part(
    "action_versions",
    "action",
    Column("version", Integer, primary_key=True),
    text("what", TEXT),
    day("day"),
    Column("until", Date, CheckConstraint("until IS NULL OR until >= day", "until")),
    text("lever"),
    text("who"),
    made(),
)
courses = of_partner("courses", text("title"), day("begun"), text("payload", PAYLOAD), made())
