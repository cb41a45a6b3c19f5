"""The reduction that is survived best: integer programs over launchers and the warheads on each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Force
from detente.forces.counting import Row
from detente.forces.loadings import Choice, carry_out, choices_of, limits_on
from detente.forces.policies import Target, most_survivable_first, proportional, single_warhead_first
from detente.forces.strike import Tactics, side

Array = NDArray[np.float64]
Counts = NDArray[np.int64]
ROUNDS = 20
"""Most times that prices and choice are improved in turn; two to five are enough."""


@dataclass(frozen=True, slots=True)
class _Attack:
    """What the attacker can do: patterns of shots, how many of each class (P, I), stock (I,), kill by class (K, P)."""

    shots: Counts
    uses: Array
    stock: Array
    kills: Array


def best_survival(held: Sequence[Row], target: Target, against: Force) -> None:
    """Cut rows in place so that many reliable warheads survive a first strike day to day.

    The strike is the linear program of `allocation.allocate` with two warheads an aim point at most and the rule of
    Lieber and Press. By duality it leaves, for any prices of the attacker's warheads, at least what aim points leave
    when every shot at them is paid for, less the stock at those prices. So prices and choice are improved in turn:
    prices from the strike on the present choice, the choice from an integer program (HiGHS) at these prices. No step
    leaves less. The search starts from the three simple policies, so its answer is survived at least as well as
    theirs; that no other is survived better is not proven.

    Parameters
    ----------
    held : sequence of Row
        The classes.
    target : Target
        Ceiling, rule and limits on downloading.
    against : Force
        Whose strike is to be survived.
    """
    attack = _attack(held, against)
    choices = [each for index, row in enumerate(held) for each in choices_of(index, row, target)]
    best: tuple[float, list[Row]] = (-1.0, [])
    for policy in (most_survivable_first, proportional, single_warhead_first):
        rows = [replace(row) for row in held]
        policy(rows, target)
        left, prices = _struck(rows, attack)
        best = max(best, (left, rows), key=lambda one: one[0])
        for _ in range(ROUNDS if choices else 0):
            before, rows = left, [replace(row) for row in held]
            carry_out(rows, choices, _solved(held, choices, target, attack, prices))
            left, prices = _struck(rows, attack)
            best = max(best, (left, rows), key=lambda one: one[0])
            if left <= before * (1.0 + 1e-6):
                break
    for row, found in zip(held, best[1], strict=True):
        row.launchers, row.loaded, row.attributed = found.launchers, found.loaded, found.attributed


def _attack(held: Sequence[Row], against: Force) -> _Attack:
    from detente.forces import allocation, kernels  # numba is slow to import

    attacker, how = side(against.party, against), Tactics().how()
    ready = np.where(attacker.missile, attacker.ready("day-to-day"), 0.0)
    guns = np.flatnonzero(ready > 0.0)
    hardness = np.array([row.kind.hardness.value if _silo(row) and row.kind.hardness else 0.0 for row in held])
    one = kernels.sspk_matrix(how[0], attacker.weapon_yield[guns], attacker.accuracy[guns], hardness)
    shots = allocation.patterns(guns.size, how[1])
    kills = allocation.kills_of(how, one, attacker.reliability[guns], shots)
    uses = np.array([np.bincount(row[row >= 0], minlength=guns.size) for row in shots], dtype=np.float64)
    none = np.zeros((1, guns.size))
    return _Attack(
        np.vstack((np.full((1, how[1]), -1), shots)),
        np.vstack((none, uses.reshape(-1, guns.size))),
        ready[guns],
        np.hstack((np.zeros((len(held), 1)), kills)),
    )


def _silo(row: Row) -> bool:
    return row.kind.basing == "silo"


def _exposed(row: Row) -> float:
    """Return the share of a class that stands on aim points day to day."""
    return 1.0 if _silo(row) else 1.0 - row.kind.alert_day.value


def _points(row: Row) -> float:
    return row.launchers if _silo(row) else row.kind.bases.value if row.kind.bases else 0.0


def _struck(rows: Sequence[Row], attack: _Attack) -> tuple[float, Array]:
    """Return the reliable warheads that the best strike leaves, and what one warhead of each class is worth (I,)."""
    from scipy.optimize import linprog  # slow to import

    whole = [row.launchers * row.loaded * row.kind.reliability.value for row in rows]
    aims = [k for k, row in enumerate(rows) if whole[k] * _exposed(row) > 0.0 and _points(row) > 0.0]
    size = len(attack.shots)
    if not aims or not attack.stock.size:
        return sum(whole), np.zeros(attack.stock.size)
    gain = np.concatenate([whole[k] * _exposed(rows[k]) / _points(rows[k]) * attack.kills[k] for k in aims])
    table = np.vstack((np.kron(np.eye(len(aims)), np.ones(size)), np.tile(attack.uses.T, len(aims))))
    answer = linprog(-gain, A_ub=table, b_ub=np.concatenate(([_points(rows[k]) for k in aims], attack.stock)))
    prices: Array = np.maximum(-answer.ineqlin.marginals[len(aims) :], 0.0)
    return sum(whole) + float(answer.fun or 0.0), prices


def _solved(held: Sequence[Row], choices: Sequence[Choice], target: Target, attack: _Attack, prices: Array) -> Array:
    """Return the launchers of each choice (V,) that leave most at prices of the attacker's warheads (I,).

    Unknown are the launchers of each choice, whether bombers go beyond the flat rate, and for each class on bases what
    the strike on them leaves, which is at most what any pattern of shots leaves, paid for at every base.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import

    size = len(choices)
    cost = attack.uses @ prices
    based = [k for k, row in enumerate(held) if not _silo(row) and _points(row) > 0.0]
    gain = np.zeros(size + 1 + len(based))
    lines = [(np.append(line, np.zeros(len(based))), right) for line, right in limits_on(held, choices, target)]
    for v, each in enumerate(choices):
        row, kills = held[each.row], attack.kills[each.row]
        gain[v] = float((each.worth * (1.0 - kills) + cost).min()) if _silo(row) else each.worth * (1 - _exposed(row))
    for b, k in enumerate(based):
        gain[size + 1 + b] = 1.0
        worth = np.array([each.worth * _exposed(held[k]) if each.row == k else 0.0 for each in choices])
        for kill, price in sorted(_frontier(attack.kills[k], cost)):
            line = np.zeros(gain.size)
            line[:size], line[size + 1 + b] = -worth * (1.0 - kill), 1.0
            lines.append((line, _points(held[k]) * price))
    most = np.array([held[each.row].launchers for each in choices])
    upper = np.concatenate((np.floor(most + 1e-9), [1.0], np.full(len(based), np.inf)))
    answer = milp(
        -gain,
        integrality=np.append(np.ones(size + 1, dtype=np.int64), np.zeros(len(based), dtype=np.int64)),
        bounds=Bounds(np.zeros(gain.size), upper),
        constraints=LinearConstraint(np.array([line for line, _ in lines]), -np.inf, [right for _, right in lines]),
        options={"mip_rel_gap": 1e-6},
    )
    if answer.x is None:
        raise ArithmeticError(f"the integer program found no answer: {answer.message}")
    number: Array = np.round(answer.x[:size])
    return number


def _frontier(kills: Array, cost: Array) -> set[tuple[float, float]]:
    """Return kill and cost of the patterns than which none kills more for less."""
    best, kept = -1.0, set()
    for p in np.lexsort((-kills, cost)):
        if kills[p] > best:
            best = float(kills[p])
            kept.add((best, float(cost[p])))
    return kept
