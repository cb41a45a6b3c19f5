"""Warning as plain data with units in the names: what `detente warn --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from detente.briefing.gap_results import gap_rows, report_rows
from detente.briefing.incident_results import false_alarm_rows, incident_row, second_kind_rows

if TYPE_CHECKING:
    from detente.sensing.spread import Spread, SpreadTimeline
    from detente.study.warning import CaseWarning, WarningAnswer
    from detente.study.what_if import WhatIf


def summary(answer: WarningAnswer, what_if: WhatIf) -> dict[str, Any]:
    """Return the whole answer: each case by its name, and all rows of a kind in one list with their case."""
    cases = {name: rows(one) for name, one in answer.cases.items()}
    kinds = ("coverage", "timelines", "gaps", "reports", "released", "resting", "incidents", "second_kind")
    flat = {kind: [{"case": name} | row for name, one in cases.items() for row in one[kind]] for kind in kinds}
    return {
        "scenario": answer.scenario.name,
        "digest": answer.digest.whole,
        "samples": answer.samples,
        "what_if": {
            "satellites": list(what_if.satellites),
            "without": list(what_if.without),
            "with": list(what_if.added),
        },
        "cases": cases,
        **flat,
        "false_alarms": false_alarm_rows(answer.false_alarms),
    }


def rows(one: CaseWarning) -> dict[str, list[dict[str, Any]]]:
    """Return everything of a case, kind by kind."""
    return {
        "coverage": [
            {
                "party": item.party,
                "region": item.region,
                "mode": item.mode,
                "hours_per_day": item.hours_per_day,
                "hours_any": item.hours_any,
            }
            for item in one.coverage
        ],
        "timelines": [timeline(line) for line in one.spreads],
        "gaps": gap_rows(one.sweeps),
        "reports": report_rows(one.reports),
        "released": [
            {
                "party": gain.party,
                "by": gain.by,
                "threat": gain.threat,
                "aim": gain.aim,
                "learns": list(gain.learns),
                "arrives_s": gain.released.arrives,
                "first_share": gain.first_share,
                "earlier_s": gain.earlier,
            }
            for gain in one.gains
        ],
        "resting": [{"party": each.party, "sensor": each.sensor, "state": each.state} for each in one.resting],
        "incidents": [incident_row(each) for each in one.incidents],
        "second_kind": second_kind_rows(one.timelines),
    }


def timeline(line: SpreadTimeline) -> dict[str, Any]:
    """Return one timeline: medians with 5 % and 95 % point over all draws, and over the hour of the launch alone."""
    return {
        "party": line.party,
        "threat": line.threat,
        "aim": line.aim,
        "mode": line.mode,
        "first_sensor": line.first_sensor,
        **_times("warning_time", line.warning, line.warning_by_hour),
        **_times("decision_time", line.decision, line.decision_by_hour),
        "seen_share": line.seen_share,
        "satellite_share": line.satellite_share,
        "decision_needed_s": line.decision_needed.value if line.decision_needed else None,
        "decided_share": line.decided_share,
        "events": [
            {
                "event": event.event,
                "time_s": event.time.value,
                "low_s": event.time.low,
                "high_s": event.time.high,
                "sensor": event.sensor,
                "share": event.share,
            }
            for event in line.events
        ],
    }


def _times(name: str, spread: Spread, by_hour: Spread) -> dict[str, Any]:
    parts = ("value", "low", "high")
    return {
        f"{name}_s": spread.value,
        f"{name}_low_s": spread.low,
        f"{name}_high_s": spread.high,
        f"{name}_by_hour_s": {part: getattr(by_hour, part) for part in parts},
    }
