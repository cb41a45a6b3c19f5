"""From launch to impact: what a party knows when, and how long it has to decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from detente.sensing import network
from detente.sensing.kernels import Array
from detente.sensing.observe import NEVER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from detente.catalog.records import Procedure
    from detente.scenario.scenario import Case, Scenario
    from detente.sensing.observe import Corridor, Sightings


_Row: TypeAlias = "tuple[str, Array | float, str]"
_Spread: TypeAlias = "tuple[float, float, float, float]"
_POINTS = np.array([0.1, 0.5, 0.9])


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """One step between launch and impact.

    Parameters
    ----------
    event : str
        What happens, for example ``"satellite report"``.
    time, low, high : float
        Median, 10 % and 90 % point over the launch times of the day at which it happens [s after launch].
    share : float
        Share of the launch times at which it happens, 0 to 1.
    sensor : str
        Constellation or radar it comes from; empty for steps of the procedure.
    """

    event: str
    time: float
    low: float
    high: float
    share: float
    sensor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What one party knows of one flight, and how long it has.

    The three-number groups are median, 10 % and 90 % point over the launch times of a day: each is a value that occurs.

    Parameters
    ----------
    party, threat, aim : str
        Who is warned, of what, on the way to where.
    mode : {"own", "shared"}
        With the party's own sensors, or with those of the parties that share theirs as well.
    events : tuple of TimelineEvent
        In order of time; steps that do not happen before impact are left out.
    warning_time, warning_time_low, warning_time_high : float
        From the first report at the national center to impact [s]; 0 if there is none.
    decision_time, decision_time_low, decision_time_high : float
        What remains after assessment and conference, until the order must go out to be carried out before impact [s];
        at least 0. A party without a procedure has all of its warning time.
    shortfall : float
        By how much the steps alone overrun the flight where `decision_time` is 0 [s], median; else 0.
    seen_share : float
        Share of the launch times at which any report arrives before impact.
    satellite_share : float
        Share of the launch times at which satellites report before impact.
    """

    party: str
    threat: str
    aim: str
    mode: str
    events: tuple[TimelineEvent, ...]
    warning_time: float
    warning_time_low: float
    warning_time_high: float
    decision_time: float
    decision_time_low: float
    decision_time_high: float
    shortfall: float
    seen_share: float
    satellite_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reports:
    """What reaches a national center and when [s after launch]; arrays over the launch times of the day."""

    plume: float
    satellite: Array
    constellation: str
    acquired: float
    track: float
    radar: float
    radar_name: str


def timelines(scenario: Scenario, case: Case, sightings: Sightings, *, steps: bool = True) -> tuple[Timeline, ...]:
    """Return the timeline of each threat and aim for the party it is bound for, own sensors and shared.

    Cheap: nothing is observed anew, so that procedures, delays and track times can be sampled.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Procedures, assumptions and sharing.
    sightings : Sightings
        What `detente.sensing.observe.observe` found for this case.
    steps : bool
        Whether to tell the steps between launch and impact; samples need the times only, in half the time.
    """
    found = []
    for corridor in sightings.corridors:
        threat = scenario.threats[corridor.threat]
        informants = network.informants(case, threat)
        found.append(_timeline(scenario, threat.against, corridor, {threat.against: 0.0}, "own", steps))
        if network.peers(case, threat.against) and case.sharing is not None:
            later = {each: case.sharing.releases[each].delay.value for each in informants}
            delays = {threat.against: 0.0, **later}
            found.append(_timeline(scenario, threat.against, corridor, delays, "shared", steps))
    return tuple(found)


def _reports(corridor: Corridor, delays: Mapping[str, float], report_delay: float, track_time: float) -> _Reports:
    """Return what sensors of several parties report to a center, each with its party's delay."""
    satellite: Array = np.full(1, NEVER)
    plume, constellation, least = NEVER, "", NEVER
    for each in corridor.satellites:
        if each.party in delays:
            reported = each.confirmed + (report_delay + delays[each.party])
            satellite = np.minimum(satellite, reported)
            plume = min(plume, each.plume_time)
            total = float(np.minimum(reported, corridor.flight_time).sum())
            if total < least:
                least, constellation = total, each.constellation
    seen = [
        (each.acquired(track_time) + delays[each.party], each)
        for each in corridor.radars
        if each.warning and each.party in delays
    ]
    delayed, first = min(seen, key=lambda pair: pair[0], default=(NEVER, None))
    return _Reports(
        plume=plume,
        satellite=satellite,
        constellation=constellation,
        acquired=first.acquired(track_time) if first else NEVER,
        track=first.acquired(track_time) + track_time if first else NEVER,
        radar=delayed + track_time + report_delay,
        radar_name=first.radar if first else "",
    )


def _timeline(
    scenario: Scenario, party: str, corridor: Corridor, delays: Mapping[str, float], mode: str, told: bool
) -> Timeline:
    name = scenario.parties[party].procedure
    procedure = scenario.catalog.procedures[name] if name else None
    report_delay = procedure.report_delay.value if procedure else 0.0
    reports = _reports(corridor, delays, report_delay, scenario.assumptions.radar_track_time.value)
    impact = corridor.flight_time
    first = np.minimum(reports.satellite, reports.radar)
    steps = _steps(procedure)
    warning = impact - np.minimum(first, impact)
    left = warning - sum(steps)
    rows = _rows(impact, reports, first, steps) if told else []
    table = np.full((3 + len(rows), first.size), NEVER)
    table[:3] = warning, np.maximum(left, 0.0), np.maximum(-left, 0.0)
    for row, (_, when, _) in enumerate(rows, start=3):
        table[row] = when
    table[3:][table[3:] >= impact] = NEVER
    warned, decided, overrun, *rest = _spread(table)
    return Timeline(
        party=party,
        threat=corridor.threat,
        aim=corridor.aim,
        mode=mode,
        events=_events(rows, rest, impact) if told else (),
        warning_time=warned[1],
        warning_time_low=warned[0],
        warning_time_high=warned[2],
        decision_time=decided[1],
        decision_time_low=decided[0],
        decision_time_high=decided[2],
        shortfall=overrun[1],
        seen_share=np.count_nonzero(first < impact) / first.size,
        satellite_share=np.count_nonzero(reports.satellite < impact) / reports.satellite.size,
    )


def _steps(procedure: Procedure | None) -> tuple[float, float, float, float]:
    """Return the durations of assessment, conference, order and execution [s]; zeros without a procedure."""
    if procedure is None:
        return 0.0, 0.0, 0.0, 0.0
    steps = (procedure.assessment, procedure.conference, procedure.order, procedure.execution)
    assessment, conference, order, execution = (each.value for each in steps)
    return assessment, conference, order, execution


def _rows(impact: float, reports: _Reports, first: Array, steps: tuple[float, float, float, float]) -> list[_Row]:
    """Return each step with its times [s after launch], one or one for each launch time, and its sensor."""
    assessment, conference, order, execution = steps
    rows: list[_Row] = [
        ("launch", 0.0, ""),
        ("plume above cloud", reports.plume, ""),
        ("satellite report", reports.satellite, reports.constellation),
        ("radar acquisition", reports.acquired, reports.radar_name),
        ("radar track", reports.track, reports.radar_name),
        ("second kind of sensor", np.maximum(reports.satellite, reports.radar), ""),
        ("assessment done", first + assessment, ""),
        ("conference done", first + assessment + conference, ""),
    ]
    if any(steps):
        rows += [("last moment to decide", impact - execution - order, ""), ("order received", impact - execution, "")]
    return rows


def _events(rows: list[_Row], spread: list[_Spread], impact: float) -> tuple[TimelineEvent, ...]:
    """Return the steps that happen before impact, in order of time."""
    events = [
        TimelineEvent(event=event, time=middle, low=low, high=high, share=share, sensor=sensor)
        for (event, _, sensor), (low, middle, high, share) in zip(rows, spread, strict=True)
        if share > 0.0
    ]
    events.append(TimelineEvent(event="impact", time=impact, low=impact, high=impact, share=1.0))
    return tuple(sorted(events, key=lambda each: each.time))


def _spread(table: Array) -> list[_Spread]:
    """Return the 10 %, 50 % and 90 % point of the finite values of each row, each a value that occurs, and their share.

    Infinite values sort last and are left out; a row without a finite value gives infinities. A point p is the smallest
    value that at least a share p of them does not exceed (the inverse of the empirical distribution).
    """
    ordered = np.sort(table, axis=1)
    counts = np.isfinite(ordered).sum(axis=1)
    places = np.maximum(np.ceil(counts[:, None] * _POINTS - 1e-9).astype(np.int64) - 1, 0)
    points = ordered[np.arange(counts.size)[:, None], places]
    found: list[_Spread] = np.column_stack([points, counts / table.shape[1]]).tolist()
    return found
