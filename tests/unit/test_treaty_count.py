"""Counting force files: the official data, what a file need not say, and every mistake told at once."""

import json
from datetime import date, timedelta
from importlib.resources import files

import pytest
from typer.testing import CliRunner

from detente.cli.treaty import app
from detente.problems import BadInputError
from detente.treaties.force_file import party_named, read, types
from detente.treaties.tally import COUNTED, count

MOU = str(files("detente.treaties") / "data" / "start1_mou_1990-09-01.csv")
FINAL = date(2001, 12, 5)
HEAD = "party,category,type,deployed,attribution\n"


@pytest.fixture
def written(tmp_path):
    """A force file with the text given."""

    def write(text):
        path = tmp_path / "force.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def told(file, treaty="start-1", on=FINAL, party=None):
    with pytest.raises(BadInputError) as error:
        count(file, treaty, on, party)
    return [f"{each.key}: {each}" for each in error.value.problems]


def test_the_data_of_1990_give_the_published_totals():
    us, soviet = count(MOU, "start-1", FINAL)
    keys = ("delivery_vehicles", "warheads", "ballistic_missile_warheads", "throw_weight_t")
    assert [us.totals[key] for key in keys] == [2246, 10563, 8210, pytest.approx(2361.3, abs=1e-9)]
    assert [soviet.totals[key] for key in keys] == [2500, 10271, 9416, pytest.approx(6626.3, abs=1e-9)]
    assert us.totals["cruise_missile_warheads"] == 1968
    assert (soviet.totals["mobile_icbm_warheads"], soviet.totals["heavy_icbm_warheads"]) == (618, 3080)


def test_a_rule_in_the_cell_counts_as_the_number_it_gives(written):
    text = HEAD + "US,BOMBER,B-52 (ALCM),189,rule:first150x10+39x12\n"
    (one,) = count(written(text), "start-1", FINAL)
    assert one.totals["warheads"] == 1968
    assert "speaks of 189" in told(written(text.replace("B-52 (ALCM),189", "B-52 (ALCM),190")))[0]


def test_the_same_force_gives_four_answers(written):
    text = (
        "party,category,type,deployed,attribution,loaded,nondeployed,equipped,operational\n"
        "US,SLBM,Trident II,100,8,400,0,,380\nUS,BOMBER,B-52H (ALCM),20,10,,0,20,100\n"
    )
    found = count(written(text), "all", date(2020, 1, 1))
    assert [one.treaty for one in found] == list(COUNTED)
    assert [one.totals["warheads"] for one in found] == [1000, 1200, 480, 420]
    assert [one.in_force for one in found] == [False, False, False, True]


def test_what_the_file_does_not_say_comes_from_the_table_of_types_and_is_told(written):
    (one,) = count(written(HEAD + "SU,ICBM,SS-18,308,10\nSU,ICBM,SS-25,288,1\n"), "start-1", FINAL)
    assert (one.totals["heavy_icbm_warheads"], one.totals["mobile_icbm_warheads"]) == (3080, 288)
    assert one.totals["throw_weight_t"] == pytest.approx(308 * 8.8 + 288)
    assert any(note.startswith("unverified: throw-weights") for note in one.notes)


def test_recalled_equipment_is_told_only_where_it_counts(written):
    text = HEAD + "SU,BOMBER,Blackjack,{},8\n"
    notes = {
        (treaty, number): count(written(text.format(number)), treaty, date(2012, 1, 1))[0].notes
        for treaty in ("start-1", "start-2", "new-start")
        for number in (180, 181)
    }
    assert {key for key, value in notes.items() if value} == {("start-1", 181), ("start-2", 180), ("start-2", 181)}


@pytest.mark.parametrize(("vehicles", "status"), [(1599, "complies"), (1600, "complies"), (1601, "exceeds")])
def test_just_below_at_and_above(written, vehicles, status):
    (one,) = count(written(HEAD + f"US,ICBM,MM II,{vehicles},1\n"), "start-1", FINAL)
    assert one.limits[0].status == status
    assert one.limits[0].margin == 1600 - vehicles


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (FINAL - timedelta(1), "complies"),
        (FINAL, "exceeds"),
        (date(2009, 12, 4), "exceeds"),
        (date(2009, 12, 5), "not in force"),
        (date(1994, 12, 4), "not in force"),
        (date(1994, 12, 5), "complies"),
    ],
)
def test_the_last_day_and_the_next(written, day, status):
    (one,) = count(written(HEAD + "US,ICBM,MM II,1700,1\n"), "start-1", day)
    assert one.limits[0].status == status
    assert one.in_force == (status != "not in force") == (one.standing == "")


def test_a_limit_that_was_recalled_says_so():
    (one, _) = count(MOU, "start-1", date(2000, 1, 1))
    recalled = [limit for limit in one.limits if limit.text_status == "unverified"]
    assert recalled
    assert all("unverified" in limit.because for limit in recalled)


def test_a_force_of_the_catalog_counts_like_its_table():
    (one,) = count("ussr-1990", "start-1", FINAL, "russia")
    assert one.totals == count(MOU, "start-1", FINAL, "ussr")[0].totals


def test_a_bomber_that_could_be_of_two_kinds_leaves_start_2_open(written):
    (one,) = count(written(HEAD + "US,BOMBER,B-52,10,10\n"), "start-2", FINAL)
    assert one.limits[0].as_if_in_force == "not determinable"
    assert "column equipped" in one.limits[0].because


def test_every_mistake_is_told_at_once(written):
    text = (
        "party,category,type,deployed,attribution,mobile,warheads,throw_weight_kg\n"
        "US,ICBM,Minutman III,500,3,0,,\nFR,SLBM,Trident II,96,8,,,\nUS,SLBM,Trident I,-384,8,,,\n"
        "US,ICBM,Peacekeeper,50,11,,,\nSU,ICBM,SS-24,56,10,,,\nSU,SLBM,SS-18,308,10,0,,\n"
        "US,ICBM,MM II,450,1,0,451,\nSU,ICBM,SS-19,300,6,2,,\nSU,ICBM,SS-17,47,4,,,nan\nSU,ICBM,SS-17,47,4,,,\n"
    )
    found = told(written(text), "start-3", "2001-13-01", "de")
    assert [each.split(":")[0] for each in found] == (
        [
            "--treaty",
            "--on",
            "type",
            "party",
            "deployed",
            "attribution",
            "mobile",
            "category",
            "warheads",
            "mobile",
            "throw_weight_kg",
            "type",
            "--party",
        ]
    )
    assert 'Did you mean "minuteman iii"' in found[2]
    assert "force.csv:2:" in found[2]


@pytest.mark.parametrize("column", HEAD.strip().split(","))
def test_a_missing_column_is_named(written, column):
    heads = [each for each in HEAD.strip().split(",") if each != column]
    assert (
        f"found no such column; allowed: {HEAD.strip().replace(',', ', ')}"
        in told(written(",".join(heads) + "\n" + ",".join(["1"] * len(heads)) + "\n"))[0]
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no row"),
        ("# nothing\n", "no row"),
        (HEAD, "no row below the heading"),
        (HEAD + "US,ICBM,MX,50\n", "4 cells"),
        (HEAD + 'US,ICBM,"MX,50,10\n', "no CSV"),
        (HEAD.strip() + ",trow_weight_kg\nUS,ICBM,MX,50,10,1\n", 'Did you mean "throw_weight_kg"'),
        (HEAD.strip() + ",deployed\nUS,ICBM,MX,50,10,1\n", "a column twice"),
        (HEAD.strip() + ",loaded\nUS,ICBM,MX,0,10,5\n", "5 on no deployed missile"),
        (HEAD.strip() + ",heavy\nUS,ICBM,MX,1,10,yes\n", '"yes"'),
        ("as_of,us_deployed,us_warheads\n2018-02-05,1,1\n", "us_launchers_total"),
        ("as_of,us_deployed,us_warheads,us_launchers_total\n2018-02-30,1,1,1\n", "2018-02-30"),
        ("as_of,us_deployed,us_warheads,us_launchers_total\n2018-02-05,801,1,800\n", "more than the 800"),
        ("as_of,us_deployed,us_warheads,us_launchers_total\n2018-02-05,,1,800\n", "found nothing"),
        ("as_of,us_deployed,us_warheads,us_launchers_total\n2018-02-05,1,1,1\n2018-02-05,1,1,1\n", "a second time"),
    ],
)
def test_a_bad_file_is_told(written, text, said):
    assert said in told(written(text), "new-start", date(2018, 2, 5))[0]


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    assert "no such file" in told(tmp_path / "no.csv")[0]
    assert "a folder" in told(tmp_path)[0]
    (tmp_path / "latin.csv").write_bytes(b"\xff\xfe")
    assert "not UTF-8" in told(tmp_path / "latin.csv")[0]
    assert "us-2001" in told("us-201")[0]


@pytest.mark.parametrize(
    ("treaty", "signed"),
    [
        ("start-1", date(1991, 7, 31)),
        ("start-2", date(1993, 1, 3)),
        ("new-start", date(2010, 4, 8)),
        ("sort", date(2002, 5, 24)),
        ("all", date(1991, 7, 31)),
    ],
)
def test_a_date_before_signature_is_told(treaty, signed):
    assert count(MOU, treaty, signed)
    assert f"a date from {signed}" in told(MOU, treaty, signed - timedelta(1))[0]


def test_totals_that_begin_later_are_told(written):
    file = written("as_of,us_deployed,us_warheads,us_launchers_total\n2018-02-05,1,1,1\n")
    assert "before the first totals" in told(file, "new-start", date(2018, 2, 4))[0]
    (one,) = count(file, "start-1", date(2018, 2, 5))
    assert {limit.as_if_in_force for limit in one.limits} == {"not determinable"}


def test_a_party_that_the_file_lacks_is_told():
    assert "whose forces the file holds" in told("us-1990", party="russia")[0]


@pytest.mark.parametrize(("written", "party"), [("US", "us"), ("Soviet-Union", "russia"), ("", None)])
def test_parties_by_any_name(written, party):
    assert party_named(written) == party


def test_the_types_hold_every_row_of_the_official_table():
    assert {each.name for each in types().values()} >= {"SS-18", "Blackjack"}
    assert len(read(MOU).holdings["russia"]) == 17


def test_the_verb():
    ran = CliRunner().invoke(
        app, ["count", MOU, "--treaty", "start-1", "--party", "us", "--on", "2001-12-05", "--json"]
    )
    assert ran.exit_code == 1
    one = json.loads(ran.stdout)
    assert one["totals"]["warheads"] == 10563
    assert set(one["limits"][0]) >= {"name", "limit", "value", "binding_from", "status"}
    ran = CliRunner().invoke(app, ["count", MOU, "--treaty", "all", "--on", "1996-01-01"])
    assert ran.exit_code == 0
    assert "side by side" in ran.stdout
    assert "never in force" in ran.stdout
    ran = CliRunner().invoke(app, ["count", MOU, "--treaty", "all", "--on", "1996-01-01", "--json"])
    assert len(json.loads(ran.stdout)["counts"]) == 8
