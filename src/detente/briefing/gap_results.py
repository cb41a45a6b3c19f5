"""Gaps and chances of a report as plain data with units in the names: rows of ``--json``."""

from __future__ import annotations

from collections.abc import Iterable
from math import degrees
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.sensing.gaps import Sweep
    from detente.sensing.reported import ReportCurve

_MINUTES = (1, 2, 3, 5, 10, 15, 20, 25, 30)


def gap_rows(sweeps: Iterable[Sweep]) -> list[dict[str, Any]]:
    """Return one row a gap: whose, with which data, against what, from which to which azimuth."""
    return [
        {
            "party": sweep.party,
            "mode": sweep.mode,
            "approach": sweep.approach.name,
            "range_km": sweep.approach.ground_range / 1e3,
            "aims": list(sweep.aims),
            "azimuth_from_deg": round(degrees(gap.azimuth_from), 6),
            "azimuth_to_deg": round(degrees(gap.azimuth_to), 6),
            "least_warning_s": sweep.least_warning,
            "longest_radar_warning_s": gap.warning,
            "satellite_hours_per_day": gap.satellite_hours,
        }
        for sweep in sweeps
        for gap in sweep.gaps
    ]


def report_rows(curves: Iterable[ReportCurve]) -> list[dict[str, Any]]:
    """Return one row a curve: the chance that a launch at a random hour is reported within so many minutes."""
    return [
        {
            "party": curve.party,
            "mode": curve.mode,
            "threat": curve.threat,
            "origin": curve.origin,
            "aim": curve.aim,
            "within": [{"minutes": minutes, "probability": curve.within(60.0 * minutes)} for minutes in _MINUTES],
            "satellite_share": curve.satellite_share,
            "radar_share": curve.radar_share,
        }
        for curve in curves
    ]
