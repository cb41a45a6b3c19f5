"""Battle space of one deployment against flights that are simple enough to reckon by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from detente.catalog.records import Interceptor
from detente.defense.cue import Cue
from detente.defense.engage import beamed, dwell, flown, refilled
from detente.defense.orbit import constellation_size, covered, from_orbit, reach_angle, share_within
from detente.defense.path import Path
from detente.defense.reach import credited_speed, homing_time, matched_speed, raised, reach
from detente.problems import BadInputError
from detente.sources import Cited


def cited(value: float, low: float | None = None, high: float | None = None) -> Cited:
    return Cited(
        value=value, low=value if low is None else low, high=value if high is None else high, source="made for a test"
    )


BATTERY = Interceptor(
    name="battery",
    title="Battery",
    layer="terminal",
    basing="mobile-land",
    strategic=False,
    burnout_speed=cited(2000.0),
    burn_time=cited(10.0),
    lowest_intercept=cited(10e3),
    highest_intercept=cited(60e3),
    greatest_range=cited(100e3),
    reaction_time=cited(10.0),
    sspk=cited(0.7),
    reliability=cited(0.9),
    discrimination=cited(0.5),
    shots_per_target=cited(2.0),
    target_speed=cited(4000.0),
)
LASER = replace(
    BATTERY,
    layer="boost",
    basing="air",
    burnout_speed=None,
    burn_time=None,
    highest_intercept=cited(400e3),
    laser_range_liquid=cited(600e3),
    laser_range_solid=cited(300e3),
    laser_dwell=cited(10.0),
)
ORBITING = replace(
    BATTERY,
    layer="boost",
    basing="space",
    burnout_speed=cited(4000.0),
    burn_time=cited(60.0),
    lowest_intercept=cited(60e3),
    highest_intercept=cited(500e3),
    reaction_time=cited(30.0),
    greatest_range=cited(900e3),
    constellation=cited(1600.0),
    orbit_altitude=cited(400e3),
    inclination=cited(math.radians(50.0)),
)
ALONE = Cue(share=1.0, mode="own", track_time=math.inf, alert_time=math.inf)


def falling(seconds: int = 200, speed: float = 2000.0) -> Path:
    """Fall straight on the site at an even speed."""
    time = np.arange(0.0, seconds)
    height = speed * (seconds - time)
    flat = np.zeros(seconds)
    return Path(
        time=time,
        latitude=flat,
        longitude=flat,
        altitude=height,
        speed=np.full(seconds, speed),
        ground_range=flat,
        slant_range=height,
        elevation=flat + math.pi / 2,
    )


def rising(seconds: int = 200, away: float = 250e3) -> Path:
    """Climb by 1 km/s, at an even distance from the site."""
    time = np.arange(0.0, seconds)
    flat = np.zeros(seconds)
    return Path(
        time=time,
        latitude=flat,
        longitude=flat,
        altitude=1e3 * time,
        speed=flat + 1e3,
        ground_range=flat + away,
        slant_range=flat + away,
        elevation=flat,
        height=12e3,
    )


def test_first_intercept_is_where_the_interceptor_gets_in_time() -> None:
    seen, fixed = falling(), reach(replace(BATTERY, basing="fixed-land"))
    window = flown(seen, fixed, replace(ALONE, track_time=140.0), 0.0)
    assert window.rounds == 1
    assert window.first is not None
    assert window.last is not None
    assert window.ready_time == 150.0
    index = int(window.first.time)
    out = fixed.time(seen.ground_range[[index]], seen.altitude[[index]])[0]
    assert 0.0 <= window.first.time - 150.0 - out <= 2.5  # a second of the path, in which the target comes 2 km nearer
    assert window.last.altitude == pytest.approx(10e3)
    assert window.slowest == 2000.0


def test_own_radar_serves_where_no_track_comes() -> None:
    out = reach(BATTERY)
    window = flown(falling(), out, ALONE, 0.0)
    assert window.track_time == pytest.approx(200.0 - out.radar / 2000.0, abs=1.0)


def test_radar_of_the_fire_unit_sees_farther_when_told_where_to_look() -> None:
    out = reach(BATTERY)
    told = flown(falling(), out, replace(ALONE, alert_time=0.0), 0.0)
    late = flown(falling(), out, replace(ALONE, alert_time=500.0), 0.0)
    assert told.track_time < late.track_time
    assert out.radar_cued == pytest.approx(math.sqrt(2.0) * out.radar)


def test_fixed_launchers_have_no_radar_of_their_own() -> None:
    fixed = replace(BATTERY, basing="fixed-land")
    assert matched_speed(fixed) == 0.0
    window = flown(falling(), reach(fixed), ALONE, 0.0)
    assert (window.rounds, window.track_time) == (0, math.inf)


def test_nothing_is_met_before_burnout() -> None:
    assert flown(falling(), reach(BATTERY), replace(ALONE, track_time=0.0), 300.0).rounds == 0


def test_credited_speed_comes_from_the_range_where_no_speed_is_stated() -> None:
    by_range = replace(BATTERY, target_speed=None, largest_target_range=cited(3500e3))
    assert credited_speed(by_range) == pytest.approx(5.1e3, rel=0.02)
    assert credited_speed(replace(by_range, largest_target_range=None)) == math.inf


def test_readiness_waits_for_the_minimum_warning() -> None:
    slow = reach(replace(BATTERY, basing="fixed-land", minimum_warning=cited(100.0)))
    told = flown(falling(), slow, replace(ALONE, track_time=100.0, alert_time=20.0), 0.0)
    untold = flown(falling(), slow, replace(ALONE, track_time=100.0), 0.0)
    assert (told.ready_time, untold.ready_time) == (120.0, 200.0)
    assert (told.rounds > 0, untold.rounds) == (True, 0)


def test_a_look_takes_its_time() -> None:
    sure = reach(replace(BATTERY, basing="fixed-land", highest_intercept=cited(100e3)))
    slow = reach(replace(BATTERY, basing="fixed-land", highest_intercept=cited(100e3), assessment_time=cited(60.0)))
    rounds = [flown(falling(400, 1000.0), each, replace(ALONE, track_time=200.0), 0.0).rounds for each in (sure, slow)]
    assert rounds[0] > rounds[1] >= 1


def test_what_steers_decides_how_long_after_burnout_it_can_meet() -> None:
    kinetic = replace(BATTERY, layer="midcourse", divert=cited(500.0))
    assert homing_time(kinetic) == pytest.approx(20.0)
    assert homing_time(replace(BATTERY, lateral_limit=cited(20.0))) == pytest.approx(3.19, abs=0.01)
    assert homing_time(BATTERY) == 0.0
    assert reach(kinetic).times.min() >= 30.0


def test_nothing_is_met_below_the_altitude_that_protects() -> None:
    kept = raised(BATTERY, cited(40e3))
    assert kept.lowest_intercept.value == 40e3
    assert raised(BATTERY, cited(5e3)) is BATTERY
    window = flown(falling(), reach(replace(kept, basing="fixed-land")), replace(ALONE, track_time=100.0), 0.0)
    assert window.last is not None
    assert window.last.altitude >= 40e3


@pytest.mark.parametrize(
    ("reserve", "launching", "launched"),
    [(100.0, 0.0, 10.0), (100.0, 130.0, 30.0), (5.0, 130.0, 15.0), (0.0, 1e4, 10.0)],
)
def test_launchers_are_reloaded_while_launches_help(reserve: float, launching: float, launched: float) -> None:
    assert refilled(10.0, reserve, 60.0, launching) == launched


def test_a_beam_rests_longer_on_what_is_far() -> None:
    assert dwell(np.array([150e3, 300e3]), 300e3, 10.0) == pytest.approx([2.5, 10.0])


def test_laser_takes_boosters_one_after_the_other() -> None:
    window = beamed(rising(), LASER, True, ALONE, 199.0)
    assert window.first is not None
    # from 10 s on above 10 km, 10 s to react, then 10 s x (250/600)^2 on the booster, up to a second, and react again
    assert window.first.time == 22.0
    assert window.rounds == 1 + int((199.0 - 22.0) // 12.0)


def test_laser_reaches_solid_boosters_less_far() -> None:
    seen = rising(away=400e3)
    assert beamed(seen, LASER, True, ALONE, 199.0).rounds > 0
    assert beamed(seen, LASER, False, ALONE, 199.0).rounds == 0


def test_laser_does_not_shine_through_the_dense_air() -> None:
    low = replace(rising(), elevation=np.full(200, -0.05))
    assert beamed(low, LASER, True, ALONE, 199.0).rounds == 0
    assert beamed(replace(rising(), height=0.0), LASER, True, ALONE, 199.0).rounds == 0


@pytest.mark.parametrize(("latitude", "inclination"), [(0.0, 0.9), (0.6, 0.9), (0.8, 1.5)])
def test_satellites_are_as_dense_as_their_ground_track(latitude: float, inclination: float) -> None:
    angle = 0.02
    density = angle**2 / (2.0 * math.pi * math.sqrt(math.sin(inclination) ** 2 - math.sin(latitude) ** 2))
    assert share_within(latitude, inclination, angle) == pytest.approx(density, rel=0.02)


def test_all_satellites_are_within_half_a_turn_and_none_beyond_their_orbits() -> None:
    assert share_within(0.4, 0.9, math.pi) == pytest.approx(1.0)
    assert share_within(1.3, 0.9, 0.2) == 0.0


def test_distance_covered_is_that_of_even_acceleration() -> None:
    assert covered(np.array([-5.0, 30.0, 60.0, 100.0]), 4000.0, 60.0) == pytest.approx([0.0, 30e3, 120e3, 280e3])
    assert reach_angle(np.array([100e3, 250e3]), np.array([200e3, 200e3]), 400e3) == pytest.approx(
        [-1.0, 0.0225], abs=1e-4
    )


def test_slow_boosters_have_more_interceptors_in_reach() -> None:
    slow, fast = (from_orbit(rising(300), ORBITING, 0.9, ALONE, burnout) for burnout in (280.0, 170.0))
    assert (slow[0].rounds, fast[0].rounds) == (1, 1)
    assert slow[1] > fast[1] > 0.0
    assert from_orbit(rising(), ORBITING, 0.9, ALONE, 60.0) == (
        replace(fast[0], first=None, last=None, rounds=0),
        0.0,
    )
    assert from_orbit(rising(), replace(ORBITING, lowest_intercept=cited(180e3)), 0.9, ALONE, 170.0)[0].rounds == 0


def test_a_constellation_without_gaps_is_larger_for_fast_boosters() -> None:
    slow, fast = (constellation_size(rising(300), ORBITING, burnout) for burnout in (280.0, 170.0))
    assert 1.0 < slow < fast < math.inf
    assert constellation_size(rising(300), ORBITING, 50.0) == math.inf


def test_missing_speed_teaches() -> None:
    with pytest.raises(BadInputError, match="Add burnout_speed"):
        reach(replace(BATTERY, burnout_speed=None))
    with pytest.raises(BadInputError, match="lowest_intercept"):
        reach(replace(BATTERY, lowest_intercept=cited(70e3)))
