"""Interceptor fly-out against an integrated boost and fall."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from detente.flight import flyout as f


def flown(elevation, speed, burn_time, duration):
    """Return points of the path of even boost and free fall, every second."""
    boost = 0.5 * speed * burn_time
    x, y = boost * math.cos(elevation), f.RADIUS + boost * math.sin(elevation)

    def fall(_, s):
        r3 = math.hypot(s[0], s[1]) ** 3
        return [s[2], s[3], -f.MU * s[0] / r3, -f.MU * s[1] / r3]

    state = [x, y, speed * math.cos(elevation), speed * math.sin(elevation)]
    return solve_ivp(fall, (0, duration), state, rtol=1e-11, atol=1e-6, t_eval=np.arange(1.0, duration, 20.0))


@pytest.mark.parametrize("speed", [3000.0, 5500.0, 8000.0, 11_500.0])
@pytest.mark.parametrize("elevation_deg", [3, 20, 45, 75, 89.99])
def test_points_of_a_path_are_reached_no_later(speed, elevation_deg):
    burn_time = 40.0
    path = flown(math.radians(elevation_deg), speed, burn_time, 300.0)
    for t, x, y in zip(path.t, path.y[0], path.y[1], strict=True):
        height, ground = math.hypot(x, y) - f.RADIUS, f.RADIUS * math.atan2(x, y)
        found = f.flyout_time(ground, height, speed, burn_time)
        assert found <= burn_time + t + 1e-5
        if y * f.RADIUS > f.RADIUS**2 and t < 100.0:  # far from the envelope the low path is the path flown
            assert found == pytest.approx(burn_time + t, abs=1e-5)


def test_inside_the_boost_it_is_a_straight_run():
    assert f.flyout_time(0.0, 20e3, 2000.0, 40.0) == pytest.approx(math.sqrt(2 * 20e3 * 40 / 2000))


def test_time_grows_with_distance_and_falls_with_speed():
    times = [f.flyout_time(ground, 2e5, 5000.0, 60.0) for ground in np.linspace(0, 1.5e6, 40)]
    assert np.all(np.diff(times) > 0)
    by_speed = [f.flyout_time(8e5, 2e5, speed, 60.0) for speed in np.linspace(4000, 10_000, 20)]
    assert np.all(np.diff(by_speed) < 0)


def test_what_is_too_far_is_never_reached():
    assert f.flyout_time(3e6, 2e5, 3000.0, 20.0) == math.inf
    assert f.flyout_time(0.0, 2e6, 3000.0, 20.0) == math.inf
    assert f.flyout_time(math.pi * f.RADIUS, 1e5, 7500.0, 60.0) == math.inf


def test_reach_is_the_edge():
    edge = f.flyout_reach(2e5, 5500.0, 60.0, 400.0)
    assert f.flyout_time(edge, 2e5, 5500.0, 60.0) <= 400.0
    assert f.flyout_time(edge + 20.0, 2e5, 5500.0, 60.0) > 400.0
    assert f.flyout_reach(2e6, 3000.0, 20.0, math.inf) == -1.0


def test_arrays_agree_with_scalars():
    ground, height = np.array([0.0, 1e5, 4e6]), np.array([1e5, 2e4, 3e5])
    one = [f.flyout_time(g, h, 6500.0, 90.0) for g, h in zip(ground, height, strict=True)]
    np.testing.assert_array_equal(f.flyout_times(ground, height, 6500.0, 90.0), one)


def test_fast_interceptor_climbs_as_the_rocket_equation_of_motion_says():
    # straight up at more than escape speed: dr/dt² integrated, Kepler's radial hyperbola
    found = f.flyout_time(0.0, 1e6, 11_500.0, 0.0)
    sol = solve_ivp(lambda _, s: [s[1], -f.MU / s[0] ** 2], (0, found), [f.RADIUS, 11_500.0], rtol=1e-12, atol=1e-6)
    assert sol.y[0, -1] - f.RADIUS == pytest.approx(1e6, abs=1e-2)
