"""One leg of powered flight of many missiles at once, side by side in the lanes of vector registers.

The physics is that of `physics.slope`. A step ends where the air or the drag curve bends, so that the polynomials of
`curves` that hold at its start hold throughout: they are put beside the state once, and the step itself reads no table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from detente.flight import dopri5
from detente.flight.branchless import field
from detente.flight.curves import AIR_ROW, DENSITY, DRAG_ROW, UNIT
from detente.flight.dop853 import inlined
from detente.flight.lanes import WIDTH, choose, climb, state, write

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.flight.branchless import Nature
    from detente.flight.curves import Curves
    from detente.flight.dop853 import Six

    Array = NDArray[np.float64]
    Body = tuple[Array, int]

jit = njit(cache=True, error_model="numpy", nogil=True, fastmath={"contract"})

# Rows of the work array, `WIDTH` numbers each: state 0..5, its acceleration 6..8, step, time, end of the leg; mass
# that the missile would have had at time 0 and its flow, vacuum thrust, nozzle area, half the cross-section; direction
# of thrust 17..19 and the one it tilts to 20..22, tilt a second and the time it starts; altitude, Mach number, its rate
# and the growth of that; whether other polynomials are due, whether the leg goes on, whether the lane went astray (0
# no); direction of the azimuth at the launch 32..34; then a row each of `Curves.air` and `Curves.drag`
STEP, TIME, END, MASS, FLOW, THRUST, NOZZLE, AREA, ALONG, TILT, SINCE = 9, 10, 11, 12, 13, 14, 15, 16, 17, 23, 24
HEIGHT, MACH, RATE, GROWTH, DUE, GOING, LOST, AHEAD, AIR = 25, 26, 27, 28, 29, 30, 31, 32, 35
DRAG = AIR + AIR_ROW
ROWS = DRAG + DRAG_ROW
_UNDER, _SLOWER = 60.0, 4e-3
"""How far below the end of a polynomial, in altitude [m] and in Mach number, the next one is taken."""


@inlined
def air(h: float, a: Array, i: int) -> tuple[float, float, float]:
    """Return density [kg/m³], 1/speed of sound [s/m] and pressure [Pa] from the polynomials of a lane."""
    u, j = h * UNIT, (AIR + 1) * WIDTH + i
    q = a[j + 3 * WIDTH] + u * (a[j + 4 * WIDTH] + u * a[j + 5 * WIDTH])
    q = a[j] + u * (a[j + WIDTH] + u * (a[j + 2 * WIDTH] + u * q))
    s = a[j + 8 * WIDTH] + u * (a[j + 9 * WIDTH] + u * a[j + 10 * WIDTH])
    s = a[j + 6 * WIDTH] + u * (a[j + 7 * WIDTH] + u * s)
    p = a[j + 11 * WIDTH] + u * (a[j + 12 * WIDTH] + u * a[j + 13 * WIDTH])
    q *= q
    q *= q
    q *= q
    return q, s, q * p


@inlined
def drag(mach: float, a: Array, i: int) -> float:
    """Return the drag coefficient from the polynomial of a lane."""
    j = (DRAG + 1) * WIDTH + i
    high = a[j + 3 * WIDTH] + mach * a[j + 4 * WIDTH]
    found: float = a[j] + mach * (a[j + WIDTH] + mach * (a[j + 2 * WIDTH] + mach * high))
    return found


@inlined
def held(t: float, y: Six, body: Body, nature: Nature) -> Six:
    """Return the time derivative of a state with thrust along a direction that is held or tilts evenly."""
    a, i = body
    gx, gy, gz, h = field(y[0], y[1], y[2], nature)
    rho, inverse, p = air(h, a, i)
    u, v, w = y[3] + nature[4] * y[1], y[4] - nature[4] * y[0], y[5]
    speed = math.sqrt(u * u + v * v + w * w)
    each = 1.0 / (a[MASS * WIDTH + i] - a[FLOW * WIDTH + i] * t)
    thrust = (a[THRUST * WIDTH + i] - p * a[NOZZLE * WIDTH + i]) * each
    q = -rho * speed * a[AREA * WIDTH + i] * drag(speed * inverse, a, i) * each
    b = a[TILT * WIDTH + i] * (t - a[SINCE * WIDTH + i])
    b2 = b * b
    s = b * (1.0 + b2 * (-1 / 6 + b2 * (1 / 120 + b2 * (-1 / 5040 + b2 * (1 / 362880 - b2 * (1 / 39916800))))))
    c = 1.0 + b2 * (-0.5 + b2 * (1 / 24 + b2 * (-1 / 720 + b2 * (1 / 40320 - b2 * (1 / 3628800)))))
    s, c, j = thrust * s, thrust * c, ALONG * WIDTH + i
    gx += c * a[j] + s * a[j + 3 * WIDTH]
    gy += c * a[j + WIDTH] + s * a[j + 4 * WIDTH]
    gz += c * a[j + 2 * WIDTH] + s * a[j + 5 * WIDTH]
    return y[3], y[4], y[5], gx + q * u, gy + q * v, gz + q * w


@inlined
def turn(t: float, y: Six, body: Body, nature: Nature) -> Six:
    """Return the time derivative of a state with thrust along the velocity relative to the air (gravity turn)."""
    a, i = body
    gx, gy, gz, h = field(y[0], y[1], y[2], nature)
    rho, inverse, p = air(h, a, i)
    u, v, w = y[3] + nature[4] * y[1], y[4] - nature[4] * y[0], y[5]
    square = u * u + v * v + w * w
    speed = math.sqrt(square)
    each = 1.0 / ((a[MASS * WIDTH + i] - a[FLOW * WIDTH + i] * t) * speed)
    thrust = a[THRUST * WIDTH + i] - p * a[NOZZLE * WIDTH + i]
    q = (thrust - rho * square * a[AREA * WIDTH + i] * drag(speed * inverse, a, i)) * each
    return y[3], y[4], y[5], gx + q * u, gy + q * v, gz + q * w


step_held, step_turn = dopri5.stepper(held), dopri5.stepper(turn)


@inlined
def slope(a: Array, i: int) -> Six:
    """Return the time derivative of the state of a lane."""
    j = 3 * WIDTH + i
    k = 6 * WIDTH + i
    return a[j], a[j + WIDTH], a[j + 2 * WIDTH], a[k], a[k + WIDTH], a[k + 2 * WIDTH]


@inlined
def until(room: float, rate: float, growth: float) -> float:
    """Return when a room is used up [s] at a rate that grows evenly."""
    rate = max(rate, 1e-4 * room)
    square = rate * rate
    bent = min(max(square + 2.0 * growth * room, 0.25 * square), 2.25 * square)
    time: float = 2.0 * room / (rate + math.sqrt(bent))
    return time


@inlined
def longest(a: Array, i: int, nature: Nature) -> float:
    """Return the longest step to try [s]: to where the air or the drag curve next bends.

    The time until then follows from the radial speed and acceleration, and from the rate of the Mach number. Only cost
    and the last meters depend on it: the error is controlled.
    """
    y, k, h = state(a, 0, i), slope(a, i), a[HEIGHT * WIDTH + i]
    each = 1.0 / (nature[1] + h)
    rise = (y[0] * y[3] + y[1] * y[4] + y[2] * y[5]) * each
    curve = y[0] * k[3] + y[1] * k[4] + y[2] * k[5] + y[3] * y[3] + y[4] * y[4] + y[5] * y[5] - rise * rise
    up = until(max(a[AIR * WIDTH + i] - h, 20.0), rise, curve * each)
    left = max(a[DRAG * WIDTH + i] - a[MACH * WIDTH + i], 1e-3)
    time: float = min(up, until(left, a[RATE * WIDTH + i], a[GROWTH * WIDTH + i]))
    return time


@inlined
def length(a: Array, i: int, nature: Nature) -> float:
    """Return the length of the next step of a lane [s]; the last two to the end of the leg are alike."""
    left = a[END * WIDTH + i] - a[TIME * WIDTH + i]
    d = min(a[STEP * WIDTH + i], longest(a, i, nature))
    d = left if d > 0.999 * left else min(d, 0.5 * left) if 2.0 * d > left else d
    allowed: float = d if a[LOST * WIDTH + i] == 0.0 else 0.0
    return allowed


@inlined
def measure(a: Array, i: int, d: float, nature: Nature) -> None:
    """Write altitude and Mach number of a lane after a step of `d` [s], its rate and the growth of that.

    And whether other polynomials are due.
    """
    y, k = state(a, 0, i), slope(a, i)
    h = field(y[0], y[1], y[2], nature)[3]
    u, v, w = y[3] + nature[4] * y[1], y[4] - nature[4] * y[0], y[5]
    speed = math.sqrt(u * u + v * v + w * w)
    j, x = (AIR + 1 + DENSITY) * WIDTH + i, h * UNIT
    c2, c3, c4 = a[j + 2 * WIDTH], a[j + 3 * WIDTH], a[j + 4 * WIDTH]
    s = a[j] + x * (a[j + WIDTH] + x * (c2 + x * (c3 + x * c4)))
    bend = a[j + WIDTH] + x * (2.0 * c2 + x * (3.0 * c3 + x * 4.0 * c4))
    mach = speed * s
    # the Mach number grows with the speed, and as the speed of sound falls
    rise = (y[0] * y[3] + y[1] * y[4] + y[2] * y[5]) / (nature[1] + h)
    gain = u * (k[3] + nature[4] * y[4]) + v * (k[4] - nature[4] * y[3]) + w * k[5]
    rate = s * gain / max(speed, 1.0) + speed * bend * UNIT * rise
    growth = (rate - a[RATE * WIDTH + i]) / d if d > 0.0 else a[GROWTH * WIDTH + i]
    a[HEIGHT * WIDTH + i], a[MACH * WIDTH + i] = h, mach
    a[RATE * WIDTH + i], a[GROWTH * WIDTH + i] = rate, growth
    due = (h > a[AIR * WIDTH + i] - _UNDER) | (mach > a[DRAG * WIDTH + i] - _SLOWER)
    a[DUE * WIDTH + i] = 1.0 if due else 0.0


@inlined
def settle(a: Array, i: int, d: float, new: Six, k: Six, error: float, nature: Nature) -> float:
    """Keep or refuse a step of `d` [s] of a lane, and choose its next; return how much of it was kept [s]."""
    y, ky, t, end = state(a, 0, i), slope(a, i), a[TIME * WIDTH + i], a[END * WIDTH + i]
    kept = error <= 1.0
    falls = climb(new, nature[1], nature[2]) < 0.0
    lost = (kept & falls & (d > 0.0)) | ((not kept) & (d < 1e-6))
    write(a, 0, i, choose(kept, new, y))
    j = 6 * WIDTH + i
    a[j], a[j + WIDTH], a[j + 2 * WIDTH] = k[3] if kept else ky[3], k[4] if kept else ky[4], k[5] if kept else ky[5]
    now = t + d if d < end - t else end
    now = now if kept else t
    a[TIME * WIDTH + i] = now
    grow = 0.85 / math.sqrt(math.sqrt(math.sqrt(max(error, 1e-12))))
    grow = min(max(grow, 0.2), 3.0) if error < 1e30 else 0.1
    tried = a[STEP * WIDTH + i]
    usual = max(d * grow, tried if error < 1e-3 else 0.0)
    a[STEP * WIDTH + i] = (usual if kept else d * min(grow, 0.8)) if d > 0.0 else tried
    astray = 1.0 if lost else a[LOST * WIDTH + i]
    a[LOST * WIDTH + i] = astray
    a[GOING * WIDTH + i] = 1.0 if (end > now) & (astray == 0.0) else 0.0
    return d if kept else 0.0


@jit
def renew(a: Array, i: int, curves: Curves) -> None:
    """Put those polynomials beside a lane that hold from its altitude and Mach number on."""
    h, mach = a[HEIGHT * WIDTH + i] + _UNDER, a[MACH * WIDTH + i] + _SLOWER
    part = 0
    while h >= curves.air[part, 0]:
        part += 1
    for j in range(AIR_ROW):
        a[(AIR + j) * WIDTH + i] = curves.air[part, j]
    part = 0
    while mach >= curves.drag[part, 0]:
        part += 1
    for j in range(DRAG_ROW):
        a[(DRAG + j) * WIDTH + i] = curves.drag[part, j]


@jit
def prepare(a: Array, nature: Nature, curves: Curves) -> None:
    """Put the polynomials beside every lane that hold where it is."""
    for i in range(WIDTH):
        measure(a, i, 0.0, nature)
    for i in range(WIDTH):
        renew(a, i, curves)


@jit
def look(a: Array, curves: Curves) -> bool:
    """Renew the polynomials where that is due; return whether a lane goes on."""
    going, due = 0.0, 0.0
    for i in range(WIDTH):
        going += a[GOING * WIDTH + i]
        due += a[DUE * WIDTH + i]
    if due > 0.0:
        for i in range(WIDTH):
            if a[DUE * WIDTH + i] > 0.0:
                renew(a, i, curves)
    return going > 0.0


def _legs(rate: Callable[..., Six]) -> Callable[..., int]:
    """Return the function that flies one leg of every lane to its end, along a time derivative."""
    step = dopri5.stepper(rate)

    @jit
    def fly(a: Array, nature: Nature, near: float, fast: float, curves: Curves) -> int:
        prepare(a, nature, curves)
        for i in range(WIDTH):
            k, j = rate(a[TIME * WIDTH + i], state(a, 0, i), (a, i), nature), 6 * WIDTH + i
            a[j], a[j + WIDTH], a[j + 2 * WIDTH] = k[3], k[4], k[5]
            measure(a, i, 0.0, nature)
            a[GROWTH * WIDTH + i] = 0.0
        steps = 0
        while True:
            for i in range(WIDTH):
                d, t = length(a, i, nature), a[TIME * WIDTH + i]
                new, k, error = step(t, state(a, 0, i), slope(a, i), d, near, fast, (a, i), nature)
                kept = settle(a, i, d, new, k, error, nature)
                measure(a, i, kept, nature)
            steps += WIDTH
            if not look(a, curves):
                return steps

    made: Callable[..., int] = fly
    return made


fly_held, fly_turn = _legs(held), _legs(turn)
