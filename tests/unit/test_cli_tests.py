"""`detente tests`: tables, JSON, picture, the lines of 1997, and bad input."""

import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from detente.catalog.load import catalog
from detente.cli.main import app
from detente.flight.target_speed import by_missile, by_range
from detente.problems import BadInputError
from detente.study.demarcation import planned_test
from detente.treaties.check import agreement

INTERCEPTORS = catalog().interceptors


def said(line):
    return CliRunner().invoke(app, ["tests", *line.split()], env={"COLUMNS": "240"})


def found(line):
    ran = said(f"{line} --json")
    assert ran.exit_code == 0, ran.exception
    return json.loads(ran.stdout)


def test_record_counts_and_says_what_rates_are_not():
    told = found("record")
    by_system = {row["system"]: row for row in told["systems"]}
    assert (by_system["GMD"]["hits"], by_system["GMD"]["tests"], by_system["GMD"]["flights"]) == (12, 20, 12)
    assert "not kill probabilities" in told["meaning"]
    assert len(told["launches"]) == 206
    assert "A-135 53T6" not in by_system


def test_record_of_one_system_lists_its_launches():
    shown = said("record thaad --since 2005-01-01").stdout
    assert "16 of 16" in shown
    assert "FTT-23" in shown
    assert "not kill probabilities" in shown
    assert "unverified" in shown
    nothing = CliRunner().invoke(app, ["tests", "record", "A-235 Nudol"])
    assert "No attempt to count" in nothing.stdout
    assert "1980s" in said("record S-300V").stdout


def test_picture_of_intervals(tmp_path):
    path = tmp_path / "tests.svg"
    assert said(f"record --picture {path}").exit_code == 0
    root = ET.fromstring(path.read_text())  # noqa: S314 (our own file)
    text = " ".join(root.itertext())
    assert "12 of 20" in text
    assert "no kill probabilities" in text


def test_infer_and_plan():
    seen = found("infer --tests 16 --hits 16 --at-least 0.9 --level 0.8 --prior 0.5,0.5")
    assert seen["rate"] == 1.0
    assert seen["prior"] == [0.5, 0.5]
    assert 0.9 < seen["at_least_probability"] < 1.0
    assert "probability of at least 0.8" in said("infer --tests 20 --hits 12 --at-least 0.8").stdout
    plans = found("plan --chance 0.9 --misses 2")["plans"]
    assert [each["tests"] for each in plans] == [22, 38, 52]
    assert "22" in said("plan --chance 0.9").stdout


def sides(interceptor, target=None):
    return {line.parameter: line.side for line in planned_test(interceptor, target)}


def test_lines_are_those_of_the_treaty():
    law = agreement("demarcation-1997")
    for line in planned_test(INTERCEPTORS["thaad"]):
        assert line.limit == law.parameters[line.parameter].values[-1].si
        assert line.article == law.parameters[line.parameter].clause


@pytest.mark.parametrize(
    ("ground_range", "side"), [(3_499_999.0, "within"), (3_500_000.0, "within"), (3_500_001.0, "beyond")]
)
def test_range_on_both_sides_of_its_line(ground_range, side):
    assert sides(INTERCEPTORS["thaad"], by_range(ground_range))["target_range"] == side


@pytest.mark.parametrize(("speed", "side"), [(2999.9, "within"), (3000.0, "within"), (3000.1, "beyond")])
def test_interceptor_speed_on_both_sides_of_its_line(speed, side):
    base = INTERCEPTORS["thaad"]
    own = replace(base, burnout_speed=replace(base.burnout_speed, value=speed, low=speed, high=speed))
    assert sides(own)["interceptor_speed"] == side


def test_a_range_of_values_on_the_line_is_told():
    assert sides(INTERCEPTORS["navy-theater-wide"])["interceptor_speed"] == "either side"
    assert sides(INTERCEPTORS["thaad"], by_range(3.4e6))["target_speed"] == "either side"
    assert sides(INTERCEPTORS["thaad"], by_range(3.2e6))["target_speed"] == "within"
    assert sides(INTERCEPTORS["thaad"], by_range(3.6e6))["target_speed"] == "beyond"


def test_lasers_space_and_strategic_systems_are_other_law():
    said_of = {name: planned_test(INTERCEPTORS[name])[0].meaning for name in ("airborne-laser", "gbi")}
    assert "laser" in said_of["airborne-laser"]
    assert "ABM Treaty" in said_of["gbi"]
    orbit = replace(INTERCEPTORS["space-based-interceptor"], strategic=False)
    assert "barred" in planned_test(orbit)[0].meaning
    nothing = replace(INTERCEPTORS["thaad"], burnout_speed=None, target_speed=None, largest_target_range=None)
    assert set(sides(nothing).values()) == {"not known"}


def test_demarcation_in_the_terminal():
    rows = found("demarcation thaad --range 1000 --missile nodong")["tests"]
    assert [row["side"] for row in rows] == ["within"] * 3
    assert rows[1]["unit"] == "km/s"
    assert 2.7 < rows[1]["value"] < 3.1
    shown = said("demarcation").stdout
    assert "thaad" in shown
    assert "never in force" in shown
    assert "gbi" not in shown


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("record THAD", "THAAD"),
        ("record --since yesterday", "2001-08-08"),
        ("record --level 1", "above 0 and below 1"),
        ("record --prior 1", "0.5,0.5"),
        ("record --prior 0,1", "above 0"),
        ("record --picture tests.png", "FILE.svg"),
        ("record --picture nowhere/tests.svg", "existing folder"),
        ("infer --tests 3 --hits 4", "0 to 3"),
        ("infer --tests 3 --hits 1 --at-least 2", "0 to 1"),
        ("infer --tests 3 --hits 1 --at-least nan", "0 to 1"),
        ("plan --chance 1.2", "below 1"),
        ("plan --chance 0.5 --misses -1", "0 to 100"),
        ("demarcation thad", "thaad"),
        ("demarcation thaad --missile nodong", "--range"),
        ("demarcation thaad --range 5", "100 to 15,000"),
        ("demarcation thaad --range nan", "100 to 15,000"),
        ("demarcation thaad --range 9000 --missile nodong", "a range that it flies"),
        ("demarcation thaad --range 1000 --missile nodon", "nodong"),
    ],
)
def test_bad_input_teaches(line, word):
    ran = said(line)
    assert isinstance(ran.exception, BadInputError), ran.stdout
    assert word in str(ran.exception)


def test_a_flown_target_is_as_fast_as_the_closed_form_brackets():
    """The bracket holds missiles that cut off between the surface and 100 km up or a little above."""
    for name, ground_range in (("nodong", 1.0e6), ("ss-20", 3.5e6), ("generic-irbm", 3.0e6)):
        flown, closed = by_missile(catalog().missiles[name], ground_range), by_range(ground_range)
        assert closed.low <= flown.value <= closed.high


@pytest.mark.parametrize("ground_range", [0.0, -1.0, 3e7])
def test_no_speed_for_a_range_that_is_none(ground_range):
    with pytest.raises(ValueError, match="allowed"):
        by_range(ground_range)


def test_a_short_flight_never_rises_100_km():
    assert by_range(100e3).low == 0.0
