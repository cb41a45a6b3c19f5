"""Sensors that contradict themselves are refused at load, all mistakes at once, each with its key and the next move."""

import math
from dataclasses import replace

import pytest

from detente.catalog import load
from detente.catalog.consistent import contradictions
from detente.catalog.sensors import Elements, Face, Orbit, Outage, Status
from detente.problems import BadInputError
from detente.sources import Cited

LINE1 = "1 09880U 77021A   06176.56157475  .00000421  00000-0  10000-3 0  9814"
LINE2 = "2 09880  64.5968 349.3786 7069051 270.0229  16.3320  2.00813614112380"
BIB = "@misc{atlas, title={An Atlas}, year={1999}}\n"
LIMITS = {"azimuth_min": 350, "azimuth_max": 10, "elevation_min": 3, "elevation_max": 85}
FACE = ", ".join(f'{key} = {{ value = "{value} deg", source = "atlas" }}' for key, value in LIMITS.items())
RADAR = """
[north]
title = "North"
party = "us"
host = "us"
system = "test"
band = "UHF"
latitude = { value = "60 deg", source = "atlas" }
longitude = { value = "0 deg", source = "atlas" }
altitude = { value = "0 m", source = "atlas" }
faces = [
  { FACE },
]
reach = { value = "3000 km", source = "atlas" }
reach_cross_section = { value = "1 m^2", source = "atlas" }
frequency = { value = "435 MHz", source = "atlas" }
status = [{ since = 1990-01-01, state = "operational", source = "atlas" }]
""".replace("FACE", FACE)


def number(value):
    return Cited(value=value, low=value, high=value, source="test")


def degrees(value):
    return number(math.radians(value))


def face(azimuth_min, azimuth_max, elevation_min=3.0, elevation_max=85.0):
    return Face(
        azimuth_min=degrees(azimuth_min),
        azimuth_max=degrees(azimuth_max),
        elevation_min=degrees(elevation_min),
        elevation_max=degrees(elevation_max),
    )


@pytest.fixture
def read(tmp_path):
    """Read a catalog of one file of radars."""

    def make(text):
        (tmp_path / "sources.bib").write_text(BIB)
        (tmp_path / "radars").mkdir(exist_ok=True)
        (tmp_path / "radars/test.toml").write_text(text)
        return load.read(tmp_path)

    return make


@pytest.fixture(scope="module")
def known():
    return load.catalog()


def told(record):
    return [each.path for each in contradictions(record)]


def test_a_sector_through_north_is_right(read):
    assert read(RADAR).radars["north"].faces[0].azimuth_max.value == pytest.approx(math.radians(10.0))


def test_every_contradiction_is_told_at_once_with_file_line_and_key(read):
    text = RADAR.replace('"10 deg"', '"350 deg"').replace('"435 MHz"', '"150 MHz"').replace('"3000 km"', '"0 km"')
    with pytest.raises(BadInputError) as raised:
        read(text)
    keys = [problem.key for problem in raised.value.problems]
    assert keys == ["north.faces.0.azimuth_max", "north.reach", "north.frequency"]
    assert all(problem.line and problem.file.endswith("test.toml") for problem in raised.value.problems)
    assert 'band = "VHF"' in raised.value.problems[2].do


@pytest.mark.parametrize("text", ['"-3000 km"', '"0.5 furlong kg"'])
def test_a_negative_or_foreign_reach_is_refused_as_any_number_is(read, text):
    with pytest.raises(BadInputError, match=r"north\.reach\.value"):
        read(RADAR.replace('"3000 km"', text))


def test_the_catalog_of_the_package_contradicts_itself_nowhere(known):
    records = [*known.radars.values(), *known.constellations.values(), *known.missiles.values()]
    assert not [(record.name, each.path) for record in records for each in contradictions(record)]


@pytest.mark.parametrize(
    ("faces", "wrong"),
    [
        ((face(347.0, 107.0), face(107.0, 227.0)), []),
        ((face(347.0, 108.0), face(107.0, 227.0)), ["faces.1"]),
        ((face(107.0, 227.0), face(347.0, 108.0)), ["faces.1"]),
        ((face(350.0, 10.0), face(0.0, 5.0)), ["faces.1"]),
        ((face(350.0, 10.0), face(10.0, 350.0)), []),
        ((face(0.0, 360.0), face(90.0, 100.0)), ["faces.1"]),
        ((face(20.0, 30.0), face(20.0, 30.0)), ["faces.1"]),
        ((face(259.0, 19.0, 2.0, 30.0), face(251.0, 27.0, 30.0, 80.0)), []),
        ((face(259.0, 19.0, 2.0, 31.0), face(251.0, 27.0, 30.0, 80.0)), ["faces.1"]),
        ((face(0.0, 0.0),), ["faces.0.azimuth_max"]),
        ((face(-10.0, 355.0),), ["faces.0.azimuth_max"]),
        ((face(0.0, 90.0, 85.0, 3.0),), ["faces.0.elevation_max"]),
        ((face(0.0, 90.0, 3.0, 95.0),), ["faces.0.elevation_max"]),
        ((), ["faces"]),
    ],
)
def test_faces_have_width_and_height_and_do_not_overlap(known, faces, wrong):
    assert told(replace(known.radars["cape-cod"], faces=faces)) == wrong


def test_a_range_is_published_or_computable(known):
    radar = known.radars["cape-cod"]
    bare = {"reach": None, "reach_cross_section": None}
    assert told(replace(radar, **bare)) == []
    assert told(replace(radar, reach=None)) == ["reach"]
    assert told(replace(radar, reach_cross_section=None)) == ["reach_cross_section"]
    assert told(replace(radar, **bare, design=None)) == ["reach"]
    assert told(replace(radar, **bare, detection=None)) == ["reach"]
    assert told(replace(radar, **bare, search=replace(radar.search, solid_angle=None))) == ["reach"]
    track = replace(radar.design, dwell=number(0.1))
    assert told(replace(radar, **bare, search=None, design=track)) == []


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("design", "mean_power", 0.0),
        ("design", "losses", 0.5),
        ("design", "noise_temperature", 0.0),
        ("search", "frame_time", 0.0),
        ("detection", "probability", 1.0),
        ("detection", "false_alarm", 0.5),
        ("detection", "pulses", 0.0),
    ],
)
def test_no_number_of_a_design_may_be_zero_or_outside_its_equation(known, part, field, value):
    radar = known.radars["cape-cod"]
    wrong = replace(radar, power_aperture=None, **{part: replace(getattr(radar, part), **{field: number(value)})})
    assert told(wrong) == [f"{part}.{field}"]


def test_power_times_area_must_be_what_the_law_is_told(known):
    radar = known.radars["cape-cod"]
    assert told(replace(radar, power_aperture=number(1e8))) == ["power_aperture"]


def test_dates_rise_and_a_degraded_radar_says_how_far(known):
    radar = known.radars["skrunda-dnepr"]
    first, last = radar.status
    assert told(replace(radar, status=(last, first))) == ["status.1.since"]
    assert told(replace(radar, status=(first, first))) == ["status.1.since"]
    assert told(replace(radar, status=())) == ["status"]
    worn = Status(since=last.since, state="degraded", source="test")
    assert told(replace(radar, status=(first, worn))) == ["status.1.power_share"]


def test_a_constellation_has_an_orbit_and_what_its_viewing_needs(known):
    oko = known.constellations["oko-us-ks"]
    assert told(replace(oko, orbit=replace(oko.orbit, inclination=None))) == ["orbit"]
    turned = replace(oko.orbit, perigee_altitude=oko.orbit.apogee_altitude, apogee_altitude=oko.orbit.perigee_altitude)
    assert told(replace(oko, orbit=turned)) == ["orbit.perigee_altitude"]
    assert told(replace(oko, grazing_angle=None)) == ["grazing_angle"]
    assert told(replace(oko, field_of_view=None)) == ["field_of_view"]
    assert told(replace(oko, watches=None)) == ["watches"]
    assert told(replace(oko, outages=(Outage(start=number(5.0), end=number(5.0)),))) == ["outages.0.end"]


def test_satellites_are_counted_in_whole_numbers_and_within_their_places(known):
    kmo = known.constellations["oko-us-kmo"]
    entry = kmo.status[0]
    for count in (number(4.0), number(1.5)):
        assert told(replace(kmo, status=(replace(entry, count=count),))) == ["status.0.count"]
    assert told(replace(kmo, status=(replace(entry, count=None),))) == ["status.0.count"]
    assert told(replace(kmo, status=(replace(entry, count=None, state="closed"),))) == []


@pytest.mark.parametrize(
    ("line1", "line2", "found"),
    [
        (LINE1, LINE2, ""),
        (LINE1[:-1], LINE2, "68 characters"),
        (LINE2, LINE1, "starts with '2 '"),
        (LINE1[:-1] + "5", LINE2, "checksum is 5 and should be 4"),
        (LINE1, LINE2.replace("09880", "09890")[:-1] + "1", "two satellites"),
        (LINE1, LINE2.replace("16.3320", "1x.3320")[:-1] + "4", "letters"),
    ],
)
def test_element_sets_are_checked_as_they_were_published(known, line1, line2, found):
    elements = Elements(name="one", line1=line1, line2=line2, source="test")
    oko = replace(known.constellations["oko-us-ks"], orbit=Orbit(elements=(elements,)), status=())
    wrong = [each.found for each in contradictions(oko) if each.path.startswith("orbit")]
    assert (found in wrong[0]) if found else not wrong


def test_element_sets_of_one_constellation_are_of_one_date(known):
    late = LINE1.replace("06176", "06276")
    late = late[:-1] + str(sum(int(each) if each.isdigit() else each == "-" for each in late[:68]) % 10)
    pair = tuple(
        Elements(name=name, line1=line, line2=LINE2, source="test") for name, line in (("a", LINE1), ("b", late))
    )
    oko = replace(known.constellations["oko-us-ks"], orbit=Orbit(elements=pair), status=())
    (wrong,) = [each for each in contradictions(oko) if each.path.startswith("orbit")]
    assert wrong.found == "epochs 100 days apart"
