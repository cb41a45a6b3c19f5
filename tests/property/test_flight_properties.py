"""What physics says of every flight: it meets its aim, and no trajectory beats the bounds of the closed form."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.catalog.load import missile
from detente.earth import WGS84, destination, ecef_from_geodetic, sphere
from detente.flight.closed_form import least_speed, minimum_energy
from detente.flight.fly import Depressed, Lofted, MinimumEnergy, OutOfReachError, Point, fly
from detente.flight.free import fly_free
from detente.flight.world import world

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


shots = (
    st.sampled_from(["scud-b", "nodong", "generic-irbm", "minuteman-iii", "ss-18", "generic-liquid-icbm"]),
    latitudes,
    azimuths,
    st.floats(0.2, 0.75),
)


@given(*shots, st.sampled_from([MinimumEnergy(), Lofted(1.3), Depressed(0.7)]))
@settings(max_examples=40, deadline=None)
def test_no_solved_flight_beats_the_least_speed(name, latitude, azimuth, share, kind):
    what, ball = missile(name), sphere()
    lat, lon = destination(latitude, 0.5, azimuth, share * what.range_published.low * 0.9, ball)
    try:
        flown = fly(what, Point(latitude, 0.5), Point(float(lat), float(lon)), kind, earth=ball)
    except OutOfReachError:
        assume(isinstance(kind, MinimumEnergy))  # that one always exists here: see below
        raise
    here, velocity = flown.at(flown.burnout_time)
    there = flown.position_ecef[-1]
    angle = math.atan2(np.linalg.norm(np.cross(here, there)), here @ there)
    least = least_speed(*map(float, (np.linalg.norm(here), np.linalg.norm(there))), angle, ball.mu)
    speed = np.linalg.norm(velocity)
    assert speed >= least
    if isinstance(kind, MinimumEnergy) and flown.ground_range > 2e6:
        assert speed < 1.03 * least  # what the air takes from a flight of least energy


@given(*shots, st.sampled_from([MinimumEnergy(), Lofted(1.2)]))
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
