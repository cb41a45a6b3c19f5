"""Regions as boxes and outlines: even points, across the date line and over the poles, and what cannot be."""

import math
from importlib.resources import files

import numpy as np
import pytest

from detente.catalog.areas import RADIUS, checked, in_box, in_outline, spread
from detente.earth import great_circle
from detente.problems import BadInputError
from detente.scenario.load import load

POLAR = [[70.0, 0.0], [70.0, 90.0], [70.0, 180.0], [70.0, -90.0]]
PACIFIC = [[40.0, 170.0], [40.0, -170.0], [50.0, -170.0], [50.0, 170.0]]


def nearest(points):
    """Return the distance of each point to its nearest neighbor [m]."""
    latitude, longitude = np.radians(points).T
    angle, _ = great_circle(latitude[:, None], longitude[:, None], latitude, longitude)
    return RADIUS * np.where(np.eye(len(points), dtype=bool), math.inf, angle).min(axis=1)


def test_a_box_across_the_date_line_is_the_narrow_one():
    points = np.array(spread({"box": [40.0, 170.0, 50.0, -170.0]}))
    assert (np.abs(points[:, 1]) >= 170.0).all()
    for corner in PACIFIC:
        assert np.abs(points - corner).max(axis=1).min() < 1e-9
    assert nearest(points).max() <= 300e3


def test_a_box_to_the_pole_ends_in_one_point():
    points = spread({"box": [80.0, -180.0, 90.0, 180.0], "spacing": "200 km"})
    assert [each for each in points if each[0] == 90.0] == [(90.0, 0.0)]
    assert nearest(points).min() > 100e3  # no point twice where the circle closes


def test_an_outline_around_the_pole_or_across_the_date_line_is_filled_evenly():
    polar, pacific = (spread({"outline": corners, "spacing": "150 km"}) for corners in (POLAR, PACIFIC))
    assert max(latitude for latitude, _ in polar) > 89.9
    assert all(abs(longitude) >= 169.0 for _, longitude in pacific)
    area = {
        "polar": _cap_of_corners(),
        "pacific": RADIUS**2 * math.radians(20.0) * (math.sin(math.radians(50.0)) - math.sin(math.radians(40.0))),
    }
    for points, size in ((polar, area["polar"]), (pacific, area["pacific"])):
        inside = len(points) - 4
        assert inside == pytest.approx(size / 150e3**2, rel=0.1)


def _cap_of_corners():
    """Area of the spherical square with corners at 70 degrees north: its angles less a full turn."""
    side, _ = great_circle(*np.radians([70.0, 0.0, 70.0, 90.0]))
    arc = math.radians(20.0)
    angle = 2.0 * math.acos(math.tan(float(side) / 2.0) / math.tan(arc))
    return RADIUS**2 * (4.0 * angle - 2.0 * math.pi)


def test_the_way_around_does_not_matter():
    one, other = (in_outline(map(tuple, corners), 300e3) for corners in (PACIFIC, PACIFIC[::-1]))
    np.testing.assert_allclose(sorted(one), sorted(other), atol=1e-9)


def test_a_list_of_points_stays_as_it_is():
    points = ((50.0, 30.0), (51.0, 31.0))
    assert spread(points) is points
    assert checked(points) == points
    assert in_box(0.0, 0.0, 1.0, 1.0, spacing=2000e3) == ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"box": [1, 2, 3]}, r"box = \[south, west, north, east\]"),
        ({"box": [50, 0, 40, 10]}, "south below north"),
        ({"box": [0, 0, math.nan, 10]}, "south below north"),
        ({"box": [0, 10, 40, 10]}, "two within 180 degrees"),
        ({"box": [0, 0, 40, 200]}, "two within 180 degrees"),
        ({"box": [0, 0, 10, 10], "spacing": "1 km"}, "10 to 2000 km"),
        ({"box": [0, 0, 10, 10], "spacing": "3 s"}, "not a quantity in m"),
        ({"box": [-80, -180, 80, 180], "spacing": "10 km"}, "at most 2000"),
        ({"box": "all"}, "no list of numbers"),
        ({"outline": [[0, 0], [10, 10], [0, 10], [10, 0]]}, "crosses itself"),
        ({"outline": [[0, 0], [0, 120], [0, -120]]}, "all around the Earth"),
        ({"outline": [[60, 0], [-60, 10], [-60, -10]]}, "up to 75"),
        ({"outline": [[0, 0], [0, 0], [1, 1]]}, "3 or more, none given twice"),
        ({"outline": [[99, 0], [0, 1], [1, 1]]}, "within 90 and 180 degrees"),
        ({"outline": [[0, 0], [0, 40], [40, 0]], "spacing": "10 km"}, "at most 2000"),
        ({"outlin": []}, "a list of points"),
        ({}, "a list of points"),
    ],
)
def test_what_cannot_be_is_told(raw, said):
    with pytest.raises(ValueError, match=said):
        spread(raw)


@pytest.mark.parametrize(("points", "said"), [((), "at least one"), (((91.0, 0.0),), "91"), (((0.0, 181.0),), "181")])
def test_points_off_the_earth_are_told(points, said):
    with pytest.raises(ValueError, match=said):
        checked(points)


SCENARIO = (files("detente.scenario") / "examples/minimal.toml").read_text(encoding="utf-8")
REGION = """
[regions.bering]
title = "Bering Sea"
kind = "patrol area"
source = "assumed"
points = """


def test_a_scenario_gives_a_region_as_a_box_across_the_date_line(tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(SCENARIO + REGION + "{ box = [52, 170, 60, -170] }")
    points = load(file).catalog.regions["bering"].points
    assert len(points) > 10
    assert all(abs(longitude) >= 170.0 for _, longitude in points)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("{ box = [60, 170, 52, -170] }", "south below north"),
        ("{ outline = [[0, 0], [10, 10], [0, 10], [10, 0]] }", "crosses itself"),
        ("[[95.0, 0.0]]", "within 90 and 180 degrees"),
        ("[]", "at least one"),
        ('"all"', "a list"),
    ],
)
def test_a_region_that_cannot_be_is_told_with_its_line(tmp_path, points, said):
    file = tmp_path / "own.toml"
    file.write_text(SCENARIO + REGION + points)
    with pytest.raises(BadInputError) as told:
        load(file)
    (problem,) = told.value.problems
    assert said in str(problem)
    assert problem.key == "regions.bering.points"
    assert problem.line == len((SCENARIO + REGION).splitlines())
