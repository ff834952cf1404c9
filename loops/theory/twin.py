"""Two runs side by side in one system, so that a link of the one may carry what it carries in the other.

A run whose link is *frozen* goes on as it would, except that this link carries what it carries in the
comparison run, month by month: it reads the level its source has there with the strength it has there, none
where that run is without the link. Both runs are integrated together, so that level is the exact one: nothing
is saved, sampled or interpolated on the way.
"""

from __future__ import annotations

import numpy as np

from loops.equations import Equations
from loops.kernel import STAGES, Floats, Ints, Lanes, Wiring
from loops.parts import nearest

Pair = tuple[str, str]


def frozen(equations: Equations, run: Lanes, against: Lanes, pair: Pair) -> tuple[Wiring, Lanes]:
    """The system of `run` with the links of `pair` frozen at `against`, lane by lane.

    The two share their stops. Of the result's 2 n variables the first n are those of `against`, the others
    those of the frozen run, in the order of the equations. Raises :class:`ValueError` when no link joins the
    pair.
    """
    places = [k for k, link in enumerate(equations.links) if (link.source, link.target) == pair]
    if not places:
        known = [f"{link.source} -> {link.target}" for link in equations.links]
        raise ValueError(f"no link {pair[0]} -> {pair[1]}. {nearest(' -> '.join(pair), known)}")
    wiring, theirs, ours = equations.wiring, *_rows(equations)
    source, chain, straight = (
        np.concatenate([theirs[wiring.source], ours[wiring.source]]),
        np.concatenate([theirs[wiring.chain_source], ours[wiring.chain_source]]),
        np.concatenate([wiring.u_source, wiring.u_source + len(equations.inputs)]),
    )
    start = np.empty((2 * equations.depth, run.start.shape[1]))
    start[theirs], start[ours] = against.start, run.start
    run = run._replace(
        weight=np.where(np.isin(equations.inner, places)[:, None], against.weight, run.weight),
        u_weight=np.where(np.isin(equations.folded, places)[:, None], against.u_weight, run.u_weight),
    )
    for k in places:
        if k in equations.delayed:
            first = equations.delayed[k]
            q = (first - len(equations.variables)) // STAGES
            chain[wiring.chain_source.size + q] = theirs[wiring.chain_source[q]]
            start[ours[first : first + STAGES]] = against.start[first : first + STAGES]
        elif k in equations.folded:
            x = np.flatnonzero(np.equal(equations.folded, k))
            straight[wiring.u_source.size + x] = wiring.u_source[x]
        else:
            e = np.flatnonzero(np.equal(equations.inner, k))
            source[wiring.source.size + e] = theirs[wiring.source[e]]
    both = Wiring(
        pointer=_twice(wiring.pointer),
        source=source,
        sign=np.tile(wiring.sign, 2),
        power=np.tile(wiring.power, 2),
        chain_source=chain,
        signal=np.concatenate([wiring.signal, wiring.signal + len(equations.inputs)]),
        u_pointer=_twice(wiring.u_pointer),
        u_source=straight,
        u_sign=np.tile(wiring.u_sign, 2),
    )
    return both, _joined(run, against, start)


def _rows(equations: Equations) -> tuple[Ints, Ints]:
    """Where each row of one run's state is in the state of both: of the comparison run, and of the other.

    Variables of both come first, then delay stages of both, then signals of both.
    """
    kinds = len(equations.variables), STAGES * len(equations.delayed), len(equations.signals)
    row = np.arange(equations.depth)
    before, size = np.repeat(np.cumsum([0, *kinds[:2]]), kinds), np.repeat(kinds, kinds)
    return row + before, row + before + size


def _twice(pointer: Ints) -> Ints:
    return np.concatenate([pointer, pointer[-1] + pointer[1:]])


def _joined(run: Lanes, against: Lanes, start: Floats) -> Lanes:
    """The numbers of both runs, those of the comparison run first."""
    axis = {"u_level": 1, "u_slope": 1}
    joined = {
        name: np.concatenate([getattr(against, name), getattr(run, name)], axis=axis.get(name, 0))
        for name in Lanes._fields
        if name not in ("start", "stops")
    }
    return Lanes(start=start, stops=run.stops, **joined)
