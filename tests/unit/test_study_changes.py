"""Changing one input changes the findings it should, and only those."""

import dataclasses

import pytest

from detente import load, run


@pytest.fixture(scope="module")
def scenario():
    return load("genoa-2001")


@pytest.fixture(scope="module")
def base(scenario):
    return run(scenario, samples=0)


def rerun(scenario, name, **changes):
    case = dataclasses.replace(scenario.cases[name], **changes)
    return run(dataclasses.replace(scenario, cases={**scenario.cases, name: case}), samples=0)


def moved(base, after):
    """Return the headline numbers that differ, as (case, key)."""
    return {
        (name, key)
        for name, one in base.cases.items()
        for key, interval in one.headlines.items()
        if after.cases[name].headlines[key] != interval
    }


def law(answer, name):
    return [
        (item.agreement, item.article, item.subject, item.status, item.value) for item in answer.cases[name].findings
    ]


def test_fewer_interceptors_move_protection_and_retaliation_of_that_case_only(scenario, base):
    defenses = tuple(
        dataclasses.replace(item, count=dataclasses.replace(item.count, value=4.0, low=4.0, high=4.0))
        if item.name == "alaska"
        else item
        for item in scenario.cases["us-framework"].defenses
    )
    after = rerun(scenario, "us-framework", defenses=defenses)
    found = moved(base, after)
    assert ("us-framework", "protection.limited.expected_leakers") in found
    assert {name for name, _ in found} == {"us-framework"}
    assert not {key for _, key in found if key.startswith("warning.")}
    assert not {key for _, key in found if key.startswith("protection.theater")}
    before, now = (
        answer.cases["us-framework"].headlines["protection.limited.expected_leakers"].value for answer in (base, after)
    )
    assert now > before


def test_a_radar_switched_off_moves_the_warning_of_its_owner_only(scenario, base):
    sensors = dict(scenario.cases["start-2"].sensors)
    radars = tuple(name for name in sensors["russia"].radars if name != "pechora-daryal")
    sensors["russia"] = dataclasses.replace(sensors["russia"], radars=radars)
    after = rerun(scenario, "start-2", sensors=sensors)
    found = moved(base, after)
    assert ("start-2", "warning.pacific-to-moscow.own.warning_time") in found
    assert {name for name, _ in found} == {"start-2"}
    assert all(key.startswith("warning.") for _, key in found)
    russian = {name for name, threat in scenario.threats.items() if threat.against == "russia"}
    assert {key.split(".")[1] for _, key in found} <= russian
    assert law(after, "start-2") == law(base, "start-2")
    key = "warning.pacific-to-moscow.own.warning_time"
    assert after.cases["start-2"].headlines[key].value < base.cases["start-2"].headlines[key].value


def test_a_lower_ceiling_moves_forces_and_law_of_that_case_only(scenario, base):
    case = scenario.cases["russian-proposal"]
    forces = {
        party: dataclasses.replace(
            plan, ceiling=dataclasses.replace(plan.ceiling, value=1000.0, low=1000.0, high=1000.0)
        )
        for party, plan in case.forces.items()
    }
    after = rerun(scenario, "russian-proposal", forces=forces)
    found = moved(base, after)
    assert {name for name, _ in found} == {"russian-proposal"}
    assert all(key.startswith("stability.") for _, key in found)
    assert ("russian-proposal", "stability.us-first.day-to-day.arriving") in found
    assert law(after, "russian-proposal") != law(base, "russian-proposal")
    assert law(after, "us-framework") == law(base, "us-framework")


def test_the_same_question_has_the_same_digest_and_answer(scenario, base):
    again = run(load("genoa-2001"), samples=0)
    assert again.digest == base.digest
    assert not moved(base, again)


def test_intervals_hold_the_value_and_drivers_are_ranked(scenario):
    answer = run(scenario, cases=["us-framework"], samples=16)
    one = answer.cases["us-framework"]
    assert all(item.low <= item.value <= item.high for item in one.headlines.values())
    assert any(item.low < item.high for item in one.headlines.values())
    for drivers in one.drivers.values():
        assert [item.swing for item in drivers] == sorted((item.swing for item in drivers), reverse=True)
