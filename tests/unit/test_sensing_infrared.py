import math
from dataclasses import replace

import numpy as np
import pytest

from detente.catalog.load import catalog
from detente.earth import ecef_from_geodetic, geodetic_from_ecef
from detente.problems import BadInputError
from detente.sensing.infrared import (
    SIDEREAL_DAY,
    at_work,
    gmst,
    held_on,
    on_station,
    positions,
    sees,
    slots,
    states,
    through_the_day,
)
from detente.sources import Cited

RADIUS = 6_371_000.0


def number(value):
    return Cited(value=value, low=value, high=value, source="test")


@pytest.fixture(scope="module")
def oko():
    return catalog().constellations["oko-us-ks"]


@pytest.fixture(scope="module")
def dsp():
    return catalog().constellations["dsp"]


def test_sidereal_time_at_j2000_is_the_published_one():
    """18 h 41 min 50.54841 s (IAU 1982)."""
    assert math.degrees(float(gmst(2451545.0))) == pytest.approx(280.46061837, abs=1e-6)


def test_geostationary_satellites_stand_at_their_stations(dsp):
    place = positions(dsp, 3, [0.0, 40_000.0])
    lat, lon, altitude = geodetic_from_ecef(place)
    assert place.shape == (3, 2, 3)
    np.testing.assert_allclose(lon[:, 0], [each.value for each in dsp.orbit.stations[:3]], atol=1e-12)
    np.testing.assert_allclose(lat, 0.0, atol=1e-12)
    np.testing.assert_allclose(altitude, 35_786e3, atol=1e3)


def test_each_satellite_passes_its_apogee_over_the_same_place_in_turn(oko):
    for order, slot in enumerate(slots(9)[:4]):
        passage = slot / 9 * SIDEREAL_DAY
        times = passage + np.arange(-120.0, 121.0, 60.0)
        lat, lon, altitude = geodetic_from_ecef(positions(oko, 4, times)[order])
        assert altitude.argmax() in {1, 2, 3}
        assert math.degrees(lon[2]) == pytest.approx(18.5, abs=0.5)
        assert altitude[2] == pytest.approx(oko.orbit.apogee_altitude.value, rel=0.005)
        assert 30.0 < math.degrees(lat[2]) < 42.0


def test_the_ground_track_repeats_after_a_sidereal_day(oko):
    first, last = positions(oko, 1, [3600.0, 3600.0 + SIDEREAL_DAY])[0]
    assert np.linalg.norm(last - first) < 200e3


def test_velocities_are_those_of_the_positions(oko):
    place, velocity = states(oko, 2, np.array([10_000.0, 10_001.0]))
    assert np.abs(place[:, 1] - place[:, 0] - velocity.mean(axis=1)).max() < 2.0


def test_the_working_arc_is_around_apogee_once_a_day(oko):
    times = np.arange(0.0, SIDEREAL_DAY, 60.0)
    working = at_work(oko, 2, times)
    np.testing.assert_allclose(working.mean(axis=1) * SIDEREAL_DAY, oko.working_arc.value, atol=120.0)
    assert working[0, 0]
    assert not working[0, times.size // 2]
    assert at_work(replace(oko, working_arc=None), 2, times).all()


def test_no_satellites_see_nothing(oko):
    place, velocity, working = through_the_day(oko, 0, 10)
    assert place.shape == velocity.shape == (0, 10, 3)
    assert working.shape == (0, 10)


def test_a_plume_below_the_limb_is_seen_by_looking_down_only(oko, dsp):
    satellite = np.array([RADIUS + 36_000e3, 0.0, 0.0])
    high = 150e3
    below = ecef_from_geodetic(0.0, math.radians(30.0), high)
    limb = ecef_from_geodetic(0.0, math.acos(RADIUS / satellite[0]), high)
    behind = ecef_from_geodetic(0.0, math.radians(120.0), high)
    down = [bool(sees(dsp, None, satellite, place, high)) for place in (below, limb, behind)]
    grazing = [bool(sees(oko, None, satellite, place, high)) for place in (below, limb, behind)]
    assert down[::2] == [True, False]
    assert grazing == [False, True, False]


def test_clouds_hide_a_plume_and_spoil_a_background(oko, dsp):
    satellite = np.array([RADIUS + 36_000e3, 0.0, 0.0])
    low = ecef_from_geodetic(0.0, math.radians(30.0), 5e3)
    assert not sees(dsp, None, satellite, low, 5e3)
    slanted = ecef_from_geodetic(0.0, math.radians(73.0), 40e3)  # 9 degrees above the horizon, 40 km up
    assert not sees(oko, None, satellite, slanted, 40e3)
    higher = ecef_from_geodetic(0.0, math.radians(73.0), 180e3)
    assert sees(oko, None, satellite, higher, 180e3)


def test_telescopes_held_on_a_region_see_little_else(oko):
    regions = catalog().regions
    axis = held_on(oko, regions)
    assert np.linalg.norm(axis) == pytest.approx(6.35e6, rel=0.01)
    assert held_on(replace(oko, watches=None), regions) is None


def test_a_region_that_is_not_there_is_named(oko):
    with pytest.raises(BadInputError, match="us-missile-fields"):
        held_on(oko, {})


def test_more_satellites_than_places_are_refused(oko, dsp):
    assert on_station(oko, 9.0) == 9
    with pytest.raises(BadInputError, match="0 to 9"):
        on_station(oko, 10.0)
    with pytest.raises(BadInputError, match="0 to 5"):
        on_station(dsp, 6.0)


def test_an_orbit_without_its_angles_says_which(oko):
    bare = replace(oko, orbit=replace(oko.orbit, argument_of_perigee=None))
    with pytest.raises(BadInputError, match="argument_of_perigee"):
        positions(bare, 1, [0.0])


def test_an_orbit_through_the_ground_is_refused(oko):
    sunk = replace(oko, orbit=replace(oko.orbit, perigee_altitude=number(-3000e3), apogee_altitude=number(300e3)))
    with pytest.raises(BadInputError, match="cannot be flown"):
        positions(sunk, 1, np.arange(0.0, 6000.0, 300.0))


def test_slots_fill_every_second_plane_first():
    assert slots(9)[:4] == [0, 2, 4, 6]
    assert sorted(slots(9)) == list(range(9))
    assert slots(1) == [0]
