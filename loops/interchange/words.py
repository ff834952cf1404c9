"""Signs, numbers and names as people and programs write them."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any, Literal

from loops.editing.kinds import Kind
from loops.interchange.draft import DELAYED
from loops.parts import Polarity

MINUSES = str.maketrans(
    dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\uff0d", "-") | {"\uff0b": "+"}
)
_SAME = (
    "+, ++, --, s, same, same direction, positive, pos, plus, proportional, direct, "
    "increase, increases, more, more leads to more"
)
_OPPOSITE = (
    "-, +-, -+, o, opposite, opposite direction, negative, neg, minus, inverse, indirect, "
    "decrease, decreases, less, more leads to less"
)
_SIGNS: dict[str, Polarity] = {
    **dict.fromkeys(_SAME.split(", "), "+"),
    **dict.fromkeys(_OPPOSITE.split(", "), "-"),
}
_MONTHS = {
    **dict.fromkeys(("", "m", "mo", "month", "months"), 1.0),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), 12.0),
    **dict.fromkeys(("w", "week", "weeks"), 12 / 52),
    **dict.fromkeys(("d", "day", "days"), 12 / 365),
}
"""Months in one of each unit of time."""
_NONE = ("", "no", "n", "none", "false", "-")
KIND_WORDS: dict[Kind, str] = {
    "variable": "What changes",
    "lever": "What we do",
    "context": "Circumstances",
}
"""What the three kinds of box are called where our own files say which is which."""


def sign_of(words: Any) -> Polarity:
    """The sign that a cell or attribute states, in any of the words that are in use; ``?`` for all else.

    ``++`` and ``--`` are Kumu's for the same direction, ``+-`` and ``-+`` for the opposite one.

    >>> [sign_of(words) for words in ("+", "\u2212", "Same", "inverse", "--", "related to", None)]
    ['+', '-', '+', '-', '+', '?', '?']
    """
    said = plain(words).translate(MINUSES).casefold()
    if said not in _SIGNS:
        number = number_of(said)
        return "?" if not number else "+" if number > 0 else "-"
    return _SIGNS[said]


def kind_in(words: Any) -> Kind | Literal[""]:
    """The kind of box that our own words stand for; nothing for any other.

    >>> kind_in("what we do"), kind_in("stock")
    ('lever', '')
    """
    said = plain(words).casefold()
    return next((kind for kind, known in KIND_WORDS.items() if said == known.casefold()), "")


def number_of(words: Any) -> float | None:
    """The finite number that a cell or attribute holds, a decimal comma allowed; none for anything else.

    >>> number_of("0,5"), number_of("\u22120.25"), number_of(3), number_of("nan"), number_of(True)
    (0.5, -0.25, 3.0, None, None)
    """
    if isinstance(words, bool):
        return None
    text = plain(words).translate(MINUSES)
    if not re.fullmatch(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?", text, re.ASCII | re.IGNORECASE):
        return None
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else None


def months_of(words: Any) -> float | None:
    """The months that a cell states; a bare number is months, and anything else is none.

    >>> [months_of(words) for words in ("6", "2,5 months", "2 years", "26 weeks", "yes")]
    [6.0, 2.5, 24.0, 6.0, None]
    """
    found = re.fullmatch(r"(.*?)\s?([a-z]*)", plain(words).casefold())
    value = number_of(found[1]) if found else None
    if found is None or value is None or found[2] not in _MONTHS:
        return None
    return value * _MONTHS[found[2]]


def delay_of(words: Any) -> tuple[float | None, bool]:
    """The months of a delay, and whether it is only marked: by anything but a time and the words for none.

    >>> delay_of("2 years"), delay_of("yes"), delay_of("no")
    ((24.0, False), (3.0, True), (None, False))
    """
    months = months_of(words)
    marked = months is None and plain(words).casefold() not in _NONE
    return (DELAYED, True) if marked else (months, False)


def plain(words: Any) -> str:
    """One line of text: what does not print is gone, spaces are single, and there are none at the ends.

    Line breaks written as two characters, as Stella and Vensim do, are spaces too.

    >>> plain(" Buy\\\\n  in ")
    'Buy in'
    """
    if words is None:
        return ""
    text = unicodedata.normalize("NFC", str(words)).replace("\\n", " ")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def alike(label: str) -> str:
    """What is left of a name when case, spaces, accents and marks are not looked at.

    >>> alike("Buy in") == alike("buy-in ")
    True
    """
    parts = unicodedata.normalize("NFKD", label.casefold())
    return "".join(c for c in parts if c.isalnum()) or label.strip()
