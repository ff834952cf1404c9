"""Shared spaces: made by name, opened by token. Nothing lists them."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, insert, select

from loops.store.bounds import words
from loops.store.database import Database, now, secret
from loops.store.records import Workspace
from loops.store.tables import keys, workspaces


def create_workspace(store: Database, name: str) -> Workspace:
    """Make a workspace; its token is in the result and nowhere else, so keep the link."""
    with store.transaction(writing=True) as connection:
        return made(connection, name)


def made(connection: Connection, name: str) -> Workspace:
    """A new workspace with a token that cannot be guessed."""
    name, moment, token = words(name, "The name"), now(), secrets.token_urlsafe(16)
    new = insert(workspaces).values(name=name, made_at=moment).returning(workspaces.c.id)
    number = connection.execute(new).scalar_one()
    connection.execute(insert(keys).values(hash=secret(token), workspace_id=number, made_at=moment))
    return Workspace(token, name, moment)


def workspace(store: Database, token: str) -> Workspace | None:
    """The workspace that a token opens, if it opens one."""
    find = select(workspaces.c.name, workspaces.c.made_at).join(keys).where(keys.c.hash == secret(token))
    with store.transaction() as connection:
        row = connection.execute(find).one_or_none()
    return None if row is None else Workspace(token, row.name, row.made_at)


def new_links(store: Database, name: str) -> tuple[Workspace, ...]:
    """Further tokens for every workspace of this name; old links go on working.

    For whoever looks after the database, when a team has lost its link. No page calls it.
    """
    with store.transaction(writing=True) as connection:
        found = connection.execute(select(workspaces).where(workspaces.c.name == name).order_by("id")).all()
        opened = tuple(Workspace(secrets.token_urlsafe(16), row.name, row.made_at) for row in found)
        for row, one in zip(found, opened, strict=True):
            connection.execute(
                insert(keys).values(hash=secret(one.token), workspace_id=row.id, made_at=now())
            )
    return opened
