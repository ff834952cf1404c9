"""Say in one or two plain sentences what a curve does, in the present tense: no forecast is made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from loops.draw.scale import in_words, step_of
from loops.model import Model
from loops.simulate import Trajectory
from loops.ui.text import years

SAME = 0.05
"""Levels closer than this are not told apart in words, even when they fall on two sides of a word's edge."""

Levels = NDArray[np.float64]


def journey(label: str, levels: Levels, quiet: Levels, stops: float | None) -> str:
    """What one box does in one scenario: while the work is on, after it stops, and beside nothing new.

    `quiet` holds the levels if nothing new is done, `stops` the month when the last lever is switched off:
    None when none is on, or some still is at the end.
    """
    last = levels.size - 1
    until = last if stops is None else min(int(stops), last)
    told = f"“{label}” {_while_on(levels[: until + 1])}."
    if until < last:
        told += f" After the work stops, at {years(until)}, {_afterwards(levels[until:])}."
    return f"{told} {_beside(levels[-1], quiet[-1], years(last))}"


def quiet_journey(label: str, levels: Levels) -> str:
    """What one box does if nothing new is done."""
    return f"“{label}” {_while_on(levels)}."


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
    return (
        "Some things move by themselves even if nothing new is done, because these starting points are not "
        f"a place of rest. In {last}, “{label}” moves most: {span}."
    )


def _while_on(levels: Levels) -> str:
    first, top, low = levels[0], levels.max(), levels.min()
    if max(top - first, first - low) < SAME:
        return f"stays at {in_words(first)}"
    rising = top - first >= first - low
    end = top if rising else low
    if step_of(end) == step_of(first):
        return f"stays at {in_words(first)}, {'a shade higher' if rising else 'a shade lower'}"
    reached = int(np.argmax([step_of(level) == step_of(end) for level in levels]))
    within = f"within {years(np.ceil(reached / 12) * 12)}"
    told = f"{'grows' if rising else 'falls'} from {in_words(first)} to {in_words(end)} {within}"
    if abs(levels[-1] - end) >= SAME and step_of(levels[-1]) != step_of(end):
        told += f", then {'slips back' if rising else 'recovers'} to {in_words(levels[-1])}"
    return told


def _afterwards(levels: Levels) -> str:
    first, last = levels[0], levels[-1]
    low, top = levels.min(), levels.max()
    if max(top - first, first - low) < SAME:
        return f"it stays at {in_words(first)}"
    if abs(last - first) < SAME:
        return f"it comes back to {in_words(last)} after a {'dip' if first - low > top - first else 'rise'}"
    word = in_words(last)
    if step_of(last) == step_of(first):
        return f"it stays at {word}, {'a little higher' if last > first else 'a little lower'}"
    arrived = int(np.argmax([step_of(level) == step_of(last) for level in levels]))
    verb = "keeps growing, to" if last > first else "slips back to"
    return f"it {verb} {word} within {years(np.ceil(max(arrived, 1) / 12) * 12)}"


def _beside(level: float, quiet: float, after: str) -> str:
    difference = level - quiet
    if abs(difference) < SAME:
        return f"By {after} that is much the same as if nothing new is done."
    way = "higher" if difference > 0 else "lower"
    return f"By {after} that is {_amount(abs(difference))} {way} than if nothing new is done."


def _amount(difference: float) -> str:
    """How large a difference is, in words: a fifth of the whole way is worth saying, a half is a lot."""
    if difference < 0.15:
        return "a little"
    return "clearly" if difference < 0.4 else "far"
