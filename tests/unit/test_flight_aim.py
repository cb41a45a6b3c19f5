"""Solved flights: on the aim point, in the shape asked for, and a clear error where there is none."""

import dataclasses
import math

import numpy as np
import pytest

from detente.catalog.load import missile
from detente.earth import WGS84, destination, ecef_from_geodetic, geodesic, sphere
from detente.flight.closed_form import minimum_energy
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
    shape,
)


def point(latitude, longitude, altitude=0.0):
    return Point(math.radians(latitude), math.radians(longitude), altitude, "somewhere")


def miss(flown, aim):
    return float(
        np.linalg.norm(flown.position_ecef[-1] - ecef_from_geodetic(aim.latitude, aim.longitude, aim.altitude))
    )


PATHS = [
    ("scud-b", point(34.0, 44.0), point(32.1, 44.9)),
    ("nodong", point(40.0, 125.0, 300.0), point(35.5, 133.0, 100.0)),
    ("generic-irbm", point(-20.0, 179.5), point(-5.0, -160.0)),
    ("generic-liquid-icbm", point(40.0, 125.0), point(64.0, -147.0)),
    ("ss-18", point(51.1, 59.8), point(52.0, -100.0)),
    ("minuteman-iii", point(48.4, -101.3), point(67.0, 60.0)),
    ("trident-ii-d5", point(30.0, -40.0), point(55.75, 37.6)),
]


@pytest.mark.parametrize(("name", "launch", "aim"), PATHS, ids=[each[0] for each in PATHS])
@pytest.mark.parametrize("kind", [MinimumEnergy(), Lofted(1.2), Depressed(0.8)], ids=["minimum", "lofted", "depressed"])
def test_flight_comes_down_on_the_aim_point(name, launch, aim, kind):
    flown = fly(missile(name), launch, aim, kind)
    assert miss(flown, aim) < 1.0
    assert flown.ground_range == pytest.approx(
        float(geodesic(launch.latitude, launch.longitude, aim.latitude, aim.longitude)[0]), abs=2.0
    )
    names = [event.name for event in flown.events]
    assert names[0] == "launch"
    assert names[-1] == "impact"
    assert [event.time for event in flown.events] == sorted(event.time for event in flown.events)
    assert flown.event("cut-off").time == flown.burnout_time


def energy(flown):
    """Return v²/2 - mu/r at cut-off, of the inertial speed [J/kg]."""
    position, _ = flown.at(flown.burnout_time)
    return 0.5 * flown.burnout_speed_inertial**2 - WGS84.mu / float(np.linalg.norm(position))


def test_shapes_stand_in_order_of_apogee_and_time_and_the_middle_one_has_the_least_energy():
    launch, aim = point(45.0, 60.0), point(50.0, -20.0)
    flown = [fly(missile("generic-solid-icbm"), launch, aim, each) for each in (Depressed(), MinimumEnergy(), Lofted())]
    heights = [each.apogee_altitude for each in flown]
    assert heights == sorted(heights)
    times = [each.flight_time for each in flown]
    assert times == sorted(times)
    assert min(energy(each) for each in flown) == energy(flown[1])
    assert heights[2] / heights[1] == pytest.approx(1.5, abs=1e-3)
    assert heights[0] / heights[1] == pytest.approx(0.6, abs=1e-3)


@pytest.mark.parametrize(("name", "launch", "aim"), PATHS[1:], ids=[each[0] for each in PATHS[1:]])
def test_no_flight_close_to_the_minimum_has_less_energy(name, launch, aim):
    least = energy(fly(missile(name), launch, aim))
    for ratio in (0.8, 0.95, 1.05, 1.2):
        assert energy(fly(missile(name), launch, aim, Lofted(ratio))) > least


@pytest.mark.parametrize("name", ["generic-irbm", "minuteman-iii", "ss-18", "trident-ii-d5", "generic-liquid-icbm"])
@pytest.mark.parametrize("share", [0.6, 0.9])
def test_minimum_energy_over_a_sphere_at_rest_is_that_of_the_closed_form(name, share):
    still, what, launch = sphere(), missile(name), Point(0.3, 0.5)
    wanted = share * greatest_range(what, launch, 1.0, earth=still).distance
    lat, lon = destination(launch.latitude, launch.longitude, 1.0, wanted, still)
    flown, ideal = fly(what, launch, Point(float(lat), float(lon)), earth=still), minimum_energy(wanted, still)
    assert flown.apogee_altitude == pytest.approx(ideal.apogee_altitude, rel=0.07)
    assert flown.reentry_angle == pytest.approx(ideal.flight_path_angle, abs=math.radians(2.5))


def test_minimum_energy_from_the_korean_coast_to_chicago():
    flown = fly(missile("generic-liquid-icbm"), point(40.85, 129.67), point(41.88, -87.63))
    assert flown.apogee_altitude == pytest.approx(1.319e6, rel=0.02)
    assert math.degrees(flown.reentry_angle) == pytest.approx(22.3, abs=1.0)


@pytest.mark.parametrize("name", ["nodong", "ss-18", "generic-liquid-icbm"])
def test_flights_go_over_into_that_of_the_greatest_range(name):
    launch, azimuth = point(40.0, 60.0), 0.4
    edge = greatest_range(missile(name), launch, azimuth)
    heights = []
    for share in np.linspace(0.93, 0.998, 18):
        lat, lon = destination(launch.latitude, launch.longitude, azimuth, float(share) * edge.distance)
        aim = Point(float(lat), float(lon))
        flown = fly(missile(name), launch, aim)
        assert miss(flown, aim) < 1.0
        heights.append(flown.apogee_altitude)
    assert np.abs(np.diff(heights)).max() < 0.08 * edge.apogee_altitude
    assert heights[-1] == pytest.approx(edge.apogee_altitude, rel=0.1)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("minuteman-iii", 20.0), ("minuteman-iii", 35.0), ("ss-18", 32.0), ("nodong", 30.0), ("scud-b", 45.0)],
)
def test_reentry_angle_is_the_one_asked_for(name, wanted):
    launch, aim = next((launch, aim) for each, launch, aim in PATHS if each == name)
    flown = fly(missile(name), launch, aim, shape(f"{wanted:g}deg"))
    assert math.degrees(flown.reentry_angle) == pytest.approx(wanted, abs=0.01)
    assert miss(flown, aim) < 1.0
    assert flown.shape == f"re-entry at {wanted:.1f} deg"


@pytest.mark.parametrize("wanted", [5.0, 85.0])
def test_reentry_angle_out_of_reach_names_the_usual_one(wanted):
    with pytest.raises(OutOfReachError, match=r"allowed: .*; with the least energy it is 2\d\.\d°"):
        fly(missile("minuteman-iii"), *PATHS[5][1:], ReentryAngle(math.radians(wanted)))


@pytest.mark.parametrize("bad", [0.0, -0.3, 1.6, math.nan])
def test_impossible_reentry_angle(bad):
    with pytest.raises(ValueError, match="re-entry angle is"):
        fly(missile("minuteman-iii"), *PATHS[5][1:], ReentryAngle(bad))


def test_apogee_in_kilometers():
    flown = fly(missile("generic-solid-icbm"), point(45, 60), point(50, -20), shape("1500"))
    assert flown.apogee_altitude == pytest.approx(1.5e6, abs=100.0)
    assert flown.shape == "apogee 1500 km"


@pytest.mark.parametrize("latitude", [90.0, -90.0, 89.9999, 0.0])
def test_launch_from_a_pole_or_the_equator(latitude):
    for longitude in (0.0, 123.0):
        aim = point(math.copysign(45.0, latitude), 160.0 if latitude else 60.0)
        flown = fly(missile("ss-18"), point(latitude, longitude), aim)
        assert miss(flown, aim) < 1.0


def test_flight_across_the_pole():
    aim = point(60.0, -110.0)
    flown = fly(missile("ss-18"), point(60.0, 70.0), aim)
    assert miss(flown, aim) < 1.0
    assert flown.latitude.max() > math.radians(88.0)


def test_out_of_reach_names_the_greatest_range():
    with pytest.raises(
        OutOfReachError, match=r"cannot reach 1,\d\d\d km; its greatest range on this azimuth .* 3\d\d km"
    ):
        fly(missile("scud-b"), point(34, 44), point(34, 60))


def test_apogee_out_of_reach_names_the_usual_one():
    with pytest.raises(
        OutOfReachError, match=r"allowed: up to 1\d\d km, the highest it flies; with the least energy it is \d\d km"
    ):
        fly(missile("scud-b"), point(34, 44), point(32.1, 44.9), Apogee(5e5))


@pytest.mark.parametrize(
    ("launch", "aim", "said"),
    [
        (point(10, 10), point(10, 10.01), "10 km and more"),
        (point(10, 10), point(-10, -170), "antipode"),
        (point(10, 10), Point(2.0, 0.0), "latitude"),
        (Point(math.nan, 0.0), point(10, 10), "finite"),
        (point(10, 10, 60_000.0), point(20, 10), "high"),
    ],
)
def test_impossible_points(launch, aim, said):
    with pytest.raises(ValueError, match=said):
        fly(missile("ss-18"), launch, aim)


@pytest.mark.parametrize("bad", [Apogee(-5.0), Apogee(math.nan), Lofted(math.inf)])
def test_impossible_apogee(bad):
    with pytest.raises(ValueError, match="apogee is"):
        fly(missile("ss-18"), point(51, 60), point(60, -50), bad)


@pytest.mark.parametrize("text", ["high", "", "-5", "nan", "1e99", "0deg", "90deg", "deg"])
def test_impossible_shape(text):
    with pytest.raises(ValueError, match="allowed: minimum-energy"):
        shape(text)


def test_missile_that_cannot_lift_off():
    heavy = missile("scud-b")
    heavy = dataclasses.replace(heavy, payload=dataclasses.replace(heavy.payload, value=20_000.0, high=20_000.0))
    with pytest.raises(ValueError, match="cannot lift off"):
        fly(heavy, point(34, 44), point(32.1, 44.9))


def test_greatest_range_is_the_edge_of_what_can_be_reached():
    launch, azimuth = point(40.0, 125.0), math.radians(35.0)
    edge = greatest_range(missile("nodong"), launch, azimuth)
    for share, reached in ((0.995, True), (1.005, False)):
        lat, lon = destination(launch.latitude, launch.longitude, azimuth, share * edge.distance)
        aim = Point(float(lat), float(lon))
        if reached:
            assert miss(fly(missile("nodong"), launch, aim), aim) < 1.0
        else:
            with pytest.raises(OutOfReachError):
                fly(missile("nodong"), launch, aim)


def test_the_turning_earth_helps_eastward():
    east, west = (greatest_range(missile("ss-18"), point(45, 60), math.radians(each)).distance for each in (90, 270))
    still = greatest_range(missile("ss-18"), point(45, 60), 0.0, earth=sphere()).distance
    assert west < still < east


def test_samples_interpolate_the_flight():
    flown = fly(missile("minuteman-iii"), *PATHS[5][1:])
    position, velocity = flown.at(flown.time[::7])
    np.testing.assert_allclose(position, flown.position_ecef[::7], atol=1e-6)
    np.testing.assert_allclose(velocity, flown.velocity_ecef[::7], atol=1e-6)
    middle = 0.5 * (flown.time[:-1] + flown.time[1:])
    step = 1e-3
    slope = (flown.at(middle + step)[0] - flown.at(middle - step)[0]) / (2 * step)
    np.testing.assert_allclose(slope, flown.at(middle)[1], atol=1e-3)
    assert flown.time[-1] == flown.flight_time
    with pytest.raises(ValueError, match="outside the flight"):
        flown.at(flown.flight_time + 1.0)
    with pytest.raises(KeyError, match="no event 'stage-9'"):
        flown.event("stage-9")


def test_low_flight_has_no_100_km_events():
    flown = fly(missile("scud-b"), *PATHS[0][1:])
    assert not [event for event in flown.events if event.name.startswith("100-km")]
    assert flown.reentry_altitude == pytest.approx(0.5 * flown.apogee_altitude)
    assert 0.3 < flown.reentry_angle < 1.2
