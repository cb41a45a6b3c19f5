"""Ensembles of free flights a CPU-second, as ratios to scipy in the same run."""

import math
import subprocess
import sys
import time

import numpy as np
from scipy.integrate import solve_ivp

from detente.earth import Earth
from detente.flight import tables
from detente.flight.ensemble import ENSEMBLE, fly_ensemble
from detente.flight.world import world

MU, RADIUS, J2, SPIN = 3.986004418e14, 6_378_137.0, 1.08262668e-3, 7.2921159e-5
EARTH = Earth(mu=MU, equatorial_radius=RADIUS, flattening=0.0, j2=J2, rotation_rate=SPIN)
THROUGH = world(EARTH, air=tables.exponential(1.225, 7200.0), closeness=ENSEMBLE)


def draw(random, n):
    """States around the COAST case: height, speed, angle, plane and ballistic coefficient vary."""
    speed, rise = random.normal(6800.0, 50.0, n), np.radians(random.normal(23.0, 2.0, n))
    plane = np.radians(random.normal(50.0, 5.0, n))
    heading = [np.sin(rise), np.cos(rise) * np.cos(plane), np.cos(rise) * np.sin(plane)]
    position = np.zeros((n, 3))
    position[:, 0] = RADIUS + random.normal(300e3, 10e3, n)
    return position, (speed * np.array(heading)).T, random.uniform(5e3, 15e3, n)


def scipy_coast(position, velocity, beta, rtol=1e-8, atol=1e-3):
    """Fly one body with scipy's DOP853; return its inertial position at impact."""

    def slope(_, s):
        x, y, z, vx, vy, vz = s
        r2 = x * x + y * y + z * z
        r = math.sqrt(r2)
        g = -MU / (r2 * r)
        k = 1.5 * J2 * RADIUS * RADIUS / r2
        w = 5.0 * z * z / r2
        ux, uy = vx + SPIN * y, vy - SPIN * x
        rho = 1.225 * math.exp(min((RADIUS - r) / 7200.0, 10.0))
        q = -0.5 * rho * math.sqrt(ux * ux + uy * uy + vz * vz) / beta
        side = g * (1.0 - k * (w - 1.0))
        return [vx, vy, vz, side * x + q * ux, side * y + q * uy, g * (1.0 - k * (w - 3.0)) * z + q * vz]

    def ground(_, s):
        return math.sqrt(s[0] ** 2 + s[1] ** 2 + s[2] ** 2) - RADIUS

    ground.terminal, ground.direction = True, -1
    start = [*position, *velocity]
    return solve_ivp(slope, (0, 4000), start, method="DOP853", rtol=rtol, atol=atol, events=ground).y[:3, -1]


def cpu(function):
    start = time.process_time()
    function()
    return time.process_time() - start


def fly(states, threads=1):
    position, velocity, beta = states
    return fly_ensemble(position, velocity, THROUGH, ballistic_coefficient=beta, threads=threads)


def test_coast_ensemble_against_scipy(benchmark):
    few, many = draw(np.random.default_rng(7), 60), draw(np.random.default_rng(8), 100_000)
    flown = fly(few).position_eci.values
    near = [scipy_coast(*each, rtol=1e-13, atol=1e-6) for each in zip(*few, strict=True)]
    miss = float(np.linalg.norm(flown - near, axis=1).max())
    fly(many)
    slow = cpu(lambda: [scipy_coast(*each) for each in zip(*few, strict=True)]) / 60
    fast = min(cpu(lambda: fly(many)) for _ in range(3)) / 100_000
    benchmark.extra_info |= {
        "ratio_to_scipy_dop853": round(slow / fast),
        "flights_per_cpu_second": round(1.0 / fast),
        "worst_miss_m": round(miss, 3),
    }
    assert miss < 0.5
    benchmark.pedantic(lambda: fly(many), rounds=3)


def test_two_threads_against_one(benchmark):
    states = draw(np.random.default_rng(8), 400_000)
    fly(states)
    walls = {1: [], 2: []}
    for _ in range(3):
        for threads, seen in walls.items():
            start = time.perf_counter()
            fly(states, threads)
            seen.append(time.perf_counter() - start)
    benchmark.extra_info["two_threads_over_one"] = round(min(walls[1]) / min(walls[2]), 2)
    benchmark.pedantic(lambda: fly(states, 2), rounds=1)


TEN_MILLION = """
import resource, sys
sys.path.insert(0, "benchmarks")
from test_flight_ensembles import THROUGH, draw
from detente.flight.ensemble import stream_ensemble
down = sum(int(part.impact.sum()) for part in stream_ensemble(draw, 10_000_000, THROUGH))
print(down, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_memory_of_ten_million(benchmark):
    def run():
        return subprocess.run([sys.executable, "-c", TEN_MILLION], check=True, capture_output=True, text=True).stdout

    down, most = map(int, benchmark.pedantic(run, rounds=1).split())
    benchmark.extra_info["peak_memory_mib"] = most
    assert down == 10_000_000
    assert most < 1_000
