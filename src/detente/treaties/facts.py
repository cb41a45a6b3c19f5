"""What a case says that the law asks about: every element with its catalog record, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from detente.catalog.records import Force, Interceptor, Place, Radar
from detente.earth import geodesic
from detente.problems import BadInputError, Problem, nearest
from detente.scenario.scenario import Case, Deployment, PlannedTest, Scenario

Item = TypeVar("Item")

STRATEGIC_KINDS = ("icbm", "slbm")
"""Catalog kinds of missile that are strategic whatever their range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raid:
    """A raid by strategic ballistic missiles that a deployment is there to meet.

    Parameters
    ----------
    title : str
        Title of the threat.
    missile_range : float
        Published range of its missile [m].
    """

    title: str
    missile_range: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A deployment with its interceptor, its place, and the raids on what it protects.

    `raids` are those by strategic missiles; `other_raids` says whether there are any by others. A corridor on which
    warning is asked for is no raid.
    """

    deployment: Deployment
    interceptor: Interceptor
    place: Place | None
    raids: tuple[Raid, ...]
    other_raids: bool

    def role(self, strategic_range: float) -> str:
        """Return why it serves to counter strategic ballistic missiles, in words; empty where it does not.

        It does where it was built for that, or where the case sets it against a strategic missile whose range the
        catalog credits it with. `strategic_range` [m] is the range beyond which every missile is strategic.
        """
        if self.interceptor.strategic:
            return "built to counter strategic ballistic missiles"
        credited = self.interceptor.largest_target_range
        met = [
            raid.title
            for raid in self.raids
            if credited is not None and credited.value >= min(raid.missile_range, strategic_range)
        ]
        return f"set in this case against strategic missiles ({'; '.join(met)})" if met else ""

    def doubt(self, strategic_range: float) -> str:
        """Return why its role is in doubt, in words; empty where it is not.

        It is where nothing but strategic missiles threatens what it protects, though the catalog does not credit it
        with meeting them.
        """
        if self.role(strategic_range) or self.other_raids or not self.raids:
            return ""
        return (
            "nothing but strategic missiles threatens what it protects, with which the catalog does not credit it; "
            "missing: whether it is deployed to counter them (set largest_target_range, or what it protects)"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """A planned test with its interceptor and its place."""

    test: PlannedTest
    interceptor: Interceptor
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """A radar that a case uses: as a working sensor, as a rebuilt one, or to cue a deployment."""

    radar: Radar
    use: Literal["sensor", "rebuilt", "cue", "test cue"]

    @property
    def place(self) -> Place:
        """Where it stands."""
        radar = self.radar
        return Place(
            name=radar.name, title=radar.title, latitude=radar.latitude, longitude=radar.longitude, host=radar.host
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A case as the rules read it.

    Parameters
    ----------
    scenario, case : Scenario, Case
        The question and the state of the world.
    forces : mapping of Force
        Each party's force as the case leaves it, reductions made.
    placed, tests, radars : tuple
        Defenses, planned tests and radars with their catalog records.
    """

    scenario: Scenario
    case: Case
    forces: Mapping[str, Force]
    placed: tuple[Placed, ...]
    tests: tuple[Tested, ...]
    radars: tuple[Watching, ...]

    def place(self, name: str) -> Place | None:
        """Return a place of the catalog or the scenario, None where there is none of the name."""
        return self.scenario.catalog.places.get(name)


def distance(one: Place, other: Place) -> float:
    """Return the distance between two places on the ellipsoid [m], rounded to the meter."""
    length, _ = geodesic(one.latitude.value, one.longitude.value, other.latitude.value, other.longitude.value)
    return float(round(float(length)))


def facts(scenario: Scenario, case: Case, forces: Mapping[str, Force]) -> Facts:
    """Gather what a case says.

    Raises
    ------
    BadInputError
        The case names an interceptor, a place or a radar that the catalog does not hold.
    """
    catalog = scenario.catalog
    placed = tuple(
        Placed(
            deployment=deployment,
            interceptor=_named(catalog.interceptors, deployment.interceptor, "interceptor", case),
            place=_named(catalog.places, deployment.site, "place", case) if deployment.site else None,
            raids=_raids(scenario, deployment)[0],
            other_raids=_raids(scenario, deployment)[1],
        )
        for deployment in case.defenses
    )
    tests = tuple(
        Tested(
            test=test,
            interceptor=_named(catalog.interceptors, test.interceptor, "interceptor", case),
            place=_named(catalog.places, test.range_site, "place", case),
        )
        for test in case.tests
    )
    return Facts(
        scenario=scenario, case=case, forces=forces, placed=placed, tests=tests, radars=_radars(scenario, case)
    )


def _named(known: Mapping[str, Item], name: str, kind: str, case: Case) -> Item:
    if name in known:
        return known[name]
    raise BadInputError(
        [
            Problem(
                file=f"case {case.name}",
                found=f'{kind} "{name}"',
                allowed=f"a name of the catalog's {kind}s",
                do=nearest(name, known),
            )
        ]
    )


def _raids(scenario: Scenario, deployment: Deployment) -> tuple[tuple[Raid, ...], bool]:
    """Return the strategic raids on what a deployment protects, and whether there are others."""
    found, others = [], False
    for threat in scenario.threats.values():
        missile = scenario.catalog.missiles.get(threat.missile)
        met = threat.kind != "corridor" and threat.against in deployment.protects and deployment.status == "deployed"
        if missile is None or not met:
            continue
        if missile.kind in STRATEGIC_KINDS:
            found.append(Raid(title=threat.title, missile_range=missile.range_published.value))
        others |= missile.kind not in STRATEGIC_KINDS
    return tuple(found), others


def _radars(scenario: Scenario, case: Case) -> tuple[Watching, ...]:
    uses: dict[str, Literal["sensor", "rebuilt", "cue", "test cue"]] = {}
    for deployment in case.defenses:
        for name in deployment.cue:
            uses[name] = "test cue" if deployment.status == "test" else "cue"
    for sensors in case.sensors.values():
        uses |= dict.fromkeys(sensors.radars, "sensor")
    for sensors in case.sensors.values():
        uses |= dict.fromkeys(sensors.rebuilt, "rebuilt")
    uses |= dict.fromkeys((work.radar for work in case.radar_work), "rebuilt")
    return tuple(
        Watching(radar=_named(scenario.catalog.radars, name, "radar", case), use=use) for name, use in uses.items()
    )
