"""Free flight of any body from any state, with or without drag."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.earth import WGS84, Earth
from detente.flight import kernels
from detente.flight.physics import ellipsoid
from detente.flight.trajectory import earth_fixed
from detente.flight.world import World, world

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Free:
    """A body in free flight, sampled.

    Parameters
    ----------
    time : array, shape (n,)
        Of the samples [s].
    position_eci, velocity_eci, position_ecef, velocity_ecef : array, shape (n, 3)
        Inertial, and relative to the rotating Earth; the axes coincide at time 0 [m], [m/s].
    impact : bool
        Whether the last sample is an impact.
    apogee_altitude : float
        Greatest altitude [m].
    """

    time: Array
    position_eci: Array
    velocity_eci: Array
    position_ecef: Array
    velocity_ecef: Array
    impact: bool
    apogee_altitude: float


def fly_free(
    position_eci: ArrayLike,
    velocity_eci: ArrayLike,
    time: float | ArrayLike,
    through: World | None = None,
    *,
    ballistic_coefficient: float = math.inf,
    earth: Earth = WGS84,
) -> Free:
    """Return the free flight of a body from any state, to impact or the end of the time.

    Parameters
    ----------
    position_eci, velocity_eci : array_like, shape (3,)
        State at time 0 in inertial axes that coincide with the Earth-fixed ones then [m], [m/s].
    time : float or array_like
        When to end [s], or the rising times to sample at; impact ends the flight earlier.
    through : World, optional
        From `world`: air, wind, altitude of impact and closeness; by default the standard atmosphere over `earth`.
    ballistic_coefficient : float
        m/(C_D A), constant [kg/m²]; infinite without drag.
    earth : Earth
        What the default `through` is made of, and the Earth-fixed samples are taken for.

    Raises
    ------
    ValueError
        A state that is underground or no number, or a ballistic coefficient that is not above 0.
    """
    space = through if through is not None else world(earth)
    y = np.concatenate([np.asarray(position_eci, float).ravel(), np.asarray(velocity_eci, float).ravel()])
    if y.shape != (6,) or not np.isfinite(y).all():
        raise ValueError(f"a state is three positions and three velocities, all finite numbers; found {y.tolist()}")
    if not ballistic_coefficient > 0.0:
        raise ValueError(f"ballistic coefficient is {ballistic_coefficient}; allowed: above 0, or inf without drag")
    height = ellipsoid(y[0], y[1], y[2], space.radius, space.flattening)[0]
    if height < space.floor - 1e-6:
        raise ValueError(f"the body starts {space.floor - height:.0f} m underground; start it above the surface")
    single = np.ndim(time) == 0
    marks = [float(np.asarray(time))] if single else [float(each) for each in np.asarray(time, float)]
    rows, count, ended = _coast(y, marks, 1.0 / ballistic_coefficient, space, every=single)
    t, position, velocity = earth_fixed(rows[0][:count], earth)
    return Free(
        time=t,
        position_eci=rows[0][:count, 1:4].copy(),
        velocity_eci=rows[0][:count, 4:7].copy(),
        position_ecef=position,
        velocity_ecef=velocity,
        impact=ended,
        apogee_altitude=float(rows[1][0]),
    )


def _coast(
    y: Array, marks: list[float], inverse_beta: float, space: World, *, every: bool
) -> tuple[tuple[Array, Array], int, bool]:
    """Return samples and the greatest altitude, how many samples, and whether the flight ended on the ground."""
    rows, work, peak, none = np.zeros((20_000, 7)), np.zeros((9, 6)), np.full(2, -np.inf), np.zeros((0, 7))
    t = 0.0
    count = kernels.record(0.0, y, rows, 0)
    for mark in marks:
        if mark <= t:
            continue
        status, t, n = kernels.coast(t, mark, y, inverse_beta, space, work, peak, rows if every else none, count)
        count = n if every else kernels.record(t, y, rows, count)
        if status != kernels.STILL_UP or count >= len(rows):
            return (rows, peak), min(count, len(rows)), status == kernels.IMPACT
    return (rows, peak), count, False
