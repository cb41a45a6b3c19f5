"""One history of track accuracy, as a ratio to the Monte Carlo that would give the same ellipse once."""

import math
import time

import numpy as np

from detente.catalog.load import catalog
from detente.earth import ecef_from_geodetic
from detente.flight.fly import fly
from detente.flight.shape import MinimumEnergy
from detente.sensing.batch import batch_of
from detente.sensing.boost import boost_of
from detente.sensing.looks import looks
from detente.sensing.track import accuracy

RUNS = 200
"""Estimates from which a covariance is known to a tenth."""


def cpu(function):
    start = time.process_time()
    function()
    return time.process_time() - start


def test_track_history_against_monte_carlo(benchmark):
    known = catalog()
    flown = fly(known.missiles["minuteman-iii"], known.places["malmstrom"], known.places["moscow"], MinimumEnergy())
    when = np.arange(190.0, 1690.0, 10.0)
    sites = [ecef_from_geodetic(math.radians(lat), math.radians(lon)) for lat, lon in ((68, 34), (65, 57), (60, 31))]
    radars = [looks("radar", when, site, [30.0, 1e-3, 1e-3], bias=(30.0, 1e-3, 1e-3)) for site in sites]
    burn = np.arange(40.0, flown.burnout_time, 10.0)
    places = ecef_from_geodetic(0.0, np.radians([-37.0, -165.0]), 35.786e6)
    eyes = [looks("satellite", burn, each, [np.inf, 6e-5, 6e-5], bias=(0.0, 5e-5, 5e-5)) for each in places]
    observers = [*radars, *eyes]
    batch, random = batch_of(boost_of(flown), observers), np.random.default_rng(1)
    accuracy(flown, observers)
    batch.estimate(*batch.simulate(random))
    fast = min(cpu(lambda: accuracy(flown, observers)) for _ in range(10))
    slow = cpu(lambda: [batch.estimate(*batch.simulate(random)) for _ in range(5)]) / 5 * RUNS
    benchmark.extra_info |= {"ratio_to_monte_carlo": round(slow / fast), "cpu_ms": round(1e3 * fast, 1)}
    assert slow / fast > 100
    benchmark.pedantic(lambda: accuracy(flown, observers), rounds=10)
