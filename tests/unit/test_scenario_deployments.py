"""What a deployment cannot be: an error with file, key, line and the next move."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from detente import load
from detente.catalog.consistent import contradictions
from detente.catalog.interceptors import Interceptor
from detente.catalog.load import catalog
from detente.defense.stations import stations
from detente.problems import BadInputError

MINIMAL = (files("detente.scenario") / "examples" / "minimal.toml").read_text(encoding="utf-8")
BOX = """
[regions.sea]
title = "A sea"
kind = "ship box"
points = [[40.0, 133.0], [41.0, 134.0]]
source = "assumed"
seen = "no"
"""
SITE = 'site = "fort-greely"'


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = MINIMAL + BOX
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


SHIP = ('interceptor = "gbi"', 'interceptor = "navy-theater-wide"')
ORBIT = ('interceptor = "gbi"', 'interceptor = "space-based-interceptor"')


@pytest.mark.parametrize(
    ("changes", "key", "said"),
    [
        ([SHIP, (SITE, "")], "site", "ships without a place"),
        ([(SITE, "")], "site", "launchers on land without a place"),
        ([('interceptor = "gbi"', 'interceptor = "airborne-laser"'), (SITE, "")], "site", "aircraft without a place"),
        ([(SITE, 'box = "sea"')], "box", "a box of launchers on land"),
        ([SHIP, (SITE, 'box = "middle-east"')], "box", 'a region of kind "theater"'),
        ([SHIP, (SITE, SITE + '\nbox = "sea"')], "box", "a site and a box"),
        ([SHIP, (SITE, 'box = "see"')], "box", 'unknown region "see"'),
        ([ORBIT], "site", "a site of satellites"),
        ([(SITE, SITE + '\ninclination = { value = "50 deg", source = "assumed" }')], "inclination", "not in orbit"),
        ([(SITE, SITE + '\ncommit = "own-track"')], "commit", "no radar of its own"),
        ([(SITE, SITE + '\ncommit = "hope"')], "commit", "any-track"),
        ([(SITE, SITE + '\nreserve = { value = 5, source = "assumed" }')], "reserve", "no launcher is reloaded"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, changes: list[tuple[str, str]], key: str, said: str) -> None:
    with pytest.raises(BadInputError) as error:
        load(written(tmp_path, *changes))
    found = [each for each in error.value.problems if each.key.startswith("cases.alaska.defenses.0")]
    assert [each for each in found if each.key.endswith(key)]
    assert said in str(error.value)
    assert all(each.line and each.do for each in found)


def test_a_ship_in_a_box_may_be_at_every_point_of_it(tmp_path: Path) -> None:
    scenario = load(written(tmp_path, SHIP, (SITE, 'box = "sea"')))
    (case,) = scenario.cases.values()
    places = stations(scenario, case.defenses[0])
    assert [place.name for place in places] == ["sea, 40.0 N 133.0 E", "sea, 41.0 N 134.0 E"]
    with pytest.raises(BadInputError, match="a ship without a place"):
        stations(scenario, replace(case.defenses[0], box=None))


def wrong(record: Interceptor) -> dict[str, str]:
    return {each.path: each.found for each in contradictions(record)}


def test_records_of_interceptors_do_not_contradict_themselves() -> None:
    known = catalog().interceptors
    gbi, laser, orbit = (known[name] for name in ("gbi", "airborne-laser", "space-based-interceptor"))
    assert wrong(gbi) == {}
    assert set(wrong(replace(gbi, burnout_speed=None))) == {"burnout_speed"}
    assert set(wrong(replace(laser, laser_dwell=None))) == {"laser_dwell"}
    assert set(wrong(replace(laser, burn_time=gbi.burn_time))) == {"burn_time"}
    assert set(wrong(replace(orbit, inclination=None))) == {"inclination"}
    assert set(wrong(replace(gbi, inclination=orbit.inclination))) == {"inclination"}
    assert set(wrong(replace(gbi, lowest_intercept=gbi.highest_intercept))) == {"lowest_intercept"}
    assert gbi.stages is not None
    assert set(wrong(replace(gbi, stages=replace(gbi.stages, value=7.0)))) == {"stages"}
