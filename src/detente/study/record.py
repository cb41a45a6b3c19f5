"""What a run returns: the answer with the question it answers and a digest of everything it came from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from detente.catalog.records import Force
from detente.scenario.scenario import Case, Scenario
from detente.sources import Interval

if TYPE_CHECKING:
    from detente.defense.battle import Battle
    from detente.defense.footprint import Footprint
    from detente.defense.raid import RaidOutcome
    from detente.flight.fly import Trajectory
    from detente.forces.exchange_model import Stability
    from detente.sensing.coverage import Coverage
    from detente.sensing.observe import Sightings
    from detente.sensing.timeline import Timeline
    from detente.treaties.rule import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Driver:
    """How far one assumption alone moves a headline number.

    Parameters
    ----------
    assumption : str
        The varied field, for example ``"sspk"``: all records that have it move together.
    at_low, at_high : float
        The headline number with that field at its low and at its high end [SI of the headline].
    unverified : bool
        Whether any of the moved values was recalled and not read.
    """

    assumption: str
    at_low: float
    at_high: float
    unverified: bool

    @property
    def swing(self) -> float:
        """Return how far the number moves from end to end."""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAnswer:
    """Everything computed for one case.

    `headlines` holds the numbers that the briefing leads with, by key (``"protection.limited.p_no_leak"``,
    ``"warning.fields-to-moscow.own.decision_time"``, ``"stability.us-first.arriving"``, …), with the interval that the
    sampled inputs give them; `drivers` the assumptions that move each of them most, largest swing first.
    """

    case: Case
    forces: dict[str, Force]
    sightings: Sightings
    timelines: tuple[Timeline, ...]
    coverage: tuple[Coverage, ...]
    battle: Battle
    outcomes: dict[str, RaidOutcome]
    footprints: tuple[Footprint, ...]
    stability: Stability | None
    findings: tuple[Finding, ...]
    headlines: dict[str, Interval]
    drivers: dict[str, tuple[Driver, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """SHA-256 of the question (scenario, cases, samples), of the data files and of the code; and of all three."""

    inputs: str
    data: str
    code: str

    @property
    def whole(self) -> str:
        """Return the digest of all three."""
        return hashlib.sha256("\n".join((self.inputs, self.data, self.code)).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a scenario, with its question."""

    scenario: Scenario
    digest: Digest
    samples: int
    flights: dict[str, tuple[Trajectory, ...]]
    cases: dict[str, CaseAnswer]

    @property
    def first(self) -> CaseAnswer:
        """Return the case that the others are compared with: the first of the scenario."""
        return next(iter(self.cases.values()))


def digest(scenario: Scenario, samples: int, cases: Sequence[str]) -> Digest:
    """Return the digest of what a run of some cases of this scenario depends on."""
    return Digest(inputs=_inputs(scenario, samples, cases), data=_tree((".toml", ".bib", ".csv")), code=_tree((".py",)))


def _inputs(scenario: Scenario, samples: int, cases: Sequence[str]) -> str:
    """Return the digest of every field, the catalog among them: a caller may have changed a record of it."""
    parts = {name: getattr(scenario, name) for name in scenario.__dataclass_fields__}
    return hashlib.sha256(f"{samples}\n{list(cases)!r}\n{parts!r}".encode()).hexdigest()


@cache
def _tree(suffixes: tuple[str, ...]) -> str:
    total = hashlib.sha256()
    for path, item in _walk(files("detente"), ""):
        if item.name.endswith(suffixes):
            total.update(f"{path}\n".encode() + item.read_bytes())
    return total.hexdigest()


def _walk(folder: Traversable, path: str) -> list[tuple[str, Traversable]]:
    found = []
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.is_dir() and item.name != "__pycache__":
            found += _walk(item, f"{path}{item.name}/")
        elif item.is_file():
            found.append((path + item.name, item))
    return found
