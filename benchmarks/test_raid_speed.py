"""A million raids of 20 warheads on three layers, against the same played with numpy and in plain Python."""

import random
import time

import numpy as np

from detente.defense.layers import Layer, LayeredRaid, doctrine_from
from detente.defense.leakage import exact
from detente.defense.monte_carlo import play

SHOTS = ((0.5, 2, 30), (0.6, 1, 30), (0.8, 1, 10))
RAID = LayeredRaid(
    warheads=20,
    layers=tuple(Layer(sspk=k, doctrine=doctrine_from(f"salvo:{n}"), interceptors=stock) for k, n, stock in SHOTS),
)
TRIALS = 1_000_000


def with_numpy(trials):
    """All trials side by side: objects engaged first stand for objects at random, for all are alike."""
    dice = np.random.default_rng(1)
    alive = np.full(trials, 20)
    for k, n, stock in SHOTS:
        engaged = np.minimum(alive, stock // n)
        shots = dice.random((trials, 20)) < 1.0 - (1.0 - k) ** n
        alive = alive - np.sum(shots & (np.arange(20) < engaged[:, None]), axis=1)
    return float(np.mean(alive))


def in_python(trials):
    dice, total = random.Random(1), 0  # noqa: S311 (dice, not secrets)
    for _ in range(trials):
        alive = 20
        for k, n, stock in SHOTS:
            kill = 1.0 - (1.0 - k) ** n
            alive -= sum(dice.random() < kill for _ in range(min(alive, stock // n)))
        total += alive
    return total / trials


def spent(work, *args):
    started = time.process_time()
    result = work(*args)
    return result, time.process_time() - started


def test_a_million_raids(benchmark):
    play(RAID, 1000)
    ours, ours_time = benchmark.pedantic(spent, args=(play, RAID, TRIALS), rounds=1)
    numpy_mean, numpy_time = spent(with_numpy, TRIALS)
    python_mean, python_time = spent(in_python, TRIALS // 50)
    sure = exact(RAID).expected_leakers
    assert abs(ours.expected_leakers - sure) < 5 * ours.expected_leakers_error
    assert abs(numpy_mean - sure) < 0.02
    assert abs(python_mean - sure) < 0.1
    ratios = numpy_time / ours_time, 50 * python_time / ours_time
    benchmark.extra_info.update(ratio_numpy=ratios[0], ratio_python=ratios[1], cpu_seconds=ours_time)
    print(f"\n{TRIALS:,} raids in {ours_time:.2f} CPU-s; numpy {ratios[0]:.1f}, Python {ratios[1]:.0f} times as long")
    assert ratios[0] > 1.0
