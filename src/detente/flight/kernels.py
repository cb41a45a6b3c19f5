"""Steps, events and flights as functions of numbers, over the forces of `physics`.

Arrays that travel through:

`leg`  : (16,) what drives the body between two events, see `physics`
`work` : (9, 6) scratch: seven slopes of the Runge-Kutta step, the state inside it, the state after it
`y`    : (6,) the state, replaced in place by the one at the end
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from detente.flight.physics import COAST, HELD, TURN, ellipsoid, jit, slope

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detente.flight.world import World

    Array = NDArray[np.float64]
    Six = tuple[float, float, float, float, float, float]

IMPACT, STILL_UP = 1, 2


@jit
def local_error(dt: float, k: Array, world: World) -> float:
    """Return the gap between the fifth and fourth order results over the tolerance, the worst of the six [-]."""
    worst = 0.0
    for j in range(6):
        gap = 71 / 57600 * k[0, j] - 71 / 16695 * k[2, j] + 71 / 1920 * k[3, j] - 17253 / 339200 * k[4, j]
        gap = abs(dt * (gap + 22 / 525 * k[5, j] - 1 / 40 * k[6, j])) / (
            world.most_position if j < 3 else world.most_velocity
        )
        if not gap <= worst:
            worst = gap
    return worst


@jit
def step(t: float, dt: float, y: Array, leg: Array, world: World, work: Array) -> float:
    """Take one Dormand-Prince 5(4) step of `dt` [s] and return its local error over the tolerance [-].

    On entry ``work[0]`` is the slope at `y`; on return ``work[8]`` is the new state and ``work[6]`` its slope.
    Dormand, J. R. and Prince, P. J. (1980), A family of embedded Runge-Kutta formulae, J. Comp. Appl. Math. 6(1),
    table 2.
    """
    k, new = work, work[8]
    for j in range(6):
        new[j] = y[j] + dt * (1 / 5) * k[0, j]
    slope(t + dt * (1 / 5), new, leg, world, k[1])
    for j in range(6):
        new[j] = y[j] + dt * (3 / 40 * k[0, j] + 9 / 40 * k[1, j])
    slope(t + dt * (3 / 10), new, leg, world, k[2])
    for j in range(6):
        new[j] = y[j] + dt * (44 / 45 * k[0, j] - 56 / 15 * k[1, j] + 32 / 9 * k[2, j])
    slope(t + dt * (4 / 5), new, leg, world, k[3])
    for j in range(6):
        rise = 19372 / 6561 * k[0, j] - 25360 / 2187 * k[1, j] + 64448 / 6561 * k[2, j] - 212 / 729 * k[3, j]
        new[j] = y[j] + dt * rise
    slope(t + dt * (8 / 9), new, leg, world, k[4])
    for j in range(6):
        rise = 9017 / 3168 * k[0, j] - 355 / 33 * k[1, j] + 46732 / 5247 * k[2, j] + 49 / 176 * k[3, j]
        new[j] = y[j] + dt * (rise - 5103 / 18656 * k[4, j])
    slope(t + dt, new, leg, world, k[5])
    for j in range(6):
        rise = 35 / 384 * k[0, j] + 500 / 1113 * k[2, j] + 125 / 192 * k[3, j] - 2187 / 6784 * k[4, j]
        new[j] = y[j] + dt * (rise + 11 / 84 * k[5, j])
    slope(t + dt, new, leg, world, k[6])
    error: float = local_error(dt, k, world)
    return error


@jit
def watch(kind: int, y: Array, world: World) -> float:
    """Return what an event waits for to cross zero: height above the floor [m] (0) or rate of climb [m/s] (1)."""
    h, nx, ny, nz = ellipsoid(y[0], y[1], y[2], world.radius, world.flattening)
    if kind == 0:
        return float(h - world.floor)
    return float(nx * y[3] + ny * y[4] + nz * y[5])


@jit
def locate(kind: int, t: float, dt: float, y: Array, leg: Array, world: World, work: Array) -> float:
    """Return the part of a step [s] after which an event happens; the state there is left in ``work[8]``.

    Illinois variant of false position on the length of the step, so that the event is as exact as the integrator:
    to 1e-7 m of height or 1e-9 m/s of climb.
    """
    low, high = 0.0, dt
    f_low, f_high = watch(kind, y, world), watch(kind, work[8], world)
    limit = 1e-7 if kind == 0 else 1e-9
    part = dt
    for _ in range(60):
        part = (low * f_high - high * f_low) / (f_high - f_low)
        step(t, part, y, leg, world, work)
        f = watch(kind, work[8], world)
        if abs(f) < limit or abs(high - low) < 1e-12:
            break
        if f * f_high < 0.0:
            low, f_low = high, f_high
        else:
            f_low *= 0.5
        high, f_high = part, f
    return part


@jit
def put(into: Array, six: Array) -> None:
    """Replace six numbers."""
    for j in range(6):
        into[j] = six[j]


@jit
def record(t: float, y: Array, out: Array, n: int) -> int:
    """Write time and state into row `n` of `out` where there is such a row; return the next row."""
    if n < out.shape[0]:
        out[n, 0] = t
        for j in range(6):
            out[n, 1 + j] = y[j]
    return n + 1


@jit
def advance(
    t: float, t_end: float, y: Array, leg: Array, world: World, work: Array, peak: Array, out: Array, n: int
) -> tuple[float, int, int]:
    """Integrate one leg in place, to its end or to impact.

    Parameters
    ----------
    t, t_end : float
        Start and end of the leg [s]; the last step ends on `t_end` exactly.
    peak : array, shape (2,)
        Greatest altitude so far [m] and its time [s]; brought up to date.
    out, n : array, shape (any, 7), and int
        Rows to record the steps in, and the first row that is free.

    Returns
    -------
    t, n, status : float, int, int
        Time reached, next free row, and 0 or `IMPACT`, or -1 where no step is possible (a state that is no number).
    """
    cap = world.longest_coast if leg[0] == COAST else world.longest_boost
    dt = min(cap, 0.05 * cap + 0.05)
    climb = watch(1, y, world)
    slope(t, y, leg, world, work[0])
    while t < t_end:
        last = dt >= t_end - t
        h = t_end - t if last else dt
        error = step(t, h, y, leg, world, work)
        if not error <= 1.0:
            dt = h * max(0.2, 0.9 * error**-0.2) if error < 1e12 else 0.1 * h
            if dt < 1e-7:
                return t, n, -1
            continue
        new_climb = watch(1, work[8], world)
        if climb >= 0.0 and new_climb < 0.0:
            part = locate(1, t, h, y, leg, world, work)
            top = watch(0, work[8], world) + world.floor
            if top > peak[0]:
                peak[0], peak[1] = top, t + part
            step(t, h, y, leg, world, work)
        if new_climb < 0.0 and watch(0, work[8], world) < 0.0:
            part = locate(0, t, h, y, leg, world, work)
            put(y, work[8])
            return t + part, record(t + part, y, out, n), IMPACT
        climb = new_climb
        put(y, work[8])
        put(work[0], work[6])
        t = t_end if last else t + h
        n = record(t, y, out, n)
        dt = min(cap, h * min(5.0, 0.9 * max(error, 1e-6) ** -0.2))
    return t, n, 0


@jit
def frame(latitude: float, longitude: float, azimuth: float) -> Six:
    """Return the unit vectors up and toward an azimuth at a place, six numbers, Earth-fixed."""
    slat, clat = math.sin(latitude), math.cos(latitude)
    slon, clon = math.sin(longitude), math.cos(longitude)
    east, north = math.sin(azimuth), math.cos(azimuth)
    tx, ty = -east * slon - north * slat * clon, east * clon - north * slat * slon
    return clat * clon, clat * slon, slat, tx, ty, north * clat


@jit
def point_leg(leg: Array, y: Array, world: World, pitch: float, tx: float, ty: float, tz: float) -> None:
    """Hold the thrust at `pitch` [rad] above the local horizontal, in the vertical plane of the direction t."""
    _, nx, ny, nz = ellipsoid(y[0], y[1], y[2], world.radius, world.flattening)
    dot = nx * tx + ny * ty + nz * tz
    hx, hy, hz = tx - dot * nx, ty - dot * ny, tz - dot * nz
    norm = math.sqrt(hx * hx + hy * hy + hz * hz)
    leg[0], c, s = HELD, math.cos(pitch) / norm, math.sin(pitch)
    leg[8], leg[9], leg[10] = c * hx + s * nx, c * hy + s * ny, c * hz + s * nz
    leg[14] = leg[15] = 0.0


@jit
def drive(
    leg: Array, stage: int, part: int, burnout: float, control: Array, y: Array, world: World, up_out: Six
) -> float:
    """Set what drives a leg and return its end [s]: stage 1 rises, tilts, then turns; each later stage is one leg."""
    if stage > 0:
        point_leg(leg, y, world, control[2], up_out[3], up_out[4], up_out[5])
        return burnout
    if part == 2:
        leg[0] = TURN
        return burnout
    leg[0] = HELD
    for j in range(6):
        leg[8 + j] = up_out[j]
    leg[14], leg[15] = (0.0, 0.0) if part == 0 else (control[1], control[5])
    return float(control[4] + part * control[5])


@jit
def stand(ux: float, uy: float, uz: float, h: float, world: World, y: Array) -> None:
    """Write the state of a body that stands at an altitude [m] above the point of the ellipsoid with the normal u."""
    e2 = world.flattening * (2.0 - world.flattening)
    normal = world.radius / math.sqrt(1.0 - e2 * uz * uz)
    y[0], y[1], y[2] = (normal + h) * ux, (normal + h) * uy, (normal * (1.0 - e2) + h) * uz
    y[3], y[4], y[5] = -world.spin * y[1], world.spin * y[0], 0.0


@jit
def flight(
    site: Array, control: Array, stages: Array, body: Array, world: World, out: Array
) -> tuple[int, float, float, float, int, Array]:
    """Fly a staged missile from launch to impact.

    Stage 1 rises vertically, tilts evenly by a small kick, then follows its velocity (gravity turn); the later stages
    hold one direction in inertial space. Stages drop when they burn out; at cut-off the re-entry body goes on alone.

    Parameters
    ----------
    site : array, shape (3,)
        Geodetic latitude, longitude [rad] and altitude [m] of the launch, which happens at time 0.
    control : array, shape (6,)
        Azimuth, kick and pitch of the later stages [rad], cut-off time, time of the vertical rise, of the kick [s].
    stages : array, shape (stages, 6)
        Propellant and inert mass [kg], burn time [s], vacuum thrust [N], nozzle area, cross-section [m²].
    body : array, shape (2,)
        Mass that the last stage carries [kg], and its 1/ballistic coefficient on its own [m²/kg].

    Returns
    -------
    status, t, apogee, t_apogee, n : int, float, float, float, int
        `IMPACT` or `STILL_UP`; time of the end [s]; greatest altitude [m] and its time; rows recorded.
    y : array, shape (6,)
        State at the end.
    """
    work, leg, y, peak = np.zeros((9, 6)), np.zeros(16), np.zeros(6), np.zeros(2)
    status, t, n = launch(site, control, stages, body, world, work, leg, y, peak, out)
    return status, t, peak[0], peak[1], n, y


@jit
def launch(
    site: Array,
    control: Array,
    stages: Array,
    body: Array,
    world: World,
    work: Array,
    leg: Array,
    y: Array,
    peak: Array,
    out: Array,
) -> tuple[int, float, int]:
    """Do what `flight` does in arrays of the caller, as graphics processors need it; return status, time and rows.

    `work`, `leg`, `y` and `peak` may hold anything before; afterward `y` is the state at the end and `peak` the
    greatest altitude [m] and its time [s].
    """
    up_out = frame(site[0], site[1], control[0])
    stand(up_out[0], up_out[1], up_out[2], site[2], world, y)
    peak[0], peak[1] = site[2], 0.0
    t, n, status = 0.0, record(0.0, y, out, 0), 0
    leg[2] = body[0]
    for i in range(stages.shape[0]):
        leg[2] += stages[i, 0] + stages[i, 1]
    for i in range(stages.shape[0]):
        leg[1], leg[3], leg[4] = t, stages[i, 0] / stages[i, 2], stages[i, 3]
        leg[5], leg[6] = stages[i, 4], stages[i, 5]
        burnout = t + stages[i, 2]
        full = leg[2]
        for part in range(3 if i == 0 else 1):
            end = min(drive(leg, i, part, burnout, control, y, world, up_out), control[3])
            leg[2] -= leg[3] * (t - leg[1])
            leg[1] = t
            t, n, status = advance(t, end, y, leg, world, work, peak, out, n)
            if status != 0 or t >= control[3]:
                break
        if status != 0 or t >= control[3]:
            break
        leg[2] = full - stages[i, 0] - stages[i, 1]
    if status == 0:
        status, t, n = fall(t, t + 20_000.0, y, body[1], leg, world, work, peak, out, n)
    return status, t, n


@jit
def coast(
    t: float, t_end: float, y: Array, inverse_beta: float, world: World, work: Array, peak: Array, out: Array, n: int
) -> tuple[int, float, int]:
    """Let a body fall freely, in place, until a time [s] or impact; return status, time and the next free row."""
    status, t, n = fall(t, t_end, y, inverse_beta, np.zeros(16), world, work, peak, out, n)
    return status, t, n


@jit
def fall(
    t: float,
    t_end: float,
    y: Array,
    inverse_beta: float,
    leg: Array,
    world: World,
    work: Array,
    peak: Array,
    out: Array,
    n: int,
) -> tuple[int, float, int]:
    """Do what `coast` does with a `leg` of the caller, whatever it holds."""
    leg[0], leg[7] = COAST, inverse_beta
    t, n, status = advance(t, t_end, y, leg, world, work, peak, out, n)
    return (STILL_UP if status == 0 else status), t, n
