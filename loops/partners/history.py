"""A partner's history: ratings and what was done, each with its day. Nothing here knows where it is kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from loops.partners.said import Said

Kind = Literal["partner", "workstream"]
KINDS: tuple[Kind, ...] = get_args(Kind)
A_MONTH = 365.25 / 12
"""Days."""
FIRST_DAY = date(1990, 1, 1)
"""The first day that something said or done with a partner can have."""


@dataclass(frozen=True)
class Profile:
    """Who a partner is. Only `name` may tell outsiders who that is: `alias` stands for it elsewhere."""

    name: str
    alias: str = ""
    """What it is called where names are left out; when empty, "Partner" and its number."""
    kind: Kind = "partner"
    setting: str = ""
    """The words for its setting, such as "A GP surgery"."""
    workstream: str = ""
    """The part of the programme that it belongs to."""
    roles: tuple[str, ...] = ()
    """Who there can say something: words, such as "Nurse"."""
    hours_us: float = 0.0
    """Our hours a month for this partner; 0 while nobody has said."""
    hours_partner: float = 0.0
    """The partner's own hours a month; 0 while nobody has said."""


@dataclass(frozen=True)
class Mark:
    """What somebody said of one box on one day."""

    on: str
    """The id of a variable or a context."""
    said: Said
    day: date
    role: str = ""
    """Whom they spoke as; empty for the partner as a whole."""
    reason: str = ""
    who: str = ""
    """Who said it: a name, so it is left out wherever names are."""


@dataclass(frozen=True)
class Deed:
    """Something that was done with a partner, on one day or from a day on."""

    what: str
    day: date
    until: date | None = None
    """The day on which it stopped; None while it goes on, and for what took one day without a lever."""
    lever: str = ""
    """The id of the lever that it is, at full effort; empty when the model has none like it."""
    who: str = ""


@dataclass(frozen=True)
class History:
    """All that is known of a partner, in the words of one model; marks and deeds in the order of days."""

    profile: Profile
    model: str
    marks: tuple[Mark, ...] = ()
    deeds: tuple[Deed, ...] = ()


def months_between(first: date, then: date) -> float:
    """Months from one day to another, of 365.25/12 days each.

    >>> round(months_between(date(2025, 1, 1), date(2026, 1, 1)), 2)
    11.99
    """
    return (then - first).days / A_MONTH


def known_by(name: str) -> str:
    """What is the same for names that read alike, however their letters and spaces are written.

    >>> known_by("Cafe\\u0301 \\u00a0A") == known_by("caf\\u00e9 a")
    True
    """
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def can_be(day: date) -> bool:
    """Whether something can have been said or done on a day.

    Tomorrow is let through: where somebody lives it may have begun already.
    """
    return FIRST_DAY <= day <= date.today() + timedelta(days=1)
