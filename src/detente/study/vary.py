"""Copies of a scenario in which what is uncertain takes other values."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Catalog
from detente.scenario.scenario import Case, Scenario
from detente.sources import Cited, at, cited

SEED = 20010808
"""Seed of all streams: the date of the briefings in Washington."""


def focused(scenario: Scenario, case: Case) -> Scenario:
    """Return the scenario with one case and only the catalog records that the case names, so that copies are cheap."""
    known = scenario.catalog
    used = Catalog(
        interceptors={name: known.interceptors[name] for name in sorted({item.interceptor for item in case.defenses})},
        forces={name: known.forces[name] for name in sorted({plan.base for plan in case.forces.values()})},
        procedures={
            party.procedure: known.procedures[party.procedure] for party in scenario.parties.values() if party.procedure
        },
        cross_sections=known.cross_sections,
        missiles=known.missiles,
        radars=known.radars,
        constellations=known.constellations,
        places=known.places,
        regions=known.regions,
    )
    return dataclasses.replace(scenario, cases={case.name: case}, catalog=used)


def uncertain(scenario: Scenario) -> dict[str, Cited]:
    """Return the numbers of a focused scenario that have a spread, by path."""
    (case,) = scenario.cases.values()
    parts = {
        "assumptions": scenario.assumptions,
        "catalog.interceptors": scenario.catalog.interceptors,
        "catalog.forces": scenario.catalog.forces,
        "catalog.procedures": scenario.catalog.procedures,
        f"cases.{case.name}": case,
    }
    found = [pair for path, part in parts.items() for pair in cited(part, path)]
    return {path: number for path, number in found if number.high > number.low}


def replaced(scenario: Scenario, values: dict[str, float]) -> Scenario:
    """Return a focused scenario in which the numbers at these paths have these values."""
    within = set().union(*map(_on_the_way, values))

    def pick(path: str, number: Cited) -> float:
        return values.get(path, number.value)

    (case,) = scenario.cases.values()
    made = dataclasses.replace(
        scenario.catalog,
        interceptors=at(scenario.catalog.interceptors, pick, "catalog.interceptors", within),
        forces=at(scenario.catalog.forces, pick, "catalog.forces", within),
        procedures=at(scenario.catalog.procedures, pick, "catalog.procedures", within),
    )
    return dataclasses.replace(
        scenario,
        assumptions=at(scenario.assumptions, pick, "assumptions", within),
        cases={case.name: at(case, pick, f"cases.{case.name}", within)},
        catalog=made,
    )


@cache
def _on_the_way(path: str) -> frozenset[str]:
    """Return a path and all that lead to it."""
    parts = path.split(".")
    return frozenset(".".join(parts[:end]) for end in range(1, len(parts) + 1))


def field_of(path: str) -> str:
    """Return the kind of thing and the field that a path ends in; fields of one kind are moved together.

    Examples
    --------
    >>> field_of("catalog.forces.us-2001.classes.ohio.accuracy")
    'forces.accuracy'
    >>> field_of("cases.start-2.forces.us.ceiling")
    'forces.ceiling'
    """
    head, *rest = path.split(".")
    kind = rest[0] if head == "catalog" else rest[1] if head == "cases" else head
    return f"{kind}.{rest[-1]}"


def draws(scenario: Scenario, count: int) -> Iterator[Scenario]:
    """Yield copies of a focused scenario with every uncertain number drawn from its range.

    Each number has a triangular distribution from low over its value to high, sampled as a Latin hypercube: `count`
    equal slices of probability, each used once. A number keeps its own stream in every case, seeded by its path, so
    that cases differ by what they change and not by the draw.

    References
    ----------
    .. [1] M. D. McKay, R. J. Beckman, W. J. Conover, Technometrics 21, 239 (1979), section 2.
    """
    numbers = uncertain(scenario)
    columns = {path: stream(path, count) for path in numbers}
    for index in range(count):
        yield replaced(scenario, {path: triangular(numbers[path], float(columns[path][index])) for path in numbers})


@cache
def stream(path: str, count: int) -> NDArray[np.float64]:
    """Return `count` probabilities in [0, 1), one in each slice, in an order that only the number's path decides."""
    shared = path.split(".", 2)[2] if path.startswith("cases.") else path
    seed = int.from_bytes(hashlib.sha256(shared.encode()).digest()[:8], "big")
    random = np.random.default_rng([SEED, seed])
    return (random.permutation(count) + random.random(count)) / count


def triangular(number: Cited, u: float) -> float:
    """Return the quantile of the triangular distribution on (low, value, high) at probability u.

    Examples
    --------
    >>> triangular(Cited(value=1.0, low=0.0, high=2.0, source="x"), 0.5)
    1.0
    """
    low, mode, high = number.low, number.value, number.high
    width = high - low
    if width <= 0:
        return mode
    turn = (mode - low) / width
    if u < turn:
        return low + sqrt(u * width * (mode - low))
    return high - sqrt((1 - u) * width * (high - mode))
