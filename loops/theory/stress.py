"""A stress test: every claim about a model, asked of many worlds at each width of assumptions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from loops.ensemble.cluster import ClusterError
from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import Progress, simulate_ensemble
from loops.model import Model
from loops.scenario import Scenario
from loops.spread import Width
from loops.theory.claims import Claim
from loops.theory.verdict import Verdict, judge
from loops.worlds import Worlds

LEAST = 4_096
"""Worlds in which claims are judged, or as many as are asked for: shares are then known to 1.5 points."""


class Job(NamedTuple):
    """One of the ensembles that a stress test is made of."""

    comparison: Comparison
    width: Width
    worlds: int


def ask(model: Model, scenarios: Mapping[str, Scenario], claims: Sequence[Claim]) -> Comparison:
    """The comparison that asks the question of every claim, in order.

    Raises :class:`ValueError` for what is not there, and when there is no claim.
    """
    questions = [
        Question(
            claim.run.of(model, scenarios),
            claim.against.of(model, scenarios) if claim.against else None,
            claim.outcome.variable,
            claim.outcome.month,
        )
        for claim in claims
    ]
    return Comparison.of(model, questions=questions)


def bands(model: Model, shown: Sequence[Scenario], months: int) -> Comparison:
    """The comparison that counts the levels of those `shown`, and how far each is from the first of them.

    Raises :class:`ValueError` for a scenario that does not fit.
    """
    return Comparison.of(model, shown, pairs=[(plan, shown[0]) for plan in shown[1:]], horizon=months)


def judged_in(worlds: int) -> int:
    """In how many worlds at each width claims are judged when there are `worlds` for the bands.

    Claims run many more scenarios, and a share is known well enough from a twentieth of the worlds. Raises
    :class:`ValueError` when no world is asked for.

    >>> judged_in(100_000), judged_in(10_000), judged_in(500)
    (5000, 4096, 500)
    """
    if worlds < 1:
        raise ValueError("ask for at least one world")
    return min(worlds, max(LEAST, worlds // 20))


def jobs(asked: Comparison | None, shown: Comparison, worlds: int) -> list[Job]:
    """What to run: the claims at the middle width first, then at the others, then the bands."""
    few = judged_in(worlds)
    order: tuple[Width, ...] = ("middle", "narrow", "wide")
    claims = [Job(asked, width, few) for width in order] if asked else []
    return [*claims, Job(shown, "middle", worlds)]


def run(
    todo: Sequence[Job],
    *,
    seed: int,
    simulate: Callable[..., Ensemble] = simulate_ensemble,
    progress: Progress = lambda share, words: None,
) -> list[Ensemble]:
    """The ensembles of the jobs, in order.

    `simulate` is :func:`loops.ensemble.simulate.simulate_ensemble`, perhaps with threads or a cluster named.
    When one of them is interrupted the next are not run; one that is cut short because the model is large is
    followed by the others. Raises what `simulate` raises, but for a cluster that fails after the first job.
    """
    found: list[Ensemble] = []
    for place, job in enumerate(todo):
        drawn = Worlds.of([job.comparison.model], width=job.width, seed=seed)
        told = _part(progress, todo, place)
        try:
            found.append(simulate(job.comparison, worlds=drawn, count=job.worlds, progress=told))
        except ClusterError as why:  # what was found before it failed is not lost
            if not found:
                raise
            found[-1] = replace(found[-1], stopped=found[-1].stopped or str(why), interrupted=True)
        if found[-1].interrupted:
            break
    return found


def _part(progress: Progress, todo: Sequence[Job], place: int) -> Progress:
    """The progress of one job as that of all: by how many runs each has."""
    sizes = [len(job.comparison.runs) * job.worlds for job in todo]
    what = "claims" if todo[place].comparison.questions else "bands"

    def tell(share: float, words: str) -> None:
        done = (sum(sizes[:place]) + share * sizes[place]) / sum(sizes)
        progress(done, f"{what}, {todo[place].width} width, {words}")

    return tell


def verdicts(claims: Sequence[Claim], ensembles: Iterable[Ensemble]) -> list[Verdict]:
    """The verdicts in the order of the claims, from the ensembles that were asked their questions."""
    outcomes = {each.width: each.outcomes.T for each in ensembles if each.comparison.questions}
    return [
        judge(claim, {width: columns[place] for width, columns in outcomes.items()})
        for place, claim in enumerate(claims)
    ]


def digest(ensembles: Iterable[Ensemble]) -> str:
    """A fingerprint of ensembles in their order: equal ones are bitwise equal results."""
    return hashlib.sha256("".join(each.digest for each in ensembles).encode()).hexdigest()
