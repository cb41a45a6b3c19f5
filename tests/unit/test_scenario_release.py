"""What a scenario may say of releases, notices and known launches, and how it is told where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.problems import BadInputError
from detente.scenario.load import examples, load
from detente.study.schema import schema

MINIMAL = examples()["minimal"].read_text(encoding="utf-8")
NUMBER = 'source = "assumed", seen = "no"'
RELEASES = f"""
[cases.alaska.sharing]
between = ["us", "third-party"]
trust = {{ value = 0.5, {NUMBER} }}

[cases.alaska.sharing.releases.us]
delay = {{ value = "30 s", {NUMBER} }}
launch_time = true
launch_area = {{ value = "100 km", {NUMBER} }}
azimuth = {{ value = "30 deg", {NUMBER} }}
"""
NOTICE = f"""
[notices.test-flight]
title = "A test flight"
by = "third-party"
opens = 2001-08-08T06:00:00Z
closes = 2001-08-08T09:00:00Z
launch = "musudan-ri"
launch_radius = {{ value = "20 km", {NUMBER} }}
azimuth = {{ value = "90 deg", {NUMBER} }}
azimuth_tolerance = {{ value = "10 deg", {NUMBER} }}
source = "assumed"
"""


def written(tmp_path: Path, extra: str, minimal: str = MINIMAL) -> Path:
    head, mark, rest = minimal.partition("[sources]")
    path = tmp_path / "own.toml"
    path.write_text(f"{head}{extra}\n{mark}{rest}", encoding="utf-8")
    return path


def told(path: Path) -> str:
    with pytest.raises(BadInputError) as error:
        load(path)
    return str(error.value)


def test_a_release_states_what_is_told_and_nothing_else(tmp_path: Path) -> None:
    sharing = load(written(tmp_path, RELEASES)).cases["alaska"].sharing
    assert sharing is not None
    release = sharing.releases["us"]
    assert release.tells
    assert release.launch_time
    assert not any((release.impact_time, release.missile_class, release.track))
    assert release.impact_area is None


def test_a_notice_is_read_with_its_window(tmp_path: Path) -> None:
    minimal = MINIMAL.replace("forces = {}", 'forces = {}\nnotices = ["test-flight"]')
    scenario = load(written(tmp_path, NOTICE, minimal))
    assert scenario.cases["alaska"].notices == ("test-flight",)
    assert scenario.notices["test-flight"].opens < scenario.notices["test-flight"].closes


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("[cases.alaska.sharing.releases.us]", "[cases.alaska.sharing.releases.norway]", "releases.norway", "unknown"),
        ('between = ["us", "third-party"]', 'between = ["third-party"]', "releases.us", "stands in `between`"),
        ('between = ["us", "third-party"]', 'between = ["us", "us"]', "between", "two or more parties"),
        ('value = "100 km"', 'value = "0 km"', "launch_area", "a size of nothing"),
        ('value = "100 km"', 'value = "30000 km"', "launch_area", "leaves nothing out"),
        ('value = "100 km"', 'value = "100 s"', "launch_area", "km"),
        ('value = "30 deg"', 'value = "-30 deg"', "azimuth", "a size of nothing"),
        ('value = "30 deg"', 'value = "400 deg"', "azimuth", "impossible"),
        ("launch_time = true", "sensor = true", "sensor", "an unknown key"),
        ("launch_time = true", 'launch_time = "maybe"', "launch_time", "true or false"),
        ('delay = { value = "30 s"', 'delay = { value = "-30 s"', "delay", "impossible"),
    ],
)
def test_a_wrong_release_is_told_with_its_key(tmp_path: Path, old: str, new: str, key: str, said: str) -> None:
    message = told(written(tmp_path, RELEASES.replace(old, new)))
    assert key in message
    assert said in message
    assert "own.toml:" in message


def test_a_release_of_nothing_is_told(tmp_path: Path) -> None:
    kept = RELEASES[: RELEASES.index("launch_time")]
    assert "a delay and nothing that is released" in told(written(tmp_path, kept))


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        ("opens = 2001-08-08T06:00:00Z", "opens = 2001-08-08T06:00:00", "opens", "without a time zone"),
        ("opens = 2001-08-08T06:00:00Z", "opens = 2001-08-09T06:00:00Z", "closes", "not after"),
        ("opens = 2001-08-08T06:00:00Z", 'opens = "dawn"', "opens", "2001-08-01T06:24:00Z"),
        ('launch = "musudan-ri"', 'launch = "atlantis"', "launch", "unknown place"),
        ('by = "third-party"', 'by = "norway"', "by", "unknown party"),
        ('azimuth = { value = "90 deg"', 'impact = "seattle"\n# {', "impact", "impact without impact_radius"),
        ('value = "20 km"', 'value = "0 km"', "launch_radius", "a size of nothing"),
        ('source = "assumed"\n', 'source = "rumor"\n', "source", 'source "rumor"'),
    ],
)
def test_a_wrong_notice_is_told_with_its_key(tmp_path: Path, old: str, new: str, key: str, said: str) -> None:
    message = told(written(tmp_path, NOTICE.replace(old, new)))
    assert f"notices.test-flight.{key}" in message
    assert said in message


def test_a_case_cannot_hold_a_notice_that_nobody_gave(tmp_path: Path) -> None:
    minimal = MINIMAL.replace("forces = {}", 'forces = {}\nnotices = ["test-fligth"]')
    message = told(written(tmp_path, NOTICE, minimal))
    assert 'unknown notice "test-fligth"' in message
    assert 'Did you mean "test-flight"?' in message


def test_a_launch_without_a_zone_or_height_is_told(tmp_path: Path) -> None:
    minimal = MINIMAL.replace(
        'aims = ["seattle"]', f'aims = ["seattle"]\nat = 2001-08-08T06:00:00\napogee = {{ value = "0 km", {NUMBER} }}'
    )
    message = told(written(tmp_path, "", minimal))
    assert "threats.one-missile.at" in message
    assert "threats.one-missile.apogee" in message


CHANCES = (
    "prior",
    "radar_detection",
    "radar_false_alarm",
    "infrared_detection",
    "infrared_false_alarm",
    "kept",
    "misused",
)
JUDGMENT = "[judgment]\n" + "\n".join(f"{name} = {{ value = 0.1, {NUMBER} }}" for name in CHANCES) + "\n"


def test_a_judgment_leaves_something_to_be_learnt(tmp_path: Path) -> None:
    judgment = load(written(tmp_path, JUDGMENT)).judgment
    assert judgment is not None
    assert judgment.prior.value == 0.1
    certain = JUDGMENT.replace("prior = { value = 0.1", "prior = { value = 0.1, low = 0").replace(
        "}", ", high = 0.2 }", 1
    )
    said = told(written(tmp_path, certain))
    assert "judgment.prior" in said
    assert "above 0 and below 1" in said
    assert 'unknown region "nowhere"' in told(written(tmp_path, f'{JUDGMENT}ground = ["nowhere"]\n'))


def test_the_schema_knows_releases_and_notices() -> None:
    parts = schema("scenario")["$defs"]
    assert set(parts["Release"]["properties"]) == {
        "delay", "launch_time", "launch_area", "azimuth", "impact_time", "impact_area", "missile_class", "track",
    }  # fmt: skip
    assert "name" not in parts["Notice"]["properties"]
    assert parts["Notice"]["properties"]["opens"]["format"] == "date-time"
