"""Radars and satellites as they stand on a day: repair, stations, elements, the Sun and outages."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from detente.catalog.load import catalog
from detente.catalog.sensors import Elements, Orbit, Outage, Status
from detente.earth import destination, ecef_from_geodetic, geodetic_from_ecef
from detente.problems import BadInputError
from detente.sensing.elements import satellites
from detente.sensing.infrared import at_work, held_on, kept, on_date, places, positions
from detente.sensing.radar import as_found, passes, rated, works
from detente.sensing.sun import blinded, sun_angle, sun_direction
from detente.sources import Cited

# Satellite 9880 of the SGP4 verification set, of Molniya type, and 28350, which decays within two days.
MOLNIYA = Elements(
    name="09880",
    line1="1 09880U 77021A   06176.56157475  .00000421  00000-0  10000-3 0  9814",
    line2="2 09880  64.5968 349.3786 7069051 270.0229  16.3320  2.00813614112380",
    source="test",
)
DECAYING = Elements(
    name="28350",
    line1="1 28350U 04020A   06167.21788666  .16154492  76267-5  18678-3 0  8894",
    line2="2 28350  64.9977 345.6130 0024870 260.7578  99.9590 16.47856722116490",
    source="test",
)


def number(value):
    return Cited(value=value, low=value, high=value, source="test")


@pytest.fixture(scope="module")
def known():
    return catalog()


def from_elements(oko, *elements, **changes):
    return replace(oko, orbit=Orbit(elements=elements, apogee_longitude=number(0.0)), **changes)


def test_a_degraded_radar_sees_less_and_a_rebuilt_one_as_built(known):
    radar = known.radars["sevastopol-dnepr"]
    assert as_found(radar, date(2004, 1, 1)) is radar
    worn = as_found(radar, date(2006, 1, 1))
    assert rated(worn)[0] / rated(radar)[0] == pytest.approx(0.5**0.25, rel=1e-12)
    assert works(worn, date(2006, 1, 1))
    assert as_found(radar, date(1960, 1, 1)) is radar


def test_a_degraded_radar_without_a_published_range_loses_power(known):
    radar = known.radars["shariki-tpy-2"]
    entry = Status(since=date(2010, 1, 1), state="degraded", power_share=number(0.1), source="test")
    worn = as_found(replace(radar, status=(*radar.status, entry)), date(2011, 1, 1))
    assert rated(worn)[0] / rated(radar)[0] == pytest.approx(0.1**0.25, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "on", "count"),
    [
        ("oko-us-ks", date(1981, 12, 31), None),
        ("oko-us-ks", date(1998, 8, 1), 5),
        ("oko-us-ks", date(2001, 5, 9), 4),
        ("oko-us-ks", date(2001, 5, 10), 0),
        ("oko-us-ks", date(2015, 1, 1), None),
        ("oko-us-kmo", date(2000, 1, 1), 0),
        ("oko-us-kmo", date(2001, 8, 24), 1),
        ("tundra-eks", date(2024, 1, 5), 4),
        ("dsp", date(2001, 8, 1), 5),
        ("sbirs-geo", date(2001, 8, 1), None),
    ],
)
def test_the_number_on_station_is_that_of_the_day(known, name, on, count):
    found = kept(known.constellations[name], on)
    assert (found.value if found else None) == count


def test_stations_of_the_day_come_first_and_none_is_lost(known):
    satellites = known.constellations["oko-us-kmo"]
    moved = on_date(satellites, date(2007, 10, 1))
    assert math.degrees(moved.orbit.stations[0].value) == pytest.approx(12.0)
    assert places(moved) == places(satellites) == 3
    assert on_date(satellites, date(2001, 9, 1)) is satellites
    assert on_date(satellites, date(1960, 1, 1)) is satellites


def test_elements_are_flown_as_by_the_library_alone(known):
    flown = from_elements(known.constellations["oko-us-ks"], MOLNIYA, working_arc=None)
    records, start = satellites(flown.orbit)
    assert start == 2453912.5  # 26 June 2006, the first midnight after day 176.56
    times = np.array([0.0, 30_000.0])
    radius = np.linalg.norm(positions(flown, 1, times)[0], axis=1)
    alone = [np.linalg.norm(records[0].sgp4(start, each / 86400.0)[1]) * 1e3 for each in times]
    np.testing.assert_allclose(radius, alone, rtol=1e-12)


def test_the_working_arc_of_elements_is_around_the_apogee_nearest_to_the_longitude(known):
    flown = from_elements(known.constellations["oko-us-ks"], MOLNIYA)
    times = np.arange(0.0, 86400.0, 60.0)
    working = at_work(flown, 1, times)[0]
    assert working.sum() == pytest.approx(250, abs=2)
    middle = times[working].mean() if not (working[0] and working[-1]) else 0.0
    _, longitude, altitude = geodetic_from_ecef(positions(flown, 1, np.array([middle]))[0])
    assert altitude[0] > 38_000e3
    assert math.cos(longitude[0]) > 0.0


def test_elements_of_a_decayed_orbit_say_so(known):
    flown = from_elements(known.constellations["oko-us-ks"], MOLNIYA, DECAYING, working_arc=None)
    assert positions(flown, 1, np.array([0.0])).shape == (1, 1, 3)
    with pytest.raises(BadInputError, match=r"elements of 28350.*decayed.*Take elements from before the decay"):
        positions(flown, 2, np.array([0.0]))


def test_the_sun_stands_over_the_equator_at_equinox_and_over_the_tropic_at_solstice():
    for julian_date, latitude in ((2451623.816, 0.0), (2451716.575, 23.44)):  # 20 March and 21 June 2000
        x, y, z = sun_direction(julian_date)
        assert math.degrees(math.atan2(z, math.hypot(x, y))) == pytest.approx(latitude, abs=0.02)
    noon = sun_direction(2451650.5)  # 16 April, 0 h UT, when the equation of time is about zero: midnight at Greenwich
    assert math.degrees(math.atan2(noon[1], noon[0])) % 360.0 == pytest.approx(180.0, abs=0.3)


def test_the_sun_stood_forty_degrees_off_when_the_false_alarm_of_1983_was_raised(known):
    """20:15 GMT on 26 September 1983 (Forden, PBS Nova 2001); the satellite anywhere on its working arc."""
    oko = known.constellations["oko-us-ks"]
    arc = np.linspace(-oko.working_arc.value / 2.0, oko.working_arc.value / 2.0, 61)
    moment = np.full(61, 20.25 * 3600.0)
    away = np.degrees(sun_angle(held_on(oko, known.regions), date(1983, 9, 26), moment, positions(oko, 1, arc)))
    assert away.min() == pytest.approx(40.0, abs=1.0)
    assert away.max() < 55.0


def test_the_sun_takes_time_away_and_more_of_it_with_a_wider_angle(known):
    oko, on = known.constellations["oko-us-ks"], date(1999, 11, 20)
    times = np.arange(0.0, 86400.0, 60.0)
    assert blinded(oko, known.regions, on) is oko
    shares = []
    for degrees in (5.0, 20.0, 40.0):
        held = blinded(replace(oko, sun_exclusion=number(math.radians(degrees))), known.regions, on)
        working = at_work(held, 9, times)
        assert not (working & ~at_work(oko, 9, times)).any()
        shares.append(working.mean())
    assert at_work(oko, 9, times).mean() >= shares[0] >= shares[1] > shares[2]


def test_an_outage_stops_one_satellite_or_all(known):
    dsp, times = known.constellations["dsp"], np.arange(0.0, 172_800.0, 3600.0)
    one = replace(dsp, outages=(Outage(start=number(7200.0), end=number(10_800.0), satellite=2),))
    assert np.argwhere(~at_work(one, 5, times)).tolist() == [[2, 2], [2, 26]]
    everyone = replace(dsp, outages=(Outage(start=number(0.0), end=number(3600.0)),))
    assert not at_work(everyone, 5, times)[:, 0].any()
    assert at_work(one, 2, times).all()


def test_a_fence_acquires_later_than_a_radar_that_sees_at_once(known):
    radar = known.radars["cape-cod"]
    time = np.arange(0.0, 600.0, 2.0)
    away = np.linspace(5000e3, 2000e3, time.size)
    lat, lon = destination(radar.latitude.value, radar.longitude.value, math.radians(47.0), away)
    path = ecef_from_geodetic(lat, lon, 1500e3)
    ((at_once, end),) = passes(replace(radar, search=None), 1.0, time, path)
    ((found, same),) = passes(radar, 1.0, time, path)
    assert same == end
    assert 0.0 < found - at_once <= 3.0 * radar.search.frame_time.value
