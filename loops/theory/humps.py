"""Whether an outcome falls into two camps, so that its mean describes no world at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import gaussian_filter1d

from loops.kernel import Floats

_BINS = 256
DEPTH = 0.5
"""Two humps are told apart by a valley at most this high, as a share of the lower of them."""
SHARE = 0.05
"""Share of the worlds that each hump must hold."""
FEWEST_WORLDS = 100


@dataclass(frozen=True)
class Humps:
    """An outcome in two camps: the value between them, where each is densest, and the share above."""

    between: float
    lower: float
    upper: float
    share_above: float


def two_humps(outcome: Floats) -> Humps | None:
    """The two humps of an outcome (W,), or None: one hump, one value, or under 100 worlds.

    The density is a Gaussian kernel estimate with Silverman's robust bandwidth, .9 min(sd, IQR / 1.34)
    W^(-1/5) (Density Estimation, 1986, eq. 3.31). Of all ways to split it, the deepest valley between the
    highest points on either side counts.
    """
    spread = np.ptp(outcome)
    if outcome.size < FEWEST_WORLDS or not spread > 0:
        return None
    counts, edges = np.histogram(outcome, bins=_BINS)
    middles, bin_width = (edges[:-1] + edges[1:]) / 2, spread / _BINS
    quarter, three = np.percentile(outcome, [25, 75])
    scale = min(outcome.std(), (three - quarter) / 1.34) or outcome.std()
    bandwidth = 0.9 * scale * outcome.size**-0.2
    density = gaussian_filter1d(counts.astype(float), max(bandwidth / bin_width, 0.5), mode="constant")
    left, right = np.maximum.accumulate(density), np.maximum.accumulate(density[::-1])[::-1]
    above = 1 - np.cumsum(counts) / outcome.size
    depth = density / np.minimum(left, right)
    depth[(above < SHARE) | (above > 1 - SHARE)] = 1.0
    valley = int(depth.argmin())
    if depth[valley] > DEPTH:
        return None
    return Humps(
        float(middles[valley]),
        float(middles[: valley + 1][density[: valley + 1].argmax()]),
        float(middles[valley:][density[valley:].argmax()]),
        float(np.mean(outcome > middles[valley])),
    )
