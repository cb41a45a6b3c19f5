"""What no defense can do: leak less with less, or more than everything."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.defense import kernels
from detente.defense.quick import quick

chances = st.floats(0.0, 1.0)
few = settings(max_examples=60, deadline=None)


def follow(missiles=4, warheads=1, **other):
    """Follow a raid on two aims through one midcourse and one terminal deployment."""
    given = {"decoys": 0.0, "stock": 20.0, "k": 0.6, "n": 3, "turn": 1, "q": 0.3, "looks": 2} | other
    traits = np.array(
        [[given["k"], given["n"], given["turn"], given["q"], 0.9, 1.0], [0.7, 2, 0, 0.9, 0.8, 2.0]], dtype=float
    )
    stock, rounds = np.array([given["stock"], 6.0]), np.array([[given["looks"]] * 2, [1, 0]])
    return kernels.raid(missiles, warheads, given["decoys"], stock, traits, rounds)


@few
@given(
    st.integers(1, 6),
    st.integers(1, 3),
    st.floats(0, 4),
    st.floats(0, 40),
    chances,
    st.integers(1, 5),
    st.integers(0, 4),
)
def test_leakage_stays_between_nothing_and_everything(missiles, warheads, decoys, stock, k, n, looks) -> None:
    none, alive, used = follow(missiles, warheads, decoys=decoys, stock=stock, k=k, n=n, looks=looks)
    assert -1e-9 <= none <= 1 + 1e-9
    assert np.all(np.diff(alive) <= 1e-9)
    assert alive[0] == pytest.approx(missiles * warheads)
    assert alive[-1] >= -1e-9
    assert -1e-9 <= used[0] <= stock + 1e-9


@few
@given(st.floats(0, 30), st.floats(0, 10), chances, st.floats(0, 4))
def test_more_interceptors_never_leak_more(stock, more, k, decoys) -> None:
    one, other = follow(stock=stock, k=k, decoys=decoys), follow(stock=stock + more, k=k, decoys=decoys)
    assert other[0] >= one[0] - 1e-9
    assert other[1][-1] <= one[1][-1] + 1e-9


@few
@given(chances, chances, st.floats(2, 30), st.integers(0, 1))
def test_a_better_shot_never_leaks_more(k, other_k, stock, turn) -> None:
    low, high = sorted((k, other_k))
    one, other = follow(stock=stock, k=low, turn=turn), follow(stock=stock, k=high, turn=turn)
    assert other[0] >= one[0] - 1e-9
    assert other[1][-1] <= one[1][-1] + 1e-9


@few
@given(chances, chances, st.floats(2, 60))
def test_telling_decoys_apart_never_leaks_more(q, other_q, stock) -> None:
    low, high = sorted((q, other_q))
    one, other = (follow(decoys=3.0, stock=stock, q=each) for each in (low, high))
    assert other[1][-1] <= one[1][-1] + 1e-6


@few
@given(st.integers(1, 4))
def test_more_looks_never_leak_more(looks) -> None:
    assert follow(stock=8.0, looks=looks + 1)[1][-1] <= follow(stock=8.0, looks=looks)[1][-1] + 1e-9


@few
@given(st.integers(1, 30), st.floats(0.05, 1.0), st.integers(1, 5))
def test_raid_with_enough_interceptors_is_the_quick_sum(objects, k, n) -> None:
    traits = np.array([[k, n, 1.0, 1.0, 1.0, 1.0]])
    none, alive, used = kernels.raid(objects, 1, 0.0, np.array([1e4]), traits, np.array([[9]]))
    answer = quick(objects, k, f"shoot-look-shoot:{n}")
    assert none == pytest.approx(answer.p_no_leak, abs=1e-9)
    assert alive[-1] == pytest.approx(answer.expected_leakers, abs=1e-9)
    assert used[0] == pytest.approx(answer.interceptors_expected, abs=1e-8)


@few
@given(st.integers(1, 40), st.floats(0.01, 0.99), st.integers(1, 5), st.floats(0.01, 0.99))
def test_required_salvo_is_the_least_that_suffices(objects, k, n, require) -> None:
    stock = quick(objects, k, f"salvo:{n}", require).interceptors_required
    assert stock is not None
    shots = stock // objects
    assert (1 - (1 - k) ** shots) ** objects >= require - 1e-9
    assert shots == 1 or (1 - (1 - k) ** (shots - 1)) ** objects < require + 1e-9
