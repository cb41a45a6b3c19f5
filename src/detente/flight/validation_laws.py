"""What no flight may break, for `detente validate`: conservation, the way back, and the least speed."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detente.catalog.load import catalog
from detente.earth import EGM96, WGS84, Earth, destination, east_north_up, ecef_from_geodetic, sphere
from detente.flight.closed_form import least_speed
from detente.flight.fly import Lofted, MinimumEnergy, Point, fly
from detente.flight.free import Free, fly_free
from detente.flight.physics import potential
from detente.sources import ValidationRow

Array = NDArray[np.float64]

_FLIGHTS = 50
_EARTHS = {"a sphere": sphere(), "J2": WGS84, "J2 to J4": EGM96}
_KEPT = 1e-11
_BACK = 1e-3
_SHOTS = (("scud-b", 200e3), ("nodong", 800e3), ("ss-18", 6_000e3), ("generic-liquid-icbm", 9_000e3))
_NEWTON = "conservation laws of a field symmetric about the axis"


def rows() -> Iterator[ValidationRow]:
    """Yield the laws, each with the worst of its flights."""
    for name, earth in _EARTHS.items():
        flights = [fly_free(*state, 20_000.0, earth=earth) for state in _states(earth)]
        yield from _kept(f"{_FLIGHTS} flights without air, {name}", flights, earth)
    yield _drag()
    yield _least()


def energy(flown: Free, earth: Earth) -> Array:
    """Return the energy of each sample of a flight, kinetic and of the zonal field [J/kg]."""
    field = earth.mu, earth.equatorial_radius, earth.j2, earth.j3, earth.j4
    height = np.array([potential(*place, *field) for place in flown.position_eci])
    found: Array = 0.5 * np.sum(flown.velocity_eci**2, axis=1) + height
    return found


def _states(earth: Earth) -> Iterator[tuple[Array, Array]]:
    """Yield inertial states that nothing was tuned on: 100 to 600 km high, 0.5 to 7.5 km/s, 3° to 86° upward."""
    random = np.random.default_rng(2001)
    for _ in range(_FLIGHTS):
        lat, lon, azimuth = random.uniform([-1.5, -3.1, 0.0], [1.5, 3.1, 2.0 * math.pi])
        angle, speed, height = random.uniform([0.05, 500.0, 100e3], [1.5, 7_500.0, 600e3])
        east, north, up = east_north_up(lat, lon)
        level = math.cos(azimuth) * north + math.sin(azimuth) * east
        velocity = speed * (math.cos(angle) * level + math.sin(angle) * up)
        yield ecef_from_geodetic(lat, lon, height, earth), velocity


def _kept(case: str, flights: list[Free], earth: Earth) -> Iterator[ValidationRow]:
    """Yield energy and angular momentum, each against what it was, and the distance between start and way back."""
    had = [energy(each, earth) for each in flights]
    yield _law(case, "change of energy, of 1", max(float(np.ptp(each) / abs(each[0])) for each in had), "", _KEPT)
    round_axis = earth.j2 != 0.0
    what = "polar angular momentum" if round_axis else "angular momentum"
    turned = max(float(_turned(each)[2 if round_axis else slice(None)].max()) for each in flights)
    yield _law(case, f"change of {what}, of 1", turned, "", _KEPT)
    miss = max(_miss(each, earth) for each in flights)
    yield _law(case, "distance of the way back from the start", miss, "m", _BACK)


def _turned(flown: Free) -> Array:
    """Return by how much each part of the angular momentum changes, over radius times speed at the start [-]."""
    whole = np.linalg.norm(flown.position_eci[0]) * np.linalg.norm(flown.velocity_eci[0])
    changed: Array = np.ptp(np.cross(flown.position_eci, flown.velocity_eci), axis=0) / whole
    return changed


def _miss(flown: Free, earth: Earth) -> float:
    """Return how far from its start a flight arrives that is flown backward from its impact [m]."""
    back = fly_free(flown.position_eci[-1], -flown.velocity_eci[-1], float(flown.time[-1]), earth=earth)
    return float(np.linalg.norm(back.position_eci[-1] - flown.position_eci[0]))


def _drag() -> ValidationRow:
    """Return the greatest gain of energy in a step through air, in the frame that turns with it: Jacobi's integral."""
    worst = -math.inf
    for index, state in enumerate(_states(WGS84)):
        beta = 200.0 * 1.1**index
        flown = fly_free(*state, 20_000.0, ballistic_coefficient=beta, earth=WGS84)
        around = np.cross(flown.position_eci, flown.velocity_eci)[:, 2]
        had = energy(flown, WGS84) - WGS84.rotation_rate * around
        worst = max(worst, float(np.diff(had).max() / abs(had[0])))
    case = f"{_FLIGHTS} flights through air, J2"
    return _law(case, "greatest gain of energy in the turning frame, of 1", max(worst, 0.0), "", _KEPT)


def _least() -> ValidationRow:
    """Return the least ratio of the speed at cut-off of solved flights to the closed form over the rest of the way."""
    ball, ratios = sphere(), []
    for name, distance in _SHOTS:
        lat, lon = destination(0.7, 0.3, 1.0, distance, ball)
        for shape in (MinimumEnergy(), Lofted(1.3)):
            aim = Point(float(lat), float(lon))
            flown = fly(catalog().missiles[name], Point(0.7, 0.3), aim, shape, earth=ball)
            here, velocity = flown.at(flown.burnout_time)
            there = flown.position_ecef[-1]
            r, s = float(np.linalg.norm(here)), float(np.linalg.norm(there))
            angle = math.atan2(float(np.linalg.norm(np.cross(here, there))), float(here @ there))
            ratios.append(float(np.linalg.norm(velocity)) / least_speed(r, s, angle, ball.mu))
    return ValidationRow(
        case=f"{len(ratios)} solved flights over a sphere at rest",
        quantity="least speed at cut-off over the closed form",
        published=1.0,
        ours=min(ratios),
        unit="",
        tolerance="1 and above, below 1.01: no trajectory beats the closed form, the best comes close",
        passed=1.0 <= min(ratios) < 1.01,
        source="Battin (1999), An Introduction to the Mathematics and Methods of Astrodynamics, ch. 6",
    )


def _law(case: str, quantity: str, ours: float, unit: str, limit: float) -> ValidationRow:
    """Return the row of something that ought to be zero."""
    return ValidationRow(
        case=case,
        quantity=quantity,
        published=0.0,
        ours=ours,
        unit=unit,
        tolerance=f"{limit:g} {unit}".rstrip(),
        passed=abs(ours) <= limit,
        source=_NEWTON,
        note="the worst of all",
    )
