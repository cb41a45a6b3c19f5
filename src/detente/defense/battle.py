"""Battle space: which deployment can meet which flight, where, when and how often. Computed once a case."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from detente.catalog.records import Interceptor
from detente.defense.cue import Cue, cues
from detente.defense.engage import Meeting, Path, Window, beamed, flown, from_orbit, path
from detente.defense.reach import credited_speed, outclassed, reach, sight_of
from detente.scenario.scenario import Case, Deployment, Scenario, Threat

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory
    from detente.sensing.observe import Sightings

Because = Literal["met", "no track", "out of reach", "too late", "target too fast"]

_UNAIDED = (Cue(share=1.0, mode="own", track_time=float("inf"), alert_time=float("inf")),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """One deployment against one flight.

    Parameters
    ----------
    deployment, threat, aim : str
        Names.
    layer : {"boost", "midcourse", "terminal"}
        Part of the flight it works in.
    windows : tuple of Window
        Battle space in each state of knowledge; their shares sum to 1. Whether the target is slow enough there for
        the interceptor is not part of it, so that the raid can ask that again of a varied catalog.
    scale : float
        For interceptors in orbit, shots in reach relative to the published constellation; else 1.
    because : str
        "met", or why there is no intercept in any state.
    """

    deployment: str
    threat: str
    aim: str
    layer: Literal["boost", "midcourse", "terminal"]
    windows: tuple[Window, ...]
    scale: float
    because: Because

    @property
    def best(self) -> Window | None:
        """The window with most rounds, the likelier of two alike; None where there is no intercept."""
        met = [window for window in self.windows if window.rounds > 0 and self.because == "met"]
        return max(met, key=lambda window: (window.rounds, window.share), default=None)

    @property
    def first(self) -> Meeting | None:
        """First possible intercept in the best window."""
        return self.best.first if self.best else None

    @property
    def last(self) -> Meeting | None:
        """Last possible intercept in the best window."""
        return self.best.last if self.best else None

    @property
    def rounds(self) -> int:
        """Shots in turn in the best window."""
        return self.best.rounds if self.best else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Battle:
    """Every engagement of a case.

    Parameters
    ----------
    engagements : tuple of Engagement
        For each threat that is defended against, each aim, and each deployment that protects its victim.
    """

    engagements: tuple[Engagement, ...]

    def of(self, threat: str) -> tuple[Engagement, ...]:
        """Return the engagements of one threat, in order of its aims and of the case's deployments."""
        return tuple(each for each in self.engagements if each.threat == threat)


def defends(deployment: Deployment, threat: Threat) -> bool:
    """Return whether a deployment takes part against a threat: deployed, protecting its victim, against a raid.

    Nobody stops its own attack; its own accident it does.
    """
    own = deployment.party == threat.by and threat.kind != "accidental"
    ready = deployment.status == "deployed" and threat.kind != "corridor" and not own
    return ready and threat.against in deployment.protects


def battle(scenario: Scenario, case: Case, flights: Mapping[str, Sequence[Trajectory]], sightings: Sightings) -> Battle:
    """Return the battle space of a case.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Threats, deployments, catalog and assumptions.
    flights : mapping of str to sequence of Trajectory
        For each threat, one trajectory for each of its aims, in their order.
    sightings : Sightings
        What the sensors of the case see of them.

    Raises
    ------
    BadInputError
        An interceptor whose fly-out cannot be computed.
    """
    found = []
    for name, threat in scenario.threats.items():
        taking_part = [each for each in case.defenses if defends(each, threat)]
        for aim, flight in zip(threat.aims, flights[name], strict=True):
            found += [_engagement(scenario, case, each, threat, aim, flight, sightings) for each in taking_part]
    return Battle(engagements=tuple(found))


def _engagement(
    scenario: Scenario,
    case: Case,
    deployment: Deployment,
    threat: Threat,
    aim: str,
    flight: Trajectory,
    sightings: Sightings,
) -> Engagement:
    interceptor = scenario.catalog.interceptors[deployment.interceptor]
    seen = path(flight, scenario.catalog.places[deployment.site] if deployment.site else None)
    if interceptor.layer == "boost":
        windows, scale = _boost(scenario, interceptor, threat, seen, flight.burnout_time)
    else:
        missile = scenario.catalog.missiles[threat.missile]
        out = reach(interceptor, sight_of(missile, scenario.catalog.cross_sections))
        known = cues(scenario, case, deployment, threat, sightings.of(threat.name, aim))
        windows, scale = tuple(flown(seen, out, cue, flight.burnout_time) for cue in known), 1.0
    beyond = outclassed(interceptor, flight.ground_range)
    if beyond:
        windows = tuple(replace(each, first=None, last=None, rounds=0, slowest=math.inf) for each in windows)
    return Engagement(
        deployment=deployment.name,
        threat=threat.name,
        aim=aim,
        layer=interceptor.layer,
        windows=windows,
        scale=scale,
        because="target too fast" if beyond else _because(interceptor, seen, windows),
    )


def _boost(
    scenario: Scenario, interceptor: Interceptor, threat: Threat, seen: Path, burnout_time: float
) -> tuple[tuple[Window, ...], float]:
    """Return the window of a boost-phase defense, which sees the plume with its own sensors."""
    (cue,) = _UNAIDED
    if interceptor.basing == "space":
        window, scale = from_orbit(seen, interceptor, cue, burnout_time)
        return (window,), scale
    liquid = scenario.catalog.missiles[threat.missile].propellant == "liquid"
    return (beamed(seen, interceptor, liquid, cue, burnout_time),), 1.0


def _because(interceptor: Interceptor, seen: Path, windows: tuple[Window, ...]) -> Because:
    met = [window for window in windows if window.rounds > 0]
    if met:
        slow = interceptor.layer == "boost" or min(each.slowest for each in met) <= credited_speed(interceptor)
        return "met" if slow else "target too fast"
    inside = (
        (seen.altitude >= interceptor.lowest_intercept.value)
        & (seen.altitude <= interceptor.highest_intercept.value)
        & (seen.slant_range <= interceptor.greatest_range.value)
    )
    if not inside.any():
        return "out of reach"
    return "too late" if any(window.track_time < float("inf") for window in windows) else "no track"
