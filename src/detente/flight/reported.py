"""A reported shot: its numbers, the drag-free arc through them, and what is refused because no shot has it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.earth import Earth, sphere
from detente.flight.fly import Point
from detente.flight.kepler import Arc, arc
from detente.flight.trajectory import EDGE
from detente.problems import BadInputError, Problem

if TYPE_CHECKING:
    from detente.catalog.records import Missile

NEAREST = 1.0
"""Least range of a reported test [m]; nearer, a number has no digits left for the angle it stands for."""
HIGHEST, FARTHEST = 10_000e3, 19_900e3
"""Greatest apogee and range of a shot that is taken for a missile test [m]. Ours."""
FLATTEST = math.radians(5.0)
"""Least angle at which a drag-free arc may leave the ground [rad]; flatter, air and not gravity shapes it. Ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A reported shot: apogee and range [m], where it started and toward where, and over which Earth."""

    apogee: float
    ground_range: float
    launch: Point
    azimuth: float
    earth: Earth

    @property
    def edge(self) -> float:
        """Altitude of the re-entry interface [m]: 100 km, or half the apogee where that is lower."""
        return EDGE if self.apogee > EDGE else 0.5 * self.apogee

    def arc(self, latitude: float | None = None, azimuth: float | None = None, earth: Earth | None = None) -> Arc:
        """Return the drag-free arc, here or elsewhere."""
        return arc(
            self.launch.latitude if latitude is None else latitude,
            self.launch.longitude,
            self.azimuth if azimuth is None else azimuth,
            self.ground_range,
            self.apogee,
            self.edge,
            self.earth if earth is None else earth,
        )


def least_apogee(ground_range: float) -> float:
    """Return the apogee [m] below which a range [m] is not flown ballistically: that of an arc that leaves at 5°.

    From the polar equation of the ellipse over a sphere: tan γ = e sin a/(1 - e cos a) with half the range angle a
    (Bate, Mueller and White (1971), section 6.2), solved for the height R e (1 - cos a)/(1 - e).
    """
    radius = sphere().mean_radius
    part = math.tan(FLATTEST) * math.tan(0.25 * ground_range / radius)
    return radius * part / (1.0 - part)


def refused(key: str, found: str, allowed: str, do: str) -> BadInputError:
    """Return the error that tells one thing wrong with a reported test."""
    return BadInputError([Problem(file="reported test", key=key, found=found, allowed=allowed, do=do)])


def check(
    apogee: float,
    ground_range: float,
    launch: Point | None,
    azimuth: float | None,
    missile: Missile | None,
    boost_time: float | None,
) -> None:
    """Refuse numbers that no shot has, all at once; the arguments are those of `infer.infer`.

    Raises
    ------
    BadInputError
        Each with its bound.
    """
    wrong: list[tuple[str, str, str, str]] = []
    fits = math.isfinite(ground_range) and NEAREST <= ground_range <= FARTHEST
    if not fits:
        allowed = f"above 0 and up to {FARTHEST / 1e3:,.0f} km, at least {NEAREST:g} m"
        wrong.append(("range", f"{ground_range / 1e3:g} km", allowed, "Give the distance over the ground."))
    least = least_apogee(ground_range) if fits else 0.0
    if not (math.isfinite(apogee) and max(least, 1e-3) <= apogee <= HIGHEST):
        allowed = f"{least / 1e3:.3g} km (for this range) to {HIGHEST / 1e3:,.0f} km" if fits else "above 0 km"
        do = "Give the greatest height; on a flatter path than that the air and not gravity would rule."
        wrong.append(("apogee", f"{apogee / 1e3:g} km", allowed, do))
    if (launch is None) != (azimuth is None):
        absent = "azimuth" if azimuth is None else "from"
        wrong.append((absent, "nothing", "a launch place and an azimuth, or neither", "Give both, or neither."))
    if azimuth is not None and not math.isfinite(azimuth):
        wrong.append(("azimuth", f"{azimuth}", "any finite angle", "Give degrees clockwise from north."))
    if boost_time is not None and missile is not None:
        wrong.append(("boost", "a boost time and a missile, which has its own", "one of the two", "Leave one out."))
    if boost_time is not None and not (math.isfinite(boost_time) and 1.0 <= boost_time <= 2_000.0):
        wrong.append(("boost", f"{boost_time:g} s", "1 to 2,000 s", "Give the time from lift-off to burnout."))
    if wrong:
        raise BadInputError(
            Problem(file="reported test", key=key, found=found, allowed=allowed, do=do)
            for key, found, allowed, do in wrong
        )
