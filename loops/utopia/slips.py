"""What becomes of a plan when one of its levers, or all of it, is late."""

from __future__ import annotations

from loops.ensemble.simulate import Progress
from loops.model import Model
from loops.scenario import Scenario
from loops.spread import Width
from loops.utopia.found import Slip
from loops.utopia.plan import Plan
from loops.utopia.target import Target


def slips(  # noqa: PLR0913  what is asked, and of which worlds
    model: Model,
    target: Target,
    plan: Plan,
    *,
    seed: int,
    months: int = 12,
    width: Width = "middle",
    count: int = 1_024,
    circumstances: Scenario | None = None,
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> tuple[Slip, ...]:
    """The plan's chance when each lever begins and stops `months` late, and when all of them do (first).

    The worlds are those on which :func:`loops.utopia.backcast.backcast` measured the plan. What needs a late
    lever is not moved with it. Raises :class:`ValueError` for a plan or target that does not fit the model.
    """
    raise NotImplementedError
