"""Flights asked for at the terminal: what is told for each mistake, the poles, the events, the history as a table."""

import csv
import json

import pytest

from detente.cli.main import main

SHAPES = ["minimum-energy", "lofted", "depressed", "1300 km", "26 deg"]


@pytest.fixture
def detente(capsys, monkeypatch):
    """Run a verb in this process; give its exit code and what it printed, each as one line."""

    def run(*words):
        monkeypatch.setattr("sys.argv", ["detente", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, " ".join(said.err.split())

    return run


FLY = ["fly", "scud-b", "--from", "34,44", "--to", "32.1,44.9"]
REFUSED = [
    (["fly", "ss-18", "--from", "10,10", "--to", "-10,-170"], ["--to", "20,015 km", "up to 18,000 km", "antipode"]),
    (["fly", "ss-18", "--from", "10,10", "--to", "10,10"], ["--to", "0.0 km from the launch", "10 km and more"]),
    (["fly", "ss-18", "--from", "10,10", "--to", "10,500"], ["--to", "longitude from -360 to 360"]),
    (["fly", "ss-18", "--from", "-90.1,10", "--to", "10,50"], ["--from", "latitude from -90 to 90"]),
    (["fly", "ss-18", "--from", "10,inf", "--to", "10,50"], ["--from", '"10,inf"']),
    ([*FLY, "--trajectory", "1 km"], ["--trajectory", "apogee of 1 km", "from 35 km, the lowest it flies"]),
    ([*FLY, "--trajectory", "900 km"], ["--trajectory", "up to 151 km, the highest it flies"]),
    ([*FLY, "--trajectory", "88 deg"], ["--trajectory", "88.0°", "up to 56.3°; with the least energy it is 40.0°"]),
    ([*FLY, "--trajectory", "2 deg"], ["--trajectory", "from 23.7°"]),
    ([*FLY, "--trajectory=-5"], ["--trajectory", 'an apogee such as "1200 km"']),
    ([*FLY, "--trajectory", "nan"], ["--trajectory", '"nan"']),
    ([*FLY, "--cloud-break", "0"], ["--cloud-break", "up to 100 km"]),
    ([*FLY, "--cloud-break", "nan"], ["--cloud-break", "nan km"]),
    (["range", "scud-b", "--payload=-1"], ["--payload", "-1 kg", "above 0", "987 kg"]),
    (["range", "scud-b", "--payload", "inf"], ["--payload", "above 0"]),
    (["range", "scud-b", "--payload", "20000"], ["--payload", "cannot lift off", "light enough"]),
    (["infer", "--apogee", "1", "--range", "10000"], ["apogee", "239 km (for this range) to 10,000 km"]),
    (["infer", "--apogee=-5", "--range", "100"], ["apogee", "-5 km"]),
    (["infer", "--apogee", "100", "--range", "0"], ["range", "above 0 and up to 19,900 km"]),
    (["infer", "--apogee", "nan", "--range", "inf"], ["2 problems", "nan km", "inf km"]),
    (["infer", "--apogee", "100", "--range", "100", "--azimuth", "3"], ["from", "Give both, or neither"]),
    (["infer", "--apogee", "100", "--range", "100", "--from", "1,1"], ["azimuth", "Give both, or neither"]),
    (["infer", "--apogee", "100", "--range", "100", "--time=-3"], ["time", "above 0 s"]),
    (["infer", "--apogee", "100", "--range", "100", "--time", "nan"], ["time", "nan s"]),
    (["infer", "--apogee", "100", "--range", "100", "--missile", "scudb"], ['Did you mean "scud-b"']),
]


@pytest.mark.parametrize(("line", "words"), REFUSED, ids=lambda each: " ".join(each[:2]))
def test_what_cannot_be_is_told_with_the_next_move(detente, line, words):
    code, out, err = detente(*line)
    assert (code, out) == (2, "")
    assert [word for word in words if word not in err] == []
    assert "Traceback" not in err
    assert err.count("; allowed: ") == (2 if "2 problems" in words else 1)


@pytest.mark.parametrize(("start", "aim"), [("90,0", "45,10"), ("-90,50", "-45,10"), ("45,10", "90,77")])
def test_a_pole_is_a_place_like_any_other(detente, start, aim):
    code, out, _ = detente("fly", "ss-18", f"--from={start}", f"--to={aim}", "--json")
    assert code == 0
    last = json.loads(out)["events"][-1]
    assert last["latitude_deg"] == pytest.approx(float(aim.split(",")[0]), abs=1e-4)


def test_longitudes_beyond_180_are_the_same_place(detente):
    ends = [detente("fly", "ss-18", "--from", "45,10", "--to", f"30,{east}", "--json")[1] for east in (-90, 270)]
    one, other = (json.loads(text)["events"][-1] for text in ends)
    assert one["time_s"] == pytest.approx(other["time_s"], abs=1e-3)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_event_is_told_in_every_shape(detente, shape):
    line = ["fly", "ss-18", "--from", "51,60", "--to", "40,-20", "--trajectory", shape, "--cloud-break", "9"]
    code, out, _ = detente(*line, "--json")
    assert code == 0
    events = {event["event"]: event for event in json.loads(out)["events"]}
    wanted = ["launch", "cloud-break", "burnout-1", "100-km-up", "cut-off", "apogee", "100-km-down", "impact"]
    assert sorted(events) == sorted(wanted)
    assert events["cloud-break"]["altitude_km"] == pytest.approx(9.0, abs=1e-5)
    for name in ("100-km-up", "100-km-down"):
        assert events[name]["altitude_km"] == pytest.approx(100.0, abs=1e-5)
    assert max(event["altitude_km"] for event in events.values()) == events["apogee"]["altitude_km"]
    code, shown, _ = detente(*line)
    assert code == 0
    assert all(name in shown for name in wanted)


def test_the_history_has_the_columns_of_propagate(detente, tmp_path):
    flight, passage = tmp_path / "flight.csv", tmp_path / "passage.csv"
    code, out, _ = detente(*FLY, "--csv", flight, "--json")
    assert code == 0
    detente("propagate", "nesc-9", "--csv", passage, "--json")
    with flight.open(encoding="utf-8") as one, passage.open(encoding="utf-8") as other:
        rows, columns = list(csv.DictReader(one)), next(csv.reader(other))
    assert list(rows[0]) == columns
    assert float(rows[-1]["time_s"]) == pytest.approx(json.loads(out)["flight_time_s"])
    assert float(rows[-1]["altitude_m"]) == pytest.approx(0.0, abs=1e-3)


def test_a_file_that_holds_something_else_is_kept(detente, tmp_path):
    kept = tmp_path / "notes.csv"
    kept.write_text("mine\n", encoding="utf-8")
    code, out, err = detente(*FLY, "--csv", kept)
    assert (code, out) == (2, "")
    assert "holds something else" in err
    assert kept.read_text(encoding="utf-8") == "mine\n"
