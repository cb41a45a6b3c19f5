"""Gravity is the gradient of the potential of zonal harmonics; without J3 and J4 it is what it was, to the last bit."""

import math

import numpy as np
import pytest
from scipy.special import eval_legendre

from detente.earth import EGM96, WGS84, Earth, sphere
from detente.flight.physics import gravity, potential

# central difference of eighth order (Fornberg 1988, Math. Comp. 51(184), table 1)
EIGHTH = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}
BUMPY = Earth(mu=4e14, equatorial_radius=6.4e6, flattening=0.01, j2=-0.02, rotation_rate=1e-4, j3=0.01, j4=-0.03)


def field(earth):
    return earth.mu, earth.equatorial_radius, earth.j2, earth.j3, earth.j4


def places(seed, n):
    """Return points from the surface to 4 Earth radii in every direction, the poles and the equator among them."""
    random = np.random.default_rng(seed)
    up = random.normal(size=(n, 3))
    up[:3] = [[0.0, 0.0, 1.0], [0.0, 0.0, -1.0], [1.0, 0.0, 0.0]]
    return up / np.linalg.norm(up, axis=1)[:, None] * random.uniform(6.4e6, 2.6e7, (n, 1))


def by_legendre(place, earth):
    r = float(np.linalg.norm(place))
    terms = ((2, earth.j2), (3, earth.j3), (4, earth.j4))
    wide = sum(j * (earth.equatorial_radius / r) ** n * eval_legendre(n, place[2] / r) for n, j in terms)
    return -earth.mu / r * (1.0 - wide)


@pytest.mark.parametrize("earth", [sphere(), WGS84, EGM96, BUMPY])
def test_gravity_is_the_gradient_of_the_zonal_potential(earth):
    for place in places(1, 200):
        assert potential(*place, *field(earth)) == pytest.approx(by_legendre(place, earth), rel=1e-14)
        found = np.array(gravity(*place, *field(earth)))
        step = 3e-3 * np.linalg.norm(place)
        pull = np.zeros(3)
        for k, weight in EIGHTH.items():
            for axis, moved in enumerate(k * step * np.eye(3)):
                pull[axis] -= weight * (by_legendre(place + moved, earth) - by_legendre(place - moved, earth)) / step
        assert np.linalg.norm(found - pull) < 1e-10 * np.linalg.norm(pull)


def test_without_j3_and_j4_not_a_bit_has_changed():
    mu, radius, j2, _, _ = field(WGS84)
    for x, y, z in places(2, 500):
        r2 = x * x + y * y + z * z
        k, w, g = 1.5 * j2 * radius * radius / r2, 5.0 * z * z / r2, -mu / (r2 * math.sqrt(r2))
        side = g * (1.0 - k * (w - 1.0))
        assert gravity(x, y, z, *field(WGS84)) == (side * x, side * y, g * (1.0 - k * (w - 3.0)) * z)


def test_harmonics_of_egm96_are_the_published_ones():
    # Vallado (2013), Fundamentals of Astrodynamics and Applications, 4th ed., table D-1
    assert EGM96.j2 == pytest.approx(1.08262668355e-3, rel=1e-11)
    assert EGM96.j3 == pytest.approx(-2.53265648533e-6, rel=1e-11)
    assert EGM96.j4 == pytest.approx(-1.61962159137e-6, rel=1e-11)


def test_third_harmonic_pulls_southward_at_the_equator():
    # J3 < 0: the stem of the pear is in the north, but its bulge is in southern mid-latitudes
    *_, north = gravity(7e6, 0.0, 0.0, *field(EGM96))
    assert north == pytest.approx(1.5 * EGM96.j3 * EGM96.mu / 7e6**2 * (EGM96.equatorial_radius / 7e6) ** 3, rel=1e-12)
