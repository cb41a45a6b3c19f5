"""Someone else's numbers: announced test flights, what analysts made of them, and NESC case 9 from a file."""

import pytest

from detente.flight import tables
from detente.flight.infer import infer, verdict
from detente.flight.state_file import load
from detente.flight.validation_reports import rows

FOOT = 0.3048


@pytest.fixture(scope="module")
def found():
    return list(rows())


def test_every_reported_flight_and_conversion_has_a_verdict(found):
    cases = {row.case.split(",")[0] for row in found}
    wanted = {row["id"] for name in ("reported_flights.csv", "standard_ranges.csv") for row in tables.rows(name)}
    assert cases == wanted
    assert len(wanted) == 29
    assert all(row.source.partition(": ")[2].startswith("http") for row in found)


def test_rows_that_do_not_hold_say_why(found):
    failing = {row.case.split(",")[0]: row.note for row in found if not row.passed}
    assert failing.keys() == {"US-ATLAS-12B", "US-JUPITER-AM18", "US-MR3"}
    assert all(failing.values())


LOFTED = [row for row in tables.rows("reported_flights.csv") if row["apogee_km"] and row["time_low_s"]]
LOFTED = [row for row in LOFTED if row["ground_range_km"]]


@pytest.mark.parametrize("row", LOFTED, ids=[row["id"] for row in LOFTED])
@pytest.mark.parametrize("boost", [None, 180.0], ids=["class", "boost given"])
def test_reported_times_lie_inside_the_bounds_and_are_possible(row, boost):
    if boost is not None and row["missile"].startswith("Scud"):
        boost = 75.0
    apogee, ground_range, time = (
        1e3 * float(row["apogee_km"]),
        1e3 * float(row["ground_range_km"]),
        row["flight_time_s"],
    )
    answer = infer(apogee, ground_range, boost_time=boost)
    assert verdict(answer, float(time)).possible
    if boost is None:
        assert answer.flight_time_low < float(time) < answer.flight_time_high
        assert answer.flight_time == pytest.approx(float(time), rel=0.07)


def test_twenty_two_minutes_to_kwajalein_are_less_than_a_body_of_least_energy_needs():
    assert not verdict(infer(1_317e3, 7_788e3), 22 * 60.0).possible


MARKS = [row for row in tables.rows("nesc_marks.csv") if row["case"] == "09"]


@pytest.mark.parametrize("sim", sorted({row["sim"] for row in MARKS}))
def test_the_bundled_file_is_nesc_case_9(sim):
    flown = load("nesc-9").propagate()
    limit = 1.0 if sim in {"04", "05", "06"} else 5.0
    for row in (row for row in MARKS if row["sim"] == sim):
        at = round(float(row["time_s"]) * 10)
        assert flown.time[at] == pytest.approx(float(row["time_s"]))
        assert flown.altitude[at] / FOOT == pytest.approx(float(row["altitude_ft"]), abs=limit)
        ned = flown.velocity_ned[at] / FOOT
        for i, way in enumerate(("north", "east", "down")):
            assert ned[i] == pytest.approx(float(row[f"velocity_{way}_ft_s"]), abs=0.5)
