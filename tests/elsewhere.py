"""PySD, an independent engine, on XMILE that we write: Euler's method, in levels of our variables."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from loops.interchange.export.xmile import write
from loops.interchange.export.xmile_words import names_of
from loops.model import Model
from loops.scenario import Scenario


class Elsewhere:
    """A model under a scenario, as PySD reads it from `folder`, where it writes a module beside it."""

    def __init__(self, model: Model, scenario: Scenario | None, folder: Path) -> None:
        path = folder / "exported.xmile"
        path.write_bytes(write(model, scenario))
        names = names_of({name: node.label for name, node in model.nodes.items()})
        self.columns = [names[name] for name in sorted(node.id for node in model.variables)]
        with others_deprecations():
            import pysd

            self.model = pysd.read_xmile(path)

    def levels(self, steps: int, months: int) -> NDArray[np.float64]:
        """Levels at each month with so many steps in one, (months + 1, n), in the order of a trajectory."""
        with others_deprecations():
            run = self.model.run(
                time_step=1 / steps,
                final_time=months,
                return_timestamps=np.arange(months + 1),
                return_columns=self.columns,
            )
        found: NDArray[np.float64] = run[self.columns].to_numpy(dtype=float)
        return found


@contextmanager
def others_deprecations() -> Iterator[None]:
    """PySD 3.14 imports a name that chardet 7 has moved, and passes pandas 3.1 an argument that will go."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "chardet.universaldetector is deprecated", DeprecationWarning)
        warnings.filterwarnings("ignore", "The inplace keyword in DataFrame.set_index", DeprecationWarning)
        yield
