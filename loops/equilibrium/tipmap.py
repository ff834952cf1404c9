"""A map of where the change lasts, over two things that may be otherwise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loops.equations import Equations
from loops.equilibrium.along import Along, both
from loops.equilibrium.divide import divide
from loops.equilibrium.ends import Progress, most_runs
from loops.equilibrium.legacy import Fates, legacy
from loops.equilibrium.scan import SENTENCES, not_asked, reaching, spread
from loops.kernel import Floats
from loops.model import Model
from loops.scenario import Scenario, fits


@dataclass(frozen=True)
class TippingMap:
    """What a plan leaves behind at `ys` by `xs`."""

    x: Along
    y: Along
    xs: Floats  # (nx,) fewer than asked for where the model is large
    ys: Floats  # (ny,)
    levels: Floats  #  (ny, nx) the outcome in the end
    without: Floats  # (ny, nx) the same if nothing new is done
    fates: Fates  #    (ny, nx) what becomes of it, as :meth:`loops.equilibrium.legacy.Legacy.fates` says
    dot: tuple[float, float] | None
    """Where the plan itself stands; None where it has no such value."""


def tipping_map(  # noqa: PLR0913  two lines to look along, how finely, of which variable, and who watches
    model: Model,
    scenario: Scenario,
    x: Along,
    y: Along,
    *,
    outcome: str,
    seed: int,
    points: int = 40,
    progress: Progress | None = None,
) -> TippingMap:
    """Run the plan at `points` by `points` values to rest, every run in the compiled kernel.

    `seed` is for the search for states of rest, as in :func:`loops.equilibrium.tipping.tipping`. Raises
    :class:`ValueError` where `x` and `y` are the same, where there is no programme that could leave something
    behind, for a scenario that does not fit the model or an outcome that is no variable, and
    :class:`loops.simulate.DidNotFinish`.
    """
    equations = Equations.of(model)
    fits(model, scenario)
    equations.place(outcome)
    if x.text == y.text:
        raise ValueError(f"a map needs two different things to vary, and both are '{x.text}'")
    if reason := not_asked(model, scenario, x, y):
        raise ValueError(SENTENCES[reason])
    x, y = reaching(x, model, scenario), reaching(y, model, scenario)
    points = max(2, min(points, int(np.sqrt(most_runs(equations) / 2))))
    xs, ys = spread(x, points), spread(y, points)
    plans = [both(model, scenario, (x, across), (y, up)) for up in ys for across in xs]
    found = legacy(equations, [(plan, 0) for plan in plans], outcome, progress=progress)
    fates = found.fates(divide(equations, scenario, outcome, found, seed=seed))
    at = x.value_in(model, scenario), y.value_in(model, scenario)
    shape = (points, points)
    return TippingMap(
        x,
        y,
        np.array(xs),
        np.array(ys),
        found.levels.reshape(shape),
        found.without.reshape(shape),
        fates.reshape(shape),
        dot=None if at[0] is None or at[1] is None else (at[0], at[1]),
    )
