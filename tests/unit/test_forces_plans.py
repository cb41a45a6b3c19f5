"""Plans of reduction: shares of legs, best survival, limits on downloading, what does not fit, and the way there."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date

import numpy as np
import pytest

from detente.catalog.counting import count_bombers
from detente.catalog.load import catalog
from detente.catalog.records import Force, ForceClass
from detente.forces.counting import check, counted
from detente.forces.reduce import by_leg, reduced, trajectory
from detente.forces.strike import Tactics, side, strike
from detente.problems import BadInputError
from detente.scenario.scenario import ForcePlan
from detente.sources import Cited
from detente.treaties.check import agreement

PSI, MEGATON = 6894.757293168, 4.184e15
KNOWN = catalog().forces


def cited(value):
    return Cited(value=float(value), low=float(value), high=float(value), source="test")


def kind(name, basing, launchers, loaded, alert=0.5, **flags):
    points = {"hardness": cited(2000 * PSI)} if basing == "silo" else {"bases": cited(2)}
    numbers = {"attributed": loaded, "weapon_yield": 0.3 * MEGATON, "accuracy": 150.0, "reliability": 0.8}
    return ForceClass(
        name=name,
        title=name,
        basing=basing,
        launchers=cited(launchers),
        loaded=cited(loaded),
        alert_day=cited(1.0 if basing == "silo" else alert),
        alert_generated=cited(1),
        **({key: cited(value) for key, value in numbers.items()} | points | flags),
    )


def force(*classes, party="us", name="test"):
    return Force(name=name, title=name, party=party, on=date(2001, 8, 8), classes=classes, published_warheads=cited(0))


FORCE = force(
    kind("icbm", "silo", 100, 6),
    kind("boats", "submarine", 50, 8),
    kind("aircraft", "bomber", 20, 10, alert=0.0),
)


def plan(ceiling, **how):
    return ForcePlan(base="test", ceiling=cited(ceiling), **how)


def problems(one, made):
    return [(each.key, each.found) for each in check(one, made)]


def test_a_leg_keeps_its_share_and_the_others_divide_the_rest():
    made = reduced(FORCE, plan(600, policy="keep-leg-share", keep={"slbm": 0.5}))
    legs = {leg: count for leg, (_, count) in by_leg(made, plan(600)).items()}
    assert legs["slbm"] == 296  # 37 of 8 warheads, at most 300
    assert 290 <= legs["icbm"] + legs["bomber"] <= 304
    assert legs["icbm"] / legs["bomber"] == pytest.approx(3.0, rel=0.1)


def test_a_leg_below_its_share_leaves_room_for_the_others():
    made = reduced(FORCE, plan(900, policy="keep-leg-share", keep={"slbm": 0.9}))
    legs = {leg: count for leg, (_, count) in by_leg(made, plan(900)).items()}
    assert legs["slbm"] == 400
    assert 485 <= legs["icbm"] + legs["bomber"] <= 500


def test_boats_in_overhaul_do_not_count_as_operationally_deployed():
    one = force(kind("boats", "submarine", 100, 8, overhaul=cited(0.25)), kind("icbm", "silo", 10, 1))
    assert counted(one, "operationally-deployed") == 610
    assert counted(one, "loaded") == 810
    made = reduced(one, plan(305, rule="operationally-deployed"))
    assert 300 <= counted(made, "operationally-deployed") <= 305


def test_start_1_leaves_heavy_missiles_and_takes_four_warheads_off_at_most():
    one = force(kind("heavy", "silo", 10, 10, heavy=True), kind("six", "silo", 10, 6), kind("five", "silo", 10, 5))
    free, bound = (
        reduced(one, plan(100, policy="single-warhead-first", downloads=limits)) for limits in (None, "start-1")
    )
    assert [each.launchers.value for each in free.classes] == [0, 10, 10]
    assert [each.launchers.value for each in bound.classes] == [0, 0, 10]
    assert bound.classes[2].loaded.value == 1


def test_start_1_limits_what_is_taken_off_in_all():
    one = force(kind("minuteman-iii", "silo", 700, 3), kind("five", "silo", 200, 5))
    made = reduced(one, plan(1500, policy="single-warhead-first", downloads="start-1"))
    off = [
        (old.loaded.value - new.loaded.value) * new.launchers.value
        for old, new in zip(one.classes, made.classes, strict=True)
    ]
    assert off[0] == 1250
    assert off[1] == 0
    alone = force(kind("five", "silo", 200, 5))
    made = reduced(alone, plan(150, policy="single-warhead-first", downloads="start-1"))
    assert made.classes[0].launchers.value == 125  # 500 warheads off missiles that are not named


def test_start_2_takes_five_warheads_off_105_missiles_of_one_type():
    one = force(kind("six", "silo", 150, 6), kind("six-too", "silo", 50, 6), party="russia")
    made = reduced(one, plan(150, policy="single-warhead-first", downloads="start-2"))
    assert [each.launchers.value for each in made.classes] == [105, 0]
    assert made.classes[0].loaded.value == 1


def test_boats_come_down_no_lower_than_the_limits_let_them():
    one = force(kind("boats", "submarine", 100, 8))
    made = reduced(one, plan(310, policy="single-warhead-first", downloads="start-1"))
    assert made.classes[0].loaded.value == pytest.approx(4.0)  # four off is as far as it goes; then launchers go
    assert made.classes[0].launchers.value == 77


@pytest.mark.parametrize("ceiling", [200, 500, 1000])
@pytest.mark.parametrize(("name", "other"), [("us-2001", "russia-2001"), ("russia-2001", "us-2001")])
def test_best_survival_is_survived_at_least_as_well_as_the_simple_policies(name, other, ceiling):
    attacker = side("attacker", KNOWN[other])

    def left(**how):
        victim = side("victim", reduced(KNOWN[name], plan(ceiling, **how)))
        return strike(attacker, victim, "day-to-day", False, Tactics(), float)[0].arriving

    best = left(policy="best-survival", against=other)
    for policy in ("proportional", "single-warhead-first", "most-survivable-first"):
        assert best >= left(policy=policy) - 1e-6


def test_best_survival_finds_what_trying_everything_finds():
    one = force(kind("icbm", "silo", 4, 3), kind("boats", "submarine", 3, 4, alert=0.3))
    striker = KNOWN["russia-2001"]
    attacker = side("attacker", striker)

    def left(victim):
        return strike(attacker, side("victim", victim), "day-to-day", False, Tactics(), float)[0].arriving

    def cut(icbm, on_icbm, boats, on_boats):
        classes = [
            dataclasses.replace(old, launchers=cited(launchers), loaded=cited(carried / max(launchers, 1)))
            for old, launchers, carried in zip(one.classes, (icbm, boats), (on_icbm, on_boats), strict=True)
        ]
        return dataclasses.replace(one, classes=tuple(classes))

    every = [
        left(cut(icbm, on_icbm, boats, on_boats))
        for icbm, boats, on_icbm in itertools.product(range(5), range(4), range(11))
        for on_boats in range(11 - on_icbm)
        if icbm <= on_icbm <= 3 * icbm and boats <= on_boats <= 4 * boats
    ]
    best = left(reduced(one, plan(10, policy="best-survival", against="russia-2001")))
    assert best == pytest.approx(max(every), rel=1e-6)


def test_best_survival_counts_bombers_by_the_rule_of_start_1():
    one = force(kind("aircraft", "bomber", 200, 12, alert=1.0, cruise_missiles=True))
    made = reduced(one, plan(1700, rule="attributed", policy="best-survival", against="russia-2001"))
    assert made.classes[0].launchers.value == 166  # 150 at 10 and 16 at 12
    assert counted(made, "attributed") == 1692


def test_the_numbers_of_the_bomber_rule_are_those_of_the_treaty():
    numbers = {name: each.values[0].si for name, each in agreement("start-1").parameters.items()}
    for party in ("us", "russia"):
        rule = catalog().counting[f"start-1-{party}"].bombers
        assert rule is not None
        own = (rule.first.value, rule.flat.value, rule.most.value)
        assert own == tuple(numbers[f"{name}_{party}"] for name in ("bombers", "flat", "most"))


def test_bombers_whose_equipment_matters_and_is_not_known_are_not_counted():
    assert count_bombers([(150.0, None)], 150.0, 10.0, 20.0) == 1500
    assert count_bombers([(151.0, None)], 150.0, 10.0, 20.0) is None


@pytest.mark.parametrize(
    ("how", "key"),
    [
        ({"rule": "operationally-deployed"}, "boats.overhaul"),
        ({"downloads": "start-1"}, "downloads"),
        ({"policy": "best-survival"}, "against"),
        ({"against": "us-2001"}, "against"),
        ({"policy": "keep-leg-share"}, "keep"),
        ({"keep": {"slbm": 0.5}}, "keep"),
        ({"policy": "keep-leg-share", "keep": {"slbm": 0.6, "icbm": 0.5}}, "keep"),
    ],
)
def test_what_does_not_fit_is_refused(how, key):
    assert [found for found, _ in problems(FORCE, plan(100, **how))] == [key]
    with pytest.raises(BadInputError) as caught:
        reduced(FORCE, plan(100, **how))
    assert caught.value.problems[0].key == key


def test_limits_of_an_agreement_hold_for_its_parties_only():
    one = dataclasses.replace(FORCE, party="france")
    ((key, found),) = problems(one, plan(100, policy="single-warhead-first", downloads="start-2"))
    assert key == "downloads"
    assert "france" in found


def test_a_leg_that_is_not_there_keeps_nothing():
    one = force(FORCE.classes[0])
    ((key, found),) = problems(one, plan(100, policy="keep-leg-share", keep={"slbm": 0.5}))
    assert (key, "slbm" in found) == ("keep", True)


def test_warheads_that_attribution_leaves_out_do_not_fit_it():
    one = force(dataclasses.replace(FORCE.classes[0], attributed=cited(0)))
    assert [key for key, _ in problems(one, plan(0, rule="attributed"))] == ["icbm.attributed"]


@pytest.mark.parametrize(
    ("ceiling", "found"), [(1201, "a ceiling of 1,201, above the 1,200"), (10.5, "a ceiling of 10.5 warheads")]
)
def test_ceilings_that_cannot_be_are_refused(ceiling, found):
    ((key, said),) = problems(FORCE, plan(ceiling))
    assert key == "ceiling"
    assert said.startswith(found)
    assert problems(FORCE, plan(1200)) == []


def test_a_force_without_warheads_is_refused():
    one = force(kind("icbm", "silo", 0, 3))
    assert [found for _, found in problems(one, plan(0))] == ["a force without warheads"]


def test_the_way_down_is_even_and_ends_where_the_plan_does():
    way = trajectory(FORCE, plan(600), 2005)
    assert [each.year for each in way] == [2001, 2002, 2003, 2004, 2005]
    assert way[0].force is FORCE
    assert way[-1].force == reduced(FORCE, plan(600))
    even = np.linspace(1200, way[-1].counts, 5)
    assert all(each.counts <= most + 1e-9 for each, most in zip(way, even, strict=True))


@pytest.mark.parametrize("year", [2000, 2102])
def test_a_year_that_cannot_be_is_refused(year):
    with pytest.raises(BadInputError, match="the year of the force"):
        trajectory(FORCE, plan(600), year)
