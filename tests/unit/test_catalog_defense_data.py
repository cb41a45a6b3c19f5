"""The defense half of the catalog: complete, consistent with itself, and honest about what was not read."""

import math
from datetime import date
from importlib.resources import files

import pytest

from detente.catalog.load import catalog, read_sources
from detente.sensing.infrared import kept
from detente.sources import cited

DATA = files("detente.catalog") / "data"
KINDS = ("interceptors", "radars", "constellations", "places", "regions", "measures", "procedures", "cross_sections")
AUGUST_2001 = date(2001, 8, 8)
EARTH_RADIUS, EARTH_MU, SIDEREAL_DAY = 6378137.0, 3.986004418e14, 86164.0905


def records():
    return [(kind, name, record) for kind in KINDS for name, record in getattr(catalog(), kind).items()]


def numbers():
    return [(f"{kind}.{name}.{path}", number) for kind, name, record in records() for path, number in cited(record)]


def state(statuses, on):
    return [each.state for each in statuses if each.since <= on][-1]


def minimum_energy_speed(ground_range):
    """Least speed to a range over a spherical Earth that does not turn (Bate, Mueller and White 1971, section 6.2)."""
    sine = math.sin(ground_range / EARTH_RADIUS / 2)
    return math.sqrt(2 * EARTH_MU / EARTH_RADIUS * sine / (1 + sine))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (
            "interceptors",
            "gbi navy-theater-wide navy-area thaad patriot-pac-3 s-300pmu-2 s-300v 51t6 53t6 airborne-laser "
            "space-based-interceptor",
        ),
        ("radars", "cape-cod beale clear thule fylingdales cavalier cobra-dane shemya-x-band"),
        (
            "radars",
            "olenegorsk-dnepr pechora-daryal mishelevka-dnepr mishelevka-daryal-u balkhash-dnepr gabala-daryal "
            "skrunda-dnepr sevastopol-dnepr mukachevo-dnepr lekhtusi-voronezh don-2n",
        ),
        ("constellations", "dsp oko-us-ks oko-us-kmo"),
        ("regions", "us-missile-fields russian-missile-fields atlantic-patrol pacific-patrol barents-patrol"),
        ("measures", "s-300-purchase radar-rebuilding data-exchange-center joint-exercises ramos oko-replacement"),
        ("procedures", "us-launch-under-attack russia-launch-on-warning"),
        ("places", "washington moscow fort-greely kwajalein white-sands sary-shagan kamchatka grand-forks musudan-ri"),
    ],
)
def test_what_the_scenarios_ask_for_is_there(kind, names):
    assert set(names.split()) <= set(getattr(catalog(), kind))


def test_recalled_and_assumed_numbers_are_never_shown_as_read():
    wrong = [path for path, number in numbers() if number.source in {"recalled", "assumed"} and number.seen != "no"]
    assert not wrong


def test_an_assumption_of_ours_says_that_nothing_was_published():
    silent = [
        path
        for path, number in numbers()
        if number.source == "assumed" and not number.note and not path.startswith("places.")
    ]
    assert not silent


def test_every_source_of_the_defense_bibliography_is_used():
    known = {
        key for key in read_sources(DATA) if f"{{{key}," in (DATA / "sources-defense.bib").read_text(encoding="utf-8")
    }
    used = {number.source for _, number in numbers()}
    for _, _, record in records():
        used |= {each.source for each in getattr(record, "status", ())} | {getattr(record, "source", "")}
    assert known <= {source.split(",")[0] for source in used}


def test_statuses_stand_in_the_order_of_their_dates():
    for _, name, record in records():
        dates = [each.since for each in getattr(record, "status", ())]
        assert dates == sorted(dates), name


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("skrunda-dnepr", date(1998, 8, 30), "operational"),
        ("skrunda-dnepr", date(1998, 8, 31), "closed"),
        ("mishelevka-daryal-u", AUGUST_2001, "construction"),
        ("krasnoyarsk-daryal-u", AUGUST_2001, "closed"),
        ("clear", date(2001, 1, 31), "degraded"),
        ("clear", AUGUST_2001, "operational"),
        ("pechora-daryal", AUGUST_2001, "operational"),
        ("sevastopol-dnepr", AUGUST_2001, "operational"),
        ("sevastopol-dnepr", date(2009, 2, 26), "closed"),
        ("hantsavichy-volga", AUGUST_2001, "testing"),
        ("lekhtusi-voronezh", date(2006, 12, 22), "testing"),
        ("don-2n", AUGUST_2001, "operational"),
    ],
)
def test_radars_are_in_the_state_that_was_reported(name, on, expected):
    assert state(catalog().radars[name].status, on) == expected


def test_satellites_of_august_2001_are_those_left_after_the_fire():
    oko, geostationary = catalog().constellations["oko-us-ks"], catalog().constellations["oko-us-kmo"]
    number = kept(oko, AUGUST_2001)
    assert (number.value, number.high, oko.count_full.value) == (0, 2, 9)
    assert state(oko.status, date(2001, 5, 9)) == "operational"
    assert state(oko.status, AUGUST_2001) == "degraded"
    assert state(geostationary.status, AUGUST_2001) == "closed"
    assert state(geostationary.status, date(2001, 8, 24)) == "testing"


def test_the_published_oko_orbit_has_its_published_period():
    orbit = catalog().constellations["oko-us-ks"].orbit
    axis = EARTH_RADIUS + (orbit.perigee_altitude.value + orbit.apogee_altitude.value) / 2
    assert 2 * math.pi * math.sqrt(axis**3 / EARTH_MU) / 60 == pytest.approx(718, abs=2)


def test_the_middle_of_the_missile_fields_lies_on_the_limb_seen_from_the_oko_apogee():
    oko = catalog().constellations["oko-us-ks"]
    latitude = math.asin(
        math.sin(oko.orbit.inclination.value) * math.sin(oko.orbit.argument_of_perigee.value + math.pi)
    )
    limb = math.acos(EARTH_RADIUS / (EARTH_RADIUS + oko.orbit.apogee_altitude.value))
    points = catalog().regions["us-missile-fields"].points
    north = math.radians(sum(point[0] for point in points) / len(points))
    away = math.radians(sum(point[1] for point in points) / len(points)) - oko.orbit.apogee_longitude.value
    arc = math.acos(math.sin(latitude) * math.sin(north) + math.cos(latitude) * math.cos(north) * math.cos(away))
    assert abs(arc - limb) < oko.grazing_angle.value


def test_interceptors_are_whole():
    for name, record in catalog().interceptors.items():
        assert record.lowest_intercept.high <= record.highest_intercept.value, name
        assert (record.burnout_speed is None) == (record.laser_range_liquid is not None), name
        assert (record.burnout_speed is None) == (record.burn_time is None), name
        assert (record.constellation is not None) == (record.basing == "space"), name


def test_certified_lower_velocity_systems_are_credited_within_the_1997_limits():
    for name in ("thaad", "patriot-pac-3", "navy-area"):
        record = catalog().interceptors[name]
        assert record.burnout_speed.high <= 3000.0
        assert record.target_speed.value <= 5000.0
        assert record.largest_target_range.value <= 3.5e6


@pytest.mark.parametrize("name", ["navy-area", "patriot-pac-3", "thaad", "navy-theater-wide"])
def test_target_speeds_follow_from_target_ranges(name):
    record = catalog().interceptors[name]
    for end in ("low", "high"):
        speed = minimum_energy_speed(getattr(record.largest_target_range, end))
        assert getattr(record.target_speed, end) == pytest.approx(speed, abs=60.0)


@pytest.mark.parametrize(("ground_range", "apogee", "speed"), [(5.3e6, 1.9e6, 6280.0), (5.633e6, 1.811e6, 6320.0)])
def test_low_end_of_the_ground_based_interceptor_is_what_its_boosters_flew(ground_range, apogee, speed):
    top, half = EARTH_RADIUS + apogee, ground_range / EARTH_RADIUS / 2
    eccentricity = (top - EARTH_RADIUS) / (top - EARTH_RADIUS * math.cos(half))
    flown = math.sqrt(EARTH_MU * (2 / EARTH_RADIUS - (1 + eccentricity) / top))
    assert flown == pytest.approx(speed, abs=20.0)
    assert catalog().interceptors["gbi"].burnout_speed.low == pytest.approx(flown, abs=50.0)


def test_cross_sections_cover_every_band_and_target_and_fall_with_frequency():
    bands = ("VHF", "UHF", "L", "S", "X")
    found = {(each.target, each.band): each.area for each in catalog().cross_sections.values()}
    targets = ("reentry-body", "theater-missile", "upper-stage")
    assert set(found) == {(target, band) for target in targets for band in bands}
    for target in targets:
        areas = [found[target, band].value for band in bands]
        assert areas == sorted(areas, reverse=True)
        assert all(found[target, band].high >= 4 * found[target, band].low for band in bands)


def test_radar_faces_look_above_the_horizon_and_azimuths_are_bearings():
    for radar in catalog().radars.values():
        assert radar.faces, radar.name
        for face in radar.faces:
            assert 0 <= face.elevation_min.value < face.elevation_max.value <= math.pi / 2
            assert 0 <= face.azimuth_min.value <= 2 * math.pi
            assert 0 <= face.azimuth_max.value <= 2 * math.pi
            assert face.azimuth_min.value != face.azimuth_max.value


def test_region_points_are_on_the_globe_and_apart():
    for region in catalog().regions.values():
        assert len(set(region.points)) == len(region.points) >= 3
        assert all(-90 <= latitude <= 90 and -180 <= longitude <= 180 for latitude, longitude in region.points)


def test_parts_of_the_russian_procedure_add_up_to_the_published_whole():
    steps = catalog().procedures["russia-launch-on-warning"]
    deciding = steps.assessment.value + steps.conference.value + steps.decision.value
    assert deciding == pytest.approx(8 * 60)
    assert 8 * 60 <= deciding + steps.order.value + steps.report_delay.value <= 10 * 60


def test_costs_of_cooperation_are_the_published_ones():
    cost = {name: each.cost.value / 1e6 for name, each in catalog().measures.items() if each.cost}
    assert cost["data-exchange-center"] == pytest.approx(7)
    assert cost["joint-exercises"] == pytest.approx(0.735)
    assert cost["ramos"] == pytest.approx(120)
    assert cost["nmd-c1-cost"] == pytest.approx(30000)
    assert catalog().measures["radar-rebuilding"].cost is None
