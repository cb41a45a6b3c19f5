"""Defended footprints as GeoJSON (RFC 7946), for any map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.defense.bands import Array

if TYPE_CHECKING:
    from detente.study.record import CaseAnswer


def feature_collection(cases: Mapping[str, CaseAnswer]) -> dict[str, Any]:
    """Return every footprint of some cases as a feature: one polygon a ring of defended ground, with its holes.

    Parameters
    ----------
    cases : mapping of str to CaseAnswer
        Answers by name of the case.

    Returns
    -------
    dict
        A FeatureCollection; coordinates in degrees, longitudes run on past 180 where a ring crosses that meridian.
        Empty footprints have no geometry.
    """
    features = []
    for name, answer in cases.items():
        for each in answer.footprints:
            properties = {
                "case": name,
                "deployment": each.deployment,
                "threat": each.threat,
                "probability": each.probability,
                "area_km2": each.area / 1e6,
                "places": list(each.places),
            }
            polygons = _polygons([_degrees(ring) for ring in each.rings])
            geometry = {"type": "MultiPolygon", "coordinates": polygons} if polygons else None
            features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def _degrees(ring: Array) -> Array:
    """Return a ring in degrees, its longitudes without a jump."""
    return np.column_stack([np.degrees(np.unwrap(ring[:, 0])), np.degrees(ring[:, 1])])


def _signed(ring: Array) -> float:
    """Return twice the area of a ring in the plane of its coordinates, positive when counterclockwise."""
    x, y = ring[:, 0], ring[:, 1]
    return float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))


def _polygons(loops: list[Array]) -> list[list[Any]]:
    """Return polygons: each outer ring, and the holes that lie in it."""
    outer = [loop for loop in loops if _signed(loop) >= 0.0]
    holes = [loop for loop in loops if _signed(loop) < 0.0]
    found: list[list[Any]] = [[np.round(loop, 4).tolist()] for loop in outer]
    for hole in holes:
        homes = [k for k, loop in enumerate(outer) if _within(hole[0], loop)]
        if homes:
            home = min(homes, key=lambda k: _signed(outer[k]))
            found[home].append(np.round(hole, 4).tolist())
    return found


def _within(point: Array, ring: Array) -> bool:
    """Return whether a point lies inside a ring: an odd number of its sides is crossed on the way east."""
    x, y = ring[:, 0], ring[:, 1]
    across = (y[:-1] > point[1]) != (y[1:] > point[1])
    run = np.divide(point[1] - y[:-1], y[1:] - y[:-1], out=np.zeros(y.size - 1), where=across)
    return bool(np.count_nonzero(across & (point[0] < x[:-1] + run * (x[1:] - x[:-1]))) % 2)
