"""What a body flies through, handed to the kernels as one named tuple."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from detente.earth import WGS84, Earth
from detente.flight import tables

Array = NDArray[np.float64]


class World(NamedTuple):
    """What a body flies through, and how closely: SI throughout.

    After the Earth and a steady wind: the altitude of impact, the tables of `tables.us1976` and `tables.drag`, the
    greatest local error of a step in position and velocity, and its longest duration in powered and in free flight.
    """

    mu: float
    radius: float
    flattening: float
    j2: float
    j3: float
    j4: float
    spin: float
    wind_north: float
    wind_east: float
    floor: float
    air: Array
    cd: Array
    most_position: float
    most_velocity: float
    longest_boost: float
    longest_coast: float


SEARCH = (1e-2, 1e-4, 20.0, 200.0)
"""Closeness of the flights that a search tries: a few metres at impact."""
FINAL = (1e-4, 1e-7, 1.0, 10.0)
"""Closeness of a flight that is kept: centimetres at impact, samples close enough to interpolate to a millimetre."""


def world(
    earth: Earth = WGS84,
    *,
    air: Array | None = None,
    drag: Array | None = None,
    wind: tuple[float, float] = (0.0, 0.0),
    floor: float = 0.0,
    closeness: tuple[float, float, float, float] = FINAL,
) -> World:
    """Return the world of a flight.

    Parameters
    ----------
    earth : Earth
        Gravity, ellipsoid and rotation.
    air : array, optional
        Air table, by default `tables.us1976`.
    drag : array, optional
        Table of `tables.drag`, needed by powered flight only.
    wind : (float, float)
        Steady velocity of the air toward north and east, relative to the rotating Earth [m/s].
    floor : float
        Altitude of impact [m].
    closeness : (float, float, float, float)
        Greatest local error of a step [m], [m/s] and longest step in powered and in free flight [s].
    """
    return World(
        earth.mu,
        earth.equatorial_radius,
        earth.flattening,
        earth.j2,
        earth.j3,
        earth.j4,
        earth.rotation_rate,
        float(wind[0]),
        float(wind[1]),
        float(floor),
        tables.us1976() if air is None else air,
        tables.drag("solid") if drag is None else drag,
        *closeness,
    )
