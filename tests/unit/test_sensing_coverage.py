"""Coverage of points, regions and the whole Earth: one rule in the compiled loop and outside it."""

import math
from dataclasses import replace

import numpy as np
import pytest

from detente.catalog.load import catalog
from detente.earth import ecef_from_geodetic
from detente.problems import BadInputError
from detente.scenario.load import load
from detente.sensing.coverage import MINUTES, PLUME_ALTITUDE, coverage, minutes_seen, watch, watched
from detente.sensing.coverage_map import coverage_map, grid, radar_map, satellite_map
from detente.sensing.infrared import held_on, sees, through_the_day
from detente.sensing.lowest import lowest_altitude, unbent
from detente.sensing.radar import visible

KNOWN = catalog()
COARSE = math.radians(10.0)


@pytest.fixture(scope="module")
def scenario():
    return load("genoa-2001")


def scattered(seed, n):
    random = np.random.default_rng(seed)
    return np.arcsin(random.uniform(-1.0, 1.0, n)), random.uniform(-math.pi, math.pi, n)


@pytest.mark.parametrize(("name", "count"), [("oko-us-ks", 9), ("oko-us-kmo", 3), ("dsp", 5)])
@pytest.mark.parametrize("altitude", [5e3, 30e3, PLUME_ALTITUDE, 400e3])
def test_the_compiled_loop_holds_the_rule_of_the_engine(name, count, altitude):
    satellites = KNOWN.constellations[name]
    latitude, longitude = scattered(1, 40)
    latitude[:5], longitude[:5] = np.radians(KNOWN.regions["us-missile-fields"].points).T
    place, _, working = through_the_day(satellites, count, MINUTES)
    plume = ecef_from_geodetic(latitude, longitude, altitude)
    axis = held_on(satellites, KNOWN.regions)
    seen = sees(satellites, axis, place[:, :, None, :], plume, np.full(40, altitude)) & working[:, :, None]
    found = minutes_seen([watch(satellites, count, KNOWN)], latitude, longitude, altitude)
    assert (found != seen.any(axis=0).T).sum() <= 2  # the last digit of a sum
    assert found.any() == (altitude > satellites.cloud_top.value)


def test_nothing_is_seen_below_the_clouds_or_without_satellites():
    dsp = KNOWN.constellations["dsp"]
    at = np.zeros(3)
    assert not minutes_seen([watch(dsp, 5, KNOWN)], at, at, 9e3).any()
    assert not minutes_seen([watch(dsp, 0, KNOWN)], at, at).any()
    assert not minutes_seen([], at, at).any()
    assert minutes_seen([watch(dsp, 5, KNOWN)], at, at).all()


def test_a_region_is_watched_when_all_of_it_is(scenario):
    case = scenario.cases["us-framework"]
    found = {(each.party, each.region, each.mode): each for each in coverage(scenario, case)}
    own = found["russia", "us-missile-fields", "own"]
    seen = watched(KNOWN.constellations["oko-us-ks"], 4, KNOWN, KNOWN.regions["us-missile-fields"])
    assert seen.shape == (MINUTES, 5)
    np.testing.assert_array_equal(own.strip, seen.all(axis=1))
    assert own.hours_any == pytest.approx(seen.any(axis=1).mean() * 24.0)


def test_the_map_says_what_the_points_say_whatever_the_threads():
    looking = [watch(KNOWN.constellations["oko-us-ks"], 4, KNOWN), watch(KNOWN.constellations["oko-us-kmo"], 1, KNOWN)]
    one, three = (satellite_map(looking, COARSE, threads=threads) for threads in (1, 3))
    np.testing.assert_array_equal(one.watched, three.watched)
    latitudes, longitudes = grid(COARSE)
    across = np.meshgrid(latitudes, longitudes, indexing="ij")
    seen = minutes_seen(looking, across[0].ravel(), across[1].ravel()).mean(axis=1)
    np.testing.assert_array_equal(one.watched.values.ravel(), seen)
    assert one.watched.attrs["units"] == "1"
    assert one.latitude.attrs["units"] == "rad"


def test_shared_maps_hold_the_own_ones(scenario):
    case = scenario.cases["us-framework"]
    own, shared = (coverage_map(scenario, case, "russia", mode=mode, spacing=COARSE) for mode in ("own", "shared"))
    assert (shared.watched >= own.watched).all()
    assert float(own.watched.max()) < 1.0
    assert float(shared.watched.max()) == 1.0
    assert (own.attrs["party"], own.attrs["mode"], own.attrs["case"]) == ("russia", "own", "us-framework")
    low, less = (
        radar_map(scenario, case, "russia", mode=mode, spacing=COARSE).lowest_altitude for mode in ("own", "shared")
    )
    assert (less <= low).all()
    assert (less < low).any()


@pytest.mark.parametrize("name", sorted(KNOWN.radars))
def test_the_lowest_altitude_is_where_the_radar_begins_to_see(name):
    radar = KNOWN.radars[name]
    latitude, longitude = scattered(3, 4000)
    lowest = lowest_altitude(radar, 0.6, latitude, longitude)
    some = np.isfinite(lowest) & (lowest < 20_000e3)
    assert some.any()
    place = (latitude[some], longitude[some])
    assert visible(radar, 0.6, ecef_from_geodetic(*place, lowest[some] + 1.0)).all()
    below = visible(radar, 0.6, ecef_from_geodetic(*place, np.maximum(lowest[some] - 1.0, 0.0)))
    assert below.mean() < 0.005  # where a vertical crosses the edge between two faces
    never = ~np.isfinite(lowest)
    for altitude in (100e3, 1000e3, 4000e3):
        assert not visible(radar, 0.6, ecef_from_geodetic(latitude[never], longitude[never], altitude)).any()


def test_over_the_radar_itself_and_at_the_poles_there_are_numbers():
    radar = KNOWN.radars["thule"]
    latitude = np.array([radar.latitude.value, math.pi / 2, -math.pi / 2])
    lowest = lowest_altitude(radar, 1.0, latitude, np.full(3, radar.longitude.value))
    assert not np.isnan(lowest).any()
    assert 100e3 < lowest[1] < 1000e3
    assert np.isinf(lowest[2])


def test_the_beam_is_unbent_by_what_refraction_adds():
    from detente.sensing.kernels import refraction

    for degrees in (0.0, 0.5, 3.0, 30.0):
        beam = math.radians(degrees)
        assert unbent(beam) + float(refraction(np.asarray(unbent(beam)))) == pytest.approx(beam, abs=1e-12)


def test_the_map_names_the_radar_that_sees_lowest(scenario):
    found = radar_map(scenario, scenario.cases["abm-treaty"], "russia", spacing=COARSE)
    names = found.attrs["radars"]
    seen = np.isfinite(found.lowest_altitude.values)
    assert ((found.radar.values >= 0) == seen).all()
    arctic = found.radar.sel(latitude=math.radians(75), longitude=math.radians(55), method="nearest")
    assert names[int(arctic)] == "pechora-daryal"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"party": "rusia"}, 'Did you mean "russia"'),
        ({"mode": "both"}, "own or shared"),
        ({"spacing": math.radians(7.0)}, "a whole number of times in 180 degrees"),
        ({"spacing": 0.0}, "0 degrees"),
        ({"spacing": math.nan}, "nan degrees"),
        ({"altitude": -1.0}, "0 km to 2000 km"),
        ({"altitude": math.nan}, "altitude"),
        ({"threads": 0}, "1 and more"),
    ],
)
def test_bad_input_of_a_map_is_told(scenario, change, said):
    asked = {"party": "russia"} | change
    with pytest.raises(BadInputError) as told:
        coverage_map(scenario, scenario.cases["abm-treaty"], **asked)
    assert said in str(told.value)


def test_a_class_without_a_cross_section_is_told(scenario):
    with pytest.raises(BadInputError, match="no radar cross section of a cloud"):
        radar_map(scenario, scenario.cases["abm-treaty"], "russia", target="cloud", spacing=COARSE)


def test_a_region_may_cross_the_date_line_or_hold_a_pole():
    fields = KNOWN.regions["us-missile-fields"]
    dsp = KNOWN.constellations["dsp"]
    over_line = replace(fields, points=((50.0, 179.0), (50.0, -179.0), (50.0, 180.0), (50.0, -180.0)))
    seen = watched(dsp, 5, KNOWN, over_line)
    np.testing.assert_array_equal(seen[:, 2], seen[:, 3])
    pole = watched(dsp, 5, KNOWN, replace(fields, points=((90.0, 0.0), (90.0, 120.0))))
    np.testing.assert_array_equal(pole[:, 0], pole[:, 1])
