"""Published numbers beside ours, for the sensing engine. The published ones stand in ``data/*.csv``."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import numpy as np

from detente.catalog.load import catalog
from detente.catalog.records import Constellation, Orbit
from detente.earth import WGS84, look_angles
from detente.sensing import validation_sensors as sensors
from detente.sensing import validation_track as track
from detente.sensing.coverage import watched
from detente.sensing.infrared import EPOCH, described, gmst, positions
from detente.sensing.kernels import Flags, runs
from detente.sensing.observe import Corridor, observe
from detente.sources import Cited, ValidationRow

Inputs = Mapping[str, str]

SGP4_TOLERANCE = 1e-5
"""Greatest distance [km] from the published SGP4 vectors, whose last digit is 1e-8 km."""


def rows() -> list[ValidationRow]:
    """Return every published number of the sensing engine beside ours."""
    published = [_row(line) for line in _lines("published.csv")]
    return [*_sgp4(), *published, *sensors.rows(_lines("radars.csv"))]


def _lines(name: str) -> list[dict[str, str]]:
    text = (files("detente.sensing") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _row(line: Mapping[str, str]) -> ValidationRow:
    ours = _KINDS[line["kind"]](dict(pair.split("=") for pair in line["inputs"].split()))
    return ValidationRow(
        case=line["case"],
        quantity=line["quantity"],
        published=float(line["published"]),
        ours=ours,
        unit=line["unit"],
        tolerance=line["tolerance"],
        passed=float(line["lowest"]) - 1e-9 <= ours <= float(line["highest"]) + 1e-9,
        source=line["source"],
        note=line["note"],
    )


def _sgp4() -> list[ValidationRow]:
    from sgp4.api import Satrec

    wanted: dict[str, list[list[float]]] = {}
    for line in _lines("sgp4_vectors.csv"):
        wanted.setdefault(line["id"], []).append([float(line[key]) for key in ("minutes", "x_km", "y_km", "z_km")])
    found = []
    for line in _lines("sgp4_elements.csv"):
        satellite = Satrec.twoline2rv(line["line1"], line["line2"])
        apart = [math.dist(satellite.sgp4_tsince(minutes)[1], place) for minutes, *place in wanted[line["id"]]]
        found.append(
            ValidationRow(
                case=f"SGP4, satellite {line['id']}",
                quantity=f"greatest distance from {len(apart)} published positions",
                published=0.0,
                ours=max(apart),
                unit="km",
                tolerance=f"{SGP4_TOLERANCE:g} km",
                passed=max(apart) <= SGP4_TOLERANCE,
                source="Vallado et al. 2006, AIAA 2006-6753, verification set",
            )
        )
    return found


def _seen(inputs: Inputs) -> Flags:
    known = catalog()
    satellites, region = known.constellations[inputs["constellation"]], known.regions[inputs["region"]]
    return watched(satellites, int(inputs["count"]), known, region)


def _hours(inputs: Inputs) -> float:
    return float(np.all(_seen(inputs), axis=1).mean() * 24.0)


def _any_hours(inputs: Inputs) -> float:
    return float(np.any(_seen(inputs), axis=1).mean() * 24.0)


def _node(inputs: Inputs) -> float:
    """Return how far the second satellite's node stands east of the first's [deg], on one date, from when each flew.

    Rockets from one place into one inclination reach the node at the sidereal time of launch, up to a constant; the
    nodes then drift with J2 (Vallado 2013, Fundamentals of Astrodynamics, 4th ed., eq. 9-38).
    """
    low, high, inclination, *_ = described("oko-us-ks", catalog().constellations["oko-us-ks"].orbit)
    a = WGS84.equatorial_radius + (low + high) / 2.0
    e = (high - low) / (2.0 * a)
    motion = math.sqrt(WGS84.mu / a**3)
    ratio = WGS84.equatorial_radius / (a * (1.0 - e * e))
    drift = -1.5 * motion * WGS84.j2 * ratio**2 * math.cos(inclination)
    start = datetime(2000, 1, 1, tzinfo=UTC)
    flown = [datetime.fromisoformat(inputs[key]).replace(tzinfo=UTC) for key in ("first", "second")]
    seconds = [(each - start).total_seconds() for each in flown]
    nodes = [float(gmst(EPOCH + each / 86400.0)) - drift * each for each in seconds]
    return math.degrees(nodes[1] - nodes[0]) % 360.0


def _molniya(count: int, perigee: float, apogee: float, inclination: float) -> Constellation:
    """Return satellites that look down from a Molniya orbit with its apogees over 20° E and 160° W."""

    def given(value: float) -> Cited:
        return Cited(value=value, low=value, high=value, source="of the published case")

    base = catalog().constellations["oko-us-ks"]
    orbit = Orbit(
        perigee_altitude=given(perigee),
        apogee_altitude=given(apogee),
        inclination=given(inclination),
        argument_of_perigee=given(math.radians(270.0)),
        apogee_longitude=given(math.radians(20.0)),
    )
    down = {"viewing": "look-down", "minimum_elevation": given(math.radians(5.0)), "working_arc": None, "watches": None}
    return replace(base, orbit=orbit, count_full=given(count), **down)  # type: ignore[arg-type]


def _tundra(inputs: Inputs) -> float:
    known, count = catalog(), int(inputs["count"])
    satellites = _molniya(count, 1650e3, 38500e3, math.radians(63.8))
    seen = watched(satellites, count, known, known.regions[inputs["region"]])
    return float(np.all(seen, axis=1).mean())


def _above(inputs: Inputs, count: int) -> Flags:
    """Return, minute by minute through a day and a half, which Molniya satellites stand high enough at a station."""
    times = np.arange(0.0, 129_600.0, 60.0)
    place = positions(_molniya(count, 525e3, 40000e3, math.radians(63.0)), count, times)
    station = (math.radians(float(inputs["latitude"])), math.radians(20.0), 0.0)
    high: Flags = look_angles(*station, place)[1] >= math.radians(float(inputs["elevation"]))
    return high


def _dwell(inputs: Inputs) -> float:
    return max(last - first for first, last in runs(_above(inputs, 1)[0])) / 60.0


def _continuity(inputs: Inputs) -> float:
    return float(_above(inputs, int(inputs["count"])).any(axis=0).mean())


@cache
def _corridor(name: str) -> Corridor:
    """Return what is seen of a corridor of the bundled scenario with the sensors of August 2001."""
    from detente.flight.fly import fly
    from detente.flight.shape import MinimumEnergy
    from detente.scenario.load import load

    scenario = load("genoa-2001")
    threat, known = scenario.threats[name], scenario.catalog
    launch, aim = known.places[threat.launch], known.places[threat.aims[0]]
    flights = {name: [fly(known.missiles[threat.missile], launch, aim, MinimumEnergy())]}
    return observe(scenario, scenario.cases["abm-treaty"], flights).corridors[0]


def _radar_minutes(inputs: Inputs) -> float:
    corridor = _corridor(inputs["threat"])
    seen = [each.passes[0][0] for each in corridor.radars if each.warning and each.party == inputs["party"]]
    return (corridor.flight_time - min(seen)) / 60.0


def _satellite_minutes(inputs: Inputs) -> float:
    corridor = _corridor(inputs["threat"])
    return (corridor.flight_time - float(np.median(corridor.launch_seen((inputs["party"],))))) / 60.0


_KINDS: Mapping[str, Callable[[Inputs], float]] = {
    "hours": _hours,
    "any-hours": _any_hours,
    "node": _node,
    "tundra": _tundra,
    "dwell": _dwell,
    "continuity": _continuity,
    **sensors.KINDS,
    **track.KINDS,
    "radar-minutes": _radar_minutes,
    "satellite-minutes": _satellite_minutes,
}
