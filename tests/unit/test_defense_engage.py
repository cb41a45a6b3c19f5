"""Battle space of one deployment against flights that are simple enough to reckon by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from detente.catalog.records import Interceptor
from detente.defense.cue import Cue
from detente.defense.engage import Path, absentee, beamed, flown, from_orbit
from detente.defense.reach import credited_speed, matched_speed, reach
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
)
ORBITING = replace(
    BATTERY,
    layer="boost",
    basing="space",
    burn_time=cited(60.0),
    lowest_intercept=cited(60e3),
    highest_intercept=cited(500e3),
    reaction_time=cited(30.0),
    constellation=cited(1600.0),
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
    )


def test_first_intercept_is_where_the_interceptor_gets_in_time() -> None:
    seen, fixed = falling(), reach(replace(BATTERY, basing="fixed-land"))
    window = flown(seen, fixed, replace(ALONE, track_time=140.0), 0.0)
    assert window.rounds == 1
    assert window.first is not None
    assert window.last is not None
    index = int(window.first.time)
    out = fixed.time(seen.ground_range[[index]], seen.altitude[[index]])[0]
    assert window.first.time == pytest.approx(150.0 + out, abs=1.5)
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


@pytest.mark.parametrize(("liquid", "rounds"), [(True, 18), (False, 18)])
def test_laser_takes_boosters_one_after_the_other(liquid: bool, rounds: int) -> None:
    window = beamed(rising(), LASER, liquid, ALONE, 199.0)
    assert window.first is not None
    assert window.first.time == 20.0
    assert window.rounds == rounds


def test_laser_reaches_solid_boosters_less_far() -> None:
    seen = rising(away=400e3)
    assert beamed(seen, LASER, True, ALONE, 199.0).rounds > 0
    assert beamed(seen, LASER, False, ALONE, 199.0).rounds == 0


def test_interceptors_in_orbit_have_more_shots_at_slow_boosters() -> None:
    assert absentee(ORBITING, 170.0) == 1.0
    assert absentee(ORBITING, 280.0) == pytest.approx((220.0 / 110.0) ** 2)
    assert absentee(ORBITING, 60.0) == 0.0
    window, scale = from_orbit(rising(), ORBITING, ALONE, 170.0)
    assert (window.rounds, scale) == (1, 1.0)
    assert from_orbit(rising(), replace(ORBITING, lowest_intercept=cited(180e3)), ALONE, 170.0)[0].rounds == 0


def test_missing_speed_teaches() -> None:
    with pytest.raises(BadInputError, match="Add burnout_speed"):
        reach(replace(BATTERY, burnout_speed=None))
    with pytest.raises(BadInputError, match="lowest_intercept"):
        reach(replace(BATTERY, lowest_intercept=cited(70e3)))
