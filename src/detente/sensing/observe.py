"""What each sensor sees of each threat: computed once a case, whatever the procedures and delays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import geodetic_from_ecef
from detente.sensing import network
from detente.sensing.infrared import held_on, sees, through_the_day
from detente.sensing.kernels import Array, Flags, confirmed
from detente.sensing.radar import cross_section, passes

if TYPE_CHECKING:
    from detente.catalog.records import Constellation, Radar
    from detente.flight.fly import Trajectory
    from detente.scenario.scenario import Case, Scenario, Threat

LAUNCHES_A_DAY = 48
NEVER = float("inf")
REENTRY = 100_000.0
"""Altitude [m] below which the air parts light objects from a re-entry body (the flight engine's interface)."""
_STEP = 2.0  # seconds between the samples that radars are asked about


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Course:
    """A flight as sensors are asked about it.

    Parameters
    ----------
    burnout_time, flight_time : float
        End of powered flight and impact [s after launch].
    time : array, shape (n,)
        Every two seconds, and impact [s after launch].
    path : array, shape (n, 3)
        Earth-fixed position at each time [m].
    alone : array of bool, shape (n,)
        Whether the air has parted the re-entry body from what flew along.
    flown : Trajectory
        The flight itself.
    """

    burnout_time: float
    flight_time: float
    time: Array
    path: Array
    alone: Flags
    flown: Trajectory

    def burning(self, seconds: Array) -> tuple[Array, Array]:
        """Return Earth-fixed positions [m] and altitudes [m] of the missile at some seconds after launch."""
        place = _resampled(self.flown, seconds)
        return place, geodetic_from_ecef(place)[2]

    def risen(self, altitude: float) -> float:
        """Return when the burning missile first stands above an altitude [s after launch], or infinity."""
        seconds = np.arange(0.0, self.burnout_time + 1e-6, 1.0)
        above = self.burning(seconds)[1] >= altitude
        return float(seconds[above.argmax()]) if above.any() else NEVER


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarSighting:
    """When one radar sees one flight.

    Parameters
    ----------
    radar, party : str
        Names of the radar and of the party it reports to.
    warning : bool
        Whether it belongs to the party's warning network; else it is a defense's own radar, which gives no warning.
    passes : tuple of (start, end)
        Spans in which the target is seen without a break [s after launch].
    """

    radar: str
    party: str
    warning: bool
    passes: tuple[tuple[float, float], ...]

    def acquired(self, track_time: float) -> float:
        """Return when the first span begins that lasts as long as a track needs [s], or infinity."""
        return next((start for start, end in self.passes if end - start >= track_time), NEVER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SatelliteSighting:
    """When one constellation confirms one launch, by time of day.

    Parameters
    ----------
    constellation, party : str
        Names of the satellites and of the party they report to.
    plume_time : float
        When the burning missile rises above the clouds [s after launch], infinity if it burns out below.
    confirmed : array, shape (launches,)
        When the first satellite has its looks [s after launch], for each launch time of the day; infinity for never.
    """

    constellation: str
    party: str
    plume_time: float
    confirmed: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """All that is seen of one flight: a threat on its way to one of its aims.

    Parameters
    ----------
    threat, aim : str
        Names.
    burnout_time, flight_time : float
        End of powered flight and impact [s after launch].
    radars, satellites : tuple
        What each sensor sees; sensors that see nothing are left out.
    """

    threat: str
    aim: str
    burnout_time: float
    flight_time: float
    radars: tuple[RadarSighting, ...]
    satellites: tuple[SatelliteSighting, ...]

    def track(self, parties: Collection[str], track_time: float, cue: Collection[str] = ()) -> tuple[float, str]:
        """Return when the first radar has a track good enough to assess [s after launch], and its name.

        Parameters
        ----------
        parties : collection of str
            Parties whose warning radars count.
        track_time : float
            How long a radar must see the target without a break [s].
        cue : collection of str
            Names of other radars that count, whoever owns them.

        Returns
        -------
        time, radar : float, str
            Infinity and "" when no radar gets a track.
        """
        used = [each for each in self.radars if (each.warning and each.party in parties) or each.radar in cue]
        return min(((each.acquired(track_time) + track_time, each.radar) for each in used), default=(NEVER, ""))

    def launch_seen(self, parties: Collection[str]) -> Array:
        """Return when the first satellite of some parties confirms the launch [s], by launch time; or infinity."""
        used = [each.confirmed for each in self.satellites if each.party in parties]
        return np.min(used, axis=0) if used else np.full(LAUNCHES_A_DAY, NEVER)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sightings:
    """What the sensors of a case see of its threats.

    Parameters
    ----------
    launch_times : array, shape (launches,)
        Seconds of the day at which launches are tried.
    corridors : tuple of Corridor
        One for each threat and aim.
    """

    launch_times: Array
    corridors: tuple[Corridor, ...]

    def of(self, threat: str, aim: str) -> Corridor:
        """Return what is seen of a threat on its way to an aim.

        Raises
        ------
        KeyError
            No such flight was observed.
        """
        for corridor in self.corridors:
            if (corridor.threat, corridor.aim) == (threat, aim):
                return corridor
        raise KeyError(f"no flight of threat {threat!r} to {aim!r} was observed")


def observe(scenario: Scenario, case: Case, flights: Mapping[str, Sequence[Trajectory]]) -> Sightings:
    """Return what every sensor of a case sees of every threat, through a day of launch times.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Parties, sensors, catalog and date.
    flights : mapping of str to sequence of Trajectory
        For each threat, one trajectory for each of its aims, in their order.

    Returns
    -------
    Sightings

    Raises
    ------
    BadInputError
        A constellation or cross section that does not hold what is needed.
    """
    corridors = [
        _corridor(scenario, case, scenario.threats[name], aim, flight)
        for name, flown in flights.items()
        for aim, flight in zip(scenario.threats[name].aims, flown, strict=True)
    ]
    times = np.linspace(0.0, 86400.0, LAUNCHES_A_DAY, endpoint=False)
    return Sightings(launch_times=times, corridors=tuple(corridors))


def course(flight: Trajectory) -> Course:
    """Return a flight as sensors are asked about it."""
    burnout, end = float(flight.burnout_time), float(flight.flight_time)
    time = np.append(np.arange(0.0, end, _STEP), end)
    path = _resampled(flight, time)
    fallen = (time > burnout) & (geodetic_from_ecef(path)[2] < REENTRY)
    return Course(burnout_time=burnout, flight_time=end, time=time, path=path, alone=fallen, flown=flight)


def _corridor(scenario: Scenario, case: Case, threat: Threat, aim: str, flight: Trajectory) -> Corridor:
    seen_as = course(flight)
    time = seen_as.time
    sizes: dict[tuple[str, bool], Array] = {}
    radars = []
    for radar, party, warning in _radars(scenario, case):
        kind = (radar.band, warning)
        if kind not in sizes:
            alone = seen_as.alone if warning else time > seen_as.burnout_time
            sizes[kind] = areas(scenario, threat, radar.band, alone)
        spans = passes(radar, sizes[kind], time, seen_as.path)
        if spans:
            radars.append(RadarSighting(radar=radar.name, party=party, warning=warning, passes=spans))
    satellites = []
    for party in case.sensors:
        for constellation, count in network.constellations(scenario, case, party):
            seen = _launch(scenario, constellation, count, party, seen_as)
            if np.isfinite(seen.confirmed).any():
                satellites.append(seen)
    return Corridor(
        threat=threat.name,
        aim=aim,
        burnout_time=seen_as.burnout_time,
        flight_time=seen_as.flight_time,
        radars=tuple(radars),
        satellites=tuple(satellites),
    )


def _radars(scenario: Scenario, case: Case) -> list[tuple[Radar, str, bool]]:
    """Return each working radar with its party and whether it belongs to the warning network."""
    found = [(radar, party, True) for party in case.sensors for radar in network.radars(scenario, case, party)]
    known = {(radar.name, party) for radar, party, _ in found}
    for deployment in case.defenses:
        for name in deployment.cue:
            if (name, deployment.party) not in known:
                known.add((name, deployment.party))
                found.append((scenario.catalog.radars[name], deployment.party, False))
    return found


def targets(scenario: Scenario, threat: Threat) -> tuple[str, str]:
    """Return the classes of target that a radar sees of a threat: on the way, and once the re-entry body flies alone.

    A missile of short or medium range is taken to stay the "theater-missile" it is all the way. Of a longer-ranged one
    an "upper-stage" is seen until its "reentry-body" flies alone: for a warning radar, which reports the largest object
    on the path, when the air parts it from the stage or bus that flew along; for a defense's own radar, which must
    follow the body itself, at burnout.
    """
    if scenario.catalog.missiles[threat.missile].kind in {"srbm", "mrbm"}:
        return "theater-missile", "theater-missile"
    return "upper-stage", "reentry-body"


def areas(scenario: Scenario, threat: Threat, band: str, alone: Flags) -> Array:
    """Return the radar cross section [m²] through the flight."""
    sections = scenario.catalog.cross_sections
    whole, body = (cross_section(sections, target, band) for target in targets(scenario, threat))
    return np.where(alone, body, whole)


def _launch(
    scenario: Scenario, constellation: Constellation, count: int, party: str, flown: Course
) -> SatelliteSighting:
    """Return when a constellation confirms a launch, for each launch time of the day.

    Looks come one scan interval apart, the first at launch; satellites move in a straight line while the missile burns,
    which is off by a few kilometers at most where these satellites work.
    """
    looks = np.arange(0.0, flown.burnout_time + 1e-6, constellation.scan_interval.value)
    plume, altitude = flown.burning(looks)
    place, velocity, working = through_the_day(constellation, count, LAUNCHES_A_DAY)
    moving = place[:, :, None, :] + velocity[:, :, None, :] * looks[None, None, :, None]
    axis = held_on(constellation, scenario.catalog.regions)
    seen = sees(constellation, axis, moving, plume, altitude) & working[:, :, None]
    index = confirmed(seen, max(1, round(constellation.looks.value)))
    when = np.where(index >= 0, looks[index], NEVER).min(axis=0)
    return SatelliteSighting(
        constellation=constellation.name,
        party=party,
        plume_time=flown.risen(constellation.cloud_top.value),
        confirmed=when,
    )


def _resampled(flight: Trajectory, time: Array) -> Array:
    """Return Earth-fixed positions [m] at some times, in straight lines between the samples of a trajectory."""
    return np.column_stack([np.interp(time, flight.time, flight.position_ecef[:, axis]) for axis in range(3)])
