"""What a party lets another know of a launch, and what the other gains from exactly that."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.earth import WGS84
from detente.sensing import network

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory
    from detente.scenario.scenario import Case, Release, Scenario
    from detente.sensing.kernels import Array
    from detente.sensing.observe import Corridor, Sightings

CLASSES: Mapping[str, str] = {"icbm": "ICBM", "slbm": "SLBM", "sounding-rocket": "unknown"}
"""Generic class by kind of missile; every other kind is an "other ballistic missile"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """All that a party makes of one launch, before anything is released.

    Parameters
    ----------
    by : str
        Name of the party.
    reported : float
        When its center has the report [s after launch].
    launch, impact : (float, float)
        Latitude and longitude [rad], as measured.
    azimuth : float
        Direction of launch, clockwise from north [rad].
    impact_time : float
        Flight time [s].
    missile_class : str
        Generic class, as assessed.
    sensor : str
        What saw it first. Never released.
    """

    by: str
    reported: float
    launch: tuple[float, float]
    impact: tuple[float, float]
    azimuth: float
    impact_time: float
    missile_class: str
    sensor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a fixed grid in which a point lies.

    Parameters
    ----------
    latitude, longitude : float
        Of its center [rad].
    height, width : float
        From south to north and from west to east through its center [m].
    """

    latitude: float
    longitude: float
    height: float
    width: float

    @property
    def error(self) -> float:
        """Standard deviation of a point anywhere in the cell about its center, both directions together [m]."""
        return math.hypot(self.height, self.width) / math.sqrt(12.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What the others receive of one launch. A field that the rule does not name is None, or False for the track.

    Parameters
    ----------
    by : str
        Name of the party that released it.
    arrives : float
        When the others have it [s after launch].
    launch_time : float or None
        Moment of launch: 0 on the clock of this record [s].
    launch_area, impact_area : Cell or None
        Where.
    azimuth : (float, float) or None
        Limits of the sector of the direction of launch, clockwise from the first [rad].
    impact_time : float or None
        [s after launch].
    missile_class : str or None
        Generic class.
    track : bool
        Whether the measured path comes with it.
    """

    by: str
    arrives: float
    launch_time: float | None
    launch_area: Cell | None
    azimuth: tuple[float, float] | None
    impact_time: float | None
    impact_area: Cell | None
    missile_class: str | None
    track: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What a party gains from what another releases of one flight.

    Parameters
    ----------
    party, by, threat, aim : str
        Who gains, from whom, of what, on the way to where.
    released : Released
        With the median arrival.
    first_share : float
        Share of the launch times of the day at which the other's report comes before any of its own.
    earlier : float
        By how much it then comes earlier [s], median; the time left to impact where the party has no report of its own.
    learns : tuple of str
        Names of the fields it is told.
    """

    party: str
    by: str
    threat: str
    aim: str
    released: Released
    first_share: float
    earlier: float
    learns: tuple[str, ...]


def cell(latitude: float, longitude: float, side: float) -> Cell:
    """Return the cell of a fixed grid in which a point lies.

    Bands of latitude of equal height, each cut into whole cells at most `side` wide: the grid closes at the date line
    and at the poles, and does not move with the point, so that the cell tells nothing but itself.

    Parameters
    ----------
    latitude, longitude : float
        [rad].
    side : float
        Greatest side [m], > 0.
    """
    radius = WGS84.mean_radius
    bands = max(1, math.ceil(math.pi * radius / side))
    tall = math.pi / bands
    band = min(int((latitude + 0.5 * math.pi) / tall), bands - 1)
    center = (band + 0.5) * tall - 0.5 * math.pi
    around = 2.0 * math.pi * math.cos(center)
    cells = max(1, math.ceil(around * radius / side))
    wide = 2.0 * math.pi / cells
    column = min(int((longitude % (2.0 * math.pi)) / wide), cells - 1)
    middle = (column + 0.5) * wide
    east = middle - 2.0 * math.pi if middle > math.pi else middle
    return Cell(latitude=center, longitude=east, height=tall * radius, width=around * radius / cells)


def sector(azimuth: float, width: float) -> tuple[float, float]:
    """Return the fixed sector, at most `width` wide, in which a direction lies: its limits [rad], the first from north.

    Parameters
    ----------
    azimuth, width : float
        [rad], `width` above 0.
    """
    sectors = max(1, math.ceil(2.0 * math.pi / width - 1e-9))
    wide = 2.0 * math.pi / sectors
    number = min(int((azimuth % (2.0 * math.pi)) / wide), sectors - 1)
    return number * wide, (number + 1) * wide


def release(rule: Release, seen: Seen) -> Released | None:
    """Return what the others receive of a launch under a release rule; None where they are told nothing.

    Only what the rule names is read: two launches that differ in nothing else give the same record.

    Parameters
    ----------
    rule : Release
        Of the party that saw it.
    seen : Seen
        All that it knows.
    """
    if not rule.tells:
        return None
    return Released(
        by=seen.by,
        arrives=seen.reported + rule.delay.value,
        launch_time=0.0 if rule.launch_time else None,
        launch_area=cell(*seen.launch, rule.launch_area.value) if rule.launch_area else None,
        azimuth=sector(seen.azimuth, rule.azimuth.value) if rule.azimuth else None,
        impact_time=seen.impact_time if rule.impact_time else None,
        impact_area=cell(*seen.impact, rule.impact_area.value) if rule.impact_area else None,
        missile_class=seen.missile_class if rule.missile_class else None,
        track=rule.track,
    )


def learns(released: Released) -> tuple[str, ...]:
    """Return the names of the fields that a released record tells, in order."""
    named = ("launch_time", "launch_area", "azimuth", "impact_time", "impact_area", "missile_class")
    return (*(name for name in named if getattr(released, name) is not None), *(("track",) if released.track else ()))


def gains(
    scenario: Scenario, case: Case, sightings: Sightings, flights: Mapping[str, Sequence[Trajectory]]
) -> tuple[Gain, ...]:
    """Return what each threatened party gains from each party that releases data to it, by threat and aim.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Sharing and its releases, procedures and track time.
    sightings : Sightings
        What the sensors of the case see.
    flights : mapping of str to sequence of Trajectory
        For each threat, one trajectory for each of its aims, in their order.
    """
    found: list[Gain] = []
    for corridor in sightings.corridors:
        threat = scenario.threats[corridor.threat]
        flight = flights[threat.name][threat.aims.index(corridor.aim)]
        own, _ = _reports(scenario, corridor, threat.against, threat.against)
        for peer in network.informants(case, threat):
            times, sensor = _reports(scenario, corridor, peer, threat.against)
            told = np.isfinite(times) & (times < corridor.flight_time)
            if case.sharing is None or not told.any():
                continue
            kind = CLASSES.get(scenario.catalog.missiles[threat.missile].kind, "other ballistic missile")
            seen = _seen(peer, float(np.median(times[told])), sensor, flight, kind)
            released = release(case.sharing.releases[peer], seen)
            if released is not None:
                arrives = times + case.sharing.releases[peer].delay.value
                found.append(_gain(threat.against, corridor, released, own, arrives))
    return tuple(found)


def _seen(by: str, reported: float, sensor: str, flight: Trajectory, kind: str) -> Seen:
    return Seen(
        by=by,
        reported=reported,
        launch=(float(flight.latitude[0]), float(flight.longitude[0])),
        impact=(float(flight.latitude[-1]), float(flight.longitude[-1])),
        azimuth=flight.azimuth % (2.0 * math.pi),
        impact_time=flight.flight_time,
        missile_class=kind,
        sensor=sensor,
    )


def _reports(scenario: Scenario, corridor: Corridor, party: str, center: str) -> tuple[Array, str]:
    """Return when a party's own sensors report, for each launch time of the day [s], and the radar among them.

    From sensor to center takes as long as the procedure of `center` says: the timeline counts peers' reports so too.
    """
    name = scenario.parties[center].procedure
    delay = scenario.catalog.procedures[name].report_delay.value if name else 0.0
    track, radar = corridor.track((party,), scenario.assumptions.radar_track_time.value)
    times: Array = np.minimum(corridor.launch_seen((party,)), track) + delay
    return times, radar


def _gain(party: str, corridor: Corridor, released: Released, own: Array, arrives: Array) -> Gain:
    late = np.minimum(own, corridor.flight_time)
    first = arrives < late
    earlier = float(np.median((late - arrives)[first])) if first.any() else 0.0
    return Gain(
        party=party,
        by=released.by,
        threat=corridor.threat,
        aim=corridor.aim,
        released=released,
        first_share=float(np.count_nonzero(first)) / first.size,
        earlier=earlier,
        learns=learns(released),
    )
