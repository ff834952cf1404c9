"""What is said of a return curve, and its table."""

from __future__ import annotations

import dataclasses

import numpy as np

from loops.equilibrium.returns import Crossing, ReturnCurve
from loops.ui.keeping import giving, resting

HELD = np.linspace(0, 1, 11)


def curve(*crossings: tuple[float, bool | None], agree: bool = True, settled: bool = True) -> ReturnCurve:
    met = tuple(Crossing(level, stable, "both") for level, stable in crossings)
    return ReturnCurve("buy_in", HELD, HELD, HELD, met, agree, settled)


TIPS = curve((0.03, True), (0.23, False), (0.44, True))


def told(found: ReturnCurve, *others: float) -> str:
    say = resting.telling([*(one.level for one in found.crossings), *others])
    return resting.sentence("Buy-in", found, say)


def test_a_curve_says_where_it_rests_and_where_it_tips() -> None:
    assert told(TIPS) == (
        "In these circumstances two resting places are possible for “Buy-in”: low (not yet) and high "
        "(partly). It tips at a little: held above that it grows by itself, held below that it shrinks."
    )
    assert "low (not yet, 0.05) and high (partly). It tips at a little (0.25): held" in told(TIPS, 0.3, 0.1)
    assert told(curve((0.0, False), (0.5, True))).endswith("at not yet: held above that it grows by itself.")
    assert told(curve((0.03, True))).endswith("Wherever it is pushed, it comes back there.")
    assert "no firm place of rest" in told(curve((0.5, False)))
    assert told(curve()) == "No place of rest was found for “Buy-in” on this curve."
    four = told(curve((0.0, True), (0.2, False), (0.25, True), (0.5, True), (0.75, True)))
    assert "4 resting places are possible for “Buy-in”: not yet, a little (0.25), partly and mostly." in four


def test_a_curve_that_depends_on_everything_else_promises_nothing_about_pushes() -> None:
    said = told(curve((0.03, True), agree=False, settled=False))
    assert "Wherever it is pushed" not in said
    assert "so there are two curves: one with everything else beginning at not yet" in said
    assert "something else still moved after 150 years" in said


def test_the_table_of_a_curve_never_says_that_the_same_figure_grows_or_shrinks_without_a_word() -> None:
    near = dataclasses.replace(curve(), below=HELD + 0.01, above=HELD - 0.2)
    head, rows = giving._table(near)
    assert head == ["Held at", "Everything else gives back", "So it"]
    assert {row[2] for row in rows} == {"grows by itself, but only just"}
    head, rows = giving._table(dataclasses.replace(near, agree=False))
    assert len(head) == 5
    assert {row[4] for row in rows} == {"shrinks"}
