"""What in a record of a sensor contradicts itself, though each number alone is possible."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch

from detente.catalog.sensors import Constellation, Elements, Face, Radar, Status

BANDS = {"VHF": (30e6, 300e6), "UHF": (300e6, 1e9), "L": (1e9, 2e9), "S": (2e9, 4e9), "X": (8e9, 12e9)}
"""Limits of the radar bands [Hz] (IEEE Std 521-2019, table 1)."""
AGREEMENT = 0.02
"""How far `power_aperture` may be from mean power times area: it is written with two digits."""
SPREAD = 30.0
"""Greatest difference of epochs [days] in one constellation: SGP4 loses tens of kilometers in a month."""
_TURN = 2.0 * math.pi
_SLACK = 1e-9
_DAY = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """One thing wrong with a record.

    Parameters
    ----------
    path : str
        Dotted path inside the record.
    found, allowed, do : str
        As in a `detente.problems.Problem`.
    """

    path: str
    found: str
    allowed: str
    do: str


@singledispatch
def contradictions(record: object) -> Iterator[Contradiction]:
    """Yield what contradicts itself in a record; nothing for kinds without rules."""
    del record
    return iter(())


@contradictions.register
def _radar(record: Radar) -> Iterator[Contradiction]:
    if not record.faces:
        yield Contradiction(path="faces", found="no faces", allowed="at least one", do="Add a face with its limits.")
    for index, face in enumerate(record.faces):
        yield from _face(face, f"faces.{index}")
    for (one, first), (two, second) in itertools.combinations(enumerate(record.faces), 2):
        if _overlap(first, second):
            yield Contradiction(
                path=f"faces.{two}",
                found=f"a face that overlaps face {one}: {_told(second)} and {_told(first)}",
                allowed="faces that share at most an edge, in azimuth or in elevation",
                do="Move the limits, so that each direction belongs to one face.",
            )
    yield from _ranges(record)
    yield from _band(record)
    yield from _dates(record.status)
    for index, entry in enumerate(record.status):
        if entry.state == "degraded" and entry.power_share is None:
            yield Contradiction(
                path=f"status.{index}.power_share",
                found="nothing",
                allowed="the share of mean power times antenna area that still works, above 0 to 1",
                do='Add power_share = { value = …, source = "…" }.',
            )
        yield from _positive(f"status.{index}.power_share", entry.power_share)


def _told(face: Face) -> str:
    return f"{math.degrees(face.azimuth_min.value):g} to {math.degrees(face.azimuth_max.value):g} deg"


def _face(face: Face, path: str) -> Iterator[Contradiction]:
    swept = face.azimuth_max.value - face.azimuth_min.value
    if abs(swept) < _SLACK or swept > _TURN + _SLACK or swept <= -_TURN:
        yield Contradiction(
            path=f"{path}.azimuth_max",
            found=f"a sector from {_told(face)}",
            allowed="a width above 0 up to 360 deg, clockwise from azimuth_min; 350 to 10 deg is 20 deg wide",
            do="Correct one limit; all around is 0 to 360 deg.",
        )
    low, high = face.elevation_min.value, face.elevation_max.value
    if not -math.pi / 2.0 <= low < high <= math.pi / 2.0 + _SLACK:
        yield Contradiction(
            path=f"{path}.elevation_max",
            found=f"elevations from {math.degrees(low):g} to {math.degrees(high):g} deg",
            allowed="elevation_min below elevation_max, both from -90 to 90 deg",
            do="Exchange or correct the limits.",
        )


def _overlap(first: Face, second: Face) -> bool:
    """Return whether two faces share more than an edge."""
    if first.elevation_max.value <= second.elevation_min.value + _SLACK:
        return False
    if second.elevation_max.value <= first.elevation_min.value + _SLACK:
        return False
    return _starts_in(first, second) or _starts_in(second, first)


def _starts_in(first: Face, second: Face) -> bool:
    """Return whether the second face starts, clockwise, before the first ends."""
    swept = first.azimuth_max.value - first.azimuth_min.value
    wide = swept if 0.0 < swept <= _TURN else swept % _TURN
    away = (second.azimuth_min.value - first.azimuth_min.value) % _TURN
    return away < wide - _SLACK and _TURN - away > _SLACK


def _ranges(record: Radar) -> Iterator[Contradiction]:
    if (record.reach is None) != (record.reach_cross_section is None):
        missing = "reach" if record.reach is None else "reach_cross_section"
        yield Contradiction(
            path=missing,
            found="nothing",
            allowed="reach and reach_cross_section together",
            do=f"Add {missing}, or leave both out and give what the radar equation needs.",
        )
    yield from _positive("reach", record.reach)
    yield from _positive("reach_cross_section", record.reach_cross_section)
    design, search = record.design, record.search
    if design is not None:
        for name in ("mean_power", "aperture", "efficiency", "noise_temperature", "dwell"):
            yield from _positive(f"design.{name}", getattr(design, name))
        if design.losses.value < 1.0:
            yield Contradiction(
                path="design.losses",
                found=f"{design.losses.value:g}",
                allowed="a ratio of powers, at least 1",
                do="Write decibels as a ratio: 8 dB are 6.3.",
            )
    if search is not None:
        yield from _positive("search.frame_time", search.frame_time)
        yield from _positive("search.solid_angle", search.solid_angle)
    yield from _criterion(record)
    yield from _computable(record)


def _criterion(record: Radar) -> Iterator[Contradiction]:
    sight = record.detection
    if sight is None:
        return
    limits = {"probability": (0.1, 0.99), "false_alarm": (1e-9, 1e-3), "pulses": (1.0, 100.0)}
    for name, (low, high) in limits.items():
        value = getattr(sight, name).value
        if not low <= value <= high:
            yield Contradiction(
                path=f"detection.{name}",
                found=f"{value:g}",
                allowed=f"{low:g} to {high:g}, where Shnidman's equation holds",
                do="Move it inside these limits.",
            )


def _computable(record: Radar) -> Iterator[Contradiction]:
    design, search = record.design, record.search
    if record.reach is None:
        fence = search is not None and search.solid_angle is not None
        track = design is not None and design.dwell is not None and record.frequency is not None
        if design is None or record.detection is None or not (fence or track):
            yield Contradiction(
                path="reach",
                found="no range, published or computable",
                allowed="reach with reach_cross_section; or design, detection, and search.solid_angle or frequency and "
                "design.dwell",
                do="Add the published range, or what the radar equation needs.",
            )
    if design is not None and record.power_aperture is not None:
        product, stated = design.mean_power.value * design.aperture.value, record.power_aperture.value
        if abs(product - stated) > AGREEMENT * stated:
            yield Contradiction(
                path="power_aperture",
                found=f"{stated:.3g} W m2, where mean power times aperture is {product:.3g}",
                allowed=f"their product within {AGREEMENT:.0%}",
                do="Correct one of the three.",
            )


def _band(record: Radar) -> Iterator[Contradiction]:
    low, high = BANDS[record.band]
    number = record.frequency
    if number is not None and not low <= number.value <= high:
        fitting = [name for name, (start, end) in BANDS.items() if start <= number.value <= end]
        yield Contradiction(
            path="frequency",
            found=f"{number.value / 1e6:g} MHz in band {record.band}",
            allowed=f"{low / 1e6:g} to {high / 1e6:g} MHz",
            do=f'Correct it, or write band = "{fitting[0]}".' if fitting else "Correct it.",
        )


def _positive(path: str, number: object) -> Iterator[Contradiction]:
    if getattr(number, "value", 1.0) <= 0.0:
        yield Contradiction(path=path, found="0", allowed="more than 0", do="Correct it, or delete the line.")


def _dates(status: tuple[Status, ...]) -> Iterator[Contradiction]:
    if not status:
        yield Contradiction(
            path="status",
            found="no entries",
            allowed="at least one, for before the first it does not exist",
            do='Add { since = …, state = "operational", source = "…" }.',
        )
    for index, (first, second) in enumerate(itertools.pairwise(status), start=1):
        if second.since <= first.since:
            yield Contradiction(
                path=f"status.{index}.since",
                found=f"{second.since} after {first.since}",
                allowed="dates that rise from entry to entry",
                do="Sort the entries; one day has one state.",
            )


@contradictions.register
def _constellation(record: Constellation) -> Iterator[Contradiction]:
    orbit = record.orbit
    described = (orbit.perigee_altitude, orbit.apogee_altitude, orbit.inclination)
    whole = all(part is not None for part in (*described, orbit.argument_of_perigee, orbit.apogee_longitude))
    if not (orbit.stations or orbit.elements or whole):
        yield Contradiction(
            path="orbit",
            found="neither stations, nor elements, nor a whole description of an elliptical orbit",
            allowed="stations; elements; or perigee_altitude, apogee_altitude, inclination, argument_of_perigee and "
            "apogee_longitude",
            do="Add what is missing, with its source.",
        )
    low, high = orbit.perigee_altitude, orbit.apogee_altitude
    if low is not None and high is not None and low.value > high.value:
        yield Contradiction(
            path="orbit.perigee_altitude",
            found=f"a perigee of {low.value / 1e3:g} km above the apogee of {high.value / 1e3:g} km",
            allowed="at most the apogee",
            do="Exchange them.",
        )
    yield from _elements(orbit.elements)
    yield from _viewing(record)
    yield from _dates(record.status)
    yield from _counts(record)


def _viewing(record: Constellation) -> Iterator[Contradiction]:
    needs = {
        "grazing_angle": record.viewing == "grazing" and record.grazing_angle is None,
        "field_of_view": record.watches is not None and record.field_of_view is None,
        "watches": record.sun_exclusion is not None and record.watches is None,
    }
    because = {
        "grazing_angle": 'viewing = "grazing"',
        "field_of_view": "watches",
        "watches": "sun_exclusion, which holds for telescopes held on a region",
    }
    for name, missing in needs.items():
        if missing:
            yield Contradiction(
                path=name,
                found="nothing",
                allowed=f"a value, for the record has {because[name]}",
                do=f"Add {name} = ….",
            )
    yield from _positive("scan_interval", record.scan_interval)
    for index, outage in enumerate(record.outages):
        if not outage.start.value < outage.end.value <= _DAY:
            yield Contradiction(
                path=f"outages.{index}.end",
                found=f"an outage from {outage.start.value:g} to {outage.end.value:g} s",
                allowed="start before end, both within the day of 86,400 s",
                do="Correct it; write one that crosses midnight as two.",
            )


def _counts(record: Constellation) -> Iterator[Contradiction]:
    most = len(record.orbit.stations) or len(record.orbit.elements) or round(record.count_full.value)
    for index, entry in enumerate(record.status):
        number = entry.count
        if number is None:
            if entry.state not in {"closed", "construction"}:
                yield Contradiction(
                    path=f"status.{index}.count",
                    found="nothing",
                    allowed="how many satellites were on station",
                    do='Add count = { value = …, source = "…" }.',
                )
        elif number.value > most or number.value != round(number.value):
            yield Contradiction(
                path=f"status.{index}.count",
                found=f"{number.value:g} satellites",
                allowed=f"a whole number from 0 to {most}, the places of the orbit",
                do="Correct it, or describe the larger constellation.",
            )


def _elements(elements: tuple[Elements, ...]) -> Iterator[Contradiction]:
    epochs = []
    for index, each in enumerate(elements):
        wrong = _misread(each)
        if wrong:
            yield Contradiction(
                path=f"orbit.elements.{index}",
                found=wrong,
                allowed="two lines of 69 characters of one satellite, as published",
                do=f"Copy the element set of {each.name} again.",
            )
        else:
            epochs.append(_epoch(each.line1))
    if epochs and max(epochs) - min(epochs) > SPREAD:
        yield Contradiction(
            path="orbit.elements",
            found=f"epochs {max(epochs) - min(epochs):.0f} days apart",
            allowed=f"at most {SPREAD:g} days, for all are flown through one day",
            do="Take the sets of one date.",
        )


def _misread(elements: Elements) -> str:
    """Return what is wrong with an element set, or nothing."""
    lines = (elements.line1, elements.line2)
    for number, line in enumerate(lines, start=1):
        if len(line) != 69 or not line.startswith(f"{number} "):
            return f"a line {number} of {len(line)} characters that starts with {line[:2]!r}"
        told = sum(int(each) if each.isdigit() else each == "-" for each in line[:68]) % 10
        if not line[68].isdigit() or int(line[68]) != told:
            return f"a line {number} whose checksum is {line[68]} and should be {told}"
    if lines[0][2:7] != lines[1][2:7]:
        return f"lines of two satellites, {lines[0][2:7].strip()} and {lines[1][2:7].strip()}"
    try:
        _epoch(lines[0])
        [float(lines[1][start:end]) for start, end in ((8, 16), (17, 25), (34, 42), (43, 51), (52, 63))]
    except ValueError:
        return "letters where numbers belong"
    return ""


def _epoch(line1: str) -> float:
    """Return the epoch of an element set as days since the start of 1957."""
    year = int(line1[18:20])
    years = year + (100 if year < 57 else 0) - 57
    return years * 365 + years // 4 + float(line1[20:32])
