"""Satellites flown from two-line elements."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.sensing.kernels import Array

if TYPE_CHECKING:
    from detente.catalog.records import Orbit


def satellites(orbit: Orbit) -> tuple[list[Any], float]:
    """Return a propagator for each element set of an orbit, and the Julian date (UTC) at which their day begins.

    The day is the first to begin after the epoch of the youngest set. It stands for any day: satellites that are kept
    on station repeat their ground track.

    Parameters
    ----------
    orbit : Orbit
        With at least one element set.

    References
    ----------
    Vallado, D. et al. (2006), Revisiting Spacetrack Report #3, AIAA 2006-6753.
    """
    from sgp4.api import WGS72, Satrec

    records = [Satrec.twoline2rv(each.line1, each.line2, WGS72) for each in orbit.elements]
    youngest = max(record.jdsatepoch + record.jdsatepochF for record in records)
    return records, math.ceil(youngest - 0.5) + 0.5


def apogee_passages(record: Any, start: float) -> Array:
    """Return when a satellite passes apogee through a day and half a day on each side [s after the start of the day].

    Parameters
    ----------
    record : sgp4 Satrec
        The satellite; its mean anomaly at epoch and mean motion are used.
    start : float
        Julian date at which the day begins.
    """
    motion = record.no_kozai / 60.0
    epoch = (record.jdsatepoch + record.jdsatepochF - start) * 86400.0
    first = epoch + (math.pi - record.mo) / motion
    turn = 2.0 * math.pi / motion
    lowest, highest = math.ceil((-43200.0 - first) / turn), math.floor((129600.0 - first) / turn)
    passages: Array = first + turn * np.arange(lowest, highest + 1)
    return passages
