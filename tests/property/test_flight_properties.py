"""What physics says of every flight: conservation, reversal, and the bound that no trajectory beats."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.load import missile
from detente.earth import WGS84, Earth, destination, ecef_from_geodetic, sphere
from detente.flight.closed_form import minimum_energy
from detente.flight.fly import Lofted, MinimumEnergy, OutOfReachError, Point, fly
from detente.flight.free import fly_free
from detente.flight.world import world

MU = WGS84.mu
speeds = st.floats(500.0, 7500.0)
angles = st.floats(0.05, 1.5)
azimuths = st.floats(0.0, 2 * math.pi)
latitudes = st.floats(-1.5, 1.5)


def state(latitude, azimuth, speed, angle, altitude, earth=WGS84):
    """Return an inertial state over longitude 0."""
    position = ecef_from_geodetic(latitude, 0.0, altitude, earth)
    up = np.array([math.cos(latitude), 0.0, math.sin(latitude)])
    north, east = np.array([-math.sin(latitude), 0.0, math.cos(latitude)]), np.array([0.0, 1.0, 0.0])
    along = math.cos(azimuth) * north + math.sin(azimuth) * east
    return position, speed * (math.cos(angle) * along + math.sin(angle) * up)


def energy(position, velocity, earth=WGS84):
    r = np.linalg.norm(position, axis=-1)
    z = position[..., 2]
    wide = earth.j2 * (earth.equatorial_radius / r) ** 2 * 0.5 * (3 * (z / r) ** 2 - 1)
    return 0.5 * np.sum(velocity**2, axis=-1) - earth.mu / r * (1 - wide)


@given(latitudes, azimuths, speeds, angles)
@settings(max_examples=40, deadline=None)
def test_energy_and_polar_angular_momentum_are_kept_in_vacuum(latitude, azimuth, speed, angle):
    flown = fly_free(*state(latitude, azimuth, speed, angle, 2e5), 4000.0)
    drift = energy(flown.position_eci, flown.velocity_eci)
    assert np.ptp(drift) < 1e-3
    momentum = np.cross(flown.position_eci, flown.velocity_eci)[:, 2]
    assert np.ptp(momentum) < 10.0


@given(latitudes, azimuths, speeds, angles)
@settings(max_examples=40, deadline=None)
def test_angular_momentum_is_kept_over_a_sphere(latitude, azimuth, speed, angle):
    flown = fly_free(*state(latitude, azimuth, speed, angle, 2e5, sphere()), 4000.0, earth=sphere())
    momentum = np.cross(flown.position_eci, flown.velocity_eci)
    assert np.ptp(momentum, axis=0).max() < 10.0


@given(latitudes, azimuths, speeds, angles)
@settings(max_examples=30, deadline=None)
def test_a_coast_runs_backward_onto_its_start(latitude, azimuth, speed, angle):
    still = Earth(mu=MU, equatorial_radius=6378137.0, flattening=0.0, j2=1.0826e-3, rotation_rate=0.0)
    position, velocity = state(latitude, azimuth, speed, angle, 8e5, still)
    out = fly_free(position, velocity, 60.0, earth=still)
    back = fly_free(out.position_eci[-1], -out.velocity_eci[-1], 60.0, earth=still)
    np.testing.assert_allclose(back.position_eci[-1], position, atol=1e-2)
    np.testing.assert_allclose(back.velocity_eci[-1], -velocity, atol=1e-5)


@given(speeds, angles)
@settings(max_examples=60, deadline=None)
def test_no_trajectory_beats_minimum_energy(speed, angle):
    earth = sphere()
    flown = fly_free(*state(0.0, 1.0, speed, angle, 0.0, earth), 30_000.0, earth=earth)
    if flown.impact:
        cosine = flown.position_eci[-1] @ flown.position_eci[0] / earth.equatorial_radius**2
        reached = earth.equatorial_radius * math.acos(max(-1.0, min(1.0, cosine)))
        if 1e3 < reached < 0.99 * math.pi * earth.equatorial_radius:
            assert speed >= minimum_energy(reached).speed * (1.0 - 1e-7)


@given(latitudes, azimuths, speeds, angles, st.floats(200.0, 20_000.0))
@settings(max_examples=40, deadline=None)
def test_drag_only_takes_energy(latitude, azimuth, speed, angle, beta):
    still = Earth(mu=MU, equatorial_radius=6378137.0, flattening=1 / 298.0, j2=1.0826e-3, rotation_rate=0.0)
    flown = fly_free(
        *state(latitude, azimuth, speed, angle, 1e5, still), 5000.0, ballistic_coefficient=beta, earth=still
    )
    assert np.diff(energy(flown.position_eci, flown.velocity_eci, still)).max() < 1e-2


@given(
    st.sampled_from(["scud-b", "nodong", "generic-irbm", "minuteman-iii", "ss-18", "generic-liquid-icbm"]),
    latitudes,
    azimuths,
    st.floats(0.2, 0.75),
    st.sampled_from([MinimumEnergy(), Lofted(1.2)]),
)
@settings(max_examples=40, deadline=None)
def test_every_flight_inside_the_range_lands_on_its_aim(name, latitude, azimuth, share, kind):
    what = missile(name)
    lat, lon = destination(latitude, 0.5, azimuth, share * what.range_published.low * 0.9)
    aim = Point(float(lat), float(lon))
    try:
        flown = fly(what, Point(latitude, 0.5), aim, kind)
    except OutOfReachError:
        pytest.fail(f"{name} did not reach {share:.2f} of its published range")
    miss = np.linalg.norm(flown.position_ecef[-1] - ecef_from_geodetic(*map(float, (lat, lon))))
    assert miss < 1.0
    assert np.all(np.diff(flown.time) > 0)
    assert flown.altitude.min() > -1.0


def test_wind_is_no_part_of_vacuum():
    windy = world(wind=(30.0, 30.0))
    start = state(0.5, 1.0, 3000.0, 0.8, 0.0)
    one, two = fly_free(*start, 900.0), fly_free(*start, 900.0, windy)
    np.testing.assert_allclose(one.position_eci[-1], two.position_eci[-1], atol=1e-9)
