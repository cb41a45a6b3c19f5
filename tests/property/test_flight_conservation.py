"""What free flight keeps: energy, angular momentum, and the way back; and what drag may only take."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.earth import EGM96, WGS84, ecef_from_geodetic, sphere
from detente.flight.ensemble import ENSEMBLE, fly_ensemble
from detente.flight.free import fly_free
from detente.flight.physics import potential
from detente.flight.world import world

EARTHS = [sphere(), WGS84, EGM96]
states = st.builds(
    lambda *numbers: numbers,
    st.floats(-1.57, 1.57),
    st.floats(0.0, 2 * math.pi),
    st.floats(500.0, 7500.0),
    st.floats(0.05, 1.5),
    st.floats(1e5, 6e5),
)
KEPT = 1e-11
"""Greatest relative change of what is kept over a flight of centimeters at impact."""


def placed(numbers, earth):
    """Return an inertial state over longitude 0 of latitude, azimuth, speed, angle and altitude."""
    latitude, azimuth, speed, angle, altitude = numbers
    up = np.array([math.cos(latitude), 0.0, math.sin(latitude)])
    north, east = np.array([-math.sin(latitude), 0.0, math.cos(latitude)]), np.array([0.0, 1.0, 0.0])
    along = math.cos(azimuth) * north + math.sin(azimuth) * east
    position = ecef_from_geodetic(latitude, 0.0, altitude, earth)
    return position, speed * (math.cos(angle) * along + math.sin(angle) * up)


def energy(position, velocity, earth):
    field = earth.mu, earth.equatorial_radius, earth.j2, earth.j3, earth.j4
    return 0.5 * np.sum(velocity**2, axis=-1) + np.array([potential(*place, *field) for place in position])


def momentum(position, velocity):
    """Return the angular momentum over radius times speed at the start."""
    whole = np.linalg.norm(position[0]) * np.linalg.norm(velocity[0])
    return np.cross(position, velocity) / whole


@pytest.mark.parametrize("earth", EARTHS, ids=["sphere", "J2", "J4"])
@given(numbers=states)
@settings(max_examples=40, deadline=None)
def test_energy_and_angular_momentum_are_kept_without_air(earth, numbers):
    flown = fly_free(*placed(numbers, earth), 20_000.0, earth=earth)
    had = energy(flown.position_eci, flown.velocity_eci, earth)
    assert np.ptp(had) < KEPT * abs(had[0])
    turned = np.ptp(momentum(flown.position_eci, flown.velocity_eci), axis=0)
    assert turned[2] < KEPT
    if earth.j2 == 0.0:
        assert turned.max() < KEPT


@pytest.mark.parametrize("earth", EARTHS, ids=["sphere", "J2", "J4"])
@given(numbers=states)
@settings(max_examples=30, deadline=None)
def test_a_flight_without_air_runs_backward_onto_its_start(earth, numbers):
    position, velocity = placed(numbers, earth)
    out = fly_free(position, velocity, 20_000.0, earth=earth)
    assert out.impact
    back = fly_free(out.position_eci[-1], -out.velocity_eci[-1], float(out.time[-1]), earth=earth)
    np.testing.assert_allclose(back.position_eci[-1], position, rtol=0.0, atol=1e-3)
    np.testing.assert_allclose(back.velocity_eci[-1], -velocity, rtol=0.0, atol=1e-6)


@pytest.mark.parametrize("earth", EARTHS, ids=["sphere", "J2", "J4"])
@given(numbers=states, beta=st.floats(200.0, 20_000.0))
@settings(max_examples=40, deadline=None)
def test_drag_only_takes_energy_in_the_frame_of_the_air(earth, numbers, beta):
    # E - ω h_z is the energy in the turning frame, the centrifugal potential included (Jacobi's integral)
    flown = fly_free(*placed(numbers, earth), 20_000.0, ballistic_coefficient=beta, earth=earth)
    around = np.cross(flown.position_eci, flown.velocity_eci)[:, 2]
    had = energy(flown.position_eci, flown.velocity_eci, earth) - earth.rotation_rate * around
    assert np.diff(had).max() < KEPT * abs(had[0])
    assert had[-1] < had[0]


# what may change follows from the error of velocity that a step may have: 3 mm/s, or 1 µm/s, of at least 500 m/s
@pytest.mark.parametrize(
    ("closeness", "kept", "miss"), [(ENSEMBLE, 1e-5, 10.0), ((1e-4, 1e-6, 1.0, 100.0), 1e-8, 0.01)]
)
@pytest.mark.parametrize("earth", [sphere(), WGS84], ids=["sphere", "J2"])
@given(several=st.lists(states, min_size=1, max_size=20))
@settings(max_examples=15, deadline=None)
def test_the_lanes_keep_what_is_kept_without_air_and_find_the_way_back(earth, closeness, kept, miss, several):
    # faster ones may graze the ground, where less than the closeness of the flight decides whether they come down
    assume(max(speed for _, _, speed, _, _ in several) < 7_300.0)
    position, velocity = (np.array(each) for each in zip(*(placed(one, earth) for one in several), strict=True))
    flown = fly_ensemble(position, velocity, world(earth, closeness=closeness))
    assert flown.impact.all()
    there, speed = flown.position_eci.values, flown.velocity_eci.values
    np.testing.assert_allclose(energy(there, speed, earth), energy(position, velocity, earth), rtol=kept)
    whole = np.linalg.norm(position, axis=1) * np.linalg.norm(velocity, axis=1)
    turned = np.abs(np.cross(there, speed) - np.cross(position, velocity)) / whole[:, None]
    assert turned[:, 2].max() < kept
    if earth.j2 == 0.0:
        assert turned.max() < kept
    back = fly_ensemble(
        there[:1], -speed[:1], world(earth, floor=-1.0, closeness=closeness), time=float(flown.flight_time[0])
    )
    assert np.linalg.norm(back.position_eci[0] - position[0]) < miss
