"""Infrared satellites: where they are, and where they see a burning plume."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from detente.earth import WGS84, ecef_from_eci, ecef_from_geodetic, velocity_ecef_from_eci
from detente.problems import BadInputError, Problem
from detente.sensing.elements import apogee_passages, satellites
from detente.sensing.kernels import Array, Flags, between, dot, in_cone, sines_down, sines_grazing, up

if TYPE_CHECKING:
    from datetime import date

    from detente.catalog.records import Constellation, Orbit, Region
    from detente.sources import Cited

# A published orbit description has no epoch. Over a day the perturbations are the same to a few kilometers whatever
# the epoch, so one serves all: 2000-01-01 00:00 UTC, as a Julian date.
EPOCH = 2451544.5
SIDEREAL_DAY = 86164.0905
"""Seconds of one turn of the Earth (IERS Conventions 2010, table 1.2: 2 pi / 7.292115e-5 rad/s)."""
GEOSTATIONARY_RADIUS = 42_164_170.0
"""Radius [m] at which the period is a sidereal day: (mu T^2 / 4 pi^2)^(1/3) with WGS84's mu."""
SQUARED_RATIO = (WGS84.equatorial_radius / WGS84.polar_radius) ** 2
_SGP4_ZERO = 2433281.5  # 1949 December 31 00:00 UTC, from which `sgp4init` counts days


def gmst(julian_date: ArrayLike) -> Array:
    """Return Greenwich mean sidereal time [rad], the angle from TEME to Earth-fixed axes, polar motion left out.

    References
    ----------
    Vallado, D. et al. (2006), Revisiting Spacetrack Report #3, AIAA 2006-6753, appendix C; IAU 1982 model.
    """
    century = (np.asarray(julian_date, float) - 2451545.0) / 36525.0
    seconds = 67310.54841 + century * (876600.0 * 3600.0 + 8640184.812866 + century * (0.093104 - 6.2e-6 * century))
    angle: Array = np.remainder(seconds, 86400.0) * (2.0 * math.pi / 86400.0)
    return angle


def slots(full: int) -> list[int]:
    """Return the order in which the planes of a constellation are filled: every second one, then those between.

    The four Oko satellites that worked in 2000 were so placed. Their launch times (General Catalog of Artificial
    Space Objects: Kosmos-2340, -2342, -2351, -2368), carried to one date with the J2 drift of the node, give nodes 74°,
    87° and 84° apart, two of the nine 40° steps each.

    Examples
    --------
    >>> slots(9)
    [0, 2, 4, 6, 8, 1, 3, 5, 7]
    """
    return [*range(0, full, 2), *range(1, full, 2)]


def on_date(constellation: Constellation, on: date) -> Constellation:
    """Return a constellation with the stations of a day first; those that it may fill beside them come after."""
    entry = _latest(constellation, on)
    if entry is None or not entry.stations:
        return constellation
    held = {each.value for each in entry.stations}
    others = tuple(each for each in constellation.orbit.stations if each.value not in held)
    return replace(constellation, orbit=replace(constellation.orbit, stations=(*entry.stations, *others)))


def kept(constellation: Constellation, on: date) -> Cited | None:
    """Return how many satellites were on station on a day, as cited; None before the first and where none is stated."""
    entry = _latest(constellation, on)
    return None if entry is None else entry.count


def _latest(constellation: Constellation, on: date) -> Any:
    past = [entry for entry in constellation.status if entry.since <= on]
    return max(past, key=lambda entry: entry.since, default=None)


def places(constellation: Constellation) -> int:
    """Return how many satellites the orbit of a constellation has places for."""
    orbit = constellation.orbit
    return len(orbit.stations) or len(orbit.elements) or round(constellation.count_full.value)


def on_station(constellation: Constellation, count: float) -> int:
    """Return how many satellites are on station, as a whole number.

    Parameters
    ----------
    constellation : Constellation
        The satellites.
    count : float
        A number that a case or a draw states; see `kept` for the catalog's.

    Raises
    ------
    BadInputError
        More satellites than the orbit description has places for.
    """
    wanted, most = round(count), places(constellation)
    if not 0 <= wanted <= most:
        raise BadInputError(
            [
                Problem(
                    file="scenario",
                    key=f"satellites.{constellation.name}",
                    found=f"{wanted} satellites on station",
                    allowed=f"0 to {most}, the places of that orbit",
                    do="Lower the count, or describe the larger constellation in catalog/data/constellations.",
                )
            ]
        )
    return wanted


def _satellite(constellation: Constellation, slot: int, full: int) -> Any:
    """Return a propagator of the satellite in a slot.

    All satellites share a ground track: slot k passes apogee over `apogee_longitude` k/full sidereal days after
    the epoch, so that its node stands k/full turns east of that of slot 0.
    """
    from sgp4.api import WGS72, Satrec

    low, high, inclination, argument, longitude = described(constellation.name, constellation.orbit)
    radius_km, mu_km = 6378.135, 398600.8  # WGS72, the constants of SGP4 (AIAA 2006-6753, table 1)
    perigee, apogee = radius_km + low / 1e3, radius_km + high / 1e3
    axis = (perigee + apogee) / 2.0
    passage = EPOCH + slot / full * SIDEREAL_DAY / 86400.0
    across = math.atan2(-math.cos(inclination) * math.sin(argument), -math.cos(argument))
    node = float(longitude + gmst(passage) - across) % (2.0 * math.pi)
    motion = math.sqrt(mu_km / axis**3) * 60.0
    record = Satrec()
    shape = ((apogee - perigee) / (apogee + perigee), argument, inclination, math.pi, motion, node)
    record.sgp4init(WGS72, "i", slot + 1, passage - _SGP4_ZERO, 0.0, 0.0, 0.0, *shape)
    return record


def described(name: str, orbit: Orbit) -> tuple[float, float, float, float, float]:
    """Return altitudes [m] and angles [rad] of a published orbit description."""
    parts = (
        orbit.perigee_altitude,
        orbit.apogee_altitude,
        orbit.inclination,
        orbit.argument_of_perigee,
        orbit.apogee_longitude,
    )
    low, high, inclination, argument, longitude = (math.nan if part is None else part.value for part in parts)
    if math.isnan(low + high + inclination + argument + longitude):
        raise BadInputError([undescribed(name)])
    return low, high, inclination, argument, longitude


def undescribed(name: str) -> Problem:
    """Return what is wrong with a constellation whose orbit is described in none of the three ways."""
    return Problem(
        file="catalog/data/constellations",
        key=f"{name}.orbit",
        found="neither stations, nor elements, nor a whole description of an elliptical orbit",
        allowed="stations; elements; or perigee_altitude, apogee_altitude, inclination, argument_of_perigee and "
        "apogee_longitude",
        do="Add what is missing, with its source.",
    )


def _flown(record: Any, times: Array, start: float = EPOCH, name: str = "") -> tuple[Array, Array]:
    """Return Earth-fixed positions [m] and velocities [m/s] of one satellite at seconds after the start of its day."""
    day = times / 86400.0
    error, place_km, velocity_km = record.sgp4_array(np.full(day.size, start), day)
    if np.any(error):
        from sgp4.api import SGP4_ERRORS

        raise BadInputError(
            [
                Problem(
                    file="catalog/data/constellations",
                    key=f"orbit.elements of {name}" if name else "orbit",
                    found=f"an orbit that {'has decayed' if name else 'cannot be flown'}: "
                    f"{SGP4_ERRORS[int(np.max(error))]}",
                    allowed="an orbit that stays above the atmosphere",
                    do="Take elements from before the decay." if name else "Check perigee_altitude, apogee_altitude.",
                )
            ]
        )
    angle = gmst(start + day)
    place = place_km * 1e3
    return ecef_from_eci(place, angle), velocity_ecef_from_eci(place, velocity_km * 1e3, angle)


def states(constellation: Constellation, count: int, times: Array) -> tuple[Array, Array]:
    """Return positions and velocities of the satellites of a constellation, relative to the rotating Earth.

    Parameters
    ----------
    constellation : Constellation
        Orbit and phasing.
    count : int
        Satellites on station, 0 to all.
    times : array, shape (n,)
        Seconds after the satellite in the first slot passed its apogee over the apogee longitude. The published
        description does not tie that moment to a time of day; with elements, seconds after midnight UTC.

    Returns
    -------
    position_ecef, velocity_ecef : array, shape (count, n, 3)
        [m] and [m/s].

    Raises
    ------
    BadInputError
        More satellites than places, or an orbit that cannot be flown.

    References
    ----------
    Vallado et al. (2006), AIAA 2006-6753 (SGP4, TEME axes turned by Greenwich mean sidereal time).
    """
    wanted = on_station(constellation, count)
    stations = constellation.orbit.stations
    if stations:
        longitude = np.array([each.value for each in stations[:wanted]])
        fixed = ecef_from_geodetic(0.0, longitude, GEOSTATIONARY_RADIUS - WGS84.equatorial_radius)
        place = np.repeat(fixed[:, None, :], times.size, axis=1)
        return place, np.zeros_like(place)
    if constellation.orbit.elements:
        records, start = satellites(constellation.orbit)
        named = zip(records[:wanted], constellation.orbit.elements, strict=False)
        flown = [_flown(record, times, start, each.name) for record, each in named]
    else:
        full = round(constellation.count_full.value)
        flown = [_flown(_satellite(constellation, slot, full), times) for slot in slots(full)[:wanted]]
    if not flown:
        return np.zeros((0, times.size, 3)), np.zeros((0, times.size, 3))
    return np.stack([each[0] for each in flown]), np.stack([each[1] for each in flown])


def at_work(constellation: Constellation, count: int, times: Array) -> Flags:
    """Return when the telescopes of each satellite work, shape (count, n): on the working arc, outside outages.

    The arc is centered on the passage of apogee over the apogee longitude, once a sidereal day; the other apogee of the
    ground track, half a turn away, is not used.

    Parameters
    ----------
    constellation : Constellation
        Phasing and working arc.
    count : int
        Satellites on station.
    times : array, shape (n,)
        Seconds as for `states`.
    """
    working = np.ones((count, times.size), bool)
    arc = constellation.working_arc
    if arc is not None:
        passage = _passages(constellation, count)
        away = np.remainder(times - passage[:, None] + SIDEREAL_DAY / 2.0, SIDEREAL_DAY) - SIDEREAL_DAY / 2.0
        working &= np.abs(away) <= arc.value / 2.0
    of_day = np.remainder(times, 86400.0)
    for outage in constellation.outages:
        off = (of_day >= outage.start.value) & (of_day < outage.end.value)
        working[slice(None) if outage.satellite is None else slice(outage.satellite, outage.satellite + 1), off] = False
    return working


def _passages(constellation: Constellation, count: int) -> Array:
    """Return when each satellite passes the apogee nearest to `apogee_longitude` [s of the day], shape (count,)."""
    orbit = constellation.orbit
    if not orbit.elements:
        full = round(constellation.count_full.value)
        return np.array(slots(full)[:count]) * (SIDEREAL_DAY / full)
    records, start = satellites(orbit)
    found = []
    for record in records[:count]:
        times = apogee_passages(record, start)
        place = _flown(record, times, start)[0]
        wanted = orbit.apogee_longitude.value if orbit.apogee_longitude else 0.0
        found.append(times[np.argmax(np.cos(np.arctan2(place[:, 1], place[:, 0]) - wanted))])
    return np.array(found)


@lru_cache(maxsize=64)
def through_the_day(constellation: Constellation, count: int, steps: int) -> tuple[Array, Array, Flags]:
    """Return `states` and `at_work` at equal steps through a day of 86,400 s; remembered, as cases share satellites."""
    times = np.linspace(0.0, 86400.0, steps, endpoint=False)
    return *states(constellation, count, times), at_work(constellation, count, times)


def positions(constellation: Constellation, count: int, times: ArrayLike) -> Array:
    """Return Earth-fixed positions [m] of the satellites at some seconds of the day, shape (count, times, 3)."""
    return states(constellation, count, np.asarray(times, float))[0]


def held_on(constellation: Constellation, regions: dict[str, Region]) -> Array | None:
    """Return the middle [m] of the region that a constellation's telescopes are held on, or None if they sweep.

    Raises
    ------
    BadInputError
        The region is not in the catalog, or no field of view goes with it.
    """
    if constellation.watches is None:
        return None
    if constellation.watches not in regions or constellation.field_of_view is None:
        raise BadInputError(
            [
                Problem(
                    file="catalog/data/constellations",
                    key=f"{constellation.name}.watches",
                    found=f'"{constellation.watches}" without that region or without a field of view',
                    allowed="the name of a region, with field_of_view beside it",
                    do="Add the region under catalog/data/regions and field_of_view with its source.",
                )
            ]
        )
    points = np.radians(np.array(regions[constellation.watches].points, float))
    middle: Array = ecef_from_geodetic(points[:, 0], points[:, 1]).mean(axis=0)
    return middle


def sines(constellation: Constellation, plume_ecef: Array, altitude: ArrayLike) -> tuple[Array, Array]:
    """Return between which sines of elevation over a plume's horizontal a satellite sees it, by its viewing rule.

    Parameters
    ----------
    constellation : Constellation
        Viewing rule with its angles and cloud top.
    plume_ecef : array, shape (..., 3)
        Positions of the plume [m].
    altitude : array_like
        Its altitude [m], shaped as the plume's leading axes.
    """
    height, cloud = np.asarray(altitude, float), constellation.cloud_top.value
    if constellation.viewing == "look-down":
        return sines_down(height, constellation.minimum_elevation.value, cloud)
    limit = constellation.grazing_angle
    return sines_grazing(np.linalg.norm(plume_ecef, axis=-1), height, limit.value if limit else math.pi / 2.0, cloud)


def sees(
    constellation: Constellation,
    axis_ecef: Array | None,
    satellite_ecef: Array,
    plume_ecef: Array,
    altitude: ArrayLike,
) -> Flags:
    """Return where satellites of a constellation see a burning plume, by its viewing rule.

    Parameters
    ----------
    constellation : Constellation
        Viewing rule with its angles and cloud top.
    axis_ecef : array, shape (3,), or None
        What the telescopes are held on; see `held_on`.
    satellite_ecef, plume_ecef : array, shape (..., 3)
        Positions [m]; leading axes broadcast.
    altitude : array_like
        Altitude of the plume [m], shaped as the plume's leading axes.
    """
    line = satellite_ecef - plume_ecef
    length = np.sqrt(dot(line, line))
    seen: Flags = between(dot(line, up(plume_ecef, SQUARED_RATIO)), length, *sines(constellation, plume_ecef, altitude))
    if axis_ecef is not None and constellation.field_of_view is not None:
        axis = satellite_ecef - axis_ecef
        along = dot(line, axis) / np.sqrt(dot(axis, axis))
        seen = seen & in_cone(along, length, math.cos(constellation.field_of_view.value / 2.0))
    return seen
