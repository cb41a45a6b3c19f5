"""Any initial state: the same as the compiled flight where both apply, exact ends, every mistake in a file told."""

import csv
import json
import math

import numpy as np
import pytest

from detente.cli.main import main
from detente.earth import EGM96, WGS84, ecef_from_geodetic, sphere
from detente.flight import tables
from detente.flight.free import fly_free
from detente.flight.propagate import Air, Drag, Wind, propagate
from detente.flight.state_file import examples, load
from detente.flight.world import world
from detente.problems import BadInputError

NESC_9 = examples()["nesc-9"].read_text(encoding="utf-8")
HIGH = (np.array([WGS84.equatorial_radius + 300e3, 0.0, 0.0]), np.array([2000.0, 3500.0, 4500.0]))


def written(tmp_path, *changes, text=NESC_9):
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "state.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("earth", [WGS84, EGM96])
def test_agrees_with_the_compiled_flight_to_a_centimeter(earth):
    air = Air(table=tables.us1976(), wind=Wind(north=(30.0,), east=(-20.0,)))
    ours = propagate(*HIGH, earth=earth, air=air, drag=Drag(area_over_mass=1e-4), every=10.0)
    through = world(earth, wind=(30.0, -20.0), closeness=(1e-6, 1e-8, 1.0, 5.0))
    theirs = fly_free(*HIGH, 5000.0, through, ballistic_coefficient=1e4, earth=earth)
    assert ours.events[-1].name == "impact"
    assert ours.time[-1] == pytest.approx(theirs.time[-1], abs=1e-4)
    assert np.linalg.norm(ours.position_ecef[-1] - theirs.position_ecef[-1]) < 0.01
    assert max(event.altitude for event in ours.events) == pytest.approx(theirs.apogee_altitude, abs=0.01)


def test_without_air_energy_is_kept():
    flown = propagate(*HIGH, earth=sphere(), every=50.0)
    speed, radius = (np.linalg.norm(each, axis=1) for each in (flown.velocity_eci, flown.position_eci))
    energy = 0.5 * speed**2 - sphere().mu / radius
    assert np.ptp(energy) < 1e-8 * abs(energy[0])
    assert np.isnan(flown.mach).all()
    assert (flown.density == 0.0).all()


def test_stops_on_the_way_down_not_on_the_way_up():
    start = ecef_from_geodetic(0.3, 0.2, 0.0)
    up = start / np.linalg.norm(start)
    flown = propagate(start, 800.0 * up, earth=sphere(radius=float(np.linalg.norm(start)) - 1.0), altitude=20e3)
    assert [event.name for event in flown.events] == ["start", "apogee", "altitude"]
    assert flown.altitude[-1] == pytest.approx(20e3, abs=1e-6)
    assert flown.velocity_ned[-1, 2] > 0.0
    low = propagate(start, 100.0 * up, earth=sphere(radius=float(np.linalg.norm(start)) - 1.0), altitude=20e3)
    assert [event.name for event in low.events] == ["start", "apogee", "impact"]


def test_a_hop_shorter_than_a_step_is_not_missed():
    start = ecef_from_geodetic(0.0, 0.0, 0.0)
    flown = propagate(start, np.array([1.0, WGS84.rotation_rate * start[0], 0.0]), time=1000.0, every=0.01)
    assert flown.events[-1].name == "impact"
    assert flown.time[-1] == pytest.approx(2.0 / 9.78, rel=2e-3)


def test_an_orbit_goes_on_until_the_time_is_over():
    radius = sphere().equatorial_radius + 500e3
    flown = propagate(
        np.array([radius, 0.0, 0.0]),
        np.array([0.0, math.sqrt(sphere().mu / radius), 0.0]),
        earth=sphere(),
        time=6000.0,
        every=100.0,
    )
    assert flown.events[-1].name == "time"
    assert np.abs(flown.altitude - 500e3).max() < 1e-2


def test_drag_by_mach_number():
    constant = Drag(area_over_mass=1e-3, coefficient=(0.3,))
    same = Drag(area_over_mass=1e-3, mach=(0.0, 1.0, 9.0), coefficient=(0.3, 0.3, 0.3))
    more = Drag(area_over_mass=1e-3, mach=(0.0, 1.0, 9.0), coefficient=(0.3, 0.6, 0.3))
    air = Air(table=tables.us1976())
    times = [propagate(*HIGH, air=air, drag=drag).time[-1] for drag in (constant, same, more)]
    assert times[0] == pytest.approx(times[1], abs=1e-9)
    assert times[2] > times[0] + 1.0


def test_wind_against_altitude_carries_a_falling_body_with_it():
    start, still = ecef_from_geodetic(0.0, 0.0, 5000.0), WGS84.rotation_rate * (WGS84.equatorial_radius + 5000.0)
    drag = Drag(area_over_mass=0.01)
    ends = []
    for north in ((0.0, 0.0), (10.0, 10.0), (0.0, 20.0)):
        air = Air(table=tables.us1976(), wind=Wind(altitude=(0.0, 5000.0), north=north, east=(0.0, 0.0)))
        ends.append(propagate(start, np.array([0.0, still, 0.0]), air=air, drag=drag).latitude[-1])
    assert ends[0] == pytest.approx(0.0, abs=1e-12)
    assert ends[1] > 0.0
    assert ends[2] == pytest.approx(ends[1], rel=0.5)


@pytest.mark.parametrize("frame", ["earth-fixed", "inertial"])
def test_frames_describe_the_same_flight(tmp_path, frame):
    spin = math.radians(0.004178073) * 6_378_137.0
    velocity = f'["304.8 m/s", "{304.8 + (spin if frame == "inertial" else 0.0)!r} m/s", "0 m/s"]'
    path = written(
        tmp_path,
        ('frame = "geodetic-ned"', f'frame = "{frame}"\nposition = ["6378.137 km", "0 km", "0 km"]'),
        ('latitude = "0 deg"\nlongitude = "0 deg"\naltitude = "0 ft"\n', ""),
        ('["0 ft/s", "1000 ft/s", "-1000 ft/s"]', velocity),
    )
    other, first = load(path).propagate(), load("nesc-9").propagate()
    assert other.altitude[-1] == pytest.approx(first.altitude[-1], abs=1e-6)
    assert other.longitude[-1] == pytest.approx(first.longitude[-1], abs=1e-12)


def test_ballistic_coefficient_stands_for_mass_area_and_coefficient(tmp_path):
    mass, area = 14.59390293720637, 0.1963495 * 0.3048**2
    path = written(
        tmp_path,
        (
            'mass = "1 slug"\nreference_area = "0.1963495 ft^2"\ndrag_coefficient = 0.1',
            f'ballistic_coefficient = "{mass / area / 0.1!r} kg/m^2"',
        ),
    )
    assert load(path).propagate().altitude[-1] == pytest.approx(load("nesc-9").propagate().altitude[-1], abs=1e-9)


def test_a_file_gives_the_third_and_fourth_harmonic(tmp_path):
    j2 = ("j2 = 0.00108262982", f"j2 = {EGM96.j2!r}\nj3 = {EGM96.j3!r}\nj4 = {EGM96.j4!r}")
    read = load(written(tmp_path, j2)).earth
    assert (read.j2, read.j3, read.j4) == (EGM96.j2, EGM96.j3, EGM96.j4)
    strong = load(written(tmp_path, ("j2 = 0.00108262982", "j2 = 0.00108262982\nj3 = 0.01"))).propagate()
    north = 1.5 * 0.01 * 9.8 * 30.0**2 / 2.0  # P3'(0) J3 μ/r² t²/2
    assert 6_371e3 * strong.latitude[-1] == pytest.approx(north, rel=0.15)
    assert "earth.j5" in " ".join(told(written(tmp_path, ("j2 = 0.00108262982", "j5 = 0.0"))))


def test_exponential_air_and_a_plain_sphere(tmp_path):
    path = written(
        tmp_path,
        ('model = "us1976"', 'model = "exponential"\ndensity = "1.225 kg/m^3"\nscale_height = "7.2 km"'),
        ('ellipsoid = "WGS84"', 'ellipsoid = { radius = "6371 km" }'),
        ("[stop]", '[wind]\nnorth = "5 m/s"\neast = ["0 m/s"]\n\n[stop]'),
    )
    flown = load(path).propagate()
    assert flown.density == pytest.approx(1.225 * np.exp(-flown.altitude / 7200.0), rel=1e-9)
    assert np.isnan(flown.mach).all()
    assert flown.velocity_ned[-1, 0] > 0.0


def told(path):
    with pytest.raises(BadInputError) as caught:
        load(path)
    return [str(problem) for problem in caught.value.problems]


def test_every_mistake_is_told_at_once(tmp_path):
    path = written(
        tmp_path,
        ('"1.407644311e16 ft^3/s^2"', '"3 km"'),
        ('"us1976"', '"us1967"'),
        ('"1 slug"', '"-1 slug"'),
        ("= 0.1\n", "= nan\n"),
        ('latitude = "0 deg"', 'latitude = "91 deg"'),
        ('longitude = "0 deg"', "longitude = 0"),
        ('"1000 ft/s", ', ""),
        ('time = "30 s"', ""),
        ('every = "0.1 s"', 'evry = "0.1 s"'),
    )
    found = told(path)
    for key in (
        "earth.mu",
        "atmosphere.model",
        "body.mass",
        "body.drag_coefficient",
        "start.latitude",
        "start.longitude",
        "start.velocity.2",
        "stop",
        "output.evry",
    ):
        assert any(f" {key}: " in line for line in found), (key, found)
    assert all("state.toml" in line for line in found)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('frame = "geodetic-ned"', 'frame = "inertial"', "delete: latitude, longitude, altitude"),
        ('mass = "1 slug"\n', "", "all three"),
        ('mass = "1 slug"', 'ballistic_coefficient = "1 kg/m^2"\nmass = "1 slug"', "not both"),
        ("drag_coefficient = 0.1", 'drag_coefficient = "0.1"', "write a number"),
        ("drag_coefficient = 0.1", "drag_coefficient = { mach = [0, 2, 1], drag_coefficient = [1, 1, 1] }", "rise"),
        ("drag_coefficient = 0.1", "drag_coefficient = { mach = [0, 2], drag_coefficient = [1] }", "as many"),
        ('model = "us1976"', 'model = "exponential"', "scale_height"),
        ('model = "us1976"', 'model = "us1976"\ndensity = "1 kg/m^3"', "belong"),
        ('ellipsoid = "WGS84"', 'ellipsoid = "clarke"', "WGS84"),
        ("[stop]", '[wind]\nnorth = "1 m/s"\n[stop]', "wind.east"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path, old, new, words):
    assert words in " ".join(told(written(tmp_path, (old, new))))


def test_air_needs_a_body_and_wind_needs_air(tmp_path):
    start, end = NESC_9.index("[body]"), NESC_9.index("[start]")
    without = NESC_9[:start] + NESC_9[end:]
    assert "Add [body]" in " ".join(told(written(tmp_path, text=without)))
    vacuum = without.replace('"us1976"', '"none"')
    assert load(written(tmp_path, text=vacuum)).propagate().density.max() == 0.0
    windy = vacuum + '[wind]\nnorth = "1 m/s"\neast = "1 m/s"\n'
    assert "a wind without air" in " ".join(told(written(tmp_path, text=windy)))


def ran(capsys, monkeypatch, *words):
    monkeypatch.setattr("sys.argv", ["detente", *map(str, words)])
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_verb_writes_a_table_and_prints_the_end(tmp_path, capsys, monkeypatch):
    table = tmp_path / "rows.csv"
    code, out, _ = ran(capsys, monkeypatch, "propagate", "nesc-9", "--csv", table, "--json")
    assert code == 0
    printed = json.loads(out)
    with table.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 301 == printed["rows"]
    assert float(rows[-1]["altitude_m"]) == printed["final"]["altitude_m"]
    assert float(rows[1]["time_s"]) == 0.1
    wanted = "time_s latitude_deg longitude_deg altitude_m velocity_north_m_s velocity_east_m_s velocity_down_m_s mach"
    assert set(wanted.split()) | {"dynamic_pressure_pa", "density_kg_m3"} <= set(rows[0])
    assert [event["name"] for event in printed["events"]] == ["start", "apogee", "time"]


def test_a_solved_flight_is_written_in_the_same_columns(tmp_path, capsys, monkeypatch):
    table = tmp_path / "flight.csv"
    line = ("fly", "scud-b", "--from", "34,44", "--to", "32.5,44.5", "--csv", table, "--json")
    code, out, _ = ran(capsys, monkeypatch, *line)
    assert code == 0
    with table.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert float(rows[-1]["time_s"]) == pytest.approx(json.loads(out)["flight_time_s"], abs=0.05)
    assert max(float(row["altitude_m"]) for row in rows) == pytest.approx(json.loads(out)["apogee_km"] * 1e3, rel=1e-3)
    assert float(rows[0]["velocity_north_m_s"]) == pytest.approx(0.0, abs=1e-6)
    assert ran(capsys, monkeypatch, *line)[0] == 0


def test_a_file_that_is_no_such_table_is_not_written_over(tmp_path, capsys, monkeypatch):
    kept = tmp_path / "notes.csv"
    kept.write_text("mine", encoding="utf-8")
    code, _, said = ran(capsys, monkeypatch, "propagate", "nesc-9", "--csv", kept)
    assert code == 2
    assert "holds something else" in said
    assert kept.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (('altitude = "0 ft"', 'altitude = "-50 ft"'), "15 m underground"),
        (
            ('every = "0.1 s"', 'every = "0.00001 s"'),
            "output.every: found samples every 1e-05 s for up to 30 s; allowed: both above 0, at most 500,000",
        ),
    ],
)
def test_the_verb_refuses_what_cannot_be_flown(tmp_path, capsys, monkeypatch, change, words):
    code, out, err = ran(capsys, monkeypatch, "propagate", written(tmp_path, change))
    assert (code, out) == (2, "")
    assert words in " ".join(err.split())


def test_the_verb_names_a_folder_that_is_not_there(tmp_path, capsys, monkeypatch):
    code, _, err = ran(capsys, monkeypatch, "propagate", "nesc-9", "--csv", tmp_path / "no" / "rows.csv")
    assert code == 2
    assert "--csv" in err
    code, _, err = ran(capsys, monkeypatch, "propagate", "nesc9")
    assert code == 2
    assert 'Did you mean "nesc-9"' in err
