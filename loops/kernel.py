"""The compiled integrator: Dormand-Prince 5(4) over a block of L runs side by side. All Numba code is here.

Rows of the state are levels of variables, then delay stages, then signals (levers and contexts whose links
are delayed or have a threshold). The lane is the last axis everywhere, so every inner loop runs over
contiguous memory. Arrays describing the diagram are arguments: editing a diagram never recompiles. Lanes are
in double or single precision, and times always in double.

References: Dormand & Prince (1980), J. Comput. Appl. Math. 6:19-26; the dense output is Shampine's 4th-order
interpolant (1986), Math. Comp. 46:135-150, with the coefficients that scipy's ``RK45.P`` also holds.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from loops import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Counts = NDArray[np.uint32]

STAGES = 3
"""A delay is three stages of a third each (Erlang-3): three rows of the state, one behind the other."""
FINISHED, TOO_MANY_STEPS, NOT_FINITE = 0, 1, 2
"""How an integration ended."""
COARSE = 10
"""Local errors of more tolerances than this make a given mesh too coarse for a lane."""


class Wiring(NamedTuple):
    """The shape of the diagram, the same for every lane. Links are grouped by target: see `pointer`."""

    pointer: Ints  #   (n + 1,) links into variable i are pointer[i] to pointer[i + 1]
    source: Ints  #    (E,) row that each of these links reads
    sign: Ints  #      (E,) +1 or -1
    power: Ints  #     (E,) steepness of the threshold; 0 for plain influence
    chain_source: Ints  # (C,) row that the first stage of each delay follows
    signal: Ints  #    (Z,) which lever or context each signal row carries
    u_pointer: Ints  # (n + 1,) as `pointer`, for plain links straight from levers and contexts
    u_source: Ints  #  (X,) which lever or context
    u_sign: Ints  #    (X,) +1 or -1


class Lanes(NamedTuple):
    """Everything numeric, one column per lane. Rates are per month, times are months."""

    start: Floats  #      (D, L) levels and stages at month 0
    gain: Floats  #       (n, L)
    fade: Floats  #       (n, L)
    weight: Floats  #     (E, L) strength; times 1 + k^m for a threshold link
    knee: Floats  #       (E, L) k^m of a threshold link; 0 for plain influence
    chain_rate: Floats  # (C, L) 3 / delay
    u_weight: Floats  #   (X, L)
    stops: Floats  #      (S + 1,) months at which any lane's levers or contexts jump or bend, first to last
    u_level: Floats  #    (S, U, L) level of each lever and context at the start of each segment
    u_slope: Floats  #    (S, U, L) and its slope within it


class Work(NamedTuple):
    """Room for one integration, made once: base gains and losses of the segment, and sums."""

    gain0: Floats  # (n, L) gains without links from the state, at the start of the segment
    gain1: Floats  # (n, L) and their slope
    loss0: Floats  # (n, L)
    loss1: Floats  # (n, L)
    gain: Floats  #  (L,) sums for the variable at hand
    loss: Floats  #  (L,)
    error: Floats  # (L,) local error of the step at hand


_compiled = njit(error_model="numpy", fastmath={"contract"}, nogil=True, cache=compiled.CACHE)
# calling these would hand over some 150 words of array headers, several times a step
_inlined = njit(
    error_model="numpy", fastmath={"contract"}, nogil=True, cache=compiled.CACHE, forceinline=True
)


@_compiled
def _begin_segment(wiring, lanes, segment, state, work):
    """Set base gains and losses for a segment, let signals jump to their new levels; is anything sloped?"""
    n, width = lanes.gain.shape
    for i in range(n):
        for lane in range(width):
            work.gain0[i, lane] = lanes.gain[i, lane]
            work.loss0[i, lane] = lanes.fade[i, lane]
            work.gain1[i, lane] = 0.0
            work.loss1[i, lane] = 0.0
        for x in range(wiring.u_pointer[i], wiring.u_pointer[i + 1]):
            u = wiring.u_source[x]
            level, slope = (work.gain0, work.gain1) if wiring.u_sign[x] > 0 else (work.loss0, work.loss1)
            for lane in range(width):
                level[i, lane] += lanes.u_weight[x, lane] * lanes.u_level[segment, u, lane]
                slope[i, lane] += lanes.u_weight[x, lane] * lanes.u_slope[segment, u, lane]
    first = n + STAGES * wiring.chain_source.size
    for z in range(wiring.signal.size):
        for lane in range(width):
            state[first + z, lane] = lanes.u_level[segment, wiring.signal[z], lane]
    return np.any(lanes.u_slope[segment] != 0)


@_inlined
def _rates(wiring, lanes, segment, sloped, elapsed, state, work, out):
    """dx/dt = (1 - x) G - x L for variables, (source - stage) * rate for stages, the slope for signals."""
    n, width = lanes.gain.shape
    gain, loss = work.gain, work.loss
    since = state.dtype.type(elapsed)
    for i in range(n):
        for lane in range(width):
            gain[lane] = work.gain0[i, lane]
            loss[lane] = work.loss0[i, lane]
        if sloped:
            for lane in range(width):
                gain[lane] += since * work.gain1[i, lane]
                loss[lane] += since * work.loss1[i, lane]
        for e in range(wiring.pointer[i], wiring.pointer[i + 1]):
            s = wiring.source[e]
            if wiring.power[e] == 0:
                if wiring.sign[e] > 0:
                    for lane in range(width):
                        gain[lane] += lanes.weight[e, lane] * state[s, lane]
                else:
                    for lane in range(width):
                        loss[lane] += lanes.weight[e, lane] * state[s, lane]
            else:
                total = gain if wiring.sign[e] > 0 else loss
                power = wiring.power[e]
                if power == 4:
                    for lane in range(width):
                        square = state[s, lane] * state[s, lane]
                        mass = square * square
                        total[lane] += lanes.weight[e, lane] * mass / (lanes.knee[e, lane] + mass)
                else:
                    for lane in range(width):
                        mass = state[s, lane] * state[s, lane]
                        for _ in range(power - 2):
                            mass *= state[s, lane]
                        total[lane] += lanes.weight[e, lane] * mass / (lanes.knee[e, lane] + mass)
        for lane in range(width):
            out[i, lane] = gain[lane] - state[i, lane] * (gain[lane] + loss[lane])
    for q in range(wiring.chain_source.size):
        s, first = wiring.chain_source[q], n + STAGES * q
        for lane in range(width):
            rate = lanes.chain_rate[q, lane]
            out[first, lane] = (state[s, lane] - state[first, lane]) * rate
            out[first + 1, lane] = (state[first, lane] - state[first + 1, lane]) * rate
            out[first + 2, lane] = (state[first + 1, lane] - state[first + 2, lane]) * rate
    first = n + STAGES * wiring.chain_source.size
    for z in range(wiring.signal.size):
        for lane in range(width):
            out[first + z, lane] = lanes.u_slope[segment, wiring.signal[z], lane]


@_inlined
def _step(wiring, lanes, segment, sloped, elapsed, h, y, k, work, new):
    """One Dormand-Prince step of h months from y, whose rates are k[0]; fills new and k[1] to k[6]."""
    real = y.dtype.type
    step = real(h)
    # one flat pass over the block: a loop for every row would spend its time on beginning and ending
    y_, new_ = y.ravel(), new.ravel()
    k_ = k.reshape(7, y_.size)
    a, b, c, d, e, f = k_[0], k_[1], k_[2], k_[3], k_[4], k_[5]
    for i in range(y_.size):
        new_[i] = y_[i] + step * (real(1 / 5) * a[i])
    _rates(wiring, lanes, segment, sloped, elapsed + 1 / 5 * h, new, work, k[1])
    for i in range(y_.size):
        new_[i] = y_[i] + step * (real(3 / 40) * a[i] + real(9 / 40) * b[i])
    _rates(wiring, lanes, segment, sloped, elapsed + 3 / 10 * h, new, work, k[2])
    for i in range(y_.size):
        new_[i] = y_[i] + step * (real(44 / 45) * a[i] - real(56 / 15) * b[i] + real(32 / 9) * c[i])
    _rates(wiring, lanes, segment, sloped, elapsed + 4 / 5 * h, new, work, k[3])
    for i in range(y_.size):
        new_[i] = y_[i] + step * (
            real(19372 / 6561) * a[i]
            - real(25360 / 2187) * b[i]
            + real(64448 / 6561) * c[i]
            - real(212 / 729) * d[i]
        )
    _rates(wiring, lanes, segment, sloped, elapsed + 8 / 9 * h, new, work, k[4])
    for i in range(y_.size):
        new_[i] = y_[i] + step * (
            real(9017 / 3168) * a[i]
            - real(355 / 33) * b[i]
            + real(46732 / 5247) * c[i]
            + real(49 / 176) * d[i]
            - real(5103 / 18656) * e[i]
        )
    _rates(wiring, lanes, segment, sloped, elapsed + h, new, work, k[5])
    for i in range(y_.size):
        new_[i] = y_[i] + step * (
            real(35 / 384) * a[i]
            + real(500 / 1113) * c[i]
            + real(125 / 192) * d[i]
            - real(2187 / 6784) * e[i]
            + real(11 / 84) * f[i]
        )
    _rates(wiring, lanes, segment, sloped, elapsed + h, new, work, k[6])


@_compiled
def _local_error(h, tolerance, k, error):
    """Each lane's largest local error over the tolerance, in `error`; returns the largest of all."""
    real = k.dtype.type
    error[:] = 0.0
    for i in range(k.shape[1]):
        for lane in range(k.shape[2]):
            local = abs(
                real(71 / 57600) * k[0, i, lane]
                - real(71 / 16695) * k[2, i, lane]
                + real(71 / 1920) * k[3, i, lane]
                - real(17253 / 339200) * k[4, i, lane]
                + real(22 / 525) * k[5, i, lane]
                - real(1 / 40) * k[6, i, lane]
            )
            # a local error that is not a number must stay, to be refused: "not <=" alone would lose it again
            if local > error[lane] or np.isnan(local):
                error[lane] = local
    largest = 0.0
    for lane in range(error.size):
        error[lane] *= h / tolerance
        if error[lane] > largest or np.isnan(error[lane]):
            largest = error[lane]
    return largest


@_compiled
def _interpolate(x, h, y, k, out):
    """Shampine's interpolant at the share x of a step of h months, for the first rows of the state."""
    c1 = (
        h
        * x
        * (1 + x * (-8048581381 / 2820520608 + x * (8663915743 / 2820520608 - x * 12715105075 / 11282082432)))
    )
    x2 = h * x * x
    c3 = x2 * (131558114200 / 32700410799 + x * (-68118460800 / 10900136933 + x * 87487479700 / 32700410799))
    c4 = x2 * (-1754552775 / 470086768 + x * (14199869525 / 1410260304 - x * 10690763975 / 1880347072))
    c5 = x2 * (
        127303824393 / 49829197408 + x * (-318862633887 / 49829197408 + x * 701980252875 / 199316789632)
    )
    c6 = x2 * (-282668133 / 205662961 + x * (2019193451 / 616988883 - x * 1453857185 / 822651844))
    c7 = x2 * (40617522 / 29380423 + x * (-110615467 / 29380423 + x * 69997945 / 29380423))
    real = y.dtype.type
    w1, w3, w4, w5, w6, w7 = real(c1), real(c3), real(c4), real(c5), real(c6), real(c7)
    for i in range(out.shape[0]):
        for lane in range(out.shape[1]):
            out[i, lane] = (
                y[i, lane]
                + w1 * k[0, i, lane]
                + w3 * k[2, i, lane]
                + w4 * k[3, i, lane]
                + w5 * k[4, i, lane]
                + w6 * k[5, i, lane]
                + w7 * k[6, i, lane]
            )


@_compiled
def _end_of_step(t, ends, wished):
    """Where a step of about `wished` months ends: at the stop, or with two even steps left before it."""
    left = ends - t
    if wished >= left * (1 - 1e-9):
        return ends
    return t + (left / 2 if 2 * wished > left else wished)


@_compiled
def _longest_step(wiring, lanes):
    """Months that a step may last where its error cannot be seen: then what dies out still dies out.

    3.3 is the method's interval of stability on the negative real axis, where it also keeps signs. Rates of
    return are within twice the largest on the diagonal (Gershgorin).
    """
    fastest = 0.0
    for lane in range(lanes.gain.shape[1]):
        for q in range(wiring.chain_source.size):
            fastest = max(fastest, lanes.chain_rate[q, lane])
        for i in range(lanes.gain.shape[0]):
            pull = lanes.gain[i, lane] + lanes.fade[i, lane]
            for e in range(wiring.pointer[i], wiring.pointer[i + 1]):
                pull += lanes.weight[e, lane] / (1.0 + lanes.knee[e, lane])
            for x in range(wiring.u_pointer[i], wiring.u_pointer[i + 1]):
                pull += lanes.u_weight[x, lane]
            fastest = max(fastest, pull)
    return 3.3 / (2.0 * fastest) if fastest > 0 else np.inf


@_compiled
def _careful(levels, tolerance, longest, wished):
    """A step of `wished` months, or of `longest` where a level is so small that its error is not seen.

    The control of the error is a distance: a seed that grows would be lost in the noise, perhaps below 0.
    Stages of delays are not looked at: they only follow, and one of a lever that is off fades for ever.
    """
    if wished > longest:
        for value in levels.ravel():
            if value != 0 and abs(value) < 100 * tolerance:
                return longest
    return wished


@_compiled
def integrate(wiring, lanes, months, tolerance, given, most_steps, out):
    """Integrate the block and save it at `months` in `out` (T, R, L), R being the first rows of the state.

    With `given` empty the steps are chosen here, so that the local error of every row and lane stays below
    `tolerance`; otherwise `given` holds the ends of the steps to take (a mesh chosen by an earlier call).
    Returns how it ended, the mesh, each lane's largest local error over `tolerance`, the month from which on
    the mesh was too coarse for it, and the last state.
    """
    n, width = lanes.gain.shape
    real = lanes.start.dtype
    work = Work(
        np.empty((n, width), real),
        np.empty((n, width), real),
        np.empty((n, width), real),
        np.empty((n, width), real),
        np.empty(width, real),
        np.empty(width, real),
        np.empty(width, real),
    )
    y, new = lanes.start.copy(), np.empty_like(lanes.start)
    k = np.empty((7, y.shape[0], width), real)
    worst, until = np.zeros(width), np.full(width, np.inf)
    adaptive = given.size == 0
    mesh = np.empty(256 if adaptive else given.size)
    saved, taken, tried = 0, 0, 0
    t, wished, longest = lanes.stops[0], 0.5, _longest_step(wiring, lanes)
    while saved < months.size and months[saved] <= t:
        out[saved] = y[: out.shape[1]]
        saved += 1

    for segment in range(lanes.stops.size - 1):
        began, ends = lanes.stops[segment], lanes.stops[segment + 1]
        sloped = _begin_segment(wiring, lanes, segment, y, work)
        _rates(wiring, lanes, segment, sloped, 0.0, y, work, k[0])
        while t < ends:
            if tried == most_steps:
                return TOO_MANY_STEPS, mesh[:taken], worst, until, y
            tried += 1
            reached = (
                _end_of_step(t, ends, _careful(y[:n], tolerance, longest, wished))
                if adaptive
                else given[taken]
            )
            h = reached - t  # from the rounded ends, so that a mesh replays bitwise
            _step(wiring, lanes, segment, sloped, t - began, h, y, k, work, new)
            largest = _local_error(h, tolerance, k, work.error)
            scale = 0.2
            if np.isfinite(largest):
                scale = min(5.0, max(0.2, 0.9 * (largest + 1e-10) ** -0.2))
            elif adaptive and h < 1e-9:
                return NOT_FINITE, mesh[:taken], worst, until, y
            if adaptive and not largest <= 1.0:
                wished = h * min(scale, 0.9)
                continue
            for lane in range(width):
                error = work.error[lane]
                worst[lane] = max(worst[lane], error) if np.isfinite(error) else np.inf
                if worst[lane] > COARSE and until[lane] > t:
                    until[lane] = t
            while saved < months.size and months[saved] <= reached:
                if months[saved] == reached:
                    out[saved] = new[: out.shape[1]]
                else:
                    _interpolate((months[saved] - t) / h, h, y, k, out[saved])
                saved += 1
            if taken == mesh.size:
                mesh = np.concatenate((mesh, np.empty(taken)))
            mesh[taken] = reached
            taken += 1
            t = reached
            y, new = new, y
            k[0] = k[6]  # first same as last
            wished = max(wished, h * scale) if (h < wished and scale > 1) else h * scale
    return FINISHED, mesh[:taken], worst, until, y


def single(lanes: Lanes) -> Lanes:
    """The same lanes in single precision, for ensembles: twice as many go into one instruction.

    Levels then err by about 1e-6, which a tolerance of 1e-4 allows for.
    """
    fields: list[Any] = [field if field is lanes.stops else field.astype(np.float32) for field in lanes]
    return Lanes(*fields)


@_compiled
def count(levels, low, high, counts):
    """Add the levels (T, R, L) to histograms (T, R, B) of B even bins from low to high.

    What lies beyond by the solver's error goes into the end bins.
    """
    last = counts.shape[2] - 1
    scale = counts.shape[2] / (high - low)
    for t in range(levels.shape[0]):
        for i in range(levels.shape[1]):
            for lane in range(levels.shape[2]):
                place = int((levels[t, i, lane] - low) * scale)
                counts[t, i, min(max(place, 0), last)] += 1
