"""How far a missile flies: greatest range against azimuth from a place on the rotating Earth, with any payload."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from detente.earth import WGS84, Earth, ecef_from_geodetic, geodesic, great_circle, sphere
from detente.flight.fly import Point, Reach, greatest_range
from detente.sources import Cited

if TYPE_CHECKING:
    from detente.catalog.records import Missile, Place

Array = NDArray[np.float64]
Tell = Callable[[str, float], None]

SHORTEST = 10_000.0
"""Least greatest range that counts as a flight [m]: `fly` takes no nearer aim point."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RangeTable:
    """Greatest range of a missile against azimuth from one place.

    Parameters
    ----------
    missile : str
        Its name.
    payload : float
        Mass on top of the last stage [kg].
    latitude, longitude : float
        Of the launch, geodetic [rad].
    azimuths : array, shape (n,)
        Of the great circle from launch to impact [rad], clockwise from north.
    reaches : tuple of Reach
        One an azimuth.
    at_rest : float
        Greatest range over a sphere at rest, of the same mean radius [m]: what a published range is nearest to.
    earth : Earth
        What turns under the flight.
    """

    missile: str
    payload: float
    latitude: float
    longitude: float
    azimuths: Array
    reaches: tuple[Reach, ...]
    at_rest: float
    earth: Earth

    @property
    def distances(self) -> Array:
        """Greatest ranges [m], shape (n,)."""
        return np.array([reach.distance for reach in self.reaches])

    @property
    def least(self) -> tuple[float, float]:
        """Azimuth [rad] and distance [m] of the least of them."""
        return self._at(int(np.argmin(self.distances)))

    @property
    def greatest(self) -> tuple[float, float]:
        """Azimuth [rad] and distance [m] of the greatest of them."""
        return self._at(int(np.argmax(self.distances)))

    @property
    def everywhere(self) -> NDArray[np.bool_]:
        """Whether the missile flies to the antipode of the launch and beyond on an azimuth, shape (n,)."""
        return self.distances >= (math.pi - 1e-6) * self.earth.mean_radius

    def _at(self, index: int) -> tuple[float, float]:
        return float(self.azimuths[index]), self.reaches[index].distance


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """A place seen from the launch.

    Parameters
    ----------
    place : Place
        Which.
    distance : float
        Geodesic from the launch [m].
    azimuth : float
        Of the great circle to it [rad].
    greatest_range : float
        Of the missile on that azimuth [m].
    """

    place: Place
    distance: float
    azimuth: float
    greatest_range: float

    @property
    def inside(self) -> bool:
        """Whether the missile reaches it."""
        return self.distance <= self.greatest_range


def range_by_azimuth(
    missile: Missile,
    launch: Place | Point,
    azimuths: ArrayLike,
    payload: float | None = None,
    earth: Earth = WGS84,
    tell: Tell | None = None,
) -> RangeTable:
    """Return how far a missile flies on each azimuth, every stage burnt out, steered for the greatest range.

    Parameters
    ----------
    missile : Missile
        From the catalog.
    launch : Place or Point
        Where from.
    azimuths : array_like, shape (n,)
        Of the great circles from the launch [rad].
    payload : float, optional
        Mass on top of the last stage [kg], see `with_payload`; that of the catalog by default.
    earth : Earth
        By default WGS84, which turns under the flight.
    tell : callable, optional
        Told what is being done and the share of it that is done, 0 to 1.

    Raises
    ------
    ValueError
        No azimuth or one that is no number, a payload that the missile cannot fly, a point that is none.

    Examples
    --------
    >>> from detente.catalog.load import missile
    >>> east, west = range_by_azimuth(missile("scud-b"), Point(0.0, 0.0), [1.57, 4.71]).distances
    >>> bool(east > west)
    True
    """
    headings = np.atleast_1d(np.asarray(azimuths, float))
    if headings.ndim != 1 or headings.size == 0 or not np.isfinite(headings).all():
        raise ValueError("azimuths must be one or more finite numbers in radians")
    flown = missile if payload is None else with_payload(missile, payload)
    rest = greatest_range(flown, launch, 0.0, earth=sphere(radius=earth.mean_radius, mu=earth.mu)).distance
    if rest < SHORTEST:
        raise ValueError(
            f"missile '{missile.name}' flies {rest / 1e3:.1f} km with a payload of {flown.payload.value:g} kg; "
            f"allowed: a payload with which it flies {SHORTEST / 1e3:g} km and more"
        )
    reaches = []
    for done, azimuth in enumerate(headings.tolist()):
        if tell is not None:
            tell(f"azimuth {math.degrees(azimuth):.0f}°", done / headings.size)
        reaches.append(greatest_range(flown, launch, azimuth, earth=earth))
    at = _site(launch)
    return RangeTable(
        missile=missile.name,
        payload=flown.payload.value,
        latitude=at.latitude,
        longitude=at.longitude,
        azimuths=headings,
        reaches=tuple(reaches),
        at_rest=rest,
        earth=earth,
    )


def with_payload(missile: Missile, payload: float) -> Missile:
    """Return the missile with another mass on top of its last stage; stages and re-entry body stay as they are.

    The ballistic coefficient of the re-entry body is that of the catalog: fewer bodies of the same kind, not lighter
    ones. Whether so much can be mounted is not asked.

    Parameters
    ----------
    missile : Missile
        From the catalog.
    payload : float
        Everything on top of the last stage [kg], above 0.

    Raises
    ------
    ValueError
        A payload that is no number or not above 0; one too heavy to lift is told by `vehicle`.
    """
    if not (math.isfinite(payload) and payload > 0.0):
        raise ValueError(f"payload is {payload:g} kg; allowed: above 0")
    return replace(missile, payload=Cited(value=payload, low=payload, high=payload, source="given"))


def bearings(
    missile: Missile,
    launch: Place | Point,
    places: Iterable[Place],
    payload: float | None = None,
    earth: Earth = WGS84,
) -> tuple[Bearing, ...]:
    """Return each place with its distance and the missile's greatest range toward it, the nearest first.

    Places closer than `SHORTEST` are left out: the launch itself, above all.

    Raises
    ------
    ValueError
        As for `range_by_azimuth`.
    """
    flown = missile if payload is None else with_payload(missile, payload)
    here, found = _site(launch), []
    for place in places:
        there = _site(place)
        distance, _ = geodesic(here.latitude, here.longitude, there.latitude, there.longitude, earth)
        if distance < SHORTEST:
            continue
        heading = _azimuth(here, there, earth)
        most = greatest_range(flown, launch, heading, earth=earth).distance
        found.append(Bearing(place=place, distance=float(distance), azimuth=heading, greatest_range=most))
    return tuple(sorted(found, key=lambda each: each.distance))


def _site(place: Place | Point) -> Point:
    """Return where a place is, on the ground."""
    if isinstance(place, Point):
        return place
    return Point(place.latitude.value, place.longitude.value, 0.0, place.name)


def _azimuth(here: Point, there: Point, earth: Earth) -> float:
    """Return the azimuth [rad] of the great circle between two points seen from the center of the Earth."""
    ends = [ecef_from_geodetic(each.latitude, each.longitude, 0.0, earth) for each in (here, there)]
    lats = [math.asin(end[2] / math.sqrt(end @ end)) for end in ends]
    return float(great_circle(lats[0], here.longitude, lats[1], there.longitude)[1])
