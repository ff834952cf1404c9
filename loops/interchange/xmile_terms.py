"""The two equations of a level as :mod:`loops.interchange.export.xmile_words` writes them, read as numbers.

``(1 - x) * (...)`` is what wins the level x and ``x * (...)`` what loses it. In the brackets is a sum of
numbers and of terms: a strength times a source, its SMTH3 or its critical mass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from loops.model import MAX_LINKS

_NAME = r'(?:"[^"]*"|[^\W\d]\w*)'
_NUMBER = r"(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?"
_SOURCE = rf"(?:smth3 \( {_NAME} , {_NUMBER} (?:, {_NUMBER} )?\)|{_NAME})"


def _form(text: str) -> re.Pattern[str]:
    """An expression in which any blank may be none, or several, and case does not count."""
    return re.compile(text.replace(" ", r"\s*"), re.IGNORECASE | re.DOTALL)


_WON = _form(rf"\( 1 - (?P<x>{_NAME}) \) \* \((?P<sum>.*)\)")
_LOST = _form(rf"(?P<x>{_NAME}) \* \((?P<sum>.*)\)")
_RATE = _form(_NUMBER)
_PLAIN = _form(rf"(?P<w>{_NUMBER}) \* (?P<y>{_SOURCE})")
_MASS = _form(
    rf"(?P<w>{_NUMBER}) \* \( 1 \+ (?P<k>{_NUMBER}) \^ (?P<m>\d) \) \* (?P<y>{_SOURCE}) \^ (?P=m)"
    r" / \( (?P=k) \^ (?P=m) \+ (?P=y) \^ (?P=m) \)"
)
_DELAYED = _form(rf"smth3 \( (?P<y>{_NAME}) , (?P<months>{_NUMBER}) .*")
_MOVE = _form(
    rf"step \( -?{_NUMBER} , {_NUMBER} \)"
    rf"|\( -?{_NUMBER} \) \* min \( max \( \( time - {_NUMBER} \) / {_NUMBER} , 0 \) , 1 \)"
)
_PIECES = re.compile(r'"[^"]*"|[()+]')


@dataclass(frozen=True)
class Read:
    """A term as it was read: the name of its source, and numbers as in a link."""

    source: str
    strength: float
    delay: float = 0.0
    threshold: float | None = None
    steepness: float | None = None


@dataclass(frozen=True)
class Side:
    """What wins a level, or loses it: by itself, and by its terms."""

    rate: float
    terms: tuple[Read, ...]


def won(equation: str, name: Callable[[str], str]) -> tuple[str, Side] | None:
    """The name of the level that an equation wins, and what it is made of; none for any other equation.

    `name` turns names as equations have them into keys.

    >>> won("(1 - Trust) * (0.01 + 0.2 * SMTH3(Buy_in, 6))", str.casefold)[1].terms[0].delay
    6.0
    """
    return _side(_WON, equation, name)


def lost(equation: str, name: Callable[[str], str]) -> tuple[str, Side] | None:
    """The same for an equation of what is lost."""
    return _side(_LOST, equation, name)


def level_of(equation: str) -> tuple[float, bool] | None:
    """The level before any date that an equation names, and whether it names one; none for any other."""
    first, *moves = summands(equation)
    if not _RATE.fullmatch(first) or not all(_MOVE.fullmatch(move) for move in moves):
        return None
    return float(first), bool(moves)


def summands(equation: str) -> list[str]:
    """The parts of a sum, outside brackets and quotation marks; what is beyond any model is one last part.

    >>> summands('1 + "a + b" * (2 + 3)')
    ['1', '"a + b" * (2 + 3)']
    """
    parts, depth, begin = [], 0, 0
    for piece in _PIECES.finditer(equation):
        depth += {"(": 1, ")": -1}.get(piece[0], 0)
        if piece[0] == "+" and depth == 0:
            parts.append(equation[begin : piece.start()].strip())
            begin = piece.end()
            if len(parts) > MAX_LINKS:
                break
    return [*parts, equation[begin:].strip()]


def _side(form: re.Pattern[str], equation: str, name: Callable[[str], str]) -> tuple[str, Side] | None:
    found = form.fullmatch(equation.strip())
    if found is None:
        return None
    rate, terms = 0.0, []
    for part in summands(found["sum"]):
        if _RATE.fullmatch(part):
            rate += float(part)
        elif (term := _term(part, name)) is not None:
            terms.append(term)
        else:
            return None
    return name(found["x"]), Side(rate, tuple(terms))


def _term(part: str, name: Callable[[str], str]) -> Read | None:
    found = _PLAIN.fullmatch(part) or _MASS.fullmatch(part)
    if found is None:
        return None
    said = found.groupdict()
    delayed = _DELAYED.fullmatch(said["y"])
    return Read(
        name(delayed["y"] if delayed else said["y"]),
        float(said["w"]),
        float(delayed["months"]) if delayed else 0.0,
        float(said["k"]) if "k" in said else None,
        float(said["m"]) if "m" in said else None,
    )
