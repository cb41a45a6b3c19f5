"""Radars: what is inside their fans, when they acquire a target, and the outline of the fan on a map."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from detente.earth import WGS84, destination, east_north_up, ecef_from_geodetic
from detente.problems import BadInputError, Problem
from detente.sensing.detection import look_probability
from detente.sensing.fence import acquired
from detente.sensing.kernels import Array, Flags, dot, in_sector, refraction, runs, scaled_reach
from detente.sensing.radar_equation import computed, needed_ratio

if TYPE_CHECKING:
    from datetime import date

    from detente.catalog.records import CrossSection, Radar, Status
    from detente.sources import Cited

WORKING = frozenset({"operational", "degraded", "testing"})


def state(history: tuple[Status, ...], on: date) -> str | None:
    """Return the state that the last entry not after a date gives, or None before the first.

    Parameters
    ----------
    history : tuple of Status
        What a thing was able to do, each from a date on, in any order.
    on : date
        Day that is asked for.
    """
    past = [entry for entry in history if entry.since <= on]
    return max(past, key=lambda entry: entry.since).state if past else None


def works(radar: Radar, on: date) -> bool:
    """Return whether a radar was operational, degraded or on trial duty on a day: not closed, not being built."""
    return state(radar.status, on) in WORKING


def as_found(radar: Radar, on: date) -> Radar:
    """Return a radar as it stands on a day: a degraded one with less power, any other as it is.

    Range goes with the fourth root of mean power times antenna area, so that half of it left takes away a sixth.

    Parameters
    ----------
    radar : Radar
        The radar as built.
    on : date
        Day that is asked for.

    References
    ----------
    Skolnik, M. (2008), Radar Handbook, 3rd ed., section 1.2.
    """
    past = [entry for entry in radar.status if entry.since <= on]
    latest = max(past, key=lambda entry: entry.since, default=None)
    if latest is None or latest.state != "degraded" or latest.power_share is None:
        return radar
    share = latest.power_share.value
    reach = scaled(radar.reach, share**0.25) if radar.reach is not None else None
    design = radar.design
    if design is not None:
        design = replace(design, mean_power=scaled(design.mean_power, share))
    return replace(radar, reach=reach, design=design)


def scaled(number: Cited, factor: float) -> Cited:
    """Return a cited number and its range, multiplied by a factor."""
    return replace(number, value=number.value * factor, low=number.low * factor, high=number.high * factor)


def rated(radar: Radar) -> tuple[float, float]:
    """Return the range [m] at which one look detects, and the radar cross section [m²] that it holds for.

    The published one where there is one; else that of the radar equation for 1 m², in search where the fence is known.

    Parameters
    ----------
    radar : Radar
        The radar.

    Raises
    ------
    BadInputError
        The record has neither a published range nor what the radar equation needs.
    """
    if radar.reach is not None and radar.reach_cross_section is not None:
        return radar.reach.value, radar.reach_cross_section.value
    found = computed(radar, 1.0)
    if not found:
        raise BadInputError([unranged(radar.name)])
    return found.get("search", found.get("track", 0.0)), 1.0


def unranged(name: str) -> Problem:
    """Return what is wrong with a radar whose range is neither published nor computable."""
    return Problem(
        file="catalog/data/radars",
        key=name,
        found="no range, published or computable",
        allowed="reach with reach_cross_section; or design, detection, and search.solid_angle or frequency and dwell",
        do="Add the published range, or what the radar equation needs.",
    )


def reach_for(radar: Radar, area: ArrayLike) -> Array:
    """Return the range [m] at which one look of a radar detects targets of some radar cross sections [m²]."""
    reach, reference = rated(radar)
    return scaled_reach(reach, np.asarray(area, float), reference)


def cross_section(sections: dict[str, CrossSection], target: str, band: str) -> float:
    """Return the radar cross section [m²] of a class of target in a band.

    Parameters
    ----------
    sections : dict of CrossSection
        Cross sections of the catalog.
    target : {"reentry-body", "theater-missile", "upper-stage"}
        Class of target.
    band : {"VHF", "UHF", "L", "S", "X"}
        Band of the radar.

    Raises
    ------
    BadInputError
        The catalog has no cross section of that class in that band.
    """
    for each in sections.values():
        if (each.target, each.band) == (target, band):
            return each.area.value
    raise BadInputError(
        [
            Problem(
                file="catalog/data/cross_sections",
                key=target,
                found=f"no radar cross section of a {target} in band {band}",
                allowed=f'one record with target = "{target}" and band = "{band}"',
                do=f"Add [{target}-{band.lower()}] with its area and source.",
            )
        ]
    )


def visible(radar: Radar, area: ArrayLike, position_ecef: Array) -> Flags:
    """Return where a target is inside a radar's fan and close enough to be detected.

    Elevation limits are those of the beam, so the geometric elevation is first raised by refraction. The line of
    sight is free of the Earth wherever the beam is above the horizon, so a negative lower limit counts as 0.

    Parameters
    ----------
    radar : Radar
        Site, faces and reach.
    area : array_like, shape (n,) or scalar
        Radar cross section of the target in the radar's band [m²].
    position_ecef : array, shape (n, 3)
        Earth-fixed positions of the target [m].

    Returns
    -------
    array of bool, shape (n,)
    """
    return sight(radar, position_ecef, reach_for(radar, area)).inside


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """Where positions stand for a radar, whatever its reach.

    Parameters
    ----------
    inside : array of bool, shape (n,)
        Whether a position lies inside the angles of the radar's faces.
    distance : array, shape (n,)
        How far away it is [m].
    """

    inside: Flags
    distance: Array


def sight(radar: Radar, position_ecef: Array, farthest: ArrayLike = math.inf) -> Sight:
    """Return where positions stand for a radar: the part of `passes` that does not depend on its reach.

    Parameters
    ----------
    radar : Radar
        Site and faces.
    position_ecef : array, shape (n, 3)
        Earth-fixed positions [m].
    farthest : array_like, shape (n,) or scalar
        Greatest reach that will be asked about [m]: what lies beyond counts as outside.
    """
    site = ecef_from_geodetic(radar.latitude.value, radar.longitude.value, radar.altitude.value)
    line = position_ecef - site
    distance: Array = np.sqrt(dot(line, line))
    inside: Flags = distance <= np.asarray(farthest, float)
    inside[inside] = _in_fan(radar, line[inside])
    return Sight(inside=inside, distance=distance)


def _in_fan(radar: Radar, line_ecef: Array) -> Flags:
    """Return where lines from a radar's site [m] lie inside the angles of its faces."""
    axes = east_north_up(radar.latitude.value, radar.longitude.value)
    east, north, above = (dot(line_ecef, axis) for axis in axes)
    azimuth, elevation = np.arctan2(east, north) % (2.0 * math.pi), np.arctan2(above, np.hypot(east, north))
    beam = elevation + refraction(elevation)
    inside = np.zeros(azimuth.shape, bool)
    for face in radar.faces:
        low = max(face.elevation_min.value, 0.0)
        inside |= (
            in_sector(azimuth, face.azimuth_min.value, face.azimuth_max.value)
            & (beam >= low)
            & (beam <= face.elevation_max.value)
        )
    return inside


def passes(
    radar: Radar, area: ArrayLike, time: Array, position_ecef: Array, known: Sight | None = None
) -> tuple[tuple[float, float], ...]:
    """Return the spans of time in which a radar holds a target without a break, each from its acquisition.

    A radar with a known fence acquires once looks one frame apart have detected the target with the probability that
    one look has at the radar's reach; from then on it follows the target with looks of their own. Closer targets give
    stronger echoes, so that fewer looks do. Without a fence it acquires what comes within reach at once.

    Parameters
    ----------
    radar : Radar
        The radar.
    area : array_like, shape (n,) or scalar
        Radar cross section of the target [m²].
    time : array, shape (n,)
        Seconds after launch, rising.
    position_ecef : array, shape (n, 3)
        Position of the target at each time [m].
    known : Sight, optional
        `sight` of those positions, where it is known already.

    Returns
    -------
    tuple of (start, end)
        First and last sample of each span [s].
    """
    reach = reach_for(radar, area)
    seen_from = sight(radar, position_ecef, reach) if known is None else known
    spans = runs(seen_from.inside & (seen_from.distance <= reach))
    search, one_look, ratio = radar.search, radar.detection, needed_ratio(radar)
    if search is None or one_look is None or ratio is None:
        return tuple((float(time[first]), float(time[last])) for first, last in spans)
    found = []
    if not spans:
        return ()
    strength = ratio * (reach / np.maximum(seen_from.distance, 1.0)) ** 4
    chance = look_probability(strength, one_look.false_alarm.value, one_look.pulses.value, one_look.swerling)
    for first, last in spans:
        only = np.zeros(time.size)
        only[first : last + 1] = np.broadcast_to(chance, time.shape)[first : last + 1]
        sure = acquired(time, only, search.frame_time.value)[first : last + 1] >= one_look.probability.value
        if sure.any():
            found.append((float(time[first + int(sure.argmax())]), float(time[last])))
    return tuple(found)


def fan(radar: Radar, altitude: float | None = None, points: int = 181) -> Array:
    """Return the outline, on the ground, of where a radar sees a target at some altitude.

    A ring that starts and ends at the same point and goes around the site by azimuth; where the radar does not look,
    it passes through the site. The hole above the highest elevation is left out.

    Parameters
    ----------
    radar : Radar
        Site, faces and reach.
    altitude : float or None
        Altitude of the target [m]; without one, the farthest that the lowest beam of each face sees anything.
    points : int
        Points around the full circle.

    Returns
    -------
    array, shape (n, 2)
        Longitude and latitude [rad].
    """
    edges = [limit for face in radar.faces for limit in (face.azimuth_min.value, face.azimuth_max.value)]
    close = [edge + step for edge in edges for step in (-1e-6, 1e-6)]
    azimuth = np.unique(np.concatenate([np.linspace(0.0, 2.0 * math.pi, points), np.mod(close, 2.0 * math.pi)]))
    arc = np.zeros_like(azimuth)
    for face in radar.faces:
        covered = in_sector(azimuth, face.azimuth_min.value, face.azimuth_max.value)
        arc = np.where(covered, np.maximum(arc, _farthest(radar, face.elevation_min.value, altitude)), arc)
    latitude, longitude = destination(radar.latitude.value, radar.longitude.value, azimuth, WGS84.mean_radius * arc)
    return np.column_stack([longitude, latitude])


def _farthest(radar: Radar, elevation_min: float, altitude: float | None) -> float:
    """Return the Earth-central angle [rad] to the farthest target seen along the lowest beam."""
    lowest = max(elevation_min, 0.0)
    lowest -= float(refraction(np.asarray(lowest)))
    inner, reach = WGS84.mean_radius + radar.altitude.value, rated(radar)[0]
    outer = math.sqrt(inner**2 + reach**2 + 2.0 * inner * reach * math.sin(lowest))
    if altitude is None or WGS84.mean_radius + altitude >= outer:
        if altitude is None:
            return math.asin(reach * math.cos(lowest) / outer)
        return _by_range(inner, WGS84.mean_radius + altitude, reach)
    shell = max(WGS84.mean_radius + altitude, inner)
    return max(math.acos(min(inner * math.cos(lowest) / shell, 1.0)) - lowest, 0.0)


def _by_range(inner: float, shell: float, reach: float) -> float:
    """Return the Earth-central angle [rad] at which a target on a shell is just within reach; 0 when it never is."""
    cosine = (inner**2 + shell**2 - reach**2) / (2.0 * inner * shell)
    return math.acos(cosine) if cosine < 1.0 else 0.0
