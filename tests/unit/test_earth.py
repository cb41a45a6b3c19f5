"""Frames, distances and lines of sight against GeographicLib, and as round trips."""

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from detente import earth as e

RNG = np.random.default_rng(76)
LAT = np.concatenate([np.arcsin(RNG.uniform(-1, 1, 300)), [math.pi / 2, -math.pi / 2, 0.0]])
LON = np.concatenate([RNG.uniform(-math.pi, math.pi, 300), [0.3, -1.0, math.pi]])
ALT = np.concatenate([10 ** RNG.uniform(0, 7.6, 300), [1000.0, 0.0, 4e5]])


@pytest.mark.parametrize("earth", [e.WGS84, e.sphere()])
def test_geodetic_round_trip(earth):
    lat, lon, alt = e.geodetic_from_ecef(e.ecef_from_geodetic(LAT, LON, ALT, earth), earth)
    np.testing.assert_allclose(lat, LAT, atol=1e-11)
    np.testing.assert_allclose(alt, ALT, atol=1e-6)
    np.testing.assert_allclose(np.cos(lon - LON)[np.abs(LAT) < 1.57], 1.0, atol=1e-12)


def test_poles_stand_on_the_axis():
    np.testing.assert_allclose(e.ecef_from_geodetic(math.pi / 2, 1.0), [0, 0, 6356752.314245], atol=1e-6)


def test_geodesic_matches_geographiclib():
    i, j = RNG.integers(0, 300, (2, 400))
    length, azimuth = e.geodesic(LAT[i], LON[i], LAT[j], LON[j])
    for k in range(400):
        want = Geodesic.WGS84.Inverse(*np.degrees([LAT[i[k]], LON[i[k]], LAT[j[k]], LON[j[k]]]))
        if want["a12"] > 179.0 or i[k] == j[k]:
            continue
        assert length[k] == pytest.approx(want["s12"], abs=1e-3)
        assert math.cos(azimuth[k] - math.radians(want["azi1"])) == pytest.approx(1.0, abs=1e-12)


def test_destination_matches_geographiclib():
    for lat, lon in zip(LAT[:100], LON[:100], strict=True):
        azimuth, length = RNG.uniform(0, 2 * math.pi), RNG.uniform(0, 2e7)
        want = Geodesic.WGS84.Direct(*np.degrees([lat, lon, azimuth]), length)
        got = np.degrees(e.destination(lat, lon, azimuth, length))
        assert got[0] == pytest.approx(want["lat2"], abs=1e-8)
        assert math.cos(math.radians(got[1] - want["lon2"])) == pytest.approx(1.0, abs=1e-13)


def test_near_antipodes_falls_back_to_the_sphere():
    length, _ = e.geodesic(0.0, 0.0, math.radians(0.2), math.radians(179.8))
    want = Geodesic.WGS84.Inverse(0, 0, 0.2, 179.8)["s12"]
    assert length == pytest.approx(want, rel=1e-3)


def test_same_point_and_equator():
    assert e.geodesic(0.4, 1.0, 0.4, 1.0)[0] == pytest.approx(0.0, abs=1e-6)
    assert e.geodesic(0.0, 0.0, 0.0, 1.0)[0] == pytest.approx(6378137.0, abs=1e-3)


def test_inertial_round_trip_and_speed_of_the_ground():
    position = e.ecef_from_geodetic(LAT, LON, ALT)
    velocity = RNG.normal(0, 3000, position.shape)
    inertial = e.velocity_eci_from_ecef(position, velocity, 0.7)
    back = e.velocity_ecef_from_eci(e.eci_from_ecef(position, 0.7), inertial, 0.7)
    np.testing.assert_allclose(back, velocity, atol=1e-9)
    ground = e.velocity_eci_from_ecef(e.ecef_from_geodetic(0.0, 0.0), np.zeros(3), 0.0)
    assert np.linalg.norm(ground) == pytest.approx(465.1011, abs=1e-3)


def test_look_angles():
    lat, lon = math.radians(64.3), math.radians(-149.2)
    above = e.ecef_from_geodetic(lat, lon, 5e5)
    _, elevation, slant = e.look_angles(lat, lon, 0.0, above)
    assert elevation == pytest.approx(math.pi / 2, abs=1e-7)
    assert slant == pytest.approx(5e5)
    east = e.ecef_from_geodetic(*e.destination(lat, lon, math.pi / 2, 1e5), 2e4)
    azimuth, elevation, _ = e.look_angles(lat, lon, 0.0, east)
    assert azimuth == pytest.approx(math.pi / 2, abs=1e-3)
    assert 0.15 < elevation < 0.2


def test_horizon():
    assert e.horizon_distance(0.0) == 0.0
    limb = e.horizon_distance(1e6) / e.WGS84.mean_radius
    assert (e.WGS84.mean_radius + 1e6) * math.cos(limb) == pytest.approx(e.WGS84.mean_radius)
