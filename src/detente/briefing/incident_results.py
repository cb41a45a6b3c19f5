"""Incidents and false alarms as plain data with units in the names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.sensing.alarms import YEAR, second_kind_cost

if TYPE_CHECKING:
    from detente.sensing.false_alarms import FalseAlarms
    from detente.sensing.incident import Incident
    from detente.sensing.likeness import History
    from detente.sensing.release import Cell, Released
    from detente.sensing.timeline import Timeline
    from detente.sources import Interval


def incident_row(one: Incident) -> dict[str, Any]:
    """Return one flight as those who assess it meet it."""
    return {
        "party": one.party,
        "threat": one.threat,
        "aim": one.aim,
        "radar": one.radar,
        "first_seen_s": _known(one.first),
        "last_seen_s": _known(one.last),
        "seen": _seen(one.seen) if one.seen else None,
        "excluded_s": _known(one.excluded),
        "settled_s": _known(one.settled),
        "notices": [
            {
                "notice": each.notice,
                "explained": each.explained,
                "agrees": list(each.agrees),
                "differs": list(each.differs),
                "unknown": list(each.unknown),
            }
            for each in one.notices
        ],
        "explained_s": _known(one.explained),
        "told": [_released(each) for each in one.told],
        "steps": [
            {"time_s": each.time, "what": each.what, "belief": _interval(each.belief) if each.belief else None}
            for each in one.steps
        ],
    }


def second_kind_rows(lines: tuple[Timeline, ...]) -> list[dict[str, Any]]:
    """Return what it costs to wait for the second kind of sensor, for each timeline at best values."""
    return [
        {
            "party": line.party,
            "threat": line.threat,
            "aim": line.aim,
            "mode": line.mode,
            "warning_time_s": line.warning_time,
            "lost_s": second_kind_cost(line),
        }
        for line in lines
    ]


def false_alarm_rows(found: FalseAlarms | None) -> dict[str, Any] | None:
    """Return counts by level, chances in a crisis and accidental agreement; None where they were not asked for."""
    if found is None:
        return None
    return {
        "crisis_days": found.crisis / 86400.0,
        "window_s": found.window,
        "counts": [
            {
                "name": each.name,
                "party": each.party,
                "level": each.level,
                "sensors": each.sensors,
                "reports_per_year": _interval(each.reports, YEAR),
                "launches_per_year": _interval(each.launches, YEAR),
                "noise_per_year": _interval(each.noise, YEAR),
                "chance_in_crisis": _interval(each.crisis),
            }
            for each in found.counts
        ],
        "common_cause": _interval(found.common_cause),
        "agreeing": [
            {
                "radar": each.radar,
                "infrared": each.infrared,
                "by_accident_per_year": each.by_accident * YEAR,
                "with_common_cause_per_year": _interval(each.with_common_cause, YEAR),
            }
            for each in found.agreeing
        ],
    }


def _known(time: float) -> float | None:
    return time if math.isfinite(time) else None


def _interval(each: Interval, unit: float = 1.0) -> dict[str, float]:
    return {"value": each.value * unit, "low": each.low * unit, "high": each.high * unit}


def _seen(seen: History) -> dict[str, float]:
    angles = {"azimuth_deg": seen.azimuth, "elevation_deg": seen.elevation, "climb_deg": seen.climb}
    lengths = {"distance_km": seen.distance, "altitude_km": seen.altitude}
    speeds = {"speed_km_s": seen.speed, "range_rate_km_s": seen.range_rate}
    found = {name: float(np.degrees(each[0])) for name, each in angles.items()}
    found |= {name: float(each[0]) / 1e3 for name, each in (lengths | speeds).items()}
    return {"time_s": float(seen.time[0])} | found


def _released(each: Released) -> dict[str, Any]:
    return {
        "by": each.by,
        "arrives_s": each.arrives,
        "launch_time_s": each.launch_time,
        "launch_area": _cell(each.launch_area),
        "azimuth_deg": [math.degrees(limit) for limit in each.azimuth] if each.azimuth else None,
        "impact_time_s": each.impact_time,
        "impact_area": _cell(each.impact_area),
        "missile_class": each.missile_class,
        "track": each.track,
    }


def _cell(area: Cell | None) -> dict[str, float] | None:
    if area is None:
        return None
    return {
        "latitude_deg": math.degrees(area.latitude),
        "longitude_deg": math.degrees(area.longitude),
        "height_km": area.height / 1e3,
        "width_km": area.width / 1e3,
    }
