"""Rates of false alarms and what follows from them, on numbers that are easy to check by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import pytest
from scipy import integrate, stats

from detente.catalog.alarms import Alarm, AlarmRate
from detente.catalog.load import catalog
from detente.sensing.alarms import (
    YEAR,
    Rate,
    agreeing,
    chance,
    coincidences,
    common_cause,
    dispersion,
    launches,
    noise,
    rate,
    second_kind_cost,
)
from detente.sensing.timeline import Timeline, TimelineEvent
from detente.sources import Cited

DAY = 86_400.0


def number(value: float, low: float | None = None, high: float | None = None) -> Cited:
    return Cited(value=value, low=value if low is None else low, high=value if high is None else high, source="test")


def counted(*counts: float, years: float) -> AlarmRate:
    return AlarmRate(
        name="test",
        title="Test",
        party="us",
        level="evaluated",
        counts=tuple(number(each) for each in counts),
        years=number(years),
        launches=number(55.0, 50.0, 60.0),
        launches_counted=number(0.5, 0.0, 1.0),
    )


def incident(name: str, origin: str, real: bool = False) -> Alarm:
    return Alarm(
        name=name, title=name, party="us", on=date(1980, 6, 3), place="", reported="", cause="", origin=origin,  # type: ignore[arg-type]
        real=real, reached="acted-on", resolved="", source="test",
    )  # fmt: skip


def test_one_count_gives_the_jeffreys_posterior() -> None:
    often = rate(counted(4.0, years=1.5))
    assert (often.shape, often.exposure) == pytest.approx((4.5, 1.5 * YEAR))
    ends = often.interval()
    assert ends.low == pytest.approx(stats.gamma.ppf(0.05, 4.5, scale=1.0 / (1.5 * YEAR)))
    assert ends.low < ends.value < ends.high


def test_yearly_counts_that_scatter_give_a_rate_that_does() -> None:
    record = catalog().alarm_rates["norad-evaluated"]
    counts = [each.value for each in record.counts]
    mean, variance = sum(counts) / 8.0, sum((each - 144.0) ** 2 for each in counts) / 7.0
    often = rate(record)
    assert often.mean * YEAR == pytest.approx(mean) == pytest.approx(144.0)
    assert often.mean**2 / often.shape * YEAR**2 == pytest.approx(variance - mean)
    assert dispersion(record) == pytest.approx(variance / mean)
    assert dispersion(record) > 30.0
    assert dispersion(counted(3.0, years=1.0)) == 0.0


def test_the_chance_in_a_crisis_averages_over_the_rate() -> None:
    often, crisis = Rate(shape=4.5, exposure=1.5 * YEAR), 13.0 * DAY
    found = chance(often, crisis)
    density = stats.gamma(often.shape, scale=YEAR / often.exposure).pdf
    mixed, _ = integrate.quad(lambda yearly: density(yearly) * -math.expm1(-yearly * crisis / YEAR), 0.0, 40.0)
    assert found.value == pytest.approx(mixed, rel=1e-6)
    assert found.low < found.value < found.high
    assert chance(often, 0.0).value == 0.0
    with pytest.raises(ValueError, match="allowed: 0 or more"):
        chance(often, -1.0)


def test_real_launches_are_told_from_noise_as_ranges() -> None:
    record = counted(144.0, years=1.0)
    real, rest = launches(record), noise(record)
    assert [end * YEAR for end in (real.low, real.value, real.high)] == pytest.approx([0.0, 27.5, 60.0])
    assert [end * YEAR for end in (rest.low, rest.value, rest.high)] == pytest.approx([84.0, 116.5, 144.0])
    assert noise(counted(20.0, years=1.0)).low == 0.0


def test_three_levels_are_kept_apart() -> None:
    known = catalog().alarm_rates
    yearly = {name: rate(known[name]).mean * YEAR for name in ("norad-routine", "norad-evaluated", "us-acted-on")}
    assert yearly["norad-routine"] == pytest.approx(2598.0)
    assert yearly["norad-evaluated"] == pytest.approx(144.0)
    assert 2.0 < yearly["us-acted-on"] < 3.2
    assert len({known[name].level for name in yearly}) == 3


def test_accidental_agreement_is_twice_the_product_for_rare_reports() -> None:
    assert coincidences(7.0 / YEAR, 3.0 / YEAR, 600.0) == pytest.approx(2.0 * 21.0 / YEAR**2 * 600.0, rel=1e-3)
    assert coincidences(5.0 / YEAR, 5.0 / YEAR, 0.0) == 0.0
    assert coincidences(5.0 / YEAR, 900.0 / YEAR, YEAR) == pytest.approx(5.0 / YEAR)


def test_a_common_cause_undoes_what_a_second_kind_of_sensor_gives() -> None:
    apart, shared = (agreeing(2.0 / YEAR, 2.0 / YEAR, 600.0, beta) for beta in (0.0, 0.5))
    assert apart == coincidences(2.0 / YEAR, 2.0 / YEAR, 600.0)
    assert shared > 1_000.0 * apart
    assert agreeing(2.0 / YEAR, 3.0 / YEAR, 600.0, 1.0) == pytest.approx(2.0 / YEAR)
    with pytest.raises(ValueError, match="0 to 1"):
        agreeing(1.0, 1.0, 1.0, 1.5)


def test_the_share_of_common_causes_counts_false_reports_by_origin() -> None:
    alarms = [incident("a", "center"), incident("b", "link"), incident("c", "radar"), incident("d", "radar", real=True)]
    found = common_cause(alarms)
    assert found.value == pytest.approx(2.5 / 4.0)
    assert found.low == pytest.approx(stats.beta.ppf(0.05, 2.5, 1.5))


def test_the_incidents_of_the_catalog() -> None:
    alarms = catalog().alarms
    assert {name for name, each in alarms.items() if each.origin == "center"} == {
        "tape-1979", "chip-1980-05-28", "chip-1980-06-03", "chip-1980-06-06",
    }  # fmt: skip
    assert alarms["andoya-1995"].real
    assert not alarms["serpukhov-1983"].real
    assert 0.4 < common_cause(alarms.values()).value < 0.9


def test_waiting_for_the_second_kind_costs_warning() -> None:
    def event(name: str, time: float) -> TimelineEvent:
        return TimelineEvent(event=name, time=time, low=time, high=time, share=1.0)

    events = (event("satellite report", 120.0), event("second kind of sensor", 480.0), event("impact", 1500.0))
    line = Timeline(
        party="russia", threat="t", aim="a", mode="own", events=events, shortfall=0.0, seen_share=1.0,
        warning_time=1380.0, warning_time_low=1380.0, warning_time_high=1380.0,
        decision_time=0.0, decision_time_low=0.0, decision_time_high=0.0, satellite_share=1.0,
    )  # fmt: skip
    assert second_kind_cost(line) == pytest.approx(360.0)
    assert second_kind_cost(replace(line, events=(events[0], events[2]))) is None
