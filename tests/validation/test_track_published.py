"""Track accuracy held against closed forms and against an estimator that flies the missile anew for every guess.

Closed forms: Bar-Shalom, Y., Li, X. R. and Kirubarajan, T. (2001), Estimation with Applications to Tracking and
Navigation, section 3.5 (straight line through N positions); Bate, R., Mueller, D. and White, J. (1971), Fundamentals
of Astrodynamics, section 6.3 (errors of free flight).
"""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import chi2

from detente.catalog.load import catalog
from detente.earth import east_north_up, ecef_from_geodetic, geodetic_from_ecef, sphere, velocity_eci_from_ecef
from detente.flight.fly import fly
from detente.flight.free import fly_free
from detente.flight.shape import MinimumEnergy
from detente.sensing.batch import batch_of
from detente.sensing.boost import CUT, SIZE, Boost, boost_of, cut_off
from detente.sensing.looks import looks
from detente.sensing.prior import PRIOR
from detente.sensing.track import accuracy, impact_partials
from detente.sensing.track_kernels import absorb, carry

STILL = np.array([0.0, 6.378e6, 0.0, 0.0])
"""No gravity, no rotation: a body that falls moves straight on."""
SURE = 1e-4
"""Chance that a sample of a right model falls outside the bounds."""
RUNS = 250


@pytest.fixture(scope="module")
def flown():
    known = catalog()
    return fly(known.missiles["minuteman-iii"], known.places["malmstrom"], known.places["moscow"], MinimumEnergy())


@pytest.mark.parametrize("bias", [0.0, 70.0])
@pytest.mark.parametrize("count", [3, 10, 50])
def test_a_straight_line_through_positions_is_known_at_its_end_as_published(count, bias):
    """Variance at the last of N even looks: 2 (2 N - 1) / (N (N + 1)) of that of one, and all of that of a bias."""
    sigma, times = 40.0, 10.0 * np.arange(count)
    along = carry(np.array([7e6, 0.0, 0.0, 100.0, 7000.0, 10.0]), 0.0, times, STILL)
    rows = np.zeros((count, 3, 9))
    rows[:, :, :3] = np.eye(3) / sigma
    rows[:, :, 3:] = along[:, :3, 1:] / sigma
    root = absorb(rows, np.array([count]), np.full(3, bias))[0]
    if bias > 0.0:
        assert np.linalg.matrix_rank(root) == 6
    ends = along[-1, :3, 1:]
    variance = np.diag(ends @ np.linalg.inv(root.T @ root) @ ends.T)
    formula = 2.0 * (2 * count - 1) / (count * (count + 1)) * sigma**2 + bias**2
    assert variance == pytest.approx(np.full(3, formula), rel=1e-8)


@pytest.mark.parametrize("ground_range", [1_000e3, 4_000e3, 8_000e3])
def test_errors_of_free_flight_on_a_sphere_at_rest_are_as_published(ground_range):
    """∂Ψ/∂v = 8μ sin²(Ψ/2) / (v³ r sin 2φ) and ∂Ψ/∂φ = 2 sin(Ψ + 2φ) / sin 2φ - 2."""
    earth = sphere()
    r, psi = earth.mean_radius, ground_range / earth.mean_radius
    phi = 0.25 * (math.pi - psi) + 0.1
    q = 2.0 / (1.0 / math.tan(psi / 2.0) + 1.0 / math.tan(phi)) / math.sin(2.0 * phi)
    v = math.sqrt(q * earth.mu / r)
    end = np.array([r, 0.0, 0.0, v * math.sin(phi), v * math.cos(phi), 0.0])
    point, _ = impact_partials(_cut(end, earth), (end, np.eye(6, SIZE, SIZE - 6)))
    east = point[0, CUT:]
    faster = east @ end[3:] / v
    steeper = east @ np.array([v * math.cos(phi), -v * math.sin(phi), 0.0])
    assert faster / r == pytest.approx(8 * earth.mu * math.sin(psi / 2) ** 2 / (v**3 * r * math.sin(2 * phi)), rel=1e-5)
    assert steeper / r == pytest.approx(2.0 * math.sin(psi + 2 * phi) / math.sin(2 * phi) - 2.0, abs=1e-5)


def _cut(end, earth):
    """A powered part that is over at time 0 in a state."""
    pair, none = np.array([-1.0, 0.0]), np.zeros((2, 3))
    return Boost(
        time=pair, place=none, velocity=none, lean=none, leaning=none, site=end[:3], axes=np.eye(3), earth=earth
    )


def test_the_air_changes_what_errors_do_by_little(flown):
    """Derivatives of the impact point by the velocity at cut-off, from flights through the standard atmosphere."""
    boost = boost_of(flown)
    end, first = cut_off(boost)
    ours = impact_partials(boost, (end, first))[0][:, CUT:]
    beta = catalog().missiles["minuteman-iii"].reentry_beta.value

    def lands(velocity):
        inertial = velocity_eci_from_ecef(end[:3], velocity, 0.0)
        return fly_free(end[:3], inertial, 5000.0, ballistic_coefficient=beta).position_ecef[-1]

    middle = lands(end[3:])
    axes = east_north_up(*geodetic_from_ecef(middle)[:2])[:2]
    steps = np.eye(3)
    theirs = np.stack([axes @ (lands(end[3:] + step) - lands(end[3:] - step)) / 2.0 for step in steps], axis=1)
    assert np.abs(theirs - ours).max() < 0.01 * np.abs(ours).max()


def observers(flown):
    site = ecef_from_geodetic(math.radians(68.1), math.radians(33.9), 0.0)
    place = ecef_from_geodetic(0.0, np.radians([-37.0, -165.0]), 35.786e6)
    burn = np.arange(40.0, flown.burnout_time, 10.0)
    return [
        looks("radar", np.arange(1050.0, 1340.0, 10.0), site, [50.0, 2e-3, 2e-3], bias=(30.0, 1e-3, 1e-3)),
        *(looks("satellite", burn, each, [np.inf, 6e-5, 6e-5], bias=(0.0, 5e-5, 5e-5)) for each in place),
    ]


@pytest.mark.parametrize("which", [[0, 1, 2], [0], [1, 2]], ids=["all", "radar", "satellites"])
def test_the_bound_is_what_an_estimator_reaches(flown, which):
    """Errors of the estimates, weighed with the bound, are distributed as chi-square; so are their axes."""
    used = [observers(flown)[number] for number in which]
    exact = replace(PRIOR, air=replace(PRIOR.air, value=1e-3))
    track = accuracy(flown, used, prior=exact)
    batch = batch_of(boost_of(flown), used, exact)
    time, place = batch.landing(np.zeros(SIZE))
    axes = east_north_up(*geodetic_from_ecef(place)[:2])[:2]
    random = np.random.default_rng(2001)
    points, starts, times = [], [], []
    for _ in range(RUNS):
        shown, guess = batch.simulate(random)
        found = batch.estimate(shown, guess)
        when, where = batch.landing(found)
        points.append(axes @ (where - place))
        starts.append(found[:2])
        times.append(when - time)
    for errors, covariance in ((points, track.impact_covariance[-1]), (starts, track.launch_covariance[-1])):
        _within(np.array(errors), covariance)
    _within(np.array(times)[:, None], np.array([[track.impact_time[-1] ** 2]]))


def _within(errors, covariance):
    """Check the weighed sum of squares, and the variance along each axis of the ellipse, against chi-square."""
    count, size = errors.shape
    whole = np.einsum("ni,ij,nj->", errors, np.linalg.inv(covariance), errors)
    assert chi2.ppf(SURE / 2, count * size) < whole < chi2.ppf(1 - SURE / 2, count * size)
    values, axes = np.linalg.eigh(covariance)
    for value, axis in zip(values, axes.T, strict=True):
        one = np.sum((errors @ axis) ** 2) / value
        assert chi2.ppf(SURE / 2, count) < one < chi2.ppf(1 - SURE / 2, count)
