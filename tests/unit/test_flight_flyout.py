"""Fly-out of interceptors: boosters that have the published speed, and times against an integration of its own."""

import math

import numpy as np
import pytest
from scipy.optimize import brentq

from detente.flight import flyout as f

ONE = f.Airframe(stages=1, mass=900.0, diameter=0.34, keeps_case=False)
THREE = f.Airframe(stages=3, mass=21_500.0, diameter=1.27, keeps_case=False)


@pytest.mark.parametrize(("speed", "burn_time"), [(1800.0, 12.0), (2600.0, 20.0), (3000.0, 30.0)])
def test_booster_burns_out_at_the_published_speed(climb, speed, burn_time):
    made = f.booster(ONE, speed, burn_time)

    def at_burnout(kick):
        return climb(made, kick, burn_time + 1.0)[123]

    kick = brentq(lambda kick: at_burnout(kick)[4] - f.STEEPNESS, 0.05, 1.9, xtol=1e-4)
    assert at_burnout(kick)[3] == pytest.approx(speed, rel=3e-3)


def test_times_are_those_of_an_integration_of_its_own(climb):
    made = f.booster(ONE, 2600.0, 20.0)
    ranges, altitudes = np.linspace(0.0, 300e3, 301), np.linspace(20e3, 200e3, 181)
    table = f.times(made, ranges, altitudes)
    for kick in (0.0, 0.3, 0.6, 0.9):
        path = climb(made, kick, 120.0)
        rising = (path[:, 4] > 0.1) & (path[:, 2] > 21e3) & (path[:, 2] < 199e3) & (path[:, 0] > 20.0)
        for t, ground, height, *_ in path[rising]:
            i, j = ground / 1e3, (height - 20e3) / 1e3
            nodes = table[int(i) : int(i) + 2, int(j) : int(j) + 2]
            u, v = i % 1, j % 1
            assert np.array([1 - u, u]) @ nodes @ np.array([1 - v, v]) == pytest.approx(t, abs=0.1)


@pytest.mark.parametrize(("airframe", "gain"), [(ONE, 2600.0), (THREE, 7500.0)])
def test_masses_give_more_than_the_speed_by_what_gravity_and_air_take(airframe, gain):
    made = f.booster(airframe, gain, 20.0 * airframe.stages)
    mass, ideal = airframe.mass, 0.0
    for propellant, inert, burn, thrust, *_ in made.stages:
        ideal += thrust / (propellant / burn) * math.log(mass / (mass - propellant))
        mass -= propellant + inert
    assert mass == pytest.approx(made.body[0])
    assert gain < ideal < gain + 9.81 * made.burn_time + 700.0


def test_a_missile_that_keeps_its_case_carries_more_on():
    kept = f.Airframe(stages=1, mass=900.0, diameter=0.34, keeps_case=True)
    one, other = (f.booster(each, 1700.0, 10.0) for each in (ONE, kept))
    assert other.body[0] > one.body[0]
    assert other.body[1] < one.body[1]


def test_time_grows_with_distance_and_falls_with_speed():
    ranges, altitudes = np.linspace(0.0, 1.5e6, 41), np.linspace(150e3, 600e3, 10)
    slow, fast = (f.times(f.booster(THREE, speed, 150.0), ranges, altitudes) for speed in (6500.0, 8000.0))
    assert np.all(np.diff(slow[1:], axis=0) > 0.0)
    assert np.all(fast[1:] < slow[1:])


def test_what_is_too_far_is_never_reached():
    table = f.times(f.booster(ONE, 2000.0, 15.0), np.linspace(0.0, 3e6, 61), np.array([50e3, 2e6]))
    assert np.all(table[:, 1] == f.NEVER)
    assert np.all(table[20:, 0] == f.NEVER)
    assert table[0, 0] < 60.0


@pytest.mark.parametrize(("speed", "burn_time", "said"), [(9000.0, 60.0, "without load"), (500.0, 600.0, "weight")])
def test_what_no_booster_does_is_told(speed, burn_time, said):
    with pytest.raises(f.NoBoosterError, match=said):
        f.booster(ONE, speed, burn_time)
