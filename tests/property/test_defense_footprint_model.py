"""What never shrinks a footprint: interceptors, fewer rounds, earlier and shared word; what shrinks it."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.catalog.load import catalog
from detente.defense.bands import Approach, Geometry, bands_of
from detente.defense.cue import Cue
from detente.defense.footprint_model import FootprintModel
from detente.problems import BadInputError

few = settings(max_examples=20, deadline=None)
PLACE = Geometry(
    site=(0.7, 0.4),
    launch=(0.62, 0.9),
    loft=0.0,
    late=70.0,
    burnout_time=100.0,
    longest=3500e3,
    beta=3000.0,
    sight=1.0,
)
TOLD = Cue(share=1.0, mode="own", track_time=700.0, alert_time=100.0)
THAAD = catalog().interceptors["thaad"]
AIMS = np.stack(
    np.meshgrid(0.7 + np.linspace(-0.06, 0.06, 13), 0.4 + np.linspace(-0.08, 0.08, 13), indexing="ij"), axis=-1
).reshape(-1, 2)


def model(places=(PLACE,), known=(TOLD,), **given) -> FootprintModel:
    approaches = tuple(Approach(geometry=place, known=known) for place in places)
    return FootprintModel(**{"interceptor": THAAD, "approaches": approaches, "count": 8} | given)


@few
@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 4), st.integers(1, 3))
def test_more_interceptors_never_lose_ground(count: int, more: int, rounds: int, salvo: int) -> None:
    small = model(count=count, rounds=rounds, salvo=salvo).chance(AIMS)
    assert np.all(model(count=count + more, rounds=rounds, salvo=salvo).chance(AIMS) >= small)


@few
@given(st.integers(1, 5))
def test_another_round_never_gains_ground(rounds: int) -> None:
    assert np.all(model(rounds=rounds + 1).chance(AIMS) <= model(rounds=rounds).chance(AIMS))


@few
@given(st.floats(0.0, 300.0), st.floats(0.0, 300.0), st.integers(1, 3))
def test_earlier_word_never_loses_ground(delay: float, more: float, rounds: int) -> None:
    assert np.all(
        model(delay=delay + more, rounds=rounds).chance(AIMS) <= model(delay=delay, rounds=rounds).chance(AIMS)
    )


@few
@given(st.floats(0.0, 1.0), st.floats(300.0, 700.0), st.integers(1, 3))
def test_shared_cueing_never_loses_ground(trust: float, track: float, rounds: int) -> None:
    """The other party's word comes beside the own: never later than without it."""
    alone = (TOLD,)
    shared = (
        replace(TOLD, share=trust, mode="shared", track_time=min(track, TOLD.track_time)),
        replace(TOLD, share=1.0 - trust),
    )
    known = tuple(each for each in shared if each.share > 0.0)
    assert np.all(model(known=known, rounds=rounds).chance(AIMS) >= model(known=alone, rounds=rounds).chance(AIMS))


@few
@given(st.floats(0.7, 1.0), st.integers(1, 3))
def test_a_faster_interceptor_never_loses_ground(slower: float, rounds: int) -> None:
    speed = THAAD.burnout_speed
    assert speed is not None
    slow = replace(
        THAAD,
        burnout_speed=replace(speed, value=speed.value * slower, low=speed.low * slower, high=speed.high * slower),
    )
    # A slower interceptor gets a radar of more reach, made to fit it: leave the track to others.
    fixed, poor = (replace(each, basing="fixed-land") for each in (THAAD, slow))
    full = model(interceptor=fixed, rounds=rounds).chance(AIMS)
    assert np.all(model(interceptor=poor, rounds=rounds).chance(AIMS) <= full + 1e-9)


def test_more_launch_points_never_gain_ground_in_reach_of_all() -> None:
    other = replace(PLACE, launch=(0.45, 0.75))
    both = model(places=(PLACE, other)).chance(AIMS)
    assert np.all(both <= model(places=(PLACE,)).chance(AIMS))
    assert np.all(both <= model(places=(other,)).chance(AIMS))
    assert both.max() > 0.0


def test_a_launch_point_out_of_reach_does_not_count() -> None:
    far = replace(PLACE, launch=(-0.9, -2.0))
    np.testing.assert_array_equal(model(places=(PLACE, far)).chance(AIMS), model(places=(PLACE,)).chance(AIMS))


def test_the_bands_are_those_of_the_plain_footprint() -> None:
    ours, plain = model().bands(), bands_of(THAAD, PLACE, (TOLD,))
    assert [band.area for band in ours] == [band.area for band in plain]


def test_a_change_is_another_model_and_the_ring_follows_the_site() -> None:
    first = model()
    there = first.moved(0.69, 0.41)
    assert (first.site, there.site) == ((0.7, 0.4), (0.69, 0.41))
    ring, moved = (each.bands()[1].rings[0].mean(axis=0) for each in (first, there))
    assert abs(moved[0] - ring[0]) > 0.003
    latitude, longitude, chance = first.grid(math.radians(3.0), math.radians(1.0))
    assert chance.shape == (latitude.size, longitude.size) == (7, 7)
    assert chance[3, 3] == first.chance(np.array([first.site]))[0]


def test_kill_is_that_of_the_shots() -> None:
    k = THAAD.sspk.value
    assert model(rounds=2, salvo=2).kill == pytest.approx(1.0 - (1.0 - k) ** 4)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"count": -1}, "count"),
        ({"rounds": 0}, "rounds"),
        ({"rounds": 1.5}, "rounds"),
        ({"rounds": math.nan}, "rounds"),
        ({"salvo": 9}, "salvo"),
        ({"draws": 0}, "draws"),
        ({"delay": -1.0}, "delay"),
        ({"delay": math.nan}, "delay"),
        ({"places": ()}, "approaches"),
        ({"places": (PLACE, replace(PLACE, site=(0.1, 0.1)))}, "approaches"),
        ({"places": (replace(PLACE, site=(2.0, 0.1)),)}, "site"),
        ({"interceptor": catalog().interceptors["airborne-laser"]}, "interceptor"),
    ],
)
def test_bad_input_is_told(given, key) -> None:
    with pytest.raises(BadInputError) as caught:
        model(**given)
    assert key in [problem.key for problem in caught.value.problems]


def test_bad_probabilities_and_grids_are_told() -> None:
    with pytest.raises(BadInputError, match="probabilities"):
        model().bands((), (0.0,))
    with pytest.raises(BadInputError, match="step"):
        model().grid(0.01, 0.02)
