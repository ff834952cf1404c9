"""A map in words: what becomes of it from left to right, what its patterns mean, and its file."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np

from loops.draw.tipmap import Axis
from loops.equilibrium.along import ContextLevel, ProgrammeLength
from loops.equilibrium.fate import Fate
from loops.equilibrium.tipmap import TippingMap
from loops.ui.keeping import where

X = Axis("How long", (), lambda months: f"{months:.0f} months")
Y = Axis("Pressure", (), lambda level: f"{level:.0%}")


K, F, A, M = Fate.KEEPS_GOING, Fate.FADES, Fate.COMES_ANYWAY, Fate.STILL_MOVES


def map_of(rows: Any, *, dot: Any = None) -> TippingMap:
    fates = np.array(rows, dtype=object)
    levels = np.where(fates == K, 0.3, 0.0)
    ys, xs = np.linspace(0, 1, fates.shape[0]), np.linspace(0, 60, fates.shape[1])
    x, y = ProgrammeLength(), ContextLevel("competing_priorities")
    return TippingMap(x, y, xs, ys, levels, 0 * levels, fates, dot)


def test_a_map_is_told_row_by_row_and_from_where_it_surely_lasts() -> None:
    """Values lie 30 months apart: what is needed is the value at which it lasts, not half way to it."""
    found = map_of([[F, K, K], [F, F, K], [F, F, F]], dot=(60.0, 0.5))
    assert where.sentence(found, X, Y) == (
        "With “Pressure” at 0% it fades up to about 30 months and keeps going from there on. "
        "With “Pressure” at 50% it fades up to about 60 months and keeps going from there on. "
        "With “Pressure” at 100% it fades everywhere."
    )


def test_a_map_says_what_comes_anyway_and_what_still_moves() -> None:
    said = where.sentence(map_of([[A, K, F], [K, F, M]]), X, Y)
    assert (
        "it comes anyway up to about 30 months, keeps going from there to about 30 months and fades" in said
    )
    assert "At 17% of the places something still moved" in said
    assert "in some parts and not in others" in where.sentence(map_of([[F, K, F, K]] * 2), X, Y)


def test_the_dot_is_told_by_the_plans_own_fate() -> None:
    found = map_of([[F, F], [F, F]], dot=(27.0, 0.5))
    assert where._dot(found, "Mine", K) == "The dot, “Mine”, lies where it keeps going."
    assert where._dot(map_of([[F]]), "Mine", K) == ""


def test_only_patterns_that_are_on_the_map_are_explained() -> None:
    assert where._key(map_of([[F, F]])) == "Slanted strokes: it fades."
    assert where._key(map_of([[F, K]])) == (
        "Plain colour: it keeps going. Slanted strokes: it fades. The deeper the colour, the more of it "
        "there is in the end."
    )


def test_the_file_of_a_map_has_both_ends_and_what_becomes_of_it() -> None:
    head, *rows = csv.reader(io.StringIO(where._csv(map_of([[F, K]]), X, Y)))
    assert head[2:] == ["in the end (0 to 1)", "if nothing new is done (0 to 1)", "so it"]
    assert rows == [["0", "0", "0.0000", "0.0000", "fades"], ["60", "0", "0.3000", "0.0000", "keeps going"]]
