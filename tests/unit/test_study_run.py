"""What a run refuses, and that the short ways of the samples give what the long ones give."""

from __future__ import annotations

import dataclasses

import pytest

from detente import load, run
from detente.problems import BadInputError
from detente.study import run as study
from detente.study.headlines import headlines
from detente.study.record import digest
from detente.study.vary import focused


def test_every_problem_of_a_question_is_told_at_once() -> None:
    with pytest.raises(BadInputError) as error:
        run(load("minimal"), cases=["alska"], samples=-1)
    assert [problem.key for problem in error.value.problems] == ["cases.alska", "samples"]
    assert error.value.problems[0].allowed == "alaska"


def test_an_exchange_of_three_is_refused_and_not_left_out() -> None:
    scenario = load("genoa-2001")
    case = scenario.cases["abm-treaty"]
    three = dataclasses.replace(case, forces=case.forces | {"europe": case.forces["us"]})
    with pytest.raises(BadInputError, match="forces of 3 parties"):
        run(dataclasses.replace(scenario, cases={case.name: three}), samples=0)


@pytest.mark.parametrize("prompt", [False, True])
def test_what_an_assumption_does_not_move_is_kept_without_a_difference(prompt: bool) -> None:
    scenario = load("genoa-2001")
    scenario = dataclasses.replace(
        scenario, assumptions=dataclasses.replace(scenario.assumptions, launch_under_attack=prompt)
    )
    case = scenario.cases["us-framework"]
    own = focused(scenario, case)
    answer = run(scenario, cases=[case.name], samples=0).cases[case.name]
    assert answer.stability is not None
    middle = study.Arithmetic(answer.timelines, answer.outcomes, answer.stability.drawdowns)
    best = headlines(*middle)
    for kind in ("assumptions", "procedures", "sharing", "interceptors", "defenses", "forces", ""):
        assert headlines(*study._cheap(own, answer.sightings, answer.battle, middle, kind)) == best
    assert headlines(*study._cheap(own, answer.sightings, answer.battle)) == best


def test_the_digest_tells_apart_whatever_the_answer_depends_on() -> None:
    scenario = load("minimal")
    known = scenario.catalog
    gbi = known.interceptors["gbi"]
    better = dataclasses.replace(gbi, sspk=dataclasses.replace(gbi.sspk, value=0.8))
    changed = dataclasses.replace(
        scenario, catalog=dataclasses.replace(known, interceptors=known.interceptors | {"gbi": better})
    )
    asked = [
        (scenario, 0, ["alaska"]),
        (scenario, 1, ["alaska"]),
        (scenario, 0, []),
        (dataclasses.replace(scenario, question="Another?"), 0, ["alaska"]),
        (changed, 0, ["alaska"]),
    ]
    assert len({digest(*each).whole for each in asked}) == len(asked)
    assert digest(*asked[0]) == digest(load("minimal"), 0, ["alaska"])
