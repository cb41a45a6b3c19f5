"""Raids through layers: who leaks, how surely nothing does, and what it costs in interceptors. Cheap arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from detente.catalog.records import Interceptor
from detente.defense.battle import Battle, Engagement
from detente.defense.engage import refilled
from detente.defense.path import Window
from detente.defense.quick import QuickRaid, doctrine_from, quick
from detente.defense.reach import credited_speed
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import Case, Deployment, Scenario, Threat

__all__ = ["LayerOutcome", "QuickRaid", "RaidOutcome", "doctrine_from", "outcomes", "quick", "strategic"]

LAYERS: tuple[Literal["boost", "midcourse", "terminal"], ...] = ("boost", "midcourse", "terminal")

MOST_DEPLOYMENTS = 12
"""Deployments that can fail apart from each other against one threat; all combinations are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerOutcome:
    """What one layer does to a raid, on average.

    Parameters
    ----------
    layer : {"boost", "midcourse", "terminal"}
        Part of the flight.
    deployments : tuple of str
        Those that can meet the raid.
    entering, leaving : float
        Mean number of warheads before and after; in the boost layer, aboard missiles.
    """

    layer: Literal["boost", "midcourse", "terminal"]
    deployments: tuple[str, ...]
    entering: float
    leaving: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RaidOutcome:
    """What a threat does against the defenses of a case.

    Parameters
    ----------
    threat : str
        Name.
    warheads, decoys : int
        In the raid.
    layers : tuple of LayerOutcome
        Boost, midcourse, terminal.
    expected_leakers : float
        Mean number of warheads that get through.
    p_no_leak : float
        Probability that none does.
    interceptors_used : dict of str to float
        Mean number of shots of each deployment that can meet the raid.
    """

    threat: str
    warheads: int
    decoys: int
    layers: tuple[LayerOutcome, ...]
    expected_leakers: float
    p_no_leak: float
    interceptors_used: dict[str, float]


def outcomes(scenario: Scenario, case: Case, battle: Battle) -> dict[str, RaidOutcome]:
    """Return what every threat of a scenario does in a case; corridors, which are not raids, are left out.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Counts, kill probabilities and doctrines, at the values they have now: a varied copy gives a varied outcome.
    battle : Battle
        Battle space of the case.

    Raises
    ------
    BadInputError
        More than 12 deployments meet one threat.
    """
    return {
        name: _outcome(scenario, case, threat, battle.of(name))
        for name, threat in scenario.threats.items()
        if threat.kind != "corridor"
    }


def _outcome(scenario: Scenario, case: Case, threat: Threat, fights: tuple[Engagement, ...]) -> RaidOutcome:
    from detente.defense.kernels import raid

    meeting = {fight.deployment for fight in fights if any(window.rounds for window in fight.windows)}
    taking_part = sorted(
        (each for each in case.defenses if each.name in meeting),
        key=lambda each: LAYERS.index(scenario.catalog.interceptors[each.interceptor].layer),
    )
    if len(taking_part) > MOST_DEPLOYMENTS:
        raise BadInputError([_crowded(scenario, case, threat, len(taking_part))])
    traits = np.array([_traits(scenario.catalog.interceptors[each.interceptor], each) for each in taking_part])
    traits = traits.reshape(len(taking_part), 6)
    alive, none, used = np.zeros(4), 0.0, np.zeros(len(taking_part))
    for share, rounds, capacity in _worlds(scenario, threat, taking_part, fights):
        stock = np.array([_shots(scenario, *each) for each in zip(taking_part, capacity, strict=True)], float)
        clean, left, spent = raid(
            threat.missiles, threat.warheads_per_missile, float(threat.decoys_per_warhead), stock, traits, rounds
        )
        none, alive, used = none + share * clean, alive + share * left, used + share * spent
    return _told(scenario, threat, taking_part, (float(none), alive, used))


def _crowded(scenario: Scenario, case: Case, threat: Threat, count: int) -> Problem:
    return Problem(
        file=scenario.name,
        key=f"cases.{case.name}.defenses",
        found=f"{count} deployments that meet threat {threat.name}",
        allowed=f"{MOST_DEPLOYMENTS} at most, for each may fail apart from the others",
        do="Put those of one type and site together.",
    )


def _told(
    scenario: Scenario,
    threat: Threat,
    taking_part: list[Deployment],
    found: tuple[float, NDArray[np.float64], NDArray[np.float64]],
) -> RaidOutcome:
    none, alive, used = found
    warheads = threat.missiles * threat.warheads_per_missile
    kinds = {each.name: scenario.catalog.interceptors[each.interceptor].layer for each in taking_part}
    layers = tuple(
        LayerOutcome(
            layer=layer,
            deployments=tuple(name for name, kind in kinds.items() if kind == layer),
            entering=float(alive[index]),
            leaving=float(alive[index + 1]),
        )
        for index, layer in enumerate(LAYERS)
    )
    return RaidOutcome(
        threat=threat.name,
        warheads=warheads,
        decoys=warheads * threat.decoys_per_warhead,
        layers=layers,
        expected_leakers=float(alive[-1]),
        p_no_leak=min(max(none, 0.0), 1.0),
        interceptors_used={each.name: float(count) for each, count in zip(taking_part, used, strict=True)},
    )


def _traits(interceptor: Interceptor, deployment: Deployment) -> tuple[float, ...]:
    return (
        interceptor.sspk.value,
        max(1.0, round(interceptor.shots_per_target.value)),
        1.0 if deployment.doctrine == "shoot-look-shoot" else 0.0,
        interceptor.discrimination.value,
        interceptor.reliability.value,
        float(LAYERS.index(interceptor.layer)),
    )


def _shots(scenario: Scenario, deployment: Deployment, capacity: float) -> float:
    """Return the shots that a deployment has: its interceptors, or what is in reach of them in orbit."""
    interceptor = scenario.catalog.interceptors[deployment.interceptor]
    shots = deployment.count.value * capacity
    if interceptor.constellation is not None:
        shots /= max(interceptor.constellation.value, 1.0)
    return shots


def _worlds(
    scenario: Scenario, threat: Threat, taking_part: list[Deployment], fights: tuple[Engagement, ...]
) -> list[tuple[float, NDArray[np.int64], list[float]]]:
    """Return the states of knowledge of the whole raid, each with its share, rounds and shots of a counted unit.

    The states of two deployments go together as far as they can: the time of day and the trust in shared data are the
    same for all. Their shares are laid side by side in one order, and cut wherever any changes.
    """
    known = scenario.catalog.interceptors
    by_pair = {(fight.deployment, fight.aim): fight for fight in fights}
    cuts = {0.0, 1.0}
    for fight in fights:
        cuts |= {min(float(cut), 1.0) for cut in np.cumsum([window.share for window in fight.windows])}
    edges = sorted(cuts)
    found = []
    for low, high in pairwise(edges):
        if high - low < 1e-12:
            continue
        middle = (low + high) / 2.0
        rounds = np.array(
            [
                [_rounds(known[each.interceptor], by_pair[each.name, aim], middle) for aim in threat.aims]
                for each in taking_part
            ],
            np.int64,
        ).reshape(len(taking_part), len(threat.aims))
        capacity = [
            _capacity(known[each.interceptor], each, [by_pair[each.name, aim] for aim in threat.aims], middle)
            for each in taking_part
        ]
        found.append((high - low, rounds, capacity))
    return found


def _rounds(interceptor: Interceptor, fight: Engagement, point: float) -> int:
    """Return the rounds in the state of knowledge that holds at a point of the shares laid side by side.

    None against a target that is faster, wherever it can be met, than the interceptor is credited with.
    """
    found = _state(fight, point)
    slow = interceptor.layer == "boost" or found.slowest <= credited_speed(interceptor)
    return found.rounds if slow else 0


def _state(fight: Engagement, point: float) -> Window:
    """Return the window in the state of knowledge that holds at a point of the shares laid side by side."""
    end = 0.0
    for window in fight.windows:
        end += window.share
        if point <= end:
            return window
    return fight.windows[-1]


def _capacity(interceptor: Interceptor, deployment: Deployment, fights: list[Engagement], point: float) -> float:
    """Return the shots that one interceptor, aircraft or satellite gives: the least over the aims it meets.

    Launchers that are reloaded while launches still help give more than one each.
    """
    if interceptor.basing == "air":
        return float(min((turns for fight in fights if (turns := _rounds(interceptor, fight, point))), default=0))
    if interceptor.basing == "space":
        return min((fight.scale for fight in fights if fight.scale > 0.0), default=0.0)
    if deployment.reserve is not None and interceptor.reload_time is not None and deployment.count.value > 0.0:
        count, launching = deployment.count.value, max(_state(fight, point).launching for fight in fights)
        return refilled(count, deployment.reserve.value, interceptor.reload_time.value, launching) / count
    return 1.0


def strategic(scenario: Scenario, case: Case, party: str) -> Callable[[float], float]:
    """Return how many warheads get through a party's strategic defenses, as a function of how many arrive.

    Counted are deployed interceptors that were built against strategic missiles and protect the party, but not those
    of another party with strategic forces in the case: it does not stop its own retaliation. Each warhead
    is given its doctrine's shots while interceptors last, one deployment after the other; the rest are not engaged,
    as in the published sums (44 interceptors, four a warhead, engage 11). Interceptors in orbit have the shots in
    reach of one launch area, each at one warhead: a floor where a missile carries several.

    Parameters
    ----------
    scenario, case : Scenario, Case
        At the values they have now.
    party : str
        Who is protected.

    Returns
    -------
    callable
        From a number of arriving warheads, >= 0, to the mean number that gets through.
    """
    stages = []
    for each in case.defenses:
        interceptor = scenario.catalog.interceptors[each.interceptor]
        other = each.party != party and each.party in case.forces
        if interceptor.strategic and each.status == "deployed" and party in each.protects and not other:
            k, shots, *_ = _traits(interceptor, each)
            kill = interceptor.reliability.value * (1.0 - (1.0 - k) ** shots)
            turn = each.doctrine == "shoot-look-shoot" and k > 0.0
            spent = (1.0 - (1.0 - k) ** shots) / k if turn else shots
            stages.append((LAYERS.index(interceptor.layer), _shots(scenario, each, 1.0) / spent, kill))
    stages.sort(key=lambda stage: stage[0])

    def through(arriving: float) -> float:
        left = max(arriving, 0.0)
        for _, engaged, kill in stages:
            left -= min(left, engaged) * kill
        return left

    return through
