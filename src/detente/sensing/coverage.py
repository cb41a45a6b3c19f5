"""Hours a day in which infrared satellites watch a region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.earth import ecef_from_geodetic
from detente.sensing import network
from detente.sensing.infrared import held_on, sees, through_the_day
from detente.sensing.kernels import Array, Flags

if TYPE_CHECKING:
    from detente.catalog.records import Catalog, Constellation, Region
    from detente.scenario.scenario import Case, Scenario

MINUTES = 1440
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
    points = np.radians(np.array(region.points, float))
    plume: Array = ecef_from_geodetic(points[:, 0], points[:, 1], PLUME_ALTITUDE)
    place, _, working = through_the_day(constellation, count, MINUTES)
    axis = held_on(constellation, catalog.regions)
    height = np.full(len(region.points), PLUME_ALTITUDE)
    seen = sees(constellation, axis, place[:, :, None, :], plume, height) & working[:, :, None]
    covered: Flags = np.any(seen, axis=0)
    return covered


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
        for name in regions:
            region = scenario.catalog.regions[name]
            seen = _seen(scenario, case, party, region)
            found.append(_coverage(party, name, "own", seen))
            if peers:
                heard = [_seen(scenario, case, peer, region) for peer in peers]
                found.append(_coverage(party, name, "shared", np.logical_or.reduce([seen, *heard])))
    return tuple(found)


def _seen(scenario: Scenario, case: Case, party: str, region: Region) -> Flags:
    """Return, for each minute and each point of a region, whether a party's own satellites see it."""
    seen = np.zeros((MINUTES, len(region.points)), bool)
    for constellation, count in network.constellations(scenario, case, party):
        seen |= watched(constellation, count, scenario.catalog, region)
    return seen


def _coverage(party: str, region: str, mode: str, seen: Flags) -> Coverage:
    strip: Flags = np.all(seen, axis=1)
    return Coverage(
        party=party,
        region=region,
        mode=mode,
        hours_per_day=float(strip.mean() * 24.0),
        hours_any=float(np.any(seen, axis=1).mean() * 24.0),
        strip=strip,
    )
