"""A stress test: every claim about a model, asked of many worlds at each width of assumptions."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from loops.ensemble.comparison import Comparison, Question
from loops.ensemble.ensemble import Ensemble
from loops.ensemble.simulate import Progress, simulate_ensemble
from loops.model import Model
from loops.scenario import Scenario
from loops.spread import WIDTHS, Width
from loops.theory.claims import Claim
from loops.theory.verdict import Verdict, judge
from loops.worlds import Worlds

LEAST = 4_096
"""Worlds at the narrow and the wide width, or as many as are asked for: at worst 1.5 points either way."""


def ask(
    model: Model,
    scenarios: Mapping[str, Scenario],
    claims: Sequence[Claim],
    *,
    shown: Sequence[Scenario] = (),
    months: int | None = None,
) -> Comparison:
    """The comparison that asks every claim's question, in order, and counts the levels of those `shown`.

    It runs to month `months` and at least to the last month of a claim; without either to the model's
    horizon. Where the first one shown is another's yardstick, their differences are counted too. Raises
    :class:`ValueError` for what is not there, and when nothing is asked.
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
    latest = max([claim.outcome.month for claim in claims], default=0)
    horizon = max(latest, months or 0) or model.horizon
    pairs = [(plan, shown[0]) for plan in shown[1:]]
    return Comparison.of(model, shown, questions, pairs=pairs, horizon=horizon)


def how_many(worlds: int) -> dict[Width, int]:
    """Worlds for each width, in the order they are run: `worlds` at the middle one, of which bands are drawn.

    A verdict's range needs fewer: a tenth at the others, but not below 4,096.

    >>> how_many(100_000), how_many(500)
    ({'middle': 100000, 'narrow': 10000, 'wide': 10000}, {'middle': 500, 'narrow': 500, 'wide': 500})
    """
    others = min(worlds, max(LEAST, worlds // 10))
    return {"middle": worlds, "narrow": others, "wide": others}


def run(
    asked: Comparison,
    *,
    worlds: int,
    seed: int,
    simulate: Callable[..., Ensemble] = simulate_ensemble,
    progress: Progress = lambda share, words: None,
) -> list[Ensemble]:
    """The ensembles of the three widths, the middle one first; only that one has bands.

    `simulate` is :func:`loops.ensemble.simulate.simulate_ensemble`, perhaps with threads or a cluster named.
    When one of them is cut short the next are not run. Raises what `simulate` raises.
    """
    counts = how_many(worlds)
    if not asked.questions:  # nothing to judge: only bands
        counts = {"middle": worlds}
    found: list[Ensemble] = []
    before, every = 0, sum(counts.values())
    for width, count in counts.items():

        def tell(share: float, words: str, start: int = before, size: int = count, at: Width = width) -> None:
            progress((start + share * size) / every, f"{at} width, {words}")

        found.append(
            simulate(
                asked if width == "middle" else replace(asked, scenarios=(), pairs=()),
                worlds=Worlds.of([asked.model], width=width, seed=seed),
                count=count,
                progress=tell,
            )
        )
        before += count
        if found[-1].stopped:
            break
    return found


def verdicts(claims: Sequence[Claim], ensembles: Iterable[Ensemble]) -> list[Verdict]:
    """The verdicts in the order of the claims, from ensembles whose first questions are those of `ask`."""
    outcomes = {each.width: each.outcomes.T for each in ensembles}
    return [
        judge(claim, {width: columns[place] for width, columns in outcomes.items()})
        for place, claim in enumerate(claims)
    ]


def digest(ensembles: Iterable[Ensemble]) -> str:
    """A fingerprint of all the ensembles, narrow first: equal ones are bitwise equal results."""
    ordered = sorted(ensembles, key=lambda each: WIDTHS.index(each.width))
    return hashlib.sha256("".join(each.digest for each in ordered).encode()).hexdigest()
