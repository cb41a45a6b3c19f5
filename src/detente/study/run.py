"""Run a scenario: every case through all engines, with the ranges of the inputs carried through."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from detente.catalog.records import Force
from detente.problems import BadInputError, Problem
from detente.scenario.scenario import Case, Scenario, Threat
from detente.sources import Interval
from detente.study.headlines import headlines
from detente.study.record import Answer, CaseAnswer, Driver, digest
from detente.study.vary import draws, field_of, focused, replaced, uncertain

if TYPE_CHECKING:
    from detente.defense.battle import Battle
    from detente.defense.raid import RaidOutcome
    from detente.flight.fly import Trajectory
    from detente.forces.exchange_model import Stability
    from detente.sensing.observe import Sightings
    from detente.sensing.timeline import Timeline

SAMPLES = 64
"""Draws for the intervals when nothing else is asked for."""
DRIVERS = 5
"""Assumptions kept for each headline number."""


class Arithmetic(NamedTuple):
    """What the cheap engines return."""

    lines: tuple[Timeline, ...]
    raids: dict[str, RaidOutcome]
    stability: Stability | None


Tell = Callable[[str, float], None]
"""Told what is being done and the share of the work that is done."""


def run(
    scenario: Scenario, cases: Iterable[str] | None = None, samples: int = SAMPLES, tell: Tell | None = None
) -> Answer:
    """Answer a scenario.

    Parameters
    ----------
    scenario : Scenario
        From `detente.load`.
    cases : iterable of str, optional
        Names of the cases to run; all by default.
    samples : int
        Draws for the intervals; 0 leaves every interval at its value.
    tell : callable, optional
        Called with a text and the share done, for a progress bar.

    Returns
    -------
    Answer
        Bit-identical for the same scenario, samples, code and data.

    Examples
    --------
    >>> answer = run(load("minimal"), samples=0)  # doctest: +SKIP
    """
    chosen = list(cases) if cases is not None else list(scenario.cases)
    report = tell or (lambda _text, _share: None)
    report("flying the threats", 0.0)
    flights = flown(scenario)
    answers = {}
    for index, name in enumerate(chosen):
        report(f"case {name}", (index + 0.5) / (len(chosen) + 0.5))
        answers[name] = _case(scenario, scenario.cases[name], flights, samples)
    return Answer(scenario=scenario, digest=digest(scenario, samples), samples=samples, flights=flights, cases=answers)


def flown(scenario: Scenario) -> dict[str, tuple[Trajectory, ...]]:
    """Fly every threat of a scenario, one trajectory for each aim.

    Raises
    ------
    BadInputError
        Every threat whose missile cannot reach its aim, at once.
    """
    from detente.flight.fly import OutOfReachError, fly, shape

    known = scenario.catalog
    flights: dict[str, tuple[Trajectory, ...]] = {}
    problems = []
    for name, threat in scenario.threats.items():
        missile, launch = known.missiles[threat.missile], known.places[threat.launch]
        paths = []
        for aim in threat.aims:
            try:
                paths.append(fly(missile, launch, known.places[aim], shape(threat.trajectory)))
            except OutOfReachError as error:
                problems.append(_beyond(scenario, threat, aim, str(error)))
        flights[name] = tuple(paths)
    if problems:
        raise BadInputError(problems)
    return flights


def _beyond(scenario: Scenario, threat: Threat, aim: str, found: str) -> Problem:
    return Problem(
        file=scenario.name,
        key=f"threats.{threat.name}.aims",
        found=f'aim "{aim}": {found}',
        allowed="aims that the missile can reach from its launch place",
        do="Choose a nearer aim, another launch place, or a missile of longer range (detente catalog list missiles).",
    )


def _case(scenario: Scenario, case: Case, flights: dict[str, tuple[Trajectory, ...]], samples: int) -> CaseAnswer:
    from detente.defense.battle import battle
    from detente.defense.footprint import footprints
    from detente.sensing.coverage import coverage
    from detente.sensing.observe import observe
    from detente.treaties.check import check

    own = focused(scenario, case)
    sightings = observe(own, case, flights)
    fight = battle(own, case, flights, sightings)
    middle = _cheap(own, sightings, fight)
    forces = _forces(own, case)
    return CaseAnswer(
        case=case,
        forces=forces,
        sightings=sightings,
        timelines=middle.lines,
        coverage=coverage(own, case),
        battle=fight,
        outcomes=middle.raids,
        footprints=footprints(own, case, flights, sightings),
        stability=middle.stability,
        findings=check(own, case, forces),
        headlines=_intervals(own, sightings, fight, middle, samples),
        drivers=_drivers(own, sightings, fight, middle) if samples else {},
    )


def _forces(scenario: Scenario, case: Case) -> dict[str, Force]:
    from detente.forces.reduce import reduced

    return {party: reduced(scenario.catalog.forces[plan.base], plan) for party, plan in case.forces.items()}


def _cheap(
    scenario: Scenario,
    sightings: Sightings,
    fight: Battle,
    lines: tuple[Timeline, ...] | None = None,
    raids: dict[str, RaidOutcome] | None = None,
) -> Arithmetic:
    """Run the engines that only do arithmetic on what was seen and what can be engaged; results given are kept."""
    from detente.defense.raid import outcomes, strategic
    from detente.forces.exchange_model import exchange
    from detente.sensing.timeline import timelines

    (case,) = scenario.cases.values()
    lines = timelines(scenario, case, sightings) if lines is None else lines
    raids = outcomes(scenario, case, fight) if raids is None else raids
    through = {party: strategic(scenario, case, party) for party in case.forces}
    stability = None
    if len(case.forces) == 2:
        stability = exchange(scenario, case, _decision_times(scenario, case, lines), through)
    return Arithmetic(lines, raids, stability)


_MOVE_LINES, _MOVE_RAIDS = {"assumptions", "procedures", "sharing"}, {"assumptions", "interceptors", "defenses"}
"""Kinds of assumption that timelines and raids depend on; the exchange of forces depends on all."""


def _decision_times(scenario: Scenario, case: Case, lines: Iterable[Timeline]) -> dict[str, float]:
    """Return each party's least decision time over the strategic corridors, shared data weighted by the trust in it."""
    least: dict[tuple[str, str], float] = {}
    for line in lines:
        threat = scenario.threats[line.threat]
        if threat.kind == "corridor" and line.party in case.forces:
            key = (line.party, line.mode)
            least[key] = min(line.decision_time, least.get(key, line.decision_time))
    trust = case.sharing.trust.value if case.sharing else 0.0
    found = {}
    for party in case.forces:
        own = least.get((party, "own"), 0.0)
        found[party] = own + trust * (max(least.get((party, "shared"), own), own) - own)
    return found


def _intervals(
    scenario: Scenario, sightings: Sightings, fight: Battle, middle: Arithmetic, samples: int
) -> dict[str, Interval]:
    """Return each headline number with its 5th and 95th percentile over the draws."""
    best = headlines(*middle)
    if not samples:
        return {key: Interval(value=value, low=value, high=value) for key, value in best.items()}
    runs = [headlines(*_cheap(copy, sightings, fight)) for copy in draws(scenario, samples)]
    found = {}
    for key, value in best.items():
        low, high = np.quantile([one[key] for one in runs], (0.05, 0.95))
        found[key] = Interval(value=value, low=min(float(low), value), high=max(float(high), value))
    return found


def _drivers(
    scenario: Scenario, sightings: Sightings, fight: Battle, middle: Arithmetic
) -> dict[str, tuple[Driver, ...]]:
    """Return for each headline number the assumptions that move it most, one field at a time from low to high."""
    numbers = uncertain(scenario)
    found: dict[str, list[Driver]] = {key: [] for key in headlines(*middle)}
    for name in sorted({field_of(path) for path in numbers}):
        moved = {path: number for path, number in numbers.items() if field_of(path) == name}
        kind = name.split(".")[0]
        kept = (None if kind in _MOVE_LINES else middle.lines, None if kind in _MOVE_RAIDS else middle.raids)
        lowest = replaced(scenario, {path: item.low for path, item in moved.items()})
        highest = replaced(scenario, {path: item.high for path, item in moved.items()})
        low, high = (headlines(*_cheap(one, sightings, fight, *kept)) for one in (lowest, highest))
        unverified = any(item.unverified for item in moved.values())
        for key, drivers in found.items():
            drivers.append(Driver(assumption=name, at_low=low[key], at_high=high[key], unverified=unverified))
    return {key: _largest(drivers) for key, drivers in found.items()}


def _largest(drivers: list[Driver]) -> tuple[Driver, ...]:
    ranked = sorted((item for item in drivers if item.swing > 0), key=lambda item: -item.swing)
    return tuple(ranked[:DRIVERS])
