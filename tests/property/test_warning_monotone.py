"""Over all draws too, another sensor or shared data never leave a party less time, and a longer delay never more."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.scenario.load import load
from detente.sources import Cited
from detente.study.warning import warned
from detente.study.what_if import WhatIf, changed

RUSSIAN = ("skrunda-dnepr", "mishelevka-daryal-u", "hantsavichy-volga", "krasnoyarsk-daryal-u", "armavir-voronezh")
SAMPLES = 12


@pytest.fixture(scope="module")
def scenario():
    base = load("warning-2001")
    return replace(base, threats={name: base.threats[name] for name in ("fields-to-moscow", "atlantic-to-moscow")})


def times(scenario, name="today"):
    one = warned(scenario, [name], samples=SAMPLES).cases[name]
    return {(line.threat, line.mode): line for line in one.spreads}, {
        (each.party, each.region, each.mode): each.hours_per_day for each in one.coverage
    }


def not_worse(before, after):
    for part in ("value", "low", "high"):
        assert getattr(after.warning, part) >= getattr(before.warning, part) - 1e-9
        assert getattr(after.decision, part) >= getattr(before.decision, part) - 1e-9
    assert after.seen_share >= before.seen_share
    assert after.decided_share >= before.decided_share


@settings(max_examples=6, deadline=None)
@given(extra=st.sampled_from(RUSSIAN), count=st.integers(0, 8))
def test_another_radar_or_satellite_never_leaves_less_time(scenario, extra, count):
    fewer = changed(scenario, WhatIf(satellites=(str(count),)), ["today"])
    more = changed(scenario, WhatIf(satellites=(str(count + 1),), added=(extra,)), ["today"])
    (before, hours), (after, later) = times(fewer), times(more)
    for key, line in before.items():
        not_worse(line, after[key])
    assert all(later[key] >= value for key, value in hours.items())


@settings(max_examples=6, deadline=None)
@given(lost=st.sampled_from(("don-2n", "olenegorsk-dnepr", "pechora-daryal", "gabala-daryal")))
def test_a_radar_lost_never_leaves_more_time(scenario, lost):
    before, _ = times(scenario)
    after, _ = times(changed(scenario, WhatIf(without=(lost,)), ["today"]))
    for key, line in after.items():
        not_worse(line, before[key])


@settings(max_examples=6, deadline=None)
@given(delay=st.floats(0.0, 600.0), more=st.floats(0.0, 600.0), spread=st.floats(0.0, 100.0))
def test_shared_data_never_leave_less_time_and_a_longer_delay_never_more(scenario, delay, more, spread):
    case = scenario.cases["shared-data"]

    def delayed(value):
        number = Cited(value=value, low=value, high=value + spread, source="assumed")
        releases = {party: replace(each, delay=number) for party, each in case.sharing.releases.items()}
        made = replace(case, sharing=replace(case.sharing, releases=releases))
        return times(replace(scenario, cases={"shared-data": made}), "shared-data")

    (quick, hours), (slow, _) = delayed(delay), delayed(delay + more)
    for (threat, mode), line in quick.items():
        if mode == "own":
            not_worse(line, quick[threat, "shared"])
        not_worse(slow[threat, mode], line)
    for (party, region, mode), value in hours.items():
        assert hours[party, region, "shared"] >= value or mode == "shared"
