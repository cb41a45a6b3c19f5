"""`detente warn`: on every bundled scenario, with other sensors, in pictures, and what it refuses."""

import contextlib
import io
import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from detente.cli import main as door
from detente.cli.warn import _clock, _minutes
from detente.cli.warn_alarms import odds
from detente.cli.warn_tables import case_names
from detente.scenario.load import examples
from detente.sensing.spread import Spread
from detente.sources import Interval
from detente.study import warning
from detente.study.record import digest

EVENTS = [
    "launch",
    "plume above cloud",
    "satellite report",
    "radar acquisition",
    "radar track",
    "track good enough to assess",
    "assessment done",
    "conference done",
    "decision made",
    "last moment to decide",
    "order received",
    "impact",
]


def ran(line):
    """Run `detente warn LINE` in this process; return exit code, stdout and stderr."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    argv, sys.argv = sys.argv, ["detente", "warn", *shlex.split(line)]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                door.main()
            except SystemExit as end:
                code = end.code or 0
    finally:
        sys.argv = argv
    return code, out.getvalue(), err.getvalue()


def told(line):
    code, out, err = ran(f"{line} --samples 8 --json")
    assert (code, err) == (0, "")
    return json.loads(out)


def refused(line):
    code, out, err = ran(line)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    return " ".join(err.split())


@pytest.fixture(scope="module", autouse=True)
def answers():
    """Answer each question once: tables, numbers and pictures of it are then made from the same answer."""
    known, answer = {}, warning.warned

    def remembered(scenario, cases, samples, tell, crisis):
        key = digest(scenario, samples, cases).whole, crisis
        if key not in known:
            known[key] = answer(scenario, cases, samples, tell, crisis)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(warning, "warned", remembered)
        yield known


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="module")
def today(answers):
    return told("warning-2001 --case today")


def hours(found, party="russia", region="us-missile-fields", mode="own"):
    return next(
        row["hours_per_day"]
        for row in found["coverage"]
        if (row["party"], row["region"], row["mode"]) == (party, region, mode)
    )


def line(found, threat, mode="own"):
    return next(row for row in found["timelines"] if (row["threat"], row["mode"]) == (threat, mode))


@pytest.mark.parametrize("name", sorted(examples()))
def test_every_bundled_scenario_is_answered(name):
    found = told(name)
    assert {"coverage", "timelines", "gaps", "reports", "released", "resting", "cases", "digest", "what_if"} <= set(
        found
    )
    assert found["timelines"]
    for row in found["timelines"]:
        assert {"party", "threat", "mode", "events", "warning_time_s", "decision_time_s"} <= set(row)
        assert 0.0 <= row["decision_time_s"] <= row["warning_time_s"]
        assert row["warning_time_low_s"] <= row["warning_time_s"] <= row["warning_time_high_s"]
        times = [event["time_s"] for event in row["events"]]
        assert times == sorted(times)
        assert all(event["low_s"] <= event["time_s"] <= event["high_s"] for event in row["events"])
        assert {event["event"] for event in row["events"]} >= {"launch", "impact"}
        assert row["mode"] in {"own", "shared"}
    for row in found["coverage"]:
        assert 0.0 <= row["hours_per_day"] <= row["hours_any"] <= 24.0
    for row in found["gaps"]:
        assert 0.0 <= row["azimuth_from_deg"] <= 360.0


def test_a_table_for_people_names_cases_and_the_way_on():
    code, out, err = ran("warning-2001 --samples 8")
    assert code == 0
    for text in ("How long before impact Russia is warned", "every case", "Where nobody looks", "Hours a day"):
        assert text in out
    assert "detente warn warning-2001 --case today" in err


def test_one_case_is_told_step_by_step(today):
    for threat in ("fields-to-moscow", "fields-to-washington"):
        events = [event["event"] for event in line(today, threat)["events"]]
        assert [event for event in EVENTS if event in events] == [
            event for event in EVENTS if event in set(events) - {"second kind of sensor"}
        ]
    assert {event["event"] for event in line(today, "fields-to-washington")["events"]} >= set(EVENTS)
    code, out, err = ran("warning-2001 --case today --samples 8")
    assert (code, err) == (0, "")
    assert " ".join(out.split()).count("minutes after launch") == 5
    assert "a decision comes in time in" in out


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0.0, 0.0), (3, 10.0, 14.0), (4, 12.0, 18.0), (9, 23.9, 24.0)])
def test_satellites_watch_the_fields_as_long_as_published(count, low, high):
    """About 12 hours with three, 17 with four, 24 with nine (Forden, Podvig, Postol 2000; CBO 1999), within an hour."""
    found = told(f"warning-2001 --case today --satellites {count}")
    assert low <= hours(found) <= high
    assert hours(found, region="atlantic-patrol") == hours(found, region="pacific-patrol") == 0.0
    assert found["what_if"] == {"satellites": [str(count)], "without": [], "with": []}


def test_a_radar_that_was_lost_closes_its_gap_again(today):
    def gaps(found):
        return [row for row in found["gaps"] if row["party"] == "russia" and row["approach"] == "icbm"]

    northwest = [row for row in gaps(today) if row["azimuth_from_deg"] < 290.0 < row["azimuth_to_deg"]]
    assert northwest
    with_skrunda = told("warning-2001 --case today --with skrunda-dnepr")
    assert not [row for row in gaps(with_skrunda) if row["azimuth_from_deg"] < 290.0 < row["azimuth_to_deg"]]
    gained = (
        line(with_skrunda, "atlantic-to-moscow")["warning_time_s"] - line(today, "atlantic-to-moscow")["warning_time_s"]
    )
    assert gained > 30.0


def test_a_radar_taken_away_is_missed(today):
    found = told("warning-2001 --case today --without pechora-daryal")
    assert line(found, "pacific-to-moscow")["warning_time_s"] < line(today, "pacific-to-moscow")["warning_time_s"]
    assert found["digest"] != today["digest"]


def test_shared_data_and_shared_tracks_say_more():
    data, tracks = (told("warning-2001")["cases"][name] for name in ("shared-data", "shared-tracks"))
    assert (
        line(data, "atlantic-to-moscow", "shared")["warning_time_s"]
        > line(data, "atlantic-to-moscow")["warning_time_s"]
    )

    def known(found, mode):
        events = line(found, "fields-to-moscow", mode)["events"]
        return next(event["time_s"] for event in events if event["event"] == "track good enough to assess")

    assert known(tracks, "shared") <= known(data, "shared") + 60.0 < known(data, "own")
    told_by_us = [row for row in data["released"] if row["by"] == "us"]
    assert told_by_us
    assert all("track" not in row["learns"] and "launch_area" in row["learns"] for row in told_by_us)


def test_a_scenario_with_notices_tells_what_each_flight_looked_like_and_what_to_believe():
    found = told("andoya-1995")
    rows = {(row["case"], row["threat"]): row for row in found["incidents"]}
    rocket = rows["as-it-was", "rocket"]
    assert rocket["radar"] == "olenegorsk-dnepr"
    assert rocket["first_seen_s"] < rocket["excluded_s"] < rocket["settled_s"]
    assert rows["as-it-was", "submarine-steep"]["excluded_s"] is None
    assert rows["notice-passed-on", "rocket"]["notices"][0]["explained"]
    assert rows["satellite-data", "rocket"]["told"][0]["azimuth_deg"] == pytest.approx([330.0, 360.0])
    assert {"time_s", "what", "belief"} <= set(rocket["steps"][0])
    assert found["false_alarms"]["crisis_days"] == 13.0
    assert {row["case"] for row in found["second_kind"]} == set(found["cases"])
    code, out, _ = ran("andoya-1995 --samples 8")
    text = " ".join(out.split())
    assert code == 0
    for words in ("What radar shows Russia", "its path is harmless", "a notice explains it", "1 in 830", "acted on"):
        assert words in text


def test_false_alarms_are_told_of_any_scenario_that_is_asked_for_a_crisis(today):
    assert today["false_alarms"] is None
    assert today["incidents"] == []
    found = told("minimal --crisis 30")
    evaluated = next(row for row in found["false_alarms"]["counts"] if row["name"] == "norad-evaluated")
    assert 0.98 < evaluated["chance_in_crisis"]["value"] < 1.0
    assert "one in 30 days" in ran("minimal --crisis 30 --samples 8")[1]


def test_what_if_stands_above_the_tables():
    for line, words in (("--satellites 4", "satellites 4"), ("--without pechora-daryal", "without pechora-daryal")):
        _, out, _ = ran(f"warning-2001 --case today {line} --samples 8")
        assert out.startswith(f"What if: {words}\n")


def test_pictures_and_numbers_are_written(tmp_path):
    code, _, err = ran("minimal --samples 8 --out here/there")
    assert code == 0
    assert "here/there" in err
    made = {path.name for path in (tmp_path / "here/there").iterdir()}
    assert {"warning.json", "warning-timelines.svg", "warning-blind-hours.svg", "gaps-us-icbm.svg"} <= made
    assert any("watch-map-us-own" in name for name in made)
    assert any("radar-map-us-own" in name for name in made)
    assert all(path.read_text("utf-8").startswith("<svg") for path in Path("here/there").glob("*.svg"))
    assert json.loads(Path("here/there/warning.json").read_text("utf-8"))["scenario"] == "minimal"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("warning-2002", '"warning-2001"'),
        ("warning-2001 --case yesterday", "--case"),
        ("warning-2001 --satellites many", "--satellites"),
        ("warning-2001 --satellites oko-us-ks=10", "0 to 9"),
        ("warning-2001 --satellites oko=3", '"oko-us-ks"'),
        ("warning-2001 --with skrunda", '"skrunda-dnepr"'),
        ("warning-2001 --without skrunda-dnepr --case today", "does not work in case today"),
        ("warning-2001 --with don-2n", "works already"),
        ("minimal --out taken.txt", "which is a file"),
        ("minimal --out taken.txt/pictures", "which is a file"),
        ("minimal --crisis 0", "above 0 days"),
        ("minimal --crisis nan", "above 0 days"),
        ("minimal --crisis -3", "above 0 days"),
    ],
)
def test_what_cannot_be_is_refused(line, words):
    Path("taken.txt").write_text("", encoding="utf-8")
    assert words in refused(line)


def test_a_date_before_a_sensor_existed_leaves_it_out_and_says_so(tmp_path):
    text = examples()["warning-2001"].read_text(encoding="utf-8")
    early = text.replace("on = 2001-08-08\nagreements", "on = 1970-01-01\nagreements")
    early = re.sub(r"\[cases\.today\.sensors\.russia\.satellites\.oko-us-ks\]\n(?:.+\n)+", "", early)
    (tmp_path / "early.toml").write_text(early, encoding="utf-8")
    found = told("early.toml --case today")
    resting = {row["sensor"]: row["state"] for row in found["resting"]}
    assert resting["pechora-daryal"] == resting["oko-us-ks"] == resting["dsp"] == "not built"
    assert all(value == 0.0 for value in (hours(found), hours(found, "us", "russian-missile-fields")))


def test_words_of_the_tables():
    assert _minutes(Spread(value=700.0, low=630.0, high=745.0)) == "12 (10–12)"
    assert _minutes(Spread(value=600.0, low=600.0, high=600.0)) == "10"
    assert _minutes(Spread(value=0.0, low=0.0, high=0.0)) == "none"
    assert _clock(Spread(value=600.0, low=570.0, high=630.0), 0.125) == "10.0 (9.5–10.5) in 12%"
    assert case_names(["a"], ["a"]) == "a"
    assert odds(Interval(value=2e-7, low=0.0, high=0.999)) == ("1 in 5 million", "none", "over 99%")
    assert odds(Interval(value=0.5, low=2e-14, high=0.09)) == ("50%", "1 in 50 trillion", "1 in 11")
    assert odds(None) == ("–", "–", "–")
