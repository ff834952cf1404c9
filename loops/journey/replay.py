"""Versions of our assumptions run from where a partner was, a lot of them at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from loops.ensemble.runs import Runs
from loops.ensemble.simulate import Progress
from loops.equations import Equations
from loops.journey.paired import lots, only, paired, rows
from loops.kernel import Floats, Ints
from loops.model import Model
from loops.scenario import Scenario
from loops.worlds import Versions

Seen = TypeVar("Seen", bound=NDArray[Any])


@dataclass(frozen=True)
class Replay:
    """W versions ready to be run under one scenario, on steps that the first of them have chosen."""

    runs: Runs
    versions: Versions

    @classmethod
    def of(cls, model: Model, scenario: Scenario, months: float, versions: Versions) -> Replay:
        """Choose the steps; raises :class:`loops.simulate.DidNotFinish`."""
        return cls(paired(Equations.of(model), [scenario], months, versions), versions)

    @property
    def size(self) -> int:
        """Steps times rows and links that one version takes."""
        return self.runs.mesh.size * rows(self.runs.equations)

    def look(
        self,
        seen: Callable[[Floats], Seen],
        months: Floats,
        places: Ints,
        *,
        threads: int = 2,
        progress: Progress = lambda share, words: None,
    ) -> Seen:
        """What is `seen` in the levels (T, n, W) of the versions at some places, side by side: (..., W).

        It is bitwise the same for any number of threads. `progress` may raise to stop. Raises
        :class:`loops.simulate.DidNotFinish`.
        """
        cut_up = lots(self.runs.equations, places.size)

        def one(lot: Ints) -> Seen:
            return seen(self.runs.levels(0, only(self.versions, places[lot]), months))

        pool, found, done = ThreadPoolExecutor(threads), [], 0
        try:
            for lot, piece in zip(cut_up, pool.map(one, cut_up), strict=True):
                found.append(piece)
                done += lot.size
                progress(done / places.size, f"versions tried: {done:,} of {places.size:,}")
        finally:
            pool.shutdown(cancel_futures=True)
        return cast("Seen", np.concatenate(found, axis=-1))
