"""The speed of targets by range against what was published about the lines of 1997."""

import pytest

from detente.catalog.load import catalog
from detente.flight.target_speed import by_missile, by_range

ONE_PERCENT = 0.01
"""Both numbers of the statements are round; 3,500 km and 5 km/s are said to mean the same target."""


def test_3500_km_means_5_km_per_second_at_reentry():
    """Gronlund, Lewis, Postol and Wright, Arms Control Today, April 1994: re-entry at 5 km/s is that of 3,500 km."""
    assert by_range(3_500e3).low == pytest.approx(5_000.0, rel=ONE_PERCENT)


def test_3000_km_is_slower():
    """Keeny, Arms Control Today, January 1994, says 3,000 km: a minimum-energy flight of it is 3 to 7 % slower."""
    assert by_range(3_000e3).low < 0.95 * 5_000.0
    assert by_range(3_000e3).high < 5_000.0


def test_real_missiles_at_the_line_are_beyond_it():
    """At 3,500 km the greatest speed of flown missiles, just above the air, is 1 to 2 % beyond 5 km/s."""
    for name in ("ss-20", "generic-irbm"):
        assert 5_000.0 < by_missile(catalog().missiles[name], 3_500e3).value < 5_150.0
