"""Names, numbers and equations as XMILE has them.

Source: XMILE 1.0 (OASIS, 2015), chapter 3: identifiers, operators and built-in functions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from loops.interchange.export.running import Drive, Move, Stock, Term
from loops.interchange.formula import same
from loops.interchange.words import plain

WON, LOST = "won:", "lost:"
"""What the keys of a variable's two flows begin with; its id follows."""
_AVOIDED = str.maketrans({'"': "'", "\\": "/", "[": "(", "]": ")", "{": "(", "}": ")"})
"""What no name may hold, or what means something else in it: quotes, escapes, subscripts, comments."""
_BARE = re.compile(r"(?!not|if)[a-z]\w*", re.ASCII | re.IGNORECASE)
"""A name that needs no quotes; a simple parser takes Not_yet for NOT and _yet."""
_WORDS = """
and or not mod if then else time dt starttime stoptime inf nan pi self abs arccos arcsin arctan cos sin tan
exp ln log10 sqrt int min max mean sum stddev size rank delay delay1 delay3 delayn forcst smth1 smth3 smthn
trend init previous pulse ramp step lookup history safediv lognormal normal poisson random exprnd uniform
saveper
"""
_RESERVED = frozenset({*_WORDS.split(), "initial time", "final time", "time step"})
"""What a program may take for a word of its own, as :func:`loops.interchange.formula.same` gives names."""


def names_of(labels: Mapping[str, str]) -> dict[str, str]:
    """A name for each label by key, close to it and unlike all others and every word of the language.

    >>> names_of({"a": "Say “when”", "b": "say  “When”", "c": "Time", "d": '"'})
    {'a': 'Say “when”', 'b': 'say “When” 2', 'c': 'Time (box)', 'd': "'"}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key, label in labels.items():
        stem = stem_of(label) or key
        names[key], number = stem, 1
        while same(names[key]) in taken:
            number += 1
            names[key] = f"{stem} {number}"
        taken.add(same(names[key]))
    return names


def stem_of(label: str) -> str:
    """The name nearest to a label."""
    stem = plain(plain(label).translate(_AVOIDED).replace("_", " "))
    return f"{stem} (box)" if same(stem) in _RESERVED else stem


def identifier(name: str) -> str:
    """How equations and connectors write a name.

    >>> identifier("Trust between partners"), identifier("Buy-in: ready")
    ('Trust_between_partners', '"Buy-in:_ready"')
    """
    joined = name.replace(" ", "_")
    return joined if _BARE.fullmatch(joined) else f'"{joined}"'


def number(value: float) -> str:
    """A number to 15 digits, as many as a decimal keeps through a float: 3 times 0.05 reads 0.15.

    >>> number(3 * 0.05), number(4.0), number(1e-7)
    ('0.15', '4', '1e-07')
    """
    return f"{value:.15g}"


def won(stock: Stock, words: Mapping[str, str]) -> str:
    """What wins a level each month; `words` holds identifiers by id."""
    return f"(1 - {words[stock.node.id]}) * ({_sum(stock.node.gain, stock.won, words)})"


def lost(stock: Stock, words: Mapping[str, str]) -> str:
    """What loses it."""
    return f"{words[stock.node.id]} * ({_sum(stock.node.fade, stock.lost, words)})"


def _sum(rate: float, terms: Collection[Term], words: Mapping[str, str]) -> str:
    alone = [number(rate)] if rate or not terms else []
    return " + ".join([*alone, *(_term(term, words[term.link.source]) for term in terms)])


def _term(term: Term, source: str) -> str:
    """A term with the word for its source. SMTH3 begins at the level of that at month 0 unless told."""
    y, link = source, term.link
    if link.delay:
        begins = "" if term.begins == term.at_start else f", {number(term.begins)}"
        y = f"SMTH3({source}, {number(link.delay)}{begins})"
    if not link.threshold:
        return f"{number(term.strength)} * {y}"
    mass = f"{number(link.threshold)}^{link.steepness}"
    return f"{number(term.strength)} * (1 + {mass}) * {y}^{link.steepness} / ({mass} + {y}^{link.steepness})"


def schedule(drive: Drive) -> str:
    """The level before month 0, and what is added to it later."""
    return " + ".join([number(drive.before), *(_move(move) for move in drive.moves)])


def _move(move: Move) -> str:
    if not move.ramp:
        return f"STEP({number(move.by)}, {number(move.month)})"
    since = f"(TIME - {number(move.month)}) / {number(move.ramp)}"
    return f"({number(move.by)}) * MIN(MAX({since}, 0), 1)"


def paragraphs(parts: Iterable[tuple[str, str]]) -> str:
    """Some texts with a heading each, further lines of one indented; empty texts are left out.

    >>> paragraphs([("Reason", "One.\\nTwo."), ("Passage", "")])
    'Reason: One.\\n  Two.'
    """
    return "\n".join(f"{head}: " + text.replace("\n", "\n  ") for head, text in parts if text)
