"""A booster flown by another code path than the kernels: scipy, in a plane."""

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from detente.flight import flyout as f
from detente.flight import tables

RHO, _, PRESSURE, _, SOUND, _ = (np.ascontiguousarray(column) for column in tables.us1976().T)
HEIGHTS = np.concatenate([np.arange(-2e3, 86e3 + 1, 100.0), np.arange(86e3, 1.0e6 + 1, 2e3)])


def _climb(made, kick, until):
    """Integrate a one-stage booster and its fall in the plane; rows of time, range, height, speed, angle."""
    (propellant, inert, burn, thrust, nozzle, area), (payload, inverse_beta) = made.stages[0], made.body
    bend = min(10.0, 0.3 * burn)

    def rate(t, s):
        x, y, u, v = s
        r, speed = math.hypot(x, y), math.hypot(u, v)
        h = r - f.SPHERE.mean_radius
        rho, p = (math.exp(np.interp(h, HEIGHTS, column)) for column in (RHO, PRESSURE))
        g = -f.SPHERE.mu / r**3
        if t >= burn:
            q = -0.5 * rho * speed * inverse_beta
            return [u, v, g * x + q * u, g * y + q * v]
        mass = payload + inert + propellant * (1.0 - t / burn)
        mach = speed / np.interp(h, HEIGHTS, SOUND)
        drag = np.interp(mach, np.arange(made.drag.shape[0]) * 0.025, made.drag[:, 0])
        q = -0.5 * rho * speed * area * drag / mass
        tilt = kick * min(max(t - made.rise_time, 0.0) / bend, 1.0)
        along = (math.sin(tilt), math.cos(tilt)) if t < made.rise_time + bend else (u / speed, v / speed)
        push = (thrust - p * nozzle) / mass
        return [u, v, g * x + q * u + push * along[0], g * y + q * v + push * along[1]]

    state, rows = [0.0, f.SPHERE.mean_radius, 0.0, 0.0], []
    ends = [0.0, made.rise_time, made.rise_time + bend, burn, until]
    for start, end in pairwise(ends):
        at = np.linspace(start, end - 1e-9, 41)
        found = solve_ivp(rate, (at[0], at[-1]), state, rtol=1e-7, atol=1e-3, t_eval=at)
        state = found.y[:, -1]
        rows.append(np.column_stack([found.t, found.y.T]))
    t, x, y, u, v = np.concatenate(rows).T
    r = np.hypot(x, y)
    steep = np.arcsin((u * x + v * y) / np.maximum(r * np.hypot(u, v), 1e-9))
    return np.column_stack(
        [t, f.SPHERE.mean_radius * np.arctan2(x, y), r - f.SPHERE.mean_radius, np.hypot(u, v), steep]
    )


@pytest.fixture(scope="session")
def climb():
    """Return the function that integrates a one-stage booster."""
    return _climb
