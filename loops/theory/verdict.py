"""Verdicts: in which share of worlds a claim holds, how sure that share is, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from loops.kernel import Floats
from loops.spread import WIDTHS, Width
from loops.theory.claims import Claim

Word = Literal["supported", "partly", "not supported", "not run"]
SUPPORTED = 0.9
"""Share of worlds from which on our assumptions support a claim: "very likely" in the calibrated words of the
IPCC (Mastrandrea et al. 2010)."""
PARTLY = 0.5
"""Share from which on they support it partly; below it the claim fails more often than it holds."""
Z = 1.959963984540054
"""The normal distribution's 97.5% point: intervals are of 95%."""


def wilson(held: int, of: int) -> tuple[float, float]:
    """Wilson's score interval (1927) of a share `held` / `of`, at 95%; everything, (0, 1), of nothing.

    The p with \\|share - p\\| <= z sqrt(p (1 - p) / n); right for 0 and for all of n too.
    """
    if not of:
        return 0.0, 1.0
    share = held / of
    middle = (share + Z**2 / (2 * of)) / (1 + Z**2 / of)
    half = Z / (1 + Z**2 / of) * sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


@dataclass(frozen=True)
class Share:
    """In how many of the worlds of one width a claim holds."""

    width: Width
    held: int
    worlds: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; not a number when no world was run."""
        return self.held / self.worlds if self.worlds else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """From where to where the share over all worlds of this width lies, by sampling error alone, at 95%.

        It is Wilson's (:func:`wilson`), which is for independent draws; a scrambled Sobol sequence is at
        least as even in practice, so it says no less than the truth.
        """
        return wilson(self.held, self.worlds)

    @property
    def word(self) -> Word:
        """What the share is called.

        >>> Share("middle", 95, 100).word, Share("middle", 50, 100).word, Share("middle", 49, 100).word
        ('supported', 'partly', 'not supported')
        """
        if not self.worlds:
            return "not run"
        return (
            "supported" if self.value >= SUPPORTED else "partly" if self.value >= PARTLY else "not supported"
        )


@dataclass(frozen=True)
class Verdict:
    """What our assumptions say to a claim at each width, narrow first."""

    claim: Claim
    shares: tuple[Share, ...]

    @property
    def range(self) -> tuple[float, float]:
        """The lowest and the highest share over the widths that were run; not a number when none was."""
        run = [share.value for share in self.shares if share.worlds]
        return (min(run), max(run)) if run else (float("nan"), float("nan"))

    @property
    def words(self) -> tuple[Word, ...]:
        """The best word of the widths that were run and the worst, once if they are the same."""
        run = sorted((share for share in self.shares if share.worlds), key=lambda share: -share.value)
        return tuple(dict.fromkeys(share.word for share in (run[0], run[-1]))) if run else ("not run",)


def judge(claim: Claim, differences: Mapping[Width, Floats]) -> Verdict:
    """The verdict on a claim from the run's level minus the other's in each world, (W,) for each width."""
    shares = [
        Share(width, int(np.count_nonzero(claim.outcome.holds(each))), each.size)
        for width in WIDTHS
        if (each := differences.get(width)) is not None
    ]
    return Verdict(claim, tuple(shares))


def weakest_first(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts by the lowest share over the widths, then by the highest; those not run come last."""
    return sorted(verdicts, key=lambda each: [2.0 if np.isnan(share) else share for share in each.range])
