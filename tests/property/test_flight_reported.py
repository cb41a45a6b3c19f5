"""Whatever ballistic shot is reported, it is answered, and the answers stand in order."""

import math

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from detente.flight.fly import Point
from detente.flight.infer import infer, verdict
from detente.flight.reported import HIGHEST, least_apogee

ANYWHERE = st.tuples(st.floats(-0.5 * math.pi, 0.5 * math.pi), st.floats(-math.pi, math.pi), st.floats(0.0, 6.28))


@settings(max_examples=40, deadline=None)
@given(st.floats(4.5, 7.2).map(lambda power: 10.0**power), st.floats(0.1, 3.0), st.one_of(st.none(), ANYWHERE))
def test_bounds_stand_around_the_values_of_any_shot(ground_range, steepness, place):
    least = least_apogee(ground_range)
    apogee = least * 1.05 * (max(ground_range, 3.0 * least) / least) ** (steepness / 3.0)
    assume(apogee < HIGHEST)
    where = {} if place is None else {"launch": Point(place[0], place[1]), "azimuth": place[2]}
    found = infer(apogee, ground_range, **where)
    assert found.least_time <= found.flight_time_low <= found.flight_time <= found.flight_time_high
    assert found.flight_time_high <= found.longest_time
    assert found.boost_time_low <= found.boost_time <= found.boost_time_high
    assert found.max_range_low <= found.max_range <= found.max_range_high
    assert found.max_range >= 0.98 * ground_range
    assert 0.0 < found.reentry_angle <= 0.5 * math.pi
    assert verdict(found, found.flight_time).possible
    assert not verdict(found, 0.9 * found.least_time).possible
    assert not verdict(found, 1.1 * found.longest_time).possible
