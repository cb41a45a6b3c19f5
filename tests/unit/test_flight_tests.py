"""The record of flight tests: how it is read and counted, and what tests say of a chance."""

from dataclasses import replace
from datetime import date
from math import log, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from detente.catalog.consistent import contradictions
from detente.catalog.load import catalog
from detente.defense.evidence import evidence, plans
from detente.defense.tallies import chosen, counted, systems, tally
from detente.problems import BadInputError

TESTS = catalog().tests


def test_the_record_is_whole():
    assert len(TESTS) == 207
    assert sum(test.seen == "yes" for test in TESTS.values()) == 103
    assert sum(test.seen == "no" for test in TESTS.values()) == 80
    assert all((test.seen == "no") == (test.source == "recalled") for test in TESTS.values())


def test_launches_against_a_conditional_target_are_never_intercepts():
    moscow = [test for test in TESTS.values() if test.system.startswith(("A-135", "A-235"))]
    assert len(moscow) == 23
    assert {test.kind for test in moscow} == {"flight", "satellite"}
    assert not any(counted(test) for test in moscow)


def test_what_is_disputed_claimed_or_aimed_elsewhere_is_not_counted():
    assert {test.kind for test in TESTS.values() if not counted(test)} == {
        "intercept", "flight", "satellite", "combat", "tally"
    }  # fmt: skip
    for test in TESTS.values():
        if counted(test):
            assert test.outcome in {"hit", "miss"}
            assert test.ballistic
    apart = tally("SM-3", chosen(TESTS, "SM-3"))
    assert apart is not None
    assert apart.satellites == 1
    assert all(not counted(test) for test in chosen(TESTS, "Patriot PAC-2") if test.kind == "combat")


def test_every_system_is_listed_and_found_in_any_letters():
    assert systems(TESTS)[:3] == ("SM-3", "GMD", "THAAD")
    assert chosen(TESTS, "gmd") == chosen(TESTS, "GMD")
    assert sum(len(chosen(TESTS, name)) for name in systems(TESTS)) == 206
    assert tally("A-135 53T6", chosen(TESTS, "A-135 53T6")) is None


def test_dates_cut_the_record():
    found = chosen(TESTS, "GMD", since=date(2001, 1, 1), until=date(2001, 12, 31))
    assert [test.title for test in found] == ["IFT-6", "IFT-7"]


def test_an_unknown_system_is_told_with_those_there_are():
    with pytest.raises(BadInputError, match="THAAD"):
        chosen(TESTS, "THAD")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"outcome": "launched"}, "outcome"),
        ({"kind": "combat"}, "outcome"),
        ({"attempts": TESTS["hit-to-kill-nmd-technology-tally"].attempts}, "attempts"),
        ({"kind": "tally", "outcome": "none"}, "attempts"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(changes, path):
    wrong = list(contradictions(replace(TESTS["gmd-ift-3"], **changes)))
    assert path in [each.path for each in wrong]
    assert all(each.do for each in wrong)
    assert not list(contradictions(TESTS["gmd-ift-3"]))


def test_a_tally_has_no_more_hits_than_attempts():
    known = TESTS["hit-to-kill-nmd-technology-tally"]
    assert not list(contradictions(known))
    (wrong,) = contradictions(replace(known, attempts=known.hits, hits=known.attempts))
    assert "15 hits in 2" in wrong.found


def test_no_test_says_nothing():
    found = evidence(0, 0)
    assert (found.rate, found.mean) == (None, 0.5)
    assert (found.exact_low, found.exact_high) == (0.0, 1.0)
    assert (found.low, found.high) == pytest.approx((0.05, 0.95))


def test_a_uniform_prior_and_no_miss_has_a_closed_form():
    found = evidence(16, 16)
    assert found.low == pytest.approx(0.05 ** (1 / 17))
    assert found.at_least(0.9) == pytest.approx(1 - 0.9**17)
    assert found.exact_low == pytest.approx(0.05 ** (1 / 16))
    assert found.exact_high == 1.0


def test_the_prior_moves_the_answer_and_is_told():
    uniform, jeffreys = evidence(4, 4), evidence(4, 4, prior=(0.5, 0.5))
    assert jeffreys.mean == pytest.approx(4.5 / 5)
    assert jeffreys.mean > uniform.mean == pytest.approx(5 / 6)
    assert jeffreys.prior == (0.5, 0.5)


counts = st.integers(0, 60).flatmap(lambda tests: st.tuples(st.just(tests), st.integers(0, tests)))


@settings(max_examples=80, deadline=None)
@given(counts, st.floats(0.5, 0.99))
def test_intervals_hold_what_they_should(pair, level):
    tests, hits = pair
    found = evidence(tests, hits, level)
    assert 0.0 <= found.low <= found.high <= 1.0
    assert found.low - 1e-9 <= found.mean <= found.high + 1e-9 or level < 0.6
    if tests:
        assert found.exact_low <= hits / tests <= found.exact_high
        tail = (1 - level) / 2
        if hits:
            assert binom.sf(hits - 1, tests, found.exact_low) == pytest.approx(tail, abs=1e-6)
        if hits < tests:
            assert binom.cdf(hits, tests, found.exact_high) == pytest.approx(tail, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(counts, st.floats(0.01, 0.99))
def test_one_more_hit_never_lowers_what_is_believed(pair, chance):
    tests, hits = pair
    assert evidence(tests + 1, hits + 1).at_least(chance) >= evidence(tests, hits).at_least(chance) - 1e-12
    assert evidence(tests + 1, hits).at_least(chance) <= evidence(tests, hits).at_least(chance) + 1e-12


@settings(max_examples=60, deadline=None)
@given(st.floats(0.05, 0.98), st.floats(0.05, 0.98), st.integers(0, 4))
def test_a_plan_is_the_least_that_shows_it(chance, confidence, misses):
    for plan in plans(chance, confidence, misses):
        assert binom.cdf(plan.misses, plan.tests, 1 - chance) <= 1 - confidence + 1e-9
        fewer = plan.tests - 1
        assert fewer <= plan.misses or binom.cdf(plan.misses, fewer, 1 - chance) > 1 - confidence - 1e-9
        assert plan.tests - 1 <= plan.bayes_tests <= plan.tests or plan.bayes_tests == plan.misses
        if plan.bayes_tests > plan.misses:
            believed = evidence(plan.bayes_tests, plan.bayes_tests - plan.misses).at_least(chance)
            assert believed >= confidence - 1e-9


def test_without_a_miss_the_plan_is_a_logarithm():
    assert plans(0.9)[0].tests == 22 > log(0.1) / log(0.9) > 21


@pytest.mark.parametrize(
    ("ask", "word"),
    [
        (lambda: evidence(-1, 0), "tests"),
        (lambda: evidence(3, 4), "hits"),
        (lambda: evidence(3.5, 1), "tests"),
        (lambda: evidence(nan, 1), "tests"),
        (lambda: evidence(3, 1, level=1.0), "level"),
        (lambda: evidence(3, 1, level=nan), "level"),
        (lambda: evidence(3, 1, prior=(0.0, 1.0)), "prior"),
        (lambda: plans(1.0), "chance"),
        (lambda: plans(0.9, 0.0), "confidence"),
        (lambda: plans(0.9, 0.9, -1), "misses"),
        (lambda: plans(0.9999999, 0.999), "100,000"),
    ],
)
def test_bad_numbers_are_told_with_what_is_allowed(ask, word):
    with pytest.raises(BadInputError, match=word) as caught:
        ask()
    assert "allowed" in str(caught.value)
