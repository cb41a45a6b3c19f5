"""A launch as it is assessed: what radar sees, when its path is harmless, what others tell, and what to believe."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import WGS84, geodesic
from detente.sensing.belief import Regime, Witness, belief
from detente.sensing.kernels import in_sector
from detente.sensing.known import tracked
from detente.sensing.likeness import History, excluded, history
from detente.sensing.notice import Detection, Match, match
from detente.sensing.observe import course
from detente.sensing.release import gains
from detente.sources import Interval

if TYPE_CHECKING:
    from detente.flight.trajectory import Trajectory
    from detente.scenario.scenario import Case, Judgment, Scenario, Threat
    from detente.sensing.observe import Corridor, RadarSighting, Sightings
    from detente.sensing.release import Gain, Released
    from detente.sensing.track import TrackAccuracy

COMPARED = 20.0
"""How long after first contact flights are set beside each other [s]; ours."""
TURN = math.radians(5.0)
"""By how much the turning Earth moves a launch off the direction of its target, at most [rad]; ours."""
_STEP = 2.0
PLACED = 100e3
"""Semi-major axis [m] of a launch point below which it is held against a notice; ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that those who assess learn, and what they then believe.

    Parameters
    ----------
    time : float
        When the center has it [s after launch].
    what : str
        What is learnt.
    belief : Interval or None
        Chance that an attack is under way, with all that is known by then; None without a judgment.
    """

    time: float
    what: str
    belief: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Incident:
    """One flight as one party assesses it in one case.

    Parameters
    ----------
    party, threat, aim : str
        Who assesses, what flies, and where to.
    radar : str
        The party's warning radar that sees it first; empty where none does.
    first, last : float
        When that radar begins to see it, and first loses it [s after launch]; infinity where it does not see it.
    view : History or None
        What the radar makes of it in that time.
    seen : History or None
        The same 20 s after first contact, or at last sight if that is sooner.
    excluded : float
        From when on the predicted impact misses all ground that is feared for, with 99 %, by the party's own sensors
        [s after launch]; infinity for never.
    settled : float
        The same, once a feared missile would have burnt out and could no longer turn.
    notices : tuple of Match
        What each notice at hand says of it, with all that is known at the end.
    explained : float
        When the center finds that a notice explains it [s after launch]; infinity for never.
    told : tuple of Released
        What other parties let this one know, as they know it, by the hour in the middle.
    steps : tuple of Step
        What is learnt in order of time, and what follows; with a judgment the first is how it stood before.
    """

    party: str
    threat: str
    aim: str
    radar: str
    first: float
    last: float
    view: History | None
    seen: History | None
    excluded: float
    settled: float
    notices: tuple[Match, ...]
    explained: float
    told: tuple[Released, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Learnt:
    """Something that the center learns, when [s after launch], and of which kind."""

    time: float
    what: str
    kind: str


def incidents(
    scenario: Scenario, case: Case, sightings: Sightings, flights: Mapping[str, Sequence[Trajectory]]
) -> tuple[Incident, ...]:
    """Return each flight as the party it is bound for assesses it, where the scenario has notices or a judgment.

    A flight without a moment of launch is taken to start as the window of a notice opens: so would an attacker.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Sensors, notices, releases and judgment.
    sightings : Sightings
        What the sensors of the case see.
    flights : mapping of str to sequence of Trajectory
        For each threat, one trajectory for each of its aims, in their order.
    """
    if not scenario.notices and scenario.judgment is None:
        return ()
    told = gains(scenario, case, sightings, flights)
    found = []
    for corridor in sightings.corridors:
        threat = scenario.threats[corridor.threat]
        flight = flights[threat.name][threat.aims.index(corridor.aim)]
        heard = [each for each in told if (each.threat, each.aim) == (corridor.threat, corridor.aim)]
        found.append(_incident(scenario, case, corridor, flight, heard))
    return tuple(found)


def ground(scenario: Scenario, party: str) -> list[tuple[float, float]]:
    """Return the points that a path must miss before a party is safe from it: latitude and longitude [rad].

    Its capital, what threats to it aim at on its territory, and the regions that the judgment names.

    Parameters
    ----------
    scenario : Scenario
        Threats, places and judgment.
    party : str
        Who fears.
    """
    places = scenario.catalog.places
    aims = [aim for each in scenario.threats.values() if each.against == party for aim in each.aims]
    names = dict.fromkeys((scenario.parties[party].capital, *(name for name in aims if places[name].host == party)))
    regions = scenario.judgment.ground if scenario.judgment else ()
    points = [point for name in regions for point in scenario.catalog.regions[name].points]
    return [
        *((places[name].latitude.value, places[name].longitude.value) for name in names),
        *((math.radians(latitude), math.radians(longitude)) for latitude, longitude in points),
    ]


def _incident(
    scenario: Scenario, case: Case, corridor: Corridor, flight: Trajectory, heard: Sequence[Gain]
) -> Incident:
    threat = scenario.threats[corridor.threat]
    party = threat.against
    sighting, first, last = _first(corridor, party)
    track = tracked(scenario, case, threat, course(flight), {party: 0.0})[0]
    points, burnt = ground(scenario, party), _burnt(scenario, threat)
    clear, settled = (excluded(flight, track, points, thrust_until=each) for each in (0.0, burnt))
    matched = _noticed(scenario, case, threat, _detected(flight, track, heard))
    placed = _placed(scenario, corridor, track, heard)
    explained = placed if any(each.explained for each in matched) else math.inf
    radar = scenario.catalog.radars[sighting.radar] if sighting else None
    times = (np.arange(first, last + 1e-6, _STEP), np.array([min(first + COMPARED, last)])) if radar else ()
    view, seen = (history(radar, flight, each) for each in times) if radar else (None, None)
    learnt = _learnt(scenario, corridor, party, (settled, explained), matched, heard)
    return Incident(
        party=party,
        threat=threat.name,
        aim=corridor.aim,
        radar=sighting.radar if sighting else "",
        first=first,
        last=last,
        view=view,
        seen=seen,
        excluded=clear,
        settled=settled,
        notices=matched,
        explained=explained,
        told=tuple(each.released for each in heard),
        steps=_believed(scenario.judgment, case, learnt),
    )


def _first(corridor: Corridor, party: str) -> tuple[RadarSighting | None, float, float]:
    """Return the party's warning radar that sees a flight first, and from when to when it does [s]."""
    seen = [each for each in corridor.radars if each.party == party and each.warning]
    if not seen:
        return None, math.inf, math.inf
    one = min(seen, key=lambda each: each.passes[0][0])
    return one, *one.passes[0]


def _burnt(scenario: Scenario, threat: Threat) -> float:
    """Return when every other missile that the party fears would have burnt out [s after launch]."""
    feared = {each.missile for each in scenario.threats.values() if each.against == threat.against} - {threat.missile}
    known = scenario.catalog.missiles
    names = feared or {threat.missile}
    return max(math.fsum(stage.burn_time.high for stage in known[name].stages) for name in names)


def _delay(scenario: Scenario, party: str) -> float:
    """Return how long a report takes from a sensor to the party's center [s]."""
    name = scenario.parties[party].procedure
    return scenario.catalog.procedures[name].report_delay.value if name else 0.0


def _noticed(scenario: Scenario, case: Case, threat: Threat, seen: Detection) -> tuple[Match, ...]:
    """Return what the notices at hand say of a flight with all that is known in the end."""
    places, notices = scenario.catalog.places, (scenario.notices[name] for name in case.notices)
    return tuple(match(each, places, replace(seen, at=threat.at or each.opens)) for each in notices)


def _placed(scenario: Scenario, corridor: Corridor, track: TrackAccuracy, heard: Sequence[Gain]) -> float:
    """Return when the center knows the launch point well enough to look for a notice [s]."""
    party = scenario.threats[corridor.threat].against
    own = np.flatnonzero(track.launch_major <= PLACED)
    report = _reported(scenario, corridor, party)
    times = [max(float(track.time[own[0]]) + _delay(scenario, party), report)] if own.size else []
    return min([*times, *(each.released.arrives for each in heard if each.released.launch_area)], default=math.inf)


def _detected(flight: Trajectory, track: TrackAccuracy, heard: Sequence[Gain]) -> Detection:
    """Return all that is known of a launch in the end: own looks, and where they tell less the others' word."""
    start, end = ((float(flight.latitude[n]), float(flight.longitude[n])) for n in (0, -1))
    wide, far = float(track.launch_major[-1]), float(track.impact_major[-1])
    launch, error = (start, wide) if wide <= PLACED else (None, 0.0)
    for cell in (each.released.launch_area for each in heard):
        if cell is not None and launch is None:
            launch, error = (cell.latitude, cell.longitude), 0.5 * math.hypot(cell.height, cell.width)
    distance, azimuth = geodesic(*start, *end, WGS84)
    known = math.isfinite(far)
    return Detection(
        launch=launch,
        launch_error=error,
        azimuth=float(azimuth) if known else None,
        azimuth_error=math.atan2(far, float(distance)) if known else 0.0,
        impact=end if known else None,
        impact_error=far if known else 0.0,
    )


def _reported(scenario: Scenario, corridor: Corridor, party: str) -> float:
    """Return when the center has a track of the party's own radars, or of its own satellites if that is sooner [s]."""
    track, _ = corridor.track((party,), scenario.assumptions.radar_track_time.value)
    return min(track, float(np.median(corridor.launch_seen((party,))))) + _delay(scenario, party)


def _learnt(
    scenario: Scenario,
    corridor: Corridor,
    party: str,
    ends: tuple[float, float],
    matched: Sequence[Match],
    heard: Sequence[Gain],
) -> list[_Learnt]:
    """Return what the center learns of a flight, in order of time."""
    delay = _delay(scenario, party)
    track, _ = corridor.track((party,), scenario.assumptions.radar_track_time.value)
    seen = float(np.median(corridor.launch_seen((party,))))
    settled, explained = ends
    found = [
        _Learnt(seen + delay, "own satellites report it", "infrared"),
        _Learnt(track + delay, "own radar reports it", "radar"),
        _Learnt(max(settled, track) + delay, "its path is harmless", "clear"),
    ]
    if any(each.explained for each in matched):
        found.append(_Learnt(explained, "a notice explains it", "explained"))
    elif matched:
        placed = min([track + delay, *(each.released.arrives for each in heard)])
        found.append(_Learnt(placed, "no notice explains it", "unexplained"))
    for each in heard:
        toward = pointed(each.released, ground(scenario, party))
        if toward is not None:
            what = f"{scenario.parties[each.by].title}: {'bound for that ground' if toward else 'bound elsewhere'}"
            found.append(_Learnt(each.released.arrives, what, "toward" if toward else "away"))
    return sorted((each for each in found if each.time < corridor.flight_time), key=lambda each: each.time)


def pointed(released: Released, points: Sequence[tuple[float, float]]) -> bool | None:
    """Return whether what was released of a launch points at some ground; None where it tells of no direction.

    An impact area decides where there is one: the ground lies within its diagonal. Else the sector of the launch does,
    widened on each side by `TURN`, as seen from the middle of the launch area.

    Parameters
    ----------
    released : Released
        From `detente.sensing.release.release`.
    points : sequence of (float, float)
        Latitude and longitude [rad].
    """
    area, start, limits = released.impact_area, released.launch_area, released.azimuth
    if area is not None:
        near = math.hypot(area.height, area.width)
        return any(float(geodesic(area.latitude, area.longitude, *point, WGS84)[0]) <= near for point in points)
    if start is None or limits is None:
        return None
    bearings = np.array([float(geodesic(start.latitude, start.longitude, *point, WGS84)[1]) for point in points])
    return bool(in_sector(bearings, limits[0] - TURN, limits[1] + TURN).any())


def _believed(judgment: Judgment | None, case: Case, learnt: Sequence[_Learnt]) -> tuple[Step, ...]:
    """Return the belief after each thing that is learnt, all before it included."""
    if judgment is None:
        return tuple(Step(time=each.time, what=each.what, belief=None) for each in learnt)
    steps = [Step(time=0.0, what="before anything is seen", belief=belief(judgment.prior, ()))]
    for index, each in enumerate(learnt):
        kinds = {one.kind for one in learnt[: index + 1]}
        steps.append(Step(time=each.time, what=each.what, belief=_belief(judgment, case, kinds)))
    return tuple(steps)


def _belief(judgment: Judgment, case: Case, kinds: set[str]) -> Interval:
    radar = judgment.radar_detection, judgment.radar_false_alarm
    infrared = judgment.infrared_detection, judgment.infrared_false_alarm
    own = []
    if kinds & {"radar", "clear"}:
        own.append(Witness(reports="clear" not in kinds, detection=radar[0], false_alarm=radar[1]))
    if "infrared" in kinds:
        own.append(Witness(reports=True, detection=infrared[0], false_alarm=infrared[1]))
    words = [word == "toward" for word in ("toward", "away") if word in kinds]
    peer = [Witness(reports=word, detection=infrared[0], false_alarm=infrared[1]) for word in words]
    regime = None
    if kinds & {"explained", "unexplained"}:
        regime = Regime(explained="explained" in kinds, kept=judgment.kept, misused=judgment.misused)
    return belief(judgment.prior, own, peer, case.sharing.trust if case.sharing else None, regime)
