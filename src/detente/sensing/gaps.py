"""Gaps by azimuth: the directions from which a missile can come to a place without a warning."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import geodetic_from_ecef
from detente.problems import BadInputError, Problem, nearest
from detente.sensing import network
from detente.sensing.approach import approaches
from detente.sensing.coverage import MODES, ROLES, minutes_seen, watches, whose
from detente.sensing.kernels import Array, Flags, runs
from detente.sensing.observe import NEVER, REENTRY
from detente.sensing.radar import Sight, cross_section, passes, reach_for, sight

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from detente.catalog.records import Place, Radar
    from detente.scenario.scenario import Case, Scenario

LEAST_WARNING = 600.0
"""Warning [s] below which a direction counts as a gap: the ten minutes that Russia was said to have in 2000 from its
radars alone (Forden, Podvig and Postol 2000, as reported)."""
STEPS = 360


@dataclass(frozen=True, slots=True, kw_only=True)
class Approach:
    """A class of threat for a look all around.

    Parameters
    ----------
    name : str
        What it is called in answers.
    ground_range : float
        Distance from which it is launched [m].
    target : {"upper-stage", "reentry-body", "theater-missile"}
        What radars see above the air; below 100 km on the way down a stage is gone, and the re-entry body is seen.
    """

    name: str
    ground_range: float
    target: str = "upper-stage"


APPROACHES = (Approach(name="icbm", ground_range=9_500e3), Approach(name="slbm", ground_range=5_000e3))
"""From a field on another continent, and from a submarine in the middle of an ocean: notional ranges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Directions that follow each other, from none of which the sensors give the least warning at every hour.

    Parameters
    ----------
    azimuth_from, azimuth_to : float
        Ends of the interval, clockwise, as seen from the place [rad]; it may wrap through north, and all directions
        are 0 to 2π.
    warning : float
        Longest warning that radars give in it [s]; 0 without a radar.
    satellite_hours : float
        Fewest hours a day in which satellites see a missile that burns over a launch point in it, below 24.
    """

    azimuth_from: float
    azimuth_to: float
    warning: float
    satellite_hours: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sweep:
    """A look all around from the places of a party at one class of threat.

    Parameters
    ----------
    party, mode : str
        Who is warned, by "own" sensors or "shared" data too.
    approach : Approach
        What comes.
    aims : tuple of str
        Places that it can be bound for; in each direction the worst of them counts.
    least_warning : float
        Below which a direction is a gap, unless satellites watch it at all hours [s].
    azimuth : array, shape (360,)
        Directions of the launch points, seen from the place, middles of equal steps [rad].
    warning : array, shape (360,)
        From the first radar's report at the national center to impact [s]; 0 without one.
    radar : tuple of str
        Who reports first; empty for nobody.
    satellite_hours : array, shape (360,)
        Hours a day in which satellites see a missile that burns over the launch point.
    gaps : tuple of Gap
        In order of azimuth.
    """

    party: str
    mode: str
    approach: Approach
    aims: tuple[str, ...]
    least_warning: float
    azimuth: Array
    warning: Array
    radar: tuple[str, ...]
    satellite_hours: Array
    gaps: tuple[Gap, ...]


def gaps(
    scenario: Scenario,
    case: Case,
    party: str,
    *,
    aims: Sequence[str] = (),
    threats: Sequence[Approach] = APPROACHES,
    least_warning: float = LEAST_WARNING,
    roles: Collection[str] = ROLES,
) -> tuple[Sweep, ...]:
    """Return the directions from which each class of threat comes without a warning, own sensors and shared.

    For a radar rebuilt or lost, ask with a case that has it so. As for coverage, shared data are what the peers'
    sensors would show of a missile on its way, whoever launched it.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Sensors that work, sharing, procedures and track time.
    party : str
        Who is to be warned.
    aims : sequence of str
        Names of places; the party's capital by default.
    threats : sequence of Approach
        Classes of threat.
    least_warning : float
        Warning [s] below which a direction is a gap, at least 0.
    roles : collection of str
        Roles of the radars that count.

    Returns
    -------
    tuple of Sweep
        For each class of threat, own sensors and, where data are shared with the party, shared ones.

    Raises
    ------
    BadInputError
        An unknown party or place, a range outside 100 to 18,000 km, a class without a radar cross section, or a least
        warning below 0.
    """
    modes = [mode for mode in MODES if mode == "own" or len(whose(scenario, case, party, mode)) > 1]
    if not least_warning >= 0.0:
        found, do = f"{least_warning:g} s", "Give seconds of warning."
        raise BadInputError([Problem(file="gaps", key="least_warning", found=found, allowed="0 s and more", do=do)])
    names = tuple(aims) or (scenario.parties[party].capital,)
    places = [_place(scenario, name) for name in names]
    azimuth = _around()
    swept = []
    for threat in threats:
        asked = _Asked(scenario, case, party, threat, tuple(roles))
        looks = [_look(asked, place, azimuth) for place in places]
        swept += [
            _sweep(party, mode, threat, names, least_warning, azimuth, [one[mode] for one in looks]) for mode in modes
        ]
    return tuple(swept)


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """Who asks about which class of threat."""

    scenario: Scenario
    case: Case
    party: str
    threat: Approach
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Arcs:
    """Arcs to one place, and where on them the air has parted a re-entry body from its stage."""

    time: Array
    position: Array
    latitude: Array
    longitude: Array
    low: Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """What sensors tell of arcs to one place: warning [s], names of radars, hours of satellites."""

    warning: Array
    radar: tuple[str, ...]
    hours: Array


def _place(scenario: Scenario, name: str) -> Place:
    places = scenario.catalog.places
    if name not in places:
        allowed = "places of the catalog or the scenario"
        problem = Problem(file=scenario.name, key="aims", found=f'"{name}"', allowed=allowed, do=nearest(name, places))
        raise BadInputError([problem])
    return places[name]


def _look(asked: _Asked, place: Place, azimuth: Array) -> dict[str, _Seen]:
    """Return what own and shared sensors tell of the arcs to a place from all around."""
    scenario, case, party = asked.scenario, asked.case, asked.party
    arcs = _arcs(place, asked.threat.ground_range)
    warning, radar = np.zeros(azimuth.size), np.full(azimuth.size, "", object)
    seen = np.zeros((azimuth.size, 1), bool)
    found = {}
    for mode in MODES:
        for each in whose(scenario, case, party, mode)[mode == "shared" :]:
            for one in network.radars(scenario, case, each):
                left = arcs.time[:, -1] - _reported(asked, each, one, place) if one.role in asked.roles else warning
                radar[left > warning] = one.name
                warning = np.maximum(warning, left)
            seen = seen | minutes_seen(watches(scenario, case, [each]), arcs.latitude, arcs.longitude)
        found[mode] = _Seen(warning, tuple(radar), np.broadcast_to(24.0 * seen.mean(axis=1), azimuth.shape))
        radar = radar.copy()
    return found


def _reported(asked: _Asked, informant: str, radar: Radar, place: Place) -> Array:
    """Return when the report of a radar reaches the center of the party that is to be warned [s], or infinity."""
    scenario, track = asked.scenario, asked.scenario.assumptions.radar_track_time.value
    procedure = scenario.parties[asked.party].procedure
    delay = track + (scenario.catalog.procedures[procedure].report_delay.value if procedure else 0.0)
    areas = _areas(scenario, radar, asked.threat)
    acquired = _acquired(radar, areas, place, asked.threat.ground_range, track)
    return acquired + delay + _release_delay(asked.case, asked.party, informant)


def _release_delay(case: Case, party: str, informant: str) -> float:
    """Return how much later a report of another party reaches this one's center [s]."""
    if informant == party or case.sharing is None:
        return 0.0
    return float(case.sharing.releases[informant].delay.value)


@lru_cache(maxsize=16)
def _arcs(place: Place, ground_range: float) -> _Arcs:
    """Return the arcs to a place from all around; remembered, as cases and radars share them."""
    time, position, latitude, longitude = approaches(place, _around(), ground_range)
    low = (time > 0.5 * time[:, -1:]) & (geodetic_from_ecef(position)[2] < REENTRY)
    return _Arcs(time, position, latitude, longitude, low)


def _around() -> Array:
    """Return the azimuths of a look all around, each in the middle of its step [rad]."""
    azimuth: Array = np.linspace(0.0, 2.0 * math.pi, STEPS, endpoint=False) + math.pi / STEPS
    return azimuth


def _areas(scenario: Scenario, radar: Radar, threat: Approach) -> tuple[float, float]:
    """Return the radar cross sections [m²] on the way, and once the re-entry body flies alone."""
    sections = scenario.catalog.cross_sections
    above = cross_section(sections, threat.target, radar.band)
    return above, cross_section(sections, "reentry-body", radar.band) if threat.target == "upper-stage" else above


@lru_cache(maxsize=512)
def _acquired(radar: Radar, areas: tuple[float, float], place: Place, ground_range: float, track: float) -> Array:
    """Return when a radar first begins to see each arc for as long as a track needs [s], or infinity; remembered."""
    arcs = _arcs(place, ground_range)
    time, position, area = arcs.time, arcs.position, np.where(arcs.low, areas[1], areas[0])
    known = sight(radar, position.reshape(-1, 3), reach_for(radar, area.ravel()))
    seen, distance = known.inside.reshape(time.shape), known.distance.reshape(time.shape)
    found = np.full(len(time), NEVER)
    for index in np.flatnonzero(seen.any(axis=1)):
        here = Sight(inside=seen[index], distance=distance[index])
        spans = passes(radar, area[index], time[index], position[index], here)
        found[index] = next((start for start, end in spans if end - start >= track), NEVER)
    found.flags.writeable = False
    return found


def _sweep(
    party: str,
    mode: str,
    threat: Approach,
    names: tuple[str, ...],
    least: float,
    azimuth: Array,
    looks: Sequence[_Seen],
) -> Sweep:
    """Return the worst over the places in each direction, with its gaps."""
    warnings = np.array([one.warning for one in looks])
    worst = warnings.argmin(axis=0)
    warning, hours = warnings.min(axis=0), np.min([one.hours for one in looks], axis=0)
    return Sweep(
        party=party,
        mode=mode,
        approach=threat,
        aims=names,
        least_warning=least,
        azimuth=azimuth,
        warning=warning,
        radar=tuple(looks[place].radar[index] for index, place in enumerate(worst)),
        satellite_hours=hours,
        gaps=_intervals(warning, hours, (warning < least) & (hours < 24.0)),
    )


def _intervals(warning: Array, hours: Array, open_: Flags) -> tuple[Gap, ...]:
    """Return the runs of directions that are open, joined through north."""
    step, spans = 2.0 * math.pi / open_.size, runs(open_)
    if len(spans) > 1 and spans[0][0] == 0 and spans[-1][1] == open_.size - 1:
        spans = [*spans[1:-1], (spans[-1][0], spans[0][1])]
    found = []
    for first, last in spans:
        inside = np.arange(first, last + 1 if last >= first else last + 1 + open_.size) % open_.size
        found.append(
            Gap(
                azimuth_from=first * step,
                azimuth_to=(last + 1) * step,
                warning=float(warning[inside].max()),
                satellite_hours=float(hours[inside].min()),
            )
        )
    return tuple(found)
