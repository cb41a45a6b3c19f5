"""Where the Sun stands, and when it blinds telescopes that are held on a region."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from detente.catalog.sensors import Outage
from detente.sensing.infrared import gmst, held_on, places, positions
from detente.sensing.kernels import Array, Flags, dot, runs
from detente.sources import Cited

if TYPE_CHECKING:
    from detente.catalog.records import Constellation, Region


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
    clear: Flags = sun_angle(axis_ecef, on, times, place_ecef) >= least.value
    return clear


def blinded(constellation: Constellation, regions: dict[str, Region], on: date) -> Constellation:
    """Return a constellation whose outages hold the minutes of a day in which the Sun blinds its telescopes.

    Parameters
    ----------
    constellation : Constellation
        As for `clear_of_sun`; without an exclusion angle it is returned as it is.
    regions : dict of Region
        Holds the one that the telescopes are held on.
    on : date
        Day.
    """
    least, axis = constellation.sun_exclusion, held_on(constellation, regions)
    if least is None or least.value <= 0.0 or axis is None:
        return constellation
    times = np.arange(0.0, 86400.0, 60.0)
    clear = clear_of_sun(constellation, axis, on, times, positions(constellation, places(constellation), times))
    outages = [
        Outage(start=_moment(times[first]), end=_moment(times[last] + 60.0), satellite=satellite)
        for satellite, minutes in enumerate(~clear)
        for first, last in runs(minutes)
    ]
    return replace(constellation, outages=(*constellation.outages, *outages))


def _moment(seconds: float) -> Cited:
    return Cited(value=seconds, low=seconds, high=seconds, source="derived", seen="partly", note="from the Sun's place")


def sun_angle(axis_ecef: Array, on: date, times: Array, place_ecef: Array) -> Array:
    """Return the angle [rad] between the Sun and lines of sight from satellites to a point, shape (count, n).

    Parameters
    ----------
    axis_ecef, on, times, place_ecef
        What is looked at [m]; day; its seconds, shape (n,); positions of the satellites [m], shape (count, n, 3).
    """
    sun = sun_direction(on.toordinal() + 1721424.5 + times / 86400.0)
    line = axis_ecef - place_ecef
    cosine = dot(line, np.broadcast_to(sun, line.shape)) / np.sqrt(dot(line, line))
    found: Array = np.arccos(np.clip(cosine, -1.0, 1.0))
    return found
