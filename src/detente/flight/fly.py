"""Fly a missile from a launch site to an aim point, or as far as it goes."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.earth import WGS84, Earth, ecef_from_geodetic, geodesic, great_circle
from detente.flight import aim as solve
from detente.flight import family
from detente.flight.hit import close
from detente.flight.shape import Apogee, Depressed, Lofted, MinimumEnergy, ReentryAngle, Shape, shape
from detente.flight.trajectory import CLOUD_BREAK, EDGE, Event, Path, Trajectory, path_of
from detente.flight.vehicle import Vehicle, vehicle
from detente.flight.world import FINAL, SEARCH, world

if TYPE_CHECKING:
    from detente.catalog.records import Missile, Place

__all__ = [
    "Apogee",
    "Depressed",
    "Event",
    "Lofted",
    "MinimumEnergy",
    "OutOfReachError",
    "OutOfShapeError",
    "Point",
    "Reach",
    "ReentryAngle",
    "Trajectory",
    "fly",
    "greatest_range",
    "shape",
]

Array = NDArray[np.float64]

_ROWS = 6_000
_COAST = 20.0
"""Longest step of free flight where the re-entry angle is looked for [s]."""
_NEAREST = 10_000.0
"""Least distance of an aim point from the launch [m]."""
_LONG = (*FINAL[:2], *SEARCH[2:])
"""As close as a flight that is kept, in longer steps: the same impact within 0.1 m, or some meters where it skims."""
_AIMED = 1e-7
"""Greatest miss along and across the way [rad]: 0.6 m."""
_SHAPE = MinimumEnergy()


class OutOfReachError(ValueError):
    """An aim point that the missile cannot reach, or two points that no flight connects."""


class OutOfShapeError(OutOfReachError):
    """An apogee or a re-entry angle with which the missile does not come down on an aim point that it reaches."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point: geodetic latitude, longitude [rad], altitude [m], and a name."""

    latitude: float
    longitude: float
    altitude: float = 0.0
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a missile flies on an azimuth.

    Parameters
    ----------
    distance : float
        Geodesic from launch to impact [m]; half the circumference where it flies 18,000 km and more, for every aim
        point that `fly` takes is then in reach.
    latitude, longitude : float
        Of the impact [rad].
    apogee_altitude : float
        Of that flight [m].
    flight_time : float
        Of that flight [s].
    """

    distance: float
    latitude: float
    longitude: float
    apogee_altitude: float
    flight_time: float


def _point(place: Place | Point) -> Point:
    """Return a place of the catalog as plain numbers, or the point itself.

    Raises
    ------
    ValueError
        A latitude beyond a pole or a number that is none.
    """
    if isinstance(place, Point):
        found = place
    else:
        height = place.altitude.value if place.altitude is not None else 0.0
        found = Point(place.latitude.value, place.longitude.value, height, place.name)
    numbers = (found.latitude, found.longitude, found.altitude)
    if not all(math.isfinite(each) for each in numbers) or abs(found.latitude) > 0.5 * math.pi:
        raise ValueError(
            f"{found.name or 'point'} is at {numbers}; latitude must be within ±π/2 rad, all of them finite"
        )
    if not -1_000.0 <= found.altitude <= 10_000.0:
        raise OutOfReachError(f"{found.name or 'point'} is {found.altitude:g} m high; allowed: -1,000 to 10,000 m")
    return found


def _lane(what: Vehicle, launch: Point, azimuth: float, earth: Earth, floor: float) -> solve.Lane:
    through = world(earth, drag=what.drag, floor=floor, closeness=SEARCH)
    site = np.array([launch.latitude, launch.longitude, launch.altitude])
    upward = ecef_from_geodetic(launch.latitude, launch.longitude, launch.altitude, earth)
    center = math.asin(upward[2] / math.sqrt(upward @ upward))
    toward = solve.along(center, launch.longitude, azimuth)
    return solve.Lane(what, solve.design(what), site, toward, through)


def _between(launch: Point, aim: Point, earth: Earth) -> tuple[float, float]:
    """Return the geocentric angle and azimuth [rad] from launch to aim.

    Raises
    ------
    OutOfReachError
        Points too close to each other, or too close to antipodes.
    """
    places = [ecef_from_geodetic(each.latitude, each.longitude, each.altitude, earth) for each in (launch, aim)]
    lats = [math.asin(each[2] / math.sqrt(each @ each)) for each in places]
    angle, azimuth = great_circle(lats[0], launch.longitude, lats[1], aim.longitude)
    size = earth.mean_radius
    if angle * size < _NEAREST:
        raise OutOfReachError(f"the aim point is {angle * size / 1e3:.1f} km from the launch; allowed: 10 km and more")
    if angle > solve.FARTHEST:
        raise OutOfReachError(
            f"the aim point is {angle * size / 1e3:,.0f} km from the launch; allowed: up to "
            f"{solve.FARTHEST * size / 1e3:,.0f} km: closer to the antipode the Earth carries it past there in flight"
        )
    return float(angle), float(azimuth)


def fly(
    missile: Missile,
    launch: Place | Point,
    aim: Place | Point,
    shape: Shape = _SHAPE,
    *,
    earth: Earth = WGS84,
    cloud_break: float = CLOUD_BREAK,
) -> Trajectory:
    """Return the flight of a missile from a launch site to an aim point.

    The missile rises, pitches over, follows its velocity through stage 1, holds its attitude in the later stages, and
    cuts off where the re-entry body will come down on the aim point: within 1 m of it on the rotating ellipsoid.

    Parameters
    ----------
    missile : Missile
        From the catalog.
    launch, aim : Place or Point
        Where from and where to.
    shape : Shape
        `MinimumEnergy()` (the least orbital energy at cut-off that reaches the aim point), `Apogee`, `Lofted`,
        `Depressed` or `ReentryAngle`.
    earth : Earth
        By default WGS84; `sphere()` is at rest.
    cloud_break : float
        Altitude of the "cloud-break" event [m].

    Raises
    ------
    OutOfReachError
        The missile cannot reach the aim point; launch and aim are too close or antipodal, or one is too high.
    OutOfShapeError
        It can, but not in this shape: one of the above.
    ValueError
        A point that is none, a missile that cannot lift off.

    Examples
    --------
    >>> from detente import catalog
    >>> flown = fly(catalog.missile("generic-icbm"), Point(0.9, 0.7), Point(0.7, -1.5))  # doctest: +SKIP
    >>> flown.flight_time  # doctest: +SKIP
    1893.2
    """
    what, here, there = vehicle(missile), _point(launch), _point(aim)
    angle, azimuth = _between(here, there, earth)
    lane = _lane(what, here, azimuth, earth, there.altitude)
    try:
        steering = family.minimum_energy(lane, angle).steering
        steering = _shaped(what, lane, angle, steering, shape, earth)
        found = close(_closer(lane, _LONG), angle, steering, _AIMED)
        last = close(_closer(lane, FINAL), angle, found.steering, _AIMED, found.slopes).steering
    except solve.NoSolutionError as error:
        raise _out_of_reach(what, lane, here, there, azimuth, earth) from error
    rows = np.zeros((_ROWS, 7))
    _, _, count = _closer(lane, FINAL).fly(last, rows)
    names = (missile.name, here.name or _text(here), there.name or _text(there), _words(shape))
    path = path_of(rows[:count], earth)
    return _trajectory(names, path, _events(path, what, last.cutoff, cloud_break), last.cutoff, here)


def _closer(lane: solve.Lane, closeness: tuple[float, float, float, float]) -> solve.Lane:
    """Return the lane with another closeness of integration, as in `world`."""
    position, velocity, boost, coast = closeness
    closer = lane.world._replace(
        most_position=position, most_velocity=velocity, longest_boost=boost, longest_coast=coast
    )
    return replace(lane, world=closer)


def _shaped(
    what: Vehicle, lane: solve.Lane, angle: float, least: solve.Steering, shape: Shape, earth: Earth
) -> solve.Steering:
    """Return the steering of the wanted shape, from that of least energy."""
    if isinstance(shape, MinimumEnergy):
        return least
    if isinstance(shape, ReentryAngle):
        return _with_reentry(what, lane, angle, least, shape.angle, earth)
    usual = lane.landing(least).apogee
    apogee = shape.altitude if isinstance(shape, Apogee) else shape.ratio * usual
    if not (math.isfinite(apogee) and apogee > 0.0):
        raise ValueError(f"apogee is {apogee:g} m; allowed: above 0")
    try:
        return family.with_value(lane, angle, least, lambda each: math.log(lane.landing(each).apogee / apogee))
    except solve.NoSolutionError as error:
        bound = lane.landing(error.last or least).apogee / 1e3
        most = "up to {:,.0f} km, the highest it flies" if apogee > usual else "from {:,.0f} km, the lowest it flies"
        raise OutOfShapeError(
            f"missile '{what.name}' cannot fly {angle * 6371.0:,.0f} km with an apogee of {apogee / 1e3:,.0f} km; "
            f"allowed: {most.format(bound)}; with the least energy it is {usual / 1e3:,.0f} km"
        ) from error


def _with_reentry(
    what: Vehicle, lane: solve.Lane, angle: float, least: solve.Steering, wanted: float, earth: Earth
) -> solve.Steering:
    """Return the steering with a re-entry angle [rad], from that of least energy."""
    if not 0.0 < wanted < 0.5 * math.pi:
        raise ValueError(f"re-entry angle is {wanted:g} rad; allowed: above 0 and below π/2")
    exact = replace(lane, world=lane.world._replace(longest_coast=_COAST))
    rows = np.zeros((_ROWS, 7))

    def over(steering: solve.Steering) -> float:
        landing, _, count = exact.fly(steering, rows)
        return _reentry(path_of(rows[:count], earth), landing.apogee)[2] - wanted

    try:
        return family.with_value(lane, angle, least, over)
    except solve.NoSolutionError as error:
        usual, bound = (math.degrees(over(each) + wanted) for each in (least, error.last or least))
        limit = f"up to {bound:.1f}°" if math.degrees(wanted) > usual else f"from {bound:.1f}°"
        raise OutOfShapeError(
            f"missile '{what.name}' cannot come down at {math.degrees(wanted):.1f}° after {angle * 6371.0:,.0f} km; "
            f"allowed: {limit}; with the least energy it is {usual:.1f}°"
        ) from error


def _reentry(path: Path, apogee: float) -> tuple[float, float, float]:
    """Return the altitude of the re-entry interface [m], relative speed [m/s] and angle [rad] on the way down there."""
    edge = EDGE if apogee > EDGE else 0.5 * apogee
    _, speed, climb, _ = path.state(path.crossing(edge, upward=False) or float(path.time[-1]))
    return edge, speed, -climb


def _out_of_reach(
    what: Vehicle, lane: solve.Lane, launch: Point, aim: Point, azimuth: float, earth: Earth
) -> OutOfReachError:
    found = _reach(lane, launch, azimuth, earth)
    wanted, _ = geodesic(launch.latitude, launch.longitude, aim.latitude, aim.longitude, earth)
    if found.distance > float(wanted):
        return OutOfReachError(
            f"missile '{what.name}' has the energy for {float(wanted) / 1e3:,.0f} km (it flies up to "
            f"{found.distance / 1e3:,.0f} km), but no flight that comes down there was found; move the aim point"
        )
    return OutOfReachError(
        f"missile '{what.name}' cannot reach {float(wanted) / 1e3:,.0f} km; its greatest range on this azimuth "
        f"({math.degrees(azimuth):.0f}°) is about {found.distance / 1e3:,.0f} km"
    )


def greatest_range(missile: Missile, launch: Place | Point, azimuth: float, *, earth: Earth = WGS84) -> Reach:
    """Return how far a missile flies from a launch site on an azimuth, every stage burnt out.

    Parameters
    ----------
    missile : Missile
        From the catalog.
    launch : Place or Point
        Where from.
    azimuth : float
        Of the great circle from the launch to the impact [rad].
    earth : Earth
        By default WGS84, which turns under the flight.
    """
    what, here = vehicle(missile), _point(launch)
    return _reach(_lane(what, here, azimuth, earth, 0.0), here, azimuth, earth)


def _reach(lane: solve.Lane, launch: Point, azimuth: float, earth: Earth) -> Reach:
    steering = family.farthest(lane)
    if steering is None:
        steering, landing = solve.reach(lane, azimuth)
    else:
        landing = replace(lane.landing(steering), down=math.pi)
    _, time, _ = lane.fly(steering)
    place = math.cos(landing.down) * lane.toward[0] + math.sin(landing.down) * lane.toward[1]
    lat = math.atan2(place[2], (1.0 - earth.eccentricity_squared) * math.hypot(place[0], place[1]))
    lon = math.atan2(place[1], place[0])
    distance, _ = geodesic(launch.latitude, launch.longitude, lat, lon, earth)
    return Reach(
        distance=float(distance),
        latitude=lat,
        longitude=lon,
        apogee_altitude=landing.apogee,
        flight_time=time,
    )


def _text(point: Point) -> str:
    return f"{math.degrees(point.latitude):.2f}, {math.degrees(point.longitude):.2f}"


def _words(shape: Shape) -> str:
    if isinstance(shape, Apogee):
        return f"apogee {shape.altitude / 1e3:.0f} km"
    if isinstance(shape, ReentryAngle):
        return f"re-entry at {math.degrees(shape.angle):.1f} deg"
    return {MinimumEnergy: "minimum-energy", Lofted: "lofted", Depressed: "depressed"}[type(shape)]


def _trajectory(
    names: tuple[str, str, str, str], path: Path, events: tuple[Event, ...], cutoff: float, launch: Point
) -> Trajectory:
    """Return the trajectory along a path."""
    time, velocity, lat, lon = path.time, path.velocity, path.latitude, path.longitude
    apogee = max(events, key=lambda event: event.altitude)
    height, speed, angle, inertial = path.state(cutoff)
    edge, fast, steep = _reentry(path, apogee.altitude)
    distance, azimuth = geodesic(launch.latitude, launch.longitude, lat[-1], lon[-1], path.earth)
    return Trajectory(
        missile=names[0],
        launch=names[1],
        aim=names[2],
        shape=names[3],
        time=time,
        position_ecef=path.position,
        velocity_ecef=velocity,
        latitude=lat,
        longitude=lon,
        altitude=path.altitude,
        events=events,
        burnout_time=cutoff,
        burnout_speed=speed,
        burnout_speed_inertial=inertial,
        burnout_angle=angle,
        burnout_altitude=height,
        apogee_altitude=apogee.altitude,
        reentry_altitude=edge,
        reentry_speed=fast,
        reentry_angle=steep,
        impact_speed=float(np.linalg.norm(velocity[-1])),
        flight_time=float(time[-1]),
        ground_range=float(distance),
        azimuth=float(azimuth),
    )


def _events(path: Path, what: Vehicle, cutoff: float, cloud_break: float) -> tuple[Event, ...]:
    """Return the events of a flight in order of time."""
    times = {"launch": 0.0, "cut-off": cutoff, "apogee": path.top(), "impact": float(path.time[-1])}
    times |= {f"burnout-{i}": t for i, t in enumerate(what.burnouts.tolist(), start=1) if t <= cutoff - 1e-6}
    crossings = {"cloud-break": (cloud_break, True), "100-km-up": (EDGE, True), "100-km-down": (EDGE, False)}
    for name, (altitude, upward) in crossings.items():
        when = path.crossing(altitude, upward)
        if when is not None:
            times[name] = when
    return tuple(path.event(name, when) for name, when in sorted(times.items(), key=lambda item: item[1]))
