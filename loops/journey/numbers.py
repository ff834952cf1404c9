"""The uncertain numbers of versions that start where a partner is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loops.equations import Equations
from loops.journey.begin import Begun
from loops.journey.standing import Standing
from loops.kernel import Floats
from loops.spread import Draw, drawn, draws_of
from loops.worlds import Worlds


@dataclass(frozen=True)
class Numbers:
    """How each number is drawn, and from which uniform ones in W versions.

    A circumstance, or a box's start, that was rated is any level in its range. Where any box was rated the
    other starts are no draw: they go with what was rated (:mod:`loops.journey.begin`).
    """

    columns: tuple[str, ...]  # C, named as in :mod:`loops.spread`
    draws: tuple[Draw, ...]  # C
    units: Floats  # (W, C)

    @classmethod
    def of(cls, worlds: Worlds, begun: Begun, standing: Standing, units: Floats) -> Numbers:
        """The numbers of `begun`, whose versions were drawn from `units` (at least W of them) in `worlds`."""
        equations = begun.equations
        draws = draws_of(Equations.of(begun.model), worlds.width)
        uniform = dict(zip(worlds.columns, units[: begun.count].T, strict=True))
        if len(begun.unknown) < len(equations.variables):
            for variable in equations.variables:
                draws.pop(f"variable {variable} start", None)
        for box in begun.rated:
            low, high = standing.boxes[box].range
            if box in equations.variables:
                name, levels = f"variable {box} start", begun.start(box)
            else:
                name, levels = f"context {box}", begun.versions.inputs[equations.inputs.index(box)]
            draws[name] = Draw("level", low, high)
            uniform[name] = (levels - low) / (high - low)
        return cls(tuple(draws), tuple(draws.values()), np.stack([uniform[name] for name in draws], axis=1))

    @property
    def values(self) -> Floats:
        """What the numbers are, (W, C): factors, levels, and presence as 0 or 1."""
        return drawn(self.draws, self.units)
