"""The compiled integrator: Dormand-Prince 5(4) over a block of L runs side by side. All Numba code is here.

Rows of the state are levels of variables, then delay stages, then signals (levers and contexts whose links are
delayed or have a threshold). The lane is the last axis everywhere, so every inner loop runs over contiguous
memory. Arrays describing the diagram are arguments: editing a diagram never recompiles.

References: Dormand & Prince (1980), J. Comput. Appl. Math. 6:19-26; the dense output is Shampine's 4th-order
interpolant (1986), Math. Comp. 46:135-150, with the coefficients that scipy's ``RK45.P`` also holds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from loops import compiled

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FINISHED, TOO_MANY_STEPS, NOT_FINITE = 0, 1, 2
"""How an integration ended."""


class Wiring(NamedTuple):
    """The shape of the diagram, the same for every lane. Links are grouped by target: see `pointer`."""

    pointer: Ints  #   (n + 1,) links into variable i are pointer[i] to pointer[i + 1]
    source: Ints  #    (E,) row that each of these links reads
    sign: Ints  #      (E,) +1 or -1
    power: Ints  #     (E,) steepness of the threshold; 0 for plain influence
    stage_source: Ints  # (Q,) row that each delay stage follows
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
    stage_rate: Floats  # (Q, L) 3 / delay
    u_weight: Floats  #   (X, L)
    stops: Floats  #      (S + 1,) months at which any lane's levers or contexts jump or bend, first to last
    u_level: Floats  #    (S, U, L) level of each lever and context at the start of each segment
    u_slope: Floats  #    (S, U, L) and its slope within it


_COMPILE = {"error_model": "numpy", "fastmath": {"contract"}, "nogil": True, "cache": compiled.CACHE}


@njit(**_COMPILE)
def _begin_segment(wiring, lanes, segment, state, gain0, gain1, loss0, loss1):
    """Set base gains and losses (level and slope) for a segment, and let signals jump to their new levels."""
    n, width = lanes.gain.shape
    for i in range(n):
        for lane in range(width):
            gain0[i, lane] = lanes.gain[i, lane]
            loss0[i, lane] = lanes.fade[i, lane]
            gain1[i, lane] = 0.0
            loss1[i, lane] = 0.0
        for x in range(wiring.u_pointer[i], wiring.u_pointer[i + 1]):
            u = wiring.u_source[x]
            level, slope = (gain0, gain1) if wiring.u_sign[x] > 0 else (loss0, loss1)
            for lane in range(width):
                level[i, lane] += lanes.u_weight[x, lane] * lanes.u_level[segment, u, lane]
                slope[i, lane] += lanes.u_weight[x, lane] * lanes.u_slope[segment, u, lane]
    first = n + wiring.stage_source.size
    for z in range(wiring.signal.size):
        for lane in range(width):
            state[first + z, lane] = lanes.u_level[segment, wiring.signal[z], lane]


@njit(**_COMPILE)
def _rates(wiring, lanes, segment, elapsed, state, gain0, gain1, loss0, loss1, total_gain, total_loss, out):
    """dx/dt = (1 - x) G - x L for variables, (source - stage) * rate for stages, the slope for signals."""
    n, width = lanes.gain.shape
    for i in range(n):
        for lane in range(width):
            total_gain[lane] = gain0[i, lane] + elapsed * gain1[i, lane]
            total_loss[lane] = loss0[i, lane] + elapsed * loss1[i, lane]
        for e in range(wiring.pointer[i], wiring.pointer[i + 1]):
            s = wiring.source[e]
            power = wiring.power[e]
            total = total_gain if wiring.sign[e] > 0 else total_loss
            if power == 0:
                for lane in range(width):
                    total[lane] += lanes.weight[e, lane] * state[s, lane]
            elif power == 4:
                for lane in range(width):
                    square = state[s, lane] * state[s, lane]
                    mass = square * square
                    total[lane] += lanes.weight[e, lane] * mass / (lanes.knee[e, lane] + mass)
            else:
                for lane in range(width):
                    mass = state[s, lane]
                    for _ in range(power - 1):
                        mass *= state[s, lane]
                    total[lane] += lanes.weight[e, lane] * mass / (lanes.knee[e, lane] + mass)
        for lane in range(width):
            out[i, lane] = total_gain[lane] - state[i, lane] * (total_gain[lane] + total_loss[lane])
    for q in range(wiring.stage_source.size):
        s = wiring.stage_source[q]
        for lane in range(width):
            out[n + q, lane] = (state[s, lane] - state[n + q, lane]) * lanes.stage_rate[q, lane]
    first = n + wiring.stage_source.size
    for z in range(wiring.signal.size):
        for lane in range(width):
            out[first + z, lane] = lanes.u_slope[segment, wiring.signal[z], lane]


@njit(**_COMPILE)
def _interpolate(x, h, rows, y, k1, k3, k4, k5, k6, k7, out):
    """Shampine's interpolant at the share x of a step of h months, for the first `rows` rows."""
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
    for i in range(rows):
        for lane in range(y.shape[1]):
            out[i, lane] = (
                y[i, lane]
                + c1 * k1[i, lane]
                + c3 * k3[i, lane]
                + c4 * k4[i, lane]
                + c5 * k5[i, lane]
                + c6 * k6[i, lane]
                + c7 * k7[i, lane]
            )


@njit(**_COMPILE)
def integrate(wiring, lanes, months, tolerance, given, most_steps, out):
    """Integrate the block and save it at `months` in `out` (T, R, L), R being the first rows of the state.

    With `given` empty the steps are chosen here, so that the local error of every row and lane stays below
    `tolerance`; otherwise `given` holds the ends of the steps to take (a mesh chosen by an earlier call).
    Returns how it ended, the mesh, each lane's largest local error over `tolerance`, and the last state.
    """
    width = lanes.gain.shape[1]
    depth = lanes.start.shape[0]
    rows = out.shape[1]
    y, new = lanes.start.copy(), np.empty((depth, width))
    k1, k2, k3, k4 = np.empty_like(y), np.empty_like(y), np.empty_like(y), np.empty_like(y)
    k5, k6, k7 = np.empty_like(y), np.empty_like(y), np.empty_like(y)
    gain0, gain1 = np.empty_like(lanes.gain), np.empty_like(lanes.gain)
    loss0, loss1 = np.empty_like(lanes.gain), np.empty_like(lanes.gain)
    total_gain, total_loss, error = np.empty(width), np.empty(width), np.empty(width)
    worst = np.zeros(width)
    mesh = np.empty(256 if given.size == 0 else given.size)
    adaptive = given.size == 0

    saved = 0
    while saved < months.size and months[saved] <= lanes.stops[0]:
        out[saved] = y[:rows]
        saved += 1
    taken, tried = 0, 0
    wished = 0.5
    t = lanes.stops[0]
    for segment in range(lanes.stops.size - 1):
        began, ends = lanes.stops[segment], lanes.stops[segment + 1]
        _begin_segment(wiring, lanes, segment, y, gain0, gain1, loss0, loss1)
        base = (gain0, gain1, loss0, loss1, total_gain, total_loss)
        _rates(wiring, lanes, segment, t - began, y, *base, k1)
        while t < ends:
            if tried == most_steps:
                return TOO_MANY_STEPS, mesh[:taken], worst, y
            tried += 1
            left = ends - t
            if not adaptive:
                reached = given[taken]
            elif wished >= left * (1 - 1e-9):
                reached = ends
            else:  # two even steps rather than one long and one tiny
                reached = t + (left / 2 if 2 * wished > left else wished)
            h = reached - t  # from the rounded ends, so that a mesh replays bitwise
            e = t - began
            a, b, c, d, f, g = y.ravel(), k1.ravel(), k2.ravel(), k3.ravel(), k4.ravel(), k5.ravel()
            p, q, v = k6.ravel(), k7.ravel(), new.ravel()
            for i in range(v.size):
                v[i] = a[i] + h * (1 / 5 * b[i])
            _rates(wiring, lanes, segment, e + h / 5, new, *base, k2)
            for i in range(v.size):
                v[i] = a[i] + h * (3 / 40 * b[i] + 9 / 40 * c[i])
            _rates(wiring, lanes, segment, e + 3 / 10 * h, new, *base, k3)
            for i in range(v.size):
                v[i] = a[i] + h * (44 / 45 * b[i] - 56 / 15 * c[i] + 32 / 9 * d[i])
            _rates(wiring, lanes, segment, e + 4 / 5 * h, new, *base, k4)
            for i in range(v.size):
                v[i] = a[i] + h * (
                    19372 / 6561 * b[i] - 25360 / 2187 * c[i] + 64448 / 6561 * d[i] - 212 / 729 * f[i]
                )
            _rates(wiring, lanes, segment, e + 8 / 9 * h, new, *base, k5)
            for i in range(v.size):
                v[i] = a[i] + h * (
                    9017 / 3168 * b[i]
                    - 355 / 33 * c[i]
                    + 46732 / 5247 * d[i]
                    + 49 / 176 * f[i]
                    - 5103 / 18656 * g[i]
                )
            _rates(wiring, lanes, segment, e + h, new, *base, k6)
            for i in range(v.size):
                v[i] = a[i] + h * (
                    35 / 384 * b[i]
                    + 500 / 1113 * d[i]
                    + 125 / 192 * f[i]
                    - 2187 / 6784 * g[i]
                    + 11 / 84 * p[i]
                )
            _rates(wiring, lanes, segment, e + h, new, *base, k7)

            error[:] = 0.0
            for i in range(depth):
                for lane in range(width):
                    local = abs(
                        71 / 57600 * k1[i, lane]
                        - 71 / 16695 * k3[i, lane]
                        + 71 / 1920 * k4[i, lane]
                        - 17253 / 339200 * k5[i, lane]
                        + 22 / 525 * k6[i, lane]
                        - 1 / 40 * k7[i, lane]
                    )
                    # the second half keeps a local error that is not a number, to be refused below
                    if local > error[lane] or local != local:
                        error[lane] = local
            largest = 0.0
            for lane in range(width):
                error[lane] *= h / tolerance
                if error[lane] > largest or error[lane] != error[lane]:
                    largest = error[lane]
            if not np.isfinite(largest) and adaptive and h < 1e-9:
                return NOT_FINITE, mesh[:taken], worst, y
            scale = min(5.0, max(0.2, 0.9 * (largest + 1e-10) ** -0.2)) if np.isfinite(largest) else 0.2
            if adaptive and not largest <= 1.0:
                wished = h * min(scale, 0.9)
                continue
            for lane in range(width):
                worst[lane] = max(worst[lane], error[lane]) if np.isfinite(error[lane]) else np.inf

            while saved < months.size and months[saved] <= reached:
                if months[saved] == reached:
                    out[saved] = new[:rows]
                else:
                    _interpolate((months[saved] - t) / h, h, rows, y, k1, k3, k4, k5, k6, k7, out[saved])
                saved += 1
            if taken == mesh.size:
                longer = np.empty(2 * taken)
                longer[:taken] = mesh
                mesh = longer
            mesh[taken] = reached
            taken += 1
            t = reached
            y, new = new, y
            k1, k7 = k7, k1  # first same as last
            wished = max(wished, h * scale) if (h < wished and scale > 1) else h * scale
    return FINISHED, mesh[:taken], worst, y
