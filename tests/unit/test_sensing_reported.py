"""The chance that a launch at a random hour is reported within so many minutes."""

import numpy as np
import pytest

from detente.problems import BadInputError
from detente.scenario.load import load
from detente.sensing.observe import observe
from detente.sensing.reported import launches, region_reports, report_probability
from detente.sensing.timeline import timelines
from detente.study.run import flown


@pytest.fixture(scope="module")
def scenario():
    return load("genoa-2001")


@pytest.fixture(scope="module")
def seen(scenario):
    case = scenario.cases["us-framework"]
    return case, observe(scenario, case, flown(scenario))


def test_the_curve_is_that_of_the_timeline(scenario, seen):
    case, sightings = seen
    curves = {(each.threat, each.aim, each.mode): each for each in report_probability(scenario, case, sightings)}
    lines = timelines(scenario, case, sightings)
    assert len(curves) == len(lines)
    for line in lines:
        curve = curves[line.threat, line.aim, line.mode]
        assert curve.satellite_share == pytest.approx(line.satellite_share)
        assert curve.within(curve.flight_time) == pytest.approx(line.seen_share)
        if line.seen_share == 1.0:
            median = curve.flight_time - line.warning_time
            assert curve.within(median - 1e-6) <= 0.5 <= curve.within(median + 1e-6)


def test_a_curve_rises_and_sharing_never_lowers_it(scenario, seen):
    case, sightings = seen
    curves = {(each.threat, each.aim, each.mode): each for each in report_probability(scenario, case, sightings)}
    for (threat, aim, mode), curve in curves.items():
        assert (np.diff(curve.time) > 0.0).all()
        assert (np.diff(curve.probability) > 0.0).all()
        assert curve.within(0.0) == 0.0
        if mode == "shared":
            own = curves[threat, aim, "own"]
            assert all(curve.within(t) >= own.within(t) - 1e-12 for t in np.arange(0.0, 2400.0, 60.0))


def test_own_satellites_report_fields_within_minutes_in_part_of_the_day_and_radars_the_rest(scenario, seen):
    case, sightings = seen
    own = next(
        each
        for each in report_probability(scenario, case, sightings)
        if (each.threat, each.mode) == ("fields-to-moscow", "own")
    )
    assert own.within(5 * 60.0) == pytest.approx(own.satellite_share)
    assert 0.6 < own.satellite_share < 0.75
    assert own.radar_share == 1.0
    assert own.within(1800.0) == 1.0


def test_a_region_is_the_mean_over_its_points(scenario, seen):
    case, _ = seen
    flights = launches(scenario, "barents-to-washington", "barents-patrol")
    points = len(scenario.catalog.regions["barents-patrol"].points)
    own, shared = region_reports(scenario, case, "barents-to-washington", "barents-patrol", flights)
    assert (own.origin, own.mode, shared.mode) == ("barents-patrol", "own", "shared")
    assert own.points == len(flights["washington"])
    assert 0 < own.points < points  # the missile does not reach so far from the eastern edge
    assert 0.0 < own.probability[0] <= own.probability[-1] == 1.0
    spread = [flight.flight_time for flight in flights["washington"]]
    assert own.flight_time == min(spread) < max(spread)


@pytest.mark.parametrize(
    ("threat", "region", "said"),
    [
        ("fields-to-moskow", "us-missile-fields", 'Did you mean "fields-to-moscow"'),
        ("fields-to-moscow", "us-missile-field", 'Did you mean "us-missile-fields"'),
        ("theater-europe", "pacific-patrol", "aims within reach of some point"),
    ],
)
def test_bad_input_is_told(scenario, threat, region, said):
    with pytest.raises(BadInputError) as told:
        region_reports(scenario, scenario.cases["abm-treaty"], threat, region)
    assert said in str(told.value)
