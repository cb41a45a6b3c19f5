"""Battle space: which deployment can meet which flight, where, when and how often. Computed once a case."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from detente.catalog.records import Interceptor
from detente.defense.cue import Cue, cues
from detente.defense.engage import beamed, flown
from detente.defense.explain import Because, reason, short_of, told
from detente.defense.orbit import from_orbit
from detente.defense.path import Meeting, Path, Window, path
from detente.defense.reach import number, outclassed, raised, reach, sight_of
from detente.defense.stations import stations
from detente.scenario.scenario import Case, Deployment, Scenario, Threat

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory
    from detente.sensing.observe import Sightings

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
    station : str
        Name of the place it is met from: of a ship's box the best point, of an aircraft's orbit the whole; empty in
        orbit.
    why : str
        The same in numbers.
    """

    deployment: str
    threat: str
    aim: str
    layer: Literal["boost", "midcourse", "terminal"]
    windows: tuple[Window, ...]
    scale: float
    because: Because
    station: str = ""
    why: str = ""

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
    interceptor = raised(scenario.catalog.interceptors[deployment.interceptor], threat.keep_out)
    places = stations(scenario, deployment)
    seen = tuple(path(flight, place) for place in places) or (path(flight, None),)
    name, scale = places[0].name if len(places) == 1 else "", 1.0
    because: Because | None = None
    windows: tuple[Window, ...]
    if interceptor.lowest_intercept.value >= interceptor.highest_intercept.value:
        windows, because = (_shut(_UNAIDED[0]),), "below the keep-out altitude"
    elif interceptor.layer == "boost":
        windows, scale = _boost(scenario, deployment, interceptor, threat, seen, flight.burnout_time)
        name = deployment.box or name
    else:
        known = cues(scenario, case, deployment, threat, sightings.of(threat.name, aim))
        out = reach(interceptor, sight_of(scenario.catalog.missiles[threat.missile], scenario.catalog.cross_sections))
        fights = [tuple(flown(each, out, cue, flight.burnout_time) for cue in known) for each in seen]
        best = max(range(len(seen)), key=lambda index: _worth(fights[index]))
        windows, name, seen = fights[best], places[best].name, (seen[best],)
    if outclassed(interceptor, flight.ground_range):
        windows, because = tuple(_shut(each) for each in windows), "target too fast"
    because = because or reason(interceptor, seen, windows)
    return Engagement(
        deployment=deployment.name,
        threat=threat.name,
        aim=aim,
        layer=interceptor.layer,
        windows=windows,
        scale=scale,
        because=because,
        station=name,
        why=told(interceptor, seen, windows, because, threat.keep_out) + short_of(interceptor, deployment.count.value),
    )


def _shut(state: Window | Cue) -> Window:
    """Return the window of a state of knowledge in which nothing can be met."""
    never = math.inf
    return Window(
        share=state.share,
        mode=state.mode,
        track_time=state.track_time,
        ready_time=never,
        first=None,
        last=None,
        rounds=0,
    )


def _worth(windows: tuple[Window, ...]) -> tuple[float, float, float]:
    """Return what a station is worth: chance of an intercept, rounds, and how early the first one comes."""
    met = [each for each in windows if each.first is not None]
    first = min((each.first.time for each in met if each.first), default=math.inf)
    return sum(each.share for each in met), sum(each.share * each.rounds for each in met), -first


def _boost(
    scenario: Scenario,
    deployment: Deployment,
    interceptor: Interceptor,
    threat: Threat,
    seen: tuple[Path, ...],
    burnout_time: float,
) -> tuple[tuple[Window, ...], float]:
    """Return the windows of a boost-phase defense, which sees the plume with its own sensors.

    An aircraft may be anywhere on its orbit when the missile starts: each point has its share.
    """
    (cue,) = _UNAIDED
    if interceptor.basing == "space":
        tilt = deployment.inclination.value if deployment.inclination else number(interceptor, "inclination")
        window, scale = from_orbit(seen[0], interceptor, tilt, cue, burnout_time)
        return (window,), scale
    liquid = scenario.catalog.missiles[threat.missile].propellant == "liquid"
    part = replace(cue, share=1.0 / len(seen))
    return tuple(beamed(each, interceptor, liquid, part, burnout_time) for each in seen), 1.0
