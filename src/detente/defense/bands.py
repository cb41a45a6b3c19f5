"""Bands of a footprint: margins on a grid around a site in every draw, and the rings at which they change sign."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Interceptor
from detente.defense.contour import area, rings
from detente.defense.cue import Cue
from detente.defense.draws import Table, table_of
from detente.earth import WGS84, great_circle

Array = NDArray[np.float64]

BANDS = (0.9, 0.5, 0.1)
DRAWS = 15
_FIRST, _FINE = 17, 41
_WIDEST = 9.0e6
_CLIP = 300.0


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """A launch point with what is known of a flight from it.

    Parameters
    ----------
    geometry : Geometry
        Site, launch point and flight.
    known : tuple of Cue
        States of knowledge, drawn by their shares.
    """

    geometry: Geometry
    known: tuple[Cue, ...]


Drawn = tuple[tuple[Geometry, Table], ...]


def bands_of(
    interceptor: Interceptor,
    place: Geometry,
    known: tuple[Cue, ...],
    places: tuple[tuple[float, float], ...] = (),
    probabilities: tuple[float, ...] = BANDS,
    draws: int = DRAWS,
) -> tuple[Band, ...]:
    """Return the bands of one interceptor's footprint against one launch point, one shot at each missile.

    Parameters
    ----------
    interceptor, places, probabilities, draws
        As for `bands_against`.
    place : Geometry
        Site, launch point and flight.
    known : tuple of Cue
        States of knowledge, drawn by their shares.
    """
    return bands_against(interceptor, (Approach(geometry=place, known=known),), places, probabilities, draws)


@lru_cache(maxsize=512)
def bands_against(
    interceptor: Interceptor,
    approaches: tuple[Approach, ...],
    places: tuple[tuple[float, float], ...] = (),
    probabilities: tuple[float, ...] = BANDS,
    draws: int = DRAWS,
    rounds: int = 1,
) -> tuple[Band, ...]:
    """Return the bands of one interceptor's footprint against several launch points: all flights can be met.

    Parameters
    ----------
    interceptor : Interceptor
        With its ranges: burnout speed, reaction time, highest intercept, greatest range and target speed are drawn
        from them.
    approaches : tuple of Approach
        Launch points, at least one, all seen from one site. Where a missile from one of them cannot fly, the others
        decide.
    places : tuple of (latitude, longitude)
        Places to be told whether they are inside [rad].
    probabilities : tuple of float
        Bands wanted, each above 0, at most 1.
    draws : int
        How many; 1 takes every number at its value and the likeliest state of knowledge.
    rounds : int
        Intercepts in turn that time must allow, with a look between, at least 1.
    """
    drawn = drawn_against(interceptor, approaches, draws, rounds)
    site = approaches[0].geometry.site
    x, y = _extent(drawn)
    field = _field(drawn, x, y) if x.size else np.empty((0, 0, draws))
    at = np.array(places, float).reshape(-1, 2)
    near = np.sort(margins_against(drawn, at), axis=-1)[:, ::-1]
    found = []
    for probability in probabilities:
        rank = max(math.ceil(probability * draws - 1e-9), 1) - 1
        loops = _resolved(x, y, rings(x, y, field[:, :, rank])) if x.size else ()
        found.append(
            Band(
                probability=probability,
                rings=tuple(_unprojected(site, loop) for loop in loops),
                area=max(sum(area(loop, WGS84.mean_radius) for loop in loops), 0.0),
                inside=tuple(bool(each > 0.0) for each in near[:, rank]),
            )
        )
    return tuple(found)


def drawn_against(interceptor: Interceptor, approaches: tuple[Approach, ...], draws: int, rounds: int) -> Drawn:
    """Return the rows of draws of an interceptor for each launch point."""
    return tuple(
        (each.geometry, table_of(interceptor, each.known, draws, each.geometry.sight, rounds)) for each in approaches
    )


def margins_against(drawn: Drawn, aims: Array) -> Array:
    """Return the least margin of each aim over the launch points it can be attacked from [s], shape (aims, draws)."""
    if len(drawn) == 1:
        return margins(*drawn[0], aims)
    least = np.full((aims.shape[0], drawn[0][1][0].shape[0]), np.inf)
    spare = np.full(aims.shape[0], -np.inf)
    for place, table in drawn:
        away = WGS84.mean_radius * great_circle(*place.launch, aims[:, 0], aims[:, 1])[0]
        own = (place.longest - away) / 1e3
        spare = np.maximum(spare, own)
        found = margins(place, table, aims)
        least = np.where((own > 0.0)[:, None], np.minimum(least, found), least)
    bound: Array = np.minimum(least, spare[:, None])
    return bound


def _resolved(x: Array, y: Array, loops: tuple[Array, ...]) -> tuple[Array, ...]:
    """Return the rings that enclose more than one cell of the grid; smaller ones are not resolved."""
    cell = (x[1] - x[0]) * (y[1] - y[0])
    return tuple(loop for loop in loops if abs(area(loop, WGS84.mean_radius)) > cell)


def margins(place: Geometry, table: Table, aims: Array) -> Array:
    """Return the margin of each aim in each draw [s], shape (aims, draws)."""
    from detente.defense import arcs

    rows, tables, band = table
    flight = np.array([place.loft, place.late, place.burnout_time, place.longest, place.beta, place.turn])
    found: Array = arcs.margins(np.array([*place.site, *place.launch]), aims, flight, band, rows, tables)
    return found


def _field(drawn: Drawn, x: Array, y: Array) -> Array:
    """Return the margins over a grid east and north of the site, in each draw, the largest first; clipped."""
    points = np.stack(np.meshgrid(x, y, indexing="ij"), axis=-1).reshape(-1, 2)
    aims = _unprojected(drawn[0][0].site, points)[:, ::-1]
    found = np.sort(margins_against(drawn, np.ascontiguousarray(aims)), axis=-1)[:, ::-1]
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


def _extent(drawn: Drawn) -> tuple[Array, Array]:
    """Return grid coordinates that hold the widest band with one coarse cell to spare; empty where nothing is met.

    The first grid reaches twice as far as the interceptor; it grows while its border is defended, and shrinks to
    what is. Nothing is met where the missile cannot fly to within the interceptor's range of the site.
    """
    farthest = max(float(table[0][:, 3].max()) for _, table in drawn)
    if not any(_threatened(place, farthest) for place, _ in drawn):
        return np.empty(0), np.empty(0)
    half = min(2.0 * farthest, _WIDEST)
    x = y = np.linspace(-half, half, _FIRST)
    for _ in range(8):
        met = _field(drawn, x, y)[:, :, 0] > 0.0
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


def _threatened(place: Geometry, farthest: float) -> bool:
    away = WGS84.mean_radius * float(great_circle(*place.site, *place.launch)[0])
    return away <= place.longest + farthest


def _around(at: Array, met: NDArray[np.bool_]) -> tuple[float, float]:
    """Return the ends of the part of an axis that is met, with one cell to spare on each side."""
    index = np.flatnonzero(met)
    step = at[1] - at[0]
    return float(at[index[0]] - step), float(at[index[-1]] + step)
