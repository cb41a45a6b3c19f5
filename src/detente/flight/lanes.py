"""Free flight of many bodies at once, side by side in the lanes of the processor's vector registers.

The physics is that of `kernels`, and tests hold the answers equal. What differs is the method (`dop853`) and the shape
of the loops: `fly_block` keeps `WIDTH` flights going, one a lane, each with its own step; a lane whose flight is over
takes the next one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir
from numba import carray, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from detente.flight.branchless import field, rate
from detente.flight.dop853 import inlined, stepper
from detente.flight.kernels import IMPACT, STILL_UP
from detente.flight.physics import ellipsoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.flight.branchless import Nature
    from detente.flight.dop853 import Six

    Array = NDArray[np.float64]
    Limits = tuple[float, float, float]

WIDTH = 8
"""Lanes: one register of eight numbers where the processor has them (AVX-512), two of four where it has not."""

jit = njit(cache=True, error_model="numpy", nogil=True, fastmath={"contract"})

# Rows of the work array, `WIDTH` numbers each: state 0..5, its acceleration 6..8, step, 1/ballistic coefficient, time,
# the state after the step 12..17, its acceleration 18..20, whether the lane needs a look (0 no), greatest altitude so
# far and its time, number of the flight (-1 none), step that the error allows wherever the air does not bend
STEP, BETA, TIME, NEW, FLAG, PEAK, PEAK_TIME, FLIGHT, USUAL, ROWS = 9, 10, 11, 12, 21, 22, 23, 24, 25, 26
# Columns of a start: time, inertial state 1..6, 1/ballistic coefficient; and of a result: time of the end, geodetic
# latitude, longitude, inertial state 3..8, greatest altitude, its time, status
ENDED, LATITUDE, LONGITUDE, STATE, APOGEE, APOGEE_TIME, STATUS, COLUMNS = 0, 1, 2, 3, 9, 10, 11, 12
FAILED = -1


@intrinsic
def stack(_: Any) -> Any:
    """Return the address of a work array on the stack of the function that calls.

    Only there does the compiler know that no store touches a table, without which it keeps to one lane.
    """

    def lower(_context: Any, builder: Any, _signature: Any, _args: Any) -> Any:
        return cgutils.alloca_once(builder, ir.DoubleType(), size=ROWS * WIDTH)

    return types.CPointer(types.float64)(), lower


step = stepper(rate)


@inlined
def climb(y: Six, radius: float, flattening: float) -> float:
    """Return the rate of climb [m/s] times the distance from the center [m], close enough for its sign at apogee."""
    r = math.sqrt(y[0] * y[0] + y[1] * y[1] + y[2] * y[2])
    k = r / (r - flattening * (2.0 - flattening) * radius)
    return y[0] * y[3] + y[1] * y[4] + k * y[2] * y[5]


@inlined
def bend(h: float, level: float, falls: bool, so_far: float) -> float:
    """Return where to end a step for the sake of a level that lies ahead, else what was ahead so far [m].

    Falling, beyond it and all of what the table rounds; climbing, where errors have time to grow, at both ends of that.
    """
    up = level + 105.0 if h > level - 160.0 else level - 105.0
    ahead = h > level - 100.0 if falls else h < level + 60.0
    return (level - 170.0 if falls else up) if ahead else so_far


@inlined
def longest(y: Six, k: Six, h: float, nature: Nature, cap: float) -> float:
    """Return the longest step to try [s]: to where the air next changes its slope, or the ground.

    Those are the altitudes where layers of the standard atmosphere meet, the onset of thick air, and 5 km, since the
    lowest layer takes two steps. The time until then follows from the radial speed and acceleration. Only cost depends
    on it: the error is controlled.
    """
    r = nature[1] + h
    rise = (y[0] * y[3] + y[1] * y[4] + y[2] * y[5]) / r
    curve = (y[0] * k[3] + y[1] * k[4] + y[2] * k[5] + y[3] * y[3] + y[4] * y[4] + y[5] * y[5]) / r - rise * rise / r
    falls = rise < 0.0
    low, high = -1_500.0, 1e9
    next_one = bend(h, 5_000.0, True, low) if falls else bend(h, 86_000.0, False, high)
    next_one = bend(h, 11_019.0, True, next_one) if falls else next_one
    next_one = bend(h, 20_063.0 if falls else 71_802.0, falls, next_one)
    next_one = bend(h, 32_162.0 if falls else 51_413.0, falls, next_one)
    next_one = bend(h, 47_350.0, falls, next_one)
    next_one = bend(h, 51_413.0 if falls else 32_162.0, falls, next_one)
    next_one = bend(h, 71_802.0 if falls else 20_063.0, falls, next_one)
    next_one = bend(h, 95_000.0 if falls else 11_019.0, falls, next_one)
    room, speed, bow = max(abs(next_one - h), 100.0), max(abs(rise), 1.0), -curve if falls else curve
    time: float = 2.0 * room / (speed + math.sqrt(max(speed * speed + 2.0 * bow * room, 0.09 * speed * speed)))
    return min(cap, time)


@inlined
def state(a: Array, row: int, i: int) -> Six:
    """Return the six numbers of lane `i` from a row of the work array on."""
    j = row * WIDTH + i
    return a[j], a[j + WIDTH], a[j + 2 * WIDTH], a[j + 3 * WIDTH], a[j + 4 * WIDTH], a[j + 5 * WIDTH]


@inlined
def slope(a: Array, row: int, i: int) -> Six:
    """Return the time derivative of a state: its velocity, and the acceleration that stands behind it."""
    at = (6 if row == 0 else NEW + 6) * WIDTH + i
    j = row * WIDTH + i
    return a[j + 3 * WIDTH], a[j + 4 * WIDTH], a[j + 5 * WIDTH], a[at], a[at + WIDTH], a[at + 2 * WIDTH]


@inlined
def write(a: Array, row: int, i: int, y: Six) -> None:
    """Write six numbers of lane `i` from a row of the work array on."""
    j = row * WIDTH + i
    a[j], a[j + WIDTH], a[j + 2 * WIDTH] = y[0], y[1], y[2]
    a[j + 3 * WIDTH], a[j + 4 * WIDTH], a[j + 5 * WIDTH] = y[3], y[4], y[5]


@inlined
def choose(yes: bool, y: Six, z: Six) -> Six:
    """Return y or z, number by number, as vectors choose."""
    return (
        y[0] if yes else z[0],
        y[1] if yes else z[1],
        y[2] if yes else z[2],
        y[3] if yes else z[3],
        y[4] if yes else z[4],
        y[5] if yes else z[5],
    )


@inlined
def settle(a: Array, i: int, new: Six, k: Six, error: float, nature: Nature, most: Limits) -> float:
    """Keep or refuse the step of a lane and choose its next; return 1 where the lane needs a look, else 0.

    A step with an event in it is kept beside the state, so that `look` has both ends of it.
    """
    y, ky, d, t = state(a, 0, i), slope(a, 0, i), a[STEP * WIDTH + i], a[TIME * WIDTH + i]
    was = climb(y, nature[1], nature[2])
    error *= 900.0 if was >= 0.0 else 1.0
    kept = error <= 1.0
    rise = climb(new, nature[1], nature[2])
    h = field(new[0], new[1], new[2], nature)[3]
    falls = (rise < 0.0) & ((was >= 0.0) | (h < most[0]))
    # past its lowest point the body may have been underground in between
    turns = (was < 0.0) & (rise >= 0.0) & (h < most[0] + 200_000.0)
    event = kept & (falls | turns | (t + d >= most[1]))
    failed = (not kept) & (d < 1e-6)
    move = kept & (not event)
    write(a, 0, i, choose(move, new, y))
    now = choose(move, k, ky)
    a[6 * WIDTH + i], a[7 * WIDTH + i], a[8 * WIDTH + i] = now[3], now[4], now[5]
    write(a, NEW, i, new)
    j = (NEW + 6) * WIDTH + i
    a[j], a[j + WIDTH], a[j + 2 * WIDTH] = k[3], k[4], k[5]
    a[TIME * WIDTH + i] = t + d if move else t
    grow = 0.9 / math.sqrt(math.sqrt(math.sqrt(math.sqrt(max(error, 1e-12)))))
    grow = min(max(grow, 0.2), 6.0) if error < 1e30 else 0.1
    usual = d * (min(grow, 1.0) if not kept else grow)
    usual = max(usual, a[USUAL * WIDTH + i]) if kept & (error < 0.05) else usual
    a[USUAL * WIDTH + i] = usual
    following = min(usual, most[1] - (t + d if move else t))
    following = min(following, longest(new, k, h, nature, most[2])) if kept else following
    a[STEP * WIDTH + i] = d if event else following
    return 2.0 if failed else 1.0 if event else 0.0


@inlined
def quintic(d: float, y: float, v: float, p: float, z: float, w: float, q: float, s: float) -> tuple[float, float]:
    """Return position and velocity at a part `s` of a step of `d` [s] from those and the accelerations at its ends."""
    v, w, p, q = d * v, d * w, 0.5 * d * d * p, 0.5 * d * d * q
    gap, turn, bend = z - y - v - p, w - v - 2.0 * p, q - p
    c3, c4, c5 = 10.0 * gap - 4.0 * turn + bend, 7.0 * turn - 15.0 * gap - 2.0 * bend, 6.0 * gap - 3.0 * turn + bend
    position = y + s * (v + s * (p + s * (c3 + s * (c4 + s * c5))))
    return position, (v + s * (2.0 * p + s * (3.0 * c3 + s * (4.0 * c4 + s * 5.0 * c5)))) / d


@inlined
def between(a: Array, i: int, s: float) -> Six:
    """Return the state within the last step of a lane, at a part `s` of it from 0 to 1.

    Hermite interpolation of position, velocity and acceleration; its error is d⁶/46080 times the sixth derivative.
    """
    y, k, z, m, d = state(a, 0, i), slope(a, 0, i), state(a, NEW, i), slope(a, NEW, i), a[STEP * WIDTH + i]
    px, vx = quintic(d, y[0], y[3], k[3], z[0], z[3], m[3], s)
    py, vy = quintic(d, y[1], y[4], k[4], z[1], z[4], m[4], s)
    pz, vz = quintic(d, y[2], y[5], k[5], z[2], z[5], m[5], s)
    return px, py, pz, vx, vy, vz


@jit
def event(a: Array, i: int, kind: int, low: float, high: float, nature: Nature, floor: float) -> float:
    """Return the part of the last step at which the climb (0), the height above the floor (1) or the fall (2) ends.

    It is looked for between two parts of the step.

    Illinois variant of false position, to a microsecond.
    """
    f_low, f_high = 1.0, -1.0
    part, d = low, a[STEP * WIDTH + i]
    for n in range(40):
        y = between(a, i, low if n == 0 else high if n == 1 else part)
        if kind != 1:
            f = climb(y, nature[1], nature[2]) * (1.0 if kind == 0 else -1.0)
        else:
            f = ellipsoid(y[0], y[1], y[2], nature[1], nature[2])[0] - floor
        if n == 0:
            f_low = f
        elif n == 1:
            f_high = f
        else:
            if f * f_high < 0.0:
                low, f_low = high, f_high
            else:
                f_low *= 0.5
            moved, high, f_high = abs(high - part), part, f
            if moved * d < 1e-6:
                break
        if n > 0:
            part = (low * f_high - high * f_low) / (f_high - f_low) if f_high != f_low else high
    return part


@jit
def finish(a: Array, i: int, s: float, status: float, nature: Nature, out: Array) -> None:
    """Write the result of a flight that ends at a part `s` of the last step."""
    y = state(a, NEW, i) if s == 1.0 else between(a, i, s)
    t = a[TIME * WIDTH + i] + s * a[STEP * WIDTH + i]
    h, nx, ny, nz = ellipsoid(y[0], y[1], y[2], nature[1], nature[2])
    turned = math.atan2(y[1], y[0]) - nature[4] * t
    row = out[int(a[FLIGHT * WIDTH + i])]
    row[ENDED], row[STATUS] = t, status
    row[LATITUDE] = math.atan2(nz, math.sqrt(nx * nx + ny * ny))
    row[LONGITUDE] = turned - 2.0 * math.pi * math.floor(turned / (2.0 * math.pi) + 0.5)
    for j in range(6):
        row[STATE + j] = y[j]
    row[APOGEE], row[APOGEE_TIME] = a[PEAK * WIDTH + i], a[PEAK_TIME * WIDTH + i]
    if h > row[APOGEE]:
        row[APOGEE], row[APOGEE_TIME] = h, t


@jit
def dip(a: Array, i: int, nature: Nature, floor: float) -> float:
    """Return the part of the last step at which a body went below the floor before it rose again, or -1."""
    if climb(state(a, 0, i), nature[1], nature[2]) >= 0.0 or climb(state(a, NEW, i), nature[1], nature[2]) < 0.0:
        return -1.0
    part: float = event(a, i, 2, 0.0, 1.0, nature, floor)
    y = between(a, i, part)
    if ellipsoid(y[0], y[1], y[2], nature[1], nature[2])[0] >= floor:
        return -1.0
    part = event(a, i, 1, 0.0, part, nature, floor)
    return part


@jit
def look(a: Array, i: int, nature: Nature, most: Limits, out: Array) -> bool:
    """Locate what happened in the last step of a lane; return whether its flight is over."""
    j, low = i, 0.0
    if a[FLAG * WIDTH + i] == 2.0:
        finish(a, i, 0.0, FAILED, nature, out)
        return True
    new, d, t = state(a, NEW, i), a[STEP * WIDTH + i], a[TIME * WIDTH + i]
    rise = climb(new, nature[1], nature[2])
    if climb(state(a, 0, i), nature[1], nature[2]) >= 0.0 and rise < 0.0:
        low = event(a, i, 0, 0.0, 1.0, nature, most[0])
        top = between(a, i, low)
        h = ellipsoid(top[0], top[1], top[2], nature[1], nature[2])[0]
        if h > a[PEAK * WIDTH + i]:
            a[PEAK * WIDTH + i], a[PEAK_TIME * WIDTH + i] = h, t + low * d
    h = field(new[0], new[1], new[2], nature)[3]
    if rise < 0.0 and h < most[0]:
        finish(a, i, event(a, i, 1, low, 1.0, nature, most[0]), IMPACT, nature, out)
        return True
    part = dip(a, i, nature, most[0])
    if part >= 0.0:
        finish(a, i, part, IMPACT, nature, out)
        return True
    if t + d >= most[1]:
        finish(a, i, 1.0, STILL_UP, nature, out)
        return True
    write(a, 0, i, new)
    for j in range(3):
        a[(6 + j) * WIDTH + i] = a[(NEW + 6 + j) * WIDTH + i]
    a[TIME * WIDTH + i] = t + d
    a[STEP * WIDTH + i] = min(d, most[1] - (t + d), longest(new, slope(a, NEW, i), h, nature, most[2]))
    return False


@jit
def load(a: Array, i: int, flight: int, starts: Array, nature: Nature, most: Limits, table: Array) -> None:
    """Put a flight into a lane, or where there is none left, a body at rest that takes no step."""
    live = flight < starts.shape[0]
    row = starts[flight if live else 0]
    y = (row[1], row[2], row[3], row[4], row[5], row[6]) if live else (2.0 * nature[1], 0.0, 0.0, 0.0, 0.0, 0.0)
    k = rate(row[0], y, row[7], nature, table)
    write(a, 0, i, y)
    a[6 * WIDTH + i], a[7 * WIDTH + i], a[8 * WIDTH + i] = k[3], k[4], k[5]
    h = field(y[0], y[1], y[2], nature)[3]
    first = min(longest(y, k, h, nature, most[2]), 60.0 if h > 100_000.0 else 1.0, most[1] - row[0])
    a[STEP * WIDTH + i] = a[USUAL * WIDTH + i] = first if live else 0.0
    a[BETA * WIDTH + i], a[TIME * WIDTH + i] = row[7], row[0] if live else 0.0
    a[PEAK * WIDTH + i], a[PEAK_TIME * WIDTH + i] = h, row[0]
    a[FLIGHT * WIDTH + i] = flight if live else -1.0


@jit
def heights(starts: Array, radius: float, flattening: float) -> Array:
    """Return the altitudes [m] of starts as `fly_block` takes them."""
    out = np.empty(starts.shape[0])
    for i in range(starts.shape[0]):
        out[i] = ellipsoid(starts[i, 1], starts[i, 2], starts[i, 3], radius, flattening)[0]
    return out


@jit
def fly_block(starts: Array, nature: Nature, most: Limits, near: float, fast: float, table: Array, out: Array) -> int:
    """Fly bodies freely to impact or the end of the time, `WIDTH` at once; return the number of steps of all lanes.

    Parameters
    ----------
    starts : array, shape (flights, 8)
        Time [s], inertial state [m], [m/s] and 1/ballistic coefficient [m²/kg].
    nature : (float, float, float, float, float)
        Gravitational parameter, radius, flattening, J2 and rotation of the Earth.
    most : (float, float, float)
        Floor [m], end of the time [s], longest step [s].
    near, fast : float
        Greatest local error of a step [m], [m/s].
    table : array
        From `cells`.
    out : array, shape (flights, 12)
        Replaced: time of the end, geodetic latitude and longitude, inertial state, greatest altitude and its time,
        status.
    """
    a = carray(stack(), (ROWS * WIDTH,))
    following, flying, steps = 0, min(WIDTH, starts.shape[0]), 0
    for i in range(WIDTH):
        load(a, i, following, starts, nature, most, table)
        following += 1
    while flying > 0:
        flags = 0.0
        for i in range(WIDTH):
            new, k, error = step(
                a[TIME * WIDTH + i],
                state(a, 0, i),
                slope(a, 0, i),
                a[STEP * WIDTH + i],
                near,
                fast,
                a[BETA * WIDTH + i],
                nature,
                table,
            )
            flag = settle(a, i, new, k, error, nature, most)
            a[FLAG * WIDTH + i] = flag
        for i in range(WIDTH):
            flags += a[FLAG * WIDTH + i]
        steps += WIDTH
        if flags > 0.0:
            for i in range(WIDTH):
                if a[FLAG * WIDTH + i] > 0.0 and look(a, i, nature, most, out):
                    flying -= 1 if following >= starts.shape[0] else 0
                    load(a, i, following, starts, nature, most, table)
                    following += 1
    return steps
