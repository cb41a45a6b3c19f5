"""Air and drag tables: smooth, positive and falling where they should."""

import numpy as np
import pytest

from detente.flight import physics, tables


def test_air_is_smooth_across_every_joint_of_cells():
    # density, pressure and speed of sound have the same slope on both sides, 86 km included
    air, d = tables.us1976(), 1e-3
    joints = [*np.arange(-1_900.0, 86_001.0, 100.0), *np.arange(88_000.0, 999_000.0, 2_000.0)]
    for height in joints:
        below, at, above = (np.array(physics.atmosphere(air, height + side)) for side in (-d, 0.0, d))
        left, right = (at - below) / d, (above - at) / d
        assert (np.abs(left - right) <= 1e-4 * np.abs(left) + 1e-6 * at / 7e3).all(), height
        assert right[0] < 0.0
        assert right[1] < 0.0


def test_the_jump_where_the_air_ends_is_below_what_a_step_can_see():
    # the table of the standard ends at 1,000 km with 4e-15 kg/m³
    inside, outside = (physics.atmosphere(tables.us1976(), 1e6 + side) for side in (-1e-6, 0.0))
    assert outside[0] == 0.0
    drag = 0.5 * inside[0] * 8_000.0**2 / 200.0
    assert drag * 10.0 < 1e-7  # of a body of 200 kg/m², over the longest step, against the error of its velocity


def test_air_is_within_0_05_percent_of_the_formulas_everywhere_below_80_km():
    # the published altitudes are nodes of the grid; the rounding of the kinks lies between
    air = tables.us1976()
    heights = np.arange(-2_000.0, 80_000.0, 7.0)
    temperature, pressure = tables._lower(heights)
    exact = pressure * 28.9644 / (8314.32 * temperature)
    density = np.array([physics.atmosphere(air, height)[0] for height in heights])
    assert np.abs(density / exact - 1.0).max() < 5e-4


def test_air_ends():
    assert physics.atmosphere(tables.us1976(), 1.0e6) == (0.0, 0.0, pytest.approx(274.096, abs=1e-2))
    assert physics.atmosphere(tables.us1976(), -50_000.0)[0] == pytest.approx(1.478, rel=1e-2)


def test_exponential_air_is_exact():
    air = tables.exponential(1.225, 7200.0)
    for height in (-500.0, 0.0, 33_333.0, 86_001.0, 431_234.0):
        assert physics.atmosphere(air, height)[0] == pytest.approx(1.225 * np.exp(-height / 7200.0), rel=1e-12)


@pytest.mark.parametrize("name", ["v2", "solid", "liquid"])
def test_drag_keeps_its_published_nodes(name):
    for row in tables.rows("drag.csv"):
        if row["table"] == name:
            found = physics.drag_coefficient(tables.drag(name), float(row["mach"]))
            assert found == pytest.approx(float(row["drag_coefficient"]), abs=2e-3)
    assert physics.drag_coefficient(tables.drag(name), 25.0) == tables.drag(name)[-1, 0]


def test_drag_never_leaves_the_range_of_its_nodes():
    values = [physics.drag_coefficient(tables.drag("v2"), mach) for mach in np.linspace(0, 8, 4001)]
    assert min(values) >= 0.15 - 1e-9
    assert max(values) <= 0.42 + 1e-9
