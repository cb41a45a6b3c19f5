"""The numbers of `detente forces` as a program reads them: orderings with measures, the map, the play forward."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.briefing.results import span, stability
from detente.forces.forward import Answering, arms_race_slope
from detente.forces.stability_map import SHARES, Retaliation, StabilityMap
from detente.sources import Interval
from detente.study.forces import Played, Point, measured
from detente.study.record import Answer, CaseAnswer


def case_results(answer: Answer, one: CaseAnswer) -> dict[str, Any]:
    """Return what a case says, each ordering with the measures of the struck side in its posture."""
    found = stability(one)
    if one.stability is None:
        return found
    measures = measured(answer.scenario, one)
    for row in found["orderings"]:
        mine = measures[row["posture"]].items()
        row["measures"] = {name.split(".")[0]: value for name, value in mine if _of(name, row["victim"])}
    return found


def _of(name: str, victim: str) -> bool:
    return victim in name.split(".", 1)[1].split("+")


def map_results(made: StabilityMap, points: tuple[Point, ...]) -> dict[str, Any]:
    """Return the map: for each ordering, posture and time to decide, the share of draws by cell, and its contours.

    A contour says up to how many interceptors retaliation is assured in that share of the draws: -1 where not even
    without any, None where through any number.
    """
    sides = [_side(made, one, minutes) for one in made.sides for minutes in (0.0, *made.axes.minutes)]
    return {
        "case": made.case,
        "interceptor": made.shield.name,
        "samples": made.samples,
        "required_retaliation": made.required,
        "warheads": list(made.axes.warheads),
        "interceptors": list(made.axes.interceptors),
        "minutes": [each / 60.0 for each in made.axes.minutes],
        "sides": sides,
        "points": [_point(each) for each in points],
    }


def _side(made: StabilityMap, one: Retaliation, decision_time: float) -> dict[str, Any]:
    cells = one.assured(made.axes.interceptors, made.required, decision_time)
    contours = {f"{share:g}": _plain(one.boundary(share, made.required, decision_time)) for share in SHARES}
    return {
        "attacker": one.attacker,
        "victim": one.victim,
        "posture": one.posture,
        "minutes": decision_time / 60.0,
        "assured": np.round(cells, 6).tolist(),
        "contours": contours | {"best": _plain(one.best(made.required, decision_time))},
    }


def _point(one: Point) -> dict[str, Any]:
    return {
        "case": one.case,
        "attacker": one.attacker,
        "victim": one.victim,
        "posture": one.posture,
        "warheads": one.warheads,
        "interceptors": finite(one.interceptors),
        "arriving_warheads": span(one.arriving),
    }


def forward_results(played: Played) -> dict[str, Any]:
    """Return the play forward: what each side must keep, the drawdown curves, and how each measure changes."""
    return {
        "answers": [_answer(one) for one in played.answers],
        "drawdown_curves": [
            {
                "attacker": attacker,
                "victim": victim,
                "posture": posture,
                "points": [{"attacking": each.attacking, "arriving": _span(each.arriving)} for each in curve],
            }
            for (attacker, victim, posture), curve in played.curves.items()
        ],
        "change_of_measures_per_100_interceptors": played.sensitivities,
    }


def _answer(one: Answering) -> dict[str, Any]:
    return {
        "attacker": one.attacker,
        "victim": one.victim,
        "posture": one.posture,
        "present_interceptors": finite(one.present),
        "held_warheads": one.held,
        "most_warheads": one.most,
        "arms_race_slope": finite(arms_race_slope(one)),
        "steps": [
            {
                "added_interceptors": step.added,
                "keep_for_same": _span(step.same),
                "keep_for_required": _span(step.enough),
                "arriving_warheads": _span(step.arriving),
            }
            for step in one.steps
        ],
    }


def finite(value: float) -> float | None:
    """Return a number, or None where it is infinite."""
    return value if math.isfinite(value) else None


def _span(one: Interval) -> dict[str, float | None]:
    return {"value": finite(one.value), "low": finite(one.low), "high": finite(one.high)}


def _plain(values: NDArray[np.float64]) -> list[float | None]:
    return [finite(round(float(value), 3)) for value in values]
