"""Defended footprint: where a missile from a launch point could be aimed at and still be met, and how surely."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Interceptor, Place
from detente.defense.battle import defends
from detente.defense.contour import area, rings
from detente.defense.cue import Cue, cues
from detente.defense.draws import Table as _Table
from detente.defense.draws import table_of as _draws
from detente.defense.reach import outclassed, raised, sight_of
from detente.defense.stations import middle, stations
from detente.earth import WGS84, great_circle
from detente.scenario.scenario import Case, Scenario, Threat

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory
    from detente.sensing.observe import Sightings

Array = NDArray[np.float64]

BANDS = (0.9, 0.5, 0.1)
DRAWS = 15
_FIRST, _FINE = 17, 41
_WIDEST = 9.0e6
_CLIP = 300.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Footprint:
    """Ground that a deployment defends against a threat's launch point, with at least some probability.

    Parameters
    ----------
    deployment, threat : str
        Names.
    probability : float
        Of at least one possible intercept, over the catalog's ranges and the sensors' states: 0.9, 0.5 or 0.1.
    rings : tuple of array, shape (n, 2)
        Longitude and latitude [rad], closed; counterclockwise around defended ground, clockwise around holes.
    area : float
        Inside [m²], on the mean sphere.
    places : tuple of str
        Names of the scenario's places inside, in order.
    """

    deployment: str
    threat: str
    probability: float
    rings: tuple[Array, ...]
    area: float
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Geometry:
    """The numbers of a footprint that are not the interceptor's.

    Parameters
    ----------
    site, launch : tuple of float
        Latitude and longitude [rad].
    loft : float
        Flight-path angle of the threat above that of minimum energy [rad].
    late : float
        Seconds that a flight takes longer than the arc on the surface.
    burnout_time : float
        End of powered flight [s].
    longest : float
        Range of the missile [m].
    beta : float
        Ballistic coefficient of its re-entry body [kg/m²].
    sight : float
        How far the radar of a fire unit sees it, relative to the kind it was made for.
    turn : float
        Rotation rate of the Earth [rad/s].
    """

    site: tuple[float, float]
    launch: tuple[float, float]
    loft: float
    late: float
    burnout_time: float
    longest: float
    beta: float
    sight: float
    turn: float = WGS84.rotation_rate


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Band:
    """One band of a footprint: rings [rad], area [m²], and which of the places lie inside."""

    probability: float
    rings: tuple[Array, ...]
    area: float
    inside: tuple[bool, ...]


def footprints(
    scenario: Scenario, case: Case, flights: Mapping[str, Sequence[Trajectory]], sightings: Sightings
) -> tuple[Footprint, ...]:
    """Return the footprint of every midcourse and terminal deployment against every threat it takes part against.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Threats, deployments, catalog and assumptions.
    flights : mapping of str to sequence of Trajectory
        For each threat, one trajectory for each of its aims, in their order; the one to the aim nearest the site
        gives the shape, the time of boost, and what the sensors know.
    sightings : Sightings
        What the sensors of the case see of them.

    Returns
    -------
    tuple of Footprint
        Three bands each, 0.9, 0.5 and 0.1; a band that is empty has no rings.
    """
    found: list[Footprint] = []
    for name, threat in scenario.threats.items():
        for each in case.defenses:
            interceptor = raised(scenario.catalog.interceptors[each.interceptor], threat.keep_out)
            if not defends(each, threat) or interceptor.layer == "boost":
                continue
            site = middle(stations(scenario, each))
            aim, flight = _nearest(scenario, threat, flights[name], site)
            known = cues(scenario, case, each, threat, sightings.of(name, aim))
            places = _defendable(scenario)
            ceiling = interceptor.highest_intercept.value
            if outclassed(interceptor, flight.ground_range) or interceptor.lowest_intercept.value >= ceiling:
                found += [_named(each.name, name, _nothing(probability, places), places) for probability in BANDS]
                continue
            bands = bands_of(
                interceptor,
                geometry(scenario, threat, flight, site),
                known,
                tuple((place.latitude.value, place.longitude.value) for place in places),
            )
            found += [_named(each.name, name, band, places) for band in bands]
    return tuple(found)


def _nothing(probability: float, places: Sequence[Place]) -> Band:
    return Band(probability=probability, rings=(), area=0.0, inside=(False,) * len(places))


def _named(deployment: str, threat: str, band: Band, places: Sequence[Place]) -> Footprint:
    return Footprint(
        deployment=deployment,
        threat=threat,
        probability=band.probability,
        rings=band.rings,
        area=band.area,
        places=tuple(place.name for place, inside in zip(places, band.inside, strict=True) if inside),
    )


def _defendable(scenario: Scenario) -> tuple[Place, ...]:
    """Return the scenario's places that no threat is launched from."""
    launches = {threat.launch for threat in scenario.threats.values()}
    return tuple(place for name, place in scenario.catalog.places.items() if name not in launches)


def _nearest(scenario: Scenario, threat: Threat, flown: Sequence[Trajectory], site: Place) -> tuple[str, Trajectory]:
    def away(pair: tuple[str, Trajectory]) -> float:
        place = scenario.catalog.places[pair[0]]
        return float(great_circle(*_spot(site), *_spot(place))[0])

    return min(zip(threat.aims, flown, strict=True), key=away)


def _spot(place: Place) -> tuple[float, float]:
    return place.latitude.value, place.longitude.value


def geometry(scenario: Scenario, threat: Threat, flight: Trajectory, site: Place) -> Geometry:
    """Return the numbers that carry one integrated flight over to arcs to other aims.

    The arc over the same ground range gets the flight's apogee; what its time then lacks is kept for all arcs.
    """
    from detente.defense import arcs

    missile = scenario.catalog.missiles[threat.missile]
    phi = flight.ground_range / WGS84.mean_radius
    gamma = arcs.angle_for(phi, flight.apogee_altitude)
    return Geometry(
        site=_spot(site),
        launch=_spot(scenario.catalog.places[threat.launch]),
        loft=gamma - arcs.least_angle(phi),
        late=flight.flight_time - arcs.arc(phi, gamma)[3],
        burnout_time=flight.burnout_time,
        longest=max(missile.range_published.value, flight.ground_range),
        beta=missile.reentry_beta.value,
        sight=sight_of(missile, scenario.catalog.cross_sections),
    )


@lru_cache(maxsize=512)
def bands_of(
    interceptor: Interceptor,
    place: Geometry,
    known: tuple[Cue, ...],
    places: tuple[tuple[float, float], ...] = (),
    probabilities: tuple[float, ...] = BANDS,
    draws: int = DRAWS,
) -> tuple[Band, ...]:
    """Return the bands of one interceptor's footprint.

    Parameters
    ----------
    interceptor : Interceptor
        With its ranges: burnout speed, reaction time, highest intercept, greatest range and target speed are drawn
        from them.
    place : Geometry
        Site, launch point and flight.
    known : tuple of Cue
        States of knowledge, drawn by their shares.
    places : tuple of (latitude, longitude)
        Places to be told whether they are inside [rad].
    probabilities : tuple of float
        Bands wanted, each above 0, at most 1.
    draws : int
        How many; 1 takes every number at its value and the likeliest state of knowledge.
    """
    table = _draws(interceptor, known, draws, place.sight)
    x, y = _extent(place, table)
    field = _field(place, table, x, y) if x.size else np.empty((0, 0, draws))
    at = np.array(places, float).reshape(-1, 2)
    near = np.sort(_margins(place, table, at), axis=-1)[:, ::-1]
    found = []
    for probability in probabilities:
        rank = max(math.ceil(probability * draws - 1e-9), 1) - 1
        loops = _resolved(x, y, rings(x, y, field[:, :, rank])) if x.size else ()
        found.append(
            Band(
                probability=probability,
                rings=tuple(_unprojected(place.site, loop) for loop in loops),
                area=max(sum(area(loop, WGS84.mean_radius) for loop in loops), 0.0),
                inside=tuple(bool(each > 0.0) for each in near[:, rank]),
            )
        )
    return tuple(found)


def _resolved(x: Array, y: Array, loops: tuple[Array, ...]) -> tuple[Array, ...]:
    """Return the rings that enclose more than one cell of the grid; smaller ones are not resolved."""
    cell = (x[1] - x[0]) * (y[1] - y[0])
    return tuple(loop for loop in loops if abs(area(loop, WGS84.mean_radius)) > cell)


def _margins(place: Geometry, table: _Table, aims: Array) -> Array:
    """Return the margin of each aim in each draw [s], shape (aims, draws)."""
    from detente.defense import arcs

    rows, tables, band = table
    flight = np.array([place.loft, place.late, place.burnout_time, place.longest, place.beta, place.turn])
    found: Array = arcs.margins(np.array([*place.site, *place.launch]), aims, flight, band, rows, tables)
    return found


def _field(place: Geometry, table: _Table, x: Array, y: Array) -> Array:
    """Return the margins over a grid east and north of the site, in each draw, the largest first; clipped."""
    points = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)
    aims = _unprojected(place.site, points)[:, ::-1]
    found = np.sort(_margins(place, table, np.ascontiguousarray(aims)), axis=-1)[:, ::-1]
    return np.clip(found, -_CLIP, _CLIP).reshape(x.size, y.size, -1)


def _unprojected(site: tuple[float, float], points: Array) -> Array:
    """Return longitude and latitude [rad] of points east and north of a site, azimuthal equidistant [m].

    Snyder, J. P. (1987), Map projections, USGS Professional Paper 1395, eqs. 20-14 and 20-15, 25-15.
    """
    lat, lon = site
    rho = np.hypot(points[:, 0], points[:, 1])
    c = rho / WGS84.mean_radius
    share = np.divide(1.0, rho, out=np.zeros_like(rho), where=rho > 0.0)
    east, north = points[:, 0] * share, points[:, 1] * share
    up = np.cos(c) * math.sin(lat) + north * np.sin(c) * math.cos(lat)
    turn = np.arctan2(east * np.sin(c), np.cos(c) * math.cos(lat) - north * np.sin(c) * math.sin(lat))
    longitude = np.remainder(lon + turn + math.pi, 2.0 * math.pi) - math.pi
    return np.column_stack([longitude, np.arcsin(np.clip(up, -1.0, 1.0))])


def _extent(place: Geometry, table: _Table) -> tuple[Array, Array]:
    """Return grid coordinates that hold the widest band with one coarse cell to spare; empty where nothing is met.

    The first grid reaches twice as far as the interceptor; it grows while its border is defended, and shrinks to
    what is. Nothing is met where the missile cannot fly to within the interceptor's range of the site.
    """
    farthest = float(table[0][:, 3].max())
    if WGS84.mean_radius * float(great_circle(*place.site, *place.launch)[0]) > place.longest + farthest:
        return np.empty(0), np.empty(0)
    half = min(2.0 * farthest, _WIDEST)
    x = y = np.linspace(-half, half, _FIRST)
    for _ in range(8):
        met = _field(place, table, x, y)[:, :, 0] > 0.0
        border = bool(met[0].any() or met[-1].any() or met[:, 0].any() or met[:, -1].any())
        if border and half < _WIDEST:
            half = min(2.0 * half, _WIDEST)
        elif not met.any():
            half /= 3.0
            if half < 2e3:
                break
        else:
            across, along = np.asarray(met.any(axis=1)), np.asarray(met.any(axis=0))
            xs, ys = _around(x, across), _around(y, along)
            if min(across.sum(), along.sum()) >= 8:
                return np.linspace(*xs, _FINE), np.linspace(*ys, _FINE)
            x, y = np.linspace(*xs, _FIRST), np.linspace(*ys, _FIRST)
            continue
        x = y = np.linspace(-half, half, _FIRST)
    return np.empty(0), np.empty(0)


def _around(at: Array, met: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the ends of the part of an axis that is met, with one cell to spare on each side."""
    index = np.flatnonzero(met)
    step = at[1] - at[0]
    return float(at[index[0]] - step), float(at[index[-1]] + step)
