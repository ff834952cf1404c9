"""History matching: versions of our assumptions run under what was done, and held against what was said.

See :mod:`loops.journey.ruling` for the rule by which a version is ruled out. The versions are drawn apart
from each other, since single numbers are read from those that are left (:mod:`loops.theory.sample` says why
points of a Sobol sequence will not do).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

import numpy as np

from loops.ensemble.simulate import Progress
from loops.equations import Equations
from loops.journey.begin import begin_in
from loops.journey.matched import Matched, NoneFits
from loops.journey.numbers import Numbers
from loops.journey.observed import Observation, TooFew, observe
from loops.journey.paired import only
from loops.journey.replay import Replay
from loops.journey.ruling import CUT_OFF, Ruled, Tally
from loops.kernel import Floats
from loops.model import Model
from loops.partners import History
from loops.spread import Width
from loops.theory.indices import FEWEST_WORLDS
from loops.theory.prim import Bools
from loops.theory.sample import MOST_VALUES, MOST_WORK, independent
from loops.worlds import Worlds

WORLDS = 4_096
STARTING = 0.7
"""Share of the work that goes into where the versions start."""
MOST_HELD = 400_000_000
"""Observations times versions: of more observations fewer versions are tried."""


def match(  # noqa: PLR0913  what is matched, in which versions, and how it is run
    model: Model,
    history: History,
    *,
    seed: int,
    count: int = WORLDS,
    width: Width = "middle",
    threads: int = 2,
    progress: Progress = lambda share, words: None,
) -> Matched | NoneFits | TooFew:
    """Which of `count` versions can have led to a partner's ratings, of a large model fewer.

    The result is bitwise the same for any number of threads. `progress` may raise to stop. Raises
    :class:`ValueError` as :func:`loops.journey.observed.observe` and :meth:`loops.worlds.Worlds.of` do, and
    :class:`loops.simulate.DidNotFinish`.
    """
    observed = observe(model, history)
    if isinstance(observed, TooFew):
        return observed
    worlds = Worlds.of([model], width=width, seed=seed)
    most = min(MOST_VALUES // len(worlds.columns), MOST_HELD // len(observed.observations))
    units = independent(worlds, min(count, max(FEWEST_WORLDS, most)))
    begun = begin_in(
        model,
        observed.first,
        worlds.assumptions(Equations.of(model)).versions(units),
        seed=seed,
        threads=threads,
        told=lambda share: progress(STARTING * share, "where the partner was on the first day"),
    )
    replay = Replay.of(begun.whole, observed.done, observed.months, begun.versions)
    fit = min(begun.count, max(FEWEST_WORLDS, MOST_WORK // replay.size))
    months, against = speaking_against(observed.observations, replay.runs.equations)
    beyond = replay.look(
        against,
        months,
        np.arange(fit),
        threads=threads,
        progress=lambda share, words: progress(STARTING + (1 - STARTING) * share, words),
    )
    cut = f"This model is large: {fit:,} of {count:,} versions were tried." if fit < count else ""
    tally = Tally.of(observed.observations, beyond)
    if not tally.left.any():
        return NoneFits(observed, fit, _in_the_way(tally.by_box()), seed, width, cut)
    begun = dataclasses.replace(begun, versions=only(begun.versions, np.arange(fit)), width=width)
    return Matched(observed, begun, Numbers.of(worlds, begun, observed.first, units), beyond, cut)


def _in_the_way(boxes: Sequence[Ruled]) -> tuple[Ruled, ...]:
    """Those without which some version fits, or all, the worst first."""
    one = [ruled for ruled in boxes if ruled.only > 0]
    return tuple(sorted(one or boxes, key=lambda ruled: (ruled.only, ruled.alone), reverse=True))


def speaking_against(
    observations: Sequence[Observation], equations: Equations
) -> tuple[Floats, Callable[[Floats], Bools]]:
    """At which months levels are looked at, and which observations speak against versions with these."""
    months = np.unique([month for each in observations for month in (each.month, each.since_month)])
    row = np.array([equations.place(each.box) for each in observations])
    day = np.searchsorted(months, [each.month for each in observations])
    since = np.searchsorted(months, [each.since_month for each in observations])
    bounds = [(each.low, each.high, CUT_OFF * each.sd, each.since is not None) for each in observations]
    low, high, far, pattern = np.array(bounds).T[:, :, None]

    def against(levels: Floats) -> Bools:
        seen = levels[day, row] - pattern * levels[since, row]
        beyond: Bools = np.maximum(low - seen, seen - high) > far
        return beyond

    return months, against
