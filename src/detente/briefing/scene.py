"""The globe's data from an answer: one scene for each case and threat; what is drawn is what was computed."""

from __future__ import annotations

from math import degrees
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.briefing import names
from detente.briefing.palette import PARTY_COLORS
from detente.briefing.words import minutes, percent
from detente.scenario.scenario import Threat
from detente.study.record import Answer, CaseAnswer

if TYPE_CHECKING:
    from detente.catalog.records import Place

SATELLITE_STEP = 120.0
"""Seconds between drawn satellite positions."""
FAN_ALTITUDE = 500e3
"""Height at which a radar's fan is drawn [m]."""


def scene(answer: Answer) -> dict[str, Any]:
    """Return the globe data, version 1, of an answer (see `docs/methods/globe.md`)."""
    made: dict[str, Any] = {
        "version": 1,
        "parties": _parties(answer),
        "tracks": _tracks(answer),
        "satellites": {},
        "radars": {},
        "areas": {},
        "sites": {},
        "scenes": [],
    }
    for one in answer.cases.values():
        for name, threat in answer.scenario.threats.items():
            made["scenes"].append(_scene(answer, one, name, threat, made))
    return made


def _parties(answer: Answer) -> dict[str, Any]:
    return {
        name: {"name": names.capital(party.title), "color": PARTY_COLORS[index % len(PARTY_COLORS)]}
        for index, (name, party) in enumerate(answer.scenario.parties.items())
    }


def _tracks(answer: Answer) -> dict[str, Any]:
    tracks = {}
    for name, paths in answer.flights.items():
        for path in paths:
            tracks[f"{name}:{path.aim}"] = {
                "label": f"{names.missile(answer.scenario, path.missile)} to {names.place(answer.scenario, path.aim)}",
                "kind": "threat",
                "t": path.time.tolist(),
                "lon": np.degrees(path.longitude).tolist(),
                "lat": np.degrees(path.latitude).tolist(),
                "alt_km": (path.altitude / 1e3).tolist(),
                "events": [{"t": event.time, "name": event.name} for event in path.events],
            }
    return tracks


def _scene(answer: Answer, one: CaseAnswer, name: str, threat: Threat, made: dict[str, Any]) -> dict[str, Any]:
    paths = answer.flights[name]
    duration = max(path.flight_time for path in paths)
    first = paths[0]
    top = int(np.argmax(first.altitude))
    zoom = min(3.5, max(1.0, 9e6 / first.ground_range))
    latitude = degrees(float(first.latitude[top])) - 18.0 / zoom  # seen from the side, so that height shows
    return {
        "case": one.case.name,
        "case_title": one.case.title,
        "threat": name,
        "threat_title": threat.title,
        "claim": claim(answer, one, name),
        "duration_s": float(duration),
        "camera": {
            "lon": degrees(float(first.longitude[top])),
            "lat": min(max(latitude, -60.0), 60.0),
            "zoom": zoom,
        },
        "tracks": [f"{name}:{aim}" for aim in threat.aims],
        "satellites": _satellites(answer, one, threat, duration, made["satellites"]),
        "radars": _radars(answer, one, threat, made["radars"]),
        "areas": _areas(answer, one, name, made["areas"]),
        "sites": _sites(answer, one, threat, made["sites"]),
        "intercepts": _intercepts(answer, one, name),
        "ticker": _ticker(answer, one, name),
    }


def claim(answer: Answer, one: CaseAnswer, name: str) -> str:
    """Return the finding of one scene as one sentence."""
    threat = answer.scenario.threats[name]
    party = answer.scenario.parties[threat.against].title
    outcome = one.outcomes.get(name)
    if outcome is not None and threat.kind != "corridor":
        key = f"protection.{name}.p_no_leak"
        chance = one.headlines[key].value
        if not outcome.interceptors_used:
            return f"No defense of this case engages it; all {outcome.warheads} warheads arrive."
        return f"The chance that none gets through is {percent(chance)}."
    lines = [line for line in one.timelines if line.threat == name]
    best = max(lines, key=lambda line: line.warning_time, default=None)
    if best is None or best.warning_time <= 0:
        return f"{names.capital(party)} has no warning before impact."
    how = "with shared data" if best.mode == "shared" else "with its own sensors"
    return f"{names.capital(party)} is warned {minutes(best.warning_time)} before impact {how}."


def _satellites(answer: Answer, one: CaseAnswer, threat: Threat, duration: float, pool: dict[str, Any]) -> list[str]:
    from detente.earth import geodetic_from_ecef
    from detente.sensing.infrared import positions
    from detente.sensing.network import constellations, informants

    times = np.arange(0.0, duration + SATELLITE_STEP, SATELLITE_STEP)
    found = []
    for party in (threat.against, *informants(one.case, threat)):
        for record, count in constellations(answer.scenario, one.case, party):
            spots = positions(record, count, times)
            for index in range(count):
                key = f"{record.name}-{index + 1}-{len(times)}"
                latitude, longitude, altitude = geodetic_from_ecef(spots[index])
                pool[key] = {
                    "label": f"{names.short(record.title)} {index + 1}",
                    "party": party,
                    "t": times.tolist(),
                    "lon": np.degrees(longitude).tolist(),
                    "lat": np.degrees(latitude).tolist(),
                    "alt_km": (altitude / 1e3).tolist(),
                }
                found.append(key)
    return found


def _radars(answer: Answer, one: CaseAnswer, threat: Threat, pool: dict[str, Any]) -> list[dict[str, str]]:
    from detente.sensing.network import informants, radars
    from detente.sensing.radar import fan

    found = []
    sharers = informants(one.case, threat)
    for party in (threat.against, *sharers):
        rebuilt = one.case.sensors[party].rebuilt if party in one.case.sensors else ()
        for radar in radars(answer.scenario, one.case, party):
            if radar.name not in pool:
                pool[radar.name] = {
                    "label": names.short(radar.title),
                    "party": party,
                    "lon": degrees(radar.longitude.value),
                    "lat": degrees(radar.latitude.value),
                    "fan": np.degrees(fan(radar, FAN_ALTITUDE)).tolist(),
                }
            state = "shared" if party in sharers else "rebuilt" if radar.name in rebuilt else "own"
            found.append({"id": radar.name, "state": state})
    return found


def _areas(answer: Answer, one: CaseAnswer, name: str, pool: dict[str, Any]) -> list[str]:
    known = {item.name: item for item in one.case.defenses}
    found = []
    for item in one.footprints:
        if item.threat != name or not item.rings:
            continue
        key = f"{one.case.name}:{item.deployment}:{name}:{item.probability:g}"
        pool[key] = {
            "label": f"{names.deployment(answer.scenario, known[item.deployment])}, {percent(item.probability)}",
            "party": known[item.deployment].party,
            "probability": item.probability,
            "rings": [np.degrees(ring).tolist() for ring in item.rings],
        }
        found.append(key)
    return found


def _sites(answer: Answer, one: CaseAnswer, threat: Threat, pool: dict[str, Any]) -> list[str]:
    known = answer.scenario.catalog.places
    wanted: list[tuple[Place, str, str]] = [(known[threat.launch], "launch", threat.by)]
    wanted += [(known[aim], "city", threat.against) for aim in threat.aims]
    wanted += [
        (known[item.site], "interceptor", item.party)
        for item in one.case.defenses
        if item.site is not None and threat.against in item.protects and threat.kind != "corridor"
    ]
    found = []
    for place, kind, party in wanted:
        key = f"{place.name}:{kind}"
        pool[key] = {
            "label": place.title,
            "party": party,
            "kind": kind,
            "lon": degrees(place.longitude.value),
            "lat": degrees(place.latitude.value),
        }
        if key not in found:
            found.append(key)
    return found


def _intercepts(answer: Answer, one: CaseAnswer, name: str) -> list[dict[str, Any]]:
    known = {item.name: item for item in one.case.defenses}
    return [
        {
            "t": fight.first.time,
            "lon": degrees(fight.first.longitude),
            "lat": degrees(fight.first.latitude),
            "alt_km": fight.first.altitude / 1e3,
            "label": f"first possible intercept, {names.deployment(answer.scenario, known[fight.deployment])}",
        }
        for fight in one.battle.of(name)
        if fight.first is not None
    ]


def _ticker(answer: Answer, one: CaseAnswer, name: str) -> list[dict[str, Any]]:
    """Return what is reported to whom, own data first; shared data only where it comes sooner."""
    said: dict[tuple[str, str], float] = {}
    rows = []
    for line in sorted((item for item in one.timelines if item.threat == name), key=lambda item: item.mode):
        for event in line.events:
            key = (line.party, event.event)
            if key in said and event.time >= said[key] - 1.0:
                continue
            said[key] = event.time
            source = names.sensor(answer.scenario, event.sensor)
            by = f" ({source}{', shared' if line.mode == 'shared' else ''})" if event.sensor else ""
            rows.append({"t": event.time, "party": line.party, "text": f"{event.event}{by}"})
    return sorted(rows, key=lambda row: row["t"])
