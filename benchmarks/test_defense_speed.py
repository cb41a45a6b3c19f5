"""A footprint, cold with its interceptor's fly-out and again after one change, against a loop in Python."""

import math
import time
from dataclasses import replace

import numpy as np

from detente.catalog.load import catalog
from detente.defense import arcs, reach
from detente.defense.bands import Approach, Geometry
from detente.defense.cue import Cue
from detente.defense.draws import table_of
from detente.defense.footprint_model import FootprintModel

PLACE = Geometry(
    site=(0.7, 0.4),
    launch=(0.62, 0.9),
    loft=0.0,
    late=70.0,
    burnout_time=100.0,
    longest=3500e3,
    beta=3000.0,
    sight=1.0,
)
TOLD = Cue(share=1.0, mode="own", track_time=600.0, alert_time=100.0)
DEGREE = math.radians(1.0)


def model(**given):
    thaad = catalog().interceptors["thaad"]
    return FootprintModel(interceptor=thaad, approaches=(Approach(geometry=PLACE, known=(TOLD,)),), count=8, **given)


def spent(work):
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def cold(asked):
    """Forget every fly-out table and compute a footprint."""
    reach.reach_of.cache_clear()
    reach._table.cache_clear()
    return asked.bands()


def naive(asked, aims):
    """A loop in Python over aims, points and draws that calls a compiled function for each."""
    rows, tables, band = table_of(asked.interceptor, (TOLD,), asked.draws, 1.0)
    flight = np.array([PLACE.loft, PLACE.late, PLACE.burnout_time, PLACE.longest, PLACE.beta, PLACE.turn])
    return arcs.margins.py_func(np.array([*PLACE.site, *PLACE.launch]), aims, flight, band, rows, tables)


def test_a_footprint_cold_and_warm(benchmark):
    first = model()
    first.bands()
    _, cold_time = spent(lambda: cold(model(delay=1.0)))
    changes = [
        ("site", lambda k: first.moved(0.7 + 1e-3 * k, 0.4)),
        ("delay", lambda k: replace(first, delay=1.0 + k)),
        ("sensor", lambda k: first.told((replace(TOLD, track_time=500.0 + k),))),
        ("count", lambda k: replace(first, count=9 + k)),
        ("doctrine", lambda k: replace(first, rounds=1 + k)),
    ]
    # The second of two: numba compiles or loads on the first.
    told = {}
    for name, change in changes:
        change(1).bands()
        _, told[name] = spent(change(2).bands)
    _, grid_time = benchmark.pedantic(
        spent, args=(lambda: first.moved(0.71, 0.4).grid(20.0 * DEGREE, DEGREE),), rounds=1
    )
    aims = np.column_stack([0.7 + DEGREE * np.arange(-4, 5), np.full(9, 0.4)])
    naive(first, aims[:1])  # compiles what it calls
    _, slow = spent(lambda: naive(first, aims))
    first.chance(aims)
    _, fast = spent(lambda: first.chance(np.tile(aims, (100, 1))))
    ratio = 100.0 * slow / fast
    benchmark.extra_info.update(cold_cpu_seconds=cold_time, grid_cpu_seconds=grid_time, ratio_python=ratio, **told)
    warm = ", ".join(f"{name} {seconds:.3f}" for name, seconds in told.items())
    print(f"\ncold {cold_time:.2f} CPU-s; warm {warm}; 41 x 41 grid of 1 degree {grid_time:.3f}")
    print(f"a loop in Python takes {ratio:.0f} times as long")
    assert cold_time < 5.0
    assert max(*told.values(), grid_time) < 0.1
    assert ratio > 1.0
