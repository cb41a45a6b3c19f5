"""The terminal: every verb's help, exit code, JSON and way of telling bad input."""

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import typer

from detente import __version__
from detente.cli import main as door
from detente.study.schema import kinds, schema


@dataclass
class Ran:
    code: int
    out: str
    err: str


def detente(line=""):
    """Run the command in this process, as `detente LINE` would."""
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
    return Ran(code, out.getvalue(), err.getvalue())


def refused(line):
    """Run the command, hold that it ends as bad input does, and return what it says."""
    ran = detente(line)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert re.match(r"\d+ problems?:\n  ", ran.err)
    count = int(ran.err.split(" ", 1)[0])
    assert len(re.findall(r"\n  (?! )", ran.err)) == count
    return " ".join(ran.err.split())


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.chdir(tmp_path)


def verbs(command=None, words=()):
    """Return every verb with its words, for example ("treaty", "check")."""
    command = command or typer.main.get_command(door.app)
    if not hasattr(command, "commands"):
        return [(words, command)]
    return [found for name, one in command.commands.items() for found in verbs(one, (*words, *name.split()))]


VERBS = verbs()
NAMES = [" ".join(words) for words, _ in VERBS]


def test_the_verbs_are_those_of_the_design():
    wanted = ["brief", "fly", "warn", "footprint", "raid", "forces", "validate", "schema"]
    assert {*wanted, "catalog list", "catalog show", "treaty check"} <= set(NAMES)


@pytest.mark.parametrize(("words", "command"), VERBS, ids=NAMES)
def test_help_ends_with_an_example_that_parses(words, command):
    ran = detente(f"{' '.join(words)} --help")
    assert ran.code == 0
    assert ran.err == ""
    _, mark, last = ran.out.rpartition("Example: ")
    assert mark
    for example in " ".join(last.split()).split(", or: "):
        typed = shlex.split(example.split(" > ")[0])
        assert typed[: len(words) + 1] == ["detente", *words]
        command.make_context("detente", typed[len(words) + 1 :])  # raises where it does not parse


def test_help_of_the_whole_names_every_verb_and_where_to_start():
    ran = detente("--help")
    assert all(words[0] in ran.out for words, _ in VERBS)
    assert ran.out.strip().splitlines()[-1].strip() == "Start with: detente brief genoa-2001"
    alone = detente()
    assert alone.code == 0
    assert "Start with: detente brief genoa-2001" in alone.out


def test_every_verb_that_answers_has_json():
    without = {"schema"}  # prints JSON and nothing else anyway
    for words, command in VERBS:
        options = {name for option in command.params for name in option.opts}
        assert "--json" in options or words[0] in without


JSON = {
    "fly scud-b --from 34,44 --to 32.5,44.5 --json": {"missile", "apogee_km", "events"},
    "infer --apogee 4475 --range 950 --json": {"free_flight_time_s", "flight_time_s", "max_range_km"},
    "propagate nesc-9 --json": {"rows", "final", "events"},
    "warn minimal --json": {"scenario", "digest", "cases", "timelines", "coverage"},
    "footprint minimal --json": {"scenario", "digest", "cases"},
    "raid minimal --json": {"scenario", "digest", "cases"},
    "raid --objects 20 --sspk 0.8 --json": {"p_no_leak", "expected_leakers"},
    "forces minimal --json": {"scenario", "digest", "cases", "orderings"},
    "forces reduce us-2001 --to 1500 --by 2007 --json": {"before", "after", "classes", "legs", "years"},
    "treaty check minimal --json": {"scenario", "cases"},
    "catalog list --json": {"missiles", "radars"},
    "catalog list radars --json": {"radars"},
    "catalog show gbi --json": {"records"},
    "validate --json": {"rows", "passed", "failed"},
    "schema": {"properties", "$defs"},
    "schema forces": {"additionalProperties"},
    "brief minimal --samples 0 --out made --json": {"scenario", "digest", "findings", "cases"},
}


@pytest.mark.parametrize("line", JSON)
def test_json_is_one_object_on_stdout_and_nothing_else(line):
    ran = detente(line)
    found = json.loads(ran.out)
    assert set(found) >= JSON[line]
    assert ran.err == ""
    assert ran.code in {0, 1}


def test_brief_json_has_what_programs_read():
    found = json.loads(detente("brief minimal --samples 8 --out made --json").out)
    assert len(found["digest"]) == 64
    for finding in found["findings"]:
        assert {"text", "value", "low", "high", "unit", "case", "source"} <= set(finding)
        assert finding["text"]
    for case in found["cases"]:
        assert {"name", "protection", "warning", "stability", "law", "cooperation"} <= set(case)
    assert json.loads(Path("made/results.json").read_text(encoding="utf-8")) == found


def test_the_same_question_has_the_same_answer():
    once, again = (detente("raid minimal --json").out for _ in range(2))
    assert once == again


def test_exit_code_says_whether_a_treaty_breaks():
    assert detente("treaty check minimal --treaty abm-1972").code == 1
    assert detente("treaty check minimal --treaty sort-2002").code == 0


def test_exit_code_says_whether_the_wanted_probability_is_reached():
    line = "raid --objects 4 --sspk 0.8 --doctrine salvo:4 --require"
    assert detente(f"{line} 0.99").code == 0
    assert detente(f"{line} 0.999").code == 1


def test_a_bad_scenario_ends_with_every_problem_and_writes_nothing(tmp_path):
    text = (files("detente.scenario") / "examples/minimal.toml").read_text(encoding="utf-8")
    bad = text.replace("generic-liquid-icbm", "generic-liqiud-icbm").replace('"60 s"', '"60 km"')
    (tmp_path / "mine.toml").write_text(bad, encoding="utf-8")
    for verb in ("brief", "warn", "footprint", "raid", "forces"):
        said = refused(f"{verb} mine.toml --json")
        assert said.startswith("2 problems:")
        assert "mine.toml:" in said
        assert 'Did you mean "generic-liquid-icbm"' in said
        assert "60 km" in said
    assert "2 problems" in refused("treaty check mine.toml")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.toml"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("warn genova-2001", ['"genoa-2001"']),
        ("warn nowhere.toml", ["no such file"]),
        ("warn minimal --case alasca", ['"alaska"']),
        ("treaty check minimal --case alasca", ['"alaska"']),
        ("treaty check minimal --treaty abm-1973", ['"abm-1972"']),
        ("treaty check minimal --on 8.8.2001", ["--on", "year-month-day"]),
        ("catalog list missles", ['"missiles"']),
        ("catalog show scudb", ['"scud-b"']),
        ("schema missles", ['"missiles"']),
        ("raid", ["--objects", "--sspk"]),
        ("raid --objects 3", ["--sspk"]),
        ("raid minimal --objects 3", ["a scenario and --objects"]),
        ("raid --objects 0 --sspk 0.5", ["whole number"]),
        ("raid --objects 3 --sspk 1.5", ["0 to 1"]),
        ("raid --objects 3 --sspk 0.5 --doctrine volley", ["salvo:N"]),
        ("raid --objects 3 --sspk 0.5 --require 1", ["below 1"]),
        ("fly scudb --from moscow --to berlin", ['"scud-b"']),
        ("fly scud-b --from moscov --to berlin", ["--from", '"moscow"']),
        ("fly scud-b --from moscow --to 91,0", ["--to", "latitude from -90 to 90"]),
        ("fly scud-b --from nan,0 --to moscow", ["--from", "latitude from -90 to 90"]),
        ("fly scud-b --from moscow --to 1,2,3", ["LAT,LON"]),
        ("fly scud-b --from moscow --to moscow", ["10 km and more"]),
        ("fly scud-b --from moscow --to washington", ["cannot reach", "greatest range"]),
        ("fly scud-b --from moscow --to washington --json", ["cannot reach", "greatest range"]),
        ("fly minuteman-iii --from 0,0 --to 0,180", ["antipode", "18,000 km"]),
        ("fly scud-b --from 34,44 --to 32.5,44.5 --trajectory high", ["--trajectory", "lofted"]),
        ("fly scud-b --from 34,44 --to 32.5,44.5 --trajectory 900", ["apogee", "the highest it flies"]),
    ],
)
def test_bad_input_is_told_with_the_way_out(line, words):
    said = refused(line)
    assert all(word in said for word in words)


@pytest.mark.parametrize(
    "line", ["frobnicate", "brief", "brief minimal --samples few", "fly scud-b", "warn minimal --no"]
)
def test_wrong_usage_is_bad_input_too(line):
    ran = detente(line)
    assert ran.code == 2
    assert ran.out == ""
    assert "Usage:" in ran.err
    assert "Traceback" not in ran.err


def flown(options):
    return json.loads(detente(f"fly generic-mrbm --from 34,44 --to 34,52 {options} --json").out)


def test_trajectories_differ_as_they_are_called():
    least, high, low, chosen = (
        flown(f"--trajectory {name}" if name else "") for name in ("", "lofted", "depressed", "300")
    )
    assert low["apogee_km"] < least["apogee_km"] < high["apogee_km"]
    assert chosen["apogee_km"] == pytest.approx(300, abs=0.1)
    assert [one["trajectory"] for one in (least, high, low, chosen)] == [
        "minimum-energy",
        "lofted",
        "depressed",
        "apogee 300 km",
    ]
    for one in (least, high, low, chosen):
        last = one["events"][-1]
        assert (last["event"], last["altitude_km"]) == ("impact", pytest.approx(0, abs=0.01))
        assert (last["latitude_deg"], last["longitude_deg"]) == (
            pytest.approx(34, abs=1e-4),
            pytest.approx(52, abs=1e-4),
        )


def test_places_and_coordinates_mean_the_same():
    by_name = json.loads(detente("fly ss-18 --from dombarovsky --to moscow --json").out)
    place = {row["field"]: row["value"] for row in _values("moscow")}
    at = f"{place['latitude']},{place['longitude']}"
    by_point = json.loads(detente(f"fly ss-18 --from dombarovsky --to {at} --json").out)
    assert by_name["flight_time_s"] == pytest.approx(by_point["flight_time_s"], abs=0.05)


def _values(name):
    (record,) = json.loads(detente(f"catalog show {name} --json").out)["records"]
    return record["values"]


def test_tables_are_for_people():
    ran = detente("catalog show scud-b")
    assert "unverified" in detente("catalog show gbi").out
    assert "burn time" in ran.out.replace("_", " ")
    assert "greatest" not in ran.err
    assert "Scud-B" in detente("catalog list missile").out
    alarm = detente("catalog show serpukhov-1983").out
    assert all(words in alarm for words in ("sunlight on high cloud", "too few missiles", "seen: yes"))
    for line in ("warn minimal", "footprint minimal", "raid minimal", "forces minimal", "treaty check minimal"):
        assert "alaska" in detente(line).out


def test_catalog_list_knows_singular_and_hyphen():
    for kind, wanted in (("missile", "missiles"), ("cross-sections", "cross_sections"), ("force", "forces")):
        assert list(json.loads(detente(f"catalog list {kind} --json").out)) == [wanted]


def plain(value):
    """A TOML value as JSON has it: dates become text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("file", ["scenario", *kinds()])
def test_schema_is_valid_and_accepts_what_is_bundled(file):
    made = json.loads(detente(f"schema {file}").out)
    jsonschema.Draft202012Validator.check_schema(made)
    folder = files("detente") / ("scenario/examples" if file == "scenario" else f"catalog/data/{file}")
    bundled = [item for item in folder.iterdir() if item.name.endswith(".toml")]
    assert bundled
    validator = jsonschema.Draft202012Validator(made)
    for item in bundled:
        validator.validate(plain(tomllib.loads(item.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("cases", "alaska", "colour"), "red"),
        (("cases", "alaska", "summary"), None),
        (("threats", "one-missile", "missiles"), 0),
        (("threats", "one-missile", "kind"), "huge"),
        (("assumptions", "decision_floor"), 2),
        (("assumptions", "decision_floor", "source"), None),
        (("question",), None),
    ],
)
def test_schema_refuses_what_the_loader_refuses(path, value):
    raw = plain(tomllib.loads((files("detente.scenario") / "examples/minimal.toml").read_text(encoding="utf-8")))
    table = raw
    for key in path[:-1]:
        table = table[key]
    if value is None:
        del table[path[-1]]
    else:
        table[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema("scenario")).validate(raw)


def test_schema_describes_every_field_of_a_scenario():
    made = schema("scenario")
    parts = [made, *(part for name, part in made["$defs"].items() if name not in {"Place", "Region"})]
    silent = [
        (part["title"], name)
        for part in parts
        for name, one in part["properties"].items()
        if not one.get("description")
    ]
    assert not silent


def as_program(*words):
    env = {**os.environ, "COLUMNS": "250"}
    return subprocess.run(
        [sys.executable, "-m", "detente", *words], capture_output=True, text=True, env=env, check=False
    )


def test_as_a_module():
    ran = as_program("--version")
    assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (0, __version__, "")


def test_as_a_program_bad_input_is_told_on_stderr():
    ran = as_program("treaty", "check", "no-such", "--json")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("1 problem:")


def test_a_reader_that_leaves_early_is_no_error():
    line = f"{shlex.quote(sys.executable)} -m detente schema | head -c 10"
    ran = subprocess.run(["bash", "-c", f"set -o pipefail; {line}"], capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr
    assert "Error" not in ran.stderr
