"""The public record of flight tests, counted: what may be added up is added up, the rest is told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from detente.catalog.flight_tests import FlightTest
from detente.defense.evidence import UNIFORM, Evidence, evidence
from detente.problems import BadInputError, Problem, nearest


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The flight tests of one system.

    Parameters
    ----------
    system : str
        Its usual name.
    first, last : date
        Of the attempts that are counted.
    evidence : Evidence
        What hits and misses of scripted tests against ballistic targets say of such tests; no kill probability.
    unread : int
        Attempts counted whose outcome was recalled and not read in a source.
    partial, disputed, claimed : int
        Attempts that are not counted: of several targets some were hit, the outcome is in dispute, or only claimed.
    not_ballistic : int
        Attempts against aircraft, drones and cruise missiles; not counted.
    flights : int
        Launches on which no intercept was tried or could come of it; not counted.
    satellites, combat : int
        Shots at satellites, uses in combat; not counted.
    """

    system: str
    first: date
    last: date
    evidence: Evidence
    unread: int
    partial: int
    disputed: int
    claimed: int
    not_ballistic: int
    flights: int
    satellites: int
    combat: int


def systems(tests: Mapping[str, FlightTest]) -> tuple[str, ...]:
    """Return every system of a record of tests, the one with the most launches first."""
    names = [test.system for test in tests.values() if test.kind != "tally"]
    return tuple(sorted(set(names), key=lambda name: (-names.count(name), name)))


def chosen(
    tests: Mapping[str, FlightTest], system: str, since: date | None = None, until: date | None = None
) -> tuple[FlightTest, ...]:
    """Return the launches of a system in order of time; tallies that others published are left out.

    Parameters
    ----------
    tests : mapping of FlightTest
        By name, for example ``catalog().tests``.
    system : str
        Name of a system, in small or capital letters.
    since, until : date, optional
        First and last day that counts.

    Raises
    ------
    BadInputError
        No such system.
    """
    known = systems(tests)
    exact = next((name for name in known if name.lower() == system.lower()), None)
    if exact is None:
        raise BadInputError(
            [
                Problem(
                    file="catalog",
                    found=f'no tests of "{system}"',
                    allowed=", ".join(known),
                    do=nearest(system, known),
                )
            ]
        )
    found = [test for test in tests.values() if test.system == exact and test.kind != "tally"]
    found = [test for test in found if (since is None or test.on >= since) and (until is None or test.on <= until)]
    return tuple(sorted(found, key=lambda test: (test.on, test.name)))


def counted(test: FlightTest) -> bool:
    """Return whether a launch is a scripted attempt at a ballistic target that hit or missed."""
    return test.kind == "intercept" and test.ballistic and test.outcome in {"hit", "miss"}


def tally(
    system: str, tests: Iterable[FlightTest], level: float = 0.9, prior: tuple[float, float] = UNIFORM
) -> Tally | None:
    """Return the count of a system's launches, None where none of them is counted.

    Parameters
    ----------
    system : str
        Its name, for the answer.
    tests : iterable of FlightTest
        Of this system, for example from `chosen`.
    level, prior : float, tuple of float
        As in `evidence`.

    Raises
    ------
    BadInputError
        A level or prior outside its limits.
    """
    all_of_it = tuple(tests)
    tries = [test for test in all_of_it if counted(test)]
    if not tries:
        return None
    apart = [test for test in all_of_it if test.kind == "intercept" and test.ballistic]

    def count(outcome: str) -> int:
        return sum(test.outcome == outcome for test in apart)

    def kinds(kind: str) -> int:
        return sum(test.kind == kind for test in all_of_it)

    return Tally(
        system=system,
        first=min(test.on for test in tries),
        last=max(test.on for test in tries),
        evidence=evidence(len(tries), sum(test.outcome == "hit" for test in tries), level, prior),
        unread=sum(test.seen == "no" for test in tries),
        partial=count("partial"),
        disputed=count("disputed"),
        claimed=count("claimed"),
        not_ballistic=sum(test.kind == "intercept" and not test.ballistic for test in all_of_it),
        flights=kinds("flight"),
        satellites=kinds("satellite"),
        combat=kinds("combat"),
    )
