"""Flights a second, as ratios to scipy in the same run."""

import math
import time

import numpy as np
from scipy.integrate import solve_ivp

from detente.catalog.load import catalog, missile
from detente.earth import destination
from detente.flight import kernels
from detente.flight.fly import (
    Apogee,
    Depressed,
    Lofted,
    MinimumEnergy,
    OutOfReachError,
    Point,
    ReentryAngle,
    fly,
    greatest_range,
)
from detente.flight.flyout import Airframe, booster, times
from detente.flight.validation import coast_flight
from detente.flight.world import SEARCH, world

MU, RADIUS, J2, SPIN = 3.986004418e14, 6_378_137.0, 1.08262668e-3, 7.2921159e-5


def scipy_coast():
    """Fly the COAST case with scipy's DOP853 at rtol 1e-8; return the time of impact."""
    rise, plane = math.radians(23.0), math.radians(50.0)

    def slope(_, s):
        x, y, z, vx, vy, vz = s
        r2 = x * x + y * y + z * z
        r = math.sqrt(r2)
        g = -MU / (r2 * r)
        k = 1.5 * J2 * RADIUS * RADIUS / r2
        w = 5.0 * z * z / r2
        ux, uy = vx + SPIN * y, vy - SPIN * x
        q = -0.5 * 1.225 * math.exp(-(r - RADIUS) / 7200.0) * math.sqrt(ux * ux + uy * uy + vz * vz) / 1e4
        side = g * (1.0 - k * (w - 1.0))
        return [vx, vy, vz, side * x + q * ux, side * y + q * uy, g * (1.0 - k * (w - 3.0)) * z + q * vz]

    def ground(_, s):
        return math.sqrt(s[0] ** 2 + s[1] ** 2 + s[2] ** 2) - RADIUS

    ground.terminal, ground.direction = True, -1
    speed = 6800.0 * np.array([math.sin(rise), math.cos(rise) * math.cos(plane), math.cos(rise) * math.sin(plane)])
    start = [RADIUS + 300e3, 0.0, 0.0, *speed]
    return solve_ivp(slope, (0, 4000), start, method="DOP853", rtol=1e-8, atol=1e-3, events=ground).t[-1]


def ours_coast():
    """Fly the COAST case in the kernel, to the closeness of a search; return the time of impact."""
    rise, plane = math.radians(23.0), math.radians(50.0)
    from detente.earth import Earth
    from detente.flight import tables

    earth = Earth(mu=MU, equatorial_radius=RADIUS, flattening=0.0, j2=J2, rotation_rate=SPIN)
    through = world(earth, air=tables.exponential(1.225, 7200.0), closeness=(1e-2, 1e-5, *SEARCH[2:]))
    speed = 6800.0 * np.array([math.sin(rise), math.cos(rise) * math.cos(plane), math.cos(rise) * math.sin(plane)])
    y0 = np.array([RADIUS + 300e3, 0.0, 0.0, *speed])
    none = np.zeros((0, 7))

    def run():
        return kernels.coast(0.0, 4000.0, y0.copy(), 1e-4, through, np.zeros((9, 6)), np.zeros(2), none, 0)[1]

    return run


def cpu(function, count):
    function()
    start = time.process_time()
    for _ in range(count):
        function()
    return (time.process_time() - start) / count


def test_coast_against_scipy(benchmark):
    run = ours_coast()
    assert abs(run() - 1910.883) < 0.01
    assert abs(scipy_coast() - 1910.883) < 0.05
    benchmark.extra_info["ratio_to_scipy_dop853"] = round(cpu(scipy_coast, 5) / cpu(run, 500))
    benchmark(run)


def test_recorded_coast(benchmark):
    benchmark(coast_flight)


def test_solved_flight(benchmark):
    launch, aim = Point(math.radians(40.0), math.radians(125.0)), Point(math.radians(64.0), math.radians(-147.0))
    benchmark(lambda: fly(missile("generic-liquid-icbm"), launch, aim))


def solved(name, launch, azimuth, share):
    """Return CPU seconds of one solved flight in each shape at a share of the greatest range; 0 where there is none."""
    what = missile(name)
    far = min(greatest_range(what, launch, azimuth).distance, 18.0e6)
    aim = Point(*map(float, destination(launch.latitude, launch.longitude, azimuth, share * far)))
    usual = fly(what, launch, aim)
    shapes = [MinimumEnergy(), Lofted(), Depressed()]
    shapes += [Apogee(1.1 * usual.apogee_altitude), ReentryAngle(1.1 * usual.reentry_angle)]
    times = []
    for shape in shapes:
        start = time.process_time()
        try:
            fly(what, launch, aim, shape)
        except OutOfReachError:
            continue  # near the greatest range there is hardly a choice of shape
        times.append(time.process_time() - start)
    return times


def test_solved_flights_of_the_whole_catalog(benchmark):
    """One flight after warm-up stays below 0.1 s of CPU time: every missile, shape, and part of its range."""
    random = np.random.default_rng(1)
    times = []
    for name in catalog().missiles:
        launch, azimuth = Point(random.uniform(-1.5, 1.5), random.uniform(-3.0, 3.0)), random.uniform(0.0, 6.28)
        times += [each for share in (0.15, 0.5, 0.9, 0.99) for each in solved(name, launch, azimuth, share)]
    benchmark.extra_info["flights"] = len(times)
    benchmark.extra_info["median_ms"], benchmark.extra_info["worst_ms"] = (
        round(1e3 * each, 1) for each in (np.median(times), max(times))
    )
    assert max(times) < 0.1
    benchmark(lambda: fly(missile("hwasong-15"), Point(0.7, 2.2), Point(0.68, -1.35), Depressed(0.8)))


def test_greatest_range(benchmark):
    benchmark(lambda: greatest_range(missile("ss-18"), Point(0.9, 1.0), 0.3))


def test_flyout(benchmark):
    made = booster(Airframe(stages=3, mass=21_500.0, diameter=1.27, keeps_case=False), 7500.0, 200.0)
    ranges, altitudes = np.linspace(0.0, 5e6, 97), np.linspace(1.3e5, 2e6, 49)
    benchmark(lambda: times(made, ranges, altitudes))
