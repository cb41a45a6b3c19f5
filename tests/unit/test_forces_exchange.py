"""The exchange on small hand-made forces whose answers can be worked out on paper."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from detente.catalog.records import Catalog, Force, ForceClass
from detente.forces import measures
from detente.forces.exchange_model import exchange
from detente.forces.strike import POSTURES, Options
from detente.problems import BadInputError
from detente.scenario.scenario import Assumptions, Case, ForcePlan, Scenario
from detente.sources import Cited

PSI = 6894.757293168


def cited(value):
    return Cited(value=value, low=value, high=value, source="test")


def kind(name, basing, launchers, loaded, **fields):
    numbers = {"attributed": loaded, "weapon_yield": 0.3 * 4.184e15, "accuracy": 100.0, "reliability": 0.8}
    numbers |= {"alert_day": 1.0 if basing == "silo" else 0.5, "alert_generated": 1.0 if basing == "silo" else 0.9}
    numbers |= {"hardness": 2000 * PSI} if basing == "silo" else {"bases": 2.0}
    numbers |= fields
    numbers = {key: cited(value) for key, value in numbers.items() if value is not None}
    return ForceClass(name=name, title=name, basing=basing, launchers=cited(launchers), loaded=cited(loaded), **numbers)


def force(name, *classes):
    return Force(name=name, title=name, party=name, on=date(2001, 8, 8), classes=classes, published_warheads=cited(0.0))


def scenario(forces, **assumed):
    numbers = {"required_retaliation": 100.0, "decision_floor": 120.0, "radar_track_time": 60.0}
    numbers = {key: cited(value) for key, value in (numbers | assumed.pop("numbers", {})).items()}
    case = Case(
        name="case",
        title="case",
        summary="",
        on=date(2001, 8, 8),
        agreements={},
        forces={one.name: ForcePlan(base=one.name) for one in forces},
        sensors={},
    )
    whole = Scenario(
        name="test",
        title="test",
        question="",
        on=date(2001, 8, 8),
        parties={},
        threats={},
        cases={"case": case},
        assumptions=Assumptions(**numbers, **assumed),
        coverage_regions={},
        catalog=Catalog(forces={one.name: one for one in forces}),
    )
    return whole, case


def run(*forces, decision_time=None, through=None, **assumed):
    return exchange(*scenario(forces, **assumed), decision_time or {}, through or {})


STRONG = force("a", kind("silos", "silo", 500, 3), kind("boats", "submarine", 100, 8))
WEAK = force("b", kind("silos", "silo", 100, 1), kind("boats", "submarine", 50, 4), kind("aircraft", "bomber", 20, 10))


def test_two_warheads_a_silo_leave_what_the_formula_leaves():
    drawdown = run(STRONG, WEAK).drawdown("a", "b")
    radius = 2.62 * 1852 * (0.3 / 2000) ** (1 / 3)
    one = 0.8 * (1 - 0.5 ** ((radius / 100) ** 2))
    silos, boats, aircraft = drawdown.by_class
    assert silos.surviving == pytest.approx(100 * (1 - one) ** 2, rel=1e-9)
    assert boats.surviving == pytest.approx(200 * (0.5 + 0.5 * 0.2**2), rel=1e-9)
    assert aircraft.surviving == pytest.approx(200 * (0.5 + 0.5 * 0.2**2), rel=1e-9)
    assert drawdown.spent == pytest.approx(2 * (100 + 2 + 2))
    assert drawdown.attacking == pytest.approx(1500 + 400)
    assert drawdown.arriving == pytest.approx(0.8 * drawdown.surviving)


def test_generated_alert_saves_boats_and_aircraft():
    stability = run(STRONG, WEAK)
    day, generated = (stability.drawdown("a", "b", posture) for posture in POSTURES)
    assert generated.alert > day.alert
    assert generated.by_class[1].surviving == pytest.approx(200 * (0.9 + 0.1 * 0.04))
    assert stability.measures["generation-stability.b"] == pytest.approx(day.through / generated.through)


def test_launch_under_attack_needs_the_assumption_and_the_time():
    slow = run(STRONG, WEAK, decision_time={"b": 119.0}, launch_under_attack=True)
    quick = run(STRONG, WEAK, decision_time={"b": 120.0}, launch_under_attack=True)
    never = run(STRONG, WEAK, decision_time={"b": 1e6})
    assert not slow.drawdown("a", "b").launched_under_attack
    assert quick.drawdown("a", "b").launched_under_attack
    assert not never.drawdown("a", "b").launched_under_attack
    assert quick.drawdown("a", "b").by_class[0].surviving >= 90.0
    assert slow.drawdown("a", "b").surviving == never.drawdown("a", "b").surviving
    assert slow.measures["prompt-launch-stability.b"] == quick.measures["prompt-launch-stability.b"] < 1.0


def test_what_gets_through_is_the_defenders_function_of_what_arrives():
    stability = run(STRONG, WEAK, through={"a": lambda arriving: max(arriving - 100.0, 0.0)})
    drawdown = stability.drawdown("a", "b")
    missiles = sum(one.arriving for one in drawdown.by_class if one.basing != "bomber")
    assert drawdown.through == pytest.approx(drawdown.arriving - min(missiles, 100.0))
    assert sum(row.through for row in drawdown.by_class) == pytest.approx(drawdown.through)
    assert stability.drawdown("b", "a").through == stability.drawdown("b", "a").arriving


def test_stable_means_that_both_retaliations_are_enough():
    plenty, scarce = (run(STRONG, WEAK, numbers={"required_retaliation": number}) for number in (100.0, 200.0))
    assert plenty.stable is True
    assert scarce.stable is False
    assert scarce.margin["b"] < 0.0 < scarce.margin["a"]
    assert scarce.measures["margin.b"] == scarce.margin["b"]


def test_one_armed_party_has_totals_and_no_exchange():
    alone = run(STRONG)
    assert alone.stable is None
    assert alone.drawdowns == ()
    assert alone.forces["a"].warheads == 2300
    assert alone.forces["a"].alert_day == 1900
    assert alone.forces["a"].equivalent_megatons == pytest.approx(2300 * 0.3 ** (2 / 3))
    assert run().forces == {}


def test_three_armed_parties_are_compared_in_pairs():
    third = force("c", kind("silos", "silo", 20, 1))
    stability = run(STRONG, WEAK, third)
    assert len(stability.drawdowns) == 12
    assert {"margin.a<b", "margin.a<c", "first-strike-stability.b+c"} <= set(stability.measures)


def test_every_measure_has_a_meaning():
    for name, value in run(STRONG, WEAK).measures.items():
        assert name.split(".")[0] in measures.MEANINGS
        assert name.startswith("margin") or 0.0 <= value <= 1.0


def test_the_overpressure_rule_changes_silo_survival():
    hard = force("b", kind("silos", "silo", 100, 1, hardness=3000 * PSI, accuracy=250.0))
    striker = force("a", kind("silos", "silo", 100, 2, accuracy=250.0))
    press, glasstone = (
        run(striker, hard, overpressure_rule=rule).drawdown("a", "b").surviving
        for rule in ("lieber-press-2006", "glasstone-1977")
    )
    assert press < glasstone < 100.0


def test_striker_stops_where_its_own_cost_is_least():
    efficient = Options(spent=(10.0, 500.0), denied=(300.0, 5.0), ready=500.0, unstruck=400.0)
    spent_nothing = dataclasses.replace(efficient, spent=(), denied=())
    first_only = dataclasses.replace(efficient, spent=(10.0,), denied=(300.0,))
    through = float
    costs = [
        measures.costs_kent_thaler_1989(options, through, through, 100.0)
        for options in (efficient, spent_nothing, first_only)
    ]
    assert costs[0] == costs[2]
    assert costs[0][0] < costs[1][0]


def test_missing_hardness_and_bases_are_both_reported():
    bad = force("b", kind("silos", "silo", 10, 1, hardness=None), kind("boats", "submarine", 10, 1, bases=None))
    with pytest.raises(BadInputError) as caught:
        run(STRONG, bad)
    assert [problem.key for problem in caught.value.problems] == ["b.silos.hardness", "b.boats.bases"]


def test_unknown_ordering_names_the_known_ones():
    with pytest.raises(KeyError, match="orderings of this case"):
        run(STRONG, WEAK).drawdown("a", "c")


def test_missile_defense_does_not_stop_bombers():
    stopped = run(STRONG, WEAK, through={"a": lambda _arriving: 0.0}, posture="generated").drawdown("a", "b")
    by_class = {one.basing: one for one in stopped.by_class}
    assert by_class["silo"].through == by_class["submarine"].through == 0.0
    assert by_class["bomber"].through == by_class["bomber"].arriving > 0.0
