"""Events and cut-off are exact: the answer does not depend on the steps."""

import math

import numpy as np
import pytest

from detente.catalog.load import missile
from detente.earth import WGS84, ecef_from_geodetic, sphere
from detente.flight import kernels
from detente.flight.free import fly_free
from detente.flight.physics import ellipsoid
from detente.flight.vehicle import vehicle
from detente.flight.world import FINAL, world

NONE = np.zeros((0, 7))


def impact(closeness, cutoff):
    what = vehicle(missile("minuteman-iii"))
    control = np.array([0.3, 0.5, 0.5, cutoff, what.rise_time, 10.0])
    through = world(drag=what.drag, closeness=closeness)
    status, t, apogee, _, _, y = kernels.flight(
        np.array([0.8, 0.0, 0.0]), control, what.stages, what.body, through, NONE
    )
    assert status == kernels.IMPACT
    return np.array([*y[:3], t * 1e3, apogee])


def test_impact_does_not_depend_on_the_longest_step():
    best = impact((1e-6, 1e-9, 0.25, 2.0), 181.2345)
    for boost, coast in ((0.7, 3.0), (1.0, 10.0), (13.0, 170.0)):
        assert np.abs(impact((*FINAL[:2], boost, coast), 181.2345) - best).max() < 0.1


def test_impact_moves_evenly_with_the_cutoff():
    places = np.array([impact(FINAL, 170.0 + 0.01 * k)[:3] for k in range(12)])
    assert np.abs(np.diff(places, 3, axis=0)).max() < 0.05


def test_free_fall_ends_on_the_ellipsoid():
    start = ecef_from_geodetic(0.7, 0.2, 3e5)
    flown = fly_free(start, [100.0, 5000.0, 1500.0], 5000.0, ballistic_coefficient=9000.0)
    last = flown.position_eci[-1]
    assert flown.impact
    assert ellipsoid(*last, WGS84.equatorial_radius, WGS84.flattening)[0] == pytest.approx(0.0, abs=1e-6)


def test_samples_at_given_times():
    start = ecef_from_geodetic(0.7, 0.2, 3e5)
    flown = fly_free(start, [100.0, 5000.0, 1500.0], [1.0, 2.5, 40.0])
    assert flown.time.tolist() == [0.0, 1.0, 2.5, 40.0]
    assert not flown.impact


def test_wind_carries_a_falling_body_along():
    start = ecef_from_geodetic(math.radians(40), math.radians(30), 9e3)
    still, windy = (
        fly_free(start, [0, 0, 0], 100.0, world(sphere(), wind=wind), ballistic_coefficient=50.0, earth=sphere())
        for wind in ((0.0, 0.0), (10.0, 20.0))
    )
    drift = windy.position_ecef[-1] - still.position_ecef[-1]
    east = np.array([-math.sin(math.radians(30)), math.cos(math.radians(30)), 0.0])
    assert drift @ east > 200.0
    assert drift[2] > 100.0


@pytest.mark.parametrize(
    ("position", "velocity", "beta", "said"),
    [
        ([math.nan, 0, 0], [0, 0, 0], 1e4, "finite"),
        ([6e6, 0, 0], [0, 0, 0], 1e4, "underground"),
        ([7e6, 0, 0], [0, 0, 0], 0.0, "above 0"),
        ([7e6, 0], [0, 0, 0], 1e4, "three positions"),
    ],
)
def test_impossible_states(position, velocity, beta, said):
    with pytest.raises(ValueError, match=said):
        fly_free(position, velocity, 100.0, ballistic_coefficient=beta)
