"""The picture of ellipses against time, and which area a launch is told to come from."""

import math

import numpy as np
import pytest

from detente.briefing.charts_track import Tracked, ellipses
from detente.briefing.palette import VERMILION
from detente.catalog.load import catalog
from detente.earth import ecef_from_geodetic
from detente.flight.fly import fly
from detente.flight.shape import MinimumEnergy
from detente.sensing.looks import looks
from detente.sensing.origin import ELSEWHERE, launched_from
from detente.sensing.track import accuracy


@pytest.fixture(scope="module")
def flown():
    known = catalog()
    return fly(known.missiles["minuteman-iii"], known.places["malmstrom"], known.places["moscow"], MinimumEnergy())


@pytest.fixture(scope="module")
def sensors(flown):
    site = ecef_from_geodetic(math.radians(68.1), math.radians(33.9))
    radar = looks("radar", np.arange(1050.0, 1340.0, 10.0), site, [50.0, 2e-3, 2e-3], bias=(30.0, 1e-3, 1e-3))
    burn = np.arange(40.0, flown.burnout_time, 10.0)
    places = ecef_from_geodetic(0.0, np.radians([-37.0, -165.0]), 35.786e6)
    eyes = [looks("satellite", burn, each, [np.inf, 6e-5, 6e-5], bias=(0.0, 5e-5, 5e-5)) for each in places]
    return [radar], [radar, *eyes]


def picture(own, shared):
    return ellipses(Tracked(who="Russia", path="US fields to Moscow", color=VERMILION, own=own, shared=shared))


def test_the_picture_tells_what_sharing_adds(flown, sensors):
    own, shared = (accuracy(flown, each) for each in sensors)
    chart = picture(own, shared)
    assert "where it came from" in chart.svg
    assert chart.title.startswith("With shared data Russia knows where it comes down to 100 km 13 min before impact")
    assert "alone 12 min" in chart.title
    assert len(chart.table.rows) == 31
    assert [cell.text for cell in chart.table.rows[0]] == ["0", *["not known"] * 4]


def test_the_picture_says_where_nothing_is_known(flown, sensors):
    nothing, something = accuracy(flown, []), accuracy(flown, sensors[0])
    assert "never knows" in picture(nothing, nothing).title
    assert "not known" in picture(nothing, nothing).svg
    assert "Only with shared data" in picture(nothing, something).title


def test_a_launch_is_told_from_other_areas_as_its_ellipse_shrinks(flown, sensors):
    regions = list(catalog().regions.values())
    found = launched_from(accuracy(flown, sensors[1]), flown, regions)
    total = np.sum(list(found.values()), axis=0)
    assert total == pytest.approx(1.0)
    assert found["unknown"][0] < 2 * ELSEWHERE
    assert found["us-missile-fields"][0] < 0.6
    assert found["us-missile-fields"][-1] > 0.99
    with pytest.raises(ValueError, match="at least one region"):
        launched_from(accuracy(flown, []), flown, [])
