"""Forces under a ceiling, by rule and policy."""

from __future__ import annotations

from datetime import date

import pytest

from detente.catalog.records import Force, ForceClass
from detente.forces.reduce import counted, reduced
from detente.scenario.scenario import ForcePlan
from detente.sources import Cited


def cited(value):
    return Cited(value=float(value), low=float(value), high=float(value), source="test")


def kind(name, basing, launchers, loaded, attributed=None, alert=0.5, **flags):
    return ForceClass(
        name=name,
        title=name,
        basing=basing,
        launchers=cited(launchers),
        loaded=cited(loaded),
        attributed=cited(loaded if attributed is None else attributed),
        weapon_yield=cited(1e15),
        accuracy=cited(100),
        reliability=cited(0.8),
        alert_day=cited(alert),
        alert_generated=cited(1),
        **flags,
    )


def force(*classes, party="us"):
    return Force(
        name="test", title="test", party=party, on=date(2001, 8, 8), classes=classes, published_warheads=cited(0)
    )


def cut(one, ceiling, policy="proportional", rule="loaded"):
    return reduced(one, ForcePlan(base="test", ceiling=cited(ceiling), policy=policy, rule=rule))


def launchers(one):
    return {kind.name: kind.launchers.value for kind in one.classes}


FORCE = force(
    kind("heavy", "silo", 150, 10, heavy=True),
    kind("multiple", "silo", 100, 6),
    kind("single", "mobile", 300, 1),
    kind("boats", "submarine", 100, 8),
    kind("aircraft", "bomber", 50, 12, 1, alert=0.0),
)


@pytest.mark.parametrize(
    ("party", "bombers", "equipped", "warheads"),
    [
        ("us", 150, 12, 1500),
        ("us", 151, 12, 1512),
        ("us", 189, 12, 1968),  # START I MOU of 1 September 1990
        ("us", 151, 25, 1520),  # at most 20 counts
        ("russia", 180, 12, 1440),
        ("russia", 181, 12, 1452),
        ("ussr", 181, 18, 1456),  # at most 16 counts
        ("china", 10, 12, 10),  # not a party to START I: as attributed
    ],
)
def test_start_1_counts_bombers_with_cruise_missiles(party, bombers, equipped, warheads):
    one = force(kind("bomber", "bomber", bombers, equipped, 1, cruise_missiles=True), party=party)
    assert counted(one, "attributed") == warheads
    assert counted(one, "loaded") == bombers * equipped


def test_bombers_equipped_for_fewest_are_those_beyond_the_limit():
    one = force(
        kind("few", "bomber", 39, 12, 10, cruise_missiles=True),
        kind("many", "bomber", 150, 20, 10, cruise_missiles=True),
    )
    assert counted(one, "attributed") == 1968


def test_without_a_ceiling_or_under_it_nothing_changes():
    assert reduced(FORCE, ForcePlan(base="test")) is FORCE
    assert cut(FORCE, 10_000) is FORCE


def test_proportional_takes_the_same_share_of_whole_launchers():
    half = cut(FORCE, counted(FORCE, "loaded") / 2)
    assert launchers(half) == {"heavy": 75, "multiple": 50, "single": 150, "boats": 50, "aircraft": 25}
    assert half.published_warheads.value == counted(half, "loaded")
    assert "reduced" in half.classes[0].launchers.note


def test_proportional_uses_up_the_ceiling_with_the_largest_remainders():
    third = cut(FORCE, 1234)
    assert 1233 <= counted(third, "loaded") <= 1234


def test_single_warhead_first_withdraws_heavy_missiles_and_downloads_on_land():
    one = cut(FORCE, 1800, "single-warhead-first")
    heavy, multiple, single, boats, aircraft = one.classes
    assert heavy.launchers.value == 0
    assert (multiple.launchers.value, multiple.loaded.value) == (100, 1)
    assert (single.launchers.value, single.loaded.value) == (300, 1)
    assert (boats.launchers.value, boats.loaded.value) == (100, 8)
    assert aircraft.launchers.value == 50


def test_single_warhead_first_then_downloads_boats_to_one_level():
    one = cut(FORCE, 1400, "single-warhead-first")
    assert one.classes[3].loaded.value == pytest.approx(4.0)
    assert counted(one, "loaded") == pytest.approx(1400)
    assert cut(FORCE, 900, "single-warhead-first").classes[3].loaded.value == 1.0
    assert counted(cut(FORCE, 900, "single-warhead-first"), "loaded") <= 900


def test_most_survivable_first_keeps_boats_then_mobile_missiles():
    assert launchers(cut(FORCE, 900, "most-survivable-first")) == {
        "heavy": 0,
        "multiple": 0,
        "single": 100,
        "boats": 100,
        "aircraft": 0,
    }


def test_the_attributed_rule_counts_bombers_as_attributed():
    one = cut(FORCE, 1150, "most-survivable-first", "attributed")
    assert launchers(one)["aircraft"] == 50
    assert counted(one, "attributed") == 1150


def test_a_ceiling_of_zero_leaves_nothing():
    for policy in ("proportional", "single-warhead-first", "most-survivable-first"):
        assert counted(cut(FORCE, 0, policy), "loaded") == 0
