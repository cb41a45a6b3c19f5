"""The stability map as a page of its own: one file, no network; alert, requirement and time to decide can be chosen."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import numpy as np

from detente.forces.stability_map import Retaliation, StabilityMap
from detente.forces.strike import POSTURES
from detente.study.forces import Point
from detente.study.record import Answer

LEVELS = 100
"""Draws that are kept of each ceiling: equal steps of the sorted ones."""
COLUMNS = 72
"""Most ceilings that are kept."""


def stability_page(answer: Answer, made: StabilityMap, points: tuple[Point, ...]) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    answer : Answer
        For titles and cases.
    made : StabilityMap
        The map. Launch under attack can be tried where its axes have minutes.
    points : tuple of Point
        The cases on it.
    """
    template = (files("detente.briefing") / "assets" / "stability_map.html").read_text(encoding="utf-8")
    told = json.dumps(_data(answer, made, points), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return template.replace("{{data}}", told.replace("<", "\\u003c"))


def _data(answer: Answer, made: StabilityMap, points: tuple[Point, ...]) -> dict[str, Any]:
    chosen = np.unique(np.linspace(0, len(made.axes.warheads) - 1, COLUMNS).round().astype(int))
    required = answer.scenario.assumptions.required_retaliation
    needs = sorted({required.low, required.value, required.high, 2.0 * required.value})
    titles = {name: party.title for name, party in answer.scenario.parties.items()}
    order, one = list(answer.cases), made.sides[0]
    held = next((point.warheads for point in points if point.case == made.case), made.axes.warheads[0])
    kept = [made.axes.warheads[at] for at in chosen]
    prompts = (False, True) if made.axes.minutes else (False,)
    return {
        "titles": titles,
        "warheads": kept,
        "interceptors": made.axes.interceptors[-1],
        "postures": list(POSTURES),
        "posture": answer.scenario.assumptions.posture,
        "requirements": needs,
        "required": required.value,
        "floor": np.sort(one.floor[1:])[:: max(len(one.floor) // LEVELS, 1)].round(1).tolist(),
        "floorBest": float(one.floor[0]),
        "spent": float(one.spent[0]),
        "kill": float(one.kill[0]),
        "victims": list(dict.fromkeys(side.victim for side in made.sides)),
        "start": [int(np.argmin(np.abs(np.array(kept) - held))), min(100.0, made.axes.interceptors[-1])],
        "sides": [
            _side(side, need, (prompt, made.axes.interceptors[-1] + 1.0), chosen)
            for side in made.sides
            for need in needs
            for prompt in prompts
        ],
        "cases": [{"number": at + 1, "title": answer.cases[name].case.title} for at, name in enumerate(order)],
        "points": [_point(answer, point, order) for point in points],
        "lead": f"{answer.scenario.title}. The shade is the share of {made.samples:,} draws of the inputs in which "
        f"enough warheads arrive; the interceptors are those of the side that strikes first ({made.shield.title}).",
        "note": "Both sides are brought under each ceiling by the rule and policy of the case "
        f"“{answer.cases[made.case].case.title}”. Numbered cases stand at their own warheads, with their defenses "
        "counted as interceptors of the map that stop as many; cut by another policy, a case can differ from the color "
        "under it.",
    }


def _side(one: Retaliation, required: float, how: tuple[bool, float], chosen: Any) -> dict[str, Any]:
    """Return one side: what arrives at the best values, and the greatest interceptors of the draws, falling.

    `how` says whether silos are launched under attack, and what number stands for any beyond the map.
    """
    prompt, beyond = how
    time = float(one.floor.max()) if prompt else 0.0
    greatest = np.minimum(one.greatest(required, time)[chosen], beyond)
    falling = -np.sort(-greatest[:, 1:], axis=1)
    count = falling.shape[1]
    at = np.minimum(((np.arange(min(LEVELS, count)) + 0.5) * count / min(LEVELS, count)).astype(int), count - 1)
    missiles = one.prompt_missiles if prompt else one.missiles
    return {
        "attacker": one.attacker,
        "victim": one.victim,
        "posture": one.posture,
        "required": required,
        "prompt": prompt,
        "q": falling[:, at].round().astype(int).tolist(),
        "best": greatest[:, 0].round().astype(int).tolist(),
        "missiles": missiles[chosen, 0].round(1).tolist(),
        "bombers": one.bombers[chosen, 0].round(1).tolist(),
    }


def _point(answer: Answer, point: Point, order: list[str]) -> dict[str, Any]:
    return {
        "number": order.index(point.case) + 1,
        "title": answer.cases[point.case].case.title,
        "victim": point.victim,
        "posture": point.posture,
        "warheads": round(point.warheads),
        "interceptors": round(min(point.interceptors, 1e6)),
        "arriving": [round(each) for each in (point.arriving.value, point.arriving.low, point.arriving.high)],
    }
