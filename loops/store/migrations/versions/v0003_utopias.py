"""Utopias: the ideas of a room, its shopping list, and what its people commit themselves to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_SPHERES = ("", "individual", "social", "infrastructure")
_AUDIENCES = ("", "workforce", "community", "organisation")


def upgrade() -> None:
    """Make their tables."""
    _table("utopias", _text("model"), _text("setting"), _text("title"), _moment("made_at"))
    _items()
    _ideas()
    _table(
        "commitments",
        _number("utopia_id"),
        sa.Column("item_id", sa.Integer),
        _text("what", 4_000),
        _text("who"),
        _text("by_when"),
        _moment("made_at"),
        _belongs("commitments", "utopia_id", "utopias"),
        _belongs("commitments", "item_id", "items"),
    )


def _items() -> None:
    _table(
        "items",
        _number("utopia_id"),
        _number("version"),
        _moment("made_at"),
        _belongs("items", "utopia_id", "utopias"),
    )
    _versions(
        "item",
        _text("label"),
        _text("lever"),
        _text("at", 14),
        _text("on", 12),
        _amount("hours_us"),
        _amount("hours_partner"),
        _amount("cost"),
        _text("owner"),
        _text("evidence", 8),
        _text("why", 4_000),
        _text("helps"),
        _text("strength", 8),
        sa.Column("chosen", sa.Boolean, nullable=False),
        _moment("made_at"),
        _one_of("item_versions", "at", _SPHERES),
        _one_of("item_versions", "on", _AUDIENCES),
        _one_of("item_versions", "evidence", ("stated", "inferred", "assumed")),
        _one_of("item_versions", "strength", ("weak", "moderate", "strong")),
        _at_most("item_versions", "hours_us", 10_000),
        _at_most("item_versions", "hours_partner", 10_000),
        _at_most("item_versions", "cost", 10_000_000),
    )


def _ideas() -> None:
    _table(
        "ideas",
        _number("utopia_id"),
        _text("at_table"),
        _text("sense", 4),
        _text("at", 14),
        _text("on", 12),
        sa.Column("item_id", sa.Integer),
        _number("version"),
        sa.Column("beside", sa.Integer),
        _moment("made_at"),
        _one_of("ideas", "sense", ("see", "hear", "feel", "do")),
        _one_of("ideas", "at", _SPHERES),
        _one_of("ideas", "on", _AUDIENCES),
        _belongs("ideas", "utopia_id", "utopias"),
        _belongs("ideas", "item_id", "items"),
        _belongs("ideas", "beside", "ideas"),
    )
    _versions("idea", _text("text", 4_000), _text("author"), _moment("made_at"))


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        _number("workspace_id"),
        *parts,
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        _belongs(name, "workspace_id", "workspaces"),
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


def _amount(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=False)


def _moment(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _one_of(table: str, column: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    allowed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f'"{column}" IN ({allowed})', name=f"ck_{table}_{column}")


def _at_most(table: str, column: str, most: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} >= 0 AND {column} <= {most}", name=f"ck_{table}_{column}")


def _belongs(table: str, column: str, owners: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{owners}.id"], name=f"fk_{table}_{column}")
