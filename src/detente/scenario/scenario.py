"""A proposal, as data: parties, threats, and cases that differ in forces, defenses, sensors, law and cooperation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MinLen

from detente.catalog.records import STRICT, Catalog, Place, Region
from detente.sources import Fractions, Metres, Minutes, Numbers, Seconds, Speeds

TreatyState = Literal["in-force", "as-if-in-force", "set-aside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side that has forces, sensors, defenses or ground to protect."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    """As it stands inside a sentence: "Russia", "the United States"."""
    capital: str
    """Name of a place."""
    procedure: str | None = None
    """Name of the catalog procedure its warning center follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """Missiles that someone launches, and where they are bound.

    `against` is the party that must be warned and protected. A "corridor" is a path on which warning is asked for,
    without a raid: its warheads are not engaged.
    """

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    kind: Literal["limited", "theater", "accidental", "corridor"]
    by: str
    against: str
    missile: str
    launch: str
    """Name of the place it starts from."""
    aims: Annotated[tuple[str, ...], MinLen(1)]
    """Names of the places that are defended or warned."""
    missiles: Annotated[int, Ge(1), Le(1000)] = 1
    warheads_per_missile: Annotated[int, Ge(1), Le(20)] = 1
    decoys_per_warhead: Annotated[int, Ge(0), Le(100)] = 0
    trajectory: Literal["minimum-energy", "lofted", "depressed"] = "minimum-energy"
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcePlan:
    """A party's force in a case: a catalog force, brought under a ceiling where there is one."""

    __pydantic_config__: ClassVar = STRICT
    base: str
    ceiling: Numbers | None = None
    """Warheads, counted by `rule`."""
    rule: Literal["attributed", "loaded"] = "loaded"
    policy: Literal["proportional", "single-warhead-first", "most-survivable-first"] = "proportional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """Interceptors of one type at one place (or, for orbit, everywhere) in a case."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    party: str
    interceptor: str
    site: str | None = None
    """Name of the place; absent only for space basing."""
    count: Numbers
    protects: tuple[str, ...]
    """Parties whose ground it defends."""
    cue: tuple[str, ...] = ()
    """Names of radars of its own fire unit or site; the party's warning sensors are always used."""
    status: Literal["deployed", "test"] = "deployed"
    doctrine: Literal["salvo", "shoot-look-shoot"] = "salvo"
    purchased_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensors:
    """Which catalog sensors a party has working in a case; `rebuilt` are repaired or newly built in it."""

    __pydantic_config__: ClassVar = STRICT
    radars: tuple[str, ...] = ()
    constellations: tuple[str, ...] = ()
    rebuilt: tuple[str, ...] = ()
    satellites: dict[str, Numbers] = field(default_factory=dict)
    """Satellites on station by constellation, where the case differs from the catalog."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Early-warning data exchanged between parties."""

    __pydantic_config__: ClassVar = STRICT
    between: tuple[str, ...]
    delay: Seconds
    """From a party's own report to the other's center."""
    trust: Fractions
    """Probability that the receiver acts on the other's data as on its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTest:
    """A defense test planned in a case, for the law."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    party: str
    interceptor: str
    range_site: str
    """Name of the place of the test range."""
    launchers: Numbers
    target_speed: Speeds | None = None
    target_range: Metres | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarWork:
    """A radar repaired or built with help in a case."""

    __pydantic_config__: ClassVar = STRICT
    radar: str
    party: str
    paid_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One state of the world that the briefing compares."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    summary: str
    on: date
    """The date at which law and sensors are read."""
    agreements: dict[str, TreatyState]
    forces: dict[str, ForcePlan]
    defenses: tuple[Deployment, ...] = ()
    sensors: dict[str, Sensors]
    sharing: Sharing | None = None
    tests: tuple[PlannedTest, ...] = ()
    radar_work: tuple[RadarWork, ...] = ()
    measures: tuple[str, ...] = ()
    """Names of catalog measures of cooperation, with their published cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What the analyst assumes, with the reason; everything here can be attacked."""

    __pydantic_config__: ClassVar = STRICT
    required_retaliation: Numbers
    """Arriving warheads that each side holds to be enough."""
    posture: Literal["day-to-day", "generated"] = "day-to-day"
    launch_under_attack: bool = False
    """Whether silos are emptied when the decision time suffices."""
    overpressure_rule: Literal["lieber-press-2006", "glasstone-1977"] = "lieber-press-2006"
    warheads_per_silo: Annotated[int, Ge(1), Le(10)] = 2
    decision_floor: Minutes
    """Least time between the end of assessment and impact that lets a leader decide."""
    radar_track_time: Seconds
    """Time a radar needs from first detection to a track good enough to assess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A whole question: what is proposed, by whom, against what, and in which cases."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    question: str
    on: date
    parties: dict[str, Party]
    threats: dict[str, Threat]
    cases: dict[str, Case]
    assumptions: Assumptions
    coverage_regions: dict[str, tuple[str, ...]]
    """For each party, the regions it wants watched."""
    places: dict[str, Place] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    """Sources that this scenario cites beside the catalog's own, by key."""
    catalog: Catalog = field(default_factory=Catalog, repr=False)
    """The catalog with the scenario's own places and regions merged in; filled by the loader."""
