"""Which area a missile came from: what an ellipse of the launch point says of areas that are named beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import WGS84, geodesic
from detente.sensing.kernels import Array

if TYPE_CHECKING:
    from detente.catalog.records import Region
    from detente.flight.trajectory import Trajectory
    from detente.sensing.track import TrackAccuracy

ELSEWHERE = 0.05
"""Chance before any look that a missile comes from none of the areas, but from anywhere on Earth (assumed)."""
_LEAST = 10_000.0
_SURFACE = 4.0 * np.pi * WGS84.mean_radius**2


def launched_from(track: TrackAccuracy, flown: Trajectory, regions: Sequence[Region]) -> dict[str, Array]:
    """Return the probability by time that a missile came from each area, as its ellipse stands: bars sum to 1.

    The estimate is taken to lie on the true launch point, so that the answer is that of a typical estimate. Before any
    look all areas are equally likely and `ELSEWHERE` is the chance of none. Each area spreads its chance over its
    points, smeared by half the distance between neighbors; ellipses are normal errors in the plane of the launch point.

    Parameters
    ----------
    track : TrackAccuracy
        From `accuracy`.
    flown : Trajectory
        The flight.
    regions : sequence of Region
        Areas that are thought of, at least one.

    Returns
    -------
    dict of array, shape (n,)
        By name of the area, and under "unknown".

    Raises
    ------
    ValueError
        No area.
    """
    if not regions:
        raise ValueError("no area to tell apart; give at least one region")
    chance = (1.0 - ELSEWHERE) / len(regions)
    dense = {each.name: chance * _density(track, flown, each) for each in regions}
    dense["unknown"] = np.full(track.time.size, ELSEWHERE / _SURFACE)
    total = np.sum(list(dense.values()), axis=0)
    return {name: each / total for name, each in dense.items()}


def _density(track: TrackAccuracy, flown: Trajectory, region: Region) -> Array:
    """Return how dense the estimates of launches from an area are where this one lies, shape (n,) [1/m²]."""
    places = np.radians(np.array(region.points, float))
    away, azimuth = geodesic(flown.latitude[0], flown.longitude[0], places[:, 0], places[:, 1])
    offset = np.stack([away * np.sin(azimuth), away * np.cos(azimuth)], axis=-1)
    smear = _smear(places) ** 2 * np.eye(2)
    covariance = track.launch_covariance + smear
    inverse = np.linalg.inv(covariance)
    far = np.einsum("pi,nij,pj->np", offset, inverse, offset)
    peak = 0.5 / np.pi / np.sqrt(np.linalg.det(covariance))
    found: Array = peak * np.exp(-0.5 * far).mean(axis=-1)
    return found


def _smear(places: Array) -> float:
    """Return half the typical distance from a point of an area to its nearest neighbor [m], 10 km at least."""
    if len(places) < 2:
        return _LEAST
    apart = geodesic(places[:, None, 0], places[:, None, 1], places[None, :, 0], places[None, :, 1])[0]
    np.fill_diagonal(apart, np.inf)
    return max(float(np.median(apart.min(axis=1))) / 2.0, _LEAST)
