"""Partners: who they are, what people said of them and when, what was done, and what we expected."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make their tables, and let a decision be about one."""
    _table("partners", _text("model"), _number("version"), _moment("made_at"))
    _partner_versions()
    _ratings()
    _of_partner("actions", _number("version"), _moment("made_at"))
    _versions(
        "action",
        _text("what", 4_000),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("until", sa.Date),
        _text("lever"),
        _text("who"),
        _moment("made_at"),
        sa.CheckConstraint("until IS NULL OR until >= day", name="ck_action_versions_until"),
    )
    _of_partner(
        "courses",
        _text("title"),
        sa.Column("begun", sa.Date, nullable=False),
        _text("payload", 200_000),
        _moment("made_at"),
    )
    # in words that both databases know: SQLite can add a key only together with its column
    op.execute(
        "ALTER TABLE decisions ADD COLUMN partner_id INTEGER "
        "CONSTRAINT fk_decisions_partner_id REFERENCES partners (id)"
    )


def _partner_versions() -> None:
    _versions(
        "partner",
        _text("name"),
        _text("alias"),
        _text("kind", 12),
        _text("setting"),
        _text("workstream"),
        _text("roles", 10_050),
        sa.Column("hours_us", sa.Float, nullable=False),
        sa.Column("hours_partner", sa.Float, nullable=False),
        _moment("made_at"),
        _one_of("partner_versions", "kind", ("partner", "workstream")),
        _hours("hours_us"),
        _hours("hours_partner"),
    )


def _ratings() -> None:
    _of_partner(
        "ratings",
        _text("on"),
        _text("said", 12),
        sa.Column("day", sa.Date, nullable=False),
        _text("role"),
        _text("reason", 4_000),
        _text("who"),
        _text("author"),
        _moment("made_at"),
        _one_of("ratings", "said", ("not yet", "a little", "partly", "mostly", "don''t know")),
    )
    kept = sa.text("deleted_at IS NULL")
    op.create_index(
        "ix_ratings_standing",
        "ratings",
        ["partner_id", "on", "role", "day"],
        sqlite_where=kept,
        postgresql_where=kept,
    )


def _of_partner(name: str, *parts: sa.schema.SchemaItem) -> None:
    _table(name, _number("partner_id"), *parts, _belongs(name, "partner_id", "partners"))
    op.create_index(f"ix_{name}_partner_id", name, ["partner_id"])


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        _number("workspace_id"),
        *parts,
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        _belongs(name, "workspace_id", "workspaces"),
        sqlite_autoincrement=True,  # what is erased leaves a number that never comes again
    )
    op.create_index(f"ix_{name}_workspace_id", name, ["workspace_id"])


def _versions(of: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        f"{of}_versions",
        _number(f"{of}_id"),
        _number("version"),
        *parts,
        sa.PrimaryKeyConstraint(f"{of}_id", "version", name=f"pk_{of}_versions"),
        _belongs(f"{of}_versions", f"{of}_id", f"{of}s"),
    )


def _text(name: str, most: int = 200) -> sa.Column[str]:
    return sa.Column(name, sa.String(most), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f'"{column}" IN ({allowed})', name=f"ck_{table}_{column}")


def _hours(column: str) -> sa.CheckConstraint:
    name = f"ck_partner_versions_{column}"
    return sa.CheckConstraint(f"{column} >= 0 AND {column} <= 10000", name=name)


def _belongs(table: str, column: str, owners: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owners}.id"], name=f"fk_{table}_{column}")
