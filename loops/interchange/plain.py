"""Links written as text, one a line: ``A + B``, ``A -> B -``, ``A --> B``, and loops as ``R1: A -> B``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from loops.complaints import BadFile
from loops.interchange.contents import text_of
from loops.interchange.draft import DELAYED, Draft, DraftArrow, DraftLoop, DraftNode, Note
from loops.interchange.words import months_of, plain, sign_of
from loops.parts import Polarity

MOST_LINES, LONGEST = 20_000, 1_000
"""Lines of a text, and characters of a line: what is longer is no link."""
_LOOKED_AT = 100
"""Lines that tell what a text is."""
_SIGN, _DASHES = r"[+?\u2212\u2013-]", r"[-=~\u2013\u2014]{0,6}"
_HEADS = r"(?:>{1,2}|[\u2192\u27f6\u21d2\u2b95])"
_ARROW = re.compile(rf" ?{_DASHES}[(\[]?({_SIGN}?)[)\]]?{_DASHES}{_HEADS} ?| -(\|) ")
"""A shaft with a head, and perhaps a sign on it; ``-|`` is an arrow that holds back."""
_BETWEEN = re.compile(rf"(?<= ){_SIGN}(?= )")
_BEFORE = re.compile(rf"[(\[]?({_SIGN})[)\]]? ?(?=\w)")
_WORD = "same|opposite|positive|negative"
_BEHIND = re.compile(rf" ?[(\[]({_SIGN}|{_WORD})[)\]]$|[:,;] ?({_SIGN}|{_WORD})$| ({_SIGN})$", re.IGNORECASE)
_DELAY = r"delay(?:ed)?(?: by)?:? ?([\d.,]{0,9}(?: ?(?:m|months?|years?|weeks?|days?))?)"
_LATE = re.compile(
    rf"(?: ?(?:\|\|)| ?[(\[]{_DELAY}[)\]]|[,;] ?{_DELAY}| {_DELAY.replace('{0,9}', '{1,9}')})$", re.I
)
_LOOP = re.compile(r"([RB]\d{0,3})\b([^:]{0,200}):(.*)")
_BULLET = re.compile(r"^(?:[-*\u2022]|\d{1,3}[.)]) (?=\w)")
_REMARK = re.compile(r"\s# ")
"""What begins a comment behind a link; one on a line of its own begins with any of the next."""
_COMMENT = ("#", "//", "%")


@dataclass(frozen=True)
class _Leg:
    """A name on a line, and the arrow that leads to it from the one before."""

    label: str
    sign: Polarity = "?"
    delay: float | None = None
    marked: bool = False


def read(data: bytes, file: str) -> Draft:
    """The diagram that lines of text make, in the order its boxes are first named; raises :class:`BadFile`.

    A line without a link before the first one is the title; any other is left out, with a note.
    """
    draft = Draft(file, "plain text")
    known: dict[str, DraftNode] = {}
    for number, line in _lines(text_of(data), file):
        place = f"line {number}"
        loop = _LOOP.fullmatch(line)
        legs = legs_of(loop[3] if loop else line)
        if loop and legs:
            path = tuple(leg.label for leg in legs)
            draft.loops.append(DraftLoop(loop[2].strip(), loop[1], path=path, place=place))
            continue
        if not legs:
            if not draft.arrows and not draft.title:
                draft.title = line
            else:
                draft.notes.append(
                    Note("left out", place, f"“{line[:100]}” is no link, such as A + B or A -> B.")
                )
            continue
        for leg in legs:
            known.setdefault(leg.label, DraftNode(leg.label, leg.label, place=place))
        draft.arrows += [
            DraftArrow(
                before.label, leg.label, leg.sign, delay=leg.delay, delay_marked=leg.marked, place=place
            )
            for before, leg in pairwise(legs)
        ]
    if not draft.arrows:
        raise BadFile(file, "", "no line here is a link. Write one a line: A + B, A - B or A -> B.")
    draft.nodes = list(known.values())
    return draft


def is_links(data: bytes, file: str) -> bool:
    """Whether at least half of the first lines of a text are links; raises :class:`BadFile`."""
    lines = [line for _, line in islice(_lines(text_of(data), file), _LOOKED_AT)]
    return bool(lines) and 2 * sum(bool(legs_of(line)) for line in lines) >= len(lines)


def _lines(text: str, file: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, tidied, with their numbers; raises :class:`BadFile` past the most."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise BadFile(file, "", f"this has {len(lines):,} lines: at most {MOST_LINES:,} are read. Split it.")
    for number, line in enumerate(lines, start=1):
        tidy = _BULLET.sub("", plain(_REMARK.split(line[: 2 * LONGEST])[0]), count=1)
        if tidy and not tidy.startswith(_COMMENT):
            yield number, tidy


def legs_of(line: str) -> list[_Leg]:
    """The names on a line with the arrows between them; empty when there is no arrow on it.

    >>> [(leg.label, leg.sign) for leg in legs_of("Buy-in -> Trust - -> Time (+)")]
    [('Buy-in', '?'), ('Trust', '-'), ('Time', '+')]
    >>> [(leg.label, leg.sign, leg.delay) for leg in legs_of("Trust + Buy-in (delay 6)")]
    [('Trust', '?', None), ('Buy-in', '+', 6.0)]
    """
    if len(line) > LONGEST:
        return []
    first, *rest = _ARROW.split(line)
    if rest:
        heads = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
        legs = [
            _Leg(first.strip()),
            *(_leg(words, "-" if bar else sign_of(sign)) for sign, bar, words in heads),
        ]
    else:
        words, delay, marked = _late(line)
        between = list(_BETWEEN.finditer(words))
        if len(between) != 1:
            return []
        source, target = words[: between[0].start()], words[between[0].end() :]
        legs = [_Leg(source.strip()), _Leg(target.strip(), sign_of(between[0][0]), delay, marked)]
    return legs if all(leg.label for leg in legs) else []


def _leg(words: str, sign: Polarity) -> _Leg:
    """A name with the sign before or behind it, if the arrow had none, and a delay on either side of that."""
    label, delay, marked = _late(words)
    if sign == "?" and (before := _BEFORE.match(label)):
        sign, label = sign_of(before[1]), label[before.end() :]
    elif sign == "?" and (behind := _BEHIND.search(label)):
        sign, label = sign_of(behind[1] or behind[2] or behind[3]), label[: behind.start()]
    if delay is None:
        label, delay, marked = _late(label)
    return _Leg(label.strip(), sign, delay, marked)


def _late(words: str) -> tuple[str, float | None, bool]:
    """Words without the delay at their end, its months, and whether it is only marked."""
    found = _LATE.search(words)
    if not found:
        return words, None, False
    months = months_of(found[1] or found[2] or found[3])
    return words[: found.start()], DELAYED if months is None else months, months is None
