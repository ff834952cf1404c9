"""How wide words are in a common face, and how a label is broken into lines. No font library is needed."""

from __future__ import annotations

import unicodedata

_FIRST = ord(" ")
_HELVETICA = (
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556,) * 10,
    *(
        278,
        278,
        584,
        584,
        584,
        556,
        1015,
        667,
        667,
        722,
        722,
        667,
        611,
        778,
        722,
        278,
        500,
        667,
        556,
        833,
        722,
    ),
    *(778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333),
    *(556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
"""Widths of the letters from the space to the tilde, in thousandths of the size."""
_LATIN, _WIDE = 667, 1250
"""Any other letter of an alphabet like ours; anything else, such as a pictogram."""
CUT = "…"


def width(text: str, size: float) -> float:
    """The width of one line of text, a little generous.

    >>> round(width("Trust", 20))
    46
    """
    return sum(map(_width, text)) * size / 1000


def wrap(label: str, size: float, widest: float, most: int) -> tuple[str, ...]:
    """Break a label into at most `most` lines no wider than `widest`, as even as their number allows.

    A word wider than a line is broken too; what does not fit is cut and ends in "…".

    >>> wrap("The wider system backs it", 21, 180, 5)
    ('The wider', 'system backs it')
    """
    lines = _fill(label, size, widest)
    if len(lines) > most:
        last = lines[most - 1]
        while width(last + CUT, size) > widest:
            last = last[:-1]
        return (*lines[: most - 1], last.rstrip() + CUT)
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        narrower = _fill(label, size, widest * share)
        if len(narrower) == len(lines) and max(width(line, size) for line in narrower) <= widest * share:
            return narrower
    return lines


def _width(letter: str) -> int:
    place = ord(letter) - _FIRST
    if 0 <= place < len(_HELVETICA):
        return _HELVETICA[place]
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Cf"):
        return 0
    return _LATIN if ord(letter) < 0x250 or letter in "–‘’“”…\u2212" else _WIDE


def _fill(label: str, size: float, widest: float) -> tuple[str, ...]:
    lines: list[str] = []
    for word in label.split():
        pieces = _pieces(word, size, widest)
        if lines and len(pieces) == 1 and width(f"{lines[-1]} {word}", size) <= widest:
            lines[-1] += f" {word}"
        else:
            lines += pieces
    return tuple(lines or [CUT])


def _pieces(word: str, size: float, widest: float) -> list[str]:
    """The word, cut where it would pass `widest`."""
    pieces, used = [""], 0.0
    for letter in word:
        wide = width(letter, size)
        if pieces[-1] and used + wide > widest:
            pieces.append("")
            used = 0.0
        pieces[-1] += letter
        used += wide
    return pieces
