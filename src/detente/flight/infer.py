"""Questions about a reported test: what follows from an apogee and a range, and whether a reported time is possible."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import WGS84, sphere
from detente.flight.classes import boost_classes, reentry_bodies
from detente.flight.fly import Point
from detente.flight.free import fly_free
from detente.flight.notional import BEND, LEAST_BEND, MOST_BEND, NoFitError, Notional, Shot, Site, fitted
from detente.flight.refit import NoPayloadError, Refit, refit
from detente.flight.reported import Reported, check, refused
from detente.flight.world import SEARCH, world

if TYPE_CHECKING:
    from detente.catalog.records import Missile

_SCATTER = 0.1
"""Part of the boost time by which the flight time of a missile may differ from that of its notional twin [-]."""
_MODEL = 2e-3
"""How exact the drag-free bound is [-]: fields beyond the inverse square shift it by up to 0.1 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inference:
    """What follows from an apogee and a range.

    Parameters
    ----------
    free_flight_time : float
        From surface to surface without boost and air [s].
    least_time : float
        That no drag-free body undercuts with this apogee and range [s]: `free_flight_time` where the place and azimuth
        are known, else the least over all.
    flight_time, flight_time_low, flight_time_high : float
        From launch to impact with boost and air [s].
    longest_time : float
        With the slowest boost (of the catalog, or as given) and the least ballistic coefficient of the catalog [s].
    boost_time, boost_time_low, boost_time_high : float
        Duration of the boost [s].
    burnout_speed, burnout_altitude : float
        At the end of the boost: relative to the rotating Earth [m/s], and [m].
    inertial_range : float
        Range in axes that do not turn with the Earth [m].
    reentry_altitude, reentry_speed, reentry_angle : float
        On the way down through 100 km, or half the apogee where that is lower: relative speed [m/s], angle below the
        horizontal [rad].
    max_range, max_range_low, max_range_high : float
        Of the same shot on a minimum-energy trajectory on the same azimuth [m]; half the circumference where it could
        fly farther than that.
    max_range_at_rest : float
        The same over a sphere at rest [m], as published conversions usually have it.
    rotation : bool
        Whether place and azimuth were given; else all but `least_time` and the flight-time bounds are over a sphere at
        rest.
    missile : str
        Name of the catalog missile that was made to fly the shot, or empty.
    payload : float or None
        What that missile then carries [kg].
    """

    free_flight_time: float
    least_time: float
    flight_time: float
    flight_time_low: float
    flight_time_high: float
    longest_time: float
    boost_time: float
    boost_time_low: float
    boost_time_high: float
    burnout_speed: float
    burnout_altitude: float
    inertial_range: float
    reentry_altitude: float
    reentry_speed: float
    reentry_angle: float
    max_range: float
    max_range_low: float
    max_range_high: float
    max_range_at_rest: float
    rotation: bool
    missile: str = ""
    payload: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a reported flight time is possible, and why."""

    possible: bool
    because: str


def infer(
    apogee: float,
    ground_range: float,
    *,
    launch: Point | None = None,
    azimuth: float | None = None,
    missile: Missile | None = None,
    boost_time: float | None = None,
) -> Inference:
    """Return what follows from the apogee and the range of a reported test.

    The drag-free arc is a Kepler ellipse over the turning Earth. For the rest a notional missile flies the shot, whose
    acceleration is that of the catalog (median; 5th and 95th percentile) or follows from the boost time; or a missile
    of the catalog does, with the payload that gives the apogee.

    Parameters
    ----------
    apogee, ground_range : float
        As reported [m]: greatest altitude, and distance over the ground.
    launch, azimuth : Point and float, optional
        Where from, and the azimuth of the ground track there [rad]; both or neither. Without them the Earth is a
        sphere at rest, and the bounds on the flight time hold for any place and azimuth.
    missile : Missile, optional
        From the catalog, all of its stages burnt out.
    boost_time : float, optional
        Duration of the boost [s]; not with `missile`, which has its own.

    Raises
    ------
    BadInputError
        Numbers that no ballistic shot has, with the bound; a missile that does not fly this shot.

    Examples
    --------
    >>> round(infer(4475e3, 950e3, launch=Point(0.686, 2.197), azimuth=1.4).free_flight_time, -1)
    3040.0
    """
    check(apogee, ground_range, launch, azimuth, missile, boost_time)
    turning = launch is not None and azimuth is not None
    shot = Reported(
        apogee=apogee,
        ground_range=ground_range,
        launch=launch if launch is not None else Point(0.0, 0.0),
        azimuth=azimuth if azimuth is not None else 0.0,
        earth=WGS84 if turning else sphere(),
    )
    return _notional(shot, turning, boost_time) if missile is None else _simulated(shot, turning, missile)


def verdict(found: Inference, time: float) -> Verdict:
    """Return whether a reported flight time [s] goes with a reported apogee and range.

    Raises
    ------
    BadInputError
        A time that is not a positive number.
    """
    if not (math.isfinite(time) and time > 0.0):
        raise refused("time", f"{time:g} s", "above 0 s", "Give the time from launch to impact in seconds.")
    bound = found.least_time
    if time < bound * (1.0 - _MODEL):
        said = f"{time:.0f} s is less than the {bound:.0f} s that a drag-free body needs with this apogee and range"
        return Verdict(possible=False, because=f"{said}; boost and re-entry only add to it")
    more = f"{time:.0f} s is {time - bound:.0f} s more than the {bound:.0f} s of a drag-free body"
    if time > found.longest_time:
        most = f"the slowest boost and re-entry add {found.longest_time - bound:.0f} s"
        return Verdict(possible=False, because=f"{more}; {most}")
    expected = f"boost and re-entry usually add {found.flight_time_low - bound:.0f} to"
    return Verdict(possible=True, because=f"{more}; {expected} {found.flight_time_high - bound:.0f} s")


def _air_delay(speed: float, angle: float, altitude: float, beta: float) -> float:
    """Return by how much air delays an impact [s], from the state at an altitude [m] on the way down."""
    earth = sphere()
    through = world(earth, closeness=SEARCH)
    position = np.array([earth.equatorial_radius + altitude, 0.0, 0.0])
    velocity = speed * np.array([-math.sin(angle), math.cos(angle), 0.0])
    times = [
        float(fly_free(position, velocity, 20_000.0, through, ballistic_coefficient=each, earth=earth).time[-1])
        for each in (beta, math.inf)
    ]
    return times[0] - times[1]


def _fits(site: Site, shot: Reported, boost_time: float | None) -> tuple[list[tuple[Notional, Shot]], Shot]:
    """Return the usual, the quickest and the slowest notional missile with their flights, and the longest flight.

    A class that cannot fly the shot, as the slow ones a flat path, is no bound: the usual one stands in.

    Raises
    ------
    BadInputError
        None flies this shot, or none with this boost time.
    """

    def one(acceleration: float, *bends: float) -> tuple[Notional, Shot] | None:
        for bend in (*bends, 2.0 * MOST_BEND):
            try:
                return fitted(
                    site, shot.apogee, shot.ground_range, boost_time=boost_time, acceleration=acceleration, bend=bend
                )
            except NoFitError:
                continue  # a path that bends over sooner may
        return None

    least, slow, usual, quick = boost_classes()
    low, high = one(quick, LEAST_BEND, BEND, MOST_BEND), one(slow, MOST_BEND)
    central = one(usual, BEND, MOST_BEND) or low or high
    if central is None and boost_time is None:
        do = "Give an apogee and a range farther from those of an orbit, or less flat."
        raise refused("apogee", "a shot that no boost of the catalog's classes leads to", "a ballistic shot", do)
    if central is None:
        allowed = f"less; usual for this shot is {_fits(site, shot, None)[0][0][0].boost_time:.0f} s"
        raise refused("boost", f"{boost_time:g} s, in which no boost leads to this shot", allowed, "Correct it.")
    return [central, low or central, high or central], (one(least, BEND, MOST_BEND) or central)[1]


def _notional(shot: Reported, turning: bool, boost_time: float | None) -> Inference:
    """Return what follows with a notional missile."""
    site = Site(latitude=shot.launch.latitude, azimuth=shot.azimuth, earth=shot.earth)
    made, longest = _fits(site, shot, boost_time)
    (central, flown), free, (least_time, early, late) = made[0], shot.arc(), _elsewhere(shot, turning)
    bodies = [_air_delay(free.interface_speed, free.interface_angle, shot.edge, beta) for beta in reentry_bodies()]
    boosts, ranges = [each.boost_time for each, _ in made], [site.farthest(each)[0] for each, _ in made]
    quickest = min(each.time - _SCATTER * missile.boost_time for missile, each in made) + bodies[2] + early
    slowest = max(each.time for _, each in made)
    late += bodies[0] + _SCATTER * max(boosts)
    return Inference(
        free_flight_time=free.time,
        least_time=least_time,
        flight_time=flown.time + bodies[1],
        flight_time_low=max(quickest, least_time),
        flight_time_high=slowest + late,
        longest_time=max(longest.time, slowest) + late,
        boost_time=central.boost_time,
        boost_time_low=min(boosts),
        boost_time_high=max(boosts),
        burnout_speed=flown.boost.speed,
        burnout_altitude=flown.boost.altitude,
        inertial_range=free.inertial_range * shot.earth.mean_radius,
        reentry_altitude=shot.edge,
        reentry_speed=free.interface_speed,
        reentry_angle=free.interface_angle,
        max_range=ranges[0],
        max_range_low=min(ranges),
        max_range_high=max(ranges),
        max_range_at_rest=replace(site, earth=sphere()).farthest(central)[0],
        rotation=turning,
    )


def _elsewhere(shot: Reported, turning: bool) -> tuple[float, float, float]:
    """Return the least drag-free time [s], and how the rotation at an unknown place may shorten and lengthen it.

    It is longest to the east and shortest to the west along the equator; a range shorter than what the equator travels
    meanwhile may be none in axes at rest.
    """
    here = shot.arc().time
    if turning:
        return here, 0.0, 0.0
    times = [shot.arc(latitude=0.0, azimuth=way * 0.5 * math.pi, earth=WGS84).time for way in (-1.0, 1.0)]
    carried = WGS84.rotation_rate * WGS84.equatorial_radius * here
    upright = replace(shot, ground_range=1.0).arc().time if shot.ground_range < carried else here
    least = min(here, upright, *times)
    return least, least - here, max(here, *times) - here


def _refits(shot: Reported, missile: Missile) -> list[Refit]:
    """Return the flight of a catalog missile, then those at the ends of its burn times and re-entry body that exist.

    Raises
    ------
    BadInputError
        The missile does not fly this shot.
    """

    def flown(which: Missile) -> Refit:
        return refit(which, shot.launch, shot.azimuth, shot.ground_range, shot.apogee, shot.earth)

    try:
        made = [flown(missile)]
    except NoPayloadError as error:
        do = "Name another missile, or none."
        raise refused("missile", str(error), "a missile that reaches this apogee at this range", do) from error
    for end, other in (("low", "high"), ("high", "low")):
        stages = tuple(
            replace(stage, burn_time=replace(stage.burn_time, value=getattr(stage.burn_time, end)))
            for stage in missile.stages
        )
        beta = replace(missile.reentry_beta, value=getattr(missile.reentry_beta, other))
        try:
            made.append(flown(replace(missile, stages=stages, reentry_beta=beta)))
        except NoPayloadError:
            continue  # at that end of its ranges the missile does not fly this shot: it is no bound
    return made


def _simulated(shot: Reported, turning: bool, missile: Missile) -> Inference:
    """Return what follows with a missile of the catalog, over the ranges of its burn times and re-entry body."""
    made = _refits(shot, missile)
    central, free, (least_time, early, late) = made[0], shot.arc(), _elsewhere(shot, turning)
    times = [each.time for each in made]
    boosts, ranges = [each.boost_time for each in made], [each.greatest_range for each in made]
    return Inference(
        free_flight_time=free.time,
        least_time=least_time,
        flight_time=central.time,
        flight_time_low=max(min(times) + early, least_time),
        flight_time_high=max(times) + late,
        longest_time=max(max(times) + late, _notional(shot, turning, None).longest_time),
        boost_time=central.boost_time,
        boost_time_low=min(boosts),
        boost_time_high=max(boosts),
        burnout_speed=central.burnout_speed,
        burnout_altitude=central.burnout_altitude,
        inertial_range=free.inertial_range * shot.earth.mean_radius,
        reentry_altitude=shot.edge,
        reentry_speed=central.reentry_speed,
        reentry_angle=central.reentry_angle,
        max_range=central.greatest_range,
        max_range_low=min(ranges),
        max_range_high=max(ranges),
        max_range_at_rest=central.range_at_rest,
        rotation=turning,
        missile=missile.name,
        payload=central.payload,
    )
