"""Boosts of many missiles at once, from launch to cut-off, side by side in the lanes of vector registers.

The flight is that of `kernels.flight`, and tests hold the answers equal. Every lane flies the same leg (rise, kick,
gravity turn, one leg for each later stage), and the block goes on to the next when its last lane has ended it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from detente.flight.curves import AIR_ROW, DRAG_ROW
from detente.flight.kernels import frame
from detente.flight.lanes import WIDTH, state, write
from detente.flight.physics import ellipsoid
from detente.flight.powered import (
    AHEAD,
    AIR,
    ALONG,
    AREA,
    END,
    FLOW,
    LOST,
    MASS,
    NOZZLE,
    ROWS,
    SINCE,
    STEP,
    THRUST,
    TILT,
    TIME,
    fly_held,
    fly_turn,
    jit,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.flight.branchless import Nature
    from detente.flight.curves import Curves

    Array = NDArray[np.float64]

# Columns of a flight: launch site 0..2, control 3..8 as of `kernels.flight`, payload, 1/ballistic coefficient, then six
# of each stage
SITE, CONTROL, PAYLOAD, BETA, STAGES = 0, 3, 9, 10, 11
LATER = 10.0
"""How much more error an upper stage may make than the first: less time is left for it to grow."""
FIRST = 10.0
"""First step of a leg to try [s]."""


@jit
def launch(a: Array, i: int, row: Array, stages: int, nature: Nature) -> None:
    """Put a missile on its launch site, at rest on the turning Earth."""
    up = frame(row[SITE], row[SITE + 1], row[CONTROL])
    h, e2 = row[SITE + 2], nature[2] * (2.0 - nature[2])
    normal = nature[1] / math.sqrt(1.0 - e2 * up[2] * up[2])
    x, y, z = (normal + h) * up[0], (normal + h) * up[1], (normal * (1.0 - e2) + h) * up[2]
    write(a, 0, i, (x, y, z, -nature[4] * y, nature[4] * x, 0.0))
    write(a, ALONG, i, up)
    for j in range(3):
        a[(AHEAD + j) * WIDTH + i] = up[3 + j]
    a[TIME * WIDTH + i] = a[LOST * WIDTH + i] = a[END * WIDTH + i] = 0.0
    mass = row[PAYLOAD]
    for j in range(stages):
        mass += row[STAGES + 6 * j] + row[STAGES + 6 * j + 1]
    a[MASS * WIDTH + i] = mass
    # polynomials of the ground, until the first measure
    for j in range(AIR_ROW + DRAG_ROW):
        a[(AIR + j) * WIDTH + i] = 0.0


@jit
def ignite(a: Array, i: int, row: Array, stage: int, start: float) -> None:
    """Set mass, flow, thrust and areas of a stage that starts at a time [s], with all that it carries in MASS."""
    at = STAGES + 6 * stage
    flow = row[at] / row[at + 2]
    a[MASS * WIDTH + i] += flow * start
    a[FLOW * WIDTH + i], a[THRUST * WIDTH + i] = flow, row[at + 3]
    a[NOZZLE * WIDTH + i], a[AREA * WIDTH + i] = row[at + 4], 0.5 * row[at + 5]


@jit
def drop(a: Array, i: int, row: Array, stage: int, start: float) -> None:
    """Take a burnt stage that started at a time [s] off MASS."""
    at = STAGES + 6 * stage
    a[MASS * WIDTH + i] -= a[FLOW * WIDTH + i] * start + row[at] + row[at + 1]


@jit
def point(a: Array, i: int, pitch: float, nature: Nature) -> None:
    """Hold the thrust of a lane at `pitch` [rad] above the local horizontal, as `kernels.point_leg` does."""
    y, j = state(a, 0, i), AHEAD * WIDTH + i
    tx, ty, tz = a[j], a[j + WIDTH], a[j + 2 * WIDTH]
    _, nx, ny, nz = ellipsoid(y[0], y[1], y[2], nature[1], nature[2])
    dot = nx * tx + ny * ty + nz * tz
    hx, hy, hz = tx - dot * nx, ty - dot * ny, tz - dot * nz
    norm = math.sqrt(hx * hx + hy * hy + hz * hz)
    c, s = math.cos(pitch) / norm, math.sin(pitch)
    write(a, ALONG, i, (c * hx + s * nx, c * hy + s * ny, c * hz + s * nz, 0.0, 0.0, 0.0))


@jit
def leg(a: Array, i: int, start: float, end: float, tilt: float) -> None:
    """Set the leg of a lane from a time to another [s], or to none where it is over; it tilts by `tilt` [rad/s]."""
    a[SINCE * WIDTH + i], a[TILT * WIDTH + i] = start, tilt
    a[END * WIDTH + i] = max(end, a[TIME * WIDTH + i])
    a[STEP * WIDTH + i] = FIRST


@jit
def first_stage(a: Array, rows: Array, nature: Nature, near: float, fast: float, curves: Curves) -> int:
    """Fly the first stage of every lane: rise, kick, gravity turn; return the number of steps of all lanes."""
    last, stages, steps = rows.shape[0] - 1, (rows.shape[1] - STAGES) // 6, 0
    for i in range(WIDTH):
        row = rows[min(i, last)]
        launch(a, i, row, stages, nature)
        ignite(a, i, row, 0, 0.0)
        leg(a, i, 0.0, min(row[CONTROL + 4], row[CONTROL + 3]), 0.0)
    steps += fly_held(a, nature, near, fast, curves)
    for i in range(WIDTH):
        row = rows[min(i, last)]
        end = min(row[CONTROL + 4] + row[CONTROL + 5], row[CONTROL + 3])
        leg(a, i, a[TIME * WIDTH + i], end, row[CONTROL + 1] / row[CONTROL + 5])
    steps += fly_held(a, nature, near, fast, curves)
    for i in range(WIDTH):
        row = rows[min(i, last)]
        leg(a, i, 0.0, min(row[STAGES + 2], row[CONTROL + 3]), 0.0)
    steps += fly_turn(a, nature, near, fast, curves)
    return steps


@jit
def boost_block(
    flights: Array, nature: Nature, near: float, fast: float, curves: Curves, starts: Array, lost: Array
) -> int:
    """Fly missiles from launch to cut-off, `WIDTH` at once; return the number of steps of all lanes.

    Parameters
    ----------
    flights : array, shape (flights, 11 + 6 stages)
        Site, control, payload, 1/ballistic coefficient and stages of each, as of `kernels.flight`.
    nature : tuple
        As of `lanes.fly_block`.
    near, fast : float
        Greatest local error of a step of the first stage [m], [m/s]; later stages may err by `LATER` times that.
    curves : Curves
        Air and drag.
    starts : array, shape (flights, 8)
        Replaced: what `lanes.fly_block` goes on from.
    lost : array, shape (flights,)
        Replaced: not 0 where a flight came down or turned over while powered, or took too short steps; its start is
        then of no use.
    """
    stages, steps, a = (flights.shape[1] - STAGES) // 6, 0, np.zeros(ROWS * WIDTH)
    for first in range(0, flights.shape[0], WIDTH):
        rows = flights[first : min(first + WIDTH, flights.shape[0])]
        last = rows.shape[0] - 1
        steps += first_stage(a, rows, nature, near, fast, curves)
        for stage in range(1, stages):
            for i in range(WIDTH):
                row = rows[min(i, last)]
                t, at = a[TIME * WIDTH + i], STAGES + 6 * stage
                drop(a, i, row, stage - 1, t - row[at - 4])
                ignite(a, i, row, stage, t)
                point(a, i, row[CONTROL + 2], nature)
                leg(a, i, t, min(t + row[at + 2], row[CONTROL + 3]), 0.0)
            steps += fly_held(a, nature, LATER * near, LATER * fast, curves)
        for i in range(rows.shape[0]):
            out = starts[first + i]
            out[0], out[7], lost[first + i] = a[TIME * WIDTH + i], rows[i, BETA], a[LOST * WIDTH + i]
            for j in range(6):
                out[1 + j] = a[j * WIDTH + i]
    return steps
