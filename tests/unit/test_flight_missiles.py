"""Ensembles of powered flights: equal to the scalar truth, whatever the threads, and still in vector instructions."""

import math
import os
import platform
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from detente.catalog.load import catalog
from detente.earth import EGM96
from detente.flight import aim, kernels, physics, tables
from detente.flight.curves import DENSITY, POWER, PRESSURE, SOUND, UNIT, curves
from detente.flight.missiles import MISSILES, fly_missiles, launches, stream_missiles
from detente.flight.vehicle import KICK_TIME, vehicle
from detente.flight.world import world

# one, two and three stages; solid and liquid; 300 to 12,000 km
NAMES = (
    "scud-b", "al-husayn", "ghadr-1", "ss-n-6", "agni-ii", "ss-20", "polaris-a-3", "generic-liquid-icbm", "ss-18",
    "minuteman-iii", "peacekeeper", "trident-ii-d5",
)  # fmt: skip
BENDS = np.array([11e3, 20.1e3, 32.2e3, 47.4e3, 51.5e3, 71.9e3, 86e3])
_PIECES = (
    slice(1, 1 + DENSITY),
    slice(1 + DENSITY, 1 + DENSITY + SOUND),
    slice(1 + DENSITY + SOUND, 1 + DENSITY + SOUND + PRESSURE),
)
_ARRAYS = ("site", "control", "stages", "payload", "ballistic_coefficient")


def any_launches(name, random, n):
    """Launches from anywhere to anywhere, as steep and as long as the missile may fly, its parts off by 1 %."""
    what = vehicle(catalog().missiles[name])
    design = aim.design(what)
    made = launches(what, [0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, what.rise_time, KICK_TIME], n)
    made.site[:] = np.stack([random.uniform(-1.5, 1.5, n), random.uniform(-3.1, 3.1, n), random.uniform(0, 3e3, n)], 1)
    several = len(what.stages) > 1
    pitch = design.steepness + random.uniform(0.0, 0.4, n) if several else random.uniform(0.7, 1.2, n)
    made.control[:, 0] = random.uniform(-math.pi, math.pi, n)
    made.control[:, 1] = [min(design.kick_for(each), design.kick) for each in pitch]
    made.control[:, 2] = pitch
    made.control[:, 3] = what.burn_time * random.uniform(0.85, 1.0, n)
    made.stages[:] *= random.normal(1.0, 0.01, made.stages.shape)
    made.payload[:] *= random.uniform(0.9, 1.1, n)
    made.ballistic_coefficient[:] *= random.uniform(0.7, 1.3, n)
    return made


def truth(what, through):
    """Fly with the scalar kernel; return inertial position and time at the end, greatest altitude and status."""
    none, found = np.zeros((0, 7)), []
    for row, stages in zip(what.rows(), what.stages, strict=True):
        flown = kernels.flight(row[:3], row[3:9], np.ascontiguousarray(stages), row[9:11], through, none)
        status, t, apogee, _, _, y = flown
        found.append([*y[:3], t, apogee, status])
    return np.array(found)


@pytest.mark.parametrize("name", NAMES)
def test_missiles_agree_with_the_scalar_truth(name):
    what = any_launches(name, np.random.default_rng(19_720_526), 84)
    flown = fly_missiles(what, threads=1)
    exact = truth(what, world(drag=what.drag, closeness=(1e-5, 1e-8, 1.0, 10.0)))
    down = exact[:, 5] == kernels.IMPACT
    assert flown.impact.values.tolist() == down.tolist()
    assert np.linalg.norm(flown.position_eci.values - exact[:, :3], axis=1)[down].max() < 10.0
    assert np.abs(flown.apogee_altitude.values - exact[:, 4])[down].max() < 10.0


def test_a_missile_that_comes_down_while_it_burns_is_flown_alone():
    what = any_launches("ss-20", np.random.default_rng(2), 12)
    what.control[3, 1], what.control[3, 2] = 1.4, -0.5
    what.stages[5, 0, 3] *= 0.3
    flown = fly_missiles(what)
    exact = truth(what, world(drag=what.drag))
    assert flown.flight_time[3] < what.control[3, 3]
    assert flown.flight_time[5] < 20.0
    np.testing.assert_allclose(flown.position_eci.values, exact[:, :3], atol=10.0)
    np.testing.assert_allclose(flown.apogee_altitude.values, exact[:, 4], atol=10.0)
    np.testing.assert_allclose(flown.cutoff_time, np.minimum(exact[:, 3], what.control[:, 3]))


def test_a_top_that_is_reached_while_powered_is_found():
    what = any_launches("peacekeeper", np.random.default_rng(2), 9)
    what.control[:, 2] = -0.3
    what.control[:, 3] = what.stages[:, :, 2].sum(axis=1)
    flown, exact = fly_missiles(what), truth(what, world(drag=what.drag))
    early = flown.apogee_time.values < flown.cutoff_time.values
    assert early.any()
    np.testing.assert_allclose(flown.apogee_altitude.values, exact[:, 4], atol=10.0)
    np.testing.assert_allclose(flown.position_eci.values, exact[:, :3], atol=10.0)


def test_state_at_cutoff_is_that_of_the_scalar_flight():
    what = any_launches("minuteman-iii", np.random.default_rng(5), 8)
    flown, through = fly_missiles(what), world(drag=what.drag, closeness=(1e-5, 1e-8, 1.0, 10.0))
    for n, row in enumerate(what.rows()):
        samples = np.zeros((9_000, 7))
        kernels.flight(row[:3], row[3:9], what.stages[n].copy(), row[9:11], through, samples)
        end = samples[np.argmin(np.abs(samples[:, 0] - row[6]))]
        assert flown.cutoff_time[n] == row[6]
        np.testing.assert_allclose(flown.cutoff_position_eci[n], end[1:4], atol=0.5)
        np.testing.assert_allclose(flown.cutoff_velocity_eci[n], end[4:], atol=0.01)


def test_answers_do_not_depend_on_threads_or_company():
    what = any_launches("ss-20", np.random.default_rng(3), 9_003)
    one, three = (fly_missiles(what, threads=k) for k in (1, 3))
    assert one.identical(three)
    some = slice(5, 18)
    few = replace(
        what,
        site=what.site[some],
        control=what.control[some],
        stages=what.stages[some],
        payload=what.payload[some],
        ballistic_coefficient=what.ballistic_coefficient[some],
    )
    assert fly_missiles(few).identical(one.isel(flight=some))


def test_missiles_know_the_field_to_j4():
    what = any_launches("ss-20", np.random.default_rng(8), 8)
    flown, plain = fly_missiles(what, earth=EGM96), fly_missiles(what)
    exact = truth(what, world(EGM96, drag=what.drag))
    assert np.linalg.norm(flown.position_eci.values - exact[:, :3], axis=1).max() < 10.0
    assert np.linalg.norm(plain.position_eci.values - exact[:, :3], axis=1).max() > 10.0


def test_without_air_the_tables_are_as_good():
    what = any_launches("ghadr-1", np.random.default_rng(8), 8)
    air = tables.exponential(1.225, 7_200.0)
    flown = fly_missiles(what, world(air=air, closeness=MISSILES))
    exact = truth(what, world(air=air, drag=what.drag))
    assert np.linalg.norm(flown.position_eci.values - exact[:, :3], axis=1).max() < 10.0


def test_stream_is_the_same_for_the_same_seed():
    def draw(random, n):
        return any_launches("scud-b", random, n)

    runs = [[each.flight_time.values for each in stream_missiles(draw, 70, seed=5, part=30)] for _ in range(2)]
    assert [len(each) for each in runs[0]] == [30, 30, 10]
    assert all(np.array_equal(a, b) for a, b in zip(*runs, strict=True))


def test_units_stand_on_every_variable():
    flown = fly_missiles(any_launches("scud-b", np.random.default_rng(1), 2))
    units = {name: each.attrs.get("units") for name, each in flown.items() if name.startswith("cutoff")}
    assert units == {"cutoff_time": "s", "cutoff_position_eci": "m", "cutoff_velocity_eci": "m/s"}


@pytest.mark.parametrize("name", ["solid", "liquid", "v2"])
def test_polynomials_are_the_tables(name):
    found = curves(tables.us1976(), tables.drag(name))
    for h in [*np.linspace(-500.0, 86e3, 3_001), *np.linspace(86e3, 0.99e6, 997)]:
        row = found.air[np.argmax(h < found.air[:, 0])]
        rho, p, sound = physics.atmosphere(tables.us1976(), h)
        root, slow, ratio = (np.polynomial.polynomial.polyval(h * UNIT, row[k]) for k in _PIECES)
        near = np.abs(h - BENDS).min() < 250.0
        assert root**POWER == pytest.approx(rho, rel=1e-2 if h >= 86e3 else 1e-3 if near else 1e-5)
        if h < 85e3:
            assert 1.0 / slow == pytest.approx(sound, rel=5e-4 if near else 3e-5)
            assert root**POWER * ratio == pytest.approx(p, rel=1e-3 if near else 1e-4)
    for mach in np.linspace(0.0, 7.0, 999):
        row = found.drag[np.argmax(mach < found.drag[:, 0])]
        exact = physics.drag_coefficient(tables.drag(name), mach)
        limit = 1.2e-4 / max(min(mach**4, 1.0), 1e-3)
        assert np.polynomial.polynomial.polyval(mach, row[1:]) == pytest.approx(exact, abs=limit)


COMPILED = """
import numpy as np
from numba import typeof
from detente.flight import powered
from detente.flight.curves import Curves
rows = np.zeros((2, 2))
powered.fly_turn.compile(tuple(map(typeof, (np.zeros(8), (1.0,) * 7, 1.0, 1.0, Curves(rows, rows)))))
print(next(iter(powered.fly_turn.inspect_asm().values())))
"""


@pytest.mark.skipif(platform.machine() not in {"x86_64", "AMD64"}, reason="counts instructions of x86")
@pytest.mark.parametrize("processor", ["haswell", "skylake-avx512"])
def test_powered_lanes_are_vector_instructions(processor, tmp_path):
    features = "+avx,+avx2,+fma" + ",+avx512f,+avx512dq,+avx512vl" * processor.endswith("avx512")
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)}
    environment |= {"NUMBA_CPU_NAME": processor, "NUMBA_CPU_FEATURES": features}
    done = subprocess.run([sys.executable, "-c", COMPILED], env=environment, capture_output=True, text=True, check=True)
    packed = re.findall(r"\tvfn?m(?:add|sub)\d+pd\s.*%[yz]mm", done.stdout)
    assert len(packed) > 300, f"{len(packed)} packed multiply-adds; the loop over lanes is no longer vectorized"


@pytest.mark.parametrize(
    ("field", "place", "value", "words"),
    [
        ("site", (1, 0), 1.6, "flight 1 is launched beyond a pole"),
        ("site", (1, 2), -100.0, "below the altitude of impact"),
        ("site", (1, 2), 2e4, "flight 1 is launched outside"),
        ("control", (1, 0), math.nan, "flight 1 has a number that is not finite"),
        ("control", (1, 3), 5.0, "flight 1 is cut off before its kick ends"),
        ("control", (1, 4), 60.0, "ends its kick after"),
        ("control", (1, 5), 0.0, "kicks for 0 s"),
        ("stages", (1, 0, 2), 0.0, "burn time is not above 0"),
        ("stages", (1, 1, 1), -1.0, "inert mass is below 0"),
        ("payload", (1,), -1.0, "payload below 0"),
        ("ballistic_coefficient", (1,), 0.0, "not above 0"),
    ],
)
def test_mistakes_are_told(field, place, value, words):
    what = any_launches("ss-20", np.random.default_rng(1), 2)
    getattr(what, field)[place] = value
    with pytest.raises(ValueError, match=words):
        fly_missiles(what)


def test_wrong_shapes_and_wind_are_told():
    what = any_launches("ss-20", np.random.default_rng(1), 2)
    with pytest.raises(ValueError, match=r"site has shape \(1, 3\)"):
        fly_missiles(replace(what, site=what.site[:1]))
    with pytest.raises(ValueError, match=r"stages has shape \(2, 6\)"):
        fly_missiles(replace(what, stages=what.stages[:, 0]))
    with pytest.raises(ValueError, match="wind"):
        fly_missiles(what, world(wind=(1.0, 0.0)))
    with pytest.raises(ValueError, match="threads is 0"):
        fly_missiles(what, threads=0)
    none = replace(what, **{name: getattr(what, name)[:0] for name in _ARRAYS})
    assert fly_missiles(none).sizes["flight"] == 0
