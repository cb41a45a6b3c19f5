"""More sensors, more looks, less noise and less delay never make an ellipse larger; where on Earth does not matter."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.load import catalog
from detente.earth import ecef_from_eci, ecef_from_geodetic, sphere
from detente.flight.fly import fly
from detente.flight.shape import MinimumEnergy
from detente.sensing.looks import looks
from detente.sensing.track import accuracy


@pytest.fixture(scope="module")
def flown():
    known = catalog()
    return fly(known.missiles["minuteman-iii"], known.places["malmstrom"], known.places["moscow"], MinimumEnergy())


@st.composite
def sensors(draw):
    """A radar or an infrared satellite anywhere, with any errors; what hides the target from it does not matter."""
    infrared = draw(st.booleans())
    height = 35.786e6 if infrared else 0.0
    place = ecef_from_geodetic(draw(st.floats(-1.5, 1.5)), draw(st.floats(-3.1, 3.1)), height)
    first, count = draw(st.floats(0.0, 1200.0)), draw(st.integers(1, 40))
    angle = draw(st.floats(1e-5, 1e-2))
    spread = [np.inf if infrared else draw(st.floats(1.0, 1000.0)), angle, draw(st.floats(1e-5, 1e-2))]
    bias = (draw(st.sampled_from([0.0, 30.0])), draw(st.sampled_from([0.0, 1e-3])), 0.0)
    return looks("any", first + 10.0 * np.arange(count), place, spread, bias=bias)


def not_larger(better, worse):
    """Check the Loewner order of covariances at every time, to rounding."""
    for name in ("impact_covariance", "launch_covariance"):
        before, after = getattr(worse, name), getattr(better, name)
        least = np.linalg.eigvalsh(before - after).min(axis=-1)
        assert (least >= -1e-6 * np.linalg.eigvalsh(before).max(axis=-1) - 1e-3).all(), name
    known = np.isfinite(worse.impact_time)
    assert (better.impact_time[known] <= worse.impact_time[known] * (1 + 1e-6)).all()


@settings(max_examples=25)
@given(one=sensors(), other=sensors())
def test_another_sensor_never_makes_an_ellipse_larger(flown, one, other):
    not_larger(accuracy(flown, [one, other]), accuracy(flown, [one]))


@settings(max_examples=25)
@given(one=sensors(), left=st.integers(1, 40))
def test_more_looks_never_make_an_ellipse_larger(flown, one, left):
    fewer = replace(one, time=one.time[:left], place_ecef=one.place_ecef[:left], spread=one.spread[:left])
    not_larger(accuracy(flown, [one]), accuracy(flown, [fewer]))


@settings(max_examples=25)
@given(one=sensors(), other=sensors(), factor=st.floats(1.0, 100.0))
def test_more_noise_or_bias_never_makes_an_ellipse_smaller(flown, one, other, factor):
    exact = accuracy(flown, [one, other])
    not_larger(exact, accuracy(flown, [replace(one, spread=one.spread * factor), other]))
    across, up = one.bias[1] * factor, one.bias[2] * factor + 1e-4 * (factor - 1.0)
    not_larger(exact, accuracy(flown, [replace(one, bias=(one.bias[0] * factor, across, up)), other]))


@settings(max_examples=25)
@given(one=sensors(), delay=st.floats(0.0, 600.0))
def test_delay_never_makes_an_ellipse_smaller(flown, one, delay):
    not_larger(accuracy(flown, [one]), accuracy(flown, [replace(one, delay=delay)]))


@settings(max_examples=25)
@given(one=sensors())
def test_time_never_makes_an_ellipse_larger(flown, one):
    track = accuracy(flown, [one])
    for covariance in (track.impact_covariance, track.launch_covariance):
        least = np.linalg.eigvalsh(covariance[:-1] - covariance[1:]).min(axis=-1)
        assert (least >= -1e-6 * np.linalg.eigvalsh(covariance[:-1]).max(axis=-1) - 1e-3).all()


@settings(max_examples=25)
@given(one=sensors(), angle=st.floats(-math.pi, math.pi))
def test_on_a_turning_sphere_longitude_does_not_matter(flown, one, angle):
    earth = sphere(rotation_rate=7.292115e-5)
    turned = replace(
        flown,
        position_ecef=ecef_from_eci(flown.position_ecef, -angle),
        velocity_ecef=ecef_from_eci(flown.velocity_ecef, -angle),
        longitude=flown.longitude + angle,
    )
    here = accuracy(flown, [one], earth=earth)
    there = accuracy(turned, [replace(one, place_ecef=ecef_from_eci(one.place_ecef, -angle))], earth=earth)
    for name in ("impact_covariance", "launch_covariance"):
        scale = np.abs(getattr(here, name)).max(axis=(1, 2), keepdims=True)
        assert getattr(there, name) / scale == pytest.approx(getattr(here, name) / scale, abs=1e-5)
