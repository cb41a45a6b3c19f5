from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.catalog.records import Procedure
from detente.scenario.load import load
from detente.scenario.scenario import Release, Sharing
from detente.sensing import network
from detente.sensing.observe import LAUNCHES_A_DAY, Corridor, RadarSighting, SatelliteSighting, Sightings
from detente.sensing.timeline import timelines
from detente.sources import Cited

NEVER = float("inf")


def number(value):
    return Cited(value=value, low=value, high=value, source="test")


def exchange(delay):
    """Return an exchange between the US and Russia in which each tells the other of every launch, later by a delay."""
    releases = dict.fromkeys(("us", "russia"), Release(delay=number(delay), launch_time=True))
    return Sharing(between=("us", "russia"), trust=number(1.0), releases=releases)


PROCEDURE = Procedure(
    name="steps",
    title="Steps",
    party="russia",
    assessment=number(100.0),
    conference=number(50.0),
    decision=number(240.0),
    order=number(30.0),
    execution=number(120.0),
    report_delay=number(10.0),
    impact_ellipse=number(200e3),
)


@pytest.fixture(scope="module")
def scenario():
    """The bundled scenario with steps that are easy to add, and a track after 60 s."""
    base = load("genoa-2001")
    parties = {
        name: replace(party, procedure="steps" if party.procedure else None) for name, party in base.parties.items()
    }
    return replace(
        base,
        parties=parties,
        assumptions=replace(base.assumptions, radar_track_time=number(60.0)),
        catalog=replace(base.catalog, procedures={"steps": PROCEDURE}),
    )


def corridor(scenario, *, threat="atlantic-to-moscow", radars=(), satellites=(), flight_time=1200.0):
    return Corridor(
        threat=threat,
        aim=scenario.threats[threat].aims[0],
        burnout_time=150.0,
        flight_time=flight_time,
        radars=tuple(
            RadarSighting(radar=name, party=party, warning=warning, passes=passes)
            for name, party, warning, passes in radars
        ),
        satellites=tuple(
            SatelliteSighting(constellation=name, party=party, plume_time=40.0, confirmed=confirmed)
            for name, party, confirmed in satellites
        ),
    )


def lines(scenario, case, *corridors):
    times = np.linspace(0.0, 86400.0, LAUNCHES_A_DAY, endpoint=False)
    return {
        line.mode: line for line in timelines(scenario, case, Sightings(launch_times=times, corridors=tuple(corridors)))
    }


def half(early):
    """Confirmed at `early` at the first half of the launch times, never at the other."""
    return np.where(np.arange(LAUNCHES_A_DAY) < LAUNCHES_A_DAY / 2, early, NEVER)


def test_a_radar_alone(scenario):
    case = scenario.cases["abm-treaty"]
    line = lines(scenario, case, corridor(scenario, radars=[("r", "russia", True, ((500.0, 1100.0),))]))["own"]
    assert line.warning_time == pytest.approx(1200 - (500 + 60 + 10))
    assert line.decision_time == pytest.approx(630 - 100 - 50 - 30 - 120)
    assert line.shortfall == 0.0
    assert (line.seen_share, line.satellite_share) == (1.0, 0.0)
    assert [(event.event, event.time) for event in line.events] == [
        ("launch", 0.0),
        ("radar acquisition", 500.0),
        ("radar track", 560.0),
        ("assessment done", 670.0),
        ("conference done", 720.0),
        ("last moment to decide", 1050.0),
        ("order received", 1080.0),
        ("impact", 1200.0),
    ]


def test_too_short_a_span_gives_no_track(scenario):
    case = scenario.cases["abm-treaty"]
    spans = ((300.0, 350.0), (700.0, 900.0))
    line = lines(scenario, case, corridor(scenario, radars=[("r", "russia", True, spans)]))["own"]
    assert line.warning_time == pytest.approx(1200 - 770)


def test_what_steps_overrun_is_kept(scenario):
    case = scenario.cases["abm-treaty"]
    line = lines(scenario, case, corridor(scenario, radars=[("r", "russia", True, ((900.0, 1100.0),))]))["own"]
    assert line.decision_time == 0.0
    assert line.shortfall == pytest.approx(300 - 230)


def test_nothing_seen_is_no_warning(scenario):
    line = lines(scenario, scenario.cases["abm-treaty"], corridor(scenario))["own"]
    assert (line.warning_time, line.decision_time, line.seen_share) == (0.0, 0.0, 0.0)
    assert line.shortfall == pytest.approx(300.0)
    assert [event.event for event in line.events] == ["launch", "last moment to decide", "order received", "impact"]


def test_a_fire_units_own_radar_warns_nobody(scenario):
    seen = corridor(scenario, radars=[("r", "russia", False, ((100.0, 1100.0),))])
    assert lines(scenario, scenario.cases["abm-treaty"], seen)["own"].warning_time == 0.0
    assert seen.track(("russia",), 60.0) == (NEVER, "")
    assert seen.track((), 60.0, cue=("r",)) == (160.0, "r")


def test_satellites_seen_at_half_the_launch_times(scenario):
    case = scenario.cases["abm-treaty"]
    seen = corridor(
        scenario,
        radars=[("r", "russia", True, ((500.0, 1100.0),))],
        satellites=[("oko-us-ks", "russia", half(80.0))],
    )
    line = lines(scenario, case, seen)["own"]
    assert (line.warning_time_low, line.warning_time_high) == pytest.approx((630.0, 1110.0))
    assert line.warning_time in {630.0, 1110.0}
    assert line.satellite_share == pytest.approx(0.5)
    report = next(event for event in line.events if event.event == "satellite report")
    assert (report.time, report.share, report.sensor) == (90.0, 0.5, "oko-us-ks")
    second = next(event for event in line.events if event.event == "second kind of sensor")
    assert (second.time, second.share) == (570.0, 0.5)
    assert [event.time for event in line.events] == sorted(event.time for event in line.events)


def test_shared_data_come_later_by_the_delay(scenario):
    case = replace(scenario.cases["abm-treaty"], sharing=exchange(45.0))
    seen = corridor(scenario, satellites=[("dsp", "us", np.full(LAUNCHES_A_DAY, 80.0))])
    found = lines(scenario, case, seen)
    assert found["own"].warning_time == 0.0
    assert found["shared"].warning_time == pytest.approx(1200 - (80 + 10 + 45))


def test_only_parties_that_share_have_a_shared_line(scenario):
    case = scenario.cases["us-framework"]
    assert set(lines(scenario, case, corridor(scenario))) == {"own", "shared"}
    assert set(lines(scenario, case, corridor(scenario, threat="theater-europe"))) == {"own"}
    assert set(lines(scenario, scenario.cases["abm-treaty"], corridor(scenario))) == {"own"}


def test_a_party_without_a_procedure_has_all_its_warning_to_decide_in(scenario):
    seen = corridor(scenario, threat="theater-europe", radars=[("r", "europe", True, ((200.0, 700.0),))])
    line = lines(scenario, scenario.cases["abm-treaty"], seen)["own"]
    assert line.decision_time == line.warning_time == pytest.approx(1200 - 260)
    assert "last moment to decide" not in {event.event for event in line.events}


def test_nobody_reports_its_own_attack_but_an_accident_is_reported(scenario):
    case = scenario.cases["us-framework"]
    accident = scenario.threats["accident"]
    assert network.informants(case, accident) == ("russia",)
    assert network.informants(case, replace(accident, kind="limited")) == ()
    assert network.informants(case, replace(accident, kind="corridor")) == ("russia",)
    assert network.informants(case, scenario.threats["theater-europe"]) == ()


def test_closed_radars_rest_unless_rebuilt(scenario):
    case = scenario.cases["abm-treaty"]
    sensors = replace(case.sensors["russia"], radars=("skrunda-dnepr", "olenegorsk-dnepr"))
    names = [radar.name for radar in network.radars(scenario, replace(case, sensors={"russia": sensors}), "russia")]
    assert names == ["olenegorsk-dnepr"]
    rebuilt = replace(sensors, rebuilt=("skrunda-dnepr",))
    names = [radar.name for radar in network.radars(scenario, replace(case, sensors={"russia": rebuilt}), "russia")]
    assert names == ["skrunda-dnepr", "olenegorsk-dnepr"]


def test_satellites_follow_the_case_then_the_catalog_and_its_dates(scenario):
    case = scenario.cases["abm-treaty"]
    assert [(each.name, count) for each, count in network.constellations(scenario, case, "us")] == [("dsp", 5)]
    assert network.constellations(scenario, case, "russia") == ()
    assert network.constellations(scenario, case, "nobody") == ()
    sensors = replace(case.sensors["russia"], constellations=("oko-us-kmo",), satellites={})
    down = replace(case, on=date(2000, 6, 1), sensors={"russia": sensors})
    assert network.constellations(scenario, down, "russia") == ()
    up = replace(case, on=date(2001, 9, 1), sensors={"russia": sensors})
    assert [(each.name, count) for each, count in network.constellations(scenario, up, "russia")] == [("oko-us-kmo", 1)]
    early = replace(case, on=date(1985, 1, 1), sensors={"russia": sensors})
    assert network.constellations(scenario, early, "russia") == ()


def test_asking_for_a_flight_that_was_not_observed_says_so(scenario):
    with pytest.raises(KeyError, match="no flight of threat"):
        Sightings(launch_times=np.zeros(1), corridors=()).of("limited", "seattle")
