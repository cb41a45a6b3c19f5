import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.catalog.load import catalog
from detente.catalog.records import Status
from detente.earth import WGS84, destination, ecef_from_geodetic, great_circle, look_angles
from detente.problems import BadInputError
from detente.sensing.kernels import confirmed, in_sector, refraction, runs
from detente.sensing.radar import cross_section, fan, passes, state, visible, works


@pytest.fixture(scope="module")
def radars():
    return catalog().radars


def target(radar, azimuth_deg, distance, altitude):
    """A point at an azimuth and ground distance from a radar, at an altitude."""
    lat, lon = destination(radar.latitude.value, radar.longitude.value, math.radians(azimuth_deg), distance)
    return ecef_from_geodetic(lat, lon, altitude)[None, :]


def test_a_sector_may_wrap_through_north():
    azimuth = np.radians([346.0, 348.0, 0.0, 90.0, 226.0, 228.0])
    inside = in_sector(azimuth, math.radians(347.0), math.radians(227.0))
    assert inside.tolist() == [False, True, True, True, True, False]


def test_refraction_is_what_the_recommendation_says_at_the_horizon_and_fades():
    assert math.degrees(float(refraction(np.array(0.0)))) == pytest.approx(0.579, abs=0.001)
    assert math.degrees(float(refraction(np.radians(3.0)))) == pytest.approx(0.271, abs=0.001)
    assert math.degrees(float(refraction(np.radians(60.0)))) < 0.1


def test_a_fan_has_sides_a_floor_a_ceiling_and_an_end(radars):
    radar = radars["olenegorsk-dnepr"]  # 280 to 340 degrees, 5.5 to 34.5 degrees up, 3,500 km on 1 m2
    seen = [
        visible(radar, 1.0, target(radar, azimuth, distance, altitude))[0]
        for azimuth, distance, altitude in [
            (310.0, 2000e3, 800e3),
            (250.0, 2000e3, 800e3),
            (310.0, 2000e3, 200e3),
            (310.0, 300e3, 800e3),
            (310.0, 3300e3, 1600e3),
        ]
    ]
    assert seen == [True, False, False, False, False]
    assert visible(radar, 10.0, target(radar, 310.0, 3300e3, 1600e3))[0]


def test_the_lowest_object_seen_at_4000_km_stands_where_geometry_and_refraction_put_it(radars):
    """Without refraction 1,470 km at 5.5 degrees and a slant range of 4,000 km; refraction lowers it a little."""
    radar = replace(radars["olenegorsk-dnepr"], reach=replace(radars["olenegorsk-dnepr"].reach, value=4000e3))
    elevation = math.radians(5.5) - float(refraction(np.radians(5.5 - 0.19)))
    radius = math.sqrt(WGS84.mean_radius**2 + 4000e3**2 + 2 * WGS84.mean_radius * 4000e3 * math.sin(elevation))
    height = radius - WGS84.mean_radius
    assert 1430e3 < height < 1470e3
    arc = math.asin(4000e3 * math.cos(elevation) / radius)
    place = target(radar, 310.0, 0.995 * arc * WGS84.mean_radius, height)
    assert visible(radar, 1.0, place)[0]
    assert not visible(radar, 1.0, target(radar, 310.0, 0.995 * arc * WGS84.mean_radius, height - 60e3))[0]


def test_spans_start_and_end_with_sight(radars):
    radar = replace(radars["olenegorsk-dnepr"], search=None)
    away = np.array([300e3, 1500e3, 2000e3, 300e3, 2000e3])
    path = np.concatenate([target(radar, 310.0, each, 800e3) for each in away])
    assert passes(radar, 1.0, np.arange(5.0), path) == ((1.0, 2.0), (4.0, 4.0))


@pytest.mark.parametrize("altitude", [None, 200e3, 1000e3, 20_000e3])
def test_the_outline_of_a_fan_is_the_edge_of_what_is_seen(radars, altitude):
    radar = radars["cape-cod"]
    ring = fan(radar, altitude)
    assert ring.shape[1] == 2
    assert np.isfinite(ring).all()
    site = radar.latitude.value, radar.longitude.value
    arc, azimuth = great_circle(*site, ring[:, 1], ring[:, 0])
    distance = arc * WGS84.mean_radius
    looking = in_sector(azimuth, math.radians(350.0), math.radians(224.0)) & (distance > 1.0)
    if altitude == 20_000e3:
        assert (distance < 1.0).all()  # farther up than the radar reaches
        return
    assert distance[looking].min() == pytest.approx(distance[looking].max(), rel=0.01)
    assert (distance[in_sector(azimuth, math.radians(230.0), math.radians(344.0))] < 1.0).all()
    if altitude is not None:
        for share, seen in ((0.98, True), (1.02, False)):
            place = target(radar, 100.0, share * float(distance[looking].mean()), altitude)
            assert visible(radar, radar.reach_cross_section.value, place)[0] == seen


def test_the_outline_of_a_full_circle_never_touches_the_site(radars):
    radar = radars["don-2n"]
    ring = fan(radar, 500e3)
    azimuth, elevation, _ = look_angles(
        radar.latitude.value, radar.longitude.value, radar.altitude.value, ecef_from_geodetic(ring[:, 1], ring[:, 0])
    )
    assert (elevation < 0.0).all()
    assert azimuth.size == ring.shape[0]


def test_state_is_that_of_the_last_entry_before_the_day():
    history = (
        Status(since=date(1998, 8, 31), state="closed", source="x"),
        Status(since=date(1971, 1, 1), state="operational", source="x"),
    )
    days = [date(1970, 1, 1), date(1971, 1, 1), date(1998, 8, 30), date(1998, 8, 31)]
    assert [state(history, day) for day in days] == [None, "operational", "operational", "closed"]


def test_skrunda_worked_until_it_closed(radars):
    assert works(radars["skrunda-dnepr"], date(1998, 8, 30))
    assert not works(radars["skrunda-dnepr"], date(1998, 9, 1))


def test_a_missing_cross_section_says_what_to_add():
    with pytest.raises(BadInputError, match=r"Add \[upper-stage-vhf\]"):
        cross_section({}, "upper-stage", "VHF")


def test_confirmation_takes_consecutive_looks():
    seen = np.array([[1, 1, 0, 1, 1, 1], [0, 1, 0, 1, 0, 1], [1, 1, 1, 1, 1, 1]], bool)
    assert confirmed(seen, 3).tolist() == [5, -1, 2]
    assert confirmed(seen, 1).tolist() == [0, 1, 0]
    assert confirmed(seen[:, :2], 3).tolist() == [-1, -1, -1]
    assert runs(np.zeros(3, bool)) == []
