"""`detente forces`: orderings with measures, the map and the play forward, as tables, JSON and pictures."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from detente.cli.forces import _range
from detente.cli.main import app
from detente.forces.measures import MEANINGS
from detente.problems import BadInputError

MAP = "--map warheads=500:6500:1000 interceptors=0:1000:200"


def said(words, code=0):
    ran = CliRunner().invoke(app, ["forces", *words.split()], env={"COLUMNS": "120"})
    if isinstance(ran.exception, BadInputError):
        raise ran.exception
    assert ran.exit_code == code, ran.output
    return ran.stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("forces")
    found = json.loads(said(f"genoa-2001 {MAP} --minutes 0:6:3 --samples 16 --forward --out {out} --json"))
    return out, found


def test_orderings_have_ranges_and_the_measures_of_their_posture(made):
    _, found = made
    assert len(found["orderings"]) == 16
    for row in found["orderings"]:
        for name in ("surviving_warheads", "arriving_warheads"):
            assert row[name]["low"] <= row[name]["value"] <= row[name]["high"]
        assert {"attacker", "posture", "case"} <= set(row)
        assert set(row["measures"]) <= set(MEANINGS)
        assert row["measures"]["margin"] == pytest.approx(row["arriving_warheads"]["value"] - 400.0)


def test_the_map_is_told_by_cell_contour_and_point(made):
    _, found = made
    told = found["map"]
    assert told["warheads"] == [500.0, 1500.0, 2500.0, 3500.0, 4500.0, 5500.0, 6500.0]
    assert told["interceptors"] == [0.0, 200.0, 400.0, 600.0, 800.0, 1000.0]
    assert {(one["victim"], one["posture"], one["minutes"]) for one in told["sides"]} >= {
        ("us", "day-to-day", 0.0),
        ("russia", "generated", 6.0),
    }
    for one in told["sides"]:
        assert len(one["assured"]) == 6
        for row in one["assured"]:
            assert len(row) == 7
            assert all(0.0 <= share <= 1.0 for share in row)
        assert set(one["contours"]) == {"0.95", "0.5", "0.05", "best"}
    assert {point["case"] for point in told["points"]} == set(found["cases"])


def test_the_play_forward_is_told(made):
    _, found = made
    told = found["forward"]
    assert told["case"] == "abm-treaty"
    assert len(told["answers"]) == len(told["drawdown_curves"]) == 4
    for one in told["answers"]:
        assert one["steps"][0]["keep_for_same"]["value"] == pytest.approx(one["held_warheads"])
        assert one["steps"][1]["keep_for_same"]["value"] is None  # the whole catalog force is kept already
    assert told["change_of_measures_per_100_interceptors"]["margin.russia"]["us"] < 0.0


def test_pictures_and_page_hold_together(made):
    out, found = made
    assert json.loads((out / "forces.json").read_text(encoding="utf-8")) == found
    for name in ("stability-map", "forces-forward"):
        svg = (out / f"{name}.svg").read_text(encoding="utf-8")
        assert svg.startswith("<svg")
        assert "NaN" not in svg
        assert "undefined" not in svg
    page = (out / "stability-map.html").read_text(encoding="utf-8")
    (data,) = re.findall(r'type="application/json">(.*?)</script>', page, flags=re.DOTALL)
    told = json.loads(data)
    assert told["victims"] == ["russia", "us"]
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")


def test_tables_say_where_it_holds_and_what_to_keep():
    text = said("genoa-2001 --case russian-proposal --map 1500 0 --samples 8 --forward")
    for words in ("assured up to", "kept for the same", "per 100 interceptors", "russian-proposal: warheads"):
        assert words in text
    assert "us-framework" not in text


@pytest.mark.parametrize(
    ("words", "said_so"),
    [
        ("genoa-2001 --map warheads=x interceptors=0:10:1", "LOW:HIGH:STEP"),
        ("genoa-2001 --map warheads=100:500:-1 interceptors=0:10:1", "STEP above 0"),
        ("genoa-2001 --map warheads=500:100:10 interceptors=0:10:1", "LOW below HIGH"),
        ("genoa-2001 --map warheads=inf interceptors=0", "LOW:HIGH:STEP"),
        ("genoa-2001 --map warheads=1:6000:1 interceptors=0", "6000 values"),
        ("genoa-2001 --map warheads=8000 interceptors=0", "7,116"),
        ("genoa-2001 --map warheads=-5 interceptors=0", "warheads"),
        ("genoa-2001 --map warheads=500 interceptors=-1", "interceptors"),
        ("genoa-2001 --map warheads=500 interceptors=0 --interceptor thaad", "thaad"),
        ("minimal --forward", "two parties"),
        ("minimal --map warheads=100 interceptors=0", "two parties"),
        ("minimal --out made", "two parties"),
        ("genoa-2001 --minutes 5", "--minutes without --map"),
        ("genoa-2001 --case nobody", "nobody"),
        ("genoa-2001 --out pyproject.toml", "which is a file"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_runs(words, said_so, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("")
    with pytest.raises(BadInputError, match=said_so):
        said(words)


def test_ranges_hold_both_ends():
    assert _range("--map", "0:1:0.1", "")[-1] == pytest.approx(1.0)
    assert len(_range("--map", "500:6500:100", "")) == 61
    assert _range("--map", "7", "") == (7.0,)
