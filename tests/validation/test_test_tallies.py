"""The record of flight tests against tallies that others published, each difference with its reason."""

import csv
from datetime import date
from pathlib import Path

import pytest

from detente.catalog.load import catalog
from detente.defense.evidence import evidence, plans
from detente.defense.tallies import chosen, tally

ROWS = list(csv.DictReader((Path(__file__).parent / "data/test_tallies.csv").read_text(encoding="utf-8").splitlines()))
TWO_DIGITS = 0.005
"""Published intervals and their rounding."""


def ours(row):
    since, until = (date.fromisoformat(row[key]) if row[key] else None for key in ("since", "until"))
    tests = [test for name in row["system"].split("+") for test in chosen(catalog().tests, name, since, until)]
    found = tally(row["system"], tests)
    assert found is not None
    return found.evidence.hits, found.evidence.tests


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_tallies_agree_or_the_difference_is_known(row):
    counted = ours(row)
    assert counted == (int(row["our_hits"]), int(row["our_attempts"]))
    same = counted == (int(row["published_hits"]), int(row["published_attempts"]))
    assert same == (not row["why"])


def test_the_satellite_is_what_the_tally_of_2011_has_more():
    until = date(2011, 9, 30)
    satellites = [test for test in chosen(catalog().tests, "SM-3", until=until) if test.kind == "satellite"]
    assert [test.outcome for test in satellites] == ["hit"]


@pytest.mark.parametrize(
    ("system", "since", "hits", "tests", "low", "high"),
    [
        ("GMD", None, 12, 20, 0.39, 0.78),
        ("GMD", date(2004, 12, 1), 7, 12, 0.32, 0.82),
        ("SM-3 IIA", None, 6, 8, 0.40, 0.95),
        ("THAAD", date(2005, 1, 1), 16, 16, 0.83, 1.00),
    ],
)
def test_intervals_of_clopper_and_pearson(system, since, hits, tests, low, high):
    found = tally(system, chosen(catalog().tests, system, since))
    assert found is not None
    assert (found.evidence.hits, found.evidence.tests) == (hits, tests)
    assert found.evidence.exact_low == pytest.approx(low, abs=TWO_DIGITS)
    assert found.evidence.exact_high == pytest.approx(high, abs=TWO_DIGITS)


def test_standard_missile_3_of_all_blocks():
    known = catalog().tests
    together = tally("SM-3", [*chosen(known, "SM-3"), *chosen(known, "SM-3 IIA")])
    assert together is not None
    assert (together.evidence.hits, together.evidence.tests) == (40, 49)
    assert together.evidence.exact_low == pytest.approx(0.70, abs=TWO_DIGITS)
    assert together.evidence.exact_high == pytest.approx(0.90, abs=TWO_DIGITS)


@pytest.mark.parametrize(
    ("chance", "confidence", "misses", "tests"),
    [
        (0.9, 0.9, 0, 22),
        (0.95, 0.95, 0, 59),
        (0.99, 0.9, 0, 230),
        (0.9, 0.9, 1, 38),
        (0.9, 0.9, 2, 52),
        (0.8, 0.9, 0, 11),
    ],
)
def test_success_run_tables(chance, confidence, misses, tests):
    """Sample sizes of the usual success-run tables (recalled; the zero-miss row is ln(1 - C)/ln R rounded up)."""
    assert plans(chance, confidence, misses)[misses].tests == tests


def test_brown_cai_dasgupta_jeffreys_example():
    """No success in n trials, Jeffreys prior: the posterior is Beta(1/2, n + 1/2), of mean 0.5/(n + 1)."""
    assert evidence(10, 0, prior=(0.5, 0.5)).mean == pytest.approx(0.5 / 11)
