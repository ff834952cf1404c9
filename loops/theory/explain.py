"""Why a claim holds or not: when it tends to fail, which numbers decide, and how much runs along its path."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.work import Work
from loops.kernel import Floats
from loops.model import Model
from loops.theory.claims import Claim
from loops.theory.discovery import Discovery, fails_when
from loops.theory.humps import Humps, two_humps
from loops.theory.indices import FEWEST_WORLDS, Indices, first_order, first_orders, groups_of
from loops.theory.path import PathShare, path_share
from loops.theory.sample import Sample, sample
from loops.theory.told import Way
from loops.theory.totals import BASE, most_influential, totals
from loops.worlds import Worlds

MOST_WORK = 1_000_000_000
"""Steps times rows, links and worlds for the total indices of one claim, some seconds of computing."""
LEAST_BASE = 32
"""With less of a design than this a total index says nothing, and none is run."""

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Explained:
    """What lies behind one claim's verdict; None is what was not run."""

    claim: Claim
    way: Way
    """What the discovery is about: where the claim fails, or where it holds if that is seldomer."""
    discovery: Discovery
    first: Indices | None
    """How much of the outcome each group of columns explains alone; not run in fewer than 64 worlds."""
    totals: Indices | None
    """How much it has a part in, for the twelve most influential; not run for a very large model."""
    humps: Humps | None
    sustained: Indices | None
    """Where the outcome has two humps: how much of being on the upper one each group explains alone."""
    path: PathShare | None
    """Not run for a claim without a path, or about one run."""


def explain(
    claims: Sequence[Claim],
    ensemble: Ensemble,
    *,
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> list[Explained]:
    """Look behind the claims whose questions are the first of an ensemble's, in independent worlds.

    Everything random is drawn with the ensemble's seed, and the number of threads changes nothing. `progress`
    may raise to stop. Raises :class:`ValueError` when no world has run, and
    :class:`loops.simulate.DidNotFinish` when a run is stopped.
    """
    told = partial(_part, progress, 0.0, 0.1, "trying versions")
    drawn = sample(claims, ensemble, threads=threads, progress=told)
    return explain_in(
        drawn, threads=threads, progress=lambda share, words: progress(0.1 + 0.9 * share, words)
    )


def explain_in(
    drawn: Sample, *, threads: int = 2, progress: Progress = lambda share, words: None
) -> list[Explained]:
    """The same in worlds that are at hand."""
    worlds, steps = drawn.worlds, len(drawn.claims) + 1
    first: list[Indices | None] = [None] * len(drawn.claims)
    if len(drawn.values) >= FEWEST_WORLDS:
        told = partial(_part, progress, 0.0, 1 / steps, "which numbers decide")
        groups = groups_of(worlds.columns)
        first = [
            *first_orders(drawn.values, drawn.outcomes, groups, seed=worlds.seed, progress=told),
        ]
    pool, explained = ThreadPoolExecutor(threads), []
    try:
        look = partial(_look_behind, worlds, drawn.values)
        for each in pool.map(look, drawn.claims, drawn.questions, drawn.outcomes.T, first):
            explained.append(each)
            progress((1 + len(explained)) / steps, f"looked behind: {each.claim.sentence}")
    finally:
        pool.shutdown(cancel_futures=True)
    return explained


def _part(progress: Progress, begin: float, size: float, words: str, share: float) -> None:
    progress(begin + size * share, words)


def _look_behind(  # noqa: PLR0913, PLR0917  one claim's columns of everything
    worlds: Worlds, values: Floats, claim: Claim, question: Question, outcome: Floats, first: Indices | None
) -> Explained:
    model, seed, groups = worlds.models[0], worlds.seed, groups_of(worlds.columns)
    fails = ~claim.outcome.holds(outcome)
    way: Way = "fail" if fails.mean() <= 0.5 else "hold"
    found = fails_when(values, worlds.columns, fails if way == "fail" else ~fails, seed=seed)
    humps, links = two_humps(outcome), claim.links(model)
    sustained = None
    if humps:
        sustained = first_order(values, (outcome > humps.between).astype(float), groups, seed=seed)
    return Explained(
        claim=claim,
        way=way,
        discovery=found,
        first=first,
        totals=first and total_indices(model, question, most_influential(first, groups), worlds=worlds),
        humps=humps,
        sustained=sustained,
        path=path_share(model, question, links, worlds=worlds) if links and question.against else None,
    )


def total_indices(
    model: Model, question: Question, groups: Mapping[str, Sequence[int]], *, worlds: Worlds
) -> Indices | None:
    """The total indices of some groups of columns, or None for a model too large for a design that says much.

    Raises :class:`loops.simulate.DidNotFinish` when a run is stopped.
    """
    work = Work.of(Comparison.of(model, questions=[question]), worlds)
    fits = MOST_WORK // (work.size * (len(groups) + 1))
    if not groups or fits < LEAST_BASE:
        return None
    base = min(BASE, 1 << (fits.bit_length() - 1))

    def evaluate(units: Floats) -> Floats:
        answers: Floats = work.at(units).outcomes[:, 0].astype(np.float64)
        return answers

    return totals(evaluate, len(worlds.columns), groups, base=base, seed=worlds.seed)
