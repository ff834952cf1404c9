"""What alembic runs to reach the database: the connection is already there, with its lock."""

from __future__ import annotations

from alembic import context

from loops.store.tables import workspaces
from loops.store.upgrade import VERSION_TABLE

if __name__ == "env_py":  # the name alembic gives it; an import alone does nothing
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=workspaces.metadata,
        version_table=VERSION_TABLE,
    )
    context.run_migrations()
