"""The stability map of a scenario, its cases as points on it, and the play forward: what the forces engine is given."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from detente.defense.raid import strategic
from detente.forces.exchange_model import exchange
from detente.forces.forward import Answering, CurvePoint, answering, drawdown_curve, sensitivities
from detente.forces.many import Draw
from detente.forces.reduce import counted
from detente.forces.stability_map import Axes, Shield, StabilityMap, stability_map
from detente.forces.strike import POSTURES, Posture
from detente.problems import BadInputError, Problem, nearest
from detente.scenario.scenario import Case, Scenario
from detente.sources import Cited, Interval
from detente.study.record import Answer, CaseAnswer
from detente.study.run import war
from detente.study.vary import stream, triangular

MANY = 1e9
"""More warheads than any defense engages."""
STEPS = (0.0, 50.0, 100.0, 200.0, 400.0, 700.0, 1000.0)
"""Interceptors added in the play forward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A case on the map.

    Parameters
    ----------
    case : str
        Its name.
    attacker, victim : str
        Who strikes first and who answers.
    posture : {"day-to-day", "generated"}
        Alert of both.
    warheads : float
        The victim's.
    interceptors : float
        Interceptors of the map's kind that stop as many warheads as the attacker's defenses could at most.
    arriving : Interval
        Warheads through the defenses of the case itself, from the briefing's draws.
    """

    case: str
    attacker: str
    victim: str
    posture: Posture
    warheads: float
    interceptors: float
    arriving: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What follows if a side of a case adds interceptors.

    Parameters
    ----------
    answers : tuple of Answering
        What each side must keep, in each posture.
    curves : dict of (attacker, victim, posture) to points
        Drawdown curves.
    sensitivities : dict of measure to dict of party to float
        Change of each measure per 100 interceptors of a party.
    """

    answers: tuple[Answering, ...]
    curves: dict[tuple[str, str, Posture], tuple[CurvePoint, ...]]
    sensitivities: dict[str, dict[str, float]]


def shield(scenario: Scenario, name: str = "gbi") -> Shield:
    """Return an interceptor of the catalog as the map counts it; it shoots, looks and shoots again.

    Raises
    ------
    BadInputError
        No such interceptor, or one that was not built against strategic missiles.
    """
    known = scenario.catalog.interceptors
    if name not in known or not known[name].strategic:
        allowed = ", ".join(key for key, one in known.items() if one.strategic)
        found = f'"{name}"' + (", which does not stop strategic missiles" if name in known else "")
        do = nearest(name, known) if name not in known else "Name one of them."
        raise BadInputError([Problem(file=scenario.name, key="--interceptor", found=found, allowed=allowed, do=do)])
    one = known[name]
    return Shield(
        name=name,
        title=one.title.split(" (")[0],
        path=f"catalog.interceptors.{name}",
        sspk=one.sspk,
        reliability=one.reliability,
        shots=one.shots_per_target,
        look=True,
    )


def drawn(samples: int) -> Draw:
    """Return a way to draw numbers as the briefing draws them: the best value first, then `samples` draws."""
    known: dict[str, NDArray[np.float64]] = {}

    def draw(path: str, number: Cited) -> NDArray[np.float64]:
        if path not in known:
            values = np.full(samples + 1, number.value)
            if number.high > number.low:
                values[1:] = [triangular(number, float(u)) for u in stream(path, samples)]
            known[path] = values
        return known[path]

    return draw


def default_axes(scenario: Scenario, case: Case, count: int = 71) -> Axes | None:
    """Return the axes of a map that reaches to what the larger force of a case has, and to 1,000 interceptors.

    About `count` ceilings in whole steps; None where there are no warheads to cut.
    """
    have = [counted(scenario.catalog.forces[plan.base], plan.rule) for plan in case.forces.values()]
    most = max(have, default=0.0)
    if most < 1.0:
        return None
    step = max(most // count, 1.0)
    return Axes(
        warheads=tuple(step * at for at in range(1, int(most // step) + 1)),
        interceptors=tuple(10.0 * at for at in range(101)),
    )


def mapped(scenario: Scenario, case: str, axes: Axes, interceptor: str = "gbi", samples: int = 1000) -> StabilityMap:
    """Return the stability map around a case.

    Raises
    ------
    BadInputError
        Anything wrong with the case, the axes, the interceptor or the number of draws.
    """
    if samples < 1:
        allowed, do = "1 or more", "Ask for 1000."
        raise BadInputError([Problem(file="map", key="samples", found=str(samples), allowed=allowed, do=do)])
    return stability_map(scenario, scenario.cases[case], axes, shield(scenario, interceptor), drawn(samples))


def equivalent(scenario: Scenario, case: Case, party: str, one: Shield) -> float:
    """Return the interceptors of one kind that stop as many warheads as a party's defenses could at most."""
    stopped = MANY - strategic(scenario, case, party)(MANY)
    spent, kill = (float(each[0]) for each in one.drawn(lambda _path, number: np.array([number.value])))
    return stopped / kill * spent if kill > 0.0 else math.inf


def points(answer: Answer, one: Shield) -> tuple[Point, ...]:
    """Return the cases of an answer as points on the map."""
    return tuple(
        Point(
            case=case.case.name,
            attacker=row.attacker,
            victim=row.victim,
            posture=row.posture,
            warheads=row.start,
            interceptors=equivalent(answer.scenario, case.case, row.attacker, one),
            arriving=case.headlines[f"stability.{row.attacker}-first.{row.posture}.arriving"],
        )
        for case in answer.cases.values()
        for row in (case.stability.drawdowns if case.stability else ())
    )


def played(scenario: Scenario, answer: CaseAnswer, one: Shield, samples: int) -> Played:
    """Return what follows if either side of a case adds interceptors."""
    case, draw = answer.case, drawn(samples)
    pairs: list[tuple[str, str, Posture]] = [
        (*pair, posture) for posture in POSTURES for pair in permutations(case.forces, 2)
    ]
    answers = tuple(
        answering(scenario, case, pair, STEPS, one, draw, equivalent(scenario, case, pair[0], one)) for pair in pairs
    )
    _, _, times, through = war(scenario, case, answer.timelines)
    return Played(
        answers=answers,
        curves={pair: drawdown_curve(scenario, case, pair, draw) for pair in pairs},
        sensitivities=sensitivities(scenario, case, times, through, one),
    )


def measured(scenario: Scenario, answer: CaseAnswer) -> dict[Posture, dict[str, float]]:
    """Return the measures of a case in each posture."""
    own, case, times, through = war(scenario, answer.case, answer.timelines)
    return {
        posture: exchange(
            replace(own, assumptions=replace(own.assumptions, posture=posture)), case, times, through
        ).measures
        for posture in POSTURES
    }
