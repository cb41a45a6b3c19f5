"""What must hold of any two forces: no free lunch for the attacker, none for the victim."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from detente.catalog.records import Force, ForceClass
from detente.forces import allocation, kernels
from detente.forces.counting import misfits
from detente.forces.measures import costs_kent_thaler_1989, index_kent_thaler_1989
from detente.forces.reduce import counted, reduced, trajectory
from detente.forces.strike import POSTURES, Tactics, side, strike
from detente.scenario.scenario import ForcePlan
from detente.sources import Cited, at

PSI, MEGATON = 6894.757293168, 4.184e15
RULES = ("lieber-press-2006", "glasstone-1977")


def cited(value):
    return Cited(value=value, low=value, high=value, source="test")


shares = st.floats(0.0, 1.0)


@st.composite
def classes(draw, index=0):
    basing = draw(st.sampled_from(["silo", "mobile", "rail", "submarine", "bomber"]))
    loaded = draw(st.integers(1, 12))
    day = draw(shares)
    numbers = {
        "launchers": draw(st.integers(0, 500)),
        "loaded": loaded,
        "attributed": draw(st.integers(1, 10)),
        "weapon_yield": draw(st.floats(0.01, 2.0)) * MEGATON,
        "accuracy": draw(st.floats(10.0, 800.0)),
        "reliability": draw(shares),
        "hardness": draw(st.floats(50.0, 9000.0)) * PSI if basing == "silo" else None,
        "alert_day": day,
        "alert_generated": draw(st.floats(day, 1.0)),
        "bases": None if basing == "silo" else draw(st.integers(1, 40)),
        "dispersal_area": draw(st.floats(1e9, 1e12)) if basing == "mobile" else None,
        "dispersed_hardness": draw(st.floats(1.0, 10.0)) * PSI if basing == "mobile" else None,
        "overhaul": draw(shares) if basing == "submarine" else None,
    }
    return ForceClass(
        name=f"class-{index}",
        title="",
        basing=basing,
        heavy=basing == "silo" and draw(st.booleans()),
        cruise_missiles=basing == "bomber" and draw(st.booleans()),
        **{key: cited(float(value)) for key, value in numbers.items() if value is not None},
    )


@st.composite
def forces(draw, name="us"):
    kinds = tuple(draw(classes(index)) for index in range(draw(st.integers(1, 5))))
    return Force(name=name, title=name, party=name, on=date(2001, 8, 8), classes=kinds, published_warheads=cited(0.0))


def struck(attacker, victim, posture="day-to-day", prompt=False, rule=RULES[0], cap=2, **how):
    return strike(side("a", attacker), side("b", victim), posture, prompt, Tactics(rule=rule, cap=cap, **how), float)


def scaled(force, field, factor):
    return at(force, lambda path, number: number.value * factor if path.endswith(field) else number.value)


def never_more(less, more):
    assert less <= more + 1e-6 * max(more, 1.0)


strikes = {
    "attacker": forces(),
    "victim": forces(),
    "posture": st.sampled_from(POSTURES),
    "rule": st.sampled_from(RULES),
    "cap": st.integers(1, 3),
}
tactics = st.fixed_dictionaries({name: st.booleans() for name in ("common", "fratricide", "barrage")})


@settings(max_examples=60, deadline=None)
@given(**strikes, how=tactics, factor=st.floats(1.0, 4.0))
def test_more_attacking_warheads_never_leave_more(attacker, victim, posture, rule, cap, how, factor):
    few, many = (
        struck(one, victim, posture, rule=rule, cap=cap, **how)[0].arriving
        for one in (attacker, scaled(attacker, "launchers", factor))
    )
    never_more(many, few)


@settings(max_examples=60, deadline=None)
@given(**strikes, how=tactics, factor=st.floats(1.0, 4.0))
def test_harder_silos_never_leave_fewer(attacker, victim, posture, rule, cap, how, factor):
    soft, hard = (
        struck(attacker, one, posture, rule=rule, cap=cap, **how)[0].arriving
        for one in (victim, scaled(victim, "hardness", factor))
    )
    never_more(soft, hard)


@settings(max_examples=60, deadline=None)
@given(**strikes)
def test_generated_alert_never_leaves_fewer_of_the_victims(attacker, victim, posture, rule, cap):
    ready = at(attacker, lambda path, number: 1.0 if "alert" in path else number.value)
    day, generated = (struck(ready, victim, posture, rule=rule, cap=cap)[0].arriving for posture in POSTURES)
    never_more(day, generated)


@settings(max_examples=60, deadline=None)
@given(**strikes, how=tactics)
def test_more_warning_never_leaves_fewer(attacker, victim, posture, rule, cap, how):
    ridden, prompt = (struck(attacker, victim, posture, now, rule, cap, **how)[0].arriving for now in (False, True))
    never_more(ridden, prompt)


@settings(max_examples=60, deadline=None)
@given(**strikes, how=tactics)
def test_more_shots_at_a_point_never_leave_more(attacker, victim, posture, rule, cap, how):
    fewer, more = (
        struck(attacker, victim, posture, rule=rule, cap=shots, **how)[0].arriving for shots in (cap, cap + 1)
    )
    never_more(more, fewer)


@settings(max_examples=80, deadline=None)
@given(**strikes, how=tactics, prompt=st.booleans(), proportional=st.booleans())
def test_no_class_below_zero_or_above_what_it_had_and_totals_add_up(
    attacker, victim, posture, rule, cap, how, prompt, proportional
):
    drawdown, options = struck(attacker, victim, posture, prompt, rule, cap, proportional=proportional, **how)
    for row in drawdown.by_class:
        assert 0.0 <= row.arriving <= row.surviving <= row.start
        assert 0.0 <= row.alert <= row.start
    for name in ("start", "alert", "surviving", "arriving", "through"):
        assert getattr(drawdown, name) == pytest.approx(sum(getattr(row, name) for row in drawdown.by_class))
    assert 0.0 <= drawdown.spent <= drawdown.attacking * (1 + 1e-9)
    assert options.unstruck - sum(options.denied) == pytest.approx(drawdown.arriving, abs=1e-6)


@settings(max_examples=80, deadline=None)
@given(**strikes, how=tactics)
def test_the_best_allocation_is_never_worse_than_the_proportional_one(attacker, victim, posture, rule, cap, how):
    best, even = (
        struck(attacker, victim, posture, rule=rule, cap=cap, proportional=proportional, **how)[0].arriving
        for proportional in (False, True)
    )
    never_more(best, even)


@settings(max_examples=60, deadline=None)
@given(**strikes, how=tactics)
def test_debris_and_common_failures_never_help_the_attacker(attacker, victim, posture, rule, cap, how):
    free = how | {"common": False, "fratricide": False}
    with_, without = (struck(attacker, victim, posture, rule=rule, cap=cap, **one)[0].arriving for one in (how, free))
    never_more(without, with_)


@given(
    one=st.lists(shares, min_size=1, max_size=4),
    works=shares,
    order=st.lists(st.integers(0, 3), min_size=1, max_size=6),
    fratricide=st.booleans(),
)
def test_one_more_shot_never_raises_survival(one, works, order, fratricide):
    kill, reliable = np.array(one), np.full(len(one), works)
    shots = np.array([i % len(one) for i in order])
    alive = [kernels.alive_in_turn(kill, reliable, shots[: n + 1], fratricide) for n in range(shots.size)]
    assert all(later <= earlier + 1e-12 for earlier, later in itertools.pairwise(alive))


@settings(max_examples=40, deadline=None)
@given(**strikes)
def test_zero_reliability_changes_nothing(attacker, victim, posture, rule, cap):
    drawdown, _ = struck(scaled(attacker, "reliability", 0.0), victim, posture, rule=rule, cap=cap)
    assert drawdown.surviving == pytest.approx(drawdown.start)


@settings(max_examples=40, deadline=None)
@given(one=forces(), posture=st.sampled_from(POSTURES), rule=st.sampled_from(RULES))
def test_symmetric_sides_have_symmetric_answers(one, posture, rule):
    a, b = side("a", one), side("b", one)
    there, options = strike(a, b, posture, False, Tactics(rule=rule), float)
    back, _ = strike(b, a, posture, False, Tactics(rule=rule), float)
    assert there.surviving == back.surviving
    costs = dict.fromkeys((("a", "b"), ("b", "a")), costs_kent_thaler_1989(options, float, float, 400.0))
    assert index_kent_thaler_1989(costs, "a", "b") == index_kent_thaler_1989(costs, "b", "a")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_allocation_is_the_best_there_is(data):
    weapons, targets, cap = (data.draw(st.integers(1, most)) for most in (4, 5, 3))
    numbers = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    value, points = numbers.uniform(0.0, 5.0, targets), numbers.integers(0, 300, targets).astype(float)
    kill, stock = numbers.uniform(0.0, 1.0, (weapons, targets)), numbers.integers(0, 400, weapons).astype(float)
    shots = allocation.patterns(weapons, cap)
    kills = np.array([[1.0 - np.prod(1.0 - kill[row[row >= 0], j]) for row in shots] for j in range(targets)])
    destroyed, spent = allocation.allocate(value, points, kills, np.ones((weapons, targets)), shots, stock)
    columns, gains = [], []
    for j in range(targets):
        for pattern in shots:
            used = np.bincount(pattern[pattern >= 0], minlength=weapons)
            columns.append(np.concatenate((np.eye(targets)[j], used)))
            gains.append(-value[j] * (1.0 - np.prod((1.0 - kill[:, j]) ** used)))
    best = linprog(gains, A_ub=np.array(columns).T, b_ub=np.concatenate((points, stock)))
    assert value @ destroyed == pytest.approx(-best.fun, rel=1e-7, abs=1e-7)
    assert (spent.sum(axis=1) <= stock + 1e-6).all()
    assert (spent.sum(axis=0) <= cap * points + 1e-6).all()


@settings(max_examples=80, deadline=None)
@given(
    one=forces(),
    ceiling=st.floats(0.0, 8000.0),
    rule=st.sampled_from(["loaded", "attributed", "operationally-deployed"]),
    how=st.sampled_from(
        [
            {"policy": "proportional"},
            {"policy": "single-warhead-first"},
            {"policy": "single-warhead-first", "downloads": "start-1"},
            {"policy": "single-warhead-first", "downloads": "start-2"},
            {"policy": "most-survivable-first"},
            {"policy": "keep-leg-share", "keep": {"slbm": 0.5, "icbm": 0.2}},
            {"policy": "best-survival", "against": "russia-2001"},
            {"policy": "best-survival", "against": "russia-2001", "downloads": "start-1"},
        ]
    ),
)
def test_a_reduced_force_fits_and_is_never_above_what_it_had(one, ceiling, rule, how):
    plan = ForcePlan(base="us", ceiling=cited(ceiling), rule=rule, **how)
    assume(not list(misfits(one, plan)))
    cut = reduced(one, plan)
    assert counted(cut, rule) <= max(ceiling, 0.0) * (1 + 1e-9) + 1e-9
    for before, after in zip(one.classes, cut.classes, strict=True):
        assert 0.0 <= after.launchers.value <= before.launchers.value
        assert after.launchers.value == int(after.launchers.value)
        assert after.loaded.value <= before.loaded.value
        assert after.attributed.value <= before.attributed.value
    assert reduced(cut, plan) == cut
    assert reduced(one, dataclasses.replace(plan, ceiling=None)) is one


@settings(max_examples=30, deadline=None)
@given(one=forces(), ceiling=st.integers(0, 4000), years=st.integers(0, 12))
def test_the_way_down_never_goes_up_and_ends_at_the_ceiling(one, ceiling, years):
    plan = ForcePlan(base="us", ceiling=cited(float(ceiling)), policy="single-warhead-first")
    way = trajectory(one, plan, 2001 + years)
    assert [each.year for each in way] == list(range(2001, 2002 + years))
    assert way[-1].force == reduced(one, plan)
    for earlier, later in itertools.pairwise(way):
        assert later.counts <= earlier.counts + 1e-9
        for before, after in zip(earlier.force.classes, later.force.classes, strict=True):
            assert after.launchers.value <= before.launchers.value
