"""The stability map: warheads a side × interceptors of the other side, and where retaliation stays assured.

In every draw of the inputs there is a greatest number of interceptors against which enough still arrives. A cell of the
map is the share of draws in which that number is not exceeded, so 1,000 draws give every cell 1,000 samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from detente.forces.many import Draw, ladder, struck
from detente.forces.strike import POSTURES, Posture
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import Case, Scenario
from detente.sources import Cited

Array = NDArray[np.float64]
MOST_STEPS = 401
"""Most values of an axis."""
SHARES = (0.95, 0.5, 0.05)
"""Shares of the draws that bound the region, its band and the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """What the map spans.

    Parameters
    ----------
    warheads : tuple of float
        Ceilings of both sides, counted as the case's plans count, > 0, rising.
    interceptors : tuple of float
        Interceptors of the side that strikes first, >= 0, rising.
    minutes : tuple of float
        Times [s] that the struck side has to decide, >= 0, rising; silos are emptied in the draws in which one is at
        least the decision floor. Empty where no silo is launched under attack.
    """

    warheads: tuple[float, ...]
    interceptors: tuple[float, ...]
    minutes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shield:
    """One interceptor that meets retaliation.

    Parameters
    ----------
    name, title : str
        As in the catalog.
    path : str
        Start of the paths of its numbers.
    sspk, reliability, shots : Cited
        Chance that one shot kills, chance that the battery works at all, shots at one warhead (whole, at least 1).
    look : bool
        Whether a shot is looked at before the next, so that fewer are spent.
    """

    name: str
    title: str
    path: str
    sspk: Cited
    reliability: Cited
    shots: Cited
    look: bool

    def drawn(self, draw: Draw) -> tuple[Array, Array]:
        """Return by draw the interceptors spent on one warhead, and the chance that it is stopped."""
        k = draw(f"{self.path}.sspk", self.sspk)
        shots = np.maximum(np.round(draw(f"{self.path}.shots_per_target", self.shots)), 1.0)
        hit = 1.0 - (1.0 - k) ** shots
        spent = np.where(k > 0.0, hit / np.maximum(k, 1e-300), shots) if self.look else shots
        return spent, draw(f"{self.path}.reliability", self.reliability) * hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Retaliation:
    """What one side can answer with, by ceiling and draw, the best values first.

    Parameters
    ----------
    attacker, victim : str
        Who strikes first and who answers.
    posture : {"day-to-day", "generated"}
        Alert of both.
    missiles, bombers : (W, 1 + S) array
        Warheads that arrive at the attacker's defenses.
    prompt_missiles : (W, 1 + S) array
        The same on missiles where silos are launched under attack.
    spent, kill : (1 + S,) array
        Interceptors spent on one warhead, and the chance that it is stopped.
    floor : (1 + S,) array
        Least time to decide in [s].
    """

    attacker: str
    victim: str
    posture: Posture
    missiles: Array
    bombers: Array
    prompt_missiles: Array
    spent: Array
    kill: Array
    floor: Array

    def arriving(self, interceptors: float, decision_time: float = 0.0) -> Array:
        """Return the warheads (W, 1 + S) that get through so many interceptors."""
        missiles = self._missiles(decision_time)
        return missiles - np.minimum(missiles, interceptors / self.spent) * self.kill + self.bombers

    def greatest(self, required: float, decision_time: float = 0.0) -> Array:
        """Return the greatest number of interceptors (W, 1 + S) through which enough arrives.

        -1 where not even without any, infinite where through any number.
        """
        missiles = self._missiles(decision_time)
        spare = missiles + self.bombers - required
        found = np.full(missiles.shape, np.inf)
        some = (spare >= 0.0) & (spare < missiles * self.kill)
        np.divide(spare * self.spent, np.broadcast_to(self.kill, some.shape), out=found, where=some)
        return np.where(spare < 0.0, -1.0, found)

    def assured(self, interceptors: tuple[float, ...], required: float, decision_time: float = 0.0) -> Array:
        """Return the share of draws (N, W) in which enough arrives, 0 to 1."""
        greatest = np.sort(self.greatest(required, decision_time)[:, 1:], axis=1)
        count = greatest.shape[1]
        below = np.array([np.searchsorted(row, interceptors, side="left") for row in greatest])
        share: Array = (1.0 - below / count).T
        return share

    def boundary(self, share: float, required: float, decision_time: float = 0.0) -> Array:
        """Return the interceptors (W,) up to which enough arrives in at least this share of the draws.

        -1 where in fewer even without any, infinite where in as many through any number.
        """
        falling = -np.sort(-self.greatest(required, decision_time)[:, 1:], axis=1)
        edge: Array = falling[:, max(int(np.ceil(share * falling.shape[1] - 1e-9)), 1) - 1]
        return edge

    def best(self, required: float, decision_time: float = 0.0) -> Array:
        """Return the interceptors (W,) up to which enough arrives at the best values."""
        edge: Array = self.greatest(required, decision_time)[:, 0]
        return edge

    def _missiles(self, decision_time: float) -> Array:
        prompt = (decision_time >= self.floor) & (decision_time > 0.0)
        return np.where(prompt, self.prompt_missiles, self.missiles)


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityMap:
    """Where retaliation stays assured.

    Parameters
    ----------
    case : str
        Whose forces and policies of reduction it starts from.
    axes : Axes
        What it spans.
    shield : Shield
        The interceptor that is counted.
    required : float
        Arriving warheads that are held to be enough.
    samples : int
        Draws in each cell.
    sides : tuple of Retaliation
        Each ordering in each posture.
    """

    case: str
    axes: Axes
    shield: Shield
    required: float
    samples: int
    sides: tuple[Retaliation, ...]

    def side(self, victim: str, posture: Posture) -> Retaliation:
        """Return what a struck side can answer with in a posture.

        Raises
        ------
        KeyError
            There is no such side or posture.
        """
        for one in self.sides:
            if (one.victim, one.posture) == (victim, posture):
                return one
        known = sorted({one.victim for one in self.sides})
        raise KeyError(f'no "{victim}" in posture "{posture}"; sides of this map: {", ".join(known)}')


def stability_map(scenario: Scenario, case: Case, axes: Axes, shield: Shield, draw: Draw) -> StabilityMap:
    """Return the map around one case.

    Both sides are brought under every ceiling by the rule and policy of the case. A side that is under a ceiling
    already keeps what it has.

    Parameters
    ----------
    scenario, case : Scenario, Case
        A case with forces of two parties.
    axes : Axes
        What the map spans.
    shield : Shield
        The interceptor; it stands for all defenses against strategic missiles, those of the case included.
    draw : callable (path, Cited) -> array
        Draws the numbers of the forces, the shield and the decision floor: the best value first.

    Raises
    ------
    BadInputError
        Axes that do not rise, that ask for what cannot be, or a case without two forces.
    """
    problems = [*without_two(scenario, case), *_of_axes(axes)]
    if problems:
        raise BadInputError(problems)
    plans = {party: ladder(scenario, plan, axes.warheads) for party, plan in case.forces.items()}
    _reachable(scenario, case, axes)
    spent, kill = shield.drawn(draw)
    floor = np.maximum(draw("assumptions.decision_floor", scenario.assumptions.decision_floor), 1e-9)
    sides = []
    for posture in POSTURES:
        for attacker, victim in permutations(case.forces, 2):
            rode = struck(scenario, plans[attacker], plans[victim], posture, False, draw)
            prompt = (
                struck(scenario, plans[attacker], plans[victim], posture, True, draw)[0] if axes.minutes else rode[0]
            )
            made = {"missiles": rode[0], "bombers": rode[1], "prompt_missiles": prompt}
            made |= {"spent": spent, "kill": kill, "floor": floor}
            sides.append(Retaliation(attacker=attacker, victim=victim, posture=posture, **made))
    required = scenario.assumptions.required_retaliation.value
    samples = len(spent) - 1
    return StabilityMap(
        case=case.name, axes=axes, shield=shield, required=required, samples=samples, sides=tuple(sides)
    )


def without_two(scenario: Scenario, case: Case) -> list[Problem]:
    """Return what is wrong with a case that has not the forces of two parties; nothing where it has."""
    if len(case.forces) == 2:
        return []
    allowed = [name for name, one in scenario.cases.items() if len(one.forces) == 2]
    do = f"Ask for another case: {', '.join(allowed)}." if allowed else "Write forces of two parties into the case."
    return [
        Problem(
            file=scenario.name,
            key=f"cases.{case.name}.forces",
            found=f"forces of {len(case.forces)} parties",
            allowed="two parties",
            do=do,
        )
    ]


def _of_axes(axes: Axes) -> list[Problem]:
    found = []
    for name, values, least in (
        ("warheads", axes.warheads, 1.0),
        ("interceptors", axes.interceptors, 0.0),
        ("minutes", axes.minutes, 0.0),
    ):
        rising = all(low < high for low, high in pairwise(values))
        good = rising and (not values or (np.isfinite(values).all() and values[0] >= least))
        if not good or len(values) > MOST_STEPS or (not values and name != "minutes"):
            first = ", ".join(f"{value:g}" for value in values[:3]) or "none"
            told = f"{len(values)} values: {first}…" if len(values) > 3 else first
            allowed = f"1 to {MOST_STEPS} rising numbers, the least {least:g} or more"
            do = f"Write {name}=LOW:HIGH:STEP."
            found.append(Problem(file="map", key=name, found=told, allowed=allowed, do=do))
    return found


def _reachable(scenario: Scenario, case: Case, axes: Axes) -> None:
    """Refuse ceilings that are above what both sides have: the map would not change there."""
    from detente.forces.reduce import counted

    have = {party: counted(scenario.catalog.forces[plan.base], plan.rule) for party, plan in case.forces.items()}
    steps = axes.warheads
    if (len(steps) > 1 and steps[-2] >= max(have.values())) or steps[0] > max(have.values()):
        told = ", ".join(f"{party} {value:,.0f}" for party, value in have.items())
        raise BadInputError(
            [
                Problem(
                    file="map",
                    key="warheads",
                    found=f"ceilings up to {steps[-1]:,.0f}",
                    allowed=f"ceilings that cut a force of the case ({told})",
                    do=f"End the axis at {max(have.values()):,.0f} or below.",
                )
            ]
        )
