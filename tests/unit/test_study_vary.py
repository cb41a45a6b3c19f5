"""Draws of the uncertain numbers: each from its own range, each slice once, the same in every case."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import load
from detente.sources import Cited, cited
from detente.study.vary import draws, field_of, focused, replaced, stream, triangular, uncertain

COUNT = 32


@pytest.fixture(scope="module")
def scenario():
    return load("genoa-2001")


@pytest.fixture(scope="module")
def own(scenario):
    return focused(scenario, scenario.cases["us-framework"])


def numbers(scenario):
    """Return every number that a draw may change, by the path that `uncertain` gives it."""
    (case,) = scenario.cases.values()
    known = scenario.catalog
    found = dict(cited(scenario.assumptions, "assumptions")) | dict(cited(case, f"cases.{case.name}"))
    for kind in ("interceptors", "forces", "procedures"):
        found |= dict(cited(getattr(known, kind), f"catalog.{kind}"))
    return found


def test_a_focused_scenario_keeps_one_case_and_what_it_names(scenario, own):
    case = scenario.cases["us-framework"]
    assert own.cases == {"us-framework": case}
    assert set(own.catalog.forces) == {plan.base for plan in case.forces.values()}
    assert set(own.catalog.interceptors) == {item.interceptor for item in case.defenses}
    assert own.threats == scenario.threats
    assert set(scenario.cases) > {"us-framework"}


def test_what_has_a_spread_is_uncertain_and_nothing_else(own):
    known = numbers(own)
    found = uncertain(own)
    assert found == {path: number for path, number in known.items() if number.low < number.high}
    assert 0 < len(found) < len(known)


def test_every_draw_lies_in_its_range_and_certain_numbers_stay(own):
    known = numbers(own)
    for copy in draws(own, 8):
        drawn = numbers(copy)
        assert set(drawn) == set(known)
        for path, number in known.items():
            assert number.low <= drawn[path].value <= number.high, path
            if number.low == number.high:
                assert drawn[path] == number
            assert (drawn[path].low, drawn[path].high, drawn[path].source) == (number.low, number.high, number.source)


def test_drawing_leaves_the_scenario_as_it_was(own):
    before = numbers(own)
    list(draws(own, 4))
    assert numbers(own) == before


def test_draws_repeat_and_differ_from_each_other(own):
    once, again = ([numbers(copy) for copy in draws(own, 4)] for _ in range(2))
    assert once == again
    assert once[0] != once[1]


@given(st.text(min_size=1, max_size=30), st.integers(1, 200))
def test_a_stream_uses_each_slice_of_probability_once(path, count):
    drawn = stream(f"assumptions.{path}", count)
    assert sorted(np.floor(drawn * count).astype(int)) == list(range(count))


def test_a_number_has_the_same_stream_in_every_case_and_another_number_another():
    first = stream("cases.abm-treaty.forces.us.ceiling", COUNT)
    assert np.array_equal(first, stream("cases.start-2.forces.us.ceiling", COUNT))
    assert not np.array_equal(first, stream("cases.start-2.forces.russia.ceiling", COUNT))
    assert not np.array_equal(first, stream("catalog.forces.us-2001.ceiling", COUNT))


ranges = st.tuples(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.floats(0, 1e9)).map(
    lambda one: Cited(value=one[0] + one[1], low=one[0], high=one[0] + one[1] + one[2], source="x")
)


@given(ranges, st.floats(0, 1), st.floats(0, 1))
def test_a_quantile_lies_in_the_range_and_rises_with_probability(number, u, v):
    low, high = (triangular(number, one) for one in sorted((u, v)))
    slack = 1e-6 * (1 + abs(number.low) + abs(number.high))
    assert number.low - slack <= low <= high + slack
    assert high <= number.high + slack


@given(ranges)
def test_quantiles_begin_at_low_and_end_at_high(number):
    slack = 1e-6 * (1 + abs(number.low) + abs(number.high))
    if number.high > number.low:
        assert triangular(number, 0.0) == pytest.approx(number.low, abs=slack)
        assert triangular(number, 1.0) == pytest.approx(number.high, abs=slack)
    else:
        assert triangular(number, 0.3) == number.value


def test_the_mean_is_that_of_a_triangle():
    number = Cited(value=2.0, low=1.0, high=6.0, source="x")
    quantiles = [triangular(number, (index + 0.5) / 10_000) for index in range(10_000)]
    assert np.mean(quantiles) == pytest.approx((1.0 + 2.0 + 6.0) / 3, rel=1e-4)


def test_only_the_named_paths_are_replaced(own):
    path = next(path for path in uncertain(own) if path.endswith(".sspk"))
    copy = replaced(own, {path: 0.125})
    before, after = numbers(own), numbers(copy)
    assert after[path].value == 0.125
    assert {one for one in before if before[one] != after[one]} == {path}


def test_fields_of_one_kind_move_together(own):
    kinds = {field_of(path) for path in uncertain(own)}
    assert {"interceptors.sspk", "forces.accuracy", "assumptions.required_retaliation"} <= kinds
    assert len(kinds) < len(uncertain(own))


def test_a_scenario_with_two_cases_is_not_focused(scenario):
    with pytest.raises(ValueError, match="too many values"):
        uncertain(scenario)
