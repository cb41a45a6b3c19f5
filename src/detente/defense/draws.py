"""Drawn interceptors: a record's ranges as rows of numbers that the arcs of a footprint are asked against."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Interceptor
from detente.defense.cue import Cue
from detente.defense.reach import Reach, credited_speed, matched_speed, number, reach, reach_of
from detente.sources import Cited

Array = NDArray[np.float64]

_GOLDEN = 1.1127756842787055  # root of x^7 = x + 1: Roberts (2018), the R sequence in six dimensions

Table = tuple[Array, Array, Array]


def table_of(interceptor: Interceptor, known: tuple[Cue, ...], count: int, sight: float, rounds: int = 1) -> Table:
    """Return rows of draws, fly-out tables and the band of altitudes, as `arcs.margins` takes them.

    `rounds` is how many intercepts in turn are wanted, with a look and the crew's reaction between.
    """
    rows, tables = [], []
    for out, cue, fastest in _drawn(interceptor, known, count, sight):
        tables.append(out.times)
        rows.append(
            (
                out.reaction_time,
                out.lowest,
                out.highest,
                out.greatest_range,
                out.radar,
                out.radar_cued,
                out.range_step,
                out.altitude_step,
                cue.track_time,
                cue.alert_time,
                fastest,
                out.minimum_warning,
                float(rounds),
                out.assessment_time + out.reaction_time,
            )
        )
    table = np.array(rows)
    return table, np.array(tables), np.array([table[:, 1].min(), table[:, 2].max()])


def _drawn(
    interceptor: Interceptor, known: tuple[Cue, ...], count: int, sight: float
) -> Iterable[tuple[Reach, Cue, float]]:
    if count == 1:
        yield reach(interceptor, sight), max(known, key=lambda cue: cue.share), credited_speed(interceptor)
        return
    speed, fastest = interceptor.burnout_speed, interceptor.target_speed
    low, top = interceptor.lowest_intercept.value, interceptor.highest_intercept
    for index in range(count):
        u = [(0.5 + (index + 1) * _GOLDEN ** -(axis + 1)) % 1.0 for axis in range(6)]
        highest = _quantile(top, u[1])
        yield (
            reach_of(
                _quantile(speed, u[0]) if speed else number(interceptor, "burnout_speed"),
                number(interceptor, "burn_time"),
                (low, max(highest, low + 1e3)),
                _quantile(interceptor.greatest_range, u[2]),
                _quantile(interceptor.reaction_time, u[3]),
                matched_speed(interceptor),
                sight,
                interceptor,
            ),
            _state(known, u[4]),
            (_quantile(fastest, u[5]) if fastest else credited_speed(interceptor)) if highest > low else -1.0,
        )


def _quantile(published: Cited, u: float) -> float:
    """Return a quantile of the triangular distribution on (low, value, high)."""
    low, mode, high = published.low, published.value, published.high
    if high <= low:
        return mode
    if u * (high - low) < mode - low:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - u) * (high - low) * (high - mode))


def _state(known: tuple[Cue, ...], u: float) -> Cue:
    end = 0.0
    for cue in known:
        end += cue.share
        if u <= end:
            return cue
    return known[-1]
