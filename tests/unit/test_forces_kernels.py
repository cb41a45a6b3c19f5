"""Arithmetic of strikes, on numbers that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from detente.forces import allocation, kernels

MEGATON, PSI = kernels.MEGATON, kernels.PSI


def test_glasstone_gives_back_its_points_and_goes_on_straight_beyond_them():
    for psi, feet in zip(kernels.GLASSTONE_PSI, kernels.GLASSTONE_FEET, strict=True):
        radius = kernels.lethal_radius_glasstone_1977(MEGATON / 1000, psi * PSI)
        assert radius == pytest.approx(feet * 0.3048, rel=1e-12)
    beyond = [kernels.lethal_radius_glasstone_1977(MEGATON / 1000, psi * PSI) for psi in (5000, 10000, 20000)]
    assert beyond[2] / beyond[1] == pytest.approx(beyond[1] / beyond[0], rel=1e-9)


def test_a_perfect_aim_always_kills_and_no_yield_never_does():
    assert kernels.sspk(100.0, 0.0) == 1.0
    assert kernels.sspk(0.0, 100.0) == 0.0


def test_common_reliability_cannot_be_bought_off_with_more_shots():
    def common(count):
        return 1.0 - kernels.alive_in_common(np.array([0.9]), np.array([0.8]), np.zeros(count, np.int64), False)

    assert common(10) < 0.8 < kernels.kill_independent(0.9, 0.8, 2)
    assert common(1) == pytest.approx(kernels.kill_independent(0.9, 0.8, 1))
    assert common(3) == pytest.approx(0.8 * (1.0 - 0.1**3))


def test_types_that_fail_apart_are_independent_of_each_other():
    one, works = np.array([0.9, 0.5]), np.array([0.8, 0.6])
    both = kernels.alive_in_common(one, works, np.array([0, 1]), False)
    assert both == pytest.approx((1.0 - 0.72) * (1.0 - 0.3))


def test_the_third_shot_meets_the_debris_of_the_first_two():
    one, works = np.array([0.6]), np.array([0.8])
    clear = (1.0 - kernels.CLOUD * 0.4 * 0.8) ** 2
    alive = kernels.alive_in_turn(one, works, np.array([0, 0, 0]), True)
    assert alive == pytest.approx((1.0 - 0.48) ** 2 * (1.0 - clear * 0.48))
    assert kernels.alive_in_turn(one, works, np.array([0, 0, -1]), True) == pytest.approx((1.0 - 0.48) ** 2)


def test_the_most_lethal_shots_come_first_where_order_matters():
    shots = np.array([0, 1, 2, -1])
    allocation.put_in_order(np.array([0.1, 0.9, 0.5]), shots)
    assert shots.tolist() == [1, 2, 0, -1]


def test_equivalent_megatons_meet_at_one_megaton():
    below, above = (kernels.equivalent_megatons(1.0, MEGATON * factor) for factor in (1.0, 1.0 + 1e-12))
    assert below == pytest.approx(above)
    assert kernels.equivalent_megatons(2.0, 4.0 * MEGATON) == pytest.approx(4.0)


def test_damage_is_eighty_percent_at_its_measure():
    assert kernels.damage(400.0, 400.0) == pytest.approx(0.8)
    assert kernels.damage(0.0, 0.0) == 0.0
    assert kernels.damage(1.0, 0.0) == 1.0


def test_patterns_are_all_multisets_once():
    found = {tuple(sorted(row[row >= 0].tolist())) for row in allocation.patterns(3, 2)}
    assert len(allocation.patterns(3, 2)) == len(found) == 9
    assert (0, 0) in found
    assert (1, 2) in found


def test_soft_points_are_taken_for_granted():
    one = kernels.sspk_matrix(0, np.array([0.3 * MEGATON]), np.array([100.0]), np.array([0.0, 2000 * PSI]))
    assert one[0, 0] == 1.0
    assert 0.0 < one[0, 1] < 1.0


def test_scarce_warheads_go_where_they_deny_most():
    shots = allocation.patterns(1, 2)
    destroyed, spent = allocation.allocate(
        np.array([1.0, 10.0]),
        np.array([100.0, 10.0]),
        np.array([[0.5, 0.75], [0.5, 0.75]]),
        np.ones((1, 2)),
        shots,
        np.array([20.0]),
    )
    assert spent.tolist() == [[0.0, 20.0]]
    assert destroyed.tolist() == [0.0, 7.5]


def test_nothing_to_shoot_with_or_at_is_no_strike():
    empty, one = np.zeros(0), np.ones(1)
    how = (0, 2, False, False, False)
    weapon = (one, MEGATON * one, 100.0 * one, one)
    assert allocation.best_strike(how, (empty,) * 4, (one, one, one, one))[0].tolist() == [0.0]
    assert allocation.best_strike(how, weapon, (empty,) * 4)[1].shape == (1, 0)
    assert allocation.best_strike((0, 0, False, False, False), weapon, (one, one, 0.0 * one, 0.0 * one))[0] == [0.0]


def test_proportional_gives_every_point_the_same_shots():
    how = (0, 2, False, False, True)
    weapon = tuple(np.array([value]) for value in (150.0, 0.3 * MEGATON, 100.0, 0.8))
    aim = (np.array([10.0, 1.0]), np.array([75.0, 25.0]), np.zeros(2), np.zeros(2))
    share, spent = allocation.best_strike(how, weapon, aim)
    assert spent == pytest.approx(np.array([[112.5, 37.5]]))
    assert share == pytest.approx([0.5 * 0.8 + 0.5 * 0.96] * 2)


def test_an_area_is_struck_patch_by_patch():
    how = (0, 1, False, False, False)
    radius = kernels.lethal_radius_glasstone_1977(0.5 * MEGATON, 3 * PSI)
    weapon = tuple(np.array([value]) for value in (10.0, 0.5 * MEGATON, 100.0, 0.9))
    aim = tuple(np.array([value]) for value in (50.0, 0.0, 3 * PSI, 40.0 * np.pi * radius**2))
    share, spent = allocation.best_strike(how, weapon, aim)
    assert share[0] == pytest.approx(0.9 * 10 / 40)
    assert spent[0, 0] == pytest.approx(10.0)
