"""Arcs against the closed form, and footprints against flying every pair on another code path."""

import math

import numpy as np
import pytest
from scipy.interpolate import LinearNDInterpolator

from detente.catalog.records import Interceptor
from detente.defense import arcs
from detente.defense.cue import Cue
from detente.defense.footprint import Geometry, bands_of
from detente.defense.reach import airframe
from detente.flight.closed_form import minimum_energy
from detente.flight.flyout import booster
from detente.sources import Cited


def cited(value: float) -> Cited:
    return Cited(value=value, low=value, high=value, source="made for a test")


BATTERY = Interceptor(
    name="battery",
    title="Battery",
    layer="terminal",
    basing="fixed-land",
    strategic=False,
    burnout_speed=cited(2600.0),
    burn_time=cited(20.0),
    lowest_intercept=cited(40e3),
    highest_intercept=cited(150e3),
    greatest_range=cited(200e3),
    reaction_time=cited(30.0),
    sspk=cited(0.7),
    reliability=cited(0.9),
    discrimination=cited(0.5),
    shots_per_target=cited(2.0),
)


@pytest.mark.parametrize("range_km", [500.0, 1500.0, 3500.0, 10_000.0])
def test_arc_of_minimum_energy_is_the_closed_form(range_km: float) -> None:
    phi = range_km * 1e3 / arcs.RADIUS
    gamma = arcs.least_angle(phi)
    published = minimum_energy(range_km * 1e3)
    assert arcs.arc(phi, gamma)[3] == pytest.approx(published.time, rel=1e-4)
    assert arcs.apogee(phi, gamma) == pytest.approx(published.apogee_altitude, rel=1e-4)


def test_angle_for_an_apogee_is_its_inverse() -> None:
    for gamma in (0.2, 0.5, 0.9):
        assert arcs.angle_for(0.6, arcs.apogee(0.6, gamma)) == pytest.approx(gamma, abs=1e-6)


@pytest.fixture(scope="module")
def out(climb) -> LinearNDInterpolator:
    """Return the time to points by range and altitude, from flights of the booster integrated one by one."""
    made = booster(airframe(BATTERY), 2600.0, 20.0)
    rising = []
    for kick in 1.9 * np.linspace(0.0, 1.0, 101) ** 1.5:
        path = climb(made, float(kick), 170.0)
        top = int(np.argmax(path[:, 2]))
        rising.append(path[: top + 1][path[: top + 1, 2] > 15e3])
    points = np.concatenate(rising)
    return LinearNDInterpolator(points[:, 1:3] / 1e5, points[:, 0])


def straight_on(out, flight_range: float, aim: float, track_time: float) -> float:
    """Return the best margin [s] against an aim on the line from launch over the site, every altitude tried."""
    site = flight_range / arcs.RADIUS
    phi = (flight_range + aim) / arcs.RADIUS
    gamma = (math.pi - phi) / 4.0
    q = 2.0 * math.sin(phi / 2.0) / (1.0 + math.sin(phi / 2.0))
    axis, e = arcs.RADIUS / (2.0 - q), math.sqrt(1.0 + q * (q - 2.0) * math.cos(gamma) ** 2)
    p, rate = axis * (1.0 - e * e), math.sqrt(arcs.MU / axis**3)

    def when(nu: float) -> float:
        big = 2.0 * math.atan(math.sqrt((1.0 - e) / (1.0 + e)) * math.tan(nu / 2.0)) % (2.0 * math.pi)
        return (big - e * math.sin(big)) / rate

    best = -math.inf
    for height in np.linspace(40e3, 150e3, 221):
        nu = 2.0 * math.pi - math.acos((p / (arcs.RADIUS + height) - 1.0) / e)
        psi = abs(nu - math.pi + phi / 2.0 - site)
        r = arcs.RADIUS + height
        slant = math.sqrt(r**2 + arcs.RADIUS**2 - 2.0 * r * arcs.RADIUS * math.cos(psi))
        if slant <= 200e3:
            late = float(out(arcs.RADIUS * psi / 1e5, height / 1e5))
            best = max(best, when(nu) - when(math.pi - phi / 2.0) - track_time - 30.0 - late)
    return best


def edge(out, met: float, missed: float, far: float, track_time: float) -> float:
    """Return where intercepts end between two aims, within 10 m."""
    while abs(missed - met) > 10.0:
        middle = (met + missed) / 2.0
        met, missed = (middle, missed) if straight_on(out, far, middle, track_time) > 0.0 else (met, middle)
    return met


@pytest.mark.parametrize("track_time", [760.0, 820.0])
def test_footprint_extent_agrees_with_flying_every_pair(out, track_time: float) -> None:
    """On the ground track of the threat, over a sphere at rest: both ends within 1 % of the length between them."""
    far = 3000e3
    place = Geometry(
        site=(0.0, math.radians(20.0)),
        launch=(0.0, math.radians(20.0) - far / arcs.RADIUS),
        loft=0.0,
        late=0.0,
        burnout_time=0.0,
        longest=1e7,
        beta=1e6,
        sight=1.0,
        turn=0.0,
    )
    cue = Cue(share=1.0, mode="own", track_time=track_time, alert_time=math.inf)
    tried = np.arange(-300e3, 500e3, 10e3)
    met = [straight_on(out, far, aim, track_time) > 0.0 for aim in tried]
    first, last = int(np.argmax(met)), len(met) - 1 - int(np.argmax(met[::-1]))
    fore = edge(out, tried[first], tried[first - 1], far, track_time)
    aft = edge(out, tried[last], tried[last + 1], far, track_time)
    (band,) = bands_of(BATTERY, place, (cue,), (), (0.5,), 1)
    (ring,) = band.rings
    along = arcs.RADIUS * (ring[:, 0] - place.site[1])
    assert aft - fore > 50e3
    assert along.min() == pytest.approx(fore, abs=0.01 * (aft - fore))
    assert along.max() == pytest.approx(aft, abs=0.01 * (aft - fore))


def test_a_site_that_no_missile_reaches_has_no_footprint() -> None:
    place = Geometry(
        site=(0.8, 0.3),
        launch=(0.8, 1.9),
        loft=0.0,
        late=60.0,
        burnout_time=90.0,
        longest=1000e3,
        beta=5000.0,
        sight=1.0,
    )
    cue = Cue(share=1.0, mode="own", track_time=0.0, alert_time=0.0)
    for band in bands_of(BATTERY, place, (cue,), ((0.8, 0.3),)):
        assert (band.rings, band.area, band.inside) == ((), 0.0, (False,))
