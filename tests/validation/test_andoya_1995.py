"""The rocket of 25 January 1995 beside what was published of it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from detente.earth import ecef_from_geodetic, geodesic, look_angles
from detente.scenario.load import load
from detente.sensing.errors import errors_of
from detente.sensing.kernels import scaled_reach
from detente.sensing.likeness import excluded, history, sigmas
from detente.sensing.looks import radar_looks
from detente.sensing.notice import Detection, match
from detente.sensing.observe import observe
from detente.sensing.release import gains
from detente.sensing.track import accuracy
from detente.study.run import flown

KM, MINUTE = 1e3, 60.0
BURNOUT = 93.0
"""Last stage stopped [s after launch]: Hoffman, Washington Post, 15 March 1998."""
BURNOUT_TOLERANCE = 3.0
"""Stages recalled; burnt as one string without coasts."""
FLIGHT = (22.0 * MINUTE, 24.0 * MINUTE)
"""24 minutes stated (copies of Wikipedia); 21.6 of free fall for 1,453 km and the boost give 22 to 23."""
FROM_RUSSIA = 1_000.0 * KM
"""Landed over 1,000 km from the Russian mainland: ITAR-TASS, 27 January 1995."""
LOWEST_SEEN = (68.0 * KM, 114.0 * KM)
"""Lowest visible height over Andøya from Olenegorsk at an elevation of 2 and of 5.5 degrees, without refraction."""
JUDGED = 5.0 * MINUTE
"""Judged to fall outside Russia after five minutes: retro.instory.cz, popular."""


@pytest.fixture(scope="module")
def world():
    scenario = load("andoya-1995")
    flights = flown(scenario)
    return scenario, flights, {name: observe(scenario, case, flights) for name, case in scenario.cases.items()}


@pytest.fixture(scope="module")
def coast(world):
    points = world[0].catalog.regions["northwestern-russia"].points
    return [(math.radians(latitude), math.radians(longitude)) for latitude, longitude in points]


def tracked(world, threat, errors=None):
    scenario, flights, sightings = world
    corridor = next(each for each in sightings["as-it-was"].corridors if each.threat == threat)
    seen = next(each for each in corridor.radars if each.radar == "olenegorsk-dnepr")
    radar = scenario.catalog.radars[seen.radar]
    reach = float(scaled_reach(radar.reach.value, np.asarray(5.0), radar.reach_cross_section.value))
    flight = flights[threat][0]
    return seen, accuracy(flight, [radar_looks(radar, seen.passes, reach, flight, errors)])


def test_the_flight_agrees_with_what_was_stated(world, coast):
    flight = world[1]["rocket"][0]
    assert flight.apogee_altitude == pytest.approx(1_453.0 * KM, abs=100.0)
    assert flight.burnout_time == pytest.approx(BURNOUT, abs=BURNOUT_TOLERANCE)
    assert FLIGHT[0] <= flight.flight_time <= FLIGHT[1]
    impact = (float(flight.latitude[-1]), float(flight.longitude[-1]))
    assert min(float(geodesic(*impact, *point)[0]) for point in coast) > FROM_RUSSIA


def test_the_lowest_height_seen_over_andoya(world):
    scenario = world[0]
    radar, place = scenario.catalog.radars["olenegorsk-dnepr"], scenario.catalog.places["andoya"]
    for height, elevation in zip(LOWEST_SEEN, (2.0, 5.5), strict=True):
        point = ecef_from_geodetic(place.latitude.value, place.longitude.value, height)
        _, found, _ = look_angles(radar.latitude.value, radar.longitude.value, radar.altitude.value, point)
        assert math.degrees(float(found)) == pytest.approx(elevation, abs=0.1)
    ends = [(each.latitude.value, each.longitude.value) for each in (radar, place)]
    assert float(geodesic(*ends[0], *ends[1])[0]) == pytest.approx(731.0 * KM, rel=0.005)


def test_it_came_up_like_a_missile_from_the_sea_and_moved_the_other_way(world):
    scenario, flights, _ = world
    radar = scenario.catalog.radars["olenegorsk-dnepr"]
    rises = {}
    for threat in ("rocket", "submarine-to-moscow"):
        seen, _ = tracked(world, threat)
        rises[threat] = history(radar, flights[threat][0], np.array([seen.passes[0][0] + 10.0]))
    rocket, missile = rises["rocket"], rises["submarine-to-moscow"]
    assert abs(float(rocket.time[0] - missile.time[0])) < 40.0
    assert abs(math.degrees(float(rocket.azimuth[0] - missile.azimuth[0]))) < 10.0
    assert abs(float(rocket.distance[0] - missile.distance[0])) < 120.0 * KM
    assert abs(float(rocket.altitude[0] - missile.altitude[0])) < 60.0 * KM
    assert float(rocket.range_rate[0]) > 1_000.0
    assert float(missile.range_rate[0]) < -1_000.0


def test_a_missile_as_steep_looks_the_same_but_for_where_it_goes(world):
    scenario, flights, _ = world
    radar = scenario.catalog.radars["olenegorsk-dnepr"]
    rocket = history(radar, flights["rocket"][0], np.array([120.0]))
    missile = history(radar, flights["submarine-steep"][0], np.array([140.0]))
    for name, apart in (("azimuth", 2.0), ("climb", 1.0), ("elevation", 4.0)):
        assert abs(math.degrees(float((getattr(rocket, name) - getattr(missile, name))[0]))) < apart
    assert float(rocket.speed[0]) == pytest.approx(float(missile.speed[0]), rel=0.05)
    assert float(rocket.altitude[0]) == pytest.approx(float(missile.altitude[0]), rel=0.15)
    _, track = tracked(world, "submarine-steep")
    aim = scenario.catalog.places["severomorsk"]
    assert excluded(flights["submarine-steep"][0], track, [(aim.latitude.value, aim.longitude.value)]) == math.inf


def test_the_path_excluded_russia_before_the_officers_did(world, coast):
    scenario, flights, _ = world
    flight = flights["rocket"][0]
    seen, track = tracked(world, "rocket")
    feared = sum(stage.burn_time.high for stage in scenario.catalog.missiles["trident-ii-d5"].stages)
    first = excluded(flight, track, coast)
    settled = excluded(flight, track, coast, thrust_until=feared)
    assert seen.passes[0][0] < first <= settled
    assert feared <= settled < seen.passes[0][0] + JUDGED


def test_the_worst_radar_of_the_ranges_still_excludes_russia_in_time(world, coast):
    radar = world[0].catalog.radars["olenegorsk-dnepr"]
    best = errors_of(radar)
    names = ("beam_azimuth", "beam_elevation", "range_bias", "angle_bias", "interval", "finest", "least_echo")
    worst = replace(best, **{name: replace(each, value=each.high) for name in names if (each := getattr(best, name))})
    _, track = tracked(world, "rocket", worst)
    flight = world[1]["rocket"][0]
    assert excluded(flight, tracked(world, "rocket")[1], coast) <= excluded(flight, track, coast) <= JUDGED


def test_a_missile_to_moscow_is_never_taken_to_miss_it(world):
    scenario, flights, _ = world
    flight, moscow = flights["submarine-to-moscow"][0], scenario.catalog.places["moscow"]
    _, track = tracked(world, "submarine-to-moscow")
    point = (moscow.latitude.value, moscow.longitude.value)
    assert excluded(flight, track, [point]) == math.inf
    assert float(sigmas(flight, track, point).max()) < 0.2


def test_what_released_satellite_data_would_have_said_and_when(world):
    scenario, flights, sightings = world
    case = scenario.cases["satellite-data"]
    found = {each.threat: each for each in gains(scenario, case, sightings["satellite-data"], flights)}
    rocket, missile = found["rocket"], found["submarine-to-moscow"]
    assert (rocket.party, rocket.by, rocket.first_share) == ("russia", "us", 1.0)
    assert rocket.learns == ("launch_time", "launch_area", "azimuth", "missile_class")
    low, high = rocket.released.azimuth
    assert low <= flights["rocket"][0].azimuth % (2.0 * math.pi) <= high
    assert missile.released.azimuth[1] < math.pi < low
    assert rocket.released.impact_area is None
    assert gains(scenario, scenario.cases["as-it-was"], sightings["as-it-was"], flights) == ()


def test_the_notice_explains_the_rocket_and_not_the_missile(world):
    scenario, flights, _ = world
    notice, places = scenario.notices["research-flight"], scenario.catalog.places
    for threat, explained in (("rocket", True), ("submarine-to-moscow", False)):
        flight = flights[threat][0]
        seen = Detection(
            at=scenario.threats["rocket"].at,
            launch=(float(flight.latitude[0]), float(flight.longitude[0])),
            launch_error=70.0 * KM,
            azimuth=flight.azimuth,
            azimuth_error=math.radians(15.0),
        )
        assert match(notice, places, seen).explained is explained
    assert scenario.cases["as-it-was"].notices == ()
