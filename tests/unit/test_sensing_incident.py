"""Launches as they are assessed: what is seen, told and believed, case by case, on the rocket of 1995."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from detente.briefing.charts_incident import looks_alike
from detente.briefing.incident_results import false_alarm_rows, incident_row
from detente.catalog.load import catalog
from detente.scenario.load import load
from detente.sensing.alarms import YEAR
from detente.sensing.false_alarms import DAY, false_alarms
from detente.sensing.incident import ground, incidents, pointed
from detente.sensing.observe import observe
from detente.sensing.release import Cell, Released
from detente.study.run import flown


@pytest.fixture(scope="module")
def scenario():
    return load("andoya-1995")


@pytest.fixture(scope="module")
def flights(scenario):
    return flown(scenario)


@pytest.fixture(scope="module")
def found(scenario, flights):
    return {
        name: {each.threat: each for each in assessed(scenario, case, flights)} for name, case in scenario.cases.items()
    }


def assessed(scenario, case, flights):
    return incidents(scenario, case, observe(scenario, case, flights), flights)


def last(incident):
    return incident.steps[-1].belief


def test_the_rocket_is_seen_cleared_and_explained(found):
    rocket = found["as-it-was"]["rocket"]
    assert rocket.radar == "olenegorsk-dnepr"
    assert rocket.first < rocket.seen.time[0] < rocket.last
    assert rocket.first < rocket.excluded < rocket.settled < math.inf
    assert rocket.notices == ()
    assert rocket.explained == math.inf
    assert found["notice-passed-on"]["rocket"].notices[0].explained
    assert found["notice-and-data"]["rocket"].explained < found["notice-passed-on"]["rocket"].explained < math.inf


def test_a_missile_is_never_cleared_and_no_notice_explains_it(found):
    for name, each in found.items():
        for threat in ("submarine-to-moscow", "submarine-steep"):
            assert each[threat].excluded == each[threat].settled == math.inf, name
            assert not any(match.explained for match in each[threat].notices), name


def test_notice_and_data_move_belief_down_for_the_rocket_and_up_for_the_missile(found):
    def after(case, threat, what):
        return next(step.belief for step in found[case][threat].steps if step.what == what)

    report = "own radar reports it"
    alone = after("as-it-was", "rocket", report).value
    assert after("notice-passed-on", "rocket", "a notice explains it").value < alone / 50.0
    assert after("satellite-data", "rocket", report).value < alone
    steep = after("as-it-was", "submarine-steep", report).value
    assert after("satellite-data", "submarine-steep", report).value > 100.0 * steep
    assert last(found["notice-passed-on"]["submarine-steep"]).value > steep


def test_belief_begins_with_the_prior_and_steps_are_in_order(scenario, found):
    for each in (one for case in found.values() for one in case.values()):
        times = [step.time for step in each.steps]
        assert times == sorted(times)
        assert each.steps[0].belief.value == pytest.approx(scenario.judgment.prior.value)
        assert all(0.0 <= step.belief.low <= step.belief.value <= step.belief.high <= 1.0 for step in each.steps)


def test_without_a_judgment_nothing_is_believed_and_without_notices_nothing_is_told(scenario, flights):
    case = scenario.cases["notice-and-data"]
    (rocket, *_) = assessed(replace(scenario, judgment=None), case, flights)
    assert rocket.steps
    assert all(step.belief is None for step in rocket.steps)
    assert incident_row(rocket)["steps"][0]["belief"] is None
    assert assessed(replace(scenario, notices={}, judgment=None), replace(case, notices=()), flights) == ()


def test_ground_is_the_capital_own_aims_and_named_regions(scenario):
    points, regions = ground(scenario, "russia"), scenario.catalog.regions["northwestern-russia"].points
    assert len(points) == 2 + len(regions)
    assert len(ground(replace(scenario, judgment=None), "russia")) == 2


def released(**fields):
    none = dict.fromkeys(("launch_time", "launch_area", "azimuth", "impact_time", "impact_area", "missile_class"))
    return Released(**(none | {"by": "us", "arrives": 60.0, "track": False} | fields))


def test_what_is_released_points_at_ground_or_not_or_tells_of_no_direction():
    here = Cell(latitude=1.2, longitude=0.3, height=1e5, width=1e5)
    east = [(1.2, 0.6)]
    assert pointed(released(launch_area=here, azimuth=(1.3, 1.6)), east)
    assert not pointed(released(launch_area=here, azimuth=(3.0, 3.3)), east)
    assert pointed(released(impact_area=replace(here, longitude=0.601)), east)
    assert pointed(released(impact_area=here), east) is False
    assert pointed(released(launch_area=here), east) is None
    assert pointed(released(azimuth=(0.0, 0.5)), east) is None


def test_the_picture_names_flights_and_nothing_is_drawn_of_what_no_radar_sees(scenario, found):
    chart = looks_alike(scenario, list(found["as-it-was"].values()))
    assert "14 s after first contact" in chart.title
    assert "Spitsbergen" in chart.svg
    assert looks_alike(scenario, [replace(found["as-it-was"]["rocket"], view=None)]) is None


def test_false_alarms_in_one_view():
    known = catalog()
    short, long = (false_alarms(known.alarm_rates, known.alarms, days * DAY) for days in (1.0, 30.0))
    assert next(each.level for each in long.counts) == "routine"
    assert {each.level for each in long.counts} == {"routine", "evaluated", "acted-on"}
    for one, other in zip(short.counts, long.counts, strict=True):
        assert one.crisis.value <= other.crisis.value
        assert one.noise.low <= one.noise.value <= one.noise.high
    (pair,) = long.agreeing
    assert (pair.radar, pair.infrared) == ("bmews", "oko")
    assert 1e5 < 1.0 / (pair.by_accident * YEAR) < 1e7
    assert 20.0 < 1.0 / (pair.with_common_cause.value * YEAR) < 60.0
    rows = false_alarm_rows(long)
    assert rows["crisis_days"] == 30.0
    assert len(rows["counts"]) == len(known.alarm_rates)
    assert false_alarm_rows(None) is None
