"""One first strike for many sizes of the forces and many draws of their numbers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Force
from detente.forces.reduce import reduced
from detente.forces.strike import SAVED_BY_LAUNCH_UNDER_ATTACK, Posture, Side, Tactics, side
from detente.scenario.scenario import ForcePlan, Scenario
from detente.sources import Cited

Array = NDArray[np.float64]
Draw = Callable[[str, Cited], Array]
"""From the path and the number to its values: the best one first, then one a draw."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """One party's force under each of several ceilings: the catalog's force, and each reduced one as arrays."""

    force: Force
    rungs: tuple[Side, ...]


def ladder(scenario: Scenario, plan: ForcePlan, ceilings: tuple[float, ...]) -> Ladder:
    """Return a plan's force under each ceiling."""
    base = scenario.catalog.forces[plan.base]
    made = (reduced(base, replace(plan, ceiling=_number(value))) for value in ceilings)
    return Ladder(base, tuple(side(base.party, force) for force in made))


def struck(
    scenario: Scenario, attacker: Ladder, victim: Ladder, posture: Posture, prompt: bool, draw: Draw
) -> tuple[Array, Array]:
    """Return what arrives at the attacker's defenses on missiles and on bombers, each (W, 1 + S).

    Rung by rung: the attacker's first meets the victim's first; one that has a single rung meets every one.

    Parameters
    ----------
    scenario : Scenario
        For how the attacker strikes.
    attacker, victim : Ladder
        Of equal length, or of length 1.
    posture : {"day-to-day", "generated"}
        Alert of both.
    prompt : bool
        Whether silos are launched under attack.
    draw : callable (path, Cited) -> array
        Draws the numbers of the forces.
    """
    from detente.forces.map_kernels import retaliation  # numba is slow to import

    tactics = Tactics.of(scenario.assumptions)
    count = max(len(attacker.rungs), len(victim.rungs))
    guns = np.flatnonzero(attacker.rungs[0].missile)
    columns = _columns(attacker, ("weapon_yield", "accuracy", "reliability"), draw)
    fires = np.where(attacker.rungs[0].land, 1.0, _alert(attacker, posture, draw))
    sent = (_stock(attacker, count)[:, guns], *(_rows(each[:, guns]) for each in (fires, *columns)))
    fields = ("hardness", "reliability", "dispersal_area", "dispersed_hardness")
    hardness, reliability, area, field = _columns(victim, fields, draw)
    silo, missile = victim.rungs[0].silo, victim.rungs[0].missile
    met = (
        _stock(victim, count),
        _points(victim, count, draw),
        _rows(_alert(victim, posture, draw)),
        _rows(hardness),
        _rows(reliability),
        _rows(area if tactics.barrage else np.zeros(area.shape)),
        _rows(field),
    )
    saved = SAVED_BY_LAUNCH_UNDER_ATTACK if prompt else 0.0
    found = retaliation(tactics.how(), saved, sent, met, silo, missile)
    return found[0], found[1]


def _rows(values: Array) -> Array:
    return np.ascontiguousarray(values, dtype=np.float64)


def _stock(one: Ladder, count: int) -> Array:
    return _rows(np.broadcast_to(np.array([rung.warheads for rung in one.rungs]), (count, len(one.force.classes))))


def _columns(one: Ladder, fields: tuple[str, ...], draw: Draw) -> list[Array]:
    """Return each field's values (1 + S, classes), 0 where a class has none."""
    return [np.array([_drawn(one.force, index, field, draw) for index in range(_size(one))]).T for field in fields]


def _size(one: Ladder) -> int:
    return len(one.force.classes)


def _drawn(force: Force, index: int, field: str, draw: Draw) -> Array:
    kind = force.classes[index]
    number = getattr(kind, field)
    path = f"catalog.forces.{force.name}.classes.{kind.name}.{field}"
    return draw(path, _number(0.0) if number is None else number)


def _alert(one: Ladder, posture: Posture, draw: Draw) -> Array:
    field = "alert_day" if posture == "day-to-day" else "alert_generated"
    (values,) = _columns(one, (field,), draw)
    return np.where(one.rungs[0].silo, 1.0, values)


def _points(one: Ladder, count: int, draw: Draw) -> Array:
    """Return the aim points (W, 1 + S, classes): a launcher each for silos, bases for the rest."""
    (bases,) = _columns(one, ("bases",), draw)
    rungs = np.array([rung.points for rung in one.rungs])
    points = np.where(one.rungs[0].silo, rungs[:, None, :], bases[None, :, :])
    return _rows(np.broadcast_to(points, (count, *points.shape[1:])))


def _number(value: float) -> Cited:
    return Cited(value=value, low=value, high=value, source="axis of the map")
