"""Forces that people bring along: CSV files, tables of a scenario, and how mistakes in them are told."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from detente.catalog.force_csv import columns, read_force
from detente.cli.main import app
from detente.problems import BadInputError
from detente.study.load import load

HEAD = (
    "party,on,name,basing,launchers,loaded,attributed,weapon_yield,accuracy,reliability,hardness,alert_day,"
    "alert_generated,bases,source"
)
SILOS = 'us,2001-08-08,silos,silo,100,3,3,335 kt_TNT,120 m,0.8,2000 psi,1,1,,"A. Author, p. 3"'
BOATS = 'us,2001-08-08,boats,submarine,96,8,8,100 kt_TNT,90 m,80 %,,0.6,0.9,1,"A. Author, p. 4"'


@pytest.fixture
def write(tmp_path):
    def made(*lines, name="own.csv"):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path / name

    return made


def refused(path):
    with pytest.raises(BadInputError) as caught:
        read_force(path)
    return [(each.line, each.key) for each in caught.value.problems]


def test_a_table_is_a_force(write):
    one = read_force(write("# remarks are left out", HEAD, SILOS, BOATS))
    assert (one.name, one.party, one.on.isoformat()) == ("own", "us", "2001-08-08")
    silos, boats = one.classes
    assert silos.weapon_yield.value == pytest.approx(335 * 4.184e12)
    assert silos.weapon_yield.source == "A. Author, p. 3"
    assert boats.reliability.value == 0.8
    assert boats.hardness is None
    assert one.published_warheads.value == 1068


def test_a_number_may_have_its_own_range_and_source(write):
    one = read_force(write(f"{HEAD},launchers_low,launchers_high,launchers_source", f"{SILOS},90,110,B. Other"))
    number = one.classes[0].launchers
    assert (number.low, number.value, number.high, number.source) == (90, 100, 110, "B. Other")


def test_every_mistake_of_a_table_is_told_at_once_with_line_and_column(write):
    wrong = "us,2001-08-08,silos,silos,-100,3,3,335 kt,120,1.8,2000 psi,1,1,,a"
    more = "us,2001-08-0x,boats,submarine,96,,8,100 kt_TNT,90 m,0.8,,0.6,0.9,1,"
    assert refused(write(HEAD, wrong, more)) == [
        (2, "basing"),
        (2, "launchers"),
        (2, "weapon_yield"),
        (2, "accuracy"),
        (2, "reliability"),
        (3, "source"),
        (3, "loaded"),
        (3, "on"),
    ]


def test_what_contradicts_itself_is_told_with_its_line(write):
    split = SILOS.replace(",100,3,", ",10.5,3,").replace("2000 psi", "")
    assert refused(write(HEAD, split, BOATS.replace("boats", "silos").replace(",1,", ",,"))) == [
        (2, "name"),
        (2, "launchers"),
        (2, "hardness"),
        (3, "name"),
        (3, "bases"),
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([HEAD], [(None, "")]),
        ([HEAD.replace("launchers", "rockets"), SILOS], [(1, "launchers"), (1, "rockets")]),
        ([HEAD, SILOS + ",1"], [(2, "")]),
        ([f"{HEAD},heavy,heavy", SILOS + ",1,1"], [(1, "heavy")]),
        ([f"{HEAD},heavy,seen", SILOS + ",2,maybe"], [(2, "heavy"), (2, "seen")]),
        ([HEAD, SILOS, BOATS.replace("us,", "russia,")], [(3, "party")]),
        ([HEAD, SILOS.replace('"A. Author, p. 3"', '"A')], [(None, "")]),
        ([f"{HEAD},dispersal_area", SILOS + ",3 km^2"], [(2, "dispersal_area"), (2, "dispersed_hardness")]),
    ],
)
def test_tables_that_are_none_are_refused(write, lines, found):
    assert refused(write(*lines)) == found


def test_files_that_cannot_be_read_are_refused(write, tmp_path):
    write(HEAD, SILOS)
    with pytest.raises(BadInputError, match=r"own\.csv"):
        read_force(tmp_path / "owm.csv")
    with pytest.raises(BadInputError, match="a folder"):
        read_force(tmp_path)
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInputError, match="UTF-8"):
        read_force(tmp_path / "bytes.csv")


def test_the_columns_are_the_numbers_of_a_class():
    assert {"hardness", "overhaul", "hardness_low", "source", "heavy"} <= set(columns())


def scenario(tmp_path, us, more):
    text = (files("detente.scenario") / "examples" / "genoa-2001.toml").read_text("utf-8")
    text = text.replace('us = { base = "us-2001" }', f"us = {us}", 1)
    text = text.replace("[sources]", '[sources]\n"A. Author" = "A. Author, a book"', 1)
    (tmp_path / "own.toml").write_text(f"{text}\n{more}\n", encoding="utf-8")
    return tmp_path / "own.toml"


def test_a_scenario_brings_a_table_along(write, tmp_path):
    write(HEAD, SILOS, BOATS)
    made = load(scenario(tmp_path, '{ base = "mine" }', '[forces.mine]\ncsv = "own.csv"'))
    assert made.catalog.forces["mine"].classes[0].launchers.value == 100
    assert "us-2001" in made.catalog.forces


def test_a_table_that_is_wrong_stops_the_scenario(write, tmp_path):
    write(HEAD, SILOS.replace(",100,", ",-1,"))
    with pytest.raises(BadInputError) as caught:
        load(scenario(tmp_path, '{ base = "mine" }', '[forces.mine]\ncsv = "own.csv"'))
    assert [(each.line, each.key) for each in caught.value.problems] == [(2, "launchers")]


def test_a_force_written_into_a_scenario_is_checked(tmp_path):
    own = """
[forces.mine]
title = "Mine"
party = "us"
on = 2001-08-08
classes = []
published_warheads = { value = 0, source = "assumed" }
"""
    with pytest.raises(BadInputError) as caught:
        load(scenario(tmp_path, '{ base = "us-2001" }', own))
    assert [each.key for each in caught.value.problems] == ["forces.mine.classes"]


def test_a_plan_that_does_not_fit_is_told_with_its_line(tmp_path):
    ceiling = '{ base = "us-2001", ceiling = { value = 9000, source = "assumed" } }'
    with pytest.raises(BadInputError) as caught:
        load(scenario(tmp_path, ceiling, ""))
    (only,) = caught.value.problems
    assert only.key == "cases.abm-treaty.forces.us.ceiling"
    assert only.line is not None
    assert "above the 7,116" in only.found


def run(words):
    return CliRunner().invoke(app, words.split(), env={"COLUMNS": "150"})


def test_reduce_prints_classes_and_the_way():
    ran = run("forces reduce us-2001 --to 1500 --policy single-warhead-first --by 2004")
    assert ran.exit_code == 0
    assert "Peacekeeper" in ran.output
    assert "year by year" in ran.output


def test_reduce_adds_up(write):
    path = write(HEAD, SILOS, BOATS)
    found = json.loads(run(f"forces reduce {path} --to 500 --policy keep-leg-share --keep slbm=0.5 --json").output)
    assert found["before"] == 1068
    assert found["after"] == sum(each["warheads"] for each in found["classes"]) <= 500
    assert found["after"] == sum(leg["counts"] for leg in found["legs"].values())


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("us-2001 --to -5", "--to"),
        ("us-2001 --to 10.5", "--to"),
        ("us-2001 --to many", "--to"),
        ("us-2001 --to 99999", "ceiling"),
        ("us-2001 --to 1500 --policy best", "--policy"),
        ("us-2001 --to 1500 --rule all", "--rule"),
        ("us-2001 --to 1500 --downloads salt", "--downloads"),
        ("us-2001 --to 1500 --policy keep-leg-share --keep boats=0.5", "--keep"),
        ("us-2001 --to 1500 --policy keep-leg-share --keep slbm=x", "--keep"),
        ("us-2001 --to 1500 --policy keep-leg-share --keep slbm=0.5 --keep slbm=0.2", "--keep"),
        ("us-2001 --to 1500 --policy best-survival --against none", ""),
        ("us-1990 --to 1500 --rule operationally-deployed", "trident-i.overhaul"),
        ("nothing --to 1500", ""),
        ("us-2001 --to 1500 --by 1999", "by"),
    ],
)
def test_reduce_refuses_what_cannot_be(words, key):
    ran = run(f"forces reduce {words}")
    assert isinstance(ran.exception, BadInputError)
    assert key in [each.key for each in ran.exception.problems]
