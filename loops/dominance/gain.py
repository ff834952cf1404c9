"""Loop gain: the share of a nudge that comes back after one lap around a feedback loop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from loops import jacobian
from loops.dominance.moments import Moments
from loops.equations import Equations
from loops.feedback import Feedback, Form, form
from loops.kernel import Floats
from loops.model import Link


def loop_gains(moments: Moments, found: Sequence[Feedback]) -> Floats:
    """Return the gain of each loop at each moment, (T, F), without unit.

    Around the loop it is the product of K = g / (G + L), where g is the slope of a link, its repeats added,
    and 1 / (G + L) how long its target takes to answer; a delay passes on all it gets. So it is what returns
    when a level of the loop is held a little higher until the rest of the loop has answered. A target with
    G + L = 0 never moves, so nothing passes through it: its K is 0. Positive for reinforcing loops, negative
    for balancing ones.

    Ref.: the loop gain of control theory; Richardson (1995), System Dynamics Review 11:67-88.
    """
    pull = (moments.winning + moments.losing)[:, jacobian.targets(moments.equations)]
    passed = np.divide(moments.gains, pull, out=np.zeros_like(pull), where=pull > 0)
    around = repeats(moments.equations, (link for loop in found for link in loop.links))
    whole = {key: passed[:, places].sum(axis=1) for key, places in around.items()}
    gains = np.ones((len(found), len(passed)))
    for place, loop in enumerate(found):
        for link in loop.links:
            gains[place] *= whole[form(link)]
    return gains.T


def repeats(equations: Equations, links: Iterable[Link]) -> dict[Form, list[int]]:
    """The places in `equations.links` of each of `links` and its repeats, by their form."""
    places: dict[Form, list[int]] = {}
    for k, link in enumerate(equations.links):
        places.setdefault(form(link), []).append(k)
    return {key: places[key] for key in map(form, links)}
