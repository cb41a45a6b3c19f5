"""Who is warned of what, and for how long, in every case of a scenario: coverage, timelines as distributions, gaps."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.problems import BadInputError, Problem, nearest
from detente.scenario.scenario import Case, Scenario
from detente.study.record import Digest, digest
from detente.study.vary import stream, triangular

if TYPE_CHECKING:
    from detente.flight.fly import Trajectory
    from detente.sensing.coverage import Coverage
    from detente.sensing.draws import Draws, Eyes
    from detente.sensing.false_alarms import FalseAlarms
    from detente.sensing.gaps import Sweep
    from detente.sensing.incident import Incident
    from detente.sensing.network import Resting
    from detente.sensing.release import Gain
    from detente.sensing.reported import ReportCurve
    from detente.sensing.spread import SpreadTimeline
    from detente.sensing.timeline import Timeline
    from detente.sources import Cited

SAMPLES = 256
"""Draws of everything uncertain behind the distributions when nothing else is asked for."""
RECORDS = 64
"""Sets of a sensor's own numbers behind those draws: what a radar sees is computed for each of them."""

Tell = Callable[[str, float], None]
"""Told what is being done and the share of the work that is done."""
_Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWarning:
    """Warning in one case.

    Parameters
    ----------
    case : Case
        With the sensors that were asked about.
    timelines : tuple of Timeline
        For each threat and aim, own sensors and shared, with every number at its best value.
    spreads : tuple of SpreadTimeline
        The same as distributions.
    coverage : tuple of Coverage
        For each party and region, own satellites and shared.
    sweeps : tuple of Sweep
        For each party with sensors, class of threat and mode: a look all around from its capital, with its gaps.
    reports : tuple of ReportCurve
        The chance of a report by the time since launch, for each threat and aim, with everything at its best value.
    gains : tuple of Gain
        What each threatened party gains from what another releases.
    resting : tuple of Resting
        Sensors that the case lists and that do not work on its date.
    incidents : tuple of Incident
        Each flight as those who assess it meet it; empty where the scenario has neither notices nor judgment.
    """

    case: Case
    timelines: tuple[Timeline, ...]
    spreads: tuple[SpreadTimeline, ...]
    coverage: tuple[Coverage, ...]
    sweeps: tuple[Sweep, ...]
    reports: tuple[ReportCurve, ...]
    gains: tuple[Gain, ...]
    resting: tuple[Resting, ...]
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningAnswer:
    """The answer to "who is warned", with its question; false alarms where they are asked for."""

    scenario: Scenario
    digest: Digest
    samples: int
    flights: dict[str, tuple[Trajectory, ...]]
    cases: dict[str, CaseWarning]
    false_alarms: FalseAlarms | None = None


def warned(
    scenario: Scenario,
    cases: Collection[str] | None = None,
    samples: int = SAMPLES,
    tell: Tell | None = None,
    crisis: float | None = None,
) -> WarningAnswer:
    """Return who is warned of what, and for how long.

    Parameters
    ----------
    scenario : Scenario
        From `detente.study.load.load`, or from `detente.study.what_if.changed`.
    cases : collection of str, optional
        Names of the cases; all by default.
    samples : int
        Draws behind the distributions, at least 1.
    tell : callable, optional
        Called with a text and the share done, for a progress bar.
    crisis : float, optional
        Length of a crisis [s], above 0, for the false alarms in it; by default told with notices or a judgment.

    Returns
    -------
    WarningAnswer
        Bit-identical for the same scenario, samples, code and data.

    Raises
    ------
    BadInputError
        A case that the scenario does not have, no samples, no length of a crisis, or threats that cannot be flown.

    Notes
    -----
    Numbers of procedures, sharing, radars, cross sections and satellites are drawn from their ranges (triangular, a
    Latin hypercube), launches over the day. A number has the same stream in every case, so that cases differ by what
    they change and not by the draw.
    """
    from detente.sensing.draws import Eyes
    from detente.sensing.observe import LAUNCHES_A_DAY
    from detente.study.run import flown

    chosen, alarms = _chosen(scenario, cases, samples), _alarms(scenario, crisis)
    report = tell or (lambda _text, _share: None)
    report("flying the threats", 0.0)
    flights = flown(scenario)
    eyes = Eyes(scenario=scenario, draws=_everything(samples))
    steady = Eyes(scenario=scenario, draws=_launches(LAUNCHES_A_DAY))
    swept: dict[Any, Any] = {}
    found = {}
    for index, name in enumerate(chosen):
        report(f"case {name}", (index + 0.5) / (len(chosen) + 0.5))
        found[name] = _case(scenario, scenario.cases[name], flights, (eyes, steady), swept)
    marks = digest(scenario, samples, chosen)
    return WarningAnswer(
        scenario=scenario, digest=marks, samples=samples, flights=flights, cases=found, false_alarms=alarms
    )


def _alarms(scenario: Scenario, crisis: float | None) -> FalseAlarms | None:
    """Return what false alarms come to where they are asked for, or where a scenario has notices to tell them apart."""
    from detente.sensing.false_alarms import CRISIS, false_alarms

    if crisis is None and not scenario.notices and scenario.judgment is None:
        return None
    length = CRISIS if crisis is None else crisis
    if not (np.isfinite(length) and length > 0.0):
        allowed, do = "above 0 days", "Give the days of the crisis, such as 13."
        found = f"{length / 86400.0:g} days"
        raise BadInputError([Problem(file=scenario.name, key="crisis", found=found, allowed=allowed, do=do)])
    return false_alarms(scenario.catalog.alarm_rates, scenario.catalog.alarms, length)


def _case(
    scenario: Scenario,
    case: Case,
    flights: dict[str, tuple[Trajectory, ...]],
    eyes: tuple[Eyes, Eyes],
    swept: dict[Any, Any],
) -> CaseWarning:
    from detente.sensing.coverage import coverage
    from detente.sensing.incident import incidents
    from detente.sensing.network import resting
    from detente.sensing.observe import observe
    from detente.sensing.release import gains
    from detente.sensing.reported import report_probability
    from detente.sensing.spread import spreads
    from detente.sensing.timeline import timelines

    sightings = observe(scenario, case, flights)
    return CaseWarning(
        case=case,
        timelines=timelines(scenario, case, sightings),
        spreads=spreads(scenario, case, flights, *eyes),
        coverage=coverage(scenario, case),
        sweeps=_sweeps(scenario, case, swept),
        reports=report_probability(scenario, case, sightings),
        gains=gains(scenario, case, sightings, flights),
        resting=resting(scenario, case),
        incidents=incidents(scenario, case, sightings, flights),
    )


def _sweeps(scenario: Scenario, case: Case, swept: dict[Any, Any]) -> tuple[Sweep, ...]:
    """Return a look all around for each party with sensors; what other cases have found with the same ones is kept."""
    from detente.sensing import network
    from detente.sensing.gaps import gaps

    found: list[Sweep] = []
    for party in case.sensors:
        heard = [(each, case.sharing and case.sharing.releases[each].delay) for each in network.peers(case, party)]
        sensors = [
            (network.radars(scenario, case, each), network.constellations(scenario, case, each), delay)
            for each, delay in [(party, None), *heard]
        ]
        key = (party, tuple(sensors))
        if key not in swept:
            swept[key] = gaps(scenario, case, party)
        found += swept[key]
    return tuple(found)


def _chosen(scenario: Scenario, cases: Collection[str] | None, samples: int) -> list[str]:
    chosen = list(scenario.cases) if cases is None else list(cases)
    known = ", ".join(scenario.cases)
    problems = [
        Problem(file=scenario.name, key="case", found=f'"{name}"', allowed=known, do=nearest(name, scenario.cases))
        for name in chosen
        if name not in scenario.cases
    ]
    if samples < 1:
        do = f"Ask for {SAMPLES}."
        problems.append(Problem(file=scenario.name, key="samples", found=str(samples), allowed="1 or more", do=do))
    if problems:
        raise BadInputError(problems)
    return chosen


def _everything(count: int) -> Draws:
    """Return draws in which everything uncertain varies, and the launch comes at any time of the day."""
    from detente.sensing.draws import Draws

    def number(name: str, cited: Cited, values: int) -> _Array:
        return np.array([triangular(cited, u) for u in stream(name, values).tolist()])

    return Draws(count=count, records=min(count, RECORDS), uniform=lambda name: stream(name, count), number=number)


def _launches(count: int) -> Draws:
    """Return draws in which every number has its best value, and launches come at equal steps through the day."""
    from detente.sensing.draws import Draws

    def uniform(name: str) -> _Array:
        return np.arange(count) / count if name == "launch" else np.zeros(count)

    def number(_name: str, cited: Cited, values: int) -> _Array:
        return np.full(values, cited.value)

    return Draws(count=count, records=1, uniform=uniform, number=number)
