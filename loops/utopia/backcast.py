"""From a target back to plans: search, then measure what was found on fresh worlds."""

from __future__ import annotations

from loops.ensemble.simulate import Progress
from loops.model import Model
from loops.scenario import Scenario
from loops.spread import Width
from loops.utopia.found import Backcast
from loops.utopia.target import Limits, Target, check

SURE = 0.75
"""The chance that "under most assumptions" stands for."""


def backcast(  # noqa: PLR0913  what is asked, and of which worlds
    model: Model,
    target: Target,
    limits: Limits,
    *,
    seed: int,
    width: Width = "middle",
    sure: float = SURE,
    count: int = 1_024,
    circumstances: Scenario | None = None,
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> Backcast:
    """Find the cheapest plan that reaches `target` in a share `sure` of worlds, the likeliest, and between.

    Plans are measured on `count` fresh worlds. They run in `circumstances` (contexts, links cut and the start
    of a scenario; its levers are left out). When the progress raises
    :class:`loops.ensemble.simulate.Cancelled` what was found so far is measured, and the result says so.
    Raises :class:`ValueError` with one sentence for a target or limits that cannot be, and
    :class:`loops.simulate.DidNotFinish`.
    """
    check(model, target, limits)
    raise NotImplementedError
