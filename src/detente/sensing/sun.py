"""Where the Sun stands, and when it blinds telescopes that are held on a region."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from detente.sensing.infrared import gmst
from detente.sensing.kernels import Array, Flags, dot

if TYPE_CHECKING:
    from detente.catalog.records import Constellation


def sun_direction(julian_date: ArrayLike) -> Array:
    """Return unit vectors from the Earth to the Sun in Earth-fixed axes, within 0.01° from 1950 to 2050.

    Parameters
    ----------
    julian_date : array_like, shape (n,)
        Julian dates, UT.

    Returns
    -------
    array, shape (n, 3)

    References
    ----------
    The Astronomical Almanac (for 2001), section C, page C24: low-precision formulas for the Sun.
    """
    day = np.asarray(julian_date, float) - 2451545.0
    anomaly = np.radians(357.528 + 0.9856003 * day)
    longitude = np.radians(280.460 + 0.9856474 * day + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2.0 * anomaly))
    obliquity = np.radians(23.439 - 4e-7 * day)
    x, y = np.cos(longitude), np.cos(obliquity) * np.sin(longitude)
    angle = gmst(julian_date)
    turned = (np.cos(angle) * x + np.sin(angle) * y, np.cos(angle) * y - np.sin(angle) * x)
    found: Array = np.stack([*turned, np.sin(obliquity) * np.sin(longitude)], axis=-1)
    return found


def clear_of_sun(
    constellation: Constellation, axis_ecef: Array | None, on: date, times: Array, place_ecef: Array
) -> Flags:
    """Return when held telescopes look away from the Sun by at least the exclusion angle of their constellation.

    A grazing line of sight goes past the limb of the Earth; where the Sun stands behind the plume, it shines into the
    telescope, and clouds at the limb throw it forward. The published orbit of a constellation is tied to no time of
    day: its first satellite is then taken to pass apogee at midnight UT.

    Parameters
    ----------
    constellation : Constellation
        With `sun_exclusion`; without it, or where telescopes sweep, the Sun does not matter.
    axis_ecef : array, shape (3,), or None
        What the telescopes are held on [m].
    on : date
        Day.
    times : array, shape (n,)
        Seconds of the day.
    place_ecef : array, shape (count, n, 3)
        Positions of the satellites [m].

    Returns
    -------
    array of bool, shape (count, n)
    """
    least = constellation.sun_exclusion
    if least is None or least.value <= 0.0 or axis_ecef is None:
        return np.ones(place_ecef.shape[:-1], bool)
    away = sun_angle(axis_ecef, on, times, place_ecef)
    clear: Flags = away >= least.value
    return clear


def sun_angle(axis_ecef: Array, on: date, times: Array, place_ecef: Array) -> Array:
    """Return the angle [rad] between the Sun and lines of sight from satellites to a point, shape (count, n).

    Parameters
    ----------
    axis_ecef, on, times, place_ecef
        As for `clear_of_sun`.
    """
    sun = sun_direction(on.toordinal() + 1721424.5 + times / 86400.0)
    line = axis_ecef - place_ecef
    cosine = dot(line, np.broadcast_to(sun, line.shape)) / np.sqrt(dot(line, line))
    found: Array = np.arccos(np.clip(cosine, -1.0, 1.0))
    return found
