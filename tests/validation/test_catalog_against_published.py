"""Numbers of the catalog against a frozen table of what was read in their sources, and what "unverified" may cite."""

import csv
import re
from pathlib import Path

import pytest

from detente.catalog.load import catalog, source_key, sources
from detente.scenario.load import load
from detente.sources import cited
from detente.units import si

TABLE = Path(__file__).parent / "data" / "catalog_published.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
NUMBERS = dict(cited(catalog()))
BASE = {"deg": "rad", "km": "m", "kN": "N", "km/s": "m/s", "min": "s", "MHz": "Hz", "psi": "Pa"}
# Keys that stand for no publication.
OWN = {"recalled", "assumed", "derived", "estimate-tuned", "class-construction", "definition"}
# What a bibliography or a note says where a publication is named but the number was not read in it.
ADMITS = re.compile(r"recalled|not seen|not read|ours\b", re.IGNORECASE)


def as_si(text, unit):
    if not unit:
        return float(text)
    return si(f"{text} {unit}", "USD" if unit.endswith("USD") else BASE.get(unit, unit))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["record"])
def test_the_catalog_holds_what_was_read(row):
    number = NUMBERS[row["record"]]
    read = [as_si(row[end], row["unit"]) for end in ("value", "low", "high")]
    assert [number.value, number.low, number.high] == pytest.approx(read, rel=1e-12)
    assert number.seen in {"yes", "partly"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["record"])
def test_it_names_a_source_that_the_table_names(row):
    source = sources()[source_key(NUMBERS[row["record"]].source)]
    said = f"{source.url} {source.note}"
    known = {re.sub(r"https?://(www\.)?", "", each).split("/")[0] for each in re.findall(r"https?://[^\s)]+", said)}
    stated = {re.sub(r"https?://(www\.)?", "", each).split("/")[0] for each in row["address"].split()}
    assert known & stated, (source.url, row["address"])


def test_every_kind_of_record_that_was_read_is_in_the_table():
    kinds = {row["record"].split(".")[0] for row in ROWS}
    assert kinds == {"missiles", "interceptors", "radars", "constellations", "measures", "procedures", "forces"}


def test_an_unverified_number_cites_no_publication_unless_it_is_said_not_to_have_been_read_there():
    wrong = []
    for path, number in NUMBERS.items():
        key = source_key(number.source)
        if number.seen == "no" and key not in OWN and not ADMITS.search(f"{sources()[key].note} {number.note}"):
            wrong.append((path, number.source))
    assert not wrong


@pytest.mark.parametrize("name", ["genoa-2001", "minimal"])
def test_a_scenario_does_not_lend_its_assumptions_a_source(name):
    scenario = load(name)
    for part in (scenario.cases, scenario.assumptions, scenario.places):
        for path, number in cited(part):
            key = source_key(number.source)
            if key in {"assumed", "recalled"}:
                assert number.seen == "no", path
            elif number.seen == "no":
                text = scenario.sources[key] if key in scenario.sources else sources()[key].note
                assert ADMITS.search(f"{text} {number.note}"), path


@pytest.mark.parametrize("name", ["genoa-2001", "minimal"])
def test_an_assumed_number_of_a_case_says_why(name):
    scenario = load(name)
    numbers = [*cited(scenario.cases), *cited(scenario.assumptions)]
    assert not [path for path, number in numbers if number.source == "assumed" and not number.note]
