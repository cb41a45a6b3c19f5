"""A number without a source decays first: every number of the catalog keeps one, and says whether it was read."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from detente.catalog import load
from detente.sensing import errors
from detente.sources import Cited, cited

DATA = Path(load.__file__).parent / "data"
KINDS = [field.name for field in fields(load.catalog())]
ERRORS = [number for _, number in cited((errors.KAENA_POINT, *errors.BEAMS.values(), *errors.BY_BAND.values()))]
NUMBERS = [(kind, path, number) for kind in KINDS for path, number in cited(getattr(load.catalog(), kind))]
# Keys that stand for no publication: a number that cites one was not read anywhere.
NOT_READ = {"recalled", "assumed", "estimate-tuned", "class-construction"}


def test_the_catalog_holds_numbers_of_every_kind_that_has_them() -> None:
    assert {kind for kind, _, _ in NUMBERS} >= set(KINDS) - {"regions"}


def test_every_number_cites_a_source_that_exists() -> None:
    known = load.sources()
    assert not [path for _, path, number in NUMBERS if load.source_key(number.source) not in known]
    assert not [number.source for number in ERRORS if load.source_key(number.source) not in known]


def test_every_number_lies_in_its_range() -> None:
    assert not [path for _, path, number in NUMBERS if not number.low <= number.value <= number.high]


def test_every_number_that_was_not_read_is_listed_as_unverified() -> None:
    listed = dict(load.unverified({kind: getattr(load.catalog(), kind) for kind in KINDS}))
    assert set(listed) == {f"{kind}.{path}" for kind, path, number in NUMBERS if number.seen == "no"}
    assert listed


@pytest.mark.parametrize("kind", KINDS)
def test_a_number_that_cites_no_publication_does_not_say_that_it_was_read(kind: str) -> None:
    def claims(number: Cited) -> bool:
        return load.source_key(number.source) in NOT_READ and number.seen != "no"

    assert not [path for own, path, number in NUMBERS if own == kind and claims(number)]


def test_a_recalled_or_assumed_number_of_a_missile_has_a_range_or_is_a_count() -> None:
    exact = {"warheads", "diameter"}
    for path, number in load.unverified(load.catalog().missiles):
        if load.source_key(number.source) == "estimate-tuned" and path.rsplit(".", 1)[-1] not in exact:
            assert number.low < number.high, path


def test_every_source_is_used_or_stands_for_a_scenario() -> None:
    texts = [file.read_text() for file in DATA.rglob("*.toml")]
    used = {load.source_key(key) for text in texts for key in re.findall(r'source = "([^"]+)"', text)}
    used |= {load.source_key(number.source) for number in ERRORS}
    assert not [key for key in load.sources() if key not in used and key != "recalled" and not _of_a_scenario(key)]


def _of_a_scenario(key: str) -> bool:
    examples = DATA.parents[1] / "scenario" / "examples"
    return any(f'"{key}' in file.read_text() for file in examples.glob("*.toml"))


def test_every_source_has_a_title_and_says_where_or_why_not() -> None:
    assert not [source.key for source in load.sources().values() if not source.title]
    nowhere = [s.key for s in load.sources().values() if not (s.url or s.note or s.year or s.key == "definition")]
    assert not nowhere
