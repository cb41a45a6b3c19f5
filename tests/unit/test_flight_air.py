"""Air and drag tables: smooth, positive and falling where they should."""

import numpy as np
import pytest

from detente.flight import physics, tables


def test_air_is_smooth_across_every_cell():
    air = tables.us1976()
    for height in [*np.arange(-1_900.0, 86_000.0, 700.0), 86_000.0, *np.arange(88_000.0, 999_000.0, 6_000.0)]:
        below, at, above = (physics.atmosphere(air, height + d)[0] for d in (-1e-3, 0.0, 1e-3))
        left, right = (at - below) / 1e-3, (above - at) / 1e-3
        assert left == pytest.approx(right, rel=1e-3, abs=1e-9 * at)
        assert right < 0.0


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
