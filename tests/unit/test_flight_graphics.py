"""The scalar flight, boost to impact, as graphics processors run it: on one where there is one, else simulated."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from detente.catalog.load import missile
from detente.earth import EGM96
from detente.flight import kernels
from detente.flight.vehicle import vehicle
from detente.flight.world import SEARCH, world

CUDA = """
import json
import numba
from numba import cuda, float64
numba.njit = lambda **_: cuda.jit(device=True)
import numpy as np
from detente.catalog.load import missile
from detente.earth import EGM96
from detente.flight import kernels
from detente.flight.vehicle import vehicle
from detente.flight.world import SEARCH, world
launch = kernels.launch

@cuda.jit
def fly(site, controls, stages, body, through, none, out):
    i = cuda.grid(1)
    if i < controls.shape[0]:
        work = cuda.local.array((9, 6), float64)
        leg = cuda.local.array(16, float64)
        y = cuda.local.array(6, float64)
        peak = cuda.local.array(2, float64)
        status, t, _ = launch(site, controls[i], stages, body, through, work, leg, y, peak, none)
        for j in range(6):
            out[i, j] = y[j]
        out[i, 6], out[i, 7], out[i, 8], out[i, 9] = t, peak[0], peak[1], status

given = json.loads(input())
what = vehicle(missile("minuteman-iii"))
controls = np.array(given["controls"])
out = np.zeros((len(controls), 10))
through = world(EGM96, drag=what.drag, closeness=SEARCH)
fly[1, 32](np.array(given["site"]), controls, what.stages, what.body, through, np.zeros((0, 7)), out)
print(json.dumps(out.tolist()))
"""


def test_a_flight_from_launch_to_impact_is_that_of_the_processor():
    cuda = pytest.importorskip("numba.cuda")
    what = vehicle(missile("minuteman-iii"))
    site = [0.8, 0.1, 100.0]
    controls = [[azimuth, 0.5, 0.5, 160.0 + 5.0 * azimuth, float(what.rise_time), 10.0] for azimuth in (0.3, 2.0, 4.0)]
    environment = os.environ if cuda.is_available() else os.environ | {"NUMBA_ENABLE_CUDASIM": "1"}
    done = subprocess.run(
        [sys.executable, "-c", CUDA],
        input=json.dumps({"site": site, "controls": controls}),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    through = world(EGM96, drag=what.drag, closeness=SEARCH)
    for control, found in zip(controls, json.loads(done.stdout), strict=True):
        status, t, apogee, top, _, y = kernels.flight(
            np.array(site), np.array(control), what.stages, what.body, through, np.zeros((0, 7))
        )
        assert status == kernels.IMPACT == found[9]
        np.testing.assert_allclose(found[:3], y[:3], rtol=0.0, atol=0.1)
        np.testing.assert_allclose(found[3:6], y[3:], rtol=0.0, atol=1e-3)
        np.testing.assert_allclose(found[6:9], [t, apogee, top], rtol=0.0, atol=0.05)
