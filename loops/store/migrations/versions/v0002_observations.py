"""The ledger of observations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make its two tables."""
    op.create_table(
        "observations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("workspace_id", sa.Integer, nullable=False),
        _text("model"),
        _text("element"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("beside", sa.Integer),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_observations"),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_observations_workspace_id"),
        sa.ForeignKeyConstraint(["beside"], ["observations.id"], name="fk_observations_beside"),
    )
    op.create_index("ix_observations_workspace_id", "observations", ["workspace_id"])
    op.create_table(
        "observation_versions",
        sa.Column("observation_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _text("date", 10),
        _text("source", 4_000),
        _text("what", 4_000),
        _text("bearing", 12),
        _text("who"),
        _text("why", 4_000),
        _text("how", 4_000),
        _text("expected", 8),
        _text("author"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("observation_id", "version", name="pk_observation_versions"),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observations.id"], name="fk_observation_versions_observation_id"
        ),
        sa.CheckConstraint(
            "bearing IN ('supports', 'contradicts', 'qualifies')", name="ck_observation_versions_bearing"
        ),
        sa.CheckConstraint("expected IN ('yes', 'no', 'not said')", name="ck_observation_versions_expected"),
    )


def _text(name: str, most: int = 200) -> sa.Column[str]:
    return sa.Column(name, sa.String(most), nullable=False)
