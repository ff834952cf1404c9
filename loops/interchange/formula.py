"""Which way a formula says that each quantity in it moves the quantity that it defines.

The sign of a partial derivative where every quantity is positive, by the rules of differentiation; ``?``
where those rules do not decide. A formula that holds anything else than arithmetic and functions, such as a
condition, says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from loops.parts import Polarity

_LONGEST = 500
"""Characters of a formula that is looked into: this bounds the time that any file can take."""
_TOKEN = re.compile(
    r"""\s*("[^"]*"\s*\(?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|\.?[^\W\d][\w$'.\s]*\(?|\S)""", re.IGNORECASE
)
_SUBSCRIPT = re.compile(r"\[[^\[\]]*\]")
_RANKS = {"(": 0, "+": 1, "-": 1, "*": 2, "/": 2, "neg": 3, "^": 4}
_RISING = frozenset({"min", "max", "exp", "sqrt"})
"""Functions that rise with every argument."""
_POSITIVE = frozenset({"exp", "sqrt", "abs"})
_LATE = frozenset(
    {
        *("smooth", "smoothi", "smooth3", "smooth3i", "smooth n", "smth1", "smth3", "smthn", "integ"),
        *("delay", "delay1", "delay1i", "delay3", "delay3i", "delay n", "delayn", "delay fixed", "previous"),
    }
)
"""Functions that pass on their first argument, later; the others say how much later, or where it began."""

Moves = dict[str, Polarity]


def same(name: str) -> str:
    """What identifies a variable in Vensim and XMILE: case, quotes, underscores, doubled spaces do not count.

    An escaped quotation mark in a name is an apostrophe here, since formulas are split at the others.

    >>> same('"Buy_in"') == same("buy  IN")
    True
    """
    name = name.replace('\\"', "'").strip().strip('"')
    return " ".join(name.replace("\\n", " ").replace("_", " ").casefold().split())


def polarities(formula: str, known: Collection[str]) -> Moves:
    """The sign with which each of the `known` quantities (as :func:`same` gives them) acts in a formula.

    Quantities that the formula does not mention are left out; of a formula that is not understood, all are.

    >>> polarities("Hares * birth fraction - deaths / 2", {"hares", "birth fraction", "deaths"})
    {'birth fraction': '+', 'deaths': '-', 'hares': '+'}
    >>> polarities("a * (goal - level)", {"a", "goal", "level"})
    {'a': '?', 'goal': '+', 'level': '-'}
    """
    if len(formula) > _LONGEST:
        return {}
    try:
        return dict(sorted(_Reading(known).read(_SUBSCRIPT.sub("", formula)).items()))
    except (_NotUnderstoodError, IndexError):
        return {}


class _NotUnderstoodError(Exception):
    """The formula is not one of those that are read here."""


@dataclass
class _Term:
    """A part of a formula: its own sign, and that of its derivative by each quantity in it."""

    sign: Polarity
    moves: Moves = field(default_factory=dict)


@dataclass
class _Reading:
    """Dijkstra's shunting yard: terms wait until no sign that binds closer follows, calls for their end."""

    known: Collection[str]
    terms: list[_Term] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    calls: list[tuple[str, int]] = field(default_factory=list)

    def read(self, formula: str) -> Moves:
        """The moves of the whole formula."""
        expected = True
        for found in _TOKEN.finditer(formula):
            word = found.group(1).strip()
            if word.endswith("("):
                self._open(same(word[:-1]), expected)
                expected = True
            elif word == ")":
                self._close(expected)
                expected = False
            elif expected and word not in "+-":
                self.terms.append(self._operand(word))
                expected = False
            else:
                self._sign(word, expected)
                expected = True
        self._settle(1)
        if self.signs or len(self.terms) != 1:
            raise _NotUnderstoodError
        return self.terms[0].moves

    def _operand(self, word: str) -> _Term:
        name = same(word)
        if name in self.known:
            return _Term("+", {name: "+"})
        if word[0].isdigit() or word[0] == "." or (word[0].isalpha() and " " not in name):
            return _Term("+")
        raise _NotUnderstoodError  # two words that are no name: a condition, or a sign written as a word

    def _sign(self, word: str, expected: bool) -> None:
        if expected:
            self.signs += ["neg"] if word == "-" else []
        elif word == ",":
            self._settle(1)
            if not self.calls:
                raise _NotUnderstoodError
        elif word in _RANKS:
            self._settle(_RANKS[word])
            self.signs.append(word)
        else:
            raise _NotUnderstoodError

    def _open(self, name: str, expected: bool) -> None:
        if not expected:
            raise _NotUnderstoodError
        self.calls.append((name, len(self.terms)))
        self.signs.append("(")

    def _close(self, expected: bool) -> None:
        self._settle(1)
        name, begin = self.calls.pop()
        if self.signs.pop() != "(" or (expected and begin != len(self.terms)):
            raise _NotUnderstoodError
        arguments = self.terms[begin:]
        del self.terms[begin:]
        self.terms.append(_called(name, arguments))

    def _settle(self, rank: int) -> None:
        """Work out every sign that binds at least as close as `rank`."""
        while self.signs and _RANKS[self.signs[-1]] >= rank:
            sign = self.signs.pop()
            last = self.terms.pop()
            self.terms.append(_turned(last, "-") if sign == "neg" else _joined(sign, self.terms.pop(), last))


def _joined(sign: str, left: _Term, right: _Term) -> _Term:
    """Two terms with a sign of arithmetic between them."""
    if sign in "+-":
        return _added(left, right if sign == "+" else _turned(right, "-"))
    if sign == "^":
        return _raised(left, right)
    turned = right if sign == "*" else _turned(right, "-")
    moves = _merged(_times(turned.moves, left.sign), _times(left.moves, right.sign))
    return _Term(_product(left.sign, right.sign), moves)


def _raised(base: _Term, exponent: _Term) -> _Term:
    """A power: of a positive base to a plain number it rises or falls, as the number is above 0 or below."""
    plain = base.sign == "+" and not exponent.moves
    moves = _times(base.moves, exponent.sign if plain else "?")
    return _Term(base.sign if plain else "?", _merged(moves, _times(exponent.moves, "?")))


def _called(name: str, arguments: list[_Term]) -> _Term:
    """The value of a function; of one that is not known, nothing is known. No name: brackets alone."""
    if arguments and (name in _LATE or (not name and len(arguments) == 1)):
        return arguments[0]
    by: Polarity = "+" if name in _RISING else "?"
    moves: Moves = {}
    for argument in arguments:
        moves = _merged(moves, _times(argument.moves, by))
    signs = {argument.sign for argument in arguments}
    return _Term("+" if name in _POSITIVE or (by == "+" and signs == {"+"}) else "?", moves)


def _added(left: _Term, right: _Term) -> _Term:
    return _Term(left.sign if left.sign == right.sign else "?", _merged(left.moves, right.moves))


def _turned(term: _Term, by: Polarity) -> _Term:
    return _Term(_product(term.sign, by), _times(term.moves, by))


def _product(one: Polarity, other: Polarity) -> Polarity:
    return "?" if "?" in (one, other) else "+" if one == other else "-"


def _times(moves: Moves, by: Polarity) -> Moves:
    return moves if by == "+" else {name: _product(sign, by) for name, sign in moves.items()}


def _merged(one: Moves, other: Moves) -> Moves:
    """The moves of a sum: where two disagree nothing is known. The larger is changed in place."""
    small, large = sorted((one, other), key=len)
    for name, sign in small.items():
        large[name] = sign if large.get(name, sign) == sign else "?"
    return large
