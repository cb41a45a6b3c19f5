"""The reduction that is survived best: an integer program over launchers and the warheads on each of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Force
from detente.forces.counting import Row
from detente.forces.policies import Target, budget, is_named, most_off
from detente.forces.strike import Side, side

Array = NDArray[np.float64]
SHOTS = 2
"""Most warheads that the attacker sends at one silo or base."""
CLOSE = 1e-4
"""How far, relatively, the answer may be from the best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Launchers of one class with one loading.

    Parameters
    ----------
    row : int
        Which class.
    loaded, attributed, counts : float
        Warheads a launcher: on it, attributed, and as the rule counts.
    worth : float
        Reliable warheads on a launcher that was not struck.
    safe : float
        Share of `worth` that a strike leaves where the attacker does not weigh its warheads; 1 for silos.
    survives : float or None
        Of a silo: probability that it survives one shot of the attacker's mean warhead; None for other classes.
    off : float
        Attributed warheads taken off.
    flat : bool or None
        Of bombers with cruise missiles: within those that count at the flat rate or beyond; None for other classes.
    """

    row: int
    loaded: float
    attributed: float
    counts: float
    worth: float
    safe: float
    survives: float | None
    off: float = 0.0
    flat: bool | None = None


def best_survival(held: Sequence[Row], target: Target, against: Force) -> None:
    """Cut rows in place so that the most reliable warheads survive a first strike day to day.

    The attacker has its land-based missiles and boats at sea. It sends two warheads at every base, which are few, and
    up to two at a silo, each as lethal as their mean, so that the fewest reliable warheads are left. With a price on
    the attacker's warheads the choice is an integer program (HiGHS); by duality the price is the one that leaves the
    most, and it is looked for among all at which the attacker's best answer changes.

    Parameters
    ----------
    held : sequence of Row
        The classes.
    target : Target
        Ceiling, rule and limits on downloading.
    against : Force
        Whose strike is to be survived.
    """
    attacker = side(against.party, against)
    ready = np.where(attacker.missile, attacker.ready("day-to-day"), 0.0)
    choices = [each for index, row in enumerate(held) for each in _choices(index, row, target, attacker, ready)]
    if not choices:
        return
    best: tuple[float, Array] = (-math.inf, np.zeros(len(choices)))
    stock = float(ready.sum())
    for bound, price in _priced(held, choices, target, stock):
        if bound <= best[0] * (1.0 + CLOSE) + 1e-9:
            break
        gain = _gains(choices, np.array([price]))[0]
        number = _solved(held, choices, target, gain)
        best = max(best, (float(gain @ number) - stock * price, number), key=lambda one: one[0])
    _carry_out(held, choices, best[1])


def _choices(index: int, row: Row, target: Target, attacker: Side, ready: Array) -> Iterator[Choice]:
    """Yield every loading that a class may have, the present one first."""
    if row.launchers <= 0.0 or row.loaded <= 0.0:
        return
    survives, safe = _survival(row, attacker, ready)
    reliability = row.kind.reliability.value
    plain = Choice(
        row=index,
        loaded=row.loaded,
        attributed=row.attributed,
        counts=row.each(target.rule),
        worth=row.loaded * reliability,
        safe=safe,
        survives=survives,
    )
    if row.bombers and target.rule == "attributed":
        yield replace(plain, counts=row.bombers.flat.value, flat=True)
        yield replace(plain, counts=min(row.loaded, row.bombers.most.value), flat=False)
        return
    yield plain
    least = most_off(target.downloads, row)
    deep = _deepest(row, target)
    for level in range(math.ceil(max(row.loaded, row.attributed)) - 1, 0, -1):
        loaded, attributed = min(row.loaded, float(level)), min(row.attributed, float(level))
        off = row.attributed - attributed
        if off <= max(least, deep):
            made = replace(row, loaded=loaded, attributed=attributed)
            worth = loaded * reliability
            yield replace(
                plain, loaded=loaded, attributed=attributed, counts=made.each(target.rule), worth=worth, off=off
            )


def _deepest(row: Row, target: Target) -> float:
    """Return how many warheads may be taken off a few ICBMs of one type, 0 where the limits know no such thing."""
    limits = target.downloads
    if limits is None or limits.deeper_per_missile is None or row.leg != "icbm" or row.kind.heavy:
        return 0.0
    return 0.0 if is_named(limits, row) else limits.deeper_per_missile.value


def _survival(row: Row, attacker: Side, ready: Array) -> tuple[float | None, float]:
    """Return what of a class survives: one shot at a silo, and what the strike on bases leaves."""
    from detente.forces.kernels import LIEBER_PRESS_2006, sspk_matrix  # numba is slow to import

    total = float(ready.sum())
    hardness = row.kind.hardness.value if row.kind.basing == "silo" and row.kind.hardness else 0.0
    one = sspk_matrix(LIEBER_PRESS_2006, attacker.weapon_yield, attacker.accuracy, np.array([hardness]))[:, 0]
    missed = float(ready @ (1.0 - one * attacker.reliability)) / total if total > 0.0 else 1.0
    if row.kind.basing == "silo":
        return missed, 1.0
    alert = row.kind.alert_day.value
    return None, alert + (1.0 - alert) * missed**SHOTS


def _gains(choices: Sequence[Choice], prices: Array) -> Array:
    """Return what one launcher leaves (Z, V) where each attacking warhead has a price (Z,): its cost is added."""
    out = np.empty((prices.size, len(choices)))
    for v, each in enumerate(choices):
        out[:, v] = each.worth * each.safe
        if each.survives is not None:
            shots = np.arange(SHOTS + 1)[:, None]
            out[:, v] = (each.worth * each.survives**shots + shots * prices).min(axis=0)
    return out


def _priced(
    held: Sequence[Row], choices: Sequence[Choice], target: Target, stock: float
) -> Iterator[tuple[float, float]]:
    """Yield an upper bound of what survives at each price of an attacking warhead, and the price, the highest first.

    The bound is the Lagrangian one on the ceiling, without limits on downloading.
    """
    steps = {0.0}
    for each in choices:
        if each.survives is not None:
            steps |= {each.worth * each.survives**shot * (1.0 - each.survives) for shot in range(SHOTS)}
    prices = np.array(sorted(steps))
    gains = _gains(choices, prices)
    counts = np.array([each.counts for each in choices])
    starts = np.flatnonzero(np.diff([-1, *(each.row for each in choices)])).tolist()
    launchers = np.array([held[choices[start].row].launchers for start in starts])

    def bound(toll: Array) -> Array:
        kept = np.maximum(np.maximum.reduceat(gains - toll[:, None] * counts, starts, axis=1), 0.0)
        total: Array = kept @ launchers + toll * target.ceiling - stock * prices
        return total

    low, high = np.zeros(prices.size), np.full(prices.size, float((gains.max(axis=0) / np.maximum(counts, 0.1)).max()))
    for _ in range(50):
        one, two = low + (high - low) / 3.0, high - (high - low) / 3.0
        left = bound(one) < bound(two)
        low, high = np.where(left, low, one), np.where(left, two, high)
    found = bound(0.5 * (low + high))
    order = np.argsort(-found, kind="stable")
    yield from ((float(found[z]), float(prices[z])) for z in order)


def _solved(held: Sequence[Row], choices: Sequence[Choice], target: Target, gain: Array) -> Array:
    """Return the launchers of each choice (V,) that gain most within every limit."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import

    size = len(choices)
    most = np.array([held[each.row].launchers for each in choices])
    lines = list(_limits(held, choices, target))
    table = np.zeros((len(lines), size + 1))
    upper = np.empty(len(lines))
    for n, (line, right) in enumerate(lines):
        table[n], upper[n] = line, right
    answer = milp(
        np.append(-gain, 0.0),
        integrality=np.ones(size + 1, dtype=np.int64),
        bounds=Bounds(np.zeros(size + 1), np.append(np.floor(most + 1e-9), 1.0)),
        constraints=LinearConstraint(table, -np.inf, upper),
        options={"mip_rel_gap": 0.1 * CLOSE},
    )
    if answer.x is None:
        raise ArithmeticError(f"the integer program found no answer: {answer.message}")
    number: Array = np.round(answer.x[:size])
    return number


def _limits(held: Sequence[Row], choices: Sequence[Choice], target: Target) -> Iterator[tuple[Array, float]]:
    """Yield each limit as coefficients (V + 1,), the last for bombers beyond the flat rate, and its right side."""

    def line(values: list[float], beyond: float = 0.0) -> Array:
        return np.array([*values, beyond])

    for index, row in enumerate(held):
        yield line([float(each.row == index) for each in choices]), row.launchers
    yield line([each.counts for each in choices]), target.ceiling * (1.0 + 1e-12)
    special = next((row.bombers for row in held if row.bombers), None)
    if special:
        first, all_of_them = special.first.value, sum(row.launchers for row in held)
        yield line([float(each.flat is True) for each in choices]), first
        yield line([float(each.flat is False) for each in choices], -all_of_them), 0.0
        yield line([-float(each.flat is True) for each in choices], first), 0.0
    limits = target.downloads
    if limits:
        named = [is_named(limits, held[each.row]) for each in choices]
        for right, some in zip(budget(limits), (True, False), strict=True):
            if math.isfinite(right):
                off = [each.off if some or not own else 0.0 for each, own in zip(choices, named, strict=True)]
                yield line(off), right
        deep = [float(each.off > most_off(limits, held[each.row])) for each in choices]
        yield line(deep), limits.deeper.value if limits.deeper else 0.0


def _carry_out(held: Sequence[Row], choices: Sequence[Choice], number: Array) -> None:
    for index, row in enumerate(held):
        own = [(each, float(n)) for each, n in zip(choices, number, strict=True) if each.row == index and n > 0.0]
        row.launchers = sum(n for _, n in own)
        if own:
            row.loaded = sum(each.loaded * n for each, n in own) / row.launchers
            row.attributed = sum(each.attributed * n for each, n in own) / row.launchers
