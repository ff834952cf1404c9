"""Which theory is more consistent with what has been seen, in the same worlds, and by how much.

In each world a theory either shows a pattern or does not. Theories share the draw of every number they have
in common, so their shares of worlds are compared in pairs. A theory that shows more is not proved: it needs
less luck with its numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import Progress, simulate_ensemble
from loops.model import Model
from loops.parts import replace
from loops.scenario import Scenario
from loops.spread import Width
from loops.theory.rivals import MOST, Answers, Pattern
from loops.theory.verdict import Share, Z
from loops.worlds import Worlds

LEAST = 0.01
"""A smaller difference, even a sure one, is told without figures."""
NOT_PROVED = (
    "More consistent is not proved: it needs less luck with its guesses to show what was seen. Each theory "
    "has guesses of its own, a third one may show the same, and what was seen may have come about otherwise."
)


@dataclass(frozen=True)
class Difference:
    """By how much the share of worlds of one theory is above another's, in pairs, with its 95% interval."""

    value: float
    low: float
    high: float

    @classmethod
    def between(cls, first: Answers, second: Answers) -> Difference:
        """`first` (W,) minus `second` (W,), which are of the same worlds; everything where no world was run.

        The interval is Wald's for matched pairs after half a pair is added to each of the four cells (Agresti
        & Min 2005, Statistics in Medicine 24, 729-740), right for no discordant pair too. It is for
        independent draws: for a scrambled Sobol sequence it says no less than the truth.
        """
        if not first.size:
            return cls(float("nan"), -1.0, 1.0)
        only_first, only_second = int((first & ~second).sum()) + 0.5, int((second & ~first).sum()) + 0.5
        n = first.size + 2
        middle = (only_first - only_second) / n
        half = Z * sqrt(only_first + only_second - (only_first - only_second) ** 2 / n) / n
        exact = float(first.mean() - second.mean())
        return cls(exact, max(middle - half, -1.0), min(middle + half, 1.0))

    @property
    def sure(self) -> bool:
        """Whether it is more than chance in the draws could make."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Rivalry:
    """Which theory shows which pattern in which world: the first `done` of the `asked` ones."""

    theories: tuple[str, ...]  # titles
    patterns: tuple[Pattern, ...]
    shown: Answers  # (M, W, P)
    asked: int
    seed: int
    width: Width
    stopped: str = ""

    @property
    def done(self) -> int:
        """How many worlds were run, of each theory."""
        return int(self.shown.shape[1])

    def share(self, theory: int, pattern: int | None = None) -> Share:
        """In how many worlds a theory shows a pattern, or all of them together."""
        return Share(self.width, int(self._in(theory, pattern).sum()), self.done)

    def difference(self, first: int, second: int, pattern: int | None = None) -> Difference:
        """By how much more often the first theory shows a pattern, or all of them together."""
        return Difference.between(self._in(first, pattern), self._in(second, pattern))

    def sentence(self, first: int = 0, second: int = 1, pattern: int | None = None) -> str:
        """Which of two theories is more consistent with what was seen, and by how much, in plain words."""
        what = "all that was seen" if pattern is None else f"“{self.patterns[pattern].sentence}”"
        if not self.done:
            return f"Nothing was run, so nothing can be said of {what}."
        found = self.difference(first, second, pattern)
        if found.value < 0:
            first, second = second, first
            found = Difference(-found.value, -found.high, -found.low)
        more, less = self.share(first, pattern), self.share(second, pattern)
        names = f"“{self.theories[first]}”", f"“{self.theories[second]}”"
        if not more.held:
            return f"In none of {self.done:,} versions of our assumptions does either theory show {what}."
        shares = (
            f"{names[0]} shows {what} in {_in_100(more.value)} of 100 versions of our assumptions, "
            f"{names[1]} in {_in_100(less.value)}"
        )
        if not found.sure:
            return f"{shares}: too small a difference for {self.done:,} versions to tell them apart."
        if found.value < LEAST:
            return f"{shares}: {names[0]} is more consistent with it, but by less than 1 in 100."
        return (
            f"{shares}: {names[0]} is more consistent with it, by {_in_100(found.value)} in 100 "
            f"(between {_in_100(found.low)} and {_in_100(found.high)})."
        )

    def ahead(self, first: int, second: int, pattern: int | None = None) -> int | None:
        """Which of two theories is more consistent with what was seen; None when they are not told apart."""
        found = self.difference(first, second, pattern)
        return (first if found.value > 0 else second) if found.sure else None

    def _in(self, theory: int, pattern: int | None) -> Answers:
        shown = self.shown[theory]
        return np.asarray(shown.all(axis=1) if pattern is None else shown[:, pattern])


def compare(  # noqa: PLR0913  what was seen, in which worlds, and who watches
    patterns: Sequence[Pattern],
    scenarios: Mapping[str, Scenario],
    *,
    worlds: Worlds,
    count: int,
    simulate: Callable[..., Ensemble] = simulate_ensemble,
    progress: Progress = lambda share, words: None,
) -> Rivalry:
    """Run what was done when `patterns` were seen under every theory, the models of `worlds`.

    The scenarios are those of the first; a link that one of them changes and a theory does not have is left
    out there. `simulate` is :func:`loops.ensemble.simulate.simulate_ensemble`, perhaps with threads or a
    cluster named. When it is cut short the worlds that all theories ran are the result, which says so. Raises
    :class:`ValueError` for fewer than two theories, no pattern or too many, and names that are not there, and
    :class:`loops.simulate.DidNotFinish`.
    """
    if len(worlds.models) < 2:
        raise ValueError("give at least two theories to compare")
    if not 1 <= len(patterns) <= MOST:
        raise ValueError(f"{len(patterns)} patterns: give at least 1 and at most {MOST}")
    runs = [pattern.run.of(worlds.models[0], scenarios) for pattern in patterns]
    found, stopped, done = [], "", count
    for number, theory in enumerate(worlds.models):
        told = _part(progress, number, len(worlds.models))
        asked = Comparison.of(theory, (), _questions(theory, patterns, runs))
        ensemble = simulate(asked, worlds=worlds, count=max(done, 1) if number else count, progress=told)
        levels = ensemble.outcomes.astype(float).reshape(-1, len(patterns), 2)
        change = levels[..., 1] - levels[..., 0]
        found.append(np.stack([each.shown(change[:, p]) for p, each in enumerate(patterns)], axis=1))
        stopped, done = stopped or ensemble.stopped, min(done, ensemble.done)
    shown = np.stack([each[:done] for each in found])
    titles = tuple(theory.title for theory in worlds.models)
    return Rivalry(titles, tuple(patterns), shown, count, worlds.seed, worlds.width, stopped)


def _questions(theory: Model, patterns: Sequence[Pattern], runs: Sequence[Scenario]) -> list[Question]:
    """The level at the beginning and at the end of every pattern, under what `theory` makes of its run."""
    return [
        Question(_fitted(theory, run), None, pattern.variable, month)
        for pattern, run in zip(patterns, runs, strict=True)
        for month in (pattern.since, pattern.until)
    ]


def _part(progress: Progress, number: int, of: int) -> Progress:
    return lambda share, words: progress((number + share) / of, words)


def _fitted(theory: Model, run: Scenario) -> Scenario:
    there = tuple(change for change in run.links if (change.source, change.target) in theory.signs)
    return replace(run, model=theory.id, links=there)


def _in_100(share: float) -> str:
    return f"{100 * share:.0f}"
