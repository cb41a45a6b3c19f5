"""What so many hits in so many tests say of the chance of a hit, and how many tests it takes to show one.

Valid for tests that are alike and independent, drawn from what is asked about. Scripted tests are neither: what follows
from them is a statement on such tests.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from detente.problems import BadInputError, Problem

MOST_TESTS = 100_000
UNIFORM = (1.0, 1.0)
"""Prior of Bayes and Laplace: before any test every chance is as likely as every other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What tests say of the chance of a hit.

    Parameters
    ----------
    tests, hits : int
        What was seen.
    rate : float or None
        Hits divided by tests; None without tests.
    mean : float
        Of the chance, after the tests, 0 to 1.
    low, high : float
        Credible interval with equal tails.
    exact_low, exact_high : float
        Confidence interval of Clopper and Pearson.
    level : float
        Of both intervals, 0 to 1.
    prior : tuple of float
        Parameters of the Beta distribution before the tests.
    """

    tests: int
    hits: int
    rate: float | None
    mean: float
    low: float
    high: float
    exact_low: float
    exact_high: float
    level: float
    prior: tuple[float, float]

    def at_least(self, chance: float) -> float:
        """Return the probability that the chance of a hit is at least so high, after the tests."""
        from scipy.special import betaincc

        return float(betaincc(self.hits + self.prior[0], self.tests - self.hits + self.prior[1], chance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How many tests show a chance of a hit, if so many of them may miss.

    Parameters
    ----------
    misses : int
        Misses that are allowed.
    tests : int
        Least number of tests such that a system with a lower chance would pass with at most 1 - confidence.
    bayes_tests : int
        Least number after which, with all misses used up, the chance is at least as high as wanted with a probability
        equal to the confidence, from the uniform prior.
    """

    misses: int
    tests: int
    bayes_tests: int


def evidence(tests: int, hits: int, level: float = 0.9, prior: tuple[float, float] = UNIFORM) -> Evidence:
    """Return what so many hits in so many tests say of the chance of a hit.

    Parameters
    ----------
    tests, hits : int
        0 to 100,000, and 0 to `tests`.
    level : float
        Of the intervals, above 0 and below 1.
    prior : tuple of float
        Parameters of the Beta distribution before the tests, > 0; (1, 1) is uniform, (0.5, 0.5) that of Jeffreys.

    Raises
    ------
    BadInputError
        A number outside its limits; everything wrong at once.

    References
    ----------
    Clopper, C. J. and Pearson, E. S. (1934), The use of confidence or fiducial limits illustrated in the case of the
    binomial, Biometrika 26(4). Brown, L. D., Cai, T. T. and DasGupta, A. (2001), Interval estimation for a binomial
    proportion, Statistical Science 16(2), sections 4.1 and 4.2.

    Examples
    --------
    >>> found = evidence(20, 12)
    >>> round(found.exact_low, 2), round(found.exact_high, 2)
    (0.39, 0.78)
    """
    wrong = [*_counts(tests, hits), *_open("level", level, "0.9"), *_prior(prior)]
    if wrong:
        raise BadInputError(wrong)
    from scipy.special import betaincinv

    tail, misses = 0.5 * (1.0 - level), tests - hits
    a, b = hits + prior[0], misses + prior[1]
    return Evidence(
        tests=int(tests),
        hits=int(hits),
        rate=hits / tests if tests else None,
        mean=a / (a + b),
        low=float(betaincinv(a, b, tail)),
        high=float(betaincinv(a, b, 1.0 - tail)),
        exact_low=float(betaincinv(hits, misses + 1.0, tail)) if hits else 0.0,
        exact_high=float(betaincinv(hits + 1.0, misses, 1.0 - tail)) if misses else 1.0,
        level=level,
        prior=prior,
    )


def plans(chance: float, confidence: float = 0.9, misses: int = 0) -> tuple[Plan, ...]:
    """Return how many tests show a chance of a hit with a confidence, for no miss up to so many.

    Parameters
    ----------
    chance : float
        Chance of a hit to be shown, above 0 and below 1.
    confidence : float
        Above 0 and below 1.
    misses : int
        Most misses allowed, 0 to 100.

    Raises
    ------
    BadInputError
        A number outside its limits, or more than 100,000 tests.

    References
    ----------
    Mann, N. R., Schafer, R. E. and Singpurwalla, N. D. (1974), Methods for Statistical Analysis of Reliability and Life
    Data, ch. 8 (recalled): the least n with sum over i <= c of C(n, i) (1 - R)^i R^(n - i) <= 1 - C; without a miss,
    n = ln(1 - C)/ln R.

    Examples
    --------
    >>> plans(0.9, 0.9)[0].tests
    22
    """
    wrong = [*_open("chance", chance, "0.8"), *_open("confidence", confidence, "0.9")]
    wrong += _whole("misses", misses, 0, 100, "Give the misses that may happen, for example 2.")
    if wrong:
        raise BadInputError(wrong)
    return tuple(
        Plan(
            misses=allowed,
            tests=_least(allowed, chance, confidence, 0),
            bayes_tests=_least(allowed, chance, confidence, 1),
        )
        for allowed in range(int(misses) + 1)
    )


def _least(misses: int, chance: float, confidence: float, prior: int) -> int:
    """Return the least number of tests of a plan; one test fewer for each that the prior counts as seen.

    Passing has the chance I(n - c, c + 1; R) of the incomplete beta function; the posterior asks the same of n + 1.
    """
    from scipy.special import betainc

    def fails(tests: int) -> bool:
        hits = tests - misses
        return hits + prior <= 0 or float(betainc(hits + prior, misses + 1.0, chance)) > 1.0 - confidence + 1e-12

    low, high = misses, max(misses, 1)
    while fails(high):
        low, high = high, 2 * high
        if high > 2 * MOST_TESTS:
            do = "Ask for a lower chance or confidence, or for fewer misses."
            found = f"chance {chance:g} with confidence {confidence:g} and {misses} misses"
            raise BadInputError([_bad("plan", found, f"plans of up to {MOST_TESTS:,} tests", do)])
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if fails(middle) else (low, middle)
    return low


def _bad(key: str, found: object, allowed: str, do: str) -> Problem:
    return Problem(file="tests", key=key, found=str(found), allowed=allowed, do=do)


def _whole(key: str, value: float, low: int, high: int, do: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not math.isfinite(value) or value != int(value) or not low <= value <= high:
        yield _bad(key, value, f"a whole number from {low} to {high}", do)


def _counts(tests: float, hits: float) -> Iterator[Problem]:
    amiss = list(_whole("tests", tests, 0, MOST_TESTS, "Give the number of tests."))
    yield from amiss
    yield from _whole("hits", hits, 0, MOST_TESTS if amiss else int(tests), "Give the hits among these tests.")


def _open(key: str, value: float, example: str) -> Iterator[Problem]:
    if isinstance(value, bool) or not 0.0 < value < 1.0:
        yield _bad(key, value, "above 0 and below 1", f"Write for example {example}.")


def _prior(prior: tuple[float, float]) -> Iterator[Problem]:
    if len(prior) != 2 or not all(0.0 < each <= 1e6 for each in prior):
        told = ",".join(f"{each:g}" for each in prior)
        yield _bad("prior", told, "two numbers above 0, up to 1e6", "Write 1,1 for uniform or 0.5,0.5 for Jeffreys.")
