"""The lists and values inside JSON that may hold anything: bounded, with one message when they do not fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from loops.complaints import BadFile
from loops.interchange.words import plain

_LONGEST = 20_000
"""Characters that are read of one text: five times what a model holds of it."""


def listed(value: Any, file: str, place: str, most: int) -> list[Any]:
    """The value as a list of at most so many; nothing is an empty list. Raises :class:`BadFile`."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadFile(file, place, "should be a list in square brackets.")
    bound(len(value), most, file, place)
    return value


def bound(number: int, most: int, file: str, place: str) -> None:
    """Raise :class:`BadFile` for more of something than a diagram may have."""
    if number > most:
        raise BadFile(file, place, f"there are {number:,}: at most {most:,} are allowed. Split the diagram.")


def keys_of(names: Iterable[str]) -> list[str]:
    """A key of its own for each box: what it is called, with its number where that is empty or taken.

    >>> keys_of(["a", "", "a"])
    ['a', ' #2', 'a #3']
    """
    taken: dict[str, None] = {}
    for number, name in enumerate(names, start=1):
        taken[name if name and name not in taken else f"{name} #{number}"] = None
    return list(taken)


def recorded(value: Any, file: str, place: str) -> dict[str, Any]:
    """The value as an object, its keys in small letters; raises :class:`BadFile`."""
    if not isinstance(value, dict):
        raise BadFile(file, place, "should be an object in curly brackets.")
    return {plain(key).casefold(): inner for key, inner in value.items()}


def said(value: Any) -> str:
    """The text of a word or number, and nothing for lists, objects, true and false. What is longer is cut.

    >>> said(" Buy  in"), said(3), said(None), said(["a"]), said(True)
    ('Buy in', '3', '', '', '')
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return plain(str(value)[:_LONGEST])
