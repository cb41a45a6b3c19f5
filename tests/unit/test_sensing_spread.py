"""Timelines as distributions: what draws of one value give, what ranges add, and that sums come out."""

from dataclasses import replace

import numpy as np
import pytest

from detente.scenario.load import load
from detente.sensing.draws import Draws, Eyes
from detente.sensing.observe import LAUNCHES_A_DAY, observe
from detente.sensing.spread import spread, spreads
from detente.sensing.timeline import timelines
from detente.sources import Cited
from detente.study.run import flown
from detente.study.warning import warned

COUNT = 64


@pytest.fixture(scope="module")
def scenario():
    return load("warning-2001")


@pytest.fixture(scope="module")
def flights(scenario):
    return flown(scenario)


def steady(count=LAUNCHES_A_DAY):
    """Every number at its best value, launches at equal steps through the day."""
    return Draws(
        count=count,
        records=1,
        uniform=lambda name: np.arange(count) / count if name == "launch" else np.zeros(count),
        number=lambda _name, cited, values: np.full(values, cited.value),
    )


def only(field, count=COUNT):
    """Every number at its best value but those whose name ends so, which go evenly from low to high."""
    fixed = steady(count)

    def number(name, cited, values):
        moving = name.endswith(field)
        return np.linspace(cited.low, cited.high, values) if moving else np.full(values, cited.value)

    return replace(fixed, records=count, uniform=lambda _name: np.full(count, 0.25), number=number)


def lines(scenario, case, flights, draws):
    eyes = Eyes(scenario=scenario, draws=draws)
    alone = Eyes(scenario=scenario, draws=steady())
    return {(line.threat, line.mode): line for line in spreads(scenario, case, flights, eyes, alone)}


@pytest.mark.parametrize("name", ["today", "new-satellites", "shared-data"])
def test_at_best_values_the_distribution_is_that_of_the_launch_times(scenario, flights, name):
    """The same numbers by the other road: looks of one launch time each, instead of a table of all of them."""
    case = scenario.cases[name]
    found = lines(scenario, case, flights, steady())
    known = {(line.threat, line.mode): line for line in timelines(scenario, case, observe(scenario, case, flights))}
    assert set(found) == set(known)
    for key, line in found.items():
        assert line.warning.value == pytest.approx(known[key].warning_time, abs=1e-6), key
        assert line.decision.value == pytest.approx(known[key].decision_time, abs=1e-6), key
        assert line.warning == line.warning_by_hour
        assert line.satellite_share == pytest.approx(known[key].satellite_share)
        events = {event.event: event for event in known[key].events}
        for event in line.events:
            if event.event in events and event.share == events[event.event].share:
                assert event.time.value == pytest.approx(events[event.event].time, abs=1e-6), (key, event.event)


def test_steps_come_in_order_and_add_up(scenario, flights):
    for line in lines(scenario, scenario.cases["shared-data"], flights, only("nothing")).values():
        at = {event.event: event.time.value for event in line.events}
        procedure = scenario.catalog.procedures[scenario.parties[line.party].procedure]
        assert [event.time.value for event in line.events] == sorted(at.values())
        assert at["launch"] == 0.0
        first = at["impact"] - line.warning.value
        assert at["assessment done"] == pytest.approx(first + procedure.assessment.value)
        assert at["conference done"] == pytest.approx(at["assessment done"] + procedure.conference.value)
        assert at["order received"] == pytest.approx(at["last moment to decide"] + procedure.order.value)
        assert line.decision.value == pytest.approx(at["last moment to decide"] - at["conference done"])
        assert line.decided_share == float(line.decision.value >= procedure.decision.value)


def test_a_range_of_one_step_moves_what_comes_after_it_and_nothing_else(scenario, flights):
    line = lines(scenario, scenario.cases["today"], flights, only(".assessment"))["atlantic-to-moscow", "own"]
    assessment = scenario.catalog.procedures["russia-launch-on-warning"].assessment
    spans = {event.event: event.time.high - event.time.low for event in line.events}
    assert line.warning.low == line.warning.high == line.warning_by_hour.value
    for event in ("radar acquisition", "radar track", "last moment to decide"):
        assert spans[event] == 0.0
    for event in ("assessment done", "conference done"):
        assert 0.8 * (assessment.high - assessment.low) < spans[event] <= assessment.high - assessment.low
    assert line.decision.high - line.decision.low == pytest.approx(spans["conference done"])


@pytest.mark.parametrize("field", [".reach", ".reach_cross_section"])
def test_what_radars_are_not_sure_of_moves_what_they_see(scenario, flights, field):
    found = lines(scenario, scenario.cases["today"], flights, only(field))
    seen = [event for line in found.values() for event in line.events if event.event == "radar acquisition"]
    assert any(event.time.high > event.time.low for event in seen)
    assert all(np.isfinite([event.time.low, event.time.high]).all() for event in seen)


def test_satellites_on_station_are_drawn_too(scenario, flights):
    case = scenario.cases["today"]
    assert case.sensors["russia"].satellites["oko-us-ks"].high == 2
    number = replace(case.sensors["russia"].satellites["oko-us-ks"], value=9.0, low=0.0, high=9.0)
    sensors = replace(case.sensors["russia"], satellites={"oko-us-ks": number})
    wide = replace(case, sensors={**case.sensors, "russia": sensors})
    found = lines(scenario, wide, flights, only("oko-us-ks.count"))
    assert 0.0 < found["fields-to-moscow", "own"].satellite_share < 1.0
    assert found["fields-to-moscow", "own"].warning.low < found["fields-to-moscow", "own"].warning.high
    assert found["atlantic-to-moscow", "own"].satellite_share == 0.0


def test_a_party_without_sensors_or_procedure_is_told_so(scenario, flights):
    blind = replace(
        scenario,
        parties={name: replace(party, procedure=None) for name, party in scenario.parties.items()},
        cases={"blind": replace(scenario.cases["today"], sensors={})},
    )
    for line in lines(blind, blind.cases["blind"], flights, steady(8)).values():
        assert (line.warning.high, line.decision.high, line.seen_share, line.first_sensor) == (0.0, 0.0, 0.0, "")
        assert (line.decision_needed, line.decided_share) == (None, 0.0)
        assert [event.event for event in line.events] == ["launch", "impact"]


def test_points_of_a_distribution_are_values_that_occur():
    two = spread(np.array([700.0] * 11 + [1700.0] * 9))
    assert (two.value, two.low, two.high) == (700.0, 700.0, 1700.0)


def test_the_answer_is_the_same_whatever_cases_are_asked_for(scenario):
    whole = warned(scenario, ["today", "skrunda-kept"], samples=16)
    again, alone = (warned(scenario, cases, samples=16) for cases in (["today", "skrunda-kept"], ["skrunda-kept"]))
    assert whole.digest == again.digest
    for name, one in whole.cases.items():
        assert one.spreads == again.cases[name].spreads
    assert whole.cases["skrunda-kept"].spreads == alone.cases["skrunda-kept"].spreads


def test_a_cited_number_without_a_range_needs_no_draw(scenario, flights):
    sure = Cited(value=60.0, low=60.0, high=60.0, source="assumed")
    fixed = replace(scenario, assumptions=replace(scenario.assumptions, radar_track_time=sure))
    found = lines(fixed, fixed.cases["today"], flights, only("radar_track_time"))
    for line in found.values():
        assert line.warning.low == line.warning.high
