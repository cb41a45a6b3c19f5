"""New START: what both sides published, each row held against the limits of its day; and the US by type."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from detente.treaties.force_file import read
from detente.treaties.tally import count

DATA = Path(__file__).parent / "data"
AGGREGATES = DATA / "newstart_aggregates.csv"
BINDING = date(2018, 2, 5)


def rows():
    lines = [line for line in AGGREGATES.read_text("utf-8").splitlines() if not line.startswith("#")]
    for row in csv.DictReader(lines):
        for code, party in (("us", "us"), ("ru", "russia")):
            if row[f"{code}_deployed"]:
                yield date.fromisoformat(row["as_of"]), party, {key: float(row[f"{code}_{key}"]) for key in LIMITS}


LIMITS = {"deployed": 700, "warheads": 1550, "launchers_total": 800}
ROWS = list(rows())


def test_the_table_is_whole():
    assert len(ROWS) == 49


@pytest.mark.parametrize(("day", "party", "published"), ROWS, ids=[f"{day} {party}" for day, party, _ in ROWS])
def test_every_row_keeps_the_treaty_on_its_day(day, party, published):
    (one,) = count(AGGREGATES, "new-start", day, party)
    assert one.totals == published
    assert one.as_of == day
    for limit in one.limits:
        assert limit.status == "complies"
        assert limit.binding_from == BINDING
        assert ("when this would be over it" in limit.because) == (
            day < BINDING and published[limit.name] > limit.limit
        )


def test_1796_warheads_are_lawful_in_2016_and_would_not_be_in_2018():
    table = read(AGGREGATES)
    assert table.totals["russia"][date(2016, 9, 1)].warheads == 1796
    assert {limit.status for one in count(AGGREGATES, "new-start", date(2016, 9, 1)) for limit in one.limits} == {
        "complies"
    }


@pytest.mark.parametrize(("day", "status"), [(BINDING - timedelta(1), "complies"), (BINDING, "exceeds")])
def test_the_limits_bind_from_their_day(day, status, tmp_path):
    file = tmp_path / "totals.csv"
    file.write_text("as_of,ru_deployed,ru_warheads,ru_launchers_total\n2017-03-01,523,1765,816\n")
    (one,) = count(file, "new-start", day)
    assert [limit.status for limit in one.limits] == ["complies", status, status]


def test_the_us_by_type_in_2020():
    (one,) = count(DATA / "newstart_us_2020-09-01.csv", "new-start", date(2020, 9, 1))
    assert (one.totals["deployed"], one.totals["launchers_total"]) == (675, 800)
    assert one.totals["warheads"] is None
    assert [limit.status for limit in one.limits] == ["complies", "not determinable", "complies"]
