"""Say in one or two plain sentences what a curve does, in the present tense: no forecast is made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from loops.draw.scale import in_words, step_of, years
from loops.model import Model
from loops.simulate import Trajectory

SAME = 0.03
"""Levels closer than this are not told apart in words, even when they fall on two sides of a word's edge."""
AMOUNTS = ((0.15, "slightly"), (0.4, "clearly"), (2.0, "far"))
"""Words for how far apart two levels are, each with the difference below which it holds."""
STILL = 0.005
"""A change of more than this in the last two years shown is said to be going on."""
_TWO_YEARS = 24

Levels = NDArray[np.float64]


def journey(label: str, levels: Levels, quiet: Levels, stops: float | None) -> str:
    """What one box does in one scenario: while the work is on, after it stops, and beside nothing new.

    `quiet` holds the levels if nothing new is done, `stops` the month when the last lever is switched off:
    None when none is on, or some still is at the end.
    """
    last = levels.size - 1
    until = last if stops is None else min(int(np.ceil(stops)), last)
    told = f"“{label}” {_moves(levels[: until + 1])}"
    if until < last:
        told += f". After the work stops, at {years(until)}, it {_moves(levels[until:], again=True)}"
    told += _going_on(levels)
    return f"{told}. {_beside(levels[-1], quiet[-1], years(last))}"


def quiet_journey(label: str, levels: Levels) -> str:
    """What one box does if nothing new is done."""
    return f"“{label}” {_moves(levels)}{_going_on(levels)}."


def drift(model: Model, quiet: Trajectory) -> str:
    """How far things move by themselves if nothing new is done."""
    last, moved = years(quiet.months[-1]), np.abs(quiet.levels - quiet.levels[0]).max(axis=0)
    most = int(moved.argmax())
    if moved[most] < SAME / 10:
        return f"If nothing new is done, everything stays as it is for {last}."
    label = model.nodes[quiet.variables[most]].label
    if moved[most] < SAME:
        return f"If nothing new is done, things hardly move in {last}: “{label}” moves most, and only just."
    path = quiet.levels[:, most]
    far = path[int(np.abs(path - path[0]).argmax())]
    span = f"from {in_words(path[0])} to {in_words(far)}"
    if step_of(far) == step_of(path[0]):
        span = f"{'up' if far > path[0] else 'down'} a shade within “{in_words(far)}”"
    felt = bool(quiet.scenario.contexts)
    because = "things around us are different" if felt else "these starting points are not a place of rest"
    return (
        f"Some things move {'' if felt else 'by themselves '}even if nothing new is done, because {because}. "
        f"In {last}, “{label}” moves most: {span}."
    )


def _moves(levels: Levels, *, again: bool = False) -> str:
    """Where a stretch of curve goes; `again` when the sentence before has said where it begins."""
    first, last, low, top = levels[0], levels[-1], levels.min(), levels.max()
    if top - max(first, last) >= SAME:
        return f"{_way(levels[: levels.argmax() + 1], again)}, then {_way(levels[levels.argmax() :], True)}"
    if min(first, last) - low >= SAME:
        return f"{_way(levels[: levels.argmin() + 1], again)}, then {_way(levels[levels.argmin() :], True)}"
    return _way(levels, again)


def _way(levels: Levels, again: bool) -> str:
    """One way up or down, or none."""
    first, last = levels[0], levels[-1]
    if abs(last - first) < SAME:
        return "stays about there" if again else f"stays at {in_words(first)}"
    grows = last > first
    verb = ("goes on growing" if again else "grows") if grows else ("falls back" if again else "falls")
    word = in_words(last)
    if step_of(last) == step_of(first):
        return f"{verb} somewhat" + ("" if again else f", within “{word}”")
    arrived = int(np.argmax([step_of(level) == step_of(last) for level in levels]))
    within = years(np.ceil(max(arrived, 1) / 12) * 12)
    return f"{verb} to {word} within {'another ' if again else ''}{within}"


def _going_on(levels: Levels) -> str:
    """Whether the curve is still on its way where the picture ends."""
    lately = levels[-1] - levels[max(levels.size - 1 - _TWO_YEARS, 0)]
    if abs(lately) < STILL:
        return ""
    return f", and is still {'growing' if lately > 0 else 'falling'} at {years(levels.size - 1)}"


def _beside(level: float, quiet: float, after: str) -> str:
    difference = level - quiet
    if abs(difference) < SAME:
        return f"By {after} that is about the same as if nothing new is done."
    way = "higher" if difference > 0 else "lower"
    return f"By {after} that is {amount(abs(difference))} {way} than if nothing new is done."


def amount(difference: float) -> str:
    """How large a difference is, in words that are not also words for a level."""
    return next(word for below, word in AMOUNTS if difference < below)
