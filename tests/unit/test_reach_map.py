"""The reach map and `detente range`: true distances, marks inside and outside, the same bytes, bad input told."""

import contextlib
import io
import json
import math
import re
import shlex
import sys
from xml.etree import ElementTree

import numpy as np
import pytest

from detente.briefing.reach_map import SIZE, reach_map
from detente.catalog.load import catalog, missile
from detente.cli import main as door
from detente.flight.range import bearings, range_by_azimuth

AROUND = np.radians(np.arange(0.0, 360.0, 30.0))


def made(name="ss-20", place="sary-shagan", payload=None):
    what, launch = missile(name), catalog().places[place]
    table = range_by_azimuth(what, launch, AROUND, payload)
    near = bearings(what, launch, [catalog().places[each] for each in ("moscow", "honolulu", "ankara")], payload)
    return table, reach_map(table, near, what.title, launch.title)


def detente(line):
    out, err, code = io.StringIO(), io.StringIO(), 0
    argv, sys.argv = sys.argv, ["detente", *shlex.split(line)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                door.main()
            except SystemExit as end:
                code = end.code or 0
    finally:
        sys.argv = argv
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)


def test_the_map_is_a_picture_that_asks_for_nothing_from_outside():
    _, chart = made()
    root = ElementTree.fromstring(chart.svg)  # noqa: S314 (our own picture)
    assert root.tag.endswith("svg")
    assert not re.search(r'(?:href|src)="(?!#)', chart.svg)
    assert "NaN" not in chart.svg
    assert "Moscow" in chart.svg
    assert len(chart.table.rows) == len(AROUND)


def test_the_same_question_draws_the_same_bytes():
    assert made()[1].svg == made()[1].svg


def test_the_ring_stands_at_the_distances_of_the_table():
    table, chart = made()
    ring = max(re.findall(r'stroke="#0072B2"[^>]*d="([^"]+)"|d="([^"]+)"[^>]*stroke="#0072B2"', chart.svg), key=len)
    points = np.array([[float(each) for each in pair] for pair in re.findall(r"(-?[\d.]+),(-?[\d.]+)", "".join(ring))])
    x, y = (points - SIZE / 2).T
    heading, far = np.arctan2(x, -y) % (2 * math.pi), np.hypot(x, y)
    scale = 0.5 * SIZE / (1.1 * max(table.greatest[1], table.at_rest))
    expected = np.interp(heading, table.azimuths, table.distances, period=2 * math.pi) * scale
    assert np.abs(far - expected).max() < 2.0


def test_a_missile_that_reaches_everything_is_said_to():
    table, chart = made("ss-18", payload=1000.0)
    assert table.everywhere.all()
    assert "every point on Earth" in chart.title


def test_range_writes_the_map_and_answers_as_json():
    code, out, err = detente("range scud-b --from ankara --azimuths 8 --map reach.svg --json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["missile"] == "scud-b"
    assert [row["azimuth_deg"] for row in found["ranges"]] == pytest.approx(range(0, 360, 45))
    assert found["least_km"] == min(row["range_km"] for row in found["ranges"])
    assert found["greatest_km"] == max(row["range_km"] for row in found["ranges"])
    assert {place["place"] for place in found["places"]} == set(catalog().places) - {"ankara"}
    with open("reach.svg", encoding="utf-8") as file:
        assert file.read().startswith("<svg")


def test_range_is_a_table_for_people():
    code, out, err = detente("range minuteman-iii --from malmstrom --azimuths 4")
    assert code == 0
    assert "Moscow" in out
    assert "published 9,000 km" in out
    assert err == ""


def test_range_without_a_place_says_where_it_starts():
    code, out, _ = detente("range scud-b --payload 500 --azimuths 4")
    assert code == 0
    assert "no --from" in out
    assert "500 kg" in out
    assert "published" not in out


def test_range_beyond_the_antipode_has_no_apogee():
    _, out, _ = detente("range ss-18 --payload 500 --azimuths 4 --json")
    for row in json.loads(out)["ranges"]:
        assert row["reaches_antipode"]
        assert row["apogee_km"] is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("range scudb", ['"scud-b"']),
        ("range scud-b --from moscov", ["--from", '"moscow"']),
        ("range scud-b --payload 0", ["--payload", "above 0", "987 kg"]),
        ("range scud-b --payload nan", ["--payload", "above 0"]),
        ("range scud-b --payload 30000", ["--payload", "cannot lift off"]),
        ("range scud-b --payload 7900", ["--payload", "10 km and more"]),
        ("range scud-b --map reach.svg", ["--map", "Add --from"]),
        ("range scud-b --from moscow --map reach.png", ["--map", "End the name in .svg"]),
        ("range scud-b --from moscow --map none/reach.svg", ["--map", "a folder that exists"]),
    ],
)
def test_bad_input_is_told_with_the_way_out(line, words):
    code, out, err = detente(line)
    assert (code, out) == (2, "")
    said = " ".join(err.split())
    assert all(word in said for word in words)
