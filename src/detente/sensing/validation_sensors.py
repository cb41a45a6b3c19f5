"""Published numbers on radars and warning satellites beside ours: records, detection, the radar equation, the Sun."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date

import numpy as np

from detente.catalog.load import catalog
from detente.catalog.records import Radar
from detente.sensing.detection import albersheim_1981, exact_probability, shnidman_2002
from detente.sensing.infrared import SIDEREAL_DAY, gmst, kept, on_date, positions, slots
from detente.sensing.kernels import width
from detente.sensing.radar import rated, state
from detente.sensing.radar_equation import computed
from detente.sensing.sun import sun_direction
from detente.sources import ValidationRow

Inputs = Mapping[str, str]
SITE_TOLERANCE = 0.001
"""Greatest difference [deg] of a record's site and sector from the published ones."""


def rows(published: Iterable[Mapping[str, str]]) -> list[ValidationRow]:
    """Return two rows for each published radar: where it stands and looks, and how far it sees."""
    return [row for line in published for row in (_place(line), _reach(line))]


def _place(line: Mapping[str, str]) -> ValidationRow:
    radar = catalog().radars[line["radar"]]
    ours, keys = _edges(radar), [key for key in line if key.endswith("_deg") and line[key]]
    apart = max(abs((ours[key] - float(line[key]) + 180.0) % 360.0 - 180.0) for key in keys)
    return ValidationRow(
        case=f"{radar.title}, {radar.system}",
        quantity="greatest difference of site, azimuth and elevation limits",
        published=0.0,
        ours=round(apart, 9),
        unit="deg",
        tolerance=f"{SITE_TOLERANCE:g} deg",
        passed=apart <= SITE_TOLERANCE,
        source=line["source"],
        note=line["note"] if apart > SITE_TOLERANCE else "a check of the record",
    )


def _edges(radar: Radar) -> dict[str, float]:
    """Return site and limits of the lowest faces of a radar [deg]; faces follow each other clockwise."""
    least = min(face.elevation_min.value for face in radar.faces)
    low = [face for face in radar.faces if face.elevation_min.value == least]
    found = {
        "latitude_deg": radar.latitude.value,
        "longitude_deg": radar.longitude.value,
        "azimuth_min_deg": low[0].azimuth_min.value,
        "azimuth_max_deg": low[-1].azimuth_max.value,
        "elevation_min_deg": least,
        "elevation_max_deg": low[0].elevation_max.value,
    }
    return {key: math.degrees(value) for key, value in found.items()}


def _reach(line: Mapping[str, str]) -> ValidationRow:
    radar, published = catalog().radars[line["radar"]], float(line["range_km"])
    reach = radar.reach
    low, high = (reach.low / 1e3, reach.high / 1e3) if reach is not None else (0.0, 0.0)
    return ValidationRow(
        case=f"{radar.title}, {radar.system}",
        quantity="range",
        published=published,
        ours=round(rated(radar)[0] / 1e3, 6),
        unit="km",
        tolerance=f"inside the range of what was published, {low:.0f} to {high:.0f}",
        passed=low <= published <= high,
        source=line["source"],
        note=line["note"] or "no source states the target",
    )


def _sector(inputs: Inputs) -> float:
    faces = catalog().radars[inputs["radar"]].faces
    return round(math.degrees(sum(width(face.azimuth_min.value, face.azimuth_max.value) for face in faces)), 9)


def _range(inputs: Inputs) -> float:
    return round(rated(catalog().radars[inputs["radar"]])[0] / 1e3, 6)


def _computed(inputs: Inputs) -> float:
    return computed(catalog().radars[inputs["radar"]], float(inputs["area"]))[inputs["mode"]] / 1e3


def _decibels(inputs: Inputs) -> float:
    """Return the signal-to-noise ratio [dB] that a detection needs, by the formula named or by the exact sum."""
    probability, false_alarm, pulses = (float(inputs[key]) for key in ("probability", "false_alarm", "pulses"))
    if inputs["by"] == "albersheim":
        ratio = albersheim_1981(probability, false_alarm, pulses)
    elif inputs["by"] == "shnidman":
        ratio = shnidman_2002(probability, false_alarm, pulses, int(inputs["swerling"]))
    else:
        ratio = _exact(probability, false_alarm, pulses, int(inputs["swerling"]))
    return 10.0 * math.log10(ratio)


def _exact(probability: float, false_alarm: float, pulses: float, swerling: int) -> float:
    low, high = -2.0, 6.0
    for _ in range(60):
        middle = (low + high) / 2.0
        enough = exact_probability(10.0**middle, false_alarm, pulses, swerling) >= probability
        low, high = (low, middle) if enough else (middle, high)
    return float(10.0**high)


def _on_station(inputs: Inputs) -> float:
    satellites, on = catalog().constellations[inputs["constellation"]], date.fromisoformat(inputs["on"])
    number = kept(satellites, on)
    return number.value if number is not None else 0.0


def _station(inputs: Inputs) -> float:
    satellites = on_date(catalog().constellations[inputs["constellation"]], date.fromisoformat(inputs["on"]))
    return math.degrees(satellites.orbit.stations[0].value)


def _full(inputs: Inputs) -> float:
    return catalog().constellations[inputs["constellation"]].count_full.value


def _planes(inputs: Inputs) -> float:
    """Return how far apart the nodes of neighboring planes stand [deg], from the positions flown."""
    satellites = catalog().constellations[inputs["constellation"]]
    full = round(satellites.count_full.value)
    order = np.argsort(slots(full))
    passages = np.arange(full) * (SIDEREAL_DAY / full)
    at = positions(satellites, full, passages)[order, np.arange(full)]
    east = np.arctan2(at[:, 1], at[:, 0]) + passages * (2.0 * math.pi / SIDEREAL_DAY)
    steps = np.degrees(np.diff(east)) % 360.0
    return float(steps[np.abs(steps - steps.mean()).argmax()])


def _period(inputs: Inputs) -> float:
    """Return the time between two apogees of a satellite [min], from the positions flown."""
    times = np.arange(30_000.0, 60_000.0, 1.0)
    place = positions(catalog().constellations[inputs["constellation"]], 1, times)[0]
    return float(times[np.linalg.norm(place, axis=1).argmax()]) / 60.0


def _worked(inputs: Inputs) -> float:
    """Return 1 if a radar worked on a day, else 0."""
    radar, on = catalog().radars[inputs["radar"]], date.fromisoformat(inputs["on"])
    return float(state(radar.status, on) in {"operational", "degraded", "testing"})


def _sun(inputs: Inputs) -> float:
    """Return how far the Sun stands from its published place [deg]."""
    day = float(inputs["julian_date"])
    ascension, declination = (math.radians(float(inputs[key])) for key in ("ascension", "declination"))
    hour = ascension - float(gmst(day))
    flat = math.cos(declination)
    place = np.array([flat * math.cos(hour), flat * math.sin(hour), math.sin(declination)])
    return math.degrees(2.0 * math.asin(np.linalg.norm(sun_direction(day) - place) / 2.0))


KINDS: Mapping[str, Callable[[Inputs], float]] = {
    "sector": _sector,
    "range": _range,
    "computed": _computed,
    "decibels": _decibels,
    "on-station": _on_station,
    "station": _station,
    "full": _full,
    "planes": _planes,
    "period": _period,
    "worked": _worked,
    "sun": _sun,
}
