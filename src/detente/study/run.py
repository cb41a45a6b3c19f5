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
    from detente.forces.exchange_model import Drawdown
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
    strikes: tuple[Drawdown, ...]


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

    Raises
    ------
    BadInputError
        A case that the scenario does not have, forces of more than two parties in one, less than no samples, or threats
        that cannot be flown.

    Notes
    -----
    Intervals and drivers vary what the arithmetic uses. What the sensors saw and where interceptors can meet a flight
    are computed once, at the best values: the ranges of satellites on station, of fly-out speeds and ranges, and of the
    trust in a shared track do not widen the intervals. Footprints draw the interceptors' ranges on their own.

    Examples
    --------
    >>> answer = run(load("minimal"), samples=0)  # doctest: +SKIP
    """
    chosen = list(cases) if cases is not None else list(scenario.cases)
    _check(scenario, chosen, samples)
    report = tell or (lambda _text, _share: None)
    report("flying the threats", 0.0)
    flights = flown(scenario)
    answers = {}
    for index, name in enumerate(chosen):
        report(f"case {name}", (index + 0.5) / (len(chosen) + 0.5))
        answers[name] = _case(scenario, scenario.cases[name], flights, samples)
    marks = digest(scenario, samples, chosen)
    return Answer(scenario=scenario, digest=marks, samples=samples, flights=flights, cases=answers)


def _check(scenario: Scenario, chosen: list[str], samples: int) -> None:
    known = ", ".join(scenario.cases)
    problems = [
        Problem(file=scenario.name, key=f"cases.{name}", found="no such case", allowed=known, do="Name one of them.")
        for name in chosen
        if name not in scenario.cases
    ]
    problems += [
        Problem(
            file=scenario.name,
            key=f"cases.{name}.forces",
            found=f"forces of {len(scenario.cases[name].forces)} parties",
            allowed="two parties, between whom an exchange is computed, or fewer",
            do="Leave the forces of two, and ask for each other pair in a case of its own.",
        )
        for name in chosen
        if name in scenario.cases and len(scenario.cases[name].forces) > 2
    ]
    if samples < 0:
        problems.append(
            Problem(file=scenario.name, key="samples", found=str(samples), allowed="0 or more", do="Ask for 64.")
        )
    if problems:
        raise BadInputError(problems)


def flown(scenario: Scenario) -> dict[str, tuple[Trajectory, ...]]:
    """Fly every threat of a scenario, one trajectory for each aim.

    Raises
    ------
    BadInputError
        Every threat whose missile cannot reach its aim, at once.
    """
    from detente.flight.fly import Apogee, OutOfReachError, fly, shape

    known = scenario.catalog
    flights: dict[str, tuple[Trajectory, ...]] = {}
    done: dict[tuple[object, ...], Trajectory] = {}
    problems = []
    for name, threat in scenario.threats.items():
        missile, launch = known.missiles[threat.missile], known.places[threat.launch]
        paths = []
        for aim in threat.aims:
            try:
                wanted = shape(threat.trajectory) if threat.apogee is None else Apogee(threat.apogee.value)
                key = (threat.missile, threat.launch, aim, wanted)
                done[key] = done.get(key) or fly(missile, launch, known.places[aim], wanted)
                paths.append(done[key])
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
    from detente.defense.raid import outcomes
    from detente.forces.exchange_model import exchange
    from detente.sensing.coverage import coverage
    from detente.sensing.observe import observe
    from detente.sensing.timeline import timelines
    from detente.treaties.check import check

    own = focused(scenario, case)
    sightings = observe(own, case, flights)
    fight = battle(own, case, flights, sightings)
    lines = timelines(own, case, sightings)
    stability = exchange(*war(own, case, lines)) if len(case.forces) == 2 else None
    middle = Arithmetic(lines, outcomes(own, case, fight), stability.drawdowns if stability else ())
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
        stability=stability,
        findings=check(own, case, forces),
        headlines=_intervals(own, sightings, fight, middle, samples),
        drivers=_drivers(own, sightings, fight, middle) if samples else {},
    )


def _forces(scenario: Scenario, case: Case) -> dict[str, Force]:
    from detente.forces.reduce import reduced

    return {party: reduced(scenario.catalog.forces[plan.base], plan) for party, plan in case.forces.items()}


def _cheap(
    scenario: Scenario, sightings: Sightings, fight: Battle, kept: Arithmetic | None = None, kind: str = ""
) -> Arithmetic:
    """Run the engines that only do arithmetic on what was seen and what can be engaged.

    With `kept`, only what an assumption of this kind moves is computed anew.
    """
    from detente.defense.raid import outcomes
    from detente.forces.exchange_model import drawdowns
    from detente.sensing.timeline import timelines

    (case,) = scenario.cases.values()
    lines, raids, strikes = kept or (None, None, None)
    if lines is None or kind in _MOVE_LINES:
        lines = timelines(scenario, case, sightings, steps=False)
    if raids is None or kind in _MOVE_RAIDS:
        raids = outcomes(scenario, case, fight)
    late = scenario.assumptions.launch_under_attack and kind in _MOVE_LINES
    if strikes is None or late or kind in _MOVE_STRIKES:
        strikes = drawdowns(*war(scenario, case, lines)) if len(case.forces) == 2 else ()
    return Arithmetic(lines, raids, strikes)


_MOVE_LINES, _MOVE_RAIDS = {"assumptions", "procedures", "sharing"}, {"interceptors", "defenses"}
_MOVE_STRIKES = _MOVE_RAIDS | {"forces"}
"""Kinds of assumption that timelines, raids and strikes depend on; strikes on those of timelines too where silos are
emptied under attack."""


def war(
    scenario: Scenario, case: Case, lines: Iterable[Timeline]
) -> tuple[Scenario, Case, dict[str, float], dict[str, Callable[[float], float]]]:
    """Return what the exchange of forces is computed from."""
    from detente.defense.raid import strategic

    through = {party: strategic(scenario, case, party) for party in case.forces}
    return scenario, case, _decision_times(scenario, case, lines), through


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
    """Return each headline number with its 5th and 95th percentile over the draws, stretched to hold the best value."""
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
        lowest = replaced(scenario, {path: item.low for path, item in moved.items()})
        highest = replaced(scenario, {path: item.high for path, item in moved.items()})
        low, high = (headlines(*_cheap(one, sightings, fight, middle, kind)) for one in (lowest, highest))
        unverified = any(item.unverified for item in moved.values())
        for key, drivers in found.items():
            drivers.append(Driver(assumption=name, at_low=low[key], at_high=high[key], unverified=unverified))
    return {key: _largest(drivers) for key, drivers in found.items()}


def _largest(drivers: list[Driver]) -> tuple[Driver, ...]:
    ranked = sorted((item for item in drivers if item.swing > 0), key=lambda item: -item.swing)
    return tuple(ranked[:DRIVERS])
