"""The analytic raid against one that is played with dice: an independent code path."""

import numpy as np
import pytest

from detente.defense import kernels


def volley(objects, left, trait, shots, random):
    """Fire `shots` at everything that looks like a warhead while interceptors last; returns survivors and shots."""
    k, _, _, q, _, _ = trait
    seen = [i for i, real in enumerate(objects) if real or random.random() >= q]
    random.shuffle(seen)
    engaged = seen[: int(left // shots)]
    killed = {i for i in engaged if random.random() < 1 - (1 - k) ** shots}
    return [real for i, real in enumerate(objects) if i not in killed], shots * len(engaged)


def fire(objects, left, trait, rounds, random):
    """Play one deployment; returns survivors and shots."""
    n, turn, spent = int(trait[1]), trait[2], 0
    looks = min(rounds, n) if turn else 1
    for look in range(looks):
        objects, shots = volley(objects, left - spent, trait, n - looks + 1 if look == looks - 1 else 1, random)
        spent += shots
    return objects, spent


def one_play(raid, stock, traits, rounds, random):
    """Play one raid; returns warheads that arrive and shots of each deployment."""
    missiles, warheads, decoys = raid
    objects, used = [True] * missiles, np.zeros(len(stock))
    released = False
    for d, trait in enumerate(traits):
        if trait[5] > 0 and not released:
            objects, released = [True] * (len(objects) * warheads) + [False] * (len(objects) * warheads * decoys), True
        if random.random() < trait[4] and rounds[d] > 0:
            objects, used[d] = fire(objects, stock[d], trait, rounds[d], random)
    return sum(objects) * (1 if released else warheads), used


def played(missiles, warheads, decoys, stock, traits, rounds, trials=20_000):
    """Play many raids on one aim; returns no-leak share, mean leakers, mean use of each deployment."""
    random = np.random.default_rng(1)
    plays = [one_play((missiles, warheads, decoys), stock, traits, rounds, random) for _ in range(trials)]
    arrived = np.array([one[0] for one in plays])
    return np.mean(arrived == 0), np.mean(arrived), np.mean([one[1] for one in plays], axis=0)


def compared(missiles, warheads, decoys, stock, traits, rounds):
    traits, stock = np.array(traits, float), np.array(stock, float)
    none, alive, used = kernels.raid(missiles, warheads, float(decoys), stock, traits, np.array(rounds)[:, None])
    return (none, alive[-1], used), played(missiles, warheads, decoys, stock, traits, rounds)


def test_three_layers_with_enough_interceptors_agree() -> None:
    traits = [[0.6, 1, 0, 1, 0.8, 0], [0.5, 4, 1, 0.5, 0.9, 1], [0.7, 2, 0, 0.9, 0.9, 2]]
    ours, dice = compared(3, 2, 2, [10, 300, 100], traits, [1, 2, 1])
    assert ours[0] == pytest.approx(dice[0], abs=0.012)
    assert ours[1] == pytest.approx(dice[1], abs=0.03)
    assert ours[2] == pytest.approx(dice[2], rel=0.02, abs=0.05)


def test_salvo_that_runs_out_agrees() -> None:
    ours, dice = compared(6, 1, 2, [20], [[0.8, 2, 0, 0.0, 1.0, 1]], [1])
    assert ours[0] == pytest.approx(dice[0], abs=0.005)
    assert ours[1] == pytest.approx(dice[1], abs=0.03)
    assert ours[2] == pytest.approx(dice[2], rel=0.01)


def test_looks_that_run_out_agree_within_the_mean_stock_approximation() -> None:
    ours, dice = compared(8, 1, 0, [11], [[0.6, 3, 1, 1.0, 0.9, 1]], [3])
    assert ours[0] == pytest.approx(dice[0], abs=0.02)
    assert ours[1] == pytest.approx(dice[1], abs=0.06)
    assert ours[2] == pytest.approx(dice[2], rel=0.02, abs=0.05)


def test_too_few_interceptors_never_stop_everything() -> None:
    none, alive, _ = kernels.raid(2, 1, 0.0, np.array([1.0]), np.array([[0.8, 1, 0, 1.0, 1.0, 1.0]]), np.array([[1]]))
    assert none == 0.0
    assert alive[-1] == pytest.approx(1.2)
