"""Cited numbers: what a change of numbers may and may not touch, and units there and back."""

from __future__ import annotations

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.catalog import load
from detente.sources import Cited, Quantity, at, cited
from detente.units import _EVERYDAY, Unit, factor, shown, si

RECORDS = [
    record
    for kind in (load.catalog().missiles, load.catalog().radars, load.catalog().forces, load.catalog().interceptors)
    for record in kind.values()
]
records = st.sampled_from(RECORDS)
UNITS = [(text, unit) for text, unit in _EVERYDAY if text != "%"]
numbers = st.floats(min_value=-1e12, max_value=1e12, allow_subnormal=False)


@given(records)
def test_to_pick_the_best_values_changes_nothing(record: object) -> None:
    assert at(record, lambda _path, number: number.value) == record


@given(records)
def test_a_pick_reaches_every_number_and_leaves_range_and_source(record: object) -> None:
    seen = []
    made = at(record, lambda path, number: seen.append(path) or number.high)
    before, after = cited(record), cited(made)
    assert seen == [path for path, _ in before] == [path for path, _ in after]
    for (_, old), (_, new) in zip(before, after, strict=True):
        assert new.value == old.high
        assert dataclasses.replace(new, value=old.value) == old


@given(records, st.floats(0.0, 1.0))
def test_a_pick_inside_the_range_stays_inside_the_range(record: object, share: float) -> None:
    def pick(_path: str, number: Cited) -> float:
        return min(max(number.low + share * (number.high - number.low), number.low), number.high)

    assert all(number.low <= number.value <= number.high for _, number in cited(at(record, pick)))


@given(records)
def test_a_changed_copy_leaves_the_record_as_it_was(record: object) -> None:
    before = cited(record)
    at(record, lambda _path, number: number.low - 1.0)
    assert cited(record) == before


@given(numbers, st.sampled_from(UNITS))
def test_a_quantity_survives_the_way_to_text_and_back(value: float, units: tuple[str, str]) -> None:
    text, unit = units
    written = f"{shown(value, Unit(unit, text))!r} {text}"
    assert si(written, unit) == pytest.approx(value, rel=1e-12, abs=1e-300)


@given(numbers, st.sampled_from(UNITS))
def test_a_unit_scales_by_its_factor(value: float, units: tuple[str, str]) -> None:
    text, unit = units
    assert si(f"{value!r} {text}", unit) == pytest.approx(value * factor(unit, text), rel=1e-12)


@given(st.lists(st.floats(0.0, 1e9), min_size=3, max_size=3).map(sorted))
def test_a_number_is_read_in_order_or_refused(ends: list[float]) -> None:
    low, value, high = (f"{end!r} m" for end in ends)
    length = Quantity("m", "m", 0.0)
    read = length.read({"value": value, "low": low, "high": high, "source": "s"})
    assert [read.low, read.value, read.high] == ends
    if not math.isclose(ends[0], ends[2]):
        with pytest.raises(ValueError, match=r"low: .* is above the value|high: .* is below the value"):
            length.read({"value": value, "low": high, "high": low, "source": "s"})


@given(st.floats(max_value=-1e-9) | st.just(math.nan) | st.just(math.inf))
def test_an_impossible_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="is impossible"):
        Quantity("1", "1", 0.0).read({"value": value, "source": "s"})


@given(st.text(max_size=30))
def test_any_text_is_a_quantity_or_refused_in_words(text: str) -> None:
    told: tuple[object, ...] = ()
    try:
        read = Quantity("m", "km", 0.0).read({"value": text, "source": "s"})
    except ValueError as error:
        told = error.args
    assert all("; " in str(line) for line in told)
    assert told or math.isfinite(read.value)
