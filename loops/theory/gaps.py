"""Evidence gaps: how much the verdicts depend on each arrow, against how well that arrow is known.

Where the next bit of evaluation pays most: the first-order index of whether a claim holds is the share of the
doubt about it that would go, on average, if the numbers of one arrow were known (factor prioritization:
Saltelli et al., Global Sensitivity Analysis, 2008, section 1.2.14). Over many claims the shares are weighted
by how much doubt there is about each, p (1 - p) for one that holds in a share p of the worlds: a claim that
holds everywhere or nowhere asks for no more evidence. This is the generalized index of several outcomes
(Lamboni, Monod & Makowski 2011, Reliab. Eng. Syst. Saf. 96:450-459).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from loops.equations import Equations
from loops.model import Link, Model
from loops.spread import keys_of
from loops.theory.indices import Indices, first_orders, groups_of
from loops.theory.sample import Sample

WEAKEST_FIRST = ("assumed", "contested", "inferred", "stated")
"""Grades of evidence; what nobody has written down is known least."""
UNKNOWN = "not known"
"""In place of a grade, for a sign."""
CIRCUMSTANCE, OWN = "a circumstance", "a guess of ours"
"""In place of a grade, for what is no arrow: circumstances vary, and a box's own numbers have no source."""
PAYS = 0.05
"""Share of the doubt from which on an arrow is worth an evaluator's time: one of twenty equal ones."""


@dataclass(frozen=True)
class Gap:
    """One arrow, box or circumstance: how well it is known, and how much doubt would go if it were."""

    group: str
    grade: str
    """How an arrow's existence and sign are known; or what it is instead of an arrow."""
    numbers: Mapping[str, str]
    """The grades of its threshold and its delay, where it has them; that its sign is not known."""
    influence: float
    low: float
    high: float
    """From where to where it is, at 95%: the claims' own intervals, as if all erred the same way at once."""
    decides: tuple[str, ...]
    """The claims of whose doubt this arrow explains more than any other number does, surely above nothing."""

    @property
    def pays(self) -> bool:
        """Whether the next bit of evaluation pays here: much depends on it, and not all of it is stated."""
        return self.influence >= PAYS and any(
            grade != "stated" for grade in (self.grade, *self.numbers.values())
        )


@dataclass(frozen=True)
class GapMap:
    """The arrows by influence, and what is no arrow; none when there is no doubt about any claim."""

    doubt: float
    """Mean of p (1 - p) over the claims, at most a quarter."""
    links: tuple[Gap, ...]
    others: tuple[Gap, ...]
    """A box's own start, gain and fade, which no source is asked for, and circumstances."""

    def by_grade(self) -> dict[str, float]:
        """The doubt that the arrows of each grade explain together, the least known grade first."""
        return {
            grade: sum(gap.influence for gap in self.links if gap.grade == grade) for grade in WEAKEST_FIRST
        }


def doubts(drawn: Sample, *, progress: Callable[[float], None] = lambda share: None) -> dict[str, Indices]:
    """How much of the doubt about each claim every group of columns explains alone, by the claim's id.

    Raises what :func:`loops.theory.indices.first_orders` raises.
    """
    holds = np.column_stack(
        [claim.outcome.holds(drawn.outcomes[:, q]) for q, claim in enumerate(drawn.claims)]
    ).astype(float)
    groups = groups_of(drawn.worlds.columns)
    found = first_orders(drawn.values, holds, groups, seed=drawn.worlds.seed, progress=progress)
    return {claim.id: indices for claim, indices in zip(drawn.claims, found, strict=True)}


def gap_map(model: Model, doubt: Mapping[str, Indices]) -> GapMap:
    """The map of one model's arrows from the indices of its claims' :func:`doubts`.

    A claim whose verdict is the same in every world counts as one without doubt.
    """
    weights = {claim: indices.variance for claim, indices in doubt.items() if indices.ranked}
    total = sum(weights.values())
    if not total:
        return GapMap(0.0, (), ())
    known = Equations.of(model).links
    links = dict(zip(keys_of(known), known, strict=True))
    gaps = []
    for group in sorted({index.group for claim in weights for index in doubt[claim].ranked}):
        each = [(weight / total, doubt[claim][group]) for claim, weight in weights.items()]
        link = links.get(group)
        first = (claim for claim in weights if doubt[claim].ranked[0].group == group)
        gaps.append(
            Gap(
                group,
                link.grade if link else CIRCUMSTANCE if group.startswith("context ") else OWN,
                _numbers(link) if link else {},
                influence=sum(weight * index.value for weight, index in each),
                low=sum(weight * index.low for weight, index in each),
                high=sum(weight * index.high for weight, index in each),
                decides=tuple(claim for claim in first if doubt[claim].ranked[0].low > 0),
            )
        )
    gaps.sort(key=lambda gap: (-gap.influence, gap.group))
    return GapMap(
        total / len(doubt),
        tuple(gap for gap in gaps if gap.group in links),
        tuple(gap for gap in gaps if gap.group not in links),
    )


def _numbers(link: Link) -> dict[str, str]:
    """What of a link is known apart from its existence, with its grade; a sign only where it is not."""
    known = {
        "sign": (link.polarity == "?", UNKNOWN),
        "threshold": (link.threshold, link.threshold_evidence),
        "delay": (link.delay, link.delay_evidence),
    }
    return {name: grade for name, (number, grade) in known.items() if number}
