"""Scenario discovery: in which versions of the assumptions a claim tends to fail, as a few conditions.

Half of the worlds choose the box (:mod:`loops.theory.prim`), the other half say whether each of its
conditions is more than luck, and how much the box covers. Reference: Bryant & Lempert (2010), Technol.
Forecast. Soc. Change 77:34-49, whose quasi-p-value is made exact here: the worlds it is read from did not
choose the box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import hypergeom

from loops.kernel import Floats, Ints
from loops.theory.prim import Bools, Box, best_box

FEWEST_FAILURES = 20
"""Failures, and worlds that hold, below which no pattern is looked for."""
CHANCE = 0.05
"""How often a column that plays no part may be named, over all conditions of a box together."""
MOST_CONDITIONS = 3
"""Conditions in one sentence: the surest."""

Ended = Literal["found", "nothing found", "none fail", "all fail", "too few fail", "too few hold"]


@dataclass(frozen=True)
class Condition:
    """One column of a box: between which values (None where not bounded), and how many of all worlds are."""

    name: str
    low: float | None
    high: float | None
    share: float
    chance: float
    """How often luck alone would crowd the failures so, times the conditions tried (Bonferroni)."""


@dataclass(frozen=True)
class Discovery:
    """When something tends to fail, or why that cannot be said (`ended`)."""

    ended: Ended
    worlds: int
    failures: int
    conditions: tuple[Condition, ...] = ()
    coverage: float = 0.0
    """Share of the failures that meet the conditions, in the half of the worlds that did not choose them."""
    density: float = 0.0
    """Share that fails of the worlds that meet the conditions, in the same half."""


def fails_when(values: Floats, names: Sequence[str], fails: Bools, *, seed: int) -> Discovery:
    """Look for the conditions under which worlds fail.

    `values` is (W, C) in any units that keep the order, columns named `names`; `fails` is (W,). `seed` deals
    the worlds into halves, failures evenly. Raises :class:`ValueError` for shapes that do not agree, and for
    values that are not numbers.
    """
    if values.shape != (fails.size, len(names)):
        raise ValueError(
            f"{values.shape[0]} worlds with {values.shape[1]} columns do not go with {fails.size} outcomes "
            f"and {len(names)} names"
        )
    if np.isnan(values).any():
        raise ValueError("a value is not a number")
    worlds, failures = fails.size, int(fails.sum())
    if ended := _too_plain(worlds, failures):
        return Discovery(ended, worlds, failures)
    order = np.random.default_rng(seed).permutation(worlds)
    order = order[np.argsort(fails[order], kind="stable")]
    chosen, box, chances = _borne_out(values, fails, order[::2], order[1::2])
    if not chosen.size:
        return Discovery("nothing found", worlds, failures)
    inside, other = box.holds(values[np.ix_(order[1::2], chosen)]), fails[order[1::2]]
    hits = np.sum(inside & other)
    return Discovery(
        "found",
        worlds,
        failures,
        tuple(
            _condition(names[c], values[:, c], low, high, chance)
            for c, low, high, chance in zip(chosen, *box.bounds, chances, strict=True)
        ),
        coverage=float(hits / other.sum()),
        density=float(hits / inside.sum()),
    )


def _too_plain(worlds: int, failures: int) -> Ended | None:
    """Why there is no pattern to look for, if so."""
    if failures == 0:
        return "none fail"
    if failures == worlds:
        return "all fail"
    if failures < FEWEST_FAILURES:
        return "too few fail"
    return "too few hold" if worlds - failures < FEWEST_FAILURES else None


def _borne_out(values: Floats, fails: Bools, first: Ints, second: Ints) -> tuple[Ints, Box, Floats]:
    """Columns, box over them and chance of each: chosen by the `first` worlds, borne out by the `second`.

    Columns that are not borne out are left aside and the box is chosen anew, until all are: a slice lost to
    luck is one that the other columns did not get.
    """
    chosen = np.arange(values.shape[1])
    while True:
        box = best_box(values[np.ix_(first, chosen)], fails[first])
        asked = box.restricted
        logs = _log_chances(box, values[np.ix_(second, chosen)], fails[second]) + np.log(max(asked.size, 1))
        surest = np.argsort(logs, kind="stable")[:MOST_CONDITIONS]
        kept = np.sort(surest[logs[surest] <= np.log(CHANCE)])
        chosen = chosen[asked[kept]]
        if kept.size in (0, asked.size):
            return chosen, Box(box.bounds[:, asked]), np.exp(logs)


def _log_chances(box: Box, values: Floats, fails: Bools) -> Floats:
    """For each restricted column, the log of how often luck alone would leave as many failures in the box.

    Of the n worlds inside when that column is not asked, k fail; drawing those inside the box at random from
    them gives at least as many failures with the hypergeometric probability. A box that is empty here, 1.
    """
    inside = box.holds(values)
    hits = np.sum(inside & fails)
    logs = np.zeros(box.restricted.size)
    for place, c in enumerate(box.restricted):
        wider = box.holds(values, but=c)
        if hits:
            logs[place] = hypergeom.logsf(hits - 1, wider.sum(), np.sum(wider & fails), inside.sum())
    return logs


def _condition(name: str, column: Floats, low: float, high: float, chance: float) -> Condition:
    share = float(np.mean((column >= low) & (column <= high)))
    return Condition(
        name,
        float(low) if np.isfinite(low) else None,
        float(high) if np.isfinite(high) else None,
        share,
        float(chance),
    )
