"""Words that the parts of a partner's page share."""

from __future__ import annotations

from datetime import date


def on_day(day: date) -> str:
    """A day as people write it.

    >>> on_day(date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{day.day} {day:%B %Y}"
