"""A stability map of 200 × 200 cells with 1,000 draws in each, as a ratio to single strikes one by one."""

import itertools
import time

import numpy as np

from detente.forces.many import ladder
from detente.forces.stability_map import Axes
from detente.forces.strike import Tactics, strike
from detente.scenario.load import load
from detente.study.forces import mapped

SAMPLES = 1000
STRIKES = 200 * SAMPLES * 4
"""Of a map: ceilings, draws, both orderings in both postures."""


def test_map_against_single_strikes(benchmark):
    scenario = load("genoa-2001")
    case = scenario.cases["russian-proposal"]
    axes = Axes(warheads=tuple(np.linspace(100.0, 6500.0, 200)), interceptors=tuple(np.linspace(0.0, 1000.0, 200)))
    small = Axes(warheads=(1500.0,), interceptors=(0.0,))
    mapped(scenario, case.name, small, samples=2)
    cpu, wall = time.process_time(), time.perf_counter()
    made = mapped(scenario, case.name, axes, samples=SAMPLES)
    cells = [side.assured(axes.interceptors, made.required) for side in made.sides]
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    assert all(each.shape == (200, 200) for each in cells)
    sides = [ladder(scenario, case.forces[party], (1500.0,)).rungs[0] for party in case.forces]
    tactics = Tactics.of(scenario.assumptions)

    def one_by_one():
        for attacker, victim in itertools.permutations(sides, 2):
            strike(attacker, victim, "day-to-day", False, tactics, float)

    one_by_one()
    start = time.process_time()
    for _ in range(200):
        one_by_one()
    single = (time.process_time() - start) / 400 * STRIKES
    benchmark.extra_info |= {"cpu_s": round(cpu, 1), "wall_s": round(wall, 1), "ratio": round(single / cpu, 1)}
    assert single / cpu > 2.0
    benchmark.pedantic(lambda: mapped(scenario, case.name, small, samples=SAMPLES), rounds=3)
