"""Timelines as distributions: what a party knows when, over times of launch, satellites' places and stated ranges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detente.sensing import network
from detente.sensing.kernels import Array, Flags
from detente.sensing.observe import NEVER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from detente.catalog.records import Procedure
    from detente.flight.fly import Trajectory
    from detente.scenario.scenario import Case, Scenario, Threat
    from detente.sensing.draws import Draws, Eyes
    from detente.sensing.observe import Course


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Median, 5 % and 95 % point of a time [s]; each is a value that was drawn."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadEvent:
    """One step between launch and impact, over the draws in which it happens before impact.

    Parameters
    ----------
    event : str
        What happens, for example ``"satellite report"``.
    time : Spread
        When [s after launch].
    share : float
        Share of the draws in which it happens, above 0, to 1.
    sensor : str
        Constellation or radar that it comes from most often; empty for steps of the procedure.
    """

    event: str
    time: Spread
    share: float
    sensor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadTimeline:
    """What one party knows of one flight, and how long it has, as a distribution.

    Parameters
    ----------
    party, threat, aim : str
        Who is warned, of what, on the way to where.
    mode : {"own", "shared"}
        With the party's own sensors, or with what others release to it as well.
    events : tuple of SpreadEvent
        In order of their medians.
    warning, decision : Spread
        From the first report at the national center to impact, and what remains of it after assessment and conference
        until the order must go out [s], at least 0.
    warning_by_hour, decision_by_hour : Spread
        The same with every number at its best value: only the time of day of the launch is drawn, and with it where
        the satellites stand.
    seen_share, satellite_share : float
        Share of the draws in which any report, and in which satellites' report, arrives before impact.
    decision_needed : Spread or None
        The time that leaders are said to need for a decision [s]; None for a party without a procedure.
    decided_share : float
        Share of the draws in which that time is left; 0 for a party without a procedure.
    first_sensor : str
        What reports first most often; empty where nobody does.
    """

    party: str
    threat: str
    aim: str
    mode: str
    events: tuple[SpreadEvent, ...]
    warning: Spread
    decision: Spread
    warning_by_hour: Spread
    decision_by_hour: Spread
    seen_share: float
    satellite_share: float
    decision_needed: Spread | None
    decided_share: float
    first_sensor: str


_Row: TypeAlias = "tuple[str, Array, str]"
_POINTS = (0.5, 0.05, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class _First:
    """When the first of several sensors does something [s after launch], and which one it is, draw by draw."""

    time: Array
    which: NDArray[np.int64]
    names: tuple[str, ...]

    def usual(self, counted: Flags) -> str:
        """Return the name that stands most often in some draws, or "" where there are none."""
        chosen = self.which[counted]
        return self.names[int(np.bincount(chosen).argmax())] if chosen.size else ""


@dataclass(frozen=True, slots=True, eq=False)
class _Reports:
    """What reaches a national center and when [s after launch], draw by draw."""

    plume: Array
    satellite: _First
    radar: _First
    acquired: Array
    track: Array

    @property
    def first(self) -> Array:
        """When anything is reported."""
        return np.minimum(self.satellite.time, self.radar.time)


def spreads(
    scenario: Scenario, case: Case, flights: Mapping[str, Sequence[Trajectory]], eyes: Eyes, steady: Eyes
) -> tuple[SpreadTimeline, ...]:
    """Return the timelines of a case as distributions: for each threat and aim the party it is bound for, by mode.

    Parameters
    ----------
    scenario, case : Scenario, Case
        Procedures, assumptions, sensors and sharing.
    flights : mapping of str to sequence of Trajectory
        For each threat, one trajectory for each of its aims, in their order.
    eyes : Eyes
        The sensors, with draws in which everything uncertain varies.
    steady : Eyes
        The sensors, with draws in which only the time of the launch does.
    """
    found = []
    for name, flown in flights.items():
        threat = scenario.threats[name]
        modes: dict[str, tuple[str, ...]] = {"own": ()}
        if network.peers(case, threat.against):
            modes["shared"] = network.informants(case, threat)
        for aim, flight in zip(threat.aims, flown, strict=True):
            for mode, peers in modes.items():
                drawn = _timeline(case, threat, flight, peers, eyes)
                alone = _timeline(case, threat, flight, peers, steady)
                found.append(_told(threat, aim, mode, drawn, alone))
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """A timeline draw by draw [s]."""

    impact: float
    reports: _Reports
    warning: Array
    decision: Array
    needed: Array | None
    decided: Flags
    rows: tuple[_Row, ...]


def _timeline(case: Case, threat: Threat, flight: Trajectory, peers: tuple[str, ...], eyes: Eyes) -> _Drawn:
    scenario, draws = eyes.scenario, eyes.draws
    name = scenario.parties[threat.against].procedure
    steps = _steps(scenario.catalog.procedures[name], draws) if name else {}
    none = np.zeros(draws.count)
    later = {threat.against: none, **network.delays(case, peers, draws.of)}
    reports = _reports(case, threat, eyes.course(flight), later, steps.get("report_delay", none), eyes)
    impact = float(flight.flight_time)
    warning = impact - np.minimum(reports.first, impact)
    if not steps:
        return _Drawn(impact, reports, warning, warning, None, np.zeros(draws.count, bool), _seen(reports))
    known = _known(case, threat, eyes.course(flight), eyes, steps["impact_ellipse"], later) + steps["report_delay"]
    conference = reports.first + steps["assessment"] + steps["conference"]
    last = impact - steps["execution"] - steps["order"]
    rows = (
        *_seen(reports),
        ("track good enough to assess", known, ""),
        ("assessment done", reports.first + steps["assessment"], ""),
        ("conference done", conference, ""),
        ("decision made", conference + steps["decision"], ""),
        ("last moment to decide", last, ""),
        ("order received", impact - steps["execution"], ""),
    )
    decision = np.maximum(last - np.minimum(conference, impact), 0.0)
    needed = steps["decision"]
    return _Drawn(impact, reports, warning, decision, needed, conference + needed <= last, rows)


def _steps(procedure: Procedure, draws: Draws) -> dict[str, Array]:
    """Return the drawn durations of a procedure's steps [s], and the drawn size of its impact ellipse [m]."""
    names = ("assessment", "conference", "decision", "order", "execution", "report_delay", "impact_ellipse")
    path = f"catalog.procedures.{procedure.name}"
    return {name: draws.of(f"{path}.{name}", getattr(procedure, name)) for name in names}


def _seen(reports: _Reports) -> tuple[_Row, ...]:
    satellite, radar = reports.satellite, reports.radar
    constellation, name = (each.usual(np.isfinite(each.time)) for each in (satellite, radar))
    return (
        ("launch", np.zeros(satellite.time.size), ""),
        ("plume above cloud", reports.plume, ""),
        ("satellite report", satellite.time, constellation),
        ("radar acquisition", reports.acquired, name),
        ("radar track", reports.track, name),
        ("second kind of sensor", np.maximum(satellite.time, radar.time), ""),
    )


def _reports(
    case: Case, threat: Threat, flown: Course, later: Mapping[str, Array], report_delay: Array, eyes: Eyes
) -> _Reports:
    """Return what the sensors of several parties report to a center, each with its party's delay."""
    scenario, count = eyes.scenario, eyes.draws.count
    tracks = eyes.draws.of("assumptions.radar_track_time", scenario.assumptions.radar_track_time)
    plume, launches, acquired, told = np.full(count, NEVER), [], [], []
    for party, delay in later.items():
        for constellation, number in network.satellites(scenario, case, party):
            seen = eyes.launch(constellation, number, flown)
            if np.isfinite(seen).any():
                plume = np.minimum(plume, eyes.plume(constellation, flown))
                launches.append((constellation.name, seen + report_delay + delay))
        for radar in network.radars(scenario, case, party):
            begun = eyes.radar(radar, threat, flown)
            acquired.append(begun)
            told.append((radar.name, begun + tracks + report_delay + delay))
    radars = _first(told, count)
    start = np.stack(acquired)[radars.which, np.arange(count)] if acquired else np.full(count, NEVER)
    return _Reports(plume, _first(launches, count), radars, start, start + tracks)


def _known(case: Case, threat: Threat, flown: Course, eyes: Eyes, size: Array, later: Mapping[str, Array]) -> Array:
    """Return when a party knows the impact point to some size [s], from its own sensors or what others release.

    A released track is put together with the party's own looks. A released impact area leaves half its cell beside the
    ellipse of the party that releases it. Errors of sensors and delays of looks have their best values.
    """
    party = threat.against
    rules = case.sharing.releases if case.sharing else {}
    joined = {party: 0.0} | {each: rules[each].delay.value for each in later if each != party and rules[each].track}
    when = eyes.known(case, threat, flown, joined, size)
    for peer, delay in later.items():
        cell = rules[peer].impact_area if peer != party else None
        if cell is not None:
            told = eyes.known(case, threat, flown, {peer: 0.0}, size - 0.5 * cell.value)
            when = np.minimum(when, told + delay)
    return when


def _first(seen: Sequence[tuple[str, Array]], count: int) -> _First:
    if not seen:
        return _First(np.full(count, NEVER), np.zeros(count, np.int64), ("",))
    table = np.stack([times for _, times in seen])
    which = table.argmin(axis=0)
    return _First(table[which, np.arange(count)], which, tuple(name for name, _ in seen))


def _told(threat: Threat, aim: str, mode: str, drawn: _Drawn, alone: _Drawn) -> SpreadTimeline:
    """Return the distributions of a timeline; `alone` is what the time of the launch does by itself."""
    first = drawn.reports.first
    by_satellite = (drawn.reports.satellite.time == first) & (first < drawn.impact)
    kind = drawn.reports.satellite if by_satellite.mean() > 0.5 * (first < drawn.impact).mean() else drawn.reports.radar
    return SpreadTimeline(
        party=threat.against,
        threat=threat.name,
        aim=aim,
        mode=mode,
        events=_events(drawn),
        warning=spread(drawn.warning),
        decision=spread(drawn.decision),
        warning_by_hour=spread(alone.warning),
        decision_by_hour=spread(alone.decision),
        seen_share=float((first < drawn.impact).mean()),
        satellite_share=float((drawn.reports.satellite.time < drawn.impact).mean()),
        decision_needed=None if drawn.needed is None else spread(drawn.needed),
        decided_share=float(drawn.decided.mean()),
        first_sensor=kind.usual(kind.time < drawn.impact),
    )


def _events(drawn: _Drawn) -> tuple[SpreadEvent, ...]:
    """Return the steps that happen before impact in some draw, in order of time, impact last."""
    found = []
    for event, when, sensor in drawn.rows:
        before = when[when < drawn.impact]
        if before.size:
            share = before.size / when.size
            found.append(SpreadEvent(event=event, time=spread(before), share=share, sensor=sensor))
    found.append(SpreadEvent(event="impact", time=spread(np.array([drawn.impact])), share=1.0))
    return tuple(sorted(found, key=lambda each: each.time.value))


def spread(times: Array) -> Spread:
    """Return the median and the 5 % and 95 % point of some times [s]; each is one of them.

    Examples
    --------
    >>> spread(np.arange(100.0))
    Spread(value=49.0, low=4.0, high=94.0)
    """
    value, low, high = np.quantile(times, _POINTS, method="inverted_cdf").tolist()
    return Spread(value=value, low=low, high=high)
