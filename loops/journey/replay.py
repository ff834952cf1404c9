"""Versions of our assumptions run from where a partner was, a lot of them at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from loops.ensemble.runs import Runs
from loops.ensemble.simulate import Progress
from loops.ensemble.work import PILOTS, SIDE_BY_SIDE, TOGETHER
from loops.equations import Equations
from loops.kernel import Floats, Ints
from loops.model import Model
from loops.scenario import Scenario
from loops.worlds import Versions

Seen = TypeVar("Seen", bound=NDArray[Any])


@dataclass(frozen=True)
class Replay:
    """W versions ready to be run under one scenario, on steps that the first 64 of them have chosen."""

    runs: Runs
    versions: Versions

    @classmethod
    def of(cls, model: Model, scenario: Scenario, months: float, versions: Versions) -> Replay:
        """Choose the steps; raises :class:`loops.simulate.DidNotFinish`."""
        pilot = only(versions, np.arange(min(PILOTS, versions.start.shape[1])))
        return cls(Runs.of(Equations.of(model), [scenario], months, pilot), versions)

    @property
    def size(self) -> int:
        """Steps times rows and links that one version takes."""
        return self.runs.mesh.size * self._rows

    @property
    def _rows(self) -> int:
        return self.runs.equations.depth + len(self.runs.equations.links)

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
        together = min(TOGETHER, max(8, SIDE_BY_SIDE // self._rows))
        lots = np.split(places, range(together, places.size, together))

        def one(lot: Ints) -> Seen:
            return seen(self.runs.levels(0, only(self.versions, lot), months))

        pool, found, done = ThreadPoolExecutor(threads), [], 0
        try:
            for lot, piece in zip(lots, pool.map(one, lots), strict=True):
                found.append(piece)
                done += lot.size
                progress(done / places.size, f"versions tried: {done:,} of {places.size:,}")
        finally:
            pool.shutdown(cancel_futures=True)
        return cast("Seen", np.concatenate(found, axis=-1))


def only(versions: Versions, places: Ints) -> Versions:
    """The versions at some places."""
    return Versions(**{field.name: getattr(versions, field.name)[:, places] for field in fields(versions)})
