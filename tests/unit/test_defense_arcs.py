"""Arcs against the closed form, and footprints against flying every pair on another code path."""

import dataclasses
import math

import numpy as np
import pytest
from scipy.interpolate import LinearNDInterpolator

from detente.catalog.records import Interceptor
from detente.defense import arcs
from detente.defense.bands import Approach, Geometry, bands_against, bands_of
from detente.defense.cue import Cue
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


SITE = np.array([math.cos(math.radians(20.0)), math.sin(math.radians(20.0)), 0.0])


def flown(aim: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return time, altitude, ground and slant range from the site along the arc from latitude and longitude 0."""
    start = np.array([math.cos(AWAY), math.sin(AWAY), 0.0])
    phi = math.acos(start @ aim)
    gamma = (math.pi - phi) / 4.0
    q = 2.0 * math.sin(phi / 2.0) / (1.0 + math.sin(phi / 2.0))
    axis, e = arcs.RADIUS / (2.0 - q), math.sqrt(1.0 + q * (q - 2.0) * math.cos(gamma) ** 2)
    p = axis * (1.0 - e * e)
    falling = 2.0 * math.pi - np.arccos((p / (arcs.RADIUS + np.linspace(150e3, 40e3, 441)) - 1.0) / e)
    nu = np.concatenate([[math.pi - phi / 2.0], falling])
    big = 2.0 * np.arctan2(np.sqrt(1.0 - e) * np.sin(nu / 2.0), np.sqrt(1.0 + e) * np.cos(nu / 2.0))
    time = (big - e * np.sin(big)) / math.sqrt(arcs.MU / axis**3)
    r = p / (1.0 + e * np.cos(nu))
    along = nu - nu[0]
    ahead = (aim - start * math.cos(phi)) / math.sin(phi)
    where = r[:, None] * (np.cos(along)[:, None] * start + np.sin(along)[:, None] * ahead)
    ground = arcs.RADIUS * np.arccos(np.clip(where @ SITE / r, -1.0, 1.0))
    return time - time[0], r - arcs.RADIUS, ground, np.linalg.norm(where - arcs.RADIUS * SITE, axis=1)


REACTION = 2.0
AWAY = math.radians(20.0) - 3000e3 / arcs.RADIUS


def met_in_turn(out, aim: np.ndarray, track_time: float, rounds: int) -> bool:
    """Tell whether an aim is met some times in turn: forward in time, each round as early as it can be."""
    time, height, ground, slant = flown(aim)
    inside = (height > 40e3 - 1.0) & (height < 150e3 + 1.0) & (slant <= 200e3)
    time, late = time[inside], out(ground[inside] / 1e5, height[inside] / 1e5)
    ready = track_time + REACTION
    for _ in range(rounds):
        possible = np.flatnonzero(time - late >= ready)
        if not possible.size:
            return False
        ready = time[possible[0]] + 1.0 + REACTION
    return True


def spot(bearing: float, distance: float) -> np.ndarray:
    """Return the unit vector of a point some way from the site."""
    c, east = distance / arcs.RADIUS, np.array([-SITE[1], SITE[0], 0.0])
    ahead = math.cos(bearing) * np.array([0.0, 0.0, 1.0]) + math.sin(bearing) * east
    return math.cos(c) * SITE + math.sin(c) * ahead


@pytest.mark.parametrize(("track_time", "rounds"), [(788.0, 1), (760.0, 2)])
def test_footprint_across_agrees_with_flying_every_pair(out, track_time: float, rounds: int) -> None:
    """Every pair of launch point and aim, 4 km apart, over a sphere at rest: mean extent within 1 %."""
    place = Geometry(
        site=(0.0, math.radians(20.0)),
        launch=(0.0, AWAY),
        loft=0.0,
        late=0.0,
        burnout_time=0.0,
        longest=1e7,
        beta=1e6,
        sight=1.0,
        turn=0.0,
    )
    cue = Cue(share=1.0, mode="own", track_time=track_time, alert_time=math.inf)
    battery = dataclasses.replace(BATTERY, reaction_time=cited(REACTION), assessment_time=cited(1.0))
    approach = Approach(geometry=place, known=(cue,))
    (band,) = bands_against(battery, (approach,), (), (0.5,), 1, rounds)
    ring = arcs.RADIUS * (np.concatenate(band.rings) - np.array([math.radians(20.0), 0.0]))
    step = 4e3
    # The ground is the same on both sides of the equator, along which the missile comes.
    xs = np.arange(ring[:, 0].min() - 10e3, ring[:, 0].max() + 10e3, step)
    ys = np.arange(step / 2.0, ring[:, 1].max() + 10e3, step)
    count = sum(met_in_turn(out, spot(math.atan2(x, y), math.hypot(x, y)), track_time, rounds) for x in xs for y in ys)
    assert math.sqrt(band.area) == pytest.approx(math.sqrt(2.0 * count * step**2), rel=0.01)
