"""Reported tests and published conversions beside what `infer` says of them: every one of them, with its verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator

from detente.earth import WGS84, geodesic
from detente.flight import tables
from detente.flight.closed_form import minimum_energy
from detente.flight.fly import Point
from detente.flight.infer import Inference, infer
from detente.flight.kepler import Arc, arc, fall
from detente.flight.search import golden
from detente.flight.trajectory import EDGE
from detente.sources import ValidationRow

_NEAR_VERTICAL = 100e3
"""Range that stands in where a near-vertical flight has none published [m]; its time hardly depends on it."""
_EXTRA = (60.0, 270.0)
"""What boost and re-entry add to the drag-free time of the announced lofts [s]."""
_INERTIAL = {"US-MR3": 60e3}
"""Altitude of a speed that was published as inertial [m]; the others are taken to be relative to the Earth."""
_REASONS = {
    ("US-ATLAS-12B", "flight time"): "a rounded half hour: less than the 32.5 min of the drag-free arc of least energy",
    ("US-JUPITER-AM18", "time without weight"): "at this apogee and range a body is above 100 km for over 11 min",
    ("US-MR3", "inertial speed"): "the range ends under a parachute: of the speed 523 km without air would follow",
}
"""Why a row does not hold, by its case and the beginning of its quantity."""
_GUAM = Point(math.radians(13.5), math.radians(144.8))


def rows() -> Iterator[ValidationRow]:
    """Yield every reported flight, then every published conversion of a lofted shot."""
    for line in tables.rows("reported_flights.csv"):
        yield from _Report(line).rows()
    yield from _conversions()


class _Report:
    """One line of the reported flights with what follows from it."""

    def __init__(self, line: dict[str, str]) -> None:
        self.line = line
        self.launch = Point(math.radians(float(line["latitude_deg"])), math.radians(float(line["longitude_deg"])))
        self.azimuth = math.radians(float(line["azimuth_deg"]))
        self.ground_range = 1e3 * float(line["ground_range_km"] or _NEAR_VERTICAL / 1e3)
        self.apogee = 1e3 * float(line["apogee_km"]) if line["apogee_km"] else self._least_energy()
        self.found: Inference = infer(self.apogee, self.ground_range, launch=self.launch, azimuth=self.azimuth)
        self.arc = self._arc(self.apogee)
        absent = [name for name, key in (("range", "ground_range_km"), ("apogee", "apogee_km")) if not line[key]]
        assumed = {"range": "near vertical: 100 km of range assumed", "apogee": "minimum energy assumed"}
        self.note = "; ".join([*(assumed[name] for name in absent), line["note"]]).strip("; ")

    def _arc(self, apogee: float) -> Arc:
        """Return the drag-free arc through an apogee [m]."""
        lat, lon = self.launch.latitude, self.launch.longitude
        return arc(lat, lon, self.azimuth, self.ground_range, apogee, 0.5 * apogee, WGS84)

    def _least_energy(self) -> float:
        """Return the apogee [m] of the drag-free arc that leaves the turning Earth with the least speed."""
        usual = minimum_energy(self.ground_range).apogee_altitude
        return golden(lambda apogee: self._arc(apogee).launch_speed, 0.4 * usual, 2.0 * usual, 18)[0]

    def row(
        self, quantity: str, published: float, ours: float, unit: str, tolerance: str, low: float, high: float
    ) -> ValidationRow:
        """Return a row that holds where ours lies from low to high."""
        line = self.line
        reasons = [
            text for (case, start), text in _REASONS.items() if case == line["id"] and quantity.startswith(start)
        ]
        unverified = "" if line["seen"] == "yes" else ", unverified"
        return ValidationRow(
            case=f"{line['id']}, {line['missile']}",
            quantity=quantity,
            published=published,
            ours=ours,
            unit=unit,
            tolerance=tolerance,
            passed=low <= ours <= high,
            source=f"{line['announced_by']}: {line['source']}{unverified}",
            note="; ".join(filter(None, [*reasons, self.note])),
        )

    def rows(self) -> Iterator[ValidationRow]:
        """Yield a row for each number of the report that can be held against one of ours."""
        made = [*self._time(), *self._speed(), *self._weightless(), *self._place()]
        yield from made or [self._pair()]

    def _time(self) -> Iterator[ValidationRow]:
        line = self.line
        if not line["time_low_s"]:
            return
        reported, low, high = (float(line[key]) for key in ("flight_time_s", "time_low_s", "time_high_s"))
        tolerance = f"{low:.0f} to {high:.0f} s"
        yield self.row("flight time", reported, self.found.flight_time, "s", tolerance, low, high)
        if line["id"].startswith("DPRK"):
            least, most = reported - _EXTRA[1], reported - _EXTRA[0]
            tolerance = "60 to 270 s less than reported: boost and re-entry"
            yield self.row("drag-free time", reported, self.found.free_flight_time, "s", tolerance, least, most)

    def _speed(self) -> Iterator[ValidationRow]:
        line = self.line
        if line["speed_m_s"]:
            published, share = float(line["speed_m_s"]), float(line["speed_tolerance"])
            low, high = published * (1.0 - share), published * (1.0 + share)
            ours, what = self.arc.launch_speed, "top speed: that of the drag-free arc, from the ground"
            if line["id"] in _INERTIAL:
                height = _INERTIAL[line["id"]]
                ours, what = _state(self.arc, height)[0], f"inertial speed at {height / 1e3:.0f} km"
            yield self.row(what, published, ours, "m/s", f"{100 * share:g} %", low, high)

    def _weightless(self) -> Iterator[ValidationRow]:
        line = self.line
        if line["weightless_s"]:
            published, limit = float(line["weightless_s"]), float(line["weightless_tolerance_s"])
            radius = WGS84.mean_radius + EDGE
            ours = fall(*_state(self.arc, EDGE), radius, radius, WGS84.mu).time
            what, tolerance = "time without weight: above 100 km", f"{limit:g} s"
            yield self.row(what, published, ours, "s", tolerance, published - limit, published + limit)

    def _place(self) -> Iterator[ValidationRow]:
        if self.line["id"] == "US-MM3-GUAM":
            distance, _ = geodesic(self.launch.latitude, self.launch.longitude, _GUAM.latitude, _GUAM.longitude)
            published = self.ground_range / 1e3
            low, high = 0.98 * published, 1.02 * published
            yield self.row("distance to Guam", published, float(distance) / 1e3, "km", "2 %", low, high)

    def _pair(self) -> ValidationRow:
        """Return the row of a report that has no number to check: a missile of usual boost flies apogee and range."""
        height, tolerance = self.apogee / 1e3, "none: no time or speed is published; a usual boost flies this shot"
        quantity = "apogee" if self.line["apogee_km"] else "ground range"
        published = height if quantity == "apogee" else self.ground_range / 1e3
        return self.row(quantity, published, published, "km", tolerance, published, published)


def _state(path: Arc, height: float) -> tuple[float, float]:
    """Return inertial speed [m/s] and its angle above the horizontal [rad] on the way up through a height [m]."""
    ground = WGS84.mean_radius
    radius = ground + height
    speed = math.sqrt(path.speed**2 - 2.0 * WGS84.mu * (1.0 / ground - 1.0 / radius))
    return speed, math.acos(min(1.0, ground * path.speed * math.cos(path.angle) / (radius * speed)))


def _conversions() -> Iterator[ValidationRow]:
    for line in tables.rows("standard_ranges.csv"):
        apogee, ground_range = (1e3 * float(line[key]) for key in ("apogee_km", "ground_range_km"))
        found = infer(apogee, ground_range)
        low, high = float(line["low_km"]), float(line["high_km"])
        ours = found.max_range / 1e3
        everywhere = found.max_range >= math.pi * 6.371e6 - 1.0
        yield ValidationRow(
            case=f"{line['id']}, lofted to {line['apogee_km']} km",
            quantity="range of minimum energy",
            published=float(line["standard_range_km"]),
            ours=ours,
            unit="km",
            tolerance=f"{low:.0f} to {high:.0f} km" + (', or "global"' if "global" in line["note"] else ""),
            passed=low <= ours <= high or ("global" in line["note"] and everywhere),
            source=f"{line['by']}: {line['source']}",
            note=f"{line['note']}; ours from {found.max_range_low / 1e3:.0f} to {found.max_range_high / 1e3:.0f} km",
        )
