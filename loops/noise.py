"""Versions of a model's assumptions: every strength, gain, fade and threshold a little larger or smaller."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from loops.equations import Equations, Parameters
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario
from loops.simulate import AT_REST, LONG_RUN, run_block

THRESHOLDS = (0.01, 0.99)
"""What a file may hold, and a version too."""
MOST_NUMBERS = 100_000
"""Lanes times rows and links that settle at one time: a run of that width may take 5,000 steps."""


@dataclass(frozen=True)
class Shaken:
    """V versions of a model: each number of the file times exp(noise z), z standard normal (lognormal noise).

    Version v is the same however many are drawn. Delays are as in the file. A model whose starts are at rest
    without a programme starts at rest in each version; otherwise the file's starts are kept. Raises
    :class:`loops.simulate.DidNotFinish` from `of` when the integration is stopped, and :class:`ValueError`
    when a sign is unknown or no version is asked for.
    """

    equations: Equations
    strength: Floats  #  (K, V) factors
    gain: Floats  #      (n, V) factors
    fade: Floats  #      (n, V) factors
    threshold: Floats  # (K, V) factors; 1 for plain links
    start: Floats  #     (n, V) levels

    @classmethod
    def of(cls, model: Model, *, noise: float, draws: int, seed: int) -> Shaken:
        """Draw `draws` versions; `noise` .05 is about 5% up or down."""
        if draws < 1:
            raise ValueError("ask for at least one version")
        equations = Equations.of(model)
        kinks = [k for k, link in enumerate(equations.links) if link.threshold]
        sizes = [len(equations.links), len(equations.variables), len(equations.variables), len(kinks)]
        normal = np.random.default_rng(seed).standard_normal((draws, sum(sizes)))
        strength, gain, fade, bends = np.split(np.exp(noise * normal).T, np.cumsum(sizes)[:-1])
        threshold = np.ones_like(strength)
        threshold[kinks] = bends
        own = np.array([node.start for node in sorted(model.variables, key=lambda node: node.id)])
        start = np.repeat(own[:, None], draws, axis=1)
        return _settled(cls(equations, strength, gain, fade, threshold, start))

    @property
    def draws(self) -> int:
        """How many versions there are."""
        return int(self.start.shape[1])

    def parameters(self, scenarios: Sequence[Scenario], draw: int) -> Parameters:
        """The numbers of version `draw`, one lane per scenario; links it cuts or re-weights stay so."""
        return self.applied(self.equations.parameters(scenarios), [draw])

    def applied(self, own: Parameters, draws: Sequence[int]) -> Parameters:
        """The file's numbers `own` as versions `draws` have them: one version for all lanes, or one each."""
        chosen = list(draws)
        return replace(
            own,
            strength=own.strength * self.strength[:, chosen],
            gain=own.gain * self.gain[:, chosen],
            fade=own.fade * self.fade[:, chosen],
            threshold=np.clip(own.threshold * self.threshold[:, chosen], *THRESHOLDS),
            start=np.repeat(self.start[:, chosen], own.start.shape[1] // len(chosen), axis=1),
        )


def _settled(shaken: Shaken) -> Shaken:
    """The versions started where they rest without a programme, if that is how the file starts.

    The steps are chosen on the file's own numbers, so that a version's start does not depend on the others.
    """
    equations = shaken.equations
    n, model = len(equations.variables), equations.model
    quiet = Scenario(id="quiet", model=model.id, title="Levers and circumstances as in the file")
    pilot = run_block(equations.wiring, equations.prepare([quiet], LONG_RUN), np.empty(0))
    if np.abs(pilot.state[:n, 0] - shaken.start[:, 0]).max() > AT_REST:
        return shaken
    start = np.empty_like(shaken.start)
    width = max(1, MOST_NUMBERS // (equations.depth + len(equations.links)))
    for first in range(0, shaken.draws, width):
        draws = range(first, min(first + width, shaken.draws))
        lanes = equations.lanes(
            shaken.applied(equations.parameters([quiet] * len(draws)), draws),
            equations.drives([quiet] * len(draws), LONG_RUN),
        )
        block = run_block(equations.wiring, lanes, np.empty(0), mesh=pilot.mesh)
        start[:, first : first + width] = block.state[:n]
    return replace(shaken, start=start)
