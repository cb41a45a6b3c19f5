"""Raids on layers without geometry: exact sums against dice, worked numbers, bad input."""

import json
from math import comb, inf, nan

import numpy as np
import pytest
from typer.testing import CliRunner

from detente.cli.main import app
from detente.defense import kernels
from detente.defense.layers import Layer, LayeredRaid, check, doctrine_from
from detente.defense.leakage import exact, has_closed_form
from detente.defense.monte_carlo import play
from detente.defense.quick import engage, quick, required
from detente.problems import BadInputError

SIGMAS = 4.0
"""Standard errors within which a sample must lie; beyond, once in 16,000."""


def layer(sspk, doctrine, **other):
    return Layer(sspk=sspk, doctrine=doctrine_from(doctrine), **other)


RAIDS = {
    "three layers, stocks suffice": LayeredRaid(
        warheads=20, layers=(layer(0.5, "salvo:2"), layer(0.6, "shoot-look-shoot:3"), layer(0.8, "salvo:1"))
    ),
    "stocks run out": LayeredRaid(
        warheads=20, layers=(layer(0.5, "salvo:2", interceptors=25), layer(0.6, "shoot-look-shoot:3", interceptors=14))
    ),
    "untracked warheads and common causes": LayeredRaid(
        warheads=12,
        layers=(
            layer(0.7, "salvo:2", interceptors=17, track=0.8, common=0.4),
            layer(0.6, "shoot-look-shoot:2", interceptors=9, track=0.9, reliability=0.85, common=0.2),
        ),
        shared=0.9,
    ),
    "stock spread evenly": LayeredRaid(
        warheads=10, layers=(layer(0.5, "salvo:4", interceptors=23, allocation="even"),)
    ),
    "decoys that exhaust nothing": LayeredRaid(
        warheads=8,
        decoys=20,
        layers=(
            layer(0.6, "shoot-look-shoot:3", discrimination=0.7, reliability=0.9),
            layer(0.5, "salvo:2", discrimination=0.2, common=0.5),
            layer(0.4, "salvo:1", interceptors=5, discrimination=1.0),
        ),
    ),
}


@pytest.mark.parametrize("name", RAIDS)
def test_exact_sums_agree_with_dice(name):
    raid = RAIDS[name]
    assert has_closed_form(raid)
    sure, dice = exact(raid), play(raid, 400_000)
    assert abs(sure.p_no_leak - dice.p_no_leak) < SIGMAS * dice.p_no_leak_error + 1e-9
    assert abs(sure.expected_leakers - dice.expected_leakers) < SIGMAS * dice.expected_leakers_error + 1e-9
    assert sure.used == pytest.approx(dice.used, rel=0.01, abs=0.02)
    assert sure.alive == pytest.approx(dice.alive, rel=0.01, abs=0.02)


def test_dice_agree_with_the_raid_of_a_scenario():
    """One aim, three layers with decoys and common failures, stocks that suffice: the other engine's exact answer."""
    traits = np.array([[0.5, 2, 0, 0.5, 0.9, 1], [0.6, 3, 1, 0.8, 0.8, 1], [0.7, 2, 0, 0.9, 0.95, 2]], float)
    none, alive, used = kernels.raid(6, 1, 2.0, np.full(3, 1000.0), traits, np.array([[1], [3], [1]]))
    raid = LayeredRaid(
        warheads=6,
        decoys=12,
        layers=(
            layer(0.5, "salvo:2", discrimination=0.5, reliability=0.9),
            layer(0.6, "shoot-look-shoot:3", discrimination=0.8, reliability=0.8),
            layer(0.7, "salvo:2", discrimination=0.9, reliability=0.95),
        ),
    )
    dice, sure = play(raid, 400_000), exact(raid)
    assert abs(none - dice.p_no_leak) < SIGMAS * dice.p_no_leak_error
    assert sure.p_no_leak == pytest.approx(none, abs=1e-9)
    assert sure.expected_leakers == pytest.approx(alive[-1], abs=1e-9)
    assert sure.used == pytest.approx(tuple(used), rel=1e-3)
    assert dice.expected_leakers == pytest.approx(alive[-1], abs=SIGMAS * dice.expected_leakers_error)


def test_decoys_drain_a_stock():
    """Two shots a credible object, 40 interceptors, 20 warheads among 60 objects: a third is engaged."""
    raid = LayeredRaid(warheads=20, decoys=40, layers=(layer(0.5, "salvo:2", interceptors=40),))
    assert not has_closed_form(raid)
    outcome = engage(raid)
    assert outcome.method == "Monte Carlo"
    assert outcome.used == (40.0,)
    assert outcome.expected_leakers == pytest.approx(20 - 20 / 3 * 0.75, abs=4 * outcome.expected_leakers_error)


def test_numbers_do_not_depend_on_the_threads():
    raid = LayeredRaid(warheads=20, decoys=10, layers=(layer(0.5, "salvo:2", interceptors=30),) * 3)
    one = play(raid, 50_000, threads=1)
    assert all(play(raid, 50_000, threads=count) == one for count in (2, 3, 7))
    assert play(raid, 50_000, seed=2) != one


def test_two_layers_at_eight_tenths_stop_96_in_100_unless_they_share_a_cause():
    each = layer(0.8, "salvo:1")
    assert exact(LayeredRaid(warheads=1, layers=(each, each))).p_no_leak == pytest.approx(0.96)
    failing = layer(1.0, "salvo:1")
    together = exact(LayeredRaid(warheads=1, layers=(failing, failing), shared=0.8))
    assert together.p_no_leak == pytest.approx(0.8)


def test_all_misses_with_one_cause_make_a_salvo_one_shot():
    whole = exact(LayeredRaid(warheads=20, layers=(layer(0.8, "salvo:4", common=1.0),)))
    assert whole.p_no_leak == pytest.approx(0.8)
    assert whole.expected_leakers == pytest.approx(4.0)
    assert whole.used == (80.0,)


def test_a_track_caps_the_layer_whatever_the_shots():
    found = exact(LayeredRaid(warheads=1, layers=(layer(0.9, "salvo:50", track=0.9),)))
    assert found.p_no_leak == pytest.approx(1.0 - kernels.layer_leakage(0.9, 0.9, 50.0))


def test_44_interceptors_four_a_warhead_engage_eleven():
    raid = LayeredRaid(warheads=20, layers=(layer(1.0, "salvo:4", interceptors=44),))
    assert exact(raid).alive == pytest.approx((20.0, 9.0))
    even = LayeredRaid(warheads=20, layers=(layer(0.25, "salvo:4", interceptors=44, allocation="even"),))
    full = LayeredRaid(warheads=20, layers=(layer(0.25, "salvo:4", interceptors=44),))
    assert exact(even).expected_leakers < exact(full).expected_leakers


@pytest.mark.parametrize("raid", [RAIDS[name] for name in ("three layers, stocks suffice", "stock spread evenly")])
def test_an_ample_stock_is_no_stock(raid):
    ample = LayeredRaid(
        warheads=raid.warheads,
        layers=tuple(layer(each.sspk, f"{each.doctrine.kind}:{each.doctrine.shots}") for each in raid.layers),
    )
    stocked = LayeredRaid(
        warheads=raid.warheads,
        layers=tuple(
            layer(each.sspk, f"{each.doctrine.kind}:{each.doctrine.shots}", interceptors=100) for each in raid.layers
        ),
    )
    assert exact(stocked) == exact(ample)


def test_the_quick_sum_is_a_raid_on_one_layer():
    for doctrine in ("salvo:3", "shoot-look-shoot:4"):
        one, other = quick(20, 0.8, doctrine), exact(LayeredRaid(warheads=20, layers=(layer(0.8, doctrine),)))
        assert other.p_no_leak == pytest.approx(one.p_no_leak)
        assert other.expected_leakers == pytest.approx(one.expected_leakers)
        assert sum(other.used) == pytest.approx(one.interceptors_expected)


def test_required_stock_is_the_least_in_the_layer_itself():
    """The stock asked for suffices and one interceptor fewer does not, by the recursion that runs out."""
    for wanted in (0.5, 0.8):
        plan = layer(0.7, "shoot-look-shoot:4", track=0.995, reliability=0.98, common=0.1)
        stock = required(LayeredRaid(warheads=10, layers=(plan,)), wanted)
        assert stock is not None

        def surely(interceptors, plan=plan):
            limited = layer(
                0.7, "shoot-look-shoot:4", track=0.995, reliability=0.98, common=0.1, interceptors=interceptors
            )
            return exact(LayeredRaid(warheads=10, layers=(limited,))).p_no_leak

        assert surely(stock) >= wanted - 1e-9
        assert surely(stock - 1) < wanted


def test_required_salvoes_among_decoys_are_the_least_that_dice_confirm():
    plan = {"discrimination": 0.5}
    raid = LayeredRaid(warheads=10, decoys=12, layers=(layer(0.8, "salvo:1", **plan),))
    stock = required(raid, 0.7)
    assert stock is not None
    shots = 3  # the least that reach 0.7 for ten warheads: 0.992^10 = 0.923
    assert stock % shots == 0

    def surely(interceptors):
        own = layer(0.8, f"salvo:{shots}", interceptors=interceptors, **plan)
        return play(LayeredRaid(warheads=10, decoys=12, layers=(own,)), 400_000)

    enough, few = surely(stock), surely(stock - shots)
    assert enough.p_no_leak > 0.7 - SIGMAS * enough.p_no_leak_error
    assert few.p_no_leak < 0.7 + SIGMAS * few.p_no_leak_error
    assert 30 < stock < 66


def test_a_wish_beyond_what_all_shots_share_is_never_met():
    assert required(LayeredRaid(warheads=5, layers=(layer(0.9, "salvo:1", reliability=0.7),)), 0.8) is None
    assert required(LayeredRaid(warheads=5, layers=(layer(0.9, "salvo:1", track=0.9),)), 0.6) is None
    assert required(LayeredRaid(warheads=5, layers=(layer(0.0, "salvo:1"),)), 0.6) is None


def test_the_most_that_doctrines_use_counts_decoys_that_draw_fire():
    one, other = layer(0.5, "salvo:2"), layer(0.5, "shoot-look-shoot:3", discrimination=1.0)
    assert required(LayeredRaid(warheads=10, decoys=5, layers=(one, other))) == 2 * 15 + 3 * 10


def test_hypergeometric_chance_that_all_warheads_are_engaged():
    """Ten warheads, four credible decoys, twelve salvoes: C(4, 2)/C(14, 12)."""
    raid = LayeredRaid(warheads=10, decoys=4, layers=(layer(1.0, "salvo:1", interceptors=12),))
    found = play(raid, 400_000)
    assert found.p_no_leak == pytest.approx(comb(4, 2) / comb(14, 12), abs=SIGMAS * found.p_no_leak_error)


BAD = {
    "sspk above one": ({"sspk": 1.2}, {}, "sspk"),
    "sspk not a number": ({"sspk": nan}, {}, "sspk"),
    "no objects": ({}, {"warheads": 0}, "objects"),
    "half an object": ({}, {"warheads": 2.5}, "objects"),
    "objects without end": ({}, {"warheads": inf}, "objects"),
    "fewer than no decoys": ({}, {"decoys": -1}, "decoys"),
    "a salvo larger than the stock": ({"interceptors": 2}, {}, "whole salvo"),
    "half an interceptor": ({"interceptors": 2.5}, {}, "interceptors"),
    "fewer than no interceptors": ({"interceptors": -4}, {}, "interceptors"),
    "track above one": ({"track": 2.0}, {}, "track"),
    "common below zero": ({"common": -0.1}, {}, "common"),
    "reliability not a number": ({"reliability": nan}, {}, "reliability"),
    "discrimination above one": ({"discrimination": 1.01}, {}, "discrimination"),
    "shared above one": ({}, {"shared": 1.5}, "shared"),
    "unknown allocation": ({"allocation": "best"}, {}, "full or even"),
    "no layers": ({}, {"layers": ()}, "layers"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_with_what_is_allowed(name):
    own, other, word = BAD[name]
    plan = Layer(**{"sspk": 0.5, "doctrine": doctrine_from("salvo:3")} | own)
    with pytest.raises(BadInputError, match=word) as caught:
        check(LayeredRaid(**{"warheads": 4, "layers": (plan,)} | other))
    assert "allowed" in str(caught.value)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(BadInputError) as caught:
        check(
            LayeredRaid(warheads=0, shared=-1.0, layers=(layer(2.0, "salvo:1"), layer(0.5, "salvo:2", interceptors=1)))
        )
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("raid", "require"),
    [
        (LayeredRaid(warheads=4, layers=(layer(0.5, "salvo:1"),) * 2), 0.5),
        (LayeredRaid(warheads=4, decoys=2, layers=(layer(0.5, "shoot-look-shoot:2"),)), 0.5),
        (LayeredRaid(warheads=4, layers=(layer(0.5, "salvo:1"),)), 1.0),
        (LayeredRaid(warheads=4, layers=(layer(0.5, "salvo:1"),)), nan),
    ],
)
def test_questions_without_an_answer_are_refused(raid, require):
    with pytest.raises(BadInputError, match="require"):
        required(raid, require)


@pytest.mark.parametrize("trials", [0, 99, 10**9, 2.5])
def test_trials_have_limits(trials):
    with pytest.raises(BadInputError, match="trials"):
        engage(RAIDS["stocks run out"], trials)


def said(line):
    return CliRunner().invoke(app, ["raid", *line.split()])


def test_terminal_layers():
    ran = said(
        "--objects 20 --decoys 10 --shared 0.9 --json "
        "--layer sspk=0.5,doctrine=salvo:2,interceptors=60,discrimination=0.5 --layer sspk=0.8,track=0.9,common=0.2"
    )
    found = json.loads(ran.stdout)
    assert found["method"] == "exact"
    assert [each["interceptors"] for each in found["layers"]] == [60, None]
    assert found["layers"][0]["entering"] == 20.0
    assert found["layers"][1]["leaving"] == found["expected_leakers"]
    assert found["interceptors_required"] == 2 * 30 + 30


def test_terminal_dice_and_tables():
    ran = said("--objects 20 --sspk 0.8 --doctrine salvo:3 --trials 1000")
    assert ran.exit_code == 0
    assert "standard errors" in " ".join(ran.stdout.split())
    assert "layers" in said("--objects 20 --layer sspk=0.5 --layer sspk=0.8").stdout
    assert said("--objects 20 --sspk 0.8 --interceptors 30 --doctrine salvo:3 --require 0.1").exit_code == 1


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("--objects 2 --layer skpk=0.5", "Did you mean"),
        ("--objects 2 --layer sspk=0.5,sspk=0.6", "second time"),
        ("--objects 2 --layer sspk=half", "from 0 to 1"),
        ("--objects 2 --layer doctrine=salvo:2", "no sspk"),
        ("--objects 2 --layer sspk=0.5,interceptors=2.5", "whole number"),
        ("--objects 2 --layer sspk=0.5 --sspk 0.5", "one of the two"),
        ("--layer sspk=0.5", "--objects"),
        ("minimal --decoys 3", "a scenario and --decoys"),
    ],
)
def test_terminal_refuses(line, word):
    ran = said(line)
    assert isinstance(ran.exception, BadInputError)
    assert word in str(ran.exception)
