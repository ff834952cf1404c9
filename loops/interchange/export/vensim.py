"""Vensim (``.mdl``): the diagram as a sketch, and equations that run it.

Each variable is a level without flows::

    x = INTEG((1 - x)*(gain + w*y + ...) - x*(fade + w*y + ...), start)

where y is the name of a box, ``SMOOTH3I(name, delay, level before month 0)``, or a critical mass of either.
Kinds are groups of equations, named loops the comment of one. Source: Vensim Help, .mdl Model Files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from loops.interchange import loop_list
from loops.interchange.export.running import Drive, Move, Stock, Term, running
from loops.interchange.export.vensim_drawing import drawing_of
from loops.interchange.export.vensim_names import comment_on, names_of
from loops.interchange.vensim_own import CIRCUMSTANCES, LEVERS, LOOPS, VARIABLES
from loops.model import Lever, Model
from loops.scenario import Scenario

_LINE = "*" * 56
_ON = "\\\n\t\t"
_CLOCK = (
    ("FINAL TIME", "Month", "The last month that is run."),
    ("INITIAL TIME", "Month", "The first month."),
    ("SAVEPER", "Month", "Levels are saved this often."),
    ("TIME STEP", "Month", "Euler's method takes steps of this length."),
)


def write(model: Model, scenario: Scenario | None = None) -> bytes:
    """The model as it runs under `scenario`, or with nothing changed.

    Raises :class:`ValueError` and :class:`~loops.simulate.DidNotFinish` as
    :func:`~loops.interchange.export.running.running` does.
    """
    names = names_of(model.nodes.values())
    runs = running(model, scenario)
    levers = [drive for drive in runs.drives if isinstance(drive.node, Lever)]
    contexts = [drive for drive in runs.drives if not isinstance(drive.node, Lever)]
    clock = (runs.months, 0, 1, 1 / runs.steps)
    entries = [
        _group(VARIABLES),
        *(_level(stock, names) for stock in runs.stocks),
        *_driven(LEVERS, levers, names),
        *_driven(CIRCUMSTANCES, contexts, names),
        _group(LOOPS, _loops(model, names)),
        _group("Control"),
        *(
            _entry(f"{name} = {number(value)}", units, about)
            for (name, units, about), value in zip(_CLOCK, clock, strict=True)
        ),
    ]
    return ("{UTF-8}\n" + "".join(entries) + drawing_of(model, names)).encode()


def number(value: float) -> str:
    """A number as Vensim reads it, and as short as it can be.

    >>> number(0.05), number(12.0), number(1e-05)
    ('0.05', '12', '1e-05')
    """
    return repr(float(value)).removesuffix(".0")


def _group(name: str, about: str = "") -> str:
    return f"{_LINE}\n\t.{name}\n{_LINE}~\n\t\t{about}\n\t|\n\n"


def _entry(equation: str, units: str, about: str) -> str:
    return f"{equation}\n\t~\t{units}\n\t~\t{about}\n\t|\n\n"


def _loops(model: Model, names: Mapping[str, str]) -> str:
    """The named loops; what would end a comment is escaped."""
    bare = {node: name.strip('"') for node, name in names.items()}
    return loop_list.written(model, bare).replace("|", "\\u007c").replace("~", "\\u007e")


def _level(stock: Stock, names: Mapping[str, str]) -> str:
    name = names[stock.node.id]
    won, lost = _sum(stock.node.gain, stock.won, names), _sum(stock.node.fade, stock.lost, names)
    rate = f"(1 - {name})*({won}){_ON} - {name}*({lost})"
    formula = f"{name} = INTEG({rate},{_ON}{number(stock.start)})"
    return _entry(formula, "Dmnl", comment_on(stock.node, names))


def _sum(rate: float, terms: Iterable[Term], names: Mapping[str, str]) -> str:
    return f"{_ON} + ".join([number(rate), *(_term(term, names) for term in terms)])


def _term(term: Term, names: Mapping[str, str]) -> str:
    """What a link adds to a rate."""
    link, y = term.link, names[term.link.source]
    if link.delay:
        y = f"SMOOTH3I({y}, {number(link.delay)}, {number(term.begins)})"
    if not link.threshold:
        return f"{number(term.strength)}*{y}"
    mass, steep = f"{number(link.threshold)}^{link.steepness}", f"{y}^{link.steepness}"
    return f"{number(term.strength)}*(1 + {mass})*{steep}/({mass} + {steep})"


def _driven(group: str, drives: Iterable[Drive], names: Mapping[str, str]) -> Iterator[str]:
    """The group of what is set from outside: a level, and what a plan adds to it over time."""
    entries = [
        _entry(
            " + ".join([f"{names[drive.node.id]} = {number(drive.before)}", *map(_move, drive.moves)]),
            "Dmnl [0,1]",
            comment_on(drive.node, names),
        )
        for drive in drives
    ]
    yield from [_group(group), *entries] if entries else []


def _move(move: Move) -> str:
    begin, end = number(move.month), number(move.month + move.ramp)
    return (
        f"RAMP({number(move.by / move.ramp)}, {begin}, {end})"
        if move.ramp
        else f"STEP({number(move.by)}, {begin})"
    )
