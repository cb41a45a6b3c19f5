"""What a day of watch costs, and a map of the whole Earth; as ratios to numpy a minute and a point at a time."""

import math
import os
import subprocess
import sys
import time

import numpy as np

from detente.catalog.load import catalog
from detente.earth import ecef_from_geodetic
from detente.sensing.coverage import MINUTES, PLUME_ALTITUDE, minutes_seen, watch
from detente.sensing.coverage_map import satellite_map
from detente.sensing.infrared import held_on, sees, through_the_day

KNOWN = catalog()
OKO = KNOWN.constellations["oko-us-ks"]
SATELLITES = 9


def cpu(function):
    start = time.process_time()
    function()
    return time.process_time() - start


def scattered(n):
    random = np.random.default_rng(7)
    return np.arcsin(random.uniform(-1.0, 1.0, n)), random.uniform(-math.pi, math.pi, n)


def test_a_satellite_point_day_against_plain_numpy(benchmark):
    """The rule over all minutes of a day for one satellite and one point, in microseconds of processor time."""
    few, many = scattered(20), scattered(2000)
    place, _, working = through_the_day(OKO, SATELLITES, MINUTES)
    axis, plumes = held_on(OKO, KNOWN.regions), ecef_from_geodetic(*few, PLUME_ALTITUDE)
    looking = [watch(OKO, SATELLITES, KNOWN)]

    def plain():
        return [
            np.any(
                [sees(OKO, axis, one, plume, PLUME_ALTITUDE) & on for one, on in zip(place, working, strict=True)], 0
            )
            for plume in plumes
        ]

    def by_minute():
        one, on, plume = place[0], working[0], plumes[0]
        return [
            bool(sees(OKO, axis, at, plume, PLUME_ALTITUDE)) and at_work for at, at_work in zip(one, on, strict=True)
        ]

    np.testing.assert_array_equal(minutes_seen(looking, *few), plain())
    minutes_seen(looking, *many)
    fast = min(cpu(lambda: minutes_seen(looking, *many)) for _ in range(3)) / (2000 * SATELLITES)
    slow = min(cpu(plain) for _ in range(3)) / (20 * SATELLITES)
    slowest = cpu(by_minute)
    benchmark.extra_info |= {
        "microseconds_a_satellite_point_day": round(fast * 1e6, 2),
        "ratio_to_numpy_by_day": round(slow / fast),
        "ratio_to_numpy_by_minute": round(slowest / fast),
    }
    print(f"\n{fast * 1e6:.2f} us a satellite-point-day; numpy {slow / fast:.0f} times, by minute {slowest / fast:.0f}")
    assert fast < 1e-3
    benchmark.pedantic(lambda: minutes_seen(looking, *many), rounds=3)


MAP = """
import resource, sys, time
from detente.catalog.load import catalog
from detente.sensing.coverage import watch
from detente.sensing.coverage_map import satellite_map
known = catalog()
looking = [watch(known.constellations["oko-us-ks"], 9, known)]
for degrees in map(float, sys.argv[1:]):
    satellite_map(looking, degrees * 3.141592653589793 / 180.0)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_a_global_map_of_nine_satellites(benchmark):
    """The 64,800 cells of a 1 degree grid, every minute of a day; and its memory beside that of a grid of 5 degrees."""
    looking = [watch(OKO, SATELLITES, KNOWN)]
    satellite_map(looking, math.radians(10.0))
    start = time.perf_counter()
    seconds = cpu(lambda: satellite_map(looking))
    wall = time.perf_counter() - start

    def peak(*degrees):
        done = subprocess.run([sys.executable, "-c", MAP, *degrees], capture_output=True, text=True, check=True)
        return int(done.stdout) / 1024

    small, large = peak("5"), peak("5", "1")
    benchmark.extra_info |= {
        "cpu_seconds": round(seconds, 2),
        "wall_seconds": round(wall, 2),
        "processors": os.cpu_count(),
        "peak_mb": round(large),
        "peak_mb_of_a_25th": round(small),
    }
    print(f"\n{seconds:.2f} CPU s, {wall:.2f} s; {large:.0f} MB, {small:.0f} MB for a 25th of the cells")
    assert wall < 30.0
    assert large - small < 20.0
    benchmark.pedantic(lambda: satellite_map(looking), rounds=2)
