"""What a run refuses, and that the short ways of the samples give what the long ones give."""

from __future__ import annotations

import dataclasses

import pytest

from detente import load, run
from detente.problems import BadInputError
from detente.study import run as study
from detente.study.headlines import headlines
from detente.study.vary import focused


def test_every_problem_of_a_question_is_told_at_once() -> None:
    with pytest.raises(BadInputError) as error:
        run(load("minimal"), cases=["alska"], samples=-1)
    assert [problem.key for problem in error.value.problems] == ["cases.alska", "samples"]
    assert error.value.problems[0].allowed == "alaska"


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
