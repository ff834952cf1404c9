"""The second step of a stress test: reasons for the verdicts, where evidence pays, what each lever does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from loops.ensemble.comparison import Question
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import Progress, simulate_ensemble
from loops.theory.claims import Claim
from loops.theory.explain import Explained, explain_in
from loops.theory.gaps import GapMap, doubts, gap_map
from loops.theory.indices import FEWEST_WORLDS
from loops.theory.levers import LeverRanking, lever_ranking
from loops.theory.sample import sample


@dataclass(frozen=True)
class Why:
    """What lies behind the verdicts on claims, read in worlds of one width."""

    explained: tuple[Explained, ...]
    """In the order of the claims."""
    gaps: GapMap | None
    """Not run without claims, and in fewer than 64 worlds."""
    levers: LeverRanking | None
    """Not run when no plan was named."""


def why(
    claims: Sequence[Claim],
    ensemble: Ensemble,
    *,
    plan: Question | None = None,
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> Why:
    """Look behind the claims whose questions are the first of an ensemble's.

    The levers of the run of `plan` are ranked by what its variable loses at its month. `progress` may raise
    to stop. Raises what :func:`loops.theory.explain.explain` raises, and :class:`ValueError` for a plan that
    does not fit.
    """
    drawn = sample(
        claims, ensemble, threads=threads, progress=lambda share: progress(0.1 * share, "trying versions")
    )
    explained = explain_in(
        drawn, threads=threads, progress=lambda share, words: progress(0.1 + 0.6 * share, words)
    )
    gaps = None
    if claims and len(drawn.values) >= FEWEST_WORLDS:
        found = doubts(drawn, progress=lambda share: progress(0.7 + 0.2 * share, "where evidence is missing"))
        gaps = gap_map(ensemble.comparison.model, found)
    ranked = None
    if plan:
        ranked = lever_ranking(
            ensemble.comparison.model,
            plan,
            worlds=drawn.worlds,
            simulate=partial(simulate_ensemble, threads=threads),
            progress=lambda share, words: progress(0.9 + 0.1 * share, f"what each lever does, {words}"),
        )
    progress(1.0, "reasons")
    return Why(tuple(explained), gaps, ranked)
