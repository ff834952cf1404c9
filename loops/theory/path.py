"""How much of an effect runs along a path, in the model: what is lost when one of its links carries less.

Each link of the path is tried in two ways. *Frozen*: in the run it carries what it carries in the comparison
run, and everything else goes on as it would; what the effect loses then is what passed through that link (an
edge intervention: Avin, Shpitser & Pearl 2005, Identifiability of path-specific effects, IJCAI). *Cut*: both
runs go without the link; that also takes away what the link does when nothing is tried, so it answers another
question: how much the effect needs the link to be there.

An effect that runs along the whole path passes every one of its links. Where no way through them works
against the effect, no more than the smallest share does, and it may be less, since other ways may lead
through each link. Where one does (a brake beside the path), a link's share is what both leave, and the path
may carry more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.runs import TOLERANCE
from loops.ensemble.work import Work
from loops.kernel import Floats
from loops.model import Model
from loops.reference import left_out
from loops.simulate import run_block
from loops.theory.indices import INTERVAL, resamples
from loops.theory.twin import Pair, frozen
from loops.validity import no_such_link
from loops.worlds import Worlds

WORLDS = 512
"""Worlds over which an effect is shared out, from the first on."""
MOST_LINKS = 50
MOST_WORK = 1_000_000_000
"""Steps times rows, links and worlds, some seconds of computing: of a large model fewer worlds are run."""
LEAST_EFFECT = 0.005
"""A mean effect below this is too small to be shared out."""


@dataclass(frozen=True)
class Share:
    """A share of the effect with its 95% interval; above 1 or below 0 where the rest works against it."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class LinkShare:
    """What is lost of the effect when a link of the path is frozen, and when it is cut."""

    pair: Pair
    frozen: Share
    cut: Share
    shared_with: tuple[str, ...]
    """Other named loops that the link is part of: what is lost with it is not lost to the path alone."""


@dataclass(frozen=True)
class PathShare:
    """A mean effect shared out; no link has a share of one that is too small (`ended`)."""

    ended: Literal["measured", "no effect"]
    effect: float
    worlds: int
    links: tuple[LinkShare, ...] = ()

    @property
    def weakest(self) -> LinkShare:
        """The link through which least of the effect passes, what works against it taken off.

        Raises :class:`ValueError` when no share was measured.
        """
        return min(self.links, key=lambda link: link.frozen.value)


def path_share(model: Model, question: Question, path: Sequence[Pair], *, worlds: Worlds) -> PathShare:
    """Share out the mean effect that `question` asks for, over the first 512 worlds, by the links of `path`.

    Raises :class:`ValueError` for a question about one run, for no link or more than 50, and for a pair that
    no link joins; :class:`loops.simulate.DidNotFinish` when a run is stopped.
    """
    if question.against is None:
        raise ValueError("there is no comparison run: an effect is a difference between two runs")
    if not 1 <= len(path) <= MOST_LINKS:
        raise ValueError(f"a path of {len(path)} links: give 1 to {MOST_LINKS}")
    for pair in path:
        if pair not in model.signs:
            raise ValueError(no_such_link(model, *pair))
    asked = [question, *(_without(model, question, pair) for pair in path)]
    work = Work.of(Comparison.of(model, questions=asked), worlds)
    count = int(np.clip(MOST_WORK // (2 * work.size), 1, WORLDS))
    outcomes = work.run(0, count).outcomes.astype(float)
    effect, cut = outcomes[:, 0], outcomes[:, 1:]
    if abs(effect.mean()) < LEAST_EFFECT:
        return PathShare("no effect", float(effect.mean()), count)
    held = _frozen_effects(work, path, count)
    weights = np.vstack([np.full(count, 1 / count), resamples(count, worlds.seed)])
    return PathShare(
        "measured",
        float(effect.mean()),
        count,
        tuple(
            LinkShare(
                pair,
                _share(held[:, place], effect, weights),
                _share(cut[:, place], effect, weights),
                _shared_with(model, pair, path),
            )
            for place, pair in enumerate(path)
        ),
    )


def _without(model: Model, question: Question, pair: Pair) -> Question:
    """The same question of a model without a link."""
    return replace(
        question,
        run=left_out(model, question.run, without=(), cut=(pair,)),
        against=question.against and left_out(model, question.against, without=(), cut=(pair,)),
    )


def _frozen_effects(work: Work, path: Sequence[Pair], count: int) -> Floats:
    """The first question's effect in each world with each link of the path frozen, (W, P)."""
    runs = work.runs
    run, against, month, row = work.answered[0]
    months, n = work.comparison.months[month : month + 1], len(runs.equations.variables)
    effects = np.empty((count, len(path)))
    for first in range(0, count, work.together):
        units = work.worlds.units(first, min(work.together, count - first))
        versions = work.assumptions.versions(units)
        ours, theirs = runs.lanes(run, versions), runs.lanes(against or 0, versions)
        for place, pair in enumerate(path):
            wiring, lanes = frozen(runs.equations, ours, theirs, pair)
            levels = run_block(wiring, lanes, months, tolerance=TOLERANCE, mesh=runs.mesh).levels[0]
            effects[first : first + len(units), place] = levels[n + row] - levels[row]
    return effects


def _share(left: Floats, effect: Floats, weights: Floats) -> Share:
    """The share of the mean effect that is gone where `left` is left of it; `weights` are the resamples."""
    shares = 1 - (weights @ left) / (weights @ effect)
    low, high = np.percentile(shares[1:], INTERVAL)
    return Share(float(shares[0]), float(low), float(high))


def _shared_with(model: Model, pair: Pair, path: Sequence[Pair]) -> tuple[str, ...]:
    return tuple(loop.id for loop in model.loops if pair in loop.pairs and set(loop.pairs) != set(path))
