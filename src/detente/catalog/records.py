"""What exists, as published: frozen, inert records. Every quantity is a `Cited` number in SI."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal

from detente.catalog.alarms import Alarm, AlarmRate
from detente.catalog.areas import Spread
from detente.catalog.counting import BomberRule, CountingRule, DownloadLimits
from detente.catalog.flight_tests import FlightTest
from detente.catalog.interceptors import Interceptor
from detente.catalog.sensors import (
    STRICT,
    Constellation,
    CrossSection,
    Design,
    Detection,
    Elements,
    Face,
    Orbit,
    Outage,
    Radar,
    Search,
    Status,
)
from detente.sources import (
    Angles,
    Areas,
    Betas,
    Dollars,
    Fractions,
    Joules,
    Kilograms,
    Latitudes,
    Lengths,
    Metres,
    Minutes,
    Newtons,
    Numbers,
    Pascals,
    Seconds,
)

__all__ = [
    "STRICT",
    "BomberRule",
    "Catalog",
    "Constellation",
    "CountingRule",
    "CrossSection",
    "Design",
    "Detection",
    "DownloadLimits",
    "Elements",
    "Face",
    "FlightTest",
    "Force",
    "ForceClass",
    "Interceptor",
    "Measure",
    "Missile",
    "Orbit",
    "Outage",
    "Place",
    "Procedure",
    "Radar",
    "Region",
    "Search",
    "Stage",
    "Status",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point on the ground."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    latitude: Latitudes
    longitude: Angles
    altitude: Lengths | None = None
    host: str = ""
    """Party or country whose territory it lies in; empty at sea, or where nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """An area that is watched, defended or launched from, as points spread evenly over it."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    kind: Literal["missile field", "patrol area", "country", "theater", "ship box", "aircraft orbit"]
    points: Annotated[tuple[tuple[float, float], ...], Spread()]
    """Latitude and longitude of each point [deg]; a file may give a box or an outline to spread them over."""
    source: str
    seen: Literal["yes", "partly", "no"] = "yes"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a ballistic missile."""

    __pydantic_config__: ClassVar = STRICT
    propellant_mass: Kilograms
    inert_mass: Kilograms
    """Left when the propellant is burnt, with what falls away with the stage."""
    thrust_vacuum: Newtons
    isp_vacuum: Seconds
    isp_sea_level: Seconds | None = None
    """Specific impulse at sea level; absent where it never burns low."""
    burn_time: Seconds
    diameter: Lengths


@dataclass(frozen=True, slots=True, kw_only=True)
class Missile:
    """A ballistic missile by type or generic class.

    `grade` says what its stage data can prove: "A" nothing was tuned to the range, "B" a few numbers were chosen,
    "C" the split between stages was tuned to the published range, so that agreement with that range is no evidence.
    """

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    kind: Literal["srbm", "mrbm", "irbm", "icbm", "slbm", "sounding-rocket"]
    propellant: Literal["liquid", "solid"]
    grade: Literal["A", "B", "C"]
    stages: tuple[Stage, ...]
    payload: Kilograms
    """Everything on top of the last stage that goes with `range_published`."""
    warheads: Numbers
    reentry_beta: Betas
    """Ballistic coefficient m/(C_D A) of the re-entry body [kg/m^2]."""
    drag_table: Literal["v2", "solid", "liquid"]
    """Drag by Mach number of the whole missile while it burns."""
    range_published: Metres
    """Greatest range with `payload`, as published."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceClass:
    """Launchers of one kind on one party's side, in aggregate.

    `attributed` is the START I attribution per launcher, `loaded` what it carries. `alert_day`/`alert_generated` are
    the fractions at sea (submarines), dispersed (mobile missiles) or on runway alert (bombers); silos are 1.
    """

    __pydantic_config__: ClassVar = STRICT
    name: str
    """Name within the force."""
    title: str
    """Name as it is printed."""
    basing: Literal["silo", "mobile", "rail", "submarine", "bomber"]
    """What it stands on; mobile is by road."""
    launchers: Numbers
    """Missiles or bombers, a whole number."""
    loaded: Numbers
    """Warheads that one launcher carries."""
    attributed: Numbers
    """Warheads that START I counts for one launcher."""
    heavy: bool = False
    """Whether it is a heavy missile in the sense of the treaties."""
    cruise_missiles: bool = False
    """Whether a bomber is equipped for long-range nuclear air-launched cruise missiles."""
    throw_weight: Kilograms | None = None
    """Of one missile, as the treaties count it."""
    weapon_yield: Joules
    """Of one warhead."""
    accuracy: Lengths
    """Circular error probable [m]."""
    reliability: Fractions
    """Probability that a warhead arrives and works, if nothing stops it."""
    hardness: Pascals | None = None
    """Overpressure that a silo withstands; for silos only."""
    alert_day: Fractions
    """Share at sea, dispersed or on runway alert on an ordinary day; 1 for silos."""
    alert_generated: Fractions
    """The same once forces were generated."""
    bases: Numbers | None = None
    """Ports, garrisons or airfields that the part not on alert stands on."""
    overhaul: Fractions | None = None
    """Share of the launchers of submarines that is in overhaul and carries nothing; for submarines only."""
    dispersal_area: Areas | None = None
    """Area over which all dispersed launchers of the class may be; for road-mobile missiles only."""
    dispersed_hardness: Pascals | None = None
    """Overpressure that a dispersed launcher withstands; for road-mobile missiles only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Force:
    """A party's strategic offensive forces at a date."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """The name of its table."""
    title: str
    """Name as it is printed."""
    party: str
    """Whose it is."""
    on: date
    """The date that it describes."""
    classes: tuple[ForceClass, ...]
    """At least one, in the order in which they are printed."""
    published_warheads: Numbers
    """Total that was published, to compare the sum with."""
    note: str = ""
    """What a reader should know about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A cooperative measure with what was published of its cost and promise."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    cost: Dollars | None = None
    """Published cost of the whole measure."""
    source: str
    seen: Literal["yes", "partly", "no"] = "yes"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """Steps from a sensor's report to an executed order, for one party; each counted from the end of the one before."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    party: str
    assessment: Minutes
    conference: Minutes
    decision: Minutes
    order: Minutes
    execution: Minutes
    """From the order received to missiles out of their silos."""
    report_delay: Seconds
    """From a sensor's confirmation to the national center."""
    impact_ellipse: Metres
    """Semi-major axis of the 90 % ellipse of the impact point below which a track is good enough to assess."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Everything the catalog holds, by name."""

    missiles: dict[str, Missile] = field(default_factory=dict)
    interceptors: dict[str, Interceptor] = field(default_factory=dict)
    radars: dict[str, Radar] = field(default_factory=dict)
    constellations: dict[str, Constellation] = field(default_factory=dict)
    forces: dict[str, Force] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    procedures: dict[str, Procedure] = field(default_factory=dict)
    cross_sections: dict[str, CrossSection] = field(default_factory=dict)
    alarms: dict[str, Alarm] = field(default_factory=dict)
    alarm_rates: dict[str, AlarmRate] = field(default_factory=dict)
    counting: dict[str, CountingRule] = field(default_factory=dict)
    tests: dict[str, FlightTest] = field(default_factory=dict)
