"""More sensors and sharing never take coverage away; nothing depends on where longitude is counted from."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.areas import in_box, in_outline
from detente.catalog.load import catalog
from detente.scenario.load import load
from detente.sensing.coverage import minutes_seen, watch
from detente.sensing.coverage_map import grid, satellite_map
from detente.sensing.gaps import APPROACHES, gaps
from detente.sensing.lowest import lowest_altitude
from detente.sources import Cited

KNOWN = catalog()
RADARS = sorted(KNOWN.radars)
COARSE = math.radians(20.0)
OCEANS = APPROACHES[1:]


def number(value):
    return Cited(value=value, low=value, high=value, source="test")


def scattered(seed, n=60):
    random = np.random.default_rng(seed)
    return np.arcsin(random.uniform(-1.0, 1.0, n)), random.uniform(-math.pi, math.pi, n)


@given(name=st.sampled_from(["oko-us-ks", "dsp"]), count=st.integers(0, 4), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_another_satellite_never_lowers_a_map(name, count, seed):
    satellites = KNOWN.constellations[name]
    points = scattered(seed)
    fewer, more = (minutes_seen([watch(satellites, n, KNOWN)], *points) for n in (count, count + 1))
    assert not (fewer & ~more).any()


@given(first=st.floats(0.0, 1.0), second=st.floats(0.0, 1.0), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_a_higher_minimum_elevation_or_narrower_grazing_never_adds(first, second, seed):
    low, high = sorted((first, second))
    points = scattered(seed)
    for name, key, order in (("dsp", "minimum_elevation", (high, low)), ("oko-us-ks", "grazing_angle", (low, high))):
        free = replace(KNOWN.constellations[name], watches=None, working_arc=None)
        less, more = (minutes_seen([watch(replace(free, **{key: number(x)}), 3, KNOWN)], *points) for x in order)
        assert not (less & ~more).any()


@given(turn=st.floats(-math.pi, math.pi), seed=st.integers(0, 99))
@settings(max_examples=20, deadline=None)
def test_coverage_turns_with_the_stations(turn, seed):
    """Turned by any angle, stations and points see each other as before, but for the last digit at the edge."""
    dsp = KNOWN.constellations["dsp"]
    stations = tuple(number(each.value + turn) for each in dsp.orbit.stations)
    turned = replace(dsp, orbit=replace(dsp.orbit, stations=stations))
    latitude, longitude = scattered(seed)
    before = minutes_seen([watch(dsp, 3, KNOWN)], latitude, longitude)[:, 0]
    after = minutes_seen([watch(turned, 3, KNOWN)], latitude, longitude + turn)[:, 0]
    assert (before != after).mean() < 0.02


@given(steps=st.integers(0, 17))
@settings(max_examples=5, deadline=None)
def test_a_map_rolls_with_the_stations(steps):
    dsp = KNOWN.constellations["dsp"]
    stations = tuple(number(each.value + steps * COARSE) for each in dsp.orbit.stations)
    turned = replace(dsp, orbit=replace(dsp.orbit, stations=stations))
    before, after = (satellite_map([watch(each, 3, KNOWN)], COARSE).watched.values for each in (dsp, turned))
    np.testing.assert_array_equal(np.roll(before, steps, axis=1), after)
    assert grid(COARSE)[1].size == before.shape[1]


@given(name=st.sampled_from(RADARS), raised=st.floats(0.0, 0.3), small=st.floats(0.01, 1.0), seed=st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_a_higher_beam_or_a_smaller_target_never_shows_lower(name, raised, small, seed):
    radar, points = KNOWN.radars[name], scattered(seed)
    faces = tuple(replace(face, elevation_min=number(face.elevation_min.value + raised)) for face in radar.faces)
    lowest = lowest_altitude(radar, 1.0, *points)
    assert (lowest_altitude(replace(radar, faces=faces), 1.0, *points) >= lowest - 1e-3).all()
    assert (lowest_altitude(radar, small, *points) >= lowest).all()


@pytest.fixture(scope="module")
def scenario():
    return load("genoa-2001")


@given(radars=st.sets(st.sampled_from(RADARS), max_size=4), extra=st.sampled_from(RADARS), count=st.integers(0, 8))
@settings(max_examples=5, deadline=None)
def test_another_sensor_or_sharing_never_opens_a_gap(scenario, radars, extra, count):
    case = scenario.cases["us-framework"]

    def swept(names, satellites):
        sensors = replace(
            case.sensors["russia"], radars=tuple(names), satellites={"oko-us-ks": number(float(satellites))}
        )
        return gaps(scenario, replace(case, sensors={**case.sensors, "russia": sensors}), "russia", threats=OCEANS)

    before, after = swept(radars, count), swept([*radars, extra], count + 1)
    for less, more in (*zip(before, after, strict=True), (before[0], before[1])):
        assert (more.warning >= less.warning - 1e-9).all()
        assert (more.satellite_hours >= less.satellite_hours).all()
        assert _width(more) <= _width(less) + 1e-9


def _width(sweep):
    return sum((gap.azimuth_to - gap.azimuth_from) % (2.0 * math.pi) or 2.0 * math.pi for gap in sweep.gaps)


@given(
    south=st.floats(-85.0, 80.0),
    height=st.floats(1.0, 30.0),
    west=st.floats(-180.0, 180.0),
    width=st.floats(1.0, 100.0),
    shift=st.floats(-180.0, 180.0),
)
@settings(max_examples=40, deadline=None)
def test_areas_do_not_depend_on_where_longitude_is_counted_from(south, height, west, width, shift):
    north = min(south + height, 89.0)

    def moved(longitude):
        return (longitude + 180.0) % 360.0 - 180.0

    one = in_box(south, west, north, moved(west + width), spacing=500e3)
    other = in_box(south, moved(west + shift), north, moved(west + width + shift), spacing=500e3)
    assert abs(len(one) - len(other)) <= len({latitude for latitude, _ in one})
    corners = [(south, west), (south, moved(west + width)), (north, moved(west + width)), (north, west)]
    for latitude, longitude in in_outline(corners, 800e3):
        assert -90.0 <= latitude <= 90.0
        assert -180.0 <= longitude <= 180.0
