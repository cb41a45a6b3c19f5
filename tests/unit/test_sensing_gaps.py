"""Gaps by azimuth: the arcs they are looked for along, and the gaps that the literature names."""

import math
from dataclasses import replace

import numpy as np
import pytest

from detente.catalog.load import catalog
from detente.earth import WGS84, eci_from_ecef, geodesic, geodetic_from_ecef, sphere
from detente.flight.closed_form import minimum_energy
from detente.flight.fly import fly
from detente.flight.shape import MinimumEnergy
from detente.problems import BadInputError
from detente.scenario.load import load
from detente.sensing.approach import approaches
from detente.sensing.coverage import ROLES
from detente.sensing.gaps import APPROACHES, Approach, gaps

PLACES = catalog().places
MOSCOW = PLACES["moscow"]
AROUND = np.radians(np.arange(0.0, 360.0, 45.0))
SLBM = APPROACHES[1:]


@pytest.fixture(scope="module")
def scenario():
    return load("genoa-2001")


@pytest.fixture(scope="module")
def case(scenario):
    return scenario.cases["abm-treaty"]


def rebuilt(case, *names):
    sensors = replace(case.sensors["russia"], rebuilt=names)
    return replace(case, sensors={**case.sensors, "russia": sensors})


def degrees(sweep):
    return [(round(math.degrees(gap.azimuth_from)), round(math.degrees(gap.azimuth_to))) for gap in sweep.gaps]


def open_at(sweep, azimuth):
    return any(
        (math.radians(azimuth) - gap.azimuth_from) % (2.0 * math.pi)
        <= (gap.azimuth_to - gap.azimuth_from) % (2.0 * math.pi)
        for gap in sweep.gaps
    )


@pytest.mark.parametrize("ground_range", [500e3, 2_000e3, 10_000e3, 17_000e3])
def test_over_a_sphere_at_rest_the_arcs_are_the_closed_form(ground_range):
    time, position, _, _ = approaches(MOSCOW, AROUND, ground_range, sphere())
    expected = minimum_energy(ground_range)
    np.testing.assert_allclose(time[:, -1], expected.time, rtol=1e-9)
    apogee = np.linalg.norm(position, axis=-1).max(axis=1) - 6_371_000.0
    np.testing.assert_allclose(apogee, expected.apogee_altitude, rtol=2e-5)


def test_over_the_turning_earth_they_start_and_end_where_they_should_and_obey_gravity():
    time, position, latitude, longitude = approaches(MOSCOW, AROUND, 8_000e3)
    assert (np.diff(time, axis=1) > 0.0).all()
    lat, lon, altitude = geodetic_from_ecef(position)
    np.testing.assert_allclose(altitude[:, [0, -1]], 0.0, atol=1e-3)
    np.testing.assert_allclose(lat[:, -1], MOSCOW.latitude.value, atol=1e-12)
    np.testing.assert_allclose(lon[:, -1], MOSCOW.longitude.value, atol=1e-12)
    length, azimuth = geodesic(MOSCOW.latitude.value, MOSCOW.longitude.value, latitude, longitude)
    np.testing.assert_allclose(length, 8_000e3, atol=0.01)
    np.testing.assert_allclose(np.sin(azimuth - AROUND), 0.0, atol=1e-9)
    for when, place in zip(time, position, strict=True):
        inertial = eci_from_ecef(place, WGS84.rotation_rate * when)
        radius = np.linalg.norm(inertial, axis=1)
        speed = np.linalg.norm(np.gradient(inertial, when, axis=0, edge_order=2), axis=1)
        energy = 0.5 * speed**2 - WGS84.mu / radius
        np.testing.assert_allclose(energy[5:-5], energy[200], rtol=1e-4)


def test_an_arc_takes_as_long_as_a_missile_that_burns():
    flown = fly(catalog().missiles["trident-ii-d5"], PLACES["north-atlantic-box"], MOSCOW, MinimumEnergy())
    north_atlantic = PLACES["north-atlantic-box"]
    length, azimuth = geodesic(
        MOSCOW.latitude.value, MOSCOW.longitude.value, north_atlantic.latitude.value, north_atlantic.longitude.value
    )
    time = approaches(MOSCOW, np.array([float(azimuth)]), float(length))[0]
    assert time[0, -1] == pytest.approx(flown.flight_time, rel=0.1)


def test_the_gaps_of_2001_are_those_that_were_published(scenario, case):
    """Northwest after Skrunda was lost, northeast where Krasnoyarsk was never finished (Podvig 2002)."""
    icbm, slbm = gaps(scenario, case, "russia")
    for sweep, seen, unseen in ((icbm, (0, 45, 70, 150, 180, 240, 330), (290,)), (slbm, (0, 80, 150, 240), (290, 45))):
        assert not any(open_at(sweep, azimuth) for azimuth in seen)
        assert all(open_at(sweep, azimuth) for azimuth in unseen)
    for gap in slbm.gaps:
        assert gap.warning == 0.0  # no radar at all
        assert gap.satellite_hours == 0.0
        assert math.degrees(gap.azimuth_to - gap.azimuth_from) < 30.0


@pytest.mark.parametrize(
    ("radars", "opened"),
    [
        ((), (True, True)),
        (("skrunda-dnepr",), (False, True)),
        (("krasnoyarsk-daryal-u",), (True, False)),
        (("skrunda-dnepr", "krasnoyarsk-daryal-u"), (False, False)),
    ],
)
def test_each_gap_is_closed_by_the_radar_it_is_blamed_on(scenario, case, radars, opened):
    (sweep,) = gaps(scenario, rebuilt(case, *radars), "russia", threats=SLBM)
    assert (open_at(sweep, 290), open_at(sweep, 45)) == opened


def test_shared_satellites_close_every_gap_and_come_later_by_the_delay(scenario):
    own, shared = gaps(scenario, scenario.cases["us-framework"], "russia", threats=SLBM)
    assert (own.mode, shared.mode) == ("own", "shared")
    assert own.gaps
    assert not shared.gaps
    assert ((shared.satellite_hours == 24.0) | (shared.warning >= 600.0)).all()
    assert (shared.warning >= own.warning).all()


def test_the_radar_of_a_defense_counts_where_it_is_asked_for(scenario, case):
    without = gaps(scenario, case, "russia", threats=SLBM)[0]
    with_it = gaps(scenario, case, "russia", threats=SLBM, roles=(*ROLES, "abm"))[0]
    assert "don-2n" not in without.radar
    assert (with_it.warning > 600.0).all()
    assert set(with_it.radar) - set(without.radar) == {"don-2n"}


def test_the_worst_of_several_places_counts(scenario, case):
    names = ("moscow", "rostov-on-don")
    one, other = (gaps(scenario, case, "russia", aims=[name], threats=SLBM)[0] for name in names)
    both = gaps(scenario, case, "russia", aims=names, threats=SLBM)[0]
    np.testing.assert_array_equal(both.warning, np.minimum(one.warning, other.warning))
    assert both.aims == names


def test_a_party_without_sensors_has_one_gap_all_around(scenario, case):
    bare = replace(case, sensors={})
    (sweep,) = gaps(scenario, bare, "russia", threats=SLBM)
    assert degrees(sweep) == [(0, 360)]
    assert set(sweep.radar) == {""}


def test_a_gap_through_north_is_one(scenario, case):
    sensors = replace(case.sensors["russia"], radars=("gabala-daryal",))
    (sweep,) = gaps(scenario, replace(case, sensors={"russia": sensors}), "russia", threats=SLBM)
    (gap,) = sweep.gaps
    assert gap.azimuth_from > gap.azimuth_to


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"party": "rusia"}, 'Did you mean "russia"'),
        ({"aims": ["moskow"]}, 'Did you mean "moscow"?'),
        ({"threats": [Approach(name="far", ground_range=19_000e3)]}, "100 to 18000 km"),
        ({"threats": [Approach(name="odd", ground_range=math.nan)]}, "nan km"),
        ({"threats": [Approach(name="odd", ground_range=5e6, target="cloud")]}, "no radar cross section"),
        ({"least_warning": -1.0}, "0 s and more"),
        ({"least_warning": math.nan}, "nan s"),
    ],
)
def test_bad_input_is_told(scenario, case, change, said):
    asked = {"party": "russia"} | change
    with pytest.raises(BadInputError) as told:
        gaps(scenario, case, **asked)
    assert said in str(told.value)
