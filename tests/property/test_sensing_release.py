"""What is not released cannot be told apart, and what is believed moves the way it must."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from detente.catalog.records import Place
from detente.earth import geodesic
from detente.scenario.scenario import Notice, Release
from detente.sensing.alarms import Rate, agreeing, chance, coincidences
from detente.sensing.belief import Regime, Witness, belief
from detente.sensing.notice import Detection, match
from detente.sensing.release import Seen, cell, learns, release, sector
from detente.sources import Cited, Interval

ANGLES = st.floats(0.0, 2.0 * math.pi, exclude_max=True)
POINTS = st.tuples(st.floats(-math.pi / 2, math.pi / 2), st.floats(-math.pi, math.pi))
SIDES = st.floats(1_000.0, 5e6)
INNER = st.floats(0.01, 0.99)
SEEN = st.builds(
    Seen,
    by=st.just("us"),
    reported=st.floats(0.0, 2_000.0),
    launch=POINTS,
    impact=POINTS,
    azimuth=ANGLES,
    impact_time=st.floats(300.0, 3_000.0),
    missile_class=st.sampled_from(["ICBM", "SLBM", "unknown"]),
    sensor=st.sampled_from(["dsp", "thule"]),
)


def number(value: float) -> Cited:
    return Cited(value=value, low=value, high=value, source="test")


def exactly(value: float) -> Interval:
    return Interval(value=value, low=value, high=value)


RULES = st.builds(
    Release,
    delay=st.floats(0.0, 300.0).map(number),
    launch_time=st.booleans(),
    launch_area=st.none() | SIDES.map(number),
    azimuth=st.none() | st.floats(0.01, 2.0 * math.pi).map(number),
    impact_time=st.booleans(),
    impact_area=st.none() | SIDES.map(number),
    missile_class=st.booleans(),
    track=st.booleans(),
)
FIELDS = {"launch_area": "launch", "azimuth": "azimuth", "impact_time": "impact_time", "impact_area": "impact"}


@given(rule=RULES, one=SEEN, other=SEEN)
def test_worlds_that_differ_only_in_what_is_not_released_look_alike(rule: Release, one: Seen, other: Seen) -> None:
    kept = {seen: getattr(one, seen) for told, seen in FIELDS.items() if getattr(rule, told) not in {None, False}}
    kept |= {"missile_class": one.missile_class} if rule.missile_class else {}
    twin = replace(other, by=one.by, reported=one.reported, **kept)
    assert release(rule, one) == release(rule, twin)


@given(rule=RULES, seen=SEEN)
def test_nothing_is_released_that_is_not_named(rule: Release, seen: Seen) -> None:
    found = release(rule, seen)
    named = [each.name for each in fields(rule) if each.name != "delay"]
    expected = {name for name in named if getattr(rule, name) not in {None, False}}
    assert (found is None) == (not expected)
    if found is not None:
        assert set(learns(found)) == expected
        assert found.arrives == seen.reported + rule.delay.value
        assert "sensor" not in {each.name for each in fields(found)}


@given(point=POINTS, side=SIDES)
def test_a_point_lies_in_its_cell_and_every_point_of_the_cell_gives_it(point: tuple[float, float], side: float) -> None:
    found = cell(*point, side)
    assert found.height <= side * (1 + 1e-9)
    assert found.width <= side * (1 + 1e-9)
    apart, _ = geodesic(found.latitude, found.longitude, *point)
    assert float(apart) <= 0.51 * math.hypot(found.height, 1.6 * found.width) + 0.01 * side
    assert cell(found.latitude, found.longitude, side) == found


@given(azimuth=ANGLES, width=st.floats(0.001, 2.0 * math.pi))
def test_a_direction_lies_in_its_sector(azimuth: float, width: float) -> None:
    low, high = sector(azimuth, width)
    assert low - 1e-9 <= azimuth <= high + 1e-9
    assert high - low <= width * (1 + 1e-6)


@given(prior=INNER, mine=INNER, false=INNER, theirs=INNER, wrong=INNER, heard=st.booleans(), trust=INNER)
def test_trust_of_nothing_is_as_if_nothing_was_said_and_more_trust_moves_one_way(
    prior: float, mine: float, false: float, theirs: float, wrong: float, heard: bool, trust: float
) -> None:
    own = [Witness(reports=True, detection=exactly(mine), false_alarm=exactly(false))]
    peer = [Witness(reports=heard, detection=exactly(theirs), false_alarm=exactly(wrong))]
    alone = belief(exactly(prior), own).value
    none, some, full = (belief(exactly(prior), own, peer, exactly(each)).value for each in (0.0, trust, 1.0))
    assert none == pytest.approx(alone, abs=1e-12)
    assert min(none, full) - 1e-12 <= some <= max(none, full) + 1e-12
    lowers = heard == (theirs < wrong)
    assert full <= alone + 1e-12 if lowers else full >= alone - 1e-12


@given(prior=INNER, more=INNER, detection=INNER, false=INNER, kept=INNER, misused=INNER)
def test_belief_rises_with_the_prior_and_a_notice_that_explains_never_raises_it(
    prior: float, more: float, detection: float, false: float, kept: float, misused: float
) -> None:
    own = [Witness(reports=True, detection=exactly(detection), false_alarm=exactly(false))]
    low, high = sorted((prior, more))
    assert belief(exactly(low), own).value <= belief(exactly(high), own).value + 1e-12
    regimes = [Regime(explained=each, kept=exactly(kept), misused=exactly(misused)) for each in (True, False)]
    explained, unexplained = (belief(exactly(prior), own, regime=each).value for each in regimes)
    plain = belief(exactly(prior), own).value
    assert explained <= plain + 1e-12
    assert plain <= unexplained + 1e-12


@given(
    prior=st.tuples(INNER, INNER, INNER).map(sorted),
    detection=st.tuples(INNER, INNER, INNER).map(sorted),
    at=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_ranges_hold_every_point_inside_them(
    prior: list[float], detection: list[float], at: tuple[float, float]
) -> None:
    def spread(ends: list[float]) -> Interval:
        return Interval(value=ends[1], low=ends[0], high=ends[2])

    found = belief(spread(prior), [Witness(reports=True, detection=spread(detection), false_alarm=exactly(0.1))])
    p, d = (ends[0] + share * (ends[2] - ends[0]) for ends, share in zip((prior, detection), at, strict=True))
    inside = belief(exactly(p), [Witness(reports=True, detection=exactly(d), false_alarm=exactly(0.1))]).value
    assert found.low - 1e-12 <= inside <= found.high + 1e-12


def test_inputs_that_cannot_be_are_told() -> None:
    witness = Witness(reports=True, detection=exactly(0.0), false_alarm=exactly(0.0))
    with pytest.raises(ValueError, match="impossible with and without an attack"):
        belief(exactly(0.5), [witness])
    with pytest.raises(ValueError, match="needs a trust"):
        belief(exactly(0.5), [], [witness])
    with pytest.raises(ValueError, match="within 0 to 1"):
        belief(exactly(1.5), [])


RATES = st.floats(1e-10, 1e-3)


@given(first=RATES, second=RATES, window=st.floats(0.0, 1e5), longer=st.floats(0.0, 1e5), beta=st.floats(0.0, 1.0))
def test_two_kinds_never_agree_falsely_more_often_than_one_reports(
    first: float, second: float, window: float, longer: float, beta: float
) -> None:
    assert 0.0 <= coincidences(first, second, window) <= min(first, second)
    assert coincidences(first, second, window) == coincidences(second, first, window)
    assert coincidences(first, second, window) <= coincidences(first, second, window + longer)
    assert agreeing(first, second, window, beta) <= min(first, second) * (1 + 1e-9)


@given(shape=st.floats(0.3, 1e4), exposure=st.floats(1e4, 1e10), days=st.floats(0.0, 400.0), more=st.floats(0.0, 100.0))
def test_a_longer_crisis_never_lowers_the_chance(shape: float, exposure: float, days: float, more: float) -> None:
    often = Rate(shape=shape, exposure=exposure)
    short, long = chance(often, days * 86_400.0), chance(often, (days + more) * 86_400.0)
    assert 0.0 <= short.low <= short.value <= short.high <= 1.0
    assert short.value <= long.value + 1e-12


PLACE = Place(name="site", title="Site", latitude=number(1.2), longitude=number(0.3))
OPENS = datetime(1995, 1, 15, tzinfo=UTC)
NOTICE = Notice(
    name="flight", title="", by="norway", opens=OPENS, closes=OPENS + timedelta(days=20), launch="site",
    launch_radius=number(10e3), azimuth=number(0.0), azimuth_tolerance=number(0.2), source="test",
)  # fmt: skip


@given(azimuth=ANGLES, hours=st.integers(-100, 700), error=st.floats(0.0, 0.5), off=st.floats(0.0, 0.05))
def test_a_notice_explains_only_what_agrees_with_all_that_it_tells(
    azimuth: float, hours: int, error: float, off: float
) -> None:
    seen = Detection(
        at=OPENS + timedelta(hours=hours),
        launch=(1.2 + off, 0.3),
        launch_error=5e3,
        azimuth=azimuth,
        azimuth_error=error,
    )
    found = match(NOTICE, {"site": PLACE}, seen)
    assert not set(found.agrees) & set(found.differs)
    apart = abs(math.remainder(azimuth, 2 * math.pi))
    assume(abs(apart - 0.2 - error) > 1e-9 and abs(off * 6.37e6 - 15e3) > 300.0)
    expected = 0.0 <= hours <= 480.0 and apart < 0.2 + error and off * 6.37e6 < 15e3
    assert found.explained == expected
    wider = match(NOTICE, {"site": PLACE}, replace(seen, azimuth_error=error + 0.1, launch_error=1e5))
    assert set(found.agrees) <= set(wider.agrees)


def test_a_notice_explains_nothing_while_place_or_moment_is_unknown() -> None:
    found = match(NOTICE, {"site": PLACE}, Detection(at=OPENS, azimuth=0.1))
    assert found.unknown == ("launch area",)
    assert not found.explained
