"""The array of 2001: every system is there, each does what its kind can do, and together never less than alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente import load, run
from detente.defense.battle import battle
from detente.scenario.scenario import Deployment
from detente.sources import Cited
from detente.study.record import Answer, CaseAnswer
from detente.study.vary import focused

SYSTEMS = {
    "gbi",
    "navy-theater-wide",
    "navy-area",
    "airborne-laser",
    "space-based-interceptor",
    "thaad",
    "patriot-pac-3",
    "s-300pmu-2",
    "s-300v",
    "53t6",
    "51t6",
}
ALONE = ("sea", "theater-russian")


@pytest.fixture(scope="module")
def answer() -> Answer:
    return run(load("wide-array-2001"), cases=[*ALONE, "layered"], samples=0)


def of(case: CaseAnswer, deployment: str, threat: str, aim: str):
    return next(each for each in case.battle.of(threat) if (each.deployment, each.aim) == (deployment, aim))


def test_every_system_is_in_the_array_and_meets_something_it_was_made_for(answer: Answer) -> None:
    case = answer.cases["layered"]
    kinds = {each.name: each.interceptor for each in case.case.defenses}
    assert set(kinds.values()) == SYSTEMS
    met = {kinds[each.deployment] for each in case.battle.engagements if each.because == "met"}
    # SM-3 needs the ascent to be over, and Athens lies beyond what Navy Area and the S-300V are credited against
    assert met == SYSTEMS - {"navy-area"}


def test_together_never_let_more_through_than_alone(answer: Answer) -> None:
    layered = answer.cases["layered"].outcomes
    for name in ALONE:
        for threat, outcome in answer.cases[name].outcomes.items():
            assert layered[threat].expected_leakers <= outcome.expected_leakers + 1e-9
            assert layered[threat].p_no_leak >= outcome.p_no_leak - 1e-9


def test_a_ship_takes_the_best_point_of_its_box_and_says_which(answer: Answer) -> None:
    fight = of(answer.cases["sea"], "mediterranean-ships", "theater-europe-far", "athens")
    assert fight.station.startswith("east-mediterranean-box, ")
    assert fight.because == "met"
    assert fight.why.startswith("from ")


def test_an_aircraft_may_be_anywhere_on_its_orbit(answer: Answer) -> None:
    fight = of(answer.cases["layered"], "airborne-laser-pacific", "limited", "seattle")
    assert len(fight.windows) > 4
    assert sum(window.share for window in fight.windows) == pytest.approx(1.0)
    assert fight.station == "sea-of-japan-orbit"


@pytest.mark.parametrize(
    ("deployment", "threat", "aim", "because", "why"),
    [
        ("moscow-short-range", "theater-russia", "volgograd", "out of reach", "the range is 80 km"),
        ("athens-patriot", "theater-europe-far", "athens", "target too fast", "up to 3.0 km/s"),
        ("sea-of-japan-ships", "limited", "seattle", "too late", "ready to launch at"),
        ("space-based", "theater-europe", "ankara", "too late", "ready to launch at"),
    ],
)
def test_why_not_is_told_in_numbers(
    answer: Answer, deployment: str, threat: str, aim: str, because: str, why: str
) -> None:
    fight = of(answer.cases["layered"], deployment, threat, aim)
    assert (fight.because, fight.rounds) == (because, 0)
    assert why in fight.why


def changed(answer: Answer, deployment: str, threat: str, aim: str, keep_out: float | None = None, **given: object):
    """Return an engagement with a deployment or the threat's keep-out altitude changed."""
    scenario = answer.scenario
    case = answer.cases["layered"]
    own = focused(scenario, scenario.cases["layered"])
    if keep_out is not None:
        number = Cited(value=keep_out, low=keep_out, high=keep_out, source="made for a test")
        own = replace(own, threats=own.threats | {threat: replace(own.threats[threat], keep_out=number)})
    defenses: tuple[Deployment, ...] = tuple(
        replace(each, **given) for each in case.case.defenses if each.name == deployment
    )
    fights = battle(own, replace(case.case, defenses=defenses), answer.flights, case.sightings)
    return next(each for each in fights.of(threat) if each.aim == aim)


@pytest.mark.parametrize("keep_out", [0.0, 8e3, 15e3, 24e3])
def test_a_higher_keep_out_altitude_never_helps(answer: Answer, keep_out: float) -> None:
    low = changed(answer, "ankara-s-300", "theater-europe", "ankara", keep_out)
    high = changed(answer, "ankara-s-300", "theater-europe", "ankara", keep_out + 2e3)
    assert high.rounds <= low.rounds
    if high.last is not None:
        assert low.last is not None
        assert high.last.altitude >= max(keep_out + 2e3, low.last.altitude)


def test_a_keep_out_altitude_above_its_ceiling_is_told(answer: Answer) -> None:
    fight = changed(answer, "ankara-s-300", "theater-europe", "ankara", 26e3)
    assert (fight.because, fight.rounds) == ("below the keep-out altitude", 0)
    assert fight.why == "it protects from 26 km up, this one works to 25 km"


def test_fewer_interceptors_than_shots_is_told(answer: Answer) -> None:
    two = Cited(value=2.0, low=2.0, high=2.0, source="made for a test")
    fight = changed(answer, "alaska", "limited", "seattle", count=two)
    assert fight.why.endswith("; 2 ready where doctrine fires up to 4 at one target")
    assert "ready where" not in changed(answer, "alaska", "limited", "seattle").why


def test_firing_on_the_first_report_is_never_later(answer: Answer) -> None:
    alert, track = (changed(answer, "alaska", "limited", "seattle", commit=commit) for commit in ("alert", "any-track"))
    assert min(each.ready_time for each in alert.windows) <= min(each.ready_time for each in track.windows)
    assert alert.rounds >= track.rounds


def test_orbits_that_do_not_come_over_the_launch_area_do_not_help(answer: Answer) -> None:
    def tilted(degrees: float) -> float:
        angle = degrees * 0.017453292519943295
        number = Cited(value=angle, low=angle, high=angle, source="made for a test")
        return changed(answer, "space-based", "limited", "seattle", inclination=number).scale

    assert tilted(20.0) == 0.0
    assert tilted(45.0) > tilted(60.0) > tilted(85.0) > 0.0
