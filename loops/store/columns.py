"""What the tables of saved work are made of: their columns, and the four kinds of table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)

from loops.store.bounds import LABEL

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


def text(name: str, most: int = LABEL) -> Column[str]:
    """Words of at most so many characters."""
    return Column(name, String(most), nullable=False)


def number(name: str) -> Column[int]:
    """A whole number."""
    return Column(name, Integer, nullable=False)


def one_of(name: str, most: int, values: Sequence[str]) -> Column[str]:
    """One of a few words."""
    allowed = ", ".join("'" + value.replace("'", "''") + "'" for value in values)
    # "on" is a word of SQL, so the name stands in quotation marks
    return Column(name, String(most), CheckConstraint(f'"{name}" IN ({allowed})', name), nullable=False)


def amount(name: str, most: int) -> Column[float]:
    """A number from 0 to `most`."""
    return Column(name, Float, CheckConstraint(f"{name} >= 0 AND {name} <= {most}", name), nullable=False)


def day(name: str) -> Column[date]:
    """A day of the calendar."""
    return Column(name, Date, nullable=False)


def made() -> Column[datetime]:
    """When it was made."""
    return Column("made_at", Moment, nullable=False)


def table(name: str, *columns: Column[Any], **options: Any) -> Table:
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


def erasable(name: str, *columns: Column[Any]) -> Table:
    """What can be erased as well: its number never comes again, for links and pages may remember it."""
    return table(name, *columns, sqlite_autoincrement=True)


def of_partner(name: str, *columns: Column[Any]) -> Table:
    """What belongs to a partner."""
    owner: Column[int] = Column("partner_id", ForeignKey("partners.id"), nullable=False, index=True)
    return erasable(name, owner, *columns)


def part(name: str, of: str, *columns: Column[Any]) -> Table:
    """What belongs to a row of another table, and goes where that one goes."""
    return Table(name, metadata, Column(f"{of}_id", ForeignKey(f"{of}s.id"), primary_key=True), *columns)
