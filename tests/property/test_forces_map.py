"""What must hold of any stability map: more interceptors never make retaliation surer, more time never less."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.forces.map_kernels import retaliation
from detente.forces.stability_map import Retaliation

HOW = (0, 2, False, False, False)
amounts = st.floats(0.0, 5000.0)
shares = st.floats(0.0, 1.0)


@st.composite
def sides(draw):
    size = draw(st.integers(2, 6))

    def column(values):
        return np.array([draw(values) for _ in range(size)])

    missiles = column(amounts)[None, :]
    return Retaliation(
        attacker="a",
        victim="b",
        posture="generated",
        missiles=missiles,
        bombers=column(amounts)[None, :],
        prompt_missiles=missiles + column(amounts)[None, :],
        spent=column(st.floats(1.0, 5.0)),
        kill=column(shares),
        floor=column(st.floats(1.0, 600.0)),
    )


@given(sides(), st.floats(0.0, 4000.0), st.lists(amounts, min_size=2, max_size=5, unique=True), amounts)
def test_interceptors_and_requirements_lower_what_is_assured_and_time_raises_it(one, required, numbers, more):
    numbers = tuple(sorted(numbers))
    cells = one.assured(numbers, required)
    assert ((cells >= 0.0) & (cells <= 1.0)).all()
    assert (np.diff(cells, axis=0) <= 0.0).all()
    assert (one.assured(numbers, required + more) <= cells).all()
    assert (one.assured(numbers, required, 600.0) >= cells).all()
    assert one.boundary(0.95, required)[0] <= one.boundary(0.5, required)[0] <= one.boundary(0.05, required)[0]


@given(sides(), amounts)
def test_what_gets_through_is_never_below_none_or_above_what_arrives(one, interceptors):
    through = one.arriving(interceptors)
    assert (through >= -1e-9).all()
    assert (through <= one.arriving(0.0) + 1e-9).all()


@st.composite
def strikes(draw):
    def column(values, size):
        return np.array([[draw(values) for _ in range(size)]])

    guns, aims = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    attacker = (
        column(st.integers(0, 2000).map(float), guns),
        column(shares, guns),
        column(st.floats(1e14, 5e15), guns),
        column(st.floats(50.0, 800.0), guns),
        column(shares, guns),
    )
    silo = np.array([draw(st.booleans()) for _ in range(aims)])
    hardness = np.where(silo, column(st.floats(1e6, 5e7), aims), 0.0)
    victim = (
        column(st.integers(0, 2000).map(float), aims),
        column(st.integers(1, 300).map(float), aims)[:, None, :],
        column(shares, aims),
        hardness,
        column(shares, aims),
        np.where(silo, 0.0, column(st.sampled_from([0.0, 1e9, 1e11]), aims)),
        column(st.floats(7e3, 7e4), aims),
    )
    return attacker, victim, silo


@settings(max_examples=60)
@given(strikes(), st.floats(0.0, 1.0))
def test_a_strike_leaves_no_more_than_there_was_and_a_smaller_one_no_less(strike, part):
    attacker, victim, silo = strike
    missile = np.ones_like(silo)
    whole = retaliation(HOW, 0.0, attacker, victim, silo, missile).sum()
    assert -1e-9 <= whole <= (victim[0] * victim[4]).sum() + 1e-6
    less = retaliation(HOW, 0.0, (attacker[0] * part, *attacker[1:]), victim, silo, missile).sum()
    assert less >= whole - 1e-6 * max(whole, 1.0)
    prompt = retaliation(HOW, 0.9, attacker, victim, silo, missile).sum()
    assert prompt >= whole - 1e-6 * max(whole, 1.0)
    none = retaliation(HOW, 0.0, (*attacker[:4], attacker[4] * 0.0), victim, silo, missile).sum()
    assert abs(none - (victim[0] * victim[4]).sum()) <= 1e-6
