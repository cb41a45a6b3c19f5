"""Ensembles of free flights: equal to the scalar truth, whatever the threads, and still in vector instructions."""

import json
import math
import os
import platform
import re
import subprocess
import sys

import numpy as np
import pytest
from numba import njit

from detente.earth import EGM96, WGS84, Earth, ecef_from_geodetic, sphere
from detente.flight import branchless, kernels, lanes, physics, tables
from detente.flight.ensemble import ENSEMBLE, fly_ensemble, stream_ensemble
from detente.flight.free import fly_free
from detente.flight.world import world

NATURE = (WGS84.mu, WGS84.equatorial_radius, WGS84.flattening, WGS84.j2, WGS84.rotation_rate, 0.0, 0.0)
ZONAL = (*NATURE[:3], EGM96.j2, EGM96.rotation_rate, EGM96.j3, EGM96.j4)


def any_states(random, n):
    """Bodies anywhere from 1 to 600 km, at 0.5 to 7.4 km/s, 11° downward to 86° upward, β 200 to 15,000 kg/m²."""
    up, side = random.normal(size=(2, n, 3))
    up /= np.linalg.norm(up, axis=1)[:, None]
    side -= np.sum(side * up, axis=1)[:, None] * up
    side /= np.linalg.norm(side, axis=1)[:, None]
    position = up * (WGS84.equatorial_radius + random.uniform(1e3, 600e3, (n, 1)))
    angle, speed = random.uniform(-0.2, 1.5, (n, 1)), random.uniform(500.0, 7400.0, (n, 1))
    return position, speed * (np.sin(angle) * up + np.cos(angle) * side), np.exp(random.uniform(5.3, 9.6, n))


def truth(position, velocity, beta, through):
    """Fly with the scalar kernel; return inertial position and time at the end, apogee altitude and status."""
    none, rows = np.zeros((0, 7)), []
    for place, speed, each in zip(position, velocity, beta, strict=True):
        y, peak = np.concatenate([place, speed]), np.full(2, -np.inf)
        peak[0] = physics.ellipsoid(*place, through.radius, through.flattening)[0]
        status, t, _ = kernels.coast(0.0, 20_000.0, y, 1.0 / each, through, np.zeros((9, 6)), peak, none, 0)
        rows.append([*y[:3], t, peak[0], status])
    return np.array(rows)


@pytest.mark.parametrize("seed", [20_010_801])
def test_lanes_agree_with_the_scalar_truth(seed):
    position, velocity, beta = any_states(np.random.default_rng(seed), 200)
    flown = fly_ensemble(position, velocity, ballistic_coefficient=beta, threads=1)
    exact = truth(position, velocity, beta, world(closeness=(1e-5, 1e-8, 1.0, 10.0)))
    assert flown.impact.values.tolist() == (exact[:, 5] == kernels.IMPACT).tolist()
    assert np.linalg.norm(flown.position_eci.values - exact[:, :3], axis=1).max() < 10.0
    assert np.abs(flown.apogee_altitude.values - exact[:, 4]).max() < 10.0
    assert np.abs(flown.flight_time.values - exact[:, 3]).max() < 0.05


def test_lanes_know_the_field_to_j4():
    position, velocity, beta = any_states(np.random.default_rng(12), 20)
    through = world(EGM96, closeness=ENSEMBLE)
    flown = fly_ensemble(position, velocity, through, ballistic_coefficient=beta)
    exact = truth(position, velocity, beta, world(EGM96, closeness=(1e-5, 1e-8, 1.0, 10.0)))
    assert np.linalg.norm(flown.position_eci.values - exact[:, :3], axis=1).max() < 10.0
    plain = fly_ensemble(position, velocity, ballistic_coefficient=beta)
    assert np.linalg.norm(flown.position_eci.values - plain.position_eci.values, axis=1).max() > 10.0


def test_ensemble_meets_the_shared_coast_case():
    earth = Earth(
        mu=3.986004418e14,
        equatorial_radius=6_378_137.0,
        flattening=0.0,
        j2=1.08262668e-3,
        rotation_rate=7.2921159e-5,
    )
    rise, plane = math.radians(23.0), math.radians(50.0)
    velocity = [math.sin(rise), math.cos(rise) * math.cos(plane), math.cos(rise) * math.sin(plane)]
    through = world(earth, air=tables.exponential(1.225, 7200.0), closeness=(1e-4, 1e-6, 1.0, 100.0))
    start = [[earth.equatorial_radius + 300e3, 0.0, 0.0]]
    flown = fly_ensemble(start, 6800.0 * np.array([velocity]), through, ballistic_coefficient=1e4).isel(flight=0)
    assert float(flown.flight_time) == pytest.approx(1910.883, abs=1e-3)
    there = ecef_from_geodetic(math.radians(49.561628), math.radians(72.52180), 0.0, earth)
    here = ecef_from_geodetic(float(flown.latitude), float(flown.longitude), 0.0, earth)
    assert np.linalg.norm(here - there) < 1.0
    assert np.linalg.norm(flown.velocity_eci) == pytest.approx(2794.08, abs=0.01)


def test_answers_do_not_depend_on_threads_or_company():
    position, velocity, beta = any_states(np.random.default_rng(3), 9_000)
    one, three = (fly_ensemble(position, velocity, ballistic_coefficient=beta, threads=k) for k in (1, 3))
    assert one.identical(three)
    few = fly_ensemble(position[5:18], velocity[5:18], ballistic_coefficient=beta[5:18])
    assert few.identical(one.isel(flight=slice(5, 18)))


def test_stream_is_the_same_for_the_same_seed():
    runs = [[part.flight_time.values for part in stream_ensemble(any_states, 70, seed=5, part=30)] for _ in range(2)]
    assert [len(part) for part in runs[0]] == [30, 30, 10]
    assert all(np.array_equal(a, b) for a, b in zip(*runs, strict=True))
    assert not np.array_equal(runs[0][0], runs[0][1])


def test_units_stand_on_every_variable():
    flown = fly_ensemble([[6.7e6, 0.0, 0.0]], [[0.0, 100.0, 0.0]])
    assert {name: each.attrs.get("units") for name, each in flown.items()} == {
        "flight_time": "s",
        "latitude": "rad",
        "longitude": "rad",
        "apogee_altitude": "m",
        "apogee_time": "s",
        "impact": None,
        "position_eci": "m",
        "velocity_eci": "m/s",
    }


def test_a_body_that_stays_up_ends_with_the_time():
    flown = fly_ensemble([[7.0e6, 0.0, 0.0]], [[0.0, 9_000.0, 0.0]], time=5_000.0)
    assert not flown.impact[0]
    assert flown.flight_time[0] == 5_000.0


def test_every_end_time_is_met_exactly():
    # the last step is time - t, and t + (time - t) is not always time
    position, velocity = [[6.7e6, 0.0, 0.0]], [[1_000.0, 3_000.0, 0.0]]
    for end in np.random.default_rng(7).uniform(1.0, 200.0, 100):
        flown = fly_ensemble(position, velocity, time=end)
        assert flown.flight_time[0] == end
        exact = fly_free(position[0], velocity[0], end)
        np.testing.assert_allclose(flown.velocity_eci[0], exact.velocity_eci[-1], atol=1e-3)


def test_a_body_that_just_dips_into_the_ground_comes_down():
    ball = sphere()
    through = world(ball, air=tables.exponential(1e-300, 7200.0), closeness=ENSEMBLE)
    high, lows = ball.equatorial_radius + 500e3, (ball.equatorial_radius - 300.0, ball.equatorial_radius + 300.0)
    slow = [[0.0, math.sqrt(2.0 * ball.mu * low / (high * (high + low))), 0.0] for low in lows]
    flown = fly_ensemble([[high, 0.0, 0.0]] * 2, slow, through, time=4_000.0)
    assert flown.impact.values.tolist() == [True, False]
    assert np.linalg.norm(flown.position_eci[0]) == pytest.approx(ball.equatorial_radius, abs=1.0)


def test_fall_without_air_is_the_closed_form():
    ball = sphere()
    through = world(ball, air=tables.exponential(1e-300, 7200.0), closeness=ENSEMBLE)
    height, r = 100e3, ball.equatorial_radius
    flown = fly_ensemble([[r + height, 0.0, 0.0]], [[0.0, 0.0, 0.0]], through)
    # time of a radial fall from rest: half an ellipse of no width
    a, x = 0.5 * (r + height), r / (r + height)
    time = math.sqrt(4.0 * a**3 / ball.mu) * (math.acos(math.sqrt(x)) + math.sqrt(x * (1.0 - x)))
    assert flown.flight_time[0] == pytest.approx(time, abs=1e-4)
    assert flown.apogee_altitude[0] == pytest.approx(height, abs=1e-3)


@njit
def _density(table, heights):
    return np.array([branchless.density(table, h) for h in heights])


@njit
def _field(x, y, z, nature):
    return branchless.field(x, y, z, nature)


def test_branchless_density_is_that_of_the_kernels():
    heights = np.concatenate([np.linspace(-3e3, 86e3, 2_001), np.linspace(86e3, 1.1e6, 2_001)])
    ours = _density(branchless.cells(tables.us1976()), heights)
    exact = np.array([physics.atmosphere(tables.us1976(), h)[0] for h in heights])
    low = heights < 86e3
    np.testing.assert_allclose(ours[low], exact[low], rtol=1e-6)
    np.testing.assert_allclose(ours[~low], exact[~low], rtol=5e-4)


@pytest.mark.parametrize("nature", [NATURE, ZONAL])
def test_branchless_field_is_that_of_the_kernels(nature):
    position, _, _ = any_states(np.random.default_rng(4), 500)
    for place in position:
        found = _field(*place, nature)
        exact = physics.gravity(*place, WGS84.mu, WGS84.equatorial_radius, nature[3], nature[5], nature[6])
        np.testing.assert_allclose(found[:3], exact, rtol=1e-13, atol=1e-14)
        height = physics.ellipsoid(*place, WGS84.equatorial_radius, WGS84.flattening)[0]
        assert found[3] == pytest.approx(height, abs=0.02 if height < 100e3 else 0.3)


COMPILED = """
import numpy as np
from numba import typeof
from detente.flight import lanes
table, rows = np.zeros(8), np.zeros((0, 8))
lanes.fly_block.compile(tuple(map(typeof, (rows, (1.0,) * 7, (1.0,) * 3, 1.0, 1.0, table, rows))))
print(next(iter(lanes.fly_block.inspect_asm().values())))
"""


@pytest.mark.skipif(platform.machine() not in {"x86_64", "AMD64"}, reason="counts instructions of x86")
@pytest.mark.parametrize("processor", ["skylake", "skylake-avx512"])
def test_lanes_are_vector_instructions(processor, tmp_path):
    features = "+avx,+avx2,+fma" + ",+avx512f,+avx512dq,+avx512vl" * processor.endswith("avx512")
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    environment |= {"NUMBA_CPU_NAME": processor, "NUMBA_CPU_FEATURES": features}
    done = subprocess.run([sys.executable, "-c", COMPILED], env=environment, capture_output=True, text=True, check=True)
    packed = re.findall(r"\tvfn?m(?:add|sub)\d+pd\s.*%[yz]mm", done.stdout)
    assert len(packed) > 500, f"{len(packed)} packed multiply-adds; the loop over lanes is no longer vectorized"


CUDA = """
import json
import numba
from numba import cuda
numba.njit = lambda **_: cuda.jit(device=True)
import numpy as np
from detente.flight import branchless, dop853, tables
step = dop853.stepper(branchless.rate)

@cuda.jit
def fly(states, seconds, beta, nature, table, steps, out):
    i = cuda.grid(1)
    if i < states.shape[0]:
        s = states[i]
        y = (s[0], s[1], s[2], s[3], s[4], s[5])
        k = branchless.rate(0.0, y, beta, nature, table)
        for n in range(steps):
            y, k, _ = step(0.0, y, k, seconds, 1.0, 1.0, beta, nature, table)
        for j in range(6):
            out[i, j] = y[j]

given = json.loads(input())
states = np.array(given["states"])
out = np.zeros_like(states)
table = branchless.cells(tables.us1976())
fly[1, 32](states, given["seconds"], given["beta"], tuple(given["nature"]), table, given["steps"], out)
print(json.dumps(out.tolist()))
"""


def test_same_functions_run_on_the_simulator_of_graphics_processors():
    pytest.importorskip("numba.cuda")
    position, velocity, _ = any_states(np.random.default_rng(6), 5)
    given = {
        "states": np.concatenate([position, velocity], axis=1).tolist(),
        "seconds": 2.0,
        "beta": 1e-4,
        "nature": NATURE,
        "steps": 10,
    }
    environment = os.environ | {"NUMBA_ENABLE_CUDASIM": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CUDA],
        input=json.dumps(given),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    through = world(closeness=(1e-6, 1e-9, 1.0, 10.0), floor=-1e7)
    for start, end in zip(given["states"], json.loads(done.stdout), strict=True):
        y = np.array(start)
        kernels.coast(0.0, 20.0, y, 1e-4, through, np.zeros((9, 6)), np.zeros(2), np.zeros((0, 7)), 0)
        np.testing.assert_allclose(end[:3], y[:3], atol=1.0)
        np.testing.assert_allclose(end[3:], y[3:], atol=0.1)


def _ball(**changes):
    start = {"position_eci": [[6.7e6, 0.0, 0.0]], "velocity_eci": [[0.0, 100.0, 0.0]]} | changes
    return fly_ensemble(**start)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"position_eci": [[6.0e6, 0.0, 0.0]]}, "flight 0 starts underground"),
        ({"position_eci": [[math.nan, 0.0, 0.0]]}, "flight 0 starts at .*finite"),
        ({"position_eci": [6.7e6, 0.0, 0.0]}, r"allowed: \(flights, 3\)"),
        ({"velocity_eci": [[0.0, 0.0, 0.0]] * 2}, "both the same"),
        ({"ballistic_coefficient": 0.0}, "above 0"),
        ({"ballistic_coefficient": math.nan}, "above 0"),
        ({"ballistic_coefficient": [1.0, 2.0]}, "one a flight"),
        ({"through": world(wind=(1.0, 0.0))}, "wind"),
        ({"time": -1.0}, "time is -1"),
        ({"threads": 0}, "threads is 0"),
    ],
)
def test_mistakes_are_told(changes, words):
    with pytest.raises(ValueError, match=words):
        _ball(**changes)


def test_no_flights_are_an_answer():
    assert fly_ensemble(np.zeros((0, 3)), np.zeros((0, 3))).sizes["flight"] == 0
    with pytest.raises(ValueError, match="at least 1"):
        next(stream_ensemble(any_states, 0))
    assert lanes.WIDTH % 4 == 0
