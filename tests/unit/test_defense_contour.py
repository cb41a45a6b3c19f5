"""Rings around what is above zero, and their area on a sphere."""

import math

import numpy as np
import pytest

from detente.defense.contour import area, rings

AT = np.linspace(-100.0, 100.0, 81)
AWAY = np.hypot(AT[:, None], AT[None, :])


def test_disc_is_one_ring_counterclockwise() -> None:
    (ring,) = rings(AT, AT, 50.0 - AWAY)
    assert np.allclose(ring[0], ring[-1])
    assert area(ring, 6.371e6) == pytest.approx(math.pi * 2500.0, rel=2e-3)


def test_hole_turns_the_other_way() -> None:
    outer, inner = rings(AT, AT, np.minimum(50.0 - AWAY, AWAY - 20.0))
    assert area(outer, 6.371e6) > 0 > area(inner, 6.371e6)


def test_field_above_zero_to_the_border_is_closed_along_it() -> None:
    (ring,) = rings(AT, AT, np.ones((81, 81)))
    assert area(ring, 6.371e6) == pytest.approx(200.0**2, rel=1e-3)


def test_saddle_gives_closed_rings_either_way() -> None:
    at = np.array([0.0, 1.0])
    for middle in (0.4, -0.4):
        field = np.array([[1.0, -1.0 + middle], [-1.0 + middle, 1.0]])
        assert all(np.allclose(ring[0], ring[-1]) for ring in rings(at, at, field))


def test_cap_on_a_sphere() -> None:
    at = np.linspace(-9e6, 9e6, 181)
    (ring,) = rings(at, at, 5e6 - np.hypot(at[:, None], at[None, :]))
    radius = 6.371e6
    assert area(ring, radius) == pytest.approx(2.0 * math.pi * radius**2 * (1.0 - math.cos(5e6 / radius)), rel=1e-3)


def test_nothing_above_zero_has_no_ring() -> None:
    assert rings(AT, AT, -np.ones((81, 81))) == ()
