from dataclasses import replace

import numpy as np
import pytest

from detente.flight.fly import fly
from detente.flight.shape import MinimumEnergy
from detente.scenario.load import load
from detente.sensing.coverage import MINUTES, coverage
from detente.sensing.observe import LAUNCHES_A_DAY, observe
from detente.sensing.timeline import timelines
from detente.sources import Cited


@pytest.fixture(scope="module")
def scenario():
    return load("genoa-2001")


@pytest.fixture(scope="module")
def flights(scenario):
    known, found = scenario.catalog, {}
    for name in ("fields-to-moscow", "atlantic-to-moscow", "theater-russia"):
        threat = scenario.threats[name]
        missile, launch = known.missiles[threat.missile], known.places[threat.launch]
        found[name] = tuple(fly(missile, launch, known.places[aim], MinimumEnergy()) for aim in threat.aims)
    return found


def satellites(case, count):
    number = Cited(value=count, low=count, high=count, source="test")
    sensors = replace(case.sensors["russia"], satellites={"oko-us-ks": number})
    return replace(case, sensors={**case.sensors, "russia": sensors})


def test_every_aim_of_every_threat_is_observed(scenario, flights):
    seen = observe(scenario, scenario.cases["abm-treaty"], flights)
    assert [(each.threat, each.aim) for each in seen.corridors] == [
        (name, aim) for name in flights for aim in scenario.threats[name].aims
    ]
    for corridor in seen.corridors:
        for radar in corridor.radars:
            assert all(0.0 <= start <= end <= corridor.flight_time for start, end in radar.passes)
        for sighting in corridor.satellites:
            assert sighting.confirmed.shape == (LAUNCHES_A_DAY,)
            finite = sighting.confirmed[np.isfinite(sighting.confirmed)]
            assert ((finite >= sighting.plume_time) & (finite <= corridor.burnout_time)).all()


def test_four_satellites_see_the_fields_and_not_the_ocean(scenario, flights):
    case = satellites(scenario.cases["abm-treaty"], 4.0)
    seen = observe(scenario, case, flights)
    fields = seen.of("fields-to-moscow", "moscow").launch_seen(("russia",))
    ocean = seen.of("atlantic-to-moscow", "moscow").launch_seen(("russia",))
    assert 0.6 < np.isfinite(fields).mean() < 0.8  # 17 hours of 24
    assert not np.isfinite(ocean).any()
    lines = {(line.threat, line.mode): line for line in timelines(scenario, case, seen)}
    assert lines["fields-to-moscow", "own"].warning_time > 20 * 60
    assert lines["atlantic-to-moscow", "own"].warning_time < 12 * 60


def test_a_radar_switched_off_is_missed(scenario, flights):
    case = scenario.cases["abm-treaty"]
    sensors = replace(case.sensors["russia"], radars=("pechora-daryal",))
    less = replace(case, sensors={**case.sensors, "russia": sensors})
    before, after = (
        observe(scenario, each, flights).of("atlantic-to-moscow", "moscow").track(("russia",), 60.0)[0]
        for each in (case, less)
    )
    assert before < after == float("inf")


def test_a_defenses_own_radar_is_observed_without_warning(scenario, flights):
    case = scenario.cases["abm-treaty"]
    sensors = replace(case.sensors["russia"], radars=())
    bare = replace(case, sensors={**case.sensors, "russia": sensors})
    corridor = observe(scenario, bare, flights).of("atlantic-to-moscow", "moscow")
    assert [(each.radar, each.warning) for each in corridor.radars if each.party == "russia"] == [("don-2n", False)]
    with_stage = observe(scenario, case, flights).of("atlantic-to-moscow", "moscow")
    as_cue = corridor.track((), 60.0, cue=("don-2n",))[0]
    assert with_stage.track(("russia",), 60.0)[0] <= as_cue  # the stage that flies along is seen from farther away


def test_coverage_of_each_region_own_and_shared(scenario):
    found = coverage(scenario, scenario.cases["us-framework"])
    by = {(each.party, each.region, each.mode): each for each in found}
    assert set(by) == {
        (party, region, mode)
        for party, regions in scenario.coverage_regions.items()
        for region in regions
        for mode in ("own", "shared")
    }
    own = by["russia", "us-missile-fields", "own"]
    assert own.strip.shape == (MINUTES,)
    assert own.hours_per_day == pytest.approx(own.strip.mean() * 24.0)
    assert own.hours_per_day == pytest.approx(16.7, abs=0.5)
    assert by["russia", "us-missile-fields", "shared"].hours_per_day == 24.0
    assert by["russia", "atlantic-patrol", "own"].hours_any == 0.0


def test_nobody_shares_in_the_treaty_case(scenario):
    assert {each.mode for each in coverage(scenario, scenario.cases["abm-treaty"])} == {"own"}
