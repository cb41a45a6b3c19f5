"""Arithmetic of strikes, on numbers that can be checked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from detente.forces import kernels

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
    assert kernels.kill_common(0.9, 0.8, 10) < 0.8 < kernels.kill_independent(0.9, 0.8, 2)
    assert kernels.kill_common(0.9, 0.8, 1) == pytest.approx(kernels.kill_independent(0.9, 0.8, 1))


def test_equivalent_megatons_meet_at_one_megaton():
    below, above = (kernels.equivalent_megatons(1.0, MEGATON * factor) for factor in (1.0, 1.0 + 1e-12))
    assert below == pytest.approx(above)
    assert kernels.equivalent_megatons(2.0, 4.0 * MEGATON) == pytest.approx(4.0)


def test_damage_is_eighty_percent_at_its_measure():
    assert kernels.damage(400.0, 400.0) == pytest.approx(0.8)
    assert kernels.damage(0.0, 0.0) == 0.0
    assert kernels.damage(1.0, 0.0) == 1.0


def test_patterns_are_all_multisets_once():
    found = {tuple(sorted(row[row >= 0].tolist())) for row in kernels.patterns(3, 2)}
    assert len(kernels.patterns(3, 2)) == len(found) == 9
    assert (0, 0) in found
    assert (1, 2) in found


def test_kill_matrix_takes_soft_points_for_granted():
    kill = kernels.kill_matrix(
        0, np.array([0.3 * MEGATON]), np.array([100.0]), np.array([0.8]), np.array([0.0, 2000 * PSI])
    )
    assert kill[0, 0] == 0.8
    assert 0.0 < kill[0, 1] < 0.8


def test_scarce_warheads_go_where_they_deny_most():
    destroyed, spent = kernels.allocate(
        np.array([1.0, 10.0]), np.array([100.0, 10.0]), np.full((1, 2), 0.5), np.array([20.0]), 2
    )
    assert spent.tolist() == [[0.0, 20.0]]
    assert destroyed.tolist() == [0.0, 7.5]


def test_nothing_to_shoot_with_or_at_is_no_strike():
    empty = np.zeros(0)
    destroyed, spent = kernels.allocate(np.ones(2), np.ones(2), np.zeros((0, 2)), empty, 2)
    assert destroyed.tolist() == [0.0, 0.0]
    assert spent.shape == (0, 2)
    assert kernels.allocate(empty, empty, np.zeros((1, 0)), np.ones(1), 2)[0].shape == (0,)
    assert kernels.allocate(np.ones(1), np.ones(1), np.ones((1, 1)), np.ones(1), 0)[0].tolist() == [0.0]
