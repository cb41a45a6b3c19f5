"""Playing it forward: one side adds interceptors; what the other must keep, and what each measure does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.forces.exchange_model import exchange
from detente.forces.many import Draw, Ladder, ladder, struck
from detente.forces.reduce import counted, reduced
from detente.forces.stability_map import Retaliation, Shield
from detente.forces.strike import Posture, Through, side
from detente.scenario.scenario import Case, Scenario
from detente.sources import Interval

Array = NDArray[np.float64]
RUNGS = 121
"""Sizes of the force that an answer is looked for among; it is interpolated between them."""
SLOPE_STEP = 100.0
"""Interceptors over which slopes are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a side must keep after the other has added interceptors.

    Parameters
    ----------
    added : float
        Interceptors, beside those that stand.
    same, enough : Interval
        Warheads to keep so that as many arrive as in the case, and so that the required number arrives: at the best
        values, and the 5th and 95th percentile of the draws. Infinite where the whole catalog force does not suffice.
    arriving : Interval
        Warheads that arrive if nothing is kept beyond the case's force.
    """

    added: float
    same: Interval
    enough: Interval
    arriving: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """One side's answer to interceptors of the other.

    Parameters
    ----------
    attacker, victim : str
        Who adds interceptors and strikes first, and who answers.
    posture : {"day-to-day", "generated"}
        Alert of both.
    present : float
        Interceptors that stand in the case, counted in those that are added.
    held, most : float
        Warheads of the victim in the case, and in its catalog force.
    steps : tuple of Step
        By interceptors added.
    """

    attacker: str
    victim: str
    posture: Posture
    present: float
    held: float
    most: float
    steps: tuple[Step, ...]


def answering(
    scenario: Scenario,
    case: Case,
    pair: tuple[str, str, Posture],
    added: tuple[float, ...],
    shield: Shield,
    draw: Draw,
    present: float = 0.0,
) -> Answering:
    """Return how many warheads a side must keep as the other adds interceptors.

    The attacker keeps the force of the case. The victim's catalog force is cut by the rule and policy of the case to
    each of many sizes; the answer is the least size from which on enough arrives, draw by draw.

    Parameters
    ----------
    scenario, case : Scenario, Case
        A case with forces of two parties.
    pair : tuple of str
        Attacker, victim and posture. Silos ride the attack out.
    added : tuple of float
        Interceptors added, >= 0.
    shield : Shield
        The interceptor that is added.
    draw : callable (path, Cited) -> array
        Draws the numbers of the forces and the shield: the best value first.
    present : float
        Interceptors that stand already, counted in those that are added, >= 0.
    """
    attacker, victim, posture = pair
    plan = case.forces[victim]
    base = scenario.catalog.forces[plan.base]
    most, held = counted(base, plan.rule), counted(reduced(base, plan), plan.rule)
    sizes = np.unique(np.append(np.linspace(most / RUNGS, most, RUNGS), held))
    one = _by_size(scenario, case, pair, sizes, shield, draw)
    at = int(np.searchsorted(sizes, held))
    now = one.arriving(present)[at]
    required = np.full(now.size, scenario.assumptions.required_retaliation.value)

    def step(more: float) -> Step:
        found = one.arriving(present + more)
        return Step(
            added=more,
            same=_interval(np.maximum(_least(sizes, found, now), held)),
            enough=_interval(_least(sizes, found, required)),
            arriving=_interval(found[at]),
        )

    return Answering(
        attacker=attacker,
        victim=victim,
        posture=posture,
        present=present,
        held=held,
        most=most,
        steps=tuple(map(step, added)),
    )


def _by_size(
    scenario: Scenario, case: Case, pair: tuple[str, str, Posture], sizes: Array, shield: Shield, draw: Draw
) -> Retaliation:
    """Return the retaliation of the victim at each size of its force, the attacker as in the case."""
    attacker, victim, posture = pair
    after = ladder(scenario, case.forces[victim], tuple(sizes.tolist()))
    missiles, bombers = struck(scenario, _case_force(scenario, case, attacker), after, posture, False, draw)
    spent, kill = shield.drawn(draw)
    return Retaliation(
        attacker=attacker,
        victim=victim,
        posture=posture,
        missiles=missiles,
        bombers=bombers,
        prompt_missiles=missiles,
        spent=spent,
        kill=kill,
        floor=np.full(spent.size, np.inf),
    )


def _case_force(scenario: Scenario, case: Case, party: str) -> Ladder:
    plan = case.forces[party]
    base = scenario.catalog.forces[plan.base]
    return Ladder(base, (side(base.party, reduced(base, plan)),))


def _least(sizes: Array, found: Array, wanted: Array) -> Array:
    """Return by draw the least size from which on enough arrives, infinite where the largest does not suffice."""
    out = np.full(wanted.size, np.inf)
    for s in range(wanted.size):
        short = np.flatnonzero(found[:, s] < wanted[s] - 1e-9)
        if not short.size:
            out[s] = sizes[0] * min(1.0, wanted[s] / found[0, s]) if found[0, s] > 0.0 else 0.0
        elif short[-1] + 1 < sizes.size:
            low = short[-1]
            part = (wanted[s] - found[low, s]) / (found[low + 1, s] - found[low, s])
            out[s] = sizes[low] + part * (sizes[low + 1] - sizes[low])
    return out


def _interval(values: Array) -> Interval:
    """Return the best value, the first, with the 5th and 95th percentile of the draws, stretched to hold it."""
    best = float(values[0])
    if values.size == 1:
        return Interval(value=best, low=best, high=best)
    low, high = np.quantile(values[1:], (0.05, 0.95), method="inverted_cdf")
    return Interval(value=best, low=min(float(low), best), high=max(float(high), best))


def arms_race_slope(one: Answering) -> float:
    """Return the warheads that a side must add for each interceptor of the other, so that as many arrive as before.

    Over the first step with interceptors; infinite where its catalog force does not suffice.

    References
    ----------
    In the sense of Kent, G. A. and DeValk, R. J. (1986), Strategic Defenses and the Transition to Assured Survival,
    RAND R-3369-AF (recalled, unverified), who compare each side's costs of the next step; the ratio is our own.
    """
    first = next((step for step in one.steps if step.added > 0.0), None)
    return 0.0 if first is None else (first.same.value - one.held) / first.added


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """A point of the drawdown curve: warheads that the attacker has for the strike, and what then arrives in return."""

    attacking: float
    arriving: Interval


def drawdown_curve(
    scenario: Scenario, case: Case, pair: tuple[str, str, Posture], draw: Draw, points: int = 11
) -> tuple[CurvePoint, ...]:
    """Return what arrives at the attacker's defenses as the attacker uses more of its ready missiles, from none to all.

    References
    ----------
    Salman, M., Sullivan, K. J. and Van Evera, S. (1989), Analysis or Propaganda? Measuring American Strategic Nuclear
    Capability, 1969-88: forces drawn down step by step.
    """
    attacker, victim, posture = pair
    whole = _case_force(scenario, case, attacker)
    (rung,) = whole.rungs
    shares = np.linspace(0.0, 1.0, points)
    scaled = Ladder(whole.force, tuple(replace(rung, warheads=rung.warheads * share) for share in shares))
    missiles, bombers = struck(scenario, scaled, _case_force(scenario, case, victim), posture, False, draw)
    ready = float(rung.ready(posture)[rung.missile].sum())
    return tuple(
        CurvePoint(attacking=share * ready, arriving=_interval(row))
        for share, row in zip(shares.tolist(), missiles + bombers, strict=True)
    )


def sensitivities(
    scenario: Scenario,
    case: Case,
    decision_time: Mapping[str, float],
    through: Mapping[str, Through],
    shield: Shield,
) -> dict[str, dict[str, float]]:
    """Return how each measure changes when a party adds 100 interceptors to its defenses, at the best values.

    Parameters
    ----------
    scenario, case, decision_time, through
        As for `exchange`.
    shield : Shield
        The interceptor that is added, behind the defenses that stand.

    Returns
    -------
    dict of measure to dict of party to float
        The change per 100 interceptors of that party.
    """
    spent, kill = (float(each[0]) for each in shield.drawn(lambda _path, number: np.array([number.value])))
    before = exchange(scenario, case, decision_time, through).measures
    found: dict[str, dict[str, float]] = {name: {} for name in before}
    for party in case.forces:
        old = through.get(party, float)

        def new(arriving: float, old: Through = old) -> float:
            left = old(arriving)
            return left - min(left, SLOPE_STEP / spent) * kill

        after = exchange(scenario, case, decision_time, {**through, party: new}).measures
        for name in before:
            found[name][party] = after[name] - before[name]
    return found
