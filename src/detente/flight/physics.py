"""The forces on a body in flight, as scalar functions of numbers: gravity, air, drag and thrust.

The readable truth that every faster path must agree with. Axes are inertial, z to the north pole; they coincide with
the Earth-fixed axes at time 0. The state `y` is position [m] and velocity [m/s]; `leg`, (16,), is what drives the body
between two events, by the indices below.

numba keeps compiled functions on disk and renews one when its own file changes, not when a file it calls into does:
after an edit here, delete ``src/detente/flight/__pycache__``, or `kernels` and `lanes` go on with the former physics.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from numba import njit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.flight.world import World

    Array = NDArray[np.float64]

# leg: 0 drive (COAST, HELD, TURN) · 1 start time [s] · 2 mass at start [kg] · 3 mass flow [kg/s] · 4 vacuum thrust [N]
# 5 nozzle area [m²] · 6 cross-section [m²] · 7 1/ballistic coefficient [m²/kg] · 8..10 thrust direction, unit
# 11..13 direction it tilts to, unit, normal to the first · 14 tilt at the end [rad] · 15 its duration [s]
COAST, HELD, TURN = 0.0, 1.0, 2.0

jit = njit(cache=True, error_model="numpy")


@jit
def atmosphere(air: Array, h: float) -> tuple[float, float, float]:
    """Return density [kg/m³], pressure [Pa] and speed of sound [m/s] at an altitude [m]; no air above 1,000 km."""
    if h >= 1.0e6:
        return 0.0, 0.0, float(air[air.shape[0] - 1, 4])
    if h < 86_000.0:
        t = max(h + 2_000.0, 0.0) / 100.0
        i = min(int(t), 879)
        t -= i
    else:
        t = (h - 86_000.0) / 2_000.0
        i = min(int(t), 456)
        t -= i
        i += 881
    s = t * t * (3.0 - 2.0 * t)
    a = t * (1.0 - t) * (1.0 - t)
    b = t * t * (t - 1.0)
    j = i + 1
    ln_rho = (1.0 - s) * air[i, 0] + s * air[j, 0] + a * air[i, 1] + b * air[j, 1]
    ln_p = (1.0 - s) * air[i, 2] + s * air[j, 2] + a * air[i, 3] + b * air[j, 3]
    sound = (1.0 - s) * air[i, 4] + s * air[j, 4] + a * air[i, 5] + b * air[j, 5]
    return math.exp(ln_rho), math.exp(ln_p), float(sound)


@jit
def drag_coefficient(cd: Array, mach: float) -> float:
    """Return the drag coefficient [-] at a Mach number >= 0; above Mach 6 the last value holds."""
    t = mach / 0.025
    if t >= cd.shape[0] - 1:
        return float(cd[cd.shape[0] - 1, 0])
    i = int(t)
    t -= i
    s = t * t * (3.0 - 2.0 * t)
    slopes = t * (1.0 - t) * (1.0 - t) * cd[i, 1] + t * t * (t - 1.0) * cd[i + 1, 1]
    return float((1.0 - s) * cd[i, 0] + s * cd[i + 1, 0] + slopes)


@jit
def ellipsoid(x: float, y: float, z: float, radius: float, flattening: float) -> tuple[float, float, float, float]:
    """Return the altitude [m] and the unit normal (three numbers) of the ellipsoid below a point.

    Bowring (1985), Survey Review 28(218), one pass: within 1e-6 m from the surface to 20,000 km.
    """
    e2 = flattening * (2.0 - flattening)
    b = radius * (1.0 - flattening)
    second = e2 / (1.0 - e2)
    p = math.sqrt(x * x + y * y)
    sine = b * z * (1.0 + second * b / math.sqrt(p * p + z * z))
    cosine = radius * p
    norm = math.sqrt(sine * sine + cosine * cosine)
    sine /= norm
    cosine /= norm
    sine = z + second * b * sine * sine * sine
    cosine = p - e2 * radius * cosine * cosine * cosine
    norm = math.sqrt(sine * sine + cosine * cosine)
    sine /= norm
    cosine /= norm
    h = p * cosine + z * sine - radius * math.sqrt(1.0 - e2 * sine * sine)
    across = cosine / p if p > 0.0 else 0.0
    return h, x * across, y * across, sine


@jit
def gravity(
    x: float, y: float, z: float, mu: float, radius: float, j2: float, j3: float, j4: float
) -> tuple[float, float, float]:
    """Return the acceleration of a field of zonal harmonics to J4 [m/s²]: the negative gradient of `potential`."""
    gx, gy, gz = oblate(x, y, z, mu, radius, j2)
    if j3 == 0.0 and j4 == 0.0:
        return gx, gy, gz
    ax, ay, az = higher(x, y, z, mu, radius, j3, j4)
    return gx + ax, gy + ay, gz + az


@jit
def oblate(x: float, y: float, z: float, mu: float, radius: float, j2: float) -> tuple[float, float, float]:
    """Return the acceleration of a field to J2 [m/s²]: Vallado (2013), Fundamentals of Astrodynamics, section 8.6."""
    r2 = x * x + y * y + z * z
    k = 1.5 * j2 * radius * radius / r2
    w = 5.0 * z * z / r2
    g = -mu / (r2 * math.sqrt(r2))
    side = g * (1.0 - k * (w - 1.0))
    return side * x, side * y, g * (1.0 - k * (w - 3.0)) * z


@jit
def higher(x: float, y: float, z: float, mu: float, radius: float, j3: float, j4: float) -> tuple[float, float, float]:
    """Return what J3 and J4 add to the acceleration [m/s²].

    With s = z/r and the derivatives P'ₙ of the Legendre polynomials, the harmonic n adds
    μ/r² Jₙ (R/r)ⁿ [P'ₙ₊₁(s) r̂ - P'ₙ(s) ẑ]: the gradient of its term in `potential`, by (n+1) Pₙ + s P'ₙ = P'ₙ₊₁.
    """
    r2 = x * x + y * y + z * z
    r = math.sqrt(r2)
    s, q = z / r, radius / r
    g, c3, c4 = mu / (r2 * r), j3 * q * q * q, j4 * q * q * q * q
    d3, d4 = 0.5 * (15.0 * s * s - 3.0), 0.5 * s * (35.0 * s * s - 15.0)
    d5 = 0.125 * ((315.0 * s * s - 210.0) * s * s + 15.0)
    along = g * (c3 * d4 + c4 * d5)
    return along * x, along * y, along * z - g * r * (c3 * d3 + c4 * d4)


@jit
def potential(x: float, y: float, z: float, mu: float, radius: float, j2: float, j3: float, j4: float) -> float:
    """Return the potential of the field of `gravity` [m²/s²], which grows outward to 0: -μ/r [1 - Σ Jₙ (R/r)ⁿ Pₙ(z/r)].

    Vallado (2013), Fundamentals of Astrodynamics and Applications, 4th ed., section 8.6.1, with the sign that makes
    v²/2 plus the potential the energy.
    """
    r = math.sqrt(x * x + y * y + z * z)
    q, s = radius / r, z / r
    p2, p3 = 0.5 * (3.0 * s * s - 1.0), 0.5 * s * (5.0 * s * s - 3.0)
    p4 = 0.125 * ((35.0 * s * s - 30.0) * s * s + 3.0)
    return -mu / r * (1.0 - q * q * (j2 * p2 + q * (j3 * p3 + q * j4 * p4)))


@jit
def slope(t: float, y: Array, leg: Array, world: World, out: Array) -> None:
    """Write the time derivative of the state into `out`: gravity, drag in co-rotating air, thrust.

    Drag acts against the velocity relative to the air; thrust is T_vac - p A_e (Sutton and Biblarz, Rocket Propulsion
    Elements, ch. 2), along a direction that is held, tilts evenly, or follows the velocity (gravity turn).
    """
    gx, gy, gz = oblate(y[0], y[1], y[2], world.mu, world.radius, world.j2)
    h, nx, ny, nz = ellipsoid(y[0], y[1], y[2], world.radius, world.flattening)
    rho, p, sound = atmosphere(world.air, h)
    u = y[3] + world.spin * y[1]
    v = y[4] - world.spin * y[0]
    w = y[5]
    if world.wind_north != 0.0 or world.wind_east != 0.0:
        side = math.sqrt(nx * nx + ny * ny)
        ex, ey = (-ny / side, nx / side) if side > 0.0 else (0.0, 1.0)
        u -= world.wind_east * ex - world.wind_north * nz * ey
        v -= world.wind_east * ey + world.wind_north * nz * ex
        w -= world.wind_north * side
    speed = math.sqrt(u * u + v * v + w * w)
    if leg[0] == COAST:
        q = -0.5 * rho * speed * leg[7]
    else:
        mass = leg[2] - leg[3] * (t - leg[1])
        thrust = (leg[4] - p * leg[5]) / mass
        q = -0.5 * rho * speed * leg[6] * drag_coefficient(world.cd, speed / sound) / mass
        if leg[0] == TURN:
            q += thrust / speed
        else:
            tilt = leg[14] * min((t - leg[1]) / leg[15], 1.0) if leg[15] > 0.0 else leg[14]
            c, s = thrust * math.cos(tilt), thrust * math.sin(tilt)
            gx += c * leg[8] + s * leg[11]
            gy += c * leg[9] + s * leg[12]
            gz += c * leg[10] + s * leg[13]
    out[0], out[1], out[2] = y[3], y[4], y[5]
    out[3], out[4], out[5] = gx + q * u, gy + q * v, gz + q * w
    if world.j3 != 0.0 or world.j4 != 0.0:  # last, since a branch amid the rest costs a twentieth of the speed
        ax, ay, az = higher(y[0], y[1], y[2], world.mu, world.radius, world.j3, world.j4)
        out[3], out[4], out[5] = out[3] + ax, out[4] + ay, out[5] + az
