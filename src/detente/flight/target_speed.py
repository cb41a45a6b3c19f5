"""How fast a target flies that has a given range: in closed form, or with a missile of the catalog."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.earth import Earth, sphere
from detente.flight.closed_form import minimum_energy

if TYPE_CHECKING:
    from detente.catalog.records import Missile

TOP_OF_THE_AIR = 100_000.0
"""Altitude at which re-entry is said to begin [m]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSpeed:
    """The greatest speed of a target on its flight.

    Parameters
    ----------
    ground_range : float
        Of the flight [m].
    value, low, high : float
        Greatest speed [m/s]. In closed form `low` is the speed 100 km up and `high`, the value, that at the surface,
        which no burnout in the air reaches; of a flown missile all three are the same.
    how : str
        Where it is from, in words.
    """

    ground_range: float
    value: float
    low: float
    high: float
    how: str


def by_range(ground_range: float, earth: Earth | None = None) -> TargetSpeed:
    """Return the speed of a target on a minimum-energy trajectory of a given range, without air, over an Earth at rest.

    Parameters
    ----------
    ground_range : float
        Distance over the surface [m], above 0 and below half the circumference.
    earth : Earth, optional
        By default `sphere()`.

    Raises
    ------
    ValueError
        A range outside the limits.

    References
    ----------
    Wheelon (1959), as in `closed_form.minimum_energy`; 100 km up, v² = v₀² - 2μ [1/R - 1/(R + h)], 0 where the flight
    stays below.

    Examples
    --------
    >>> found = by_range(3_500e3)
    >>> round(found.low), round(found.high)
    (4976, 5167)
    """
    body = earth if earth is not None else sphere()
    speed = minimum_energy(ground_range, body).speed
    radius = body.mean_radius
    lost = 2.0 * body.mu * (1.0 / radius - 1.0 / (radius + TOP_OF_THE_AIR))
    return TargetSpeed(
        ground_range=ground_range,
        value=speed,
        low=math.sqrt(max(speed * speed - lost, 0.0)),
        high=speed,
        how="minimum energy, no air, Earth at rest; 100 km up and at the surface",
    )


def by_missile(missile: Missile, ground_range: float) -> TargetSpeed:
    """Return the greatest speed of a missile of the catalog on its minimum-energy flight over an Earth at rest.

    Parameters
    ----------
    missile : Missile
        From the catalog.
    ground_range : float
        From launch to impact [m].

    Raises
    ------
    OutOfReachError
        It does not fly so far, or not so near.
    """
    import numpy as np

    from detente.flight.fly import Point, fly

    body = sphere()
    aim = Point(0.0, ground_range / body.mean_radius, name="target area")
    flown = fly(missile, Point(0.0, 0.0, name="launch"), aim, earth=body)
    fastest = float(np.max(np.linalg.norm(flown.velocity_ecef, axis=1)))
    how = f"{missile.name} flown at minimum energy over an Earth at rest"
    return TargetSpeed(ground_range=ground_range, value=fastest, low=fastest, high=fastest, how=how)
