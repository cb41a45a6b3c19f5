"""A weaker echo, less power, wear or a higher floor never make a radar see farther, more or sooner."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.load import catalog
from detente.catalog.records import Status
from detente.earth import destination, ecef_from_geodetic
from detente.sensing.detection import exact_probability, look_probability, shnidman_2002
from detente.sensing.fence import acquired
from detente.sensing.radar import as_found, passes, rated, reach_for
from detente.sensing.radar_equation import computed
from detente.sensing.sun import blinded
from detente.sources import Cited

RADARS = sorted(catalog().radars)
DESIGNED = [name for name in RADARS if catalog().radars[name].design is not None]
FACTORS = st.floats(1.0, 100.0)
SEEDS = st.integers(0, 999)


def number(value):
    return Cited(value=value, low=value, high=value, source="test")


def flight(radar, seed):
    """Times and positions of something that crosses the sky of a radar on a straight course at some height."""
    random = np.random.default_rng(seed)
    face = radar.faces[random.integers(len(radar.faces))]
    start, turn = random.uniform(0.0, 2.0 * math.pi), random.uniform(-1.0, 1.0)
    wide = (face.azimuth_max.value - face.azimuth_min.value) % (2.0 * math.pi) or 2.0 * math.pi
    azimuth = face.azimuth_min.value + wide * np.linspace(0.2, 0.8, 200) + turn * start * 0.05
    away = np.linspace(*random.uniform(300e3, 6000e3, 2), 200)
    lat, lon = destination(radar.latitude.value, radar.longitude.value, azimuth, away)
    time = np.linspace(0.0, 1200.0, 200)
    return time, ecef_from_geodetic(lat, lon, np.linspace(*random.uniform(100e3, 2500e3, 2), 200))


def held(spans, time):
    """At which samples a target is held."""
    return np.array([any(start <= each <= end for start, end in spans) for each in time])


def never_more(radar, better, area, larger, seed):
    time, path = flight(radar, seed)
    worse = held(passes(radar, area, time, path), time)
    assert not (worse & ~held(passes(better, larger, time, path), time)).any()


@given(name=st.sampled_from(RADARS), area=st.floats(1e-3, 10.0), factor=FACTORS, seed=SEEDS)
def test_a_lower_cross_section_never_raises_range_or_time_in_sight(name, area, factor, seed):
    radar = catalog().radars[name]
    assert reach_for(radar, area) <= reach_for(radar, area * factor)
    never_more(radar, radar, area, area * factor, seed)


@given(name=st.sampled_from(DESIGNED), factor=FACTORS, seed=SEEDS)
def test_more_power_never_lowers_range_or_time_in_sight(name, factor, seed):
    radar = replace(catalog().radars[name], reach=None, reach_cross_section=None)
    power = radar.design.mean_power.value * factor
    strong = replace(radar, design=replace(radar.design, mean_power=number(power)))
    before, after = computed(radar, 0.1), computed(strong, 0.1)
    assert before
    assert all(after[kind] >= before[kind] for kind in before)
    never_more(radar, strong, 0.1, 0.1, seed)


@given(name=st.sampled_from(RADARS), share=st.floats(0.01, 1.0), more=st.floats(0.0, 1.0), seed=SEEDS)
def test_a_degraded_radar_is_never_better_than_a_less_degraded_or_a_whole_one(name, share, more, seed):
    radar, on = catalog().radars[name], date(2100, 1, 1)

    def worn(left):
        entry = Status(since=date(2099, 1, 1), state="degraded", power_share=number(left), source="test")
        return as_found(replace(radar, status=(*radar.status, entry)), on)

    less = worn(share + (1.0 - share) * more)
    assert rated(worn(share))[0] <= rated(less)[0] * (1.0 + 1e-12) <= rated(radar)[0] * (1.0 + 1e-9)
    never_more(worn(share), radar, 1.0, 1.0, seed)


@given(name=st.sampled_from(RADARS), raised=st.floats(0.0, 0.3), seed=SEEDS)
def test_a_higher_minimum_elevation_never_adds_time_in_sight(name, raised, seed):
    radar = catalog().radars[name]
    faces = tuple(replace(face, elevation_min=number(face.elevation_min.value + raised)) for face in radar.faces)
    never_more(replace(radar, faces=faces), radar, 1.0, 1.0, seed)


@given(
    chance=st.lists(st.floats(0.0, 1.0), min_size=2, max_size=60),
    lift=st.floats(0.0, 1.0),
    frame=st.floats(0.5, 50.0),
)
def test_better_looks_never_detect_later_and_certainty_never_falls(chance, lift, frame):
    low = np.array(chance)
    time = np.arange(low.size, dtype=float)
    before, after = acquired(time, low, frame), acquired(time, low + (1.0 - low) * lift, frame)
    assert (after >= before - 1e-12).all()
    assert (np.diff(before) >= -1e-12).all()
    assert (before >= -1e-12).all()
    assert (after <= 1.0 + 1e-12).all()


@given(
    probability=st.floats(0.1, 0.9),
    more=st.floats(0.0, 0.09),
    pulses=st.integers(1, 100),
    swerling=st.sampled_from([0, 1, 2, 3, 4]),
)
def test_surer_detection_never_needs_a_weaker_echo(probability, more, pulses, swerling):
    needed, surer = (shnidman_2002(each, 1e-6, pulses, swerling) for each in (probability, probability + more))
    assert needed <= surer * (1.0 + 1e-12)
    assert shnidman_2002(probability, 1e-8, pulses, swerling) >= needed


@pytest.mark.parametrize("swerling", range(5))
@given(pulses=st.integers(1, 60), false_alarm=st.floats(1e-9, 1e-3))
def test_a_stronger_echo_is_never_detected_less_often_and_noise_alone_as_stated(swerling, pulses, false_alarm):
    found = exact_probability(np.logspace(-4.0, 5.0, 40), false_alarm, pulses, swerling)
    assert (np.diff(found) >= -1e-12).all()
    assert exact_probability(0.0, false_alarm, pulses, swerling) == pytest.approx(false_alarm, rel=1e-6)
    assert found[-1] > 0.99
    assert (look_probability([0.0, 1e9], false_alarm, pulses, swerling) <= 1.0).all()


@settings(max_examples=20, deadline=None)
@given(month=st.integers(1, 12), narrow=st.floats(0.0, 0.8), more=st.floats(0.0, 0.8))
def test_a_wider_exclusion_of_the_sun_never_shortens_the_outages(month, narrow, more):
    known = catalog()
    oko, on = known.constellations["oko-us-ks"], date(1999, month, 20)

    def off(angle):
        held = blinded(replace(oko, sun_exclusion=number(angle)), known.regions, on)
        return sum(each.end.value - each.start.value for each in held.outages)

    assert off(narrow) <= off(narrow + more)
