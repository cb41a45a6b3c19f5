"""Greatest range all around: what rotation, latitude and payload do to it, and what is refused."""

import dataclasses
import math

import numpy as np
import pytest

from detente.catalog.load import catalog, missile
from detente.earth import WGS84, geodesic, sphere
from detente.flight.fly import OutOfReachError, Point, fly
from detente.flight.range import SHORTEST, bearings, range_by_azimuth, with_payload

AROUND = np.radians(np.arange(0.0, 360.0, 30.0))
HERE = Point(math.radians(50.0), math.radians(60.0))


def test_east_gains_and_west_loses_on_the_rotating_earth():
    table = range_by_azimuth(missile("minuteman-iii"), HERE, AROUND)
    assert table.least[0] == pytest.approx(math.radians(270), abs=math.radians(31))
    assert table.greatest[0] == pytest.approx(math.radians(90), abs=math.radians(31))
    assert table.least[1] < table.at_rest < table.greatest[1]
    assert not table.everywhere.any()


def test_an_earth_at_rest_is_the_same_all_around():
    table = range_by_azimuth(missile("minuteman-iii"), HERE, AROUND, earth=sphere(radius=WGS84.mean_radius))
    assert np.ptp(table.distances) < 2_000.0
    assert table.distances.mean() == pytest.approx(table.at_rest, abs=2_000.0)


def test_north_and_south_of_the_equator_mirror_each_other():
    what, south = missile("ss-20"), Point(-HERE.latitude, HERE.longitude)
    mirrored = (math.pi - AROUND) % (2.0 * math.pi)
    one, other = range_by_azimuth(what, HERE, AROUND), range_by_azimuth(what, south, mirrored)
    assert one.distances == pytest.approx(other.distances, rel=2e-4)


def test_impact_lies_where_the_table_says():
    table = range_by_azimuth(missile("nodong"), HERE, AROUND)
    for reach in table.reaches:
        distance, _ = geodesic(HERE.latitude, HERE.longitude, reach.latitude, reach.longitude)
        assert float(distance) == pytest.approx(reach.distance, abs=1.0)


@pytest.mark.parametrize("name", ["scud-b", "minuteman-iii", "ss-18"])
def test_more_payload_never_flies_farther(name):
    what = missile(name)
    loads = what.payload.value * np.array([0.3, 0.6, 0.9, 1.0, 1.2, 2.0, 4.0])
    ranges = [range_by_azimuth(what, HERE, [1.0], float(load)).distances[0] for load in loads]
    assert ranges == sorted(ranges, reverse=True)


def test_the_payload_of_the_catalog_changes_nothing():
    what = missile("nodong")
    once, again = (range_by_azimuth(what, HERE, AROUND, load) for load in (None, what.payload.value))
    assert (once.distances == again.distances).all()
    assert once.payload == again.payload == what.payload.value


@pytest.mark.parametrize("name", ["ss-18", "minuteman-iii", "trident-ii-d5", "hwasong-15"])
def test_a_light_payload_reaches_every_point(name):
    for share in (0.01, 0.3):
        load = share * missile(name).payload.value
        table = range_by_azimuth(missile(name), HERE, AROUND[::4], load)
        assert table.everywhere.all(), share
        assert table.greatest[1] == pytest.approx(math.pi * WGS84.mean_radius, rel=1e-9)


def test_range_rises_smoothly_toward_the_east_even_close_to_the_antipode():
    launch = catalog().places["musudan-ri"]
    table = range_by_azimuth(missile("hwasong-15"), launch, np.radians(np.arange(0.0, 45.0, 3.0)))
    assert (np.diff(table.distances) > 0.0).all()
    assert np.diff(table.distances).max() < 450e3


@pytest.mark.parametrize("azimuth", [0.3, 2.0, 4.5])
def test_nothing_flies_beyond_the_greatest_range_and_all_within_is_reached(azimuth):
    what = missile("nodong")
    far = range_by_azimuth(what, HERE, [azimuth]).reaches[0]
    share = [
        Point(
            HERE.latitude + part * (far.latitude - HERE.latitude),
            HERE.longitude + part * (far.longitude - HERE.longitude),
        )
        for part in (0.97, 1.03)
    ]
    assert fly(what, HERE, share[0]).flight_time > 0.0
    with pytest.raises(OutOfReachError):
        fly(what, HERE, share[1])


def test_places_are_inside_or_outside_as_flights_find_them():
    what, start = missile("minuteman-iii"), catalog().places["malmstrom"]
    names = ("malmstrom", "moscow", "novosibirsk", "kwajalein", "white-sands")
    near = bearings(what, start, [catalog().places[name] for name in names])
    assert [each.distance for each in near] == sorted(each.distance for each in near)
    assert "malmstrom" not in {each.place.name for each in near}
    assert len(near) == 4
    for each in near:
        if each.inside:
            assert fly(what, start, each.place).ground_range == pytest.approx(each.distance, abs=2.0)
        else:
            with pytest.raises(OutOfReachError):
                fly(what, start, each.place)


@pytest.mark.parametrize("load", [0.0, -1.0, math.nan, math.inf])
def test_a_payload_that_is_none_is_refused(load):
    with pytest.raises(ValueError, match="allowed: above 0"):
        with_payload(missile("scud-b"), load)


def test_a_payload_that_does_not_lift_is_refused():
    with pytest.raises(ValueError, match="cannot lift off"):
        range_by_azimuth(missile("scud-b"), HERE, AROUND, 20_000.0)


def test_a_payload_that_hardly_flies_is_refused():
    with pytest.raises(ValueError, match=f"flies {SHORTEST / 1e3:g} km and more"):
        range_by_azimuth(missile("scud-b"), HERE, AROUND, 7_900.0)


@pytest.mark.parametrize("azimuths", [[], [math.nan], [[0.0, 1.0], [2.0, 3.0]]])
def test_azimuths_that_are_none_are_refused(azimuths):
    with pytest.raises(ValueError, match="azimuths"):
        range_by_azimuth(missile("scud-b"), HERE, azimuths)


def test_progress_is_told():
    told = []
    range_by_azimuth(missile("scud-b"), HERE, AROUND, tell=lambda text, share: told.append((text, share)))
    assert [share for _, share in told] == [index / 12 for index in range(12)]
    assert told[3][0] == "azimuth 90°"


def test_the_pole_has_one_range():
    table = range_by_azimuth(missile("generic-irbm"), Point(0.5 * math.pi, 0.0), AROUND)
    assert np.ptp(table.distances) < 1_000.0


def test_a_new_payload_leaves_the_rest_of_the_missile_alone():
    what = missile("scud-b")
    other = with_payload(what, 500.0)
    assert dataclasses.replace(other, payload=what.payload) == what
