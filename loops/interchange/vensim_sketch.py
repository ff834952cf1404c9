"""The drawing inside a Vensim model: its views, the words on them and the arrows between, line by line.

A word is ``10,id,name,x,y,w,h,shape,bits,...`` (11: a valve, 12: a comment), an arrow
``1,id,from,to,shape,hid,pol,thick,hasf,dtype,res,color,font,np|(x,y)|``; ids count anew on every view. Old
files (V160) write ``|id,name,...`` and ``>from,to,shape,...`` with the same order of fields.
Source: Vensim Help, Appendix, .mdl Model Files, Sketch Information.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from loops.complaints import BadFile
from loops.interchange.curves import Point, point_of
from loops.interchange.words import number_of, plain
from loops.parts import Polarity

BEGIN, END = "\\\\\\---///", "///---\\\\\\"
"""Before every view, and after the last."""
MAX_OBJECTS = 20_000
"""Words and arrows of one model, comments and clouds too."""
Kind = Literal["variable", "valve", "comment"]
_KINDS: dict[str | None, Kind] = {"10": "variable", None: "variable", "11": "valve", "12": "comment"}
_WORD = re.compile(r'(?:(1[0-2]),|\|)(\d{1,9}),("(?:\\.|[^"\\])*"|[^,]*),(.*)')
_HANDLE = re.compile(r"\((-?\d{1,7}(?:\.\d{1,9})?),(-?\d{1,7}(?:\.\d{1,9})?)\)")
_SIGNS: dict[int, Polarity] = {**dict.fromkeys(b"+Ss", "+"), **dict.fromkeys(b"-Oo0", "-")}
"""The codes of the characters that are drawn for a sign; an O (opposite) is sometimes a zero."""
_DELAY_BITS = 63
"""Of ``dtype``: files hold 0, 64, 128 or 192 (the place of the sign) where no delay is marked."""
_TEXT_BELOW, _PRIMARY, _ATTACHED = 4, 1, 32
_THICKEST = 20
"""Of a single line; a flow is a double one."""
_STRAIGHT, _ARC = 0, 1


@dataclass(frozen=True)
class Word:
    """A variable, valve or comment on a view: its name as written, or the text of a comment."""

    kind: Kind
    number: int
    name: str
    at: Point
    shape: int
    shadow: bool
    """Stands for a variable that is drawn elsewhere."""
    place: str

    @property
    def attached(self) -> bool:
        """Whether it is the name of the valve written just before it."""
        return bool(self.shape & _ATTACHED)


@dataclass(frozen=True)
class Line:
    """An arrow on a view, between the numbers of two words."""

    source: int
    target: int
    sign: Polarity
    shape: int
    pipe: bool
    """Carries a flow."""
    delayed: bool
    initial: bool
    """Says only where its target begins."""
    handle: Point | None
    """A point on the arc, where the arrow is one."""
    place: str

    @property
    def straight(self) -> bool:
        """Whether it was drawn without a bow."""
        return self.pipe or self.shape == _STRAIGHT


@dataclass
class View:
    """One page of the drawing, and the places of those of its lines that cannot be read."""

    name: str
    words: dict[int, Word] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def views(text: str, file: str) -> list[View]:
    """The views in the text of a model, in order; none where it holds no drawing. Lines end in ``\\n``.

    Raises :class:`BadFile` when there is more on them than on any drawing.
    """
    before, mark, drawing = text.partition(BEGIN)
    rows = enumerate(drawing.split("\n"), start=before.count("\n") + 1)
    found: list[View] = []
    taken = 0
    for number, row in rows:
        if not mark or row.startswith(END):
            break
        if row.startswith("*"):
            found.append(View(plain(row[1:])))
        elif found and row.startswith(("1,", "10,", "11,", "12,", "|", ">")):
            _take(found[-1], row, f"line {number}", rows)
            taken += 1
            if taken > MAX_OBJECTS:
                raise BadFile(
                    file, f"line {number}", f"more than {MAX_OBJECTS:,} objects are drawn. Split it."
                )
    return found


def _take(view: View, row: str, place: str, rows: Iterator[tuple[int, str]]) -> None:
    """Add to a view what a row says; the text of a comment is the row after it."""
    if row.startswith(("1,", ">")):
        line = _line(row, place)
        if line is None:
            view.unread.append(place)
        else:
            view.lines.append(line)
        return
    found = _WORD.match(row)
    parts = found.group(4).split(",", 6)[:6] if found else []
    numbers = [number for part in parts if (number := number_of(part)) is not None]
    at = point_of(*numbers[:2]) if len(numbers) > 1 else None
    if found is None or at is None or len(numbers) < len(parts):
        view.unread.append(place)
        return
    shape, bits = (
        int(numbers[4]) if len(numbers) > 4 else 0,
        int(numbers[5]) if len(numbers) > 5 else _PRIMARY,
    )
    name = next(rows, (0, ""))[1] if bits & _TEXT_BELOW else found.group(3)
    number, shadow = int(found.group(2)), not bits & _PRIMARY
    view.words[number] = Word(_KINDS[found.group(1)], number, name, at, shape, shadow, place)


def _line(row: str, place: str) -> Line | None:
    """The arrow in a row; none where its ends cannot be read."""
    parts = row.split(",", 13)[2:] if row.startswith("1,") else row[1:].split(",", 11)
    numbers = [number_of(part) for part in parts[:9]]
    if len(numbers) < 2 or numbers[0] is None or numbers[1] is None:
        return None
    source, target, shape, _, sign, thick, _, delay, initial = (
        int(number or 0) for number in (numbers + [0] * 9)[:9]
    )
    handles = _HANDLE.findall(parts[-1])
    return Line(
        source,
        target,
        _SIGNS.get(sign, "?"),
        shape,
        pipe=thick > _THICKEST,
        delayed=bool(delay & _DELAY_BITS),
        initial=initial == 1,
        handle=(float(handles[0][0]), float(handles[0][1])) if shape == _ARC and len(handles) == 1 else None,
        place=place,
    )
