"""START I: the totals of 1 September 1990 that both governments signed, exactly."""

import pytest

from detente.catalog.load import force
from detente.treaties.count import count_start_1, start_1
from detente.treaties.validation import mou_1990, rows


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.case}: {row.quantity}")
def test_published_total(row):
    assert row.passed, f"published {row.published}, ours {row.ours}"


def test_us_totals_in_words():
    count = start_1(mou_1990("us"), "us")
    assert (count.delivery_vehicles, count.warheads, count.ballistic_missile_warheads) == (2246, 10563, 8210)
    assert count.throw_weight == pytest.approx(2_361_300, abs=0.5)


def test_soviet_totals_in_words():
    count = start_1(mou_1990("ussr"), "russia")
    assert (count.delivery_vehicles, count.warheads, count.ballistic_missile_warheads) == (2500, 10271, 9416)
    assert (count.mobile_icbm_warheads, count.heavy_icbm_warheads) == (618, 3080)
    assert count.throw_weight == pytest.approx(6_626_300, abs=0.5)


@pytest.mark.parametrize(("name", "party"), [("us-1990", "us"), ("ussr-1990", "russia")])
def test_the_catalog_holds_what_the_table_holds(name, party):
    from_table = start_1(mou_1990(name.removesuffix("-1990")), party)
    from_catalog = count_start_1(force(name), party)
    assert from_catalog == from_table
