"""Ensembles of powered flights a CPU-second, as ratios to scipy in the same run.

The baseline is scipy's LSODA as its user would write it, one call of `solve_ivp` a leg, with two right-hand sides of
the same physics: in plain Python, and compiled by numba (`physics.slope` of the engine).
"""

import math
import time

import numpy as np
from scipy.integrate import solve_ivp

from detente.catalog.load import catalog
from detente.earth import WGS84
from detente.flight import aim, physics
from detente.flight.kernels import frame
from detente.flight.missiles import fly_missiles, launches
from detente.flight.vehicle import KICK_TIME, vehicle
from detente.flight.world import world

MU, RADIUS, FLATTENING = WGS84.mu, WGS84.equatorial_radius, WGS84.flattening
J2, SPIN = WGS84.j2, WGS84.rotation_rate
E2, POLAR = FLATTENING * (2.0 - FLATTENING), RADIUS * (1.0 - FLATTENING)
SECOND = E2 / (1.0 - E2)
SETTINGS = {"method": "LSODA", "rtol": 1e-9, "atol": 1e-6}


def ellipsoid(x, y, z):
    """Return the altitude above the ellipsoid and the unit normal of it, by Bowring's method."""
    p = math.sqrt(x * x + y * y)
    sine, cosine = POLAR * z * (1.0 + SECOND * POLAR / math.sqrt(p * p + z * z)), RADIUS * p
    norm = math.sqrt(sine * sine + cosine * cosine)
    sine, cosine = sine / norm, cosine / norm
    sine, cosine = z + SECOND * POLAR * sine**3, p - E2 * RADIUS * cosine**3
    norm = math.sqrt(sine * sine + cosine * cosine)
    sine, cosine = sine / norm, cosine / norm
    h = p * cosine + z * sine - RADIUS * math.sqrt(1.0 - E2 * sine * sine)
    return h, (x * cosine / p, y * cosine / p, sine)


def cubic(t, value, slope, following, its_slope):
    s = t * t * (3.0 - 2.0 * t)
    return (1.0 - s) * value + s * following + t * (1.0 - t) ** 2 * slope + t * t * (t - 1.0) * its_slope


def plain(world):
    """Return the right-hand side in plain Python; a leg is the array that `physics.slope` takes."""
    air, cd = world.air.tolist(), world.cd.tolist()

    def atmosphere(h):
        if h >= 1e6:
            return 0.0, 0.0, air[-1][4]
        t = max(h + 2e3, 0.0) / 100.0 if h < 86e3 else (h - 86e3) / 2e3
        i = min(int(t), 879 if h < 86e3 else 456)
        t -= i
        a, b = (air[i], air[i + 1]) if h < 86e3 else (air[i + 881], air[i + 882])
        ln_rho, ln_p = cubic(t, a[0], a[1], b[0], b[1]), cubic(t, a[2], a[3], b[2], b[3])
        return math.exp(ln_rho), math.exp(ln_p), cubic(t, a[4], a[5], b[4], b[5])

    def drag(mach):
        t = mach / 0.025
        if t >= len(cd) - 1:
            return cd[-1][0]
        i = int(t)
        return cubic(t - i, *cd[i], *cd[i + 1])

    def rate(t, state, leg):
        x, y, z, vx, vy, vz = state
        r2 = x * x + y * y + z * z
        g, k, w = -MU / (r2 * math.sqrt(r2)), 1.5 * J2 * RADIUS * RADIUS / r2, 5.0 * z * z / r2
        gx, gy, gz = g * (1.0 - k * (w - 1.0)) * x, g * (1.0 - k * (w - 1.0)) * y, g * (1.0 - k * (w - 3.0)) * z
        rho, p, sound = atmosphere(ellipsoid(x, y, z)[0])
        u, v = vx + SPIN * y, vy - SPIN * x
        speed = math.sqrt(u * u + v * v + vz * vz)
        kind, start, mass, flow, thrust, nozzle, area, inverse = leg[:8]
        if kind == physics.COAST:
            q = -0.5 * rho * speed * inverse
        else:
            mass -= flow * (t - start)
            push = (thrust - p * nozzle) / mass
            q = -0.5 * rho * speed * area * drag(speed / sound) / mass
            if kind == physics.TURN:
                q += push / speed
            else:
                tilt = leg[14] * min((t - start) / leg[15], 1.0) if leg[15] > 0.0 else leg[14]
                c, s = push * math.cos(tilt), push * math.sin(tilt)
                gx, gy, gz = (
                    gx + c * leg[8] + s * leg[11],
                    gy + c * leg[9] + s * leg[12],
                    gz + c * leg[10] + s * leg[13],
                )
        return [vx, vy, vz, gx + q * u, gy + q * v, gz + q * vz]

    return lambda t, state, leg: rate(t, state.tolist(), leg)


def compiled(world):
    """Return the right-hand side compiled by numba."""
    out = np.zeros(6)

    def rate(t, state, leg):
        physics.slope(t, state, np.asarray(leg), world, out)
        return out.copy()

    return rate


def ground(_, state, __):
    return ellipsoid(*state[:3])[0]


ground.terminal, ground.direction = True, -1


def top(_, state, __):
    nx, ny, nz = ellipsoid(*state[:3])[1]
    return nx * state[3] + ny * state[4] + nz * state[5]


top.direction = -1


def legs(control, stages, payload, toward):
    """Yield the end of each powered leg, and how to make the array that drives it from the state at its start."""
    _, kick, pitch, _, rise, kicking = control
    mass, start = payload + stages[:, :2].sum(), 0.0
    up, ahead = toward
    for number, (propellant, inert, burn, thrust, nozzle, area) in enumerate(stages):
        common = [start, mass, propellant / burn, thrust, nozzle, area, 0.0]
        if number == 0:
            yield rise, lambda _, c=common: [physics.HELD, *c, *up, *ahead, 0.0, 0.0]
            tilted = [rise, mass - common[2] * rise, *common[2:]]
            yield rise + kicking, lambda _, c=tilted: [physics.HELD, *c, *up, *ahead, kick, kicking]
            yield burn, lambda _, c=common: [physics.TURN, *c, *[0.0] * 8]
        else:

            def held(state, common=common):
                normal = np.array(ellipsoid(*state[:3])[1])
                flat = ahead - (normal @ ahead) * normal
                aim = math.cos(pitch) * flat / math.sqrt(flat @ flat) + math.sin(pitch) * normal
                return [physics.HELD, *common, *aim, *[0.0] * 5]

            yield start + burn, held
        start, mass = start + burn, mass - propellant - inert


def fly_one(rate, site, control, stages, body):
    """Return the inertial position at impact and the greatest altitude."""
    up_ahead = np.array(frame(site[0], site[1], control[0])).reshape(2, 3)
    up, normal = up_ahead[0], RADIUS / math.sqrt(1.0 - E2 * up_ahead[0][2] ** 2)
    place = up * [normal + site[2], normal + site[2], normal * (1.0 - E2) + site[2]]
    t, state = 0.0, np.array([*place, -SPIN * place[1], SPIN * place[0], 0.0])
    for last, leg in legs(control, stages, body[0], up_ahead):
        end = min(last, control[3])
        if end > t:
            state = solve_ivp(rate, (t, end), state, args=(leg(state),), **SETTINGS).y[:, -1]
            t = end
    leg = [physics.COAST, *[0.0] * 6, body[1], *[0.0] * 8]
    done = solve_ivp(rate, (t, t + 20_000.0), state, args=(leg,), events=(ground, top), **SETTINGS)
    return done.y_events[0][0][:3], max(ellipsoid(*each[:3])[0] for each in done.y_events[1])


def cpu(function):
    start = time.process_time()
    function()
    return time.process_time() - start


def boosts(random, n):
    """Two-stage flights of some 3,400 km: masses, engines, steering and the body vary."""
    what = vehicle(catalog().missiles["ss-20"])
    design = aim.design(what)
    pitch, cutoff = design.steepness + 0.12, what.burn_time - 7.0
    made = launches(what, [0.6, 0.9, 0.0], [0.8, design.kick_for(pitch), pitch, cutoff, what.rise_time, KICK_TIME], n)
    made.stages[:] *= random.normal(1.0, 0.005, made.stages.shape)
    made.control[:, 0] += random.normal(0.0, 0.05, n)
    made.control[:, 1:3] *= random.normal(1.0, 0.01, (n, 2))
    made.control[:, 3] += random.normal(0.0, 0.5, n)
    made.payload[:] *= random.normal(1.0, 0.02, n)
    made.ballistic_coefficient[:] *= random.uniform(0.7, 1.3, n)
    return made


def scipy_boosts(rate, what):
    columns = zip(what.site, what.control, what.stages, what.payload, what.ballistic_coefficient, strict=True)
    return [fly_one(rate, *each, (payload, 1.0 / beta)) for *each, payload, beta in columns]


def test_boost_to_impact_against_scipy(benchmark):
    few, many = boosts(np.random.default_rng(7), 20), boosts(np.random.default_rng(8), 40_000)
    flown = fly_missiles(few, threads=1)
    through = world(drag=few.drag)
    interpreted, fast_rate = plain(through), compiled(through)
    exact = scipy_boosts(fast_rate, few)
    miss = np.linalg.norm(flown.position_eci.values - [place for place, _ in exact], axis=1).max()
    high = np.abs(flown.apogee_altitude.values - [top for _, top in exact]).max()
    fly_missiles(many, threads=1)
    fast = min(cpu(lambda: fly_missiles(many, threads=1)) for _ in range(5)) / 40_000
    slow = min(cpu(lambda: scipy_boosts(interpreted, few)) for _ in range(2)) / 20
    faster = min(cpu(lambda: scipy_boosts(fast_rate, few)) for _ in range(2)) / 20
    benchmark.extra_info |= {
        "ratio_to_scipy_lsoda": round(slow / fast),
        "ratio_to_scipy_lsoda_on_compiled_slope": round(faster / fast),
        "flights_per_cpu_second": round(1.0 / fast),
        "worst_miss_m": round(float(miss), 2),
        "worst_apogee_m": round(float(high), 2),
    }
    assert miss < 10.0
    assert high < 10.0
    benchmark.pedantic(lambda: fly_missiles(many, threads=1), rounds=3)


def test_two_threads_of_boosts_against_one(benchmark):
    what = boosts(np.random.default_rng(8), 200_000)
    fly_missiles(what)
    walls = {1: [], 2: []}
    for _ in range(3):
        for threads, seen in walls.items():
            start = time.perf_counter()
            fly_missiles(what, threads=threads)
            seen.append(time.perf_counter() - start)
    benchmark.extra_info["two_threads_over_one"] = round(min(walls[1]) / min(walls[2]), 2)
    benchmark.pedantic(lambda: fly_missiles(what, threads=2), rounds=1)
