"""A case from sightings to leakers: sharing, earlier tracks and more interceptors never let more through."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.load import catalog
from detente.catalog.records import Catalog, Interceptor, Place
from detente.defense.battle import battle
from detente.defense.cue import cues
from detente.defense.footprint import footprints
from detente.defense.raid import outcomes, strategic
from detente.flight.fly import fly, shape
from detente.scenario.scenario import Assumptions, Case, Deployment, Party, Release, Scenario, Sensors, Sharing, Threat
from detente.sensing.observe import Corridor, RadarSighting, SatelliteSighting, Sightings
from detente.sources import Cited

few = settings(max_examples=20, deadline=None)


def cited(value: float) -> Cited:
    return Cited(value=value, low=value, high=value, source="made for a test")


def place(name: str, latitude: float, longitude: float) -> Place:
    at = (cited(math.radians(latitude)), cited(math.radians(longitude)))
    return Place(name=name, title=name, latitude=at[0], longitude=at[1])


BATTERY = Interceptor(
    name="battery",
    title="Battery",
    layer="terminal",
    basing="mobile-land",
    strategic=True,
    burnout_speed=cited(2600.0),
    burn_time=cited(15.0),
    lowest_intercept=cited(20e3),
    highest_intercept=cited(100e3),
    greatest_range=cited(150e3),
    reaction_time=cited(15.0),
    sspk=cited(0.6),
    reliability=cited(0.9),
    discrimination=cited(0.5),
    shots_per_target=cited(2.0),
)
SHIP = replace(
    BATTERY,
    name="ship",
    layer="midcourse",
    basing="fixed-land",
    strategic=False,
    burnout_speed=cited(3500.0),
    lowest_intercept=cited(100e3),
    highest_intercept=cited(300e3),
    greatest_range=cited(800e3),
)
KNOWN = Catalog(
    missiles={"generic-mrbm": catalog().missiles["generic-mrbm"]},
    interceptors={"battery": BATTERY, "ship": SHIP},
    cross_sections=catalog().cross_sections,
    places={
        each.name: each for each in (place("start", 38.0, 46.0), place("town", 45.0, 38.0), place("port", 44.0, 41.5))
    },
)
THREAT = Threat(
    name="raid",
    title="Raid",
    kind="theater",
    by="attacker",
    against="home",
    missile="generic-mrbm",
    launch="start",
    aims=("town",),
    missiles=3,
    source="made for a test",
)
FLIGHTS = {
    "raid": (fly(KNOWN.missiles["generic-mrbm"], KNOWN.places["start"], KNOWN.places["town"], shape("minimum-energy")),)
}
DEFENSES = (
    Deployment(
        name="town-battery", party="home", interceptor="battery", site="town", count=cited(8.0), protects=("home",)
    ),
    Deployment(
        name="port-ship",
        party="home",
        interceptor="ship",
        site="port",
        count=cited(6.0),
        protects=("home",),
        doctrine="shoot-look-shoot",
    ),
)
CASE = Case(
    name="case",
    title="Case",
    summary="",
    on=date(2001, 8, 8),
    agreements={},
    forces={},
    defenses=DEFENSES,
    sensors={"home": Sensors(), "neighbor": Sensors()},
)
ASSUMED = Assumptions(required_retaliation=cited(1.0), decision_floor=cited(60.0), radar_track_time=cited(30.0))
SCENARIO = Scenario(
    name="test",
    title="Test",
    question="",
    on=date(2001, 8, 8),
    parties={name: Party(name=name, title=name, capital="town") for name in ("home", "neighbor", "attacker")},
    threats={"raid": THREAT},
    cases={"case": CASE},
    assumptions=ASSUMED,
    coverage_regions={},
    catalog=KNOWN,
)


def sharing(trust: float) -> Case:
    parties = ("home", "neighbor")
    releases = dict.fromkeys(parties, Release(delay=cited(30.0), launch_time=True, track=True))
    return replace(CASE, sharing=Sharing(between=parties, trust=cited(trust), releases=releases))


def sighted(own: float, neighbor: float, seen: float = 0.5) -> Sightings:
    """Return sightings with a warning radar of each party from a time on, and the neighbor's satellites."""
    end = FLIGHTS["raid"][0].flight_time
    radars = tuple(
        RadarSighting(radar=f"{party}-radar", party=party, warning=True, passes=((start, end),))
        for party, start in (("home", own), ("neighbor", neighbor))
    )
    confirmed = np.where(np.arange(48) < seen * 48, 80.0, np.inf)
    satellites = (SatelliteSighting(constellation="watch", party="neighbor", plume_time=40.0, confirmed=confirmed),)
    corridor = Corridor(
        threat="raid",
        aim="town",
        burnout_time=FLIGHTS["raid"][0].burnout_time,
        flight_time=end,
        radars=radars,
        satellites=satellites,
    )
    return Sightings(launch_times=np.arange(48) * 1800.0, corridors=(corridor,))


def leakers(case: Case, sightings: Sightings, scenario: Scenario = SCENARIO) -> float:
    return outcomes(scenario, case, battle(scenario, case, FLIGHTS, sightings))["raid"].expected_leakers


def test_a_case_from_flight_to_leakers() -> None:
    sightings = sighted(150.0, 100.0)
    fight = battle(SCENARIO, CASE, FLIGHTS, sightings)
    assert [each.because for each in fight.of("raid")] == ["met", "met"]
    for each in fight.of("raid"):
        assert each.first is not None
        assert each.last is not None
        assert each.first.time <= each.last.time
    outcome = outcomes(SCENARIO, CASE, fight)["raid"]
    assert [layer.layer for layer in outcome.layers] == ["boost", "midcourse", "terminal"]
    assert outcome.layers[0].entering == outcome.layers[0].leaving == 3.0
    assert outcome.layers[-1].leaving == outcome.expected_leakers < outcome.layers[1].leaving < 3.0
    assert 0.0 < outcome.p_no_leak < 1.0


def test_shares_of_the_states_of_knowledge_sum_to_one() -> None:
    states = cues(SCENARIO, sharing(0.7), DEFENSES[1], THREAT, sighted(300.0, 100.0).of("raid", "town"))
    assert sum(state.share for state in states) == pytest.approx(1.0)
    assert {state.mode for state in states} == {"own", "shared"}
    shared = [state for state in states if state.mode == "shared"]
    assert sum(state.share for state in shared) == pytest.approx(0.7)
    assert {state.track_time for state in shared} == {100.0 + 30.0 + 30.0}


def test_nobody_reports_its_own_attack() -> None:
    attack = replace(THREAT, by="neighbor")
    states = cues(SCENARIO, sharing(1.0), DEFENSES[1], attack, sighted(300.0, 100.0).of("raid", "town"))
    assert {state.mode for state in states} == {"own"}
    accident = replace(attack, kind="accidental")
    states = cues(SCENARIO, sharing(1.0), DEFENSES[1], accident, sighted(300.0, 100.0).of("raid", "town"))
    assert {state.mode for state in states} == {"shared"}


@few
@given(st.floats(50, 520), st.floats(50, 520), st.floats(0, 1), st.floats(0, 1))
def test_sharing_never_lets_more_through(own: float, neighbor: float, seen: float, trust: float) -> None:
    sightings = sighted(own, neighbor, seen)
    assert leakers(sharing(trust), sightings) <= leakers(CASE, sightings) + 1e-9


@few
@given(st.floats(50, 520), st.floats(0, 200))
def test_an_earlier_track_never_lets_more_through(own: float, earlier: float) -> None:
    late, early = sighted(own, 600.0), sighted(max(own - earlier, 0.0), 600.0)
    assert leakers(CASE, early) <= leakers(CASE, late) + 1e-9


@few
@given(st.floats(0, 20), st.floats(0, 20))
def test_more_interceptors_never_let_more_through(count: float, more: float) -> None:
    def case(number: float) -> Case:
        return replace(CASE, defenses=tuple(replace(each, count=cited(number)) for each in DEFENSES))

    sightings = sighted(150.0, 100.0)
    assert leakers(case(count + more), sightings) <= leakers(case(count), sightings) + 1e-9


@few
@given(st.floats(0, 500), st.floats(0, 500), st.floats(0, 100))
def test_strategic_defense_lets_through_between_nothing_and_all(arriving: float, other: float, count: float) -> None:
    case = replace(CASE, defenses=(replace(DEFENSES[0], count=cited(count)),))
    through = strategic(SCENARIO, case, "home")
    low, high = sorted((arriving, other))
    assert 0.0 <= through(low) <= low + 1e-9
    assert through(low) <= through(high) + 1e-9
    assert strategic(SCENARIO, case, "neighbor")(high) == high


def test_four_interceptors_a_warhead_engage_eleven_with_forty_four() -> None:
    sure = replace(BATTERY, sspk=cited(1.0), reliability=cited(1.0), shots_per_target=cited(4.0))
    known = replace(SCENARIO, catalog=replace(KNOWN, interceptors={"battery": sure}))
    case = replace(CASE, defenses=(replace(DEFENSES[0], count=cited(44.0)),))
    assert strategic(known, case, "home")(50.0) == 39.0


def test_test_launchers_and_corridors_defend_nothing() -> None:
    idle = replace(CASE, defenses=tuple(replace(each, status="test") for each in DEFENSES))
    assert battle(SCENARIO, idle, FLIGHTS, sighted(150.0, 100.0)).engagements == ()
    path = replace(SCENARIO, threats={"raid": replace(THREAT, kind="corridor")})
    assert battle(path, CASE, FLIGHTS, sighted(150.0, 100.0)).engagements == ()
    assert outcomes(path, CASE, battle(path, CASE, FLIGHTS, sighted(150.0, 100.0))) == {}


def test_target_that_is_too_fast_is_not_met() -> None:
    slow = {name: replace(each, target_speed=cited(1000.0)) for name, each in KNOWN.interceptors.items()}
    scenario = replace(SCENARIO, catalog=replace(KNOWN, interceptors=slow))
    fight = battle(scenario, CASE, FLIGHTS, sighted(150.0, 100.0))
    assert {each.because for each in fight.engagements} == {"target too fast"}
    assert outcomes(scenario, CASE, fight)["raid"].expected_leakers == pytest.approx(3.0)


def test_footprints_hold_what_the_battle_meets() -> None:
    sightings = sighted(150.0, 100.0)
    found = footprints(SCENARIO, CASE, FLIGHTS, sightings)
    assert [(each.deployment, each.probability) for each in found] == [
        (name, probability) for name in ("town-battery", "port-ship") for probability in (0.9, 0.5, 0.1)
    ]
    for each in found:
        assert each.area > 0.0
        assert "town" in each.places
        assert "start" not in each.places
