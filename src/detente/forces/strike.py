"""One first strike in aggregate: who strikes whom, in which posture, and what is left to answer with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Force, ForceClass
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import Assumptions

Posture = Literal["day-to-day", "generated"]
POSTURES: tuple[Posture, ...] = ("day-to-day", "generated")
Through = Callable[[float], float]
Array = NDArray[np.float64]

SAVED_BY_LAUNCH_UNDER_ATTACK = 0.9
"""Share of a fixed force that leaves its silos in time (Kent and Thaler 1989, R-3765-AF, p. 35 n. 4, as quoted)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassDrawdown:
    """What becomes of one class of the victim's force, in warheads.

    Parameters
    ----------
    name, title, basing : str
        The class, as in the catalog.
    start : float
        Loaded on all launchers.
    alert : float
        In silos, at sea, dispersed or on runway alert.
    surviving : float
        Expected after the strike; with few attackers it can exceed `alert`, for bases that were not struck count.
    arriving : float
        Surviving and reliable: what reaches the attacker's defenses.
    through : float
        What gets through them: of missiles the class's share of the total, of bombers all.
    """

    name: str
    title: str
    basing: str
    start: float
    alert: float
    surviving: float
    arriving: float
    through: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawdown:
    """The victim's force through one first strike, in warheads: the sums of its classes.

    Parameters
    ----------
    attacker, victim : str
        Parties: the one that strikes first and the one that retaliates.
    posture : {"day-to-day", "generated"}
        Alert of both.
    launched_under_attack : bool
        Whether the victim emptied its silos before impact.
    attacking, spent : float
        Warheads that the attacker had ready, and those that it used on silos and bases.
    start, alert, surviving, arriving, through : float
        As in `ClassDrawdown`.
    by_class : tuple of ClassDrawdown
        In the order of the victim's force.
    """

    attacker: str
    victim: str
    posture: Posture
    launched_under_attack: bool
    attacking: float
    spent: float
    start: float
    alert: float
    surviving: float
    arriving: float
    through: float
    by_class: tuple[ClassDrawdown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The attacker's counterforce options in the chosen allocation, most efficient first.

    One a target class, and one more for each class whose dispersal area is struck.

    Parameters
    ----------
    spent : tuple of float
        Expected deliveries that each option costs the attacker: warheads sent × their reliability.
    denied : tuple of float
        Expected deliveries that each option denies the victim: warheads destroyed × their reliability.
    ready : float
        Expected deliveries of the attacker if it strikes no forces: ready missiles and bombers × their reliability.
    unstruck : float
        Expected deliveries of the victim if none of its forces is struck.
    """

    spent: tuple[float, ...]
    denied: tuple[float, ...]
    ready: float
    unstruck: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tactics:
    """How an attacker strikes.

    Parameters
    ----------
    rule : {"lieber-press-2006", "glasstone-1977"}
        Overpressure rule for silos.
    cap : int
        Most warheads at one silo or base, or over one patch of an area.
    common : bool
        Whether all missiles of a type work or fail together, instead of each by itself.
    fratricide : bool
        Whether debris of the first two warheads at a point can stop those after them.
    proportional : bool
        Whether every aim point gets the same share of each class of warheads, instead of the allocation that leaves the
        fewest reliable warheads.
    barrage : bool
        Whether areas over which road-mobile missiles are dispersed are struck too.
    """

    rule: str = "lieber-press-2006"
    cap: int = 2
    common: bool = False
    fratricide: bool = False
    proportional: bool = False
    barrage: bool = False

    @classmethod
    def of(cls, assumptions: Assumptions) -> Tactics:
        """Return the tactics that a scenario assumes."""
        return cls(
            rule=assumptions.overpressure_rule,
            cap=assumptions.warheads_per_silo,
            common=assumptions.common_reliability,
            fratricide=assumptions.fratricide,
            proportional=assumptions.allocation == "proportional",
            barrage=assumptions.barrage,
        )

    def how(self) -> tuple[int, int, bool, bool, bool]:
        """Return them in the form that `allocation.best_strike` takes."""
        rule = ("lieber-press-2006", "glasstone-1977").index(self.rule)
        return rule, self.cap, self.common, self.fratricide, self.proportional


@dataclass(frozen=True, slots=True)
class Side:
    """A party's force as arrays by class, the form in which strikes are computed.

    All fields but `party` and `classes` have one entry a class; `hardness` is 0 where an aim point is soft, `area`
    [m^2] 0 where dispersed launchers cannot be struck, `field_hardness` is theirs, `alert` has one row a posture.
    """

    party: str
    classes: tuple[ForceClass, ...]
    warheads: Array
    reliability: Array
    weapon_yield: Array
    accuracy: Array
    hardness: Array
    points: Array
    silo: NDArray[np.bool_]
    land: NDArray[np.bool_]
    missile: NDArray[np.bool_]
    area: Array
    field_hardness: Array
    alert: dict[str, Array]

    def ready(self, posture: Posture) -> Array:
        """Return the warheads by class that can be used in a first strike (missiles) or held for later (bombers).

        Submarines at sea and bombers on alert; all land-based missiles, for mobile ones fire from their garrisons too
        and the attacker chooses the hour.
        """
        return np.where(self.land, self.warheads, self.warheads * self.alert[posture])

    def in_field(self, posture: Posture, tactics: Tactics) -> Array:
        """Return the warheads by class on dispersed launchers that can be struck with their area."""
        struck = tactics.barrage & (self.area > 0.0)
        return np.where(struck, self.warheads * self.alert[posture], 0.0)


def side(party: str, force: Force) -> Side:
    """Return a party's force as arrays.

    Raises
    ------
    BadInputError
        A silo class without hardness, or another class without bases for the part that is not on alert.
    """
    problems = [problem for kind in force.classes for problem in _problems(force, kind)]
    if problems:
        raise BadInputError(problems)
    classes = force.classes

    def column(values: list[float]) -> Array:
        return np.array(values, dtype=np.float64)

    silo = np.array([kind.basing == "silo" for kind in classes], dtype=np.bool_)
    return Side(
        party=party,
        classes=classes,
        warheads=column([kind.launchers.value * kind.loaded.value for kind in classes]),
        reliability=column([kind.reliability.value for kind in classes]),
        weapon_yield=column([kind.weapon_yield.value for kind in classes]),
        accuracy=column([kind.accuracy.value for kind in classes]),
        hardness=column([kind.hardness.value if kind.hardness else 0.0 for kind in classes]),
        points=column([_points(kind) for kind in classes]),
        silo=silo,
        land=np.array([kind.basing in {"silo", "mobile", "rail"} for kind in classes], dtype=np.bool_),
        missile=np.array([kind.basing != "bomber" for kind in classes], dtype=np.bool_),
        area=column([kind.dispersal_area.value if kind.dispersal_area else 0.0 for kind in classes]),
        field_hardness=column([kind.dispersed_hardness.value if kind.dispersed_hardness else 0.0 for kind in classes]),
        alert={
            "day-to-day": np.where(silo, 1.0, column([kind.alert_day.value for kind in classes])),
            "generated": np.where(silo, 1.0, column([kind.alert_generated.value for kind in classes])),
        },
    )


def _points(kind: ForceClass) -> float:
    if kind.basing == "silo":
        return kind.launchers.value
    return kind.bases.value if kind.bases else 0.0


def _problems(force: Force, kind: ForceClass) -> list[Problem]:
    key = f"{force.name}.{kind.name}"
    if kind.basing == "silo" and (kind.hardness is None or kind.hardness.value <= 0.0):
        return [
            Problem(
                file="catalog",
                key=f"{key}.hardness",
                found="silos without hardness",
                allowed="an overpressure above zero",
                do='Add hardness = { value = "2000 psi", source = "…" } to the class.',
            )
        ]
    exposed = kind.basing != "silo" and min(kind.alert_day.value, kind.alert_generated.value) < 1.0
    if exposed and (kind.bases is None or kind.bases.value <= 0.0):
        return [
            Problem(
                file="catalog",
                key=f"{key}.bases",
                found="launchers that are not all on alert and no bases",
                allowed="the number of ports, garrisons or airfields they stand on, above zero",
                do='Add bases = { value = 3, source = "…" } to the class.',
            )
        ]
    return []


def strike(
    attacker: Side, victim: Side, posture: Posture, prompt: bool, tactics: Tactics, through: Through
) -> tuple[Drawdown, Options]:
    """Return what a first strike leaves, and the options it was made of.

    The attacker sends its ready missiles at silos and at the bases of everything that is not on alert, so that the
    fewest reliable warheads are left; what is at sea, dispersed or on runway alert survives.

    Parameters
    ----------
    attacker, victim : Side
        The two forces.
    posture : {"day-to-day", "generated"}
        Alert of both.
    prompt : bool
        Whether the victim launches its silos under attack.
    tactics : Tactics
        How the attacker strikes.
    through : callable (float) -> float
        Missile warheads that get through the attacker's defenses, as a function of those that arrive at them; what
        bombers carry is not stopped by missile defenses.
    """
    saved = np.where(victim.silo, SAVED_BY_LAUNCH_UNDER_ATTACK if prompt else 0.0, victim.alert[posture])
    exposed = np.concatenate((victim.warheads * (1.0 - saved), victim.in_field(posture, tactics)))
    worth = exposed * np.tile(victim.reliability, 2)
    ready = attacker.ready(posture)
    share, sent = _shares(attacker, victim, worth, ready, tactics)
    lost = (exposed * share).reshape(2, -1).sum(axis=0)
    surviving = np.clip(victim.warheads - lost, 0.0, None)
    arriving = surviving * victim.reliability
    missiles = float(arriving[victim.missile].sum())
    share_through = through(missiles) / missiles if missiles > 0.0 else 1.0
    columns = {
        "start": victim.warheads,
        "alert": victim.warheads * victim.alert[posture],
        "surviving": surviving,
        "arriving": arriving,
        "through": np.where(victim.missile, arriving * share_through, arriving),
    }
    drawdown = Drawdown(
        attacker=attacker.party,
        victim=victim.party,
        posture=posture,
        launched_under_attack=prompt,
        attacking=float(ready[attacker.missile].sum()),
        spent=float(sent.sum()),
        by_class=_by_class(victim, columns),
        **{name: float(column.sum()) for name, column in columns.items()},
    )
    return drawdown, _options(attacker, victim, ready, worth * share, sent)


def _shares(attacker: Side, victim: Side, worth: Array, ready: Array, tactics: Tactics) -> tuple[Array, Array]:
    """Return the share (2 J,) of each class's aim points, then areas, that is destroyed, and the warheads (I, 2 J)."""
    from detente.forces.allocation import best_strike  # numba is slow to import

    nothing = np.zeros(victim.points.size)
    found: tuple[Array, Array] = best_strike(
        tactics.how(),
        (np.where(attacker.missile, ready, 0.0), attacker.weapon_yield, attacker.accuracy, attacker.reliability),
        (
            worth,
            np.concatenate((victim.points, nothing)),
            np.concatenate((victim.hardness, victim.field_hardness)),
            np.concatenate((nothing, victim.area)),
        ),
    )
    return found


def _by_class(victim: Side, columns: dict[str, Array]) -> tuple[ClassDrawdown, ...]:
    values = zip(*(column.tolist() for column in columns.values()), strict=True)
    return tuple(
        ClassDrawdown(name=kind.name, title=kind.title, basing=kind.basing, **dict(zip(columns, row, strict=True)))
        for kind, row in zip(victim.classes, values, strict=True)
    )


def _options(attacker: Side, victim: Side, ready: Array, denied: Array, sent: Array) -> Options:
    cost = attacker.reliability @ sent
    order = [int(j) for j in np.argsort(-denied / np.maximum(cost, 1e-300), kind="stable") if cost[j] > 0.0]
    return Options(
        spent=tuple(float(cost[j]) for j in order),
        denied=tuple(float(denied[j]) for j in order),
        ready=float(ready @ attacker.reliability),
        unstruck=float(victim.warheads @ victim.reliability),
    )
