"""How much is kept, and text as every database can hold it."""

from __future__ import annotations

from datetime import date

from loops.partners.history import FIRST_DAY, can_be
from loops.store.problems import StoreProblem

LABEL = 200
"""Characters of a name, title or short answer."""
TEXT = 4_000
"""Characters of what people write."""
PAYLOAD = 200_000
"""Characters of what a page keeps in a snapshot."""
MOST = {
    "snapshots": 500,
    "meetings": 1_000,
    "decisions": 2_000,
    "hands": 5_000,
    "notes": 5_000,
    "rounds": 2_000,
    "observations": 5_000,
    "utopias": 200,
    "ideas": 5_000,
    "items": 2_000,
    "commitments": 1_000,
    "partners": 2_000,
    "ratings": 1_000_000,
    "actions": 20_000,
    "courses": 5_000,
}
"""Things of a kind in one shared space, deleted ones too."""
RATINGS = 50_000
"""Ratings of one partner: to count those of a whole space would take longer than to keep one more."""
VERSIONS = 200
"""Versions of one note, observation, idea, item, partner or action."""
OPTIONS = 20
"""Options of a question."""
VOTES = 20_000
"""Votes in one round, or hands for one option."""
ROLES = 50
"""Roles of one partner."""
HOURS = 10_000
"""Hours a month of one item, as many as a lever may have, or for one partner."""
POUNDS = 10_000_000
"""Pounds of one item, as many as a lever may cost."""


def words(text: str, called: str, most: int = LABEL, *, needed: bool = True) -> str:
    """The text without surrounding space; raises :class:`StoreProblem` when it is too long or is missing.

    NUL and half characters, which no keyboard types and PostgreSQL refuses, are taken out or shown as "?".

    >>> words("  Our team\\0 ", "The name")
    'Our team'
    """
    kept = text.replace("\0", "").encode("utf-8", "replace").decode().strip()
    if needed and not kept:
        raise StoreProblem(f"{called} is empty. Write something first.")
    if len(kept) > most:
        raise StoreProblem(
            f"{called} has {len(kept):,} characters, and at most {most:,} are kept. Make it shorter."
        )
    return kept


def amount(value: float, called: str, most: int) -> float:
    """The number as it is kept; raises :class:`StoreProblem` when it is none from 0 to `most`."""
    if not isinstance(value, int | float) or not 0 <= value <= most:
        raise StoreProblem(f"{called}: write a number between 0 and {most:,}.")
    return float(value)


def past_day(day: date, called: str) -> date:
    """The day as it is kept; raises :class:`StoreProblem` when it is yet to come or long past."""
    if not can_be(day):
        raise StoreProblem(f"{called} is {day}. Choose a day from {FIRST_DAY.year} until today.")
    return day


def room(count: int, most: int, called: str) -> None:
    """Raise :class:`StoreProblem` when there are already as many as are kept."""
    if count >= most:
        raise StoreProblem(f"There are {count:,} {called} already, and no more are kept here.")
