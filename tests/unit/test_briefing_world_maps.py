"""Pictures of coverage: world maps and the map of gaps, their words and numbers, and the rows beside them."""

import json
import math
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from detente.briefing.gap_map import gap_map
from detente.briefing.gap_results import gap_rows, report_rows
from detente.briefing.world_map import HEIGHT, WIDTH, low_map, watch_map
from detente.scenario.load import load
from detente.sensing import network
from detente.sensing.coverage_map import coverage_map, radar_map
from detente.sensing.gaps import APPROACHES, gaps
from detente.sensing.observe import observe
from detente.sensing.reported import report_probability
from detente.study.run import flown

COARSE = math.radians(5.0)


@pytest.fixture(scope="module")
def scenario():
    return load("genoa-2001")


@pytest.fixture(scope="module")
def pictures(scenario):
    case = scenario.cases["us-framework"]
    sweeps = gaps(scenario, case, "russia", threats=APPROACHES[1:])
    radars = network.radars(scenario, case, "russia")
    return {
        "own": watch_map(scenario, coverage_map(scenario, case, "russia", spacing=COARSE)),
        "shared": watch_map(scenario, coverage_map(scenario, case, "russia", mode="shared", spacing=COARSE)),
        "low": low_map(scenario, radar_map(scenario, case, "russia", spacing=COARSE)),
        "gaps": gap_map(scenario, sweeps, radars),
        "none": gap_map(scenario, sweeps[1:], radars),
    }


def test_each_is_a_picture_of_its_own_that_asks_for_nothing_from_outside(pictures):
    for chart in pictures.values():
        assert ElementTree.fromstring(chart.svg).tag.endswith("svg")  # noqa: S314 (our own picture)
        assert not re.search(r'(?:href|src)="(?!#)', chart.svg)
        assert "NaN" not in chart.svg
        assert chart.caption
        assert chart.table.rows or chart is pictures["none"]
    assert len({chart.name for chart in pictures.values()}) == 4  # own and shared gaps have one name


def test_titles_tell_what_was_found(pictures):
    assert re.search(
        r"Own satellites of Russia watch \d+ % of the Earth at some hour, nothing at", pictures["own"].title
    )
    assert pictures["shared"].title.startswith("Satellites of Russia and its partners watch 9")
    assert "below 1,000 km over" in pictures["low"].title
    assert re.search(r"2[78]\d–30\d°", pictures["gaps"].title)
    assert pictures["none"].title.startswith("No gap around Moscow")


def test_a_party_without_satellites_has_an_empty_map(scenario):
    found = coverage_map(scenario, scenario.cases["abm-treaty"], "europe", spacing=COARSE)
    chart = watch_map(scenario, found)
    assert "watch no place on Earth" in chart.title
    assert {row[1].text for row in chart.table.rows} == {"0.00"}


def test_the_table_holds_the_share_of_each_color(pictures, scenario):
    shares = [float(row[1].text) for row in pictures["shared"].table.rows]
    assert 95.0 < sum(shares) <= 100.0
    assert "North Atlantic patrol areas" in pictures["own"].svg
    assert "Pechora" in pictures["low"].svg


def test_cells_stand_on_the_map(pictures):
    boxes = re.findall(
        r'aria-roledescription="rect mark"[^>]*d="M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)', pictures["low"].svg
    )
    boxes = boxes or re.findall(r'd="M([\d.]+),([\d.]+)h([\d.]+)v([\d.]+)h-', pictures["low"].svg)
    assert boxes
    for x, y, wide, tall in (map(float, box) for box in boxes):
        assert 0.0 <= x <= x + wide <= WIDTH + 0.01
        assert 0.0 <= y <= y + tall <= HEIGHT + 0.01


def test_the_same_question_draws_the_same_bytes(scenario, pictures):
    case = scenario.cases["us-framework"]
    again = low_map(scenario, radar_map(scenario, case, "russia", spacing=COARSE))
    assert again.svg == pictures["low"].svg


def test_a_gap_all_around_is_drawn_as_the_whole(scenario):
    bare = replace(scenario.cases["abm-treaty"], sensors={})
    chart = gap_map(scenario, gaps(scenario, bare, "russia", threats=APPROACHES[1:]), ())
    assert "0–360°" in chart.title
    assert [row[1].text for row in chart.table.rows] == ["0"]


def test_rows_are_json_with_units_in_their_names(scenario):
    case = scenario.cases["abm-treaty"]
    rows = gap_rows(gaps(scenario, case, "russia"))
    assert json.loads(json.dumps(rows)) == rows
    first = next(row for row in rows if row["approach"] == "slbm")
    assert (first["party"], first["mode"], first["range_km"]) == ("russia", "own", 5000.0)
    assert 30.0 < first["azimuth_from_deg"] < 45.0 < first["azimuth_to_deg"] < 60.0
    curves = report_rows(report_probability(scenario, case, observe(scenario, case, flown(scenario))))
    assert json.loads(json.dumps(curves)) == curves
    for curve in curves:
        told = [each["probability"] for each in curve["within"]]
        assert told == sorted(told)
