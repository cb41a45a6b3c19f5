"""More sensors, better sensors and shared data never make a party see less or later."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.load import catalog
from detente.earth import ecef_from_geodetic
from detente.flight.fly import fly
from detente.flight.shape import MinimumEnergy
from detente.scenario.load import load
from detente.scenario.scenario import Release, Sharing
from detente.sensing.coverage import coverage, watched
from detente.sensing.kernels import confirmed, runs, scaled_reach
from detente.sensing.observe import observe
from detente.sensing.radar import fan, visible
from detente.sensing.timeline import timelines
from detente.sources import Cited

RADARS = sorted(catalog().radars)
FIELDS = catalog().regions["us-missile-fields"]
LATITUDES = st.floats(-math.pi / 2, math.pi / 2)
LONGITUDES = st.floats(-math.pi, math.pi)


def number(value):
    return Cited(value=value, low=value, high=value, source="test")


def exchange(delay):
    """Return an exchange between the US and Russia in which each tells the other of every launch, later by a delay."""
    releases = dict.fromkeys(("us", "russia"), Release(delay=number(delay), launch_time=True))
    return Sharing(between=("us", "russia"), trust=number(1.0), releases=releases)


@pytest.fixture(scope="module")
def world():
    scenario = load("genoa-2001")
    known, flights = scenario.catalog, {}
    for name in ("fields-to-moscow", "atlantic-to-moscow", "pacific-to-moscow"):
        threat = scenario.threats[name]
        aims = [known.places[aim] for aim in threat.aims]
        missile, launch = known.missiles[threat.missile], known.places[threat.launch]
        flights[name] = [fly(missile, launch, aim, MinimumEnergy()) for aim in aims]
    return scenario, flights


def warnings(world, case):
    scenario, flights = world
    return {
        (line.threat, line.aim, line.mode): line for line in timelines(scenario, case, observe(scenario, case, flights))
    }


def with_sensors(case, radars, satellites):
    sensors = replace(case.sensors["russia"], radars=tuple(radars), satellites={"oko-us-ks": number(float(satellites))})
    return replace(case, sensors={**case.sensors, "russia": sensors})


def not_worse(before, after):
    for name in ("warning_time", "warning_time_low", "warning_time_high", "decision_time", "seen_share"):
        assert getattr(after, name) >= getattr(before, name) - 1e-9
    assert after.shortfall <= before.shortfall + 1e-9


@given(first=st.floats(1e-4, 1e3), second=st.floats(1e-4, 1e3))
def test_a_lower_cross_section_never_raises_range(first, second):
    low, high = sorted((first, second))
    assert scaled_reach(1e6, low, 1.0) <= scaled_reach(1e6, high, 1.0)


@given(name=st.sampled_from(RADARS), first=st.floats(1e-3, 1e2), second=st.floats(1e-3, 1e2), seed=st.integers(0, 99))
def test_a_lower_cross_section_never_shows_more(name, first, second, seed):
    low, high = sorted((first, second))
    place = _scattered(seed)
    radar = catalog().radars[name]
    assert not (visible(radar, low, place) & ~visible(radar, high, place)).any()


@given(name=st.sampled_from(RADARS), raised=st.floats(0.0, 0.3), seed=st.integers(0, 99))
def test_a_higher_minimum_elevation_never_shows_more(name, raised, seed):
    radar = catalog().radars[name]
    faces = tuple(replace(face, elevation_min=number(face.elevation_min.value + raised)) for face in radar.faces)
    place = _scattered(seed)
    higher = replace(radar, faces=faces)
    assert not (visible(higher, 1.0, place) & ~visible(radar, 1.0, place)).any()
    assert np.isfinite(fan(higher, 300e3)).all()


def _scattered(seed):
    random = np.random.default_rng(seed)
    latitude = np.arcsin(random.uniform(-0.2, 1.0, 500))
    longitude = random.uniform(-math.pi, math.pi, 500)
    return ecef_from_geodetic(latitude, longitude, random.uniform(50e3, 2000e3, 500))


@given(latitude=LATITUDES, longitude=LONGITUDES, count=st.integers(0, 8))
def test_another_satellite_never_lowers_coverage(latitude, longitude, count):
    known = catalog()
    point = (math.degrees(latitude), math.degrees(longitude))
    region = replace(FIELDS, points=(*FIELDS.points[:1], point))
    for name in ("oko-us-ks", "dsp"):
        satellites = known.constellations[name]
        most = len(satellites.orbit.stations) or 9
        fewer, more = min(count, most - 1), min(count, most - 1) + 1
        before, after = watched(satellites, fewer, known, region), watched(satellites, more, known, region)
        assert not (before & ~after).any()


@given(first=st.floats(0.0, 0.6), second=st.floats(0.0, 0.6))
def test_a_higher_minimum_elevation_or_narrower_grazing_never_adds_coverage(first, second):
    low, high = sorted((first, second))
    known = catalog()
    dsp, oko = known.constellations["dsp"], known.constellations["oko-us-ks"]
    wide, narrow = (watched(replace(dsp, minimum_elevation=number(each)), 3, known, FIELDS) for each in (low, high))
    assert not (narrow & ~wide).any()
    narrow, wide = (watched(replace(oko, grazing_angle=number(each)), 4, known, FIELDS) for each in (low, high))
    assert not (narrow & ~wide).any()


@settings(max_examples=15, deadline=None)
@given(radars=st.sets(st.sampled_from(RADARS), max_size=6), extra=st.sampled_from(RADARS), count=st.integers(0, 8))
def test_another_radar_or_satellite_never_lowers_warning(world, radars, extra, count):
    case = world[0].cases["abm-treaty"]
    before = warnings(world, with_sensors(case, radars, count))
    after = warnings(world, with_sensors(case, radars | {extra}, count + 1))
    for key, line in before.items():
        not_worse(line, after[key])


@settings(max_examples=15, deadline=None)
@given(
    radars=st.sets(st.sampled_from(RADARS), max_size=6),
    count=st.integers(0, 9),
    delay=st.floats(0.0, 2000.0),
    more=st.floats(0.0, 2000.0),
)
def test_sharing_never_lowers_warning_or_coverage_and_delay_never_raises_it(world, radars, count, delay, more):
    scenario = world[0]
    case = with_sensors(scenario.cases["abm-treaty"], radars, count)
    quick, slow = (replace(case, sharing=exchange(each)) for each in (delay, delay + more))
    found, later = warnings(world, quick), warnings(world, slow)
    for (threat, aim, mode), line in found.items():
        if mode == "own":
            not_worse(line, found[threat, aim, "shared"])
        not_worse(later[threat, aim, mode], line)
    seen = {(each.party, each.region, each.mode): each for each in coverage(scenario, quick)}
    for (party, region, mode), each in seen.items():
        if mode == "own":
            assert not (each.strip & ~seen[party, region, "shared"].strip).any()


@given(seen=st.lists(st.booleans(), max_size=30), looks=st.integers(1, 4))
def test_confirmation_is_the_first_run_that_is_long_enough(seen, looks):
    spans = [(first, last) for first, last in runs(np.array(seen, bool)) if last - first + 1 >= looks]
    expected = spans[0][0] + looks - 1 if spans else -1
    assert int(confirmed(np.array(seen, bool), looks)) == expected
