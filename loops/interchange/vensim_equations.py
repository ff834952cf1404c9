"""The equations of a Vensim model: what a variable depends on, and what is written about it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from loops.interchange.formula import Moves, polarities, same
from loops.interchange.words import plain

_MOST, _LONGEST = 20_000, 5_000
"""Equations that are read, and characters of one."""
_LONGEST_LEVEL = 500_000
"""Characters of a level of our own form, which has a term for each of up to thousands of arrows."""
_GROUP = re.compile(r"[\s{}A-Za-z\d-]{0,99}\*{8,}\s{1,9}\.([^\n*]{1,200})\s{1,9}\*{8,}")
_SHOWN = 40
"""Characters of one too long that are shown."""
_QUOTE = "\x00"
"""Stands for an escaped quotation mark, so that the others come in pairs."""
_BRACES = re.compile(r"\{[^{}]*\}")
_NAME = re.compile(r'("[^"]*"|[^=:("\[]+)\s*(?:\[[^\[\]=]*\]\s*)*=(.*)', re.DOTALL)
_ARGUMENT = re.compile(r'([+-]?)\s*("[^"]*"|[^,()"]+)')
_FUNCTION = "a function of("


@dataclass(frozen=True)
class Equation:
    """One equation: the variable as written, its formula, and the comment on it."""

    name: str
    formula: str
    about: str
    group: str = ""
    """The group of equations that it stands in."""

    @property
    def drafted(self) -> bool:
        """Whether it only lists what the variable depends on, as the equations of a drawing do."""
        return _FUNCTION in self.formula.casefold()

    def signs(self, known: Collection[str]) -> Moves:
        """The sign of each of the `known` variables (names as :func:`~loops.interchange.formula.same` gives).

        In ``A FUNCTION OF(a, -b)`` the signs may be left out: b is -, and a is + because b has a sign; in a
        list without any sign nothing is said.
        """
        if not self.drafted:
            return polarities(self.formula.replace(_QUOTE, "'"), known)
        begin = self.formula.casefold().index(_FUNCTION) + len(_FUNCTION)
        listed = [
            (mark, same(name.replace(_QUOTE, '\\"')))
            for mark, name in _ARGUMENT.findall(self.formula[begin:].rpartition(")")[0])
        ]
        signed = any(mark for mark, _ in listed)
        return {name: "-" if mark == "-" else "+" for mark, name in listed if signed and name in known}


@dataclass
class Equations:
    """The equations of a model by the name of what they define, and the comments on groups of them."""

    known: dict[str, Equation] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    """How equations begin that are too long."""


def equations(text: str) -> Equations:
    """The equations before the drawing."""
    found = Equations()
    group = ""
    for entry in _entries(_joined(text)):
        head, _, rest = entry.partition("~")
        if named := _GROUP.match(head):
            group = plain(named.group(1))
            found.groups.setdefault(group, rest.replace(_QUOTE, '\\"'))
            continue
        own = head.partition("=")[2].lstrip().startswith(("INTEG((1 - ", "INTEG ((1 - "))
        if len(entry) > (_LONGEST_LEVEL if own else _LONGEST):
            found.unread.append(f"“{plain(entry[:_SHOWN])}…”")
            continue
        match = _NAME.match(_BRACES.sub(" ", head).strip())
        if match is None or match.group(1).startswith("*") or not same(match.group(1)):
            continue
        name, formula = match.group(1).strip().replace(_QUOTE, '\\"'), match.group(2)
        about = plain(rest.partition("~")[2].replace(_QUOTE, '"'))
        found.known.setdefault(same(name), Equation(name, " ".join(formula.split()), about, group))
    return found


def _joined(text: str) -> str:
    """Lines that go on are joined, escaped quotation marks set aside, blanks before a list taken out."""
    text = text.replace("\\\n", " ").replace('\\"', _QUOTE)
    return re.sub(r"(?i)\ba function of\s{1,9}\(", "A FUNCTION OF(", text)


def _entries(text: str) -> Iterator[str]:
    """The entries of a model: they end in a bar, other than one in quotation marks before the first ``~``."""
    pieces: list[str] = []
    length, quotes, ahead = 0, 0, True
    for piece in text.split("|", _MOST)[:_MOST]:
        pieces.append(piece)
        length += len(piece) + 1
        if ahead:
            before, tilde, _ = piece.partition("~")
            quotes += before.count('"')
            ahead = not tilde
        if length > _LONGEST or quotes % 2 == 0:
            yield "|".join(pieces)
            pieces, length, quotes, ahead = [], 0, 0, True
