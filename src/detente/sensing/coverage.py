"""Hours a day in which infrared satellites watch a region."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.earth import ecef_from_geodetic
from detente.problems import BadInputError, Problem, nearest
from detente.sensing import network
from detente.sensing.infrared import SQUARED_RATIO, held_on, sines, through_the_day
from detente.sensing.kernels import Array, Flags, up
from detente.sensing.watch_kernels import mark

if TYPE_CHECKING:
    from detente.catalog.records import Catalog, Constellation, Region
    from detente.scenario.scenario import Case, Scenario

MINUTES = 1440
MODES = ("own", "shared")
ROLES = ("early-warning", "intelligence")
"""Roles of the radars that maps and gaps are about: the radar of a defense sees only what comes to where it stands."""
PLUME_ALTITUDE = 150_000.0
"""Altitude [m] at which a missile over the region must be seen: the 93 miles over Malmstrom of Forden's film of what an
Oko satellite saw (PBS Nova, "False Alarms on the Nuclear Front", 2001)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Coverage:
    """How long one party's satellites watch one region in a day.

    Parameters
    ----------
    party, region : str
        Who watches, and what.
    mode : {"own", "shared"}
        With own satellites, or with those of the parties that share their data as well.
    hours_per_day : float
        Hours in which every point of the region is seen by some satellite, 0 to 24.
    hours_any : float
        Hours in which at least one point is.
    strip : array of bool, shape (1440,)
        For each minute of the day, whether every point is seen. The description of elliptical orbits does not tie the
        first minute to a time of day.
    """

    party: str
    region: str
    mode: str
    hours_per_day: float
    hours_any: float
    strip: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Watch:
    """The satellites of one constellation through a day, laid out for the compiled viewing rule.

    Parameters
    ----------
    constellation : Constellation
        Whose they are.
    satellites, axes : array, shape (3, satellites, 1440)
        Earth-fixed positions [m], and unit vectors along which the telescopes look; zeros where they sweep.
    cosine : float
        Of half the field of view; -2 where they sweep all that they see.
    working : array of bool, shape (satellites, 1440)
        Whether the telescopes work.
    """

    constellation: Constellation
    satellites: Array
    axes: Array
    cosine: float
    working: Flags


def watch(constellation: Constellation, count: int, catalog: Catalog) -> Watch:
    """Return the satellites of a constellation through a day, minute by minute.

    Parameters
    ----------
    constellation : Constellation
        The satellites.
    count : int
        How many are on station.
    catalog : Catalog
        Holds the region that the telescopes may be held on.
    """
    place, _, working = through_the_day(constellation, count, MINUTES)
    middle, field = held_on(constellation, catalog.regions), constellation.field_of_view
    axis, cosine = np.zeros_like(place), -2.0
    if middle is not None and field is not None:
        line = middle - place
        axis, cosine = line / np.linalg.norm(line, axis=-1, keepdims=True), math.cos(field.value / 2.0)
    return Watch(
        constellation=constellation,
        satellites=np.ascontiguousarray(np.moveaxis(place, -1, 0)),
        axes=np.ascontiguousarray(np.moveaxis(axis, -1, 0)),
        cosine=cosine,
        working=working,
    )


def minutes_seen(
    watches: Iterable[Watch], latitude: Array, longitude: Array, altitude: float = PLUME_ALTITUDE
) -> Flags:
    """Return in which minutes of a day a missile that burns over each of some points is seen by some satellite.

    Parameters
    ----------
    watches : iterable of Watch
        Constellations that count.
    latitude, longitude : array, shape (points,)
        Geodetic [rad].
    altitude : float
        Of the burning missile [m].

    Returns
    -------
    array of bool, shape (points, 1440)
    """
    plume: Array = ecef_from_geodetic(latitude, longitude, altitude)
    above, height = up(plume, SQUARED_RATIO), np.full(latitude.shape, altitude)
    seen = np.zeros((latitude.size, MINUTES), bool)
    for one in watches:
        limits = np.stack(sines(one.constellation, plume, height))
        mark(seen, one.satellites, one.axes, one.cosine, one.working, plume, above, limits)
    return seen


def watched(constellation: Constellation, count: int, catalog: Catalog, region: Region) -> Flags:
    """Return, for each minute of a day and each point of a region, whether a burning missile there is seen.

    Parameters
    ----------
    constellation : Constellation
        The satellites.
    count : int
        How many are on station.
    catalog : Catalog
        Holds the region that the telescopes may be held on.
    region : Region
        Points [deg] over which a missile burns at `PLUME_ALTITUDE`.

    Returns
    -------
    array of bool, shape (1440, points)
    """
    return minutes_seen([watch(constellation, count, catalog)], *_points(region)).T


def watches(scenario: Scenario, case: Case, parties: Iterable[str]) -> tuple[Watch, ...]:
    """Return the constellations that some parties have on station in a case, through a day."""
    return tuple(
        watch(constellation, count, scenario.catalog)
        for party in parties
        for constellation, count in network.constellations(scenario, case, party)
    )


def whose(scenario: Scenario, case: Case, party: str, mode: str) -> tuple[str, ...]:
    """Return the parties whose sensors tell a party something: itself, and for "shared" those that release data to it.

    Raises
    ------
    BadInputError
        A party that the scenario does not have, or a mode that is neither "own" nor "shared".
    """
    if party not in scenario.parties:
        allowed, do = ", ".join(scenario.parties), nearest(party, scenario.parties)
        raise BadInputError([Problem(file=scenario.name, key="party", found=f'"{party}"', allowed=allowed, do=do)])
    if mode not in MODES:
        allowed, do = " or ".join(MODES), "Ask for own sensors, or for shared data too."
        raise BadInputError([Problem(file=scenario.name, key="mode", found=f'"{mode}"', allowed=allowed, do=do)])
    return (party, *network.peers(case, party)) if mode == "shared" else (party,)


def coverage(scenario: Scenario, case: Case) -> tuple[Coverage, ...]:
    """Return how long each party watches each region that it cares about, own satellites and shared.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Regions to watch, satellites on station and sharing.
    """
    found = []
    for party, regions in scenario.coverage_regions.items():
        peers = network.peers(case, party)
        own, theirs = watches(scenario, case, [party]), watches(scenario, case, peers)
        for name in regions:
            points = _points(scenario.catalog.regions[name])
            seen = minutes_seen(own, *points)
            found.append(_coverage(party, name, "own", seen))
            if peers:
                found.append(_coverage(party, name, "shared", seen | minutes_seen(theirs, *points)))
    return tuple(found)


def _points(region: Region) -> tuple[Array, Array]:
    """Return latitude and longitude of the points of a region [rad]."""
    points: Array = np.radians(np.array(region.points, float))
    return points[:, 0].copy(), points[:, 1].copy()


def _coverage(party: str, region: str, mode: str, seen: Flags) -> Coverage:
    strip: Flags = np.all(seen, axis=0)
    return Coverage(
        party=party,
        region=region,
        mode=mode,
        hours_per_day=float(strip.mean() * 24.0),
        hours_any=float(np.any(seen, axis=0).mean() * 24.0),
        strip=strip,
    )
