"""Who is credited against what: nothing beyond what makers claimed, and nobody against its own side."""

from __future__ import annotations

import dataclasses

import pytest

from detente import load, run
from detente.catalog.records import Place
from detente.defense.battle import defends
from detente.defense.raid import strategic
from detente.defense.reach import outclassed
from detente.problems import BadInputError
from detente.scenario.scenario import Deployment, Scenario


@pytest.fixture(scope="module")
def genoa() -> Scenario:
    return load("genoa-2001")


def with_defenses(scenario: Scenario, *names: str) -> Scenario:
    (case,) = scenario.cases.values()
    (first,) = case.defenses
    places = scenario.catalog.places
    beside: dict[str, Place] = {"gbi": places["fort-greely"]}
    made = tuple(
        dataclasses.replace(
            first, name=f"{name}-{index}", interceptor=name, site=beside.get(name, places["seattle"]).name
        )
        for index, name in enumerate(names)
    )
    return dataclasses.replace(scenario, cases={case.name: dataclasses.replace(case, defenses=made)})


@pytest.mark.parametrize("name", ["navy-area", "patriot-pac-3", "s-300pmu-2", "s-300v"])
def test_theater_defense_is_not_credited_against_an_intercontinental_warhead_that_the_air_slowed(name: str) -> None:
    (case,) = run(with_defenses(load("minimal"), name), samples=0).cases.values()
    assert case.outcomes["one-missile"].p_no_leak == 0.0
    assert case.battle.engagements[0].because == "target too fast"
    assert {footprint.area for footprint in case.footprints} == {0.0}


def test_the_line_lies_at_the_longest_range_that_is_credited(genoa: Scenario) -> None:
    patriot = genoa.catalog.interceptors["patriot-pac-3"]
    assert patriot.largest_target_range is not None
    longest = patriot.largest_target_range.high
    assert not outclassed(patriot, longest)
    assert outclassed(patriot, longest + 1.0)
    assert not outclassed(genoa.catalog.interceptors["gbi"], 1e9)


def test_nobody_stops_its_own_attack_but_its_own_accident(genoa: Scenario) -> None:
    space = next(each for each in genoa.cases["us-framework"].defenses if each.name == "space-based")
    accident = genoa.threats["accident"]
    ours = dataclasses.replace(accident, by="us", against="russia")
    assert defends(space, accident)
    assert defends(space, ours)
    assert not defends(space, dataclasses.replace(ours, kind="limited"))


def test_a_party_does_not_stop_its_own_retaliation(genoa: Scenario) -> None:
    case = genoa.cases["us-framework"]
    russian = dataclasses.replace(case, defenses=tuple(each for each in case.defenses if each.party == "russia"))
    for arriving in (1.0, 40.0, 500.0):
        assert strategic(genoa, case, "russia")(arriving) == strategic(genoa, russian, "russia")(arriving)
    space: Deployment = next(each for each in case.defenses if each.name == "space-based")
    alone = dataclasses.replace(case, defenses=(space,))
    assert strategic(genoa, alone, "russia")(500.0) == 500.0
    assert strategic(genoa, alone, "us")(500.0) < 500.0


def test_too_many_deployments_are_told_in_words() -> None:
    with pytest.raises(BadInputError, match="12 at most"):
        run(with_defenses(load("minimal"), *["gbi"] * 13), samples=0)
