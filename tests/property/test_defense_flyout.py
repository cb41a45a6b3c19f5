"""What never makes an interceptor later or a battle space smaller: speed, reach, readiness, quick looks, steering."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.load import catalog
from detente.defense.orbit import covered, share_within
from detente.defense.reach import reach
from detente.sources import Cited

few = settings(max_examples=15, deadline=None)
FLYING = [name for name, each in catalog().interceptors.items() if each.burnout_speed and each.basing != "space"]


def cited(value: float) -> Cited:
    return Cited(value=value, low=value, high=value, source="made for a test")


@pytest.mark.parametrize("name", FLYING)
@few
@given(st.floats(0.8, 0.98))
def test_a_slower_interceptor_is_nowhere_much_earlier(name: str, part: float) -> None:
    record = catalog().interceptors[name]
    slow = reach(replace(record, burnout_speed=cited(part * record.burnout_speed.value))).times
    fast = reach(record).times
    assert np.all(fast[slow < 1e5] <= slow[slow < 1e5] * 1.01 + 0.5)


@pytest.mark.parametrize("name", FLYING)
def test_every_interceptor_of_the_catalog_gets_as_far_as_is_published(name: str) -> None:
    times = reach(catalog().interceptors[name]).times
    assert times.min() > 0.0
    assert times[-1].min() < 1e5
    assert np.isfinite(times).all()


@few
@given(st.floats(100.0, 2000.0), st.floats(1.0, 3.0))
def test_more_divert_is_never_later(divert: float, more: float) -> None:
    gbi = catalog().interceptors["gbi"]
    weak, strong = (reach(replace(gbi, divert=cited(each))).times for each in (divert, divert * more))
    assert np.all(strong <= weak + 1e-9)


@few
@given(st.floats(0.0, 1.4), st.floats(0.3, 1.5), st.floats(0.0, 0.5), st.floats(0.0, 0.5))
def test_a_longer_reach_holds_more_satellites(latitude: float, inclination: float, angle: float, more: float) -> None:
    near, far = (share_within(latitude, inclination, each) for each in (angle, angle + more))
    assert 0.0 <= near <= far + 1e-12 <= 1.0 + 1e-12


@few
@given(st.floats(0.0, 400.0), st.floats(1e3, 1e4), st.floats(5.0, 100.0))
def test_distance_covered_is_smooth_where_the_burn_ends(time: float, speed: float, burn: float) -> None:
    around = covered(np.array([burn - 1e-6, burn + 1e-6, time, time + 1.0]), speed, burn)
    assert math.isclose(around[0], around[1], rel_tol=1e-4)
    assert 0.0 <= around[3] - around[2] <= speed * 1.0001
