"""What the tests gave, as rows of one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loops.reference import Figure
from loops.simulate import AT_REST
from loops.validation.extremes import KINDS, Extreme, Extremes
from loops.validation.monotone import Pair
from loops.validation.robust import Robust, missed_in


@dataclass(frozen=True)
class Check:
    """One row: what was tested, how often it was tried and held, and the worst case in words."""

    name: str
    tried: int
    held: int
    worst: str
    left_out: int = 0
    must_hold: bool = True
    """Whether a case that does not hold is a failure; otherwise the row is for information."""

    @property
    def fails(self) -> bool:
        """Whether something that must hold does not."""
        return self.must_hold and self.held < self.tried


def of_extremes(extremes: Extremes) -> list[Check]:
    """A row for each kind of thing pushed to its end."""
    return [
        _of_kind(kind, [each for each in extremes.found if each.trial.kind == kind], extremes.left_out[kind])
        for kind in KINDS
    ]


def _of_kind(kind: str, found: Sequence[Extreme], left_out: int) -> Check:
    name = f"levels stay between 0 and 1: {kind}"
    if not found:
        return Check(name, 0, 0, "not run" if left_out else "none in this model", left_out)
    # what is not a number is worse than any number
    worst = max(found, key=lambda each: np.inf if np.isnan(each.outside) else each.outside)
    said = (
        "the run did not finish"
        if np.isnan(worst.outside)
        else f"lowest {worst.lowest:.5f}, highest {worst.highest:.5f}"
    )
    held = sum(each.holds for each in found)
    return Check(name, len(found), held, f"{worst.trial.words}: {said}", left_out)


def of_pairs(pairs: Sequence[Pair]) -> list[Check]:
    """Three rows: where the signs decide, where there is no path, and how often they do not decide."""
    decided = [pair for pair in pairs if pair.direction in ("raises", "lowers")]
    apart = [pair for pair in pairs if pair.direction == "no path"]
    undecided = len(pairs) - len(decided) - len(apart)
    words = f"{undecided} of {len(pairs)} pairs" if pairs else "no lever or circumstance in this model"
    if undecided:
        words += ": a brake on the way, paths that disagree, or a sign that is not known"
    return [
        _of_direction("more of a lever moves a box as the signs say", decided, "the wrong way"),
        _of_direction("no path, no effect", apart, "without a path"),
        Check("not decided by signs", 0, 0, words, must_hold=False),
    ]


def _of_direction(name: str, pairs: Sequence[Pair], how: str) -> Check:
    run = [(pair.wrong, pair) for pair in pairs if pair.wrong is not None]
    left_out = len(pairs) - len(run)
    if not run:
        return Check(name, 0, 0, "not run" if left_out else "no such pair", left_out)
    wrong, worst = max(run, key=lambda each: np.inf if np.isnan(each[0]) else each[0])
    said = f"{worst.source} moves {worst.variable} by {wrong:.5f} {how}" if wrong else f"none moves {how}"
    if np.isnan(wrong):
        said = f"{worst.source} and {worst.variable}: the run did not finish"
    return Check(name, len(run), sum(pair.holds for _, pair in run), said, left_out)


def of_figures(figures: Sequence[Figure]) -> Check:
    """One row for the reference modes: tried and held are criteria."""
    name = "reference modes hold"
    if not figures:
        return Check(name, 0, 0, "none in this file")
    held = sum(figure.holds for figure in figures)
    # every one that does not hold comes before those that do
    worst = min(figures, key=lambda figure: (figure.holds, _slack(figure)))
    words = f"{worst.mode.id}, {worst.value:.4f} {worst.criterion.bound()}"
    if worst.moving > AT_REST:
        words += ", still moving"
    if held == len(figures):
        words = f"closest: {words}"
    else:
        words = f"missed: {', '.join(sorted(missed_in(figures)))}; worst: {words}"
    return Check(name, len(figures), held, words)


def _slack(figure: Figure) -> float:
    """How far a figure is on the right side of its bound, as a share of the bound."""
    at_least, at_most = figure.criterion.at_least, figure.criterion.at_most
    bound = at_least if at_least is not None else at_most or 0.0
    slack = figure.value - bound if at_least is not None else bound - figure.value
    return slack / (abs(bound) or 1.0)


def of_robust(found: Robust | None, noise: float) -> Check:
    """One row for the versions, for information: a model that holds only nearby is no broken one."""
    name = f"reference modes hold in versions at {noise:.0%} noise"
    if found is None:
        return Check(name, 0, 0, "not run: there are no reference modes", must_hold=False)
    missed = [f"{mode} {count}" for mode, count in found.missed.most_common()]
    stopped = [f"{found.stopped} did not finish"] if found.stopped else []
    words = "; ".join(["missed: " + ", ".join(missed) if missed else "none missed", *stopped])
    return Check(name, found.tried, found.held, words, found.asked - found.tried, must_hold=False)
