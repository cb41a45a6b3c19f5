"""The Earth as flights, radars and satellites see it: ellipsoid, frames, distances and lines of sight.

Every function works elementwise on scalars or arrays of one shape. Vectors stand on the last axis, shape ``(..., 3)``.
Earth-fixed axes (`ecef`): x to latitude 0, longitude 0; z to the north pole. Inertial axes (`eci`) coincide with them
at the time that a caller calls zero.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_ITERATIONS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Earth:
    """A rotating ellipsoid with a gravity field of zonal harmonics to J4.

    Parameters
    ----------
    mu : float
        Gravitational parameter [m³/s²].
    equatorial_radius : float
        Semi-major axis [m].
    flattening : float
        Flattening [-], 0 for a sphere.
    j2 : float
        Second zonal harmonic, not normalized [-].
    rotation_rate : float
        Angular velocity about the polar axis [rad/s].
    j3, j4 : float
        Third and fourth zonal harmonic, not normalized [-]; by default left out.
    """

    mu: float
    equatorial_radius: float
    flattening: float
    j2: float
    rotation_rate: float
    j3: float = 0.0
    j4: float = 0.0

    @property
    def polar_radius(self) -> float:
        """Semi-minor axis [m]."""
        return self.equatorial_radius * (1.0 - self.flattening)

    @property
    def mean_radius(self) -> float:
        """Arithmetic mean of the three semi-axes [m] (Moritz 2000, Geodetic Reference System 1980)."""
        return self.equatorial_radius * (1.0 - self.flattening / 3.0)

    @property
    def eccentricity_squared(self) -> float:
        """Square of the first eccentricity [-]."""
        return self.flattening * (2.0 - self.flattening)


WGS84 = Earth(
    mu=3.986004418e14,
    equatorial_radius=6_378_137.0,
    flattening=1.0 / 298.257223563,
    j2=1.082629821e-3,
    rotation_rate=7.292115e-5,
)
"""World Geodetic System 1984 (NIMA TR8350.2, 3rd ed., tables 3.1 and 3.3; J2 from C20 = -0.484166774985e-3)."""

EGM96 = replace(
    WGS84,
    j2=math.sqrt(5.0) * 0.484165371736e-3,
    j3=-math.sqrt(7.0) * 0.957254173792e-6,
    j4=-3.0 * 0.539873863789e-6,
)
"""`WGS84` with the zonal harmonics to J4 of the Earth Gravitational Model 1996, tide-free.

From its normalized C20, C30 and C40, Jₙ = -√(2n+1) Cₙ₀ (Lemoine, F. G. and others, 1998, NASA/TP-1998-206861). The
model scales them by a radius 0.7 m less than that of WGS84: at most 5e-7 of each.
"""


def sphere(*, radius: float = 6_371_000.0, mu: float = 3.986004418e14, rotation_rate: float = 0.0) -> Earth:
    """Return a spherical Earth with an inverse-square field, at rest unless a rotation rate is given.

    Parameters
    ----------
    radius : float
        Radius [m], > 0.
    mu : float
        Gravitational parameter [m³/s²], > 0.
    rotation_rate : float
        Angular velocity [rad/s].

    Examples
    --------
    >>> sphere().flattening
    0.0
    """
    return Earth(mu=mu, equatorial_radius=radius, flattening=0.0, j2=0.0, rotation_rate=rotation_rate)


def ecef_from_geodetic(
    latitude: ArrayLike, longitude: ArrayLike, altitude: ArrayLike = 0.0, earth: Earth = WGS84
) -> Array:
    """Return Earth-fixed positions [m], shape ``(..., 3)``, of geodetic latitude, longitude [rad] and altitude [m].

    References
    ----------
    Torge, W. and Müller, J. (2012), Geodesy, 4th ed., section 4.1.
    """
    lat, lon, alt = np.broadcast_arrays(*(np.asarray(each, float) for each in (latitude, longitude, altitude)))
    normal = earth.equatorial_radius / np.sqrt(1.0 - earth.eccentricity_squared * np.sin(lat) ** 2)
    across = (normal + alt) * np.cos(lat)
    height = (normal * (1.0 - earth.eccentricity_squared) + alt) * np.sin(lat)
    return np.stack([across * np.cos(lon), across * np.sin(lon), height], axis=-1)


def geodetic_from_ecef(position_ecef: ArrayLike, earth: Earth = WGS84) -> tuple[Array, Array, Array]:
    """Return geodetic latitude, longitude [rad] and altitude [m] of Earth-fixed positions, poles included.

    Parameters
    ----------
    position_ecef : array_like, shape (..., 3)
        Position [m], farther than about 50 km from the center of the Earth.

    References
    ----------
    Bowring, B. R. (1985), The accuracy of geodetic latitude and height equations, Survey Review 28(218), 202-206;
    iterated twice, which leaves less than 1e-9 rad and 1e-6 m from the surface to 100,000 km.
    """
    x, y, z = np.moveaxis(np.asarray(position_ecef, float), -1, 0)
    a, b, e2 = earth.equatorial_radius, earth.polar_radius, earth.eccentricity_squared
    second = e2 / (1.0 - e2)
    across = np.hypot(x, y)
    beta = np.arctan2(b * z * (1.0 + second * b / np.hypot(across, z)), a * across)
    for _ in range(2):
        lat = np.arctan2(z + second * b * np.sin(beta) ** 3, across - e2 * a * np.cos(beta) ** 3)
        beta = np.arctan2(b * np.sin(lat), a * np.cos(lat))
    alt = across * np.cos(lat) + z * np.sin(lat) - a * np.sqrt(1.0 - e2 * np.sin(lat) ** 2)
    return lat, np.arctan2(y, x), alt


def eci_from_ecef(vector_ecef: ArrayLike, angle: ArrayLike) -> Array:
    """Return vectors turned from Earth-fixed to inertial axes by the rotation angle of the Earth [rad].

    Vectors have shape ``(..., 3)``, angles the leading shape. A velocity needs the rotation added beforehand:
    see `velocity_eci_from_ecef`.
    """
    x, y, z = np.moveaxis(np.asarray(vector_ecef, float), -1, 0)
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.stack(np.broadcast_arrays(cosine * x - sine * y, sine * x + cosine * y, z), axis=-1)


def ecef_from_eci(vector_eci: ArrayLike, angle: ArrayLike) -> Array:
    """Return vectors turned from inertial to Earth-fixed axes: the inverse of `eci_from_ecef`."""
    return eci_from_ecef(vector_eci, -np.asarray(angle, float))


def velocity_eci_from_ecef(
    position_ecef: ArrayLike, velocity_ecef: ArrayLike, angle: ArrayLike, earth: Earth = WGS84
) -> Array:
    """Return inertial velocities [m/s] of points that move relative to the rotating Earth with `velocity_ecef`."""
    spin = np.array([0.0, 0.0, earth.rotation_rate])
    return eci_from_ecef(np.asarray(velocity_ecef, float) + np.cross(spin, np.asarray(position_ecef, float)), angle)


def velocity_ecef_from_eci(
    position_eci: ArrayLike, velocity_eci: ArrayLike, angle: ArrayLike, earth: Earth = WGS84
) -> Array:
    """Return velocities relative to the rotating Earth [m/s]: the inverse of `velocity_eci_from_ecef`."""
    spin = np.array([0.0, 0.0, earth.rotation_rate])
    return ecef_from_eci(np.asarray(velocity_eci, float) - np.cross(spin, np.asarray(position_eci, float)), angle)


def east_north_up(latitude: ArrayLike, longitude: ArrayLike) -> Array:
    """Return the unit vectors east, north and up at a place, Earth-fixed, shape ``(..., 3, 3)``, one vector a row.

    At a pole "north" lies along the meridian of the longitude that is given.
    """
    lat, lon = np.broadcast_arrays(np.asarray(latitude, float), np.asarray(longitude, float))
    slat, clat, slon, clon = np.sin(lat), np.cos(lat), np.sin(lon), np.cos(lon)
    rows = [[-slon, clon, np.zeros_like(lat)], [-slat * clon, -slat * slon, clat], [clat * clon, clat * slon, slat]]
    return np.stack([np.stack(row, axis=-1) for row in rows], axis=-2)


def look_angles(
    latitude: ArrayLike,
    longitude: ArrayLike,
    altitude: ArrayLike,
    target_ecef: ArrayLike,
    earth: Earth = WGS84,
) -> tuple[Array, Array, Array]:
    """Return azimuth, elevation [rad] and slant range [m] from a site to a target.

    Parameters
    ----------
    latitude, longitude, altitude : array_like
        The site: geodetic [rad], [rad], [m].
    target_ecef : array_like, shape (..., 3)
        Earth-fixed position of the target [m]; leading axes broadcast against the site.

    Returns
    -------
    azimuth, elevation, slant_range : array
        Azimuth clockwise from north in 0 to 2π; elevation above the plane normal to the ellipsoid, without
        refraction; a target below the horizon has a negative elevation.
    """
    offset = np.asarray(target_ecef, float) - ecef_from_geodetic(latitude, longitude, altitude, earth)
    local = np.einsum("...ij,...j->...i", east_north_up(latitude, longitude), offset)
    east, north, up = np.moveaxis(local, -1, 0)
    azimuth = np.arctan2(east, north) % (2.0 * math.pi)
    return azimuth, np.arctan2(up, np.hypot(east, north)), np.linalg.norm(offset, axis=-1)


def horizon_distance(altitude: ArrayLike, earth: Earth = WGS84) -> Array:
    """Return the ground distance [m] from below a point at an altitude [m] >= 0 to its geometric horizon.

    On the mean sphere and without refraction. Two points at heights h1, h2 are in line of sight when the ground
    distance between them is at most the sum of their two horizon distances.
    """
    ratio = earth.mean_radius / (earth.mean_radius + np.asarray(altitude, float))
    angle: Array = earth.mean_radius * np.arccos(ratio)
    return angle


def great_circle(
    latitude: ArrayLike, longitude: ArrayLike, to_latitude: ArrayLike, to_longitude: ArrayLike
) -> tuple[Array, Array]:
    """Return the central angle and the initial azimuth [rad] between points on a sphere.

    The angle comes from sine and cosine together, so that it is exact for coincident and for antipodal points; there
    the azimuth is 0 by convention.
    """
    lat1, lon1, lat2, lon2 = (np.asarray(each, float) for each in (latitude, longitude, to_latitude, to_longitude))
    turn = lon2 - lon1
    east = np.cos(lat2) * np.sin(turn)
    north = np.cos(lat1) * np.sin(lat2) - np.sin(lat1) * np.cos(lat2) * np.cos(turn)
    along = np.sin(lat1) * np.sin(lat2) + np.cos(lat1) * np.cos(lat2) * np.cos(turn)
    return np.arctan2(np.hypot(east, north), along), np.arctan2(east, north) % (2.0 * math.pi)


def _series(squared: Array) -> tuple[Array, Array]:
    """Return A and B of Vincenty (1975), eqs. 3 and 4, from u²."""
    first = 1.0 + squared / 16384.0 * (4096.0 + squared * (-768.0 + squared * (320.0 - 175.0 * squared)))
    second = squared / 1024.0 * (256.0 + squared * (-128.0 + squared * (74.0 - 47.0 * squared)))
    return first, second


def _correction(second: Array, sin_s: Array, cos_s: Array, cos_m: Array) -> Array:
    """Return Δσ of Vincenty (1975), eq. 6."""
    inner = cos_s * (2.0 * cos_m**2 - 1.0)
    outer = second / 6.0 * cos_m * (4.0 * sin_s**2 - 3.0) * (4.0 * cos_m**2 - 3.0)
    change: Array = second * sin_s * (cos_m + second / 4.0 * (inner - outer))
    return change


def geodesic(
    latitude: ArrayLike,
    longitude: ArrayLike,
    to_latitude: ArrayLike,
    to_longitude: ArrayLike,
    earth: Earth = WGS84,
) -> tuple[Array, Array]:
    """Return the length [m] and the initial azimuth [rad] of the shortest line on the ellipsoid.

    Within about half a degree of the antipode, where the iteration has no answer, the great circle on the mean sphere
    is returned instead: its length is then within 0.1 %, its azimuth is not meaningful.

    References
    ----------
    Vincenty, T. (1975), Direct and inverse solutions of geodesics on the ellipsoid with application of nested
    equations, Survey Review 23(176), 88-93.
    """
    lat1, lon1, lat2, lon2 = np.broadcast_arrays(
        *(np.asarray(each, float) for each in (latitude, longitude, to_latitude, to_longitude))
    )
    f = earth.flattening
    u1, u2 = (np.arctan2((1.0 - f) * np.sin(lat), np.cos(lat)) for lat in (lat1, lat2))
    turn = np.remainder(lon2 - lon1 + math.pi, 2.0 * math.pi) - math.pi
    lam, settled = turn.copy(), np.zeros(turn.shape, bool)
    for _ in range(_ITERATIONS):
        sigma, azimuth = great_circle(u1, 0.0, u2, lam)
        sin_s, cos_s = np.sin(sigma), np.cos(sigma)
        sin_a = np.cos(u1) * np.sin(azimuth)
        cos2_a = np.maximum(1.0 - sin_a**2, 1e-30)
        cos_m = np.where(cos2_a > 1e-20, cos_s - 2.0 * np.sin(u1) * np.sin(u2) / cos2_a, 0.0)
        c = f / 16.0 * cos2_a * (4.0 + f * (4.0 - 3.0 * cos2_a))
        inner = sigma + c * sin_s * (cos_m + c * cos_s * (2.0 * cos_m**2 - 1.0))
        new = turn + (1.0 - c) * f * sin_a * inner
        settled = np.abs(new - lam) < 1e-13
        lam = np.where(np.abs(new) <= math.pi, new, lam)
        if settled.all():
            break
    ratio = (earth.equatorial_radius / earth.polar_radius) ** 2 - 1.0
    first, second = _series(cos2_a * ratio)
    length = earth.polar_radius * first * (sigma - _correction(second, sin_s, cos_s, cos_m))
    plain, heading = great_circle(lat1, lon1, lat2, lon2)
    return np.where(settled, length, earth.mean_radius * plain), np.where(settled, azimuth, heading)


def destination(
    latitude: ArrayLike, longitude: ArrayLike, azimuth: ArrayLike, distance: ArrayLike, earth: Earth = WGS84
) -> tuple[Array, Array]:
    """Return latitude and longitude [rad] of the end of a geodesic from a point, by azimuth [rad] and length [m].

    References
    ----------
    Vincenty (1975), as for `geodesic`.
    """
    lat, lon, heading, length = np.broadcast_arrays(
        *(np.asarray(each, float) for each in (latitude, longitude, azimuth, distance))
    )
    f = earth.flattening
    u1 = np.arctan2((1.0 - f) * np.sin(lat), np.cos(lat))
    sin_1, cos_1, sin_h, cos_h = np.sin(u1), np.cos(u1), np.sin(heading), np.cos(heading)
    start = np.arctan2(sin_1, cos_1 * cos_h)
    sin_a = cos_1 * sin_h
    cos2_a = 1.0 - sin_a**2
    first, second = _series(cos2_a * ((earth.equatorial_radius / earth.polar_radius) ** 2 - 1.0))
    sigma = length / (earth.polar_radius * first)
    for _ in range(_ITERATIONS):
        cos_m = np.cos(2.0 * start + sigma)
        new = length / (earth.polar_radius * first) + _correction(second, np.sin(sigma), np.cos(sigma), cos_m)
        close = np.abs(new - sigma) < 1e-14
        sigma = new
        if close.all():
            break
    sin_s, cos_s, cos_m = np.sin(sigma), np.cos(sigma), np.cos(2.0 * start + sigma)
    across = sin_1 * sin_s - cos_1 * cos_s * cos_h
    to_lat = np.arctan2(sin_1 * cos_s + cos_1 * sin_s * cos_h, (1.0 - f) * np.hypot(sin_a, across))
    lam = np.arctan2(sin_s * sin_h, cos_1 * cos_s - sin_1 * sin_s * cos_h)
    c = f / 16.0 * cos2_a * (4.0 + f * (4.0 - 3.0 * cos2_a))
    inner = sigma + c * sin_s * (cos_m + c * cos_s * (2.0 * cos_m**2 - 1.0))
    to_lon = lon + lam - (1.0 - c) * f * sin_a * inner
    return to_lat, np.remainder(to_lon + math.pi, 2.0 * math.pi) - math.pi
