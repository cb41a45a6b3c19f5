"""Ballistic flight in closed form: a sphere at rest, no air, no burn. What every trajectory is measured against."""

from __future__ import annotations

import math
from dataclasses import dataclass

from detente.earth import Earth, sphere


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeFlight:
    """A drag-free flight from the surface of a sphere back to it.

    Parameters
    ----------
    speed : float
        At the surface [m/s].
    flight_path_angle : float
        Above the horizontal at the start [rad].
    apogee_altitude : float
        Greatest height above the surface [m].
    time : float
        From surface to surface [s].
    """

    speed: float
    flight_path_angle: float
    apogee_altitude: float
    time: float


def minimum_energy(ground_range: float, earth: Earth | None = None) -> FreeFlight:
    """Return the free flight that needs the least speed for a ground range.

    Parameters
    ----------
    ground_range : float
        Distance over the surface [m], above 0 and below half the circumference.
    earth : Earth, optional
        Its `mu` and `mean_radius` are used; by default `sphere()`, of 6,371 km.

    Raises
    ------
    ValueError
        A range outside the limits.

    References
    ----------
    Wheelon, A. D. (1959), Free flight of a ballistic missile, ARS Journal 29(12), 915-926; Bate, R. R., Mueller, D. D.
    and White, J. E. (1971), Fundamentals of Astrodynamics, section 6.2: with s = sin(Λ/2) of the range angle
    Λ, v² = (2μ/R) s/(1+s), φ = (π-Λ)/4, and the free-flight ellipse of semi-major axis R/(2-Q) and
    e² = 1 - Q(2-Q) cos²φ, Q = v²R/μ.

    Examples
    --------
    >>> round(minimum_energy(10_000e3).speed)
    7198
    """
    body = earth if earth is not None else sphere()
    radius = body.mean_radius
    if not 0.0 < ground_range < math.pi * radius:
        raise ValueError(f"ground range is {ground_range:g} m; allowed: above 0 and below {math.pi * radius:.0f} m")
    half = 0.5 * ground_range / radius
    s = math.sin(half)
    q = 2.0 * s / (1.0 + s)
    angle = 0.25 * (math.pi - 2.0 * half)
    axis = radius / (2.0 - q)
    eccentricity = math.sqrt(1.0 - q * (2.0 - q) * math.cos(angle) ** 2)
    anomaly = math.acos((1.0 - radius / axis) / eccentricity)
    mean = math.pi - anomaly + eccentricity * math.sin(anomaly)
    return FreeFlight(
        speed=math.sqrt(q * body.mu / radius),
        flight_path_angle=angle,
        apogee_altitude=axis * (1.0 + eccentricity) - radius,
        time=2.0 * math.sqrt(axis**3 / body.mu) * mean,
    )


def least_speed(start: float, end: float, range_angle: float, mu: float) -> float:
    """Return the least speed that carries a body in free flight from one radius to another, without air [m/s].

    Parameters
    ----------
    start, end : float
        Radii [m], > 0.
    range_angle : float
        Angle between them at the center [rad], 0 to π.
    mu : float
        Gravitational parameter [m³/s²].

    References
    ----------
    Battin, R. H. (1999), An Introduction to the Mathematics and Methods of Astrodynamics, ch. 6: the ellipse of
    minimum energy has 2a = s, half the perimeter of the triangle of both points and the center.

    Examples
    --------
    >>> round(least_speed(6_371e3, 6_371e3, 10_000 / 6_371, 3.986004418e14))
    7198
    """
    chord = math.sqrt(start * start + end * end - 2.0 * start * end * math.cos(range_angle))
    half = 0.5 * (start + end + chord)
    return math.sqrt(2.0 * mu * (1.0 / start - 1.0 / half))
