"""The stability map and the play forward: cell by cell what single strikes give, and clear refusals."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest

from detente.forces.exchange_model import exchange
from detente.forces.forward import answering, arms_race_slope, drawdown_curve
from detente.forces.stability_map import Axes, Retaliation, stability_map
from detente.forces.strike import POSTURES
from detente.problems import BadInputError
from detente.scenario.load import load
from detente.sources import Cited
from detente.study.forces import drawn, equivalent, mapped, shield
from detente.study.vary import focused, replaced, triangular

SCENARIO = load("genoa-2001")
CASE = SCENARIO.cases["russian-proposal"]
AXES = Axes(warheads=(500.0, 1500.0, 4000.0), interceptors=(0.0, 100.0, 1000.0))
BEST = drawn(0)


def under(ceiling):
    number = Cited(value=ceiling, low=ceiling, high=ceiling, source="test")
    plans = {party: dataclasses.replace(plan, ceiling=number) for party, plan in CASE.forces.items()}
    return dataclasses.replace(CASE, forces=plans)


def stops(one, count, index=0, draw=BEST):
    spent, kill = one.drawn(draw)
    return lambda arriving: arriving - min(arriving, count / spent[index]) * kill[index]


@pytest.mark.parametrize("rule", ["lieber-press-2006", "glasstone-1977"])
@pytest.mark.parametrize("minutes", [0.0, 600.0])
def test_a_cell_is_what_one_exchange_gives(rule, minutes):
    assumed = dataclasses.replace(SCENARIO.assumptions, overpressure_rule=rule, launch_under_attack=minutes > 0.0)
    scenario = dataclasses.replace(SCENARIO, assumptions=assumed)
    axes = dataclasses.replace(AXES, minutes=(600.0,))
    one = shield(scenario)
    made = stability_map(scenario, CASE, axes, one, BEST)
    through = dict.fromkeys(CASE.forces, stops(one, 100.0))
    for at, ceiling in enumerate(axes.warheads):
        struck = exchange(scenario, under(ceiling), dict.fromkeys(CASE.forces, minutes), through)
        for side in made.sides:
            row = struck.drawdown(side.attacker, side.victim, side.posture)
            assert side.arriving(100.0, minutes)[at, 0] == pytest.approx(row.through, rel=1e-9)


def test_a_draw_is_what_one_exchange_gives_at_its_values():
    one, draw = shield(SCENARIO), drawn(3)
    made = stability_map(SCENARIO, CASE, Axes(warheads=(1500.0,), interceptors=(0.0,)), one, draw)
    copy = focused(SCENARIO, CASE)
    fields = ("weapon_yield", "accuracy", "reliability", "hardness", "alert_day", "alert_generated", "bases")
    values = {}
    for force in copy.catalog.forces.values():
        for kind in force.classes:
            for field in fields:
                number = getattr(kind, field)
                path = f"catalog.forces.{force.name}.classes.{kind.name}.{field}"
                if number is not None and number.high > number.low:
                    values[path] = float(draw(path, number)[2])
    copy = replaced(copy, values)
    struck = exchange(copy, under(1500.0), {}, {})
    for side in made.sides:
        row = struck.drawdown(side.attacker, side.victim, side.posture)
        assert side.arriving(0.0)[0, 2] == pytest.approx(row.through, rel=1e-9)


def test_the_greatest_number_of_interceptors_is_where_just_enough_arrives():
    made = stability_map(SCENARIO, CASE, AXES, shield(SCENARIO), drawn(50))
    for side in made.sides:
        greatest = side.greatest(made.required)
        for w, s in zip(*np.nonzero((greatest > 0.0) & np.isfinite(greatest)), strict=True):
            assert side.arriving(greatest[w, s])[w, s] == pytest.approx(made.required)
        assert (side.arriving(0.0)[greatest < 0.0] < made.required).all()
        assert (side.arriving(1e9)[np.isinf(greatest)] >= made.required).all()


def test_cells_count_the_draws_in_which_enough_arrives():
    made = mapped(SCENARIO, CASE.name, AXES, samples=200)
    for side in made.sides:
        cells = side.assured(AXES.interceptors, made.required)
        for n, interceptors in enumerate(AXES.interceptors):
            enough = side.arriving(interceptors)[:, 1:] >= made.required
            assert cells[n] == pytest.approx(enough.mean(axis=1), abs=1e-12)
        for share in (0.95, 0.5, 0.05):
            edge = side.boundary(share, made.required)
            for w in np.flatnonzero(edge >= 0.0):
                at = (min(float(edge[w]), 1e9),)
                assert side.assured(at, made.required)[0, w] >= share


def test_time_to_decide_empties_silos_in_the_draws_whose_floor_it_meets():
    axes = dataclasses.replace(AXES, minutes=(0.0, 120.0, 360.0))
    made = mapped(SCENARIO, CASE.name, axes, samples=200)
    side = made.side("us", "day-to-day")
    shares = [side.assured((100.0,), made.required, minutes).mean() for minutes in axes.minutes]
    assert shares == sorted(shares)
    assert (side.arriving(0.0, 360.0) >= side.arriving(0.0, 0.0) - 1e-9).all()
    floor = SCENARIO.assumptions.decision_floor
    assert side.floor[0] == floor.value
    assert np.median(side.floor[1:]) == pytest.approx(triangular(floor, 0.5), rel=0.02)


def test_the_same_question_has_the_same_map_whatever_the_threads():
    import numba

    before = numba.get_num_threads()
    maps = []
    for threads in (1, before):
        numba.set_num_threads(threads)
        maps.append(mapped(SCENARIO, CASE.name, AXES, samples=50))
    numba.set_num_threads(before)
    once, again = maps
    for one, other in zip(once.sides, again.sides, strict=True):
        assert (one.missiles == other.missiles).all()
        assert (one.bombers == other.bombers).all()


@pytest.mark.parametrize("victim", ["us", "russia"])
@pytest.mark.parametrize("posture", POSTURES)
def test_what_a_side_must_keep_brings_as_much_through(victim, posture):
    (attacker,) = set(CASE.forces) - {victim}
    found = answering(SCENARIO, CASE, (attacker, victim, posture), (0.0, 50.0, 200.0), shield(SCENARIO), drawn(20))
    kept = [step.same.value for step in found.steps]
    assert kept[0] == pytest.approx(found.held)
    assert kept == sorted(kept)
    assert [step.arriving.value for step in found.steps] == sorted(
        (s.arriving.value for s in found.steps), reverse=True
    )
    assert all(step.same.low <= step.same.value <= step.same.high for step in found.steps)
    assert arms_race_slope(found) == pytest.approx((kept[1] - found.held) / 50.0)
    assert all(step.enough.value > found.held for step in found.steps if step.arriving.value < 400.0)


def test_who_survives_worse_must_add_more_for_each_interceptor():
    steps = (0.0, 100.0)
    slopes = {
        posture: arms_race_slope(
            answering(SCENARIO, CASE, ("us", "russia", posture), steps, shield(SCENARIO), drawn(0))
        )
        for posture in POSTURES
    }
    assert slopes["day-to-day"] > 3.0 * slopes["generated"] > 0.0


def test_the_drawdown_curve_falls_from_everything_to_what_the_strike_leaves():
    pair = ("us", "russia", "day-to-day")
    curve = drawdown_curve(SCENARIO, CASE, pair, drawn(20))
    arriving = [point.arriving.value for point in curve]
    assert all(low >= high - 1e-9 for low, high in itertools.pairwise(arriving))
    assert arriving[-1] == pytest.approx(exchange(SCENARIO, CASE, {}, {}).drawdown(*pair).arriving)


def test_defenses_are_told_in_interceptors_of_the_map():
    one = shield(SCENARIO)
    assert equivalent(SCENARIO, CASE, "us", one) == 0.0
    assert 20.0 < equivalent(SCENARIO, CASE, "russia", one) < 100.0


def side_of(missiles, bombers, spent, kill):
    one = np.array([[missiles]])
    none = np.array([np.inf])
    return Retaliation(
        attacker="a",
        victim="b",
        posture="generated",
        missiles=one,
        bombers=np.array([[bombers]]),
        prompt_missiles=one,
        spent=np.array([spent]),
        kill=np.array([kill]),
        floor=none,
    )


def test_numbers_of_interceptors_by_hand():
    assert side_of(1000.0, 0.0, 2.0, 0.8).greatest(400.0)[0, 0] == pytest.approx(1500.0)
    assert side_of(1000.0, 0.0, 2.0, 0.5).greatest(400.0)[0, 0] == np.inf
    assert side_of(1000.0, 0.0, 2.0, 0.0).greatest(400.0)[0, 0] == np.inf
    assert side_of(300.0, 0.0, 2.0, 0.0).greatest(400.0)[0, 0] == -1.0
    assert side_of(300.0, 100.0, 2.0, 0.5).greatest(400.0)[0, 0] == 0.0
    assert side_of(0.0, 500.0, 2.0, 0.5).greatest(400.0)[0, 0] == np.inf


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        (Axes(warheads=(), interceptors=(0.0,)), "warheads"),
        (Axes(warheads=(0.0, 100.0), interceptors=(0.0,)), "warheads"),
        (Axes(warheads=(float("nan"),), interceptors=(0.0,)), "warheads"),
        (Axes(warheads=(200.0, 100.0), interceptors=(0.0,)), "warheads"),
        (Axes(warheads=(9000.0,), interceptors=(0.0,)), "7,116"),
        (Axes(warheads=(7000.0, 7500.0, 8000.0), interceptors=(0.0,)), "7,116"),
        (Axes(warheads=(100.0,), interceptors=(-1.0,)), "interceptors"),
        (Axes(warheads=(100.0,), interceptors=tuple(float(n) for n in range(402))), "402 values"),
        (Axes(warheads=(100.0,), interceptors=(0.0,), minutes=(-60.0,)), "minutes"),
    ],
)
def test_axes_that_cannot_be_are_refused_with_what_is_allowed(axes, said):
    with pytest.raises(BadInputError, match=said):
        stability_map(SCENARIO, CASE, axes, shield(SCENARIO), BEST)


def test_what_is_no_map_is_refused():
    with pytest.raises(BadInputError, match="two parties"):
        stability_map(SCENARIO, dataclasses.replace(CASE, forces={}), AXES, shield(SCENARIO), BEST)
    with pytest.raises(BadInputError, match="thaad"):
        shield(SCENARIO, "thaad")
    with pytest.raises(BadInputError, match="gbii"):
        shield(SCENARIO, "gbii")
    with pytest.raises(BadInputError, match="1 or more"):
        mapped(SCENARIO, CASE.name, AXES, samples=0)
    with pytest.raises(KeyError, match="sides of this map"):
        stability_map(SCENARIO, CASE, AXES, shield(SCENARIO), BEST).side("nobody", "generated")
