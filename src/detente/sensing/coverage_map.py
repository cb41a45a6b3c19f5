"""Maps of the whole Earth: the part of a day that satellites watch, and how low radars see."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from detente.problems import BadInputError, Problem
from detente.sensing import network
from detente.sensing.coverage import PLUME_ALTITUDE, ROLES, Watch, minutes_seen, watches, whose
from detente.sensing.lowest import lowest_altitude
from detente.sensing.radar import cross_section

if TYPE_CHECKING:
    import xarray as xr

    from detente.scenario.scenario import Case, Scenario
    from detente.sensing.kernels import Array

DEGREE = math.pi / 180.0
_ALTITUDES = (0.0, 2.0e6)


def grid(spacing: float = DEGREE) -> tuple[Array, Array]:
    """Return the latitudes and longitudes [rad] of the middles of the cells of a global grid.

    Parameters
    ----------
    spacing : float
        Side of a cell [rad], a whole part of half a turn.

    Raises
    ------
    BadInputError
        A spacing that does not divide half a turn.

    Examples
    --------
    >>> [len(axis) for axis in grid()]
    [180, 360]
    """
    rows = math.pi / spacing if spacing > 0.0 else math.nan
    if not (rows >= 1.0 and abs(rows - round(rows)) < 1e-9 * rows):
        raise BadInputError(
            [
                Problem(
                    file="coverage map",
                    key="spacing",
                    found=f"{math.degrees(spacing):g} degrees",
                    allowed="above 0, and a whole number of times in 180 degrees",
                    do="Take 0.5, 1, 2, 3 or 5 degrees.",
                )
            ]
        )
    middles: Array = np.linspace(-math.pi, math.pi, 2 * round(rows), endpoint=False) + 0.5 * spacing
    return middles[: round(rows)] + 0.5 * math.pi, middles


def satellite_map(
    looking: Iterable[Watch],
    spacing: float = DEGREE,
    altitude: float = PLUME_ALTITUDE,
    threads: int | None = None,
) -> xr.Dataset:
    """Return the part of a day in which some satellite watches each cell of a global grid.

    The grid is taken row by row, so that memory does not grow with it; numbers do not depend on `threads`.

    Parameters
    ----------
    looking : iterable of Watch
        Constellations that count.
    spacing : float
        Side of a cell [rad], a whole part of half a turn.
    altitude : float
        Of the burning missile over the middle of a cell [m], 0 to 2,000 km.
    threads : int or None
        Rows computed at a time; all processors by default.

    Returns
    -------
    xarray.Dataset
        `watched`, the fraction of the day, over `latitude` and `longitude` [rad].

    Raises
    ------
    BadInputError
        A spacing, an altitude or a number of threads that cannot be.
    """
    latitudes, longitudes = grid(spacing)
    _within("altitude", altitude / 1e3, tuple(each / 1e3 for each in _ALTITUDES), "km")
    constellations = tuple(looking)
    watched = np.zeros((latitudes.size, longitudes.size))

    def row(index: int) -> None:
        at = np.full(longitudes.size, latitudes[index])
        watched[index] = minutes_seen(constellations, at, longitudes, altitude).mean(axis=1)

    _over(row, latitudes.size, threads)
    about = {"units": "1", "long_name": "part of the day in which a burning missile is seen by some satellite"}
    return _dataset(latitudes, longitudes, {"watched": (watched, about)}, {"altitude_m": altitude})


def coverage_map(
    scenario: Scenario,
    case: Case,
    party: str,
    *,
    mode: str = "own",
    spacing: float = DEGREE,
    altitude: float = PLUME_ALTITUDE,
    threads: int | None = None,
) -> xr.Dataset:
    """Return the part of a day in which each cell of a global grid is watched by the satellites of a party.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Satellites on station and sharing.
    party : str
        Who watches.
    mode : {"own", "shared"}
        With own satellites, or with those of the parties that share their data as well.
    spacing, altitude, threads
        As for `satellite_map`.

    Raises
    ------
    BadInputError
        An unknown party or mode, or what `satellite_map` refuses.
    """
    parties = whose(scenario, case, party, mode)
    found = satellite_map(watches(scenario, case, parties), spacing, altitude, threads)
    return found.assign_attrs(party=party, mode=mode, case=case.name)


def radar_map(
    scenario: Scenario,
    case: Case,
    party: str,
    *,
    mode: str = "own",
    target: str = "reentry-body",
    spacing: float = DEGREE,
    roles: Collection[str] = ROLES,
) -> xr.Dataset:
    """Return how low the warning radars of a party see an object over each cell of a global grid.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Radars that work, and sharing.
    party : str
        Who watches.
    mode : {"own", "shared"}
        With own radars, or with those of the parties that share their data as well.
    target : {"reentry-body", "theater-missile", "upper-stage"}
        Class of the object, for its radar cross section.
    spacing : float
        Side of a cell [rad], a whole part of half a turn.
    roles : collection of str
        Roles of the radars that count.

    Returns
    -------
    xarray.Dataset
        `lowest_altitude` [m], infinite where no radar sees the object at any height, and `radar`, the index in the
        attribute `radars` of the one that sees lowest, -1 for none; over `latitude` and `longitude` [rad].

    Raises
    ------
    BadInputError
        An unknown party, mode or target, or a spacing that does not divide half a turn.
    """
    parties = whose(scenario, case, party, mode)
    latitudes, longitudes = grid(spacing)
    over = np.meshgrid(latitudes, longitudes, indexing="ij")
    lowest = np.full(over[0].shape, math.inf)
    which = np.full(over[0].shape, -1, np.int16)
    radars = [radar for each in parties for radar in network.radars(scenario, case, each) if radar.role in roles]
    for index, radar in enumerate(radars):
        area = cross_section(scenario.catalog.cross_sections, target, radar.band)
        seen = lowest_altitude(radar, area, *over)
        which[seen < lowest] = index
        lowest = np.minimum(lowest, seen)
    variables = {
        "lowest_altitude": (lowest, {"units": "m", "long_name": "least altitude at which some radar sees the object"}),
        "radar": (which, {"long_name": "index of the radar that sees lowest, -1 for none"}),
    }
    about = {"party": party, "mode": mode, "case": case.name, "target": target}
    return _dataset(latitudes, longitudes, variables, about | {"radars": [radar.name for radar in radars]})


def _over(work: Callable[[int], None], count: int, threads: int | None) -> None:
    """Do some work for each of so many rows, a few at a time; it must let go of the interpreter's lock."""
    most = os.cpu_count() or 1
    _within("threads", most if threads is None else threads, (1, math.inf), "")
    with ThreadPoolExecutor(threads or most) as pool:
        list(pool.map(work, range(count)))


def _within(key: str, value: float, limits: tuple[float, ...], unit: str) -> None:
    low, high = limits
    if not low <= value <= high:
        allowed = f"{low:g} {unit}".strip() + (f" to {high:g} {unit}" if math.isfinite(high) else " and more")
        found = f"{value:g} {unit}".strip()
        raise BadInputError(
            [Problem(file="coverage map", key=key, found=found, allowed=allowed, do=f"Give another {key}.")]
        )


def _dataset(
    latitudes: Array,
    longitudes: Array,
    variables: dict[str, tuple[np.ndarray, dict[str, str]]],
    about: dict[str, object],
) -> xr.Dataset:
    import xarray as xr

    plane = ("latitude", "longitude")
    return xr.Dataset(
        {name: (plane, values, attributes) for name, (values, attributes) in variables.items()},
        coords={
            "latitude": ("latitude", latitudes, {"units": "rad", "long_name": "geodetic latitude of the middle"}),
            "longitude": ("longitude", longitudes, {"units": "rad", "long_name": "longitude of the middle"}),
        },
        attrs=about,
    )
