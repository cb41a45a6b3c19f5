"""Answers as plain data with units in the names: what `--json` prints and `results.json` holds."""

from __future__ import annotations

import dataclasses
from math import degrees
from typing import TYPE_CHECKING, Any

from detente.sources import Interval
from detente.study.record import Answer, CaseAnswer

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory
    from detente.sensing.timeline import Timeline
    from detente.treaties.rule import Finding


def span(interval: Interval, scale: float = 1.0) -> dict[str, float]:
    """Return an interval as ``{"value", "low", "high"}``, divided by `scale`."""
    return {name: getattr(interval, name) / scale for name in ("value", "low", "high")}


def flight(path: Trajectory) -> dict[str, Any]:
    """Return a trajectory's totals and events."""
    return {
        "missile": path.missile,
        "launch": path.launch,
        "aim": path.aim,
        "trajectory": path.shape,
        "ground_range_km": path.ground_range / 1e3,
        "apogee_km": path.apogee_altitude / 1e3,
        "flight_time_s": path.flight_time,
        "burnout_time_s": path.burnout_time,
        "burnout_speed_km_s": path.burnout_speed / 1e3,
        "reentry_speed_km_s": path.reentry_speed / 1e3,
        "reentry_angle_deg": degrees(path.reentry_angle),
        "events": [
            {
                "event": event.name,
                "time_s": event.time,
                "latitude_deg": degrees(event.latitude),
                "longitude_deg": degrees(event.longitude),
                "altitude_km": round(event.altitude / 1e3, 6) + 0.0,  # to the millimeter, and no minus before zero
                "speed_km_s": event.speed / 1e3,
            }
            for event in path.events
        ],
    }


def warning(answer: CaseAnswer) -> dict[str, list[dict[str, Any]]]:
    """Return the timelines and the coverage of a case."""
    return {
        "timelines": [_timeline(answer, line) for line in answer.timelines],
        "coverage": [
            {"party": item.party, "region": item.region, "mode": item.mode, "hours_per_day": item.hours_per_day}
            for item in answer.coverage
        ],
    }


def first_report(line: Timeline) -> tuple[float, str] | None:
    """Return when the national center first has a report [s after launch] and from which sensor, if before impact."""
    if line.warning_time <= 0:
        return None
    events = {event.event: event for event in line.events}
    at = events["impact"].time - line.warning_time
    reports = [events[name] for name in ("satellite report", "radar track") if name in events]
    return at, min(reports, key=lambda event: abs(event.time - at)).sensor if reports else ""


def _timeline(answer: CaseAnswer, line: Timeline) -> dict[str, Any]:
    first = first_report(line)
    return {
        "party": line.party,
        "threat": line.threat,
        "aim": line.aim,
        "mode": line.mode,
        "first_sensor": first[1] if first else "nobody before impact",
        "first_report_s": first[0] if first else None,
        "warning_time_s": line.warning_time,
        "warning_time_low_s": line.warning_time_low,
        "warning_time_high_s": line.warning_time_high,
        "decision_time_s": line.decision_time,
        "decision_time_low_s": line.decision_time_low,
        "decision_time_high_s": line.decision_time_high,
        "events": [
            {
                "event": event.event,
                "time_s": event.time,
                "low_s": event.low,
                "high_s": event.high,
                "sensor": event.sensor,
            }
            for event in line.events
        ],
        "inputs_interval_s": span(answer.headlines[f"warning.{line.threat}.{line.mode}.warning_time"]),
    }


def protection(answer: CaseAnswer) -> dict[str, list[dict[str, Any]]]:
    """Return what comes of each raid and the area that each deployment defends."""
    threats = []
    for threat, outcome in answer.outcomes.items():
        none = answer.headlines[f"protection.{threat}.p_no_leak"]
        leakers = answer.headlines[f"protection.{threat}.expected_leakers"]
        threats.append(
            {
                "threat": threat,
                "warheads": outcome.warheads,
                "decoys": outcome.decoys,
                "p_no_leak": none.value,
                "p_no_leak_low": none.low,
                "p_no_leak_high": none.high,
                "expected_leakers": leakers.value,
                "expected_leakers_low": leakers.low,
                "expected_leakers_high": leakers.high,
                "interceptors_used": sum(outcome.interceptors_used.values()),
                "used_by_deployment": outcome.interceptors_used,
                "layers": [name for layer in outcome.layers for name in layer.deployments],
            }
        )
    return {"threats": threats, "areas": areas(answer), "engagements": engagements(answer)}


def engagements(answer: CaseAnswer) -> list[dict[str, Any]]:
    """Return for each deployment and flight whether it can meet it, how often, when first and last, or why not."""
    return [
        {
            "deployment": fight.deployment,
            "threat": fight.threat,
            "aim": fight.aim,
            "layer": fight.layer,
            "rounds": fight.rounds,
            "first_s": fight.first.time if fight.first else None,
            "first_altitude_km": fight.first.altitude / 1e3 if fight.first else None,
            "last_s": fight.last.time if fight.last else None,
            "last_altitude_km": fight.last.altitude / 1e3 if fight.last else None,
            "because": fight.because,
            "why": fight.why,
            "station": fight.station,
        }
        for fight in answer.battle.engagements
    ]


def areas(answer: CaseAnswer) -> list[dict[str, Any]]:
    """Return the defended areas of a case."""
    return [
        {
            "deployment": item.deployment,
            "threat": item.threat,
            "probability": item.probability,
            "area_km2": item.area / 1e6,
            "places": list(item.places),
        }
        for item in answer.footprints
    ]


def stability(answer: CaseAnswer) -> dict[str, Any]:
    """Return what survives and arrives in each ordering, and the measures; empty where fewer than two have forces."""
    made = answer.stability
    if made is None:
        return {"orderings": [], "measures": {}, "stable": None, "required_retaliation": None}
    orderings = []
    for one in made.drawdowns:
        key = f"stability.{one.attacker}-first.{one.posture}"
        arriving = answer.headlines[f"{key}.arriving"]
        orderings.append(
            {
                "attacker": one.attacker,
                "victim": one.victim,
                "posture": one.posture,
                "start_warheads": one.start,
                "alert_warheads": one.alert,
                "surviving_warheads": span(answer.headlines[f"{key}.surviving"]),
                "arriving_warheads": span(arriving),
                "assured": arriving.value >= made.required,
            }
        )
    return {
        "orderings": orderings,
        "measures": dict(made.measures),
        "stable": made.stable,
        "required_retaliation": made.required,
    }


def finding(item: Finding) -> dict[str, Any]:
    """Return one finding of the law."""
    return {
        "status": item.status,
        "state": item.state,
        "agreement": item.agreement,
        "article": item.article,
        "party": item.party,
        "subject": item.subject,
        "because": item.because,
        "limit": item.limit,
        "value": item.value,
        "margin": item.margin,
        "unit": item.unit,
        "source": item.source,
        "text_status": item.text_status,
        "shown": item.shown(),
    }


def cooperation(answer: Answer, one: CaseAnswer) -> dict[str, Any]:
    """Return what the cooperation of a case adds to warning, and the published cost of its measures."""
    known = answer.scenario.catalog.measures
    measures = []
    for name in one.case.measures:
        measure = known[name]
        cost = None
        if measure.cost is not None:
            cost = {part: getattr(measure.cost, part) / 1e6 for part in ("value", "low", "high")}
        measures.append(
            {
                "name": name,
                "title": measure.title,
                "cost_million_usd": cost,
                "source": measure.source,
                "seen": measure.seen,
                "note": measure.note,
            }
        )
    return {"sharing": one.case.sharing is not None, "added": added(one), "measures": measures}


def added(one: CaseAnswer) -> list[dict[str, Any]]:
    """Return for each threat and party what shared data adds to the warning time [s]."""
    own = {(line.party, line.threat, line.aim): line for line in one.timelines if line.mode == "own"}
    return [
        {
            "party": line.party,
            "threat": line.threat,
            "aim": line.aim,
            "own_s": own[key].warning_time,
            "shared_s": line.warning_time,
            "added_s": line.warning_time - own[key].warning_time,
        }
        for line in one.timelines
        if line.mode == "shared" and (key := (line.party, line.threat, line.aim)) in own
    ]


def case(answer: Answer, one: CaseAnswer) -> dict[str, Any]:
    """Return everything said of one case."""
    return {
        "name": one.case.name,
        "title": one.case.title,
        "summary": one.case.summary,
        "on": one.case.on.isoformat(),
        "protection": protection(one),
        "warning": warning(one),
        "stability": stability(one),
        "law": [finding(item) for item in one.findings],
        "cooperation": cooperation(answer, one),
        "headlines": {key: span(interval) for key, interval in one.headlines.items()},
        "drivers": {key: [dataclasses.asdict(item) for item in items] for key, items in one.drivers.items()},
    }


def summary(answer: Answer) -> dict[str, Any]:
    """Return the whole answer: scenario, digest, findings and cases."""
    from detente.briefing.findings import findings

    return {
        "scenario": answer.scenario.name,
        "title": answer.scenario.title,
        "question": answer.scenario.question,
        "on": answer.scenario.on.isoformat(),
        "digest": answer.digest.whole,
        "digest_parts": dataclasses.asdict(answer.digest),
        "samples": answer.samples,
        "findings": [dataclasses.asdict(item) for item in findings(answer)],
        "cases": [case(answer, one) for one in answer.cases.values()],
    }
