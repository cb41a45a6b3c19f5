"""Reported tests: arcs against integration, notional missiles against catalog ones, verdicts, and impossible input."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import root

from detente.catalog.load import missile
from detente.cli.main import main
from detente.earth import WGS84, destination, east_north_up, ecef_from_geodetic, geodesic, geodetic_from_ecef, sphere
from detente.flight.closed_form import minimum_energy
from detente.flight.fly import Point
from detente.flight.free import fly_free
from detente.flight.infer import infer, verdict
from detente.flight.kepler import arc, fall
from detente.flight.notional import NoFitError, Notional, Site, fitted
from detente.flight.refit import refit
from detente.flight.reported import least_apogee
from detente.flight.tables import exponential
from detente.flight.world import world
from detente.problems import BadInputError

KOREA = Point(math.radians(39.3), math.radians(125.9))
EAST = math.radians(80.0)
VACUUM = exponential(1e-300, 7000.0)


@pytest.mark.parametrize("ground_range", [300e3, 3000e3, 10_000e3, 15_000e3])
def test_the_arc_of_least_energy_is_the_closed_form(ground_range):
    least = minimum_energy(ground_range)
    found = arc(0.3, 1.0, 2.0, ground_range, least.apogee_altitude, 0.5 * least.apogee_altitude, sphere())
    assert found.time == pytest.approx(least.time, rel=1e-9)
    assert found.speed == pytest.approx(least.speed, rel=1e-9)
    assert found.angle == pytest.approx(least.flight_path_angle, rel=1e-7)
    assert found.launch_azimuth == pytest.approx(2.0, abs=1e-9)


ARCS = [
    (39.3, 80.0, 950e3, 4475e3),
    (39.3, 260.0, 950e3, 4475e3),
    (0.0, 90.0, 8000e3, 1200e3),
    (70.0, 350.0, 5000e3, 900e3),
]


@pytest.mark.parametrize(("latitude", "azimuth", "ground_range", "apogee"), ARCS)
def test_a_body_thrown_along_the_arc_comes_down_where_it_ends(latitude, azimuth, ground_range, apogee):
    earth = replace(WGS84, j2=0.0)
    lat, az = math.radians(latitude), math.radians(azimuth)
    found = arc(lat, 0.0, az, ground_range, apogee, 100e3, earth)
    flown = thrown(lat, found.launch_speed, found.launch_angle, found.launch_azimuth, earth)
    assert np.linalg.norm(flown.velocity_eci[0]) == pytest.approx(found.speed, rel=1e-9)
    assert flown.time[-1] == pytest.approx(found.time, rel=1e-3)
    assert flown.apogee_altitude == pytest.approx(apogee, rel=1e-3)
    place = geodetic_from_ecef(flown.position_ecef[-1])
    assert float(geodesic(*place[:2], *destination(lat, 0.0, az, ground_range))[0]) < 1e3


@pytest.mark.parametrize(("latitude", "azimuth", "ground_range", "apogee"), ARCS)
def test_the_true_field_shifts_the_time_of_the_arc_by_less_than_the_margin_of_a_verdict(
    latitude, azimuth, ground_range, apogee
):
    lat, az = math.radians(latitude), math.radians(azimuth)
    found = arc(lat, 0.0, az, ground_range, apogee, 100e3, WGS84)
    there = ecef_from_geodetic(*destination(lat, 0.0, az, ground_range))

    def gap(x):
        flown = thrown(lat, x[0] * found.launch_speed, x[1], x[2], WGS84)
        miss = (flown.position_ecef[-1] - there) @ east_north_up(*geodetic_from_ecef(there)[:2])[:2].T
        return [*(miss / 1e6), flown.apogee_altitude / apogee - 1.0]

    solved = root(gap, [1.0, found.launch_angle, found.launch_azimuth], tol=1e-9)
    assert np.abs(solved.fun).max() < 1e-6
    flown = thrown(lat, solved.x[0] * found.launch_speed, solved.x[1], solved.x[2], WGS84)
    assert flown.time[-1] == pytest.approx(found.time, rel=2e-3)


def thrown(lat, speed, angle, azimuth, earth):
    start = ecef_from_geodetic(lat, 0.0, 0.0, earth)
    up = start / np.linalg.norm(start)
    east = np.array([0.0, 1.0, 0.0])
    level = math.sin(azimuth) * east + math.cos(azimuth) * np.cross(up, east)
    relative = speed * (math.sin(angle) * up + math.cos(angle) * level)
    inertial = relative + np.cross([0.0, 0.0, earth.rotation_rate], start)
    return fly_free(start, inertial, 2e4, world(earth, air=VACUUM, floor=-1e-3), earth=earth)


def test_a_lob_over_the_turning_earth_has_more_inertial_range():
    found = arc(KOREA.latitude, KOREA.longitude, EAST, 1000e3, 6045e3, 100e3, WGS84)
    assert found.inertial_range * 6371.0 == pytest.approx(2360.0, abs=60.0)
    west = arc(KOREA.latitude, KOREA.longitude, EAST + math.pi, 1000e3, 6045e3, 100e3, WGS84)
    assert west.time < found.time


def test_an_impact_carried_past_the_antipode_is_followed():
    found = arc(0.0, 0.0, 0.5 * math.pi, 19_000e3, 20_000e3, 100e3, WGS84)
    assert math.pi < found.inertial_range < 1.5 * math.pi


def test_fall_never_comes_down_from_an_orbit_or_on_a_way_out():
    assert fall(8000.0, 0.0, 6.6e6, 6.371e6, sphere().mu).angle == math.inf
    assert fall(12_000.0, 0.5, 6.6e6, 6.371e6, sphere().mu).apogee == math.inf
    straight = fall(100.0, 0.5 * math.pi, 6.372e6, 6.371e6, sphere().mu)
    assert 0.0 <= straight.angle < 1e-6
    assert straight.time == pytest.approx((100.0 + math.sqrt(100.0**2 + 2.0 * 9.82 * 1e3)) / 9.82, rel=1e-3)


@pytest.mark.parametrize("name", ["scud-b", "nodong", "generic-irbm", "hwasong-14", "minuteman-iii", "ss-18"])
def test_a_notional_missile_flies_like_the_one_of_the_catalog(name):
    site, rest = Site(latitude=0.0, azimuth=0.0, earth=sphere()), sphere()
    one = missile(name)
    lofted = {"scud-b": (170e3, 50e3), "nodong": (540e3, 340e3), "generic-irbm": (1870e3, 1200e3)}
    apogee, ground_range = lofted.get(name, (3000e3, 1500e3))
    ours = refit(one, Point(0.0, 0.0), 0.0, ground_range, apogee, rest)
    twin, shot = fitted(site, apogee, ground_range, boost_time=ours.boost_time, acceleration=40.0)
    assert shot.time == pytest.approx(ours.time, abs=25.0)
    assert shot.boost.speed == pytest.approx(ours.burnout_speed, rel=0.06)
    assert site.farthest(twin)[0] == pytest.approx(ours.greatest_range, rel=0.16)
    assert ours.range_at_rest == ours.greatest_range


def test_a_shot_is_flown_to_its_apogee_and_range():
    site = Site(latitude=KOREA.latitude, azimuth=EAST, earth=WGS84)
    _, shot = fitted(site, 2802e3, 933e3, boost_time=None, acceleration=40.0)
    assert shot.apogee == pytest.approx(2802e3, rel=1e-5)
    assert shot.down * WGS84.mean_radius == pytest.approx(933e3, rel=1e-5)
    assert abs(shot.cross) < 1e-5
    with pytest.raises(NoFitError):
        fitted(site, 300e3, 500e3, boost_time=1500.0, acceleration=40.0)


def test_a_missile_that_never_comes_down_reaches_everywhere():
    distance, _ = Site(latitude=0.0, azimuth=0.0, earth=sphere()).farthest(
        Notional(acceleration=60.0, boost_time=250.0)
    )
    assert distance == pytest.approx(math.pi * sphere().mean_radius)


def test_bounds_stand_around_the_values():
    for place in ({}, {"launch": KOREA, "azimuth": EAST}):
        for apogee, ground_range in ((4475e3, 950e3), (100e3, 450e3), (970e3, 4500e3), (550e3, 2700e3)):
            found = infer(apogee, ground_range, **place)
            assert found.least_time <= found.flight_time_low <= found.flight_time <= found.flight_time_high
            assert found.flight_time_high <= found.longest_time
            assert found.max_range_low <= found.max_range <= found.max_range_high
            assert found.max_range > 0.99 * ground_range
            assert found.rotation == bool(place)


def test_more_boost_makes_the_flight_longer_and_the_standard_range_farther():
    short, long = (infer(2802e3, 933e3, boost_time=seconds) for seconds in (120.0, 280.0))
    assert long.flight_time > short.flight_time + 50.0
    assert long.max_range > short.max_range
    assert long.burnout_speed < short.burnout_speed
    assert (short.boost_time, long.boost_time) == (120.0, 280.0)


def test_rotation_helps_the_shot_to_the_east():
    east, west = (infer(2802e3, 933e3, launch=KOREA, azimuth=way) for way in (0.5 * math.pi, 1.5 * math.pi))
    assert east.max_range > east.max_range_at_rest > 0.97 * west.max_range_at_rest
    assert west.max_range < west.max_range_at_rest


def test_a_missile_of_the_catalog_flies_the_shot():
    found = infer(2802e3, 933e3, launch=KOREA, azimuth=EAST, missile=missile("hwasong-14"))
    assert found.missile == "hwasong-14"
    assert 300.0 < found.payload < 900.0
    assert found.boost_time == pytest.approx(245.0)
    assert found.flight_time == pytest.approx(2220.0, rel=0.04)


@pytest.mark.parametrize(("time", "possible"), [(2900.0, False), (3038.0, True), (3180.0, True), (3900.0, False)])
def test_verdict_has_the_drag_free_bound(time, possible):
    found = infer(4475e3, 950e3, launch=KOREA, azimuth=EAST)
    said = verdict(found, time)
    assert said.possible is possible
    assert "drag-free" in said.because


def test_least_apogee_is_that_of_an_arc_that_leaves_at_five_degrees():
    for ground_range in (100e3, 5500e3, 15_000e3):
        found = arc(0.0, 0.0, 0.0, ground_range, least_apogee(ground_range), 1.0, sphere())
        assert math.degrees(found.angle) == pytest.approx(5.0, abs=1e-6)


@pytest.mark.parametrize(
    ("apogee", "ground_range", "extra", "words"),
    [
        (100e3, 10_000e3, {}, "apogee: found 100 km; allowed: 239 km"),
        (-1.0, 0.0, {}, "range: found 0 km"),
        (math.nan, 950e3, {}, "apogee: found nan km"),
        (500e3, math.inf, {}, "range: found inf km"),
        (30_000e3, 950e3, {}, "to 10,000 km"),
        (500e3, 950e3, {"launch": KOREA}, "azimuth: found nothing"),
        (500e3, 950e3, {"azimuth": 1.0}, "from: found nothing"),
        (500e3, 950e3, {"launch": KOREA, "azimuth": math.nan}, "azimuth: found nan"),
        (500e3, 950e3, {"boost_time": 0.0}, "boost: found 0 s"),
        (500e3, 950e3, {"boost_time": 1500.0}, "usual for this shot"),
        (4475e3, 950e3, {"missile": missile("scud-b")}, "missile: found missile 'scud-b'"),
        (500e3, 950e3, {"boost_time": 60.0, "missile": missile("scud-b")}, "one of the two"),
    ],
)
def test_impossible_input_is_told_with_the_bound(apogee, ground_range, extra, words):
    with pytest.raises(BadInputError) as caught:
        infer(apogee, ground_range, **extra)
    assert words in str(caught.value)


def test_a_shot_that_no_class_flies_is_told(monkeypatch):
    def none(*_args, **_options):
        raise NoFitError

    monkeypatch.setattr("detente.flight.infer.fitted", none)
    with pytest.raises(BadInputError, match="farther from those of an orbit"):
        infer(500e3, 950e3)


def test_a_time_must_be_a_positive_number():
    with pytest.raises(BadInputError, match="above 0 s"):
        verdict(infer(500e3, 950e3), math.nan)


def ran(capsys, monkeypatch, line):
    monkeypatch.setattr("sys.argv", ["detente", *line.split()])
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_verb_prints_the_keys(capsys, monkeypatch):
    line = "infer --apogee 4475 --range 950 --from 39.3,125.9 --azimuth 80 --json --time"
    code, out, _ = ran(capsys, monkeypatch, f"{line} 3180")
    found = json.loads(out)
    keys = "free_flight_time_s flight_time_s flight_time_low_s flight_time_high_s burnout_speed_m_s max_range_km"
    assert set(keys.split()) | {"max_range_low_km", "max_range_high_km", "possible", "because"} <= set(found)
    assert (code, found["possible"]) == (0, True)
    code, out, _ = ran(capsys, monkeypatch, f"{line} 2000")
    assert (code, json.loads(out)["possible"]) == (1, False)


def test_the_verb_says_what_the_numbers_stand_on(capsys, monkeypatch):
    code, out, _ = ran(capsys, monkeypatch, "infer --apogee 560 --range 270")
    assert code == 0
    assert "at rest" in " ".join(out.split())
    code, out, err = ran(capsys, monkeypatch, "infer --apogee 100 --range 10000")
    assert (code, out) == (2, "")
    assert "239 km" in err
