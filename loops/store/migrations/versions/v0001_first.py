"""The first tables: workspaces, and all that is kept in them."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "workspaces",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("id", name="pk_workspaces"),
    )
    op.create_table(
        "keys",
        sa.Column("hash", sa.String(64), nullable=False),
        _of("workspace"),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("hash", name="pk_keys"),
        _belongs("keys", "workspace_id", "workspaces"),
    )
    op.create_index("ix_keys_workspace_id", "keys", ["workspace_id"])
    _meetings()
    _notes()
    _votes()


def _meetings() -> None:
    _table("snapshots", _text("title"), _text("model"), _text("payload", 200_000), _moment("made_at"))
    _table(
        "meetings", _text("title"), _text("model"), _moment("started_at"), _moment("ended_at", nullable=True)
    )
    _table(
        "decisions",
        _text("what", 4_000),
        _text("who"),
        _text("by_when"),
        _text("expect", 4_000),
        _text("would_change_mind", 4_000),
        sa.Column("meeting_id", sa.Integer),
        _moment("made_at"),
        _belongs("decisions", "meeting_id", "meetings"),
    )
    _table(
        "hands",
        _text("question", 4_000),
        sa.Column("meeting_id", sa.Integer),
        _moment("made_at"),
        _belongs("hands", "meeting_id", "meetings"),
    )
    op.create_table(
        "hand_counts",
        _of("hand"),
        sa.Column("place", sa.Integer, nullable=False),
        _text("option"),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("hand_id", "place", name="pk_hand_counts"),
        _belongs("hand_counts", "hand_id", "hands"),
    )


def _notes() -> None:
    _table(
        "notes",
        _text("model"),
        _text("element"),
        _text("role"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("beside", sa.Integer),
        _moment("made_at"),
        _belongs("notes", "beside", "notes"),
    )
    op.create_table(
        "note_versions",
        _of("note"),
        sa.Column("version", sa.Integer, nullable=False),
        _text("text", 4_000),
        _text("author"),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("note_id", "version", name="pk_note_versions"),
        _belongs("note_versions", "note_id", "notes"),
    )


def _votes() -> None:
    _table(
        "rounds",
        _text("model"),
        _text("link"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("expected", sa.Integer, nullable=False),
        _moment("made_at"),
        _moment("closed_at", nullable=True),
    )
    op.create_table(
        "votes",
        _of("round"),
        _text("link"),
        _text("voter", 64),
        _text("answer", 8),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("round_id", "link", "voter", name="pk_votes"),
        sa.CheckConstraint("answer IN ('yes', 'no', 'depends')", name="ck_votes_answer"),
        _belongs("votes", "round_id", "rounds"),
    )


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        _of("workspace"),
        *parts,
        _moment("deleted_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        _belongs(name, "workspace_id", "workspaces"),
    )
    op.create_index(f"ix_{name}_workspace_id", name, ["workspace_id"])


def _text(name: str, most: int = 200) -> sa.Column[str]:
    return sa.Column(name, sa.String(most), nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of(owner: str) -> sa.Column[int]:
    return sa.Column(f"{owner}_id", sa.Integer, nullable=False)


def _belongs(table: str, column: str, owners: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owners}.id"], name=f"fk_{table}_{column}")
