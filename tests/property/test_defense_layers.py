"""Layers: leakage stays within bounds, and no better defense leaks more."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.defense.layers import Doctrine, Layer, LayeredRaid
from detente.defense.leakage import exact, has_closed_form
from detente.defense.monte_carlo import play

few = settings(max_examples=60, deadline=None)
chances = st.floats(0.0, 1.0)


@st.composite
def plans(draw):
    doctrine = Doctrine(kind=draw(st.sampled_from(["salvo", "shoot-look-shoot"])), shots=draw(st.integers(1, 4)))
    stock = draw(st.none() | st.integers(4, 30))
    return Layer(
        sspk=draw(chances),
        doctrine=doctrine,
        interceptors=stock,
        track=draw(chances),
        reliability=draw(chances),
        common=draw(chances),
        allocation=draw(st.sampled_from(["full", "even"])),
    )


raids = st.builds(
    LayeredRaid, warheads=st.integers(1, 8), layers=st.lists(plans(), min_size=1, max_size=3).map(tuple), shared=chances
)


@few
@given(raids)
def test_leakage_lies_between_nothing_and_everything(raid):
    assert has_closed_form(raid)
    found = exact(raid)
    assert 0.0 <= found.p_no_leak <= 1.0
    assert -1e-9 <= found.expected_leakers <= raid.warheads + 1e-9
    assert all(before >= after - 1e-9 for before, after in zip(found.alive, found.alive[1:], strict=False))
    assert 1.0 - found.p_no_leak <= found.expected_leakers + 1e-9  # the chance of one is at most their mean number
    for layer, used in zip(raid.layers, found.used, strict=True):
        assert -1e-9 <= used <= (raid.warheads * 4 if layer.interceptors is None else layer.interceptors) + 1e-9


@few
@given(raids, st.sampled_from(["sspk", "track", "reliability"]), chances)
def test_a_better_layer_never_leaks_more(raid, name, value):
    own = raid.layers[0]
    better = replace(raid, layers=(replace(own, **{name: max(getattr(own, name), value)}), *raid.layers[1:]))
    one, other = exact(raid), exact(better)
    assert other.p_no_leak >= one.p_no_leak - 1e-9
    assert other.expected_leakers <= one.expected_leakers + 1e-9


@few
@given(raids, st.integers(0, 20))
def test_more_interceptors_never_leak_more(raid, more):
    own = raid.layers[0]
    start = replace(raid, layers=(replace(own, interceptors=own.interceptors or 4), *raid.layers[1:]))
    larger = replace(own, interceptors=(own.interceptors or 4) + more)
    one, other = exact(start), exact(replace(start, layers=(larger, *raid.layers[1:])))
    assert other.p_no_leak >= one.p_no_leak - 1e-9
    assert other.expected_leakers <= one.expected_leakers + 1e-9


@few
@given(raids, chances)
def test_common_causes_leave_the_mean_of_a_single_shot(raid, common):
    alone = replace(
        raid.layers[0], common=common, doctrine=Doctrine(kind="salvo", shots=1), interceptors=None, track=1.0
    )
    one = exact(replace(raid, layers=(alone,)))
    other = exact(replace(raid, layers=(replace(alone, common=0.0),)))
    assert abs(one.expected_leakers - other.expected_leakers) < 1e-9


@settings(max_examples=15, deadline=None)
@given(raids)
def test_exact_equals_dice(raid):
    sure, dice = exact(raid), play(raid, 20_000)
    assert abs(sure.p_no_leak - dice.p_no_leak) <= 5.0 * dice.p_no_leak_error + 1e-3
    assert abs(sure.expected_leakers - dice.expected_leakers) <= 5.0 * dice.expected_leakers_error + 1e-2
