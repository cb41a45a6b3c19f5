"""Published flights beside ours, row by row, for `detente validate`. No tolerance here is ours."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from detente.catalog.load import catalog
from detente.earth import Earth, ecef_from_geodetic, geodetic_from_ecef, sphere
from detente.flight import tables
from detente.flight.closed_form import minimum_energy
from detente.flight.fly import Point, fly, greatest_range
from detente.flight.free import Free, fly_free
from detente.flight.physics import atmosphere
from detente.flight.validation_laws import rows as laws
from detente.flight.validation_reports import rows as reports
from detente.flight.world import world
from detente.sources import ValidationRow

Array = NDArray[np.float64]

FOOT = 0.3048
NESC = "NASA/TM-2015-218675, NESC 6-DOF check cases; data in github.com/nasa/simupy-flight"
STANDARD = "U.S. Standard Atmosphere 1976, NASA-TM-X-74335"
PEERS = "scipy DOP853, numba and heyoka runs of a shared case, which agree"

_NESC_EARTH = Earth(
    mu=1.407644311e16 * FOOT**3,
    equatorial_radius=6_378_137.0,
    flattening=1.0 / 298.257223563,
    j2=0.00108262982,
    rotation_rate=math.radians(0.004178073),
)
_NESC_BETA = 14.593903 / (0.1 * 0.1963495 * FOOT**2)
_SMALL_STEPS = (1e-7, 1e-8, 1.0, 1.0)


def rows() -> list[ValidationRow]:
    """Return every row of the flight engine, in order of the cases."""
    return [*_nesc(), *_coast(), *_atmosphere(), *_minimum_energy(), *laws(), *_ranges(), *_flights(), *reports()]


def nesc_flight(case: str, times: Array) -> tuple[Free, Earth]:
    """Return our flight of a NESC atmospheric check case ("01", "04", "06", "07" or "09") sampled at times [s].

    A 1-slug sphere, drag coefficient 0.1, dropped from 30,000 ft or, in case 09, shot eastward and upward at 1,000 ft/s
    each; in case 01 without drag, in 04 over a sphere at rest, in 07 in a wind of 20 ft/s from the west.
    """
    earth = sphere(radius=20_902_255.199 * FOOT, mu=_NESC_EARTH.mu) if case == "04" else _NESC_EARTH
    wind = (0.0, 20.0 * FOOT) if case == "07" else (0.0, 0.0)
    start = ecef_from_geodetic(0.0, 0.0, 0.0 if case == "09" else 30_000.0 * FOOT, earth)
    relative = np.array([1000.0, 1000.0, 0.0]) * FOOT if case == "09" else np.zeros(3)
    inertial = relative + np.array([0.0, earth.rotation_rate * start[0], 0.0])
    through = world(earth, wind=wind, floor=-100.0, closeness=_SMALL_STEPS)
    beta = math.inf if case == "01" else _NESC_BETA
    return fly_free(start, inertial, times, through, ballistic_coefficient=beta, earth=earth), earth


_NESC_LIMITS = {
    "01": {"03": 0.01, "04": 0.01, "05": 0.01, "06": 0.01},
    "04": {"04": 0.1, "05": 0.1, "06": 0.1},
    "06": {"02": 0.5, "04": 0.5, "05": 0.5, "06": 0.5, "01": 0.7, "03": 0.7},
    "07": {"01": 0.5, "02": 0.5, "03": 0.5, "04": 0.5, "05": 0.5, "06": 0.5},
    "09": {"04": 1.0, "05": 1.0, "06": 1.0, "01": 5.0, "02": 5.0, "03": 5.0},
}
"""Tolerance of the altitude [ft] by case and tool: the spread of the tools."""

_OUTLIERS = {
    ("07", "03"): "tool 03 differs from the other five by the same 0.6 ft in case 06, where 0.7 ft is allowed for it",
}


def _nesc() -> Iterator[ValidationRow]:
    marks = tables.rows("nesc_marks.csv")
    for case, limits in _NESC_LIMITS.items():
        for sim, limit in sorted(limits.items()):
            chosen = [row for row in marks if row["case"] == case and row["sim"] == sim]
            free, earth = nesc_flight(case, np.array([float(row["time_s"]) for row in chosen]))
            _, lon, alt = geodetic_from_ecef(free.position_ecef[1:], earth)
            yield _worst(case, sim, "altitude", "ft", chosen, "altitude_ft", alt / FOOT, limit)
            if case in {"01", "09"} and sim in {"04", "05", "06"}:
                ours, limit_deg = np.degrees(lon), 1e-8 if case == "01" else 1e-5
                yield _worst(case, sim, "longitude", "deg", chosen, "longitude_deg", ours, limit_deg)
            if case == "07":
                east = -np.sin(lon) * free.velocity_ecef[1:, 0] + np.cos(lon) * free.velocity_ecef[1:, 1]
                yield _worst(case, sim, "velocity east", "ft/s", chosen, "velocity_east_ft_s", east / FOOT, 0.01)


def _worst(
    case: str,
    sim: str,
    quantity: str,
    unit: str,
    marks: list[dict[str, str]],
    column: str,
    ours: Array,
    limit: float,
) -> ValidationRow:
    """Return the row of the mark at which we differ most from one tool."""
    published = np.array([float(row[column]) for row in marks])
    at = int(np.argmax(np.abs(published - ours)))
    return ValidationRow(
        case=f"NESC-{case} sim {sim}, {float(marks[at]['time_s']):.0f} s",
        quantity=quantity,
        published=float(published[at]),
        ours=float(ours[at]),
        unit=unit,
        tolerance=f"{limit:g} {unit}, the spread of the tools",
        passed=bool(abs(published[at] - ours[at]) <= limit),
        source=NESC,
        note=_OUTLIERS.get((case, sim), "the mark of six at which we differ most"),
    )


def coast_flight() -> tuple[Free, Earth]:
    """Return our flight of the shared COAST case: from 300 km at 6,800 m/s through an exponential atmosphere."""
    earth = Earth(
        mu=3.986004418e14,
        equatorial_radius=6_378_137.0,
        flattening=0.0,
        j2=1.08262668e-3,
        rotation_rate=7.2921159e-5,
    )
    rise, plane = math.radians(23.0), math.radians(50.0)
    heading = [math.sin(rise), math.cos(rise) * math.cos(plane), math.cos(rise) * math.sin(plane)]
    through = world(earth, air=tables.exponential(1.225, 7200.0), closeness=(1e-6, 1e-8, 1.0, 10.0))
    start = [earth.equatorial_radius + 300e3, 0.0, 0.0]
    return fly_free(start, 6800.0 * np.array(heading), 4000.0, through, ballistic_coefficient=1e4, earth=earth), earth


def _coast() -> Iterator[ValidationRow]:
    flown, earth = coast_flight()
    lat, lon, _ = geodetic_from_ecef(flown.position_ecef[-1], earth)
    there = ecef_from_geodetic(math.radians(49.561628), math.radians(72.52180), 0.0, earth)
    miss = float(np.linalg.norm(there - flown.position_ecef[-1]))
    yield _plain("COAST", "impact time", 1910.883, float(flown.time[-1]), "s", 0.001, PEERS)
    speed = float(np.linalg.norm(flown.velocity_eci[-1]))
    yield _plain("COAST", "inertial impact speed", 2794.08, speed, "m/s", 0.01, PEERS)
    note = f"ours {math.degrees(float(lat)):.6f} N {math.degrees(float(lon)):.5f} E"
    yield _plain("COAST", "distance from the impact point", 0.0, miss, "m", 1.0, PEERS, note)


def _plain(
    case: str, quantity: str, published: float, ours: float, unit: str, limit: float, source: str, note: str = ""
) -> ValidationRow:
    """Return a row with an absolute tolerance."""
    return ValidationRow(
        case=case,
        quantity=quantity,
        published=published,
        ours=ours,
        unit=unit,
        tolerance=f"{limit:g} {unit}",
        passed=abs(published - ours) <= limit,
        source=source,
        note=note,
    )


def _relative(
    case: str, quantity: str, published: float, ours: float, unit: str, limit: float, source: str, note: str = ""
) -> ValidationRow:
    """Return a row with a relative tolerance."""
    return ValidationRow(
        case=case,
        quantity=quantity,
        published=published,
        ours=ours,
        unit=unit,
        tolerance=f"{100 * limit:g} %",
        passed=abs(ours / published - 1.0) <= limit,
        source=source,
        note=note,
    )


def _atmosphere() -> Iterator[ValidationRow]:
    air = tables.us1976()
    for row in tables.rows("us1976_published.csv"):
        height = float(row["altitude_m"])
        density, pressure, sound = atmosphere(air, height)
        limit = 5e-4 if height <= 80e3 else 2e-3 if height <= 86e3 else 0.05 if height <= 200e3 else 0.10
        case = f"US 1976, {height / 1e3:g} km"
        yield _relative(case, "density", float(row["density_kg_m3"]), density, "kg/m³", limit, STANDARD)
        if height <= 86e3:
            yield _relative(case, "pressure", float(row["pressure_Pa"]), pressure, "Pa", limit, STANDARD)
        if height <= 80e3:
            yield _relative(case, "speed of sound", float(row["sound_m_s"]), sound, "m/s", limit, STANDARD)


def _minimum_energy() -> Iterator[ValidationRow]:
    source = "closed form, The Journal of Space Flight (Univ. of Iowa transcript)"
    for row in tables.rows("minimum_energy.csv"):
        ours = minimum_energy(float(row["ground_range_km"]) * 1e3, sphere(mu=398_600.4418e9))
        case = f"minimum energy, {row['ground_range_km']} km"
        pairs = [
            ("speed", "speed_km_s", ours.speed / 1e3, "km/s"),
            ("angle", "angle_deg", math.degrees(ours.flight_path_angle), "deg"),
            ("apogee", "apogee_km", ours.apogee_altitude / 1e3, "km"),
            ("free-flight time", "time_s", ours.time, "s"),
        ]
        for quantity, column, value, unit in pairs:
            printed = float(row[column])
            note = "" if abs(value / printed - 1.0) <= 1e-4 else f"the table prints {row[column]}; ours rounds to it"
            yield _relative(case, quantity, printed, value, unit, 1e-4, source, note)


def _ranges() -> Iterator[ValidationRow]:
    """Compare the greatest range of each missile of grade A, over a sphere at rest, with the published one."""
    for missile in catalog().missiles.values():
        if missile.grade == "A":
            found = greatest_range(missile, Point(0.0, 0.0), 0.0, earth=sphere())
            published = missile.range_published
            note = missile.note or published.note
            yield _relative(
                f"greatest range, {missile.title}",
                "ground range",
                published.value / 1e3,
                found.distance / 1e3,
                "km",
                0.15,
                published.source,
                note,
            )


def _flights() -> Iterator[ValidationRow]:
    """Compare flights that were reported, and that no stage data was fitted to."""
    vandenberg = Point(math.radians(34.74), math.radians(-120.57), 0.0, "Vandenberg")
    kwajalein = Point(math.radians(8.72), math.radians(167.73), 0.0, "Kwajalein")
    missile = catalog().missiles["minuteman-iii"]
    light = replace(missile, payload=replace(missile.payload, value=missile.payload.low))
    flown = fly(light, vandenberg, kwajalein)
    minutes = flown.flight_time / 60.0
    yield ValidationRow(
        case="Minuteman III, Vandenberg to Kwajalein",
        quantity="flight time",
        published=30.0,
        ours=minutes,
        unit="min",
        tolerance='27 to 32 min ("about 30 minutes"; minimum energy, drag-free, 26.5 min westward, and the boost)',
        passed=27.0 <= minutes <= 32.0,
        source="Santa Barbara Independent, 2008-04-02",
        note="with 900 kg, one warhead and the bus; with 1,000 kg the catalog's missile does not reach that far west",
    )
    yield _plain(
        "Minuteman III, Vandenberg to Kwajalein",
        "ground range",
        7788.0,
        flown.ground_range / 1e3,
        "km",
        20.0,
        "great circle; releases give it in nautical miles",
    )
    found = greatest_range(catalog().missiles["v-2"], Point(math.radians(52.1), math.radians(4.3)), math.radians(270.0))
    height = found.apogee_altitude / 1e3
    yield ValidationRow(
        case="V-2, greatest range from The Hague",
        quantity="apogee",
        published=85.0,
        ours=height,
        unit="km",
        tolerance="80 to 90 km",
        passed=80.0 <= height <= 90.0,
        source="various; the range was fitted, the apogee was not",
        note="with our steering of greatest range, which is 160 m too high; over a sphere at rest it is the same",
    )
