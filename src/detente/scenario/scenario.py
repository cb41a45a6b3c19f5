"""A proposal, as data: parties, threats, and cases that differ in forces, defenses, sensors, law and cooperation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, ClassVar, Literal

from annotated_types import Ge, Le, MinLen

from detente.catalog.records import STRICT, Catalog, Force, Place, Region
from detente.scenario.shapes import ShapeText
from detente.sources import Angles, Fractions, Metres, Minutes, Numbers, Seconds, Speeds

Commit = Literal["any-track", "own-track", "alert"]
TreatyState = Literal["in-force", "as-if-in-force", "set-aside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A side that has forces, sensors, defenses or ground to protect."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """The name of its table."""
    title: str
    """Name in full, as the briefing prints it."""
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
    """The name of its table."""
    title: str
    """Short description, as the briefing prints it."""
    kind: Literal["limited", "theater", "accidental", "corridor"]
    """What it stands for; a corridor is warned of and never engaged."""
    by: str
    """Name of the party that launches."""
    against: str
    """Name of the party that must be warned and protected."""
    missile: str
    """Name of a missile of the catalog."""
    launch: str
    """Name of the place it starts from."""
    aims: Annotated[tuple[str, ...], MinLen(1)]
    """Names of the places that are defended or warned."""
    missiles: Annotated[int, Ge(1), Le(1000)] = 1
    """Missiles launched in all, shared out over the aims."""
    warheads_per_missile: Annotated[int, Ge(1), Le(20)] = 1
    """Warheads on each missile."""
    decoys_per_warhead: Annotated[int, Ge(0), Le(100)] = 0
    """Decoys that accompany each warhead."""
    trajectory: ShapeText = "minimum-energy"
    """Shape of every flight of the threat, as detente fly --trajectory takes it."""
    apogee: Metres | None = None
    """Greatest height of every flight, where it is known; it then decides the shape in place of `trajectory`."""
    at: datetime | None = None
    """Moment of launch, where it is known, with its time zone; notices are compared with it."""
    keep_out: Metres | None = None
    """Least altitude at which an intercept still protects the aims; absent where any does."""
    source: str
    """Key of a source: who speaks of such a threat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForcePlan:
    """A party's force in a case: a catalog force, brought under a ceiling where there is one."""

    __pydantic_config__: ClassVar = STRICT
    base: str
    """Name of a force of the catalog."""
    ceiling: Numbers | None = None
    """Warheads, counted by `rule`."""
    rule: Literal["attributed", "loaded", "operationally-deployed"] = "loaded"
    """Count warheads as START I attributes them, as launchers carry them, or the same without boats in overhaul."""
    policy: Literal[
        "proportional", "single-warhead-first", "most-survivable-first", "keep-leg-share", "best-survival"
    ] = "proportional"
    """What is cut first to come under the ceiling."""
    keep: dict[Literal["icbm", "slbm", "bomber"], Annotated[float, Ge(0.0), Le(1.0)]] = field(default_factory=dict)
    """Share of the ceiling that a leg keeps, for the policy keep-leg-share; the others divide the rest."""
    against: str | None = None
    """Name of a force of the catalog, which must be survived best, for the policy best-survival."""
    downloads: Literal["start-1", "start-2"] | None = None
    """Agreement whose limits on taking warheads off missiles hold; absent where none does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """Interceptors of one type at one place (or, for orbit, everywhere) in a case."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """How the briefing calls this deployment."""
    party: str
    """Name of the party that operates it."""
    interceptor: str
    """Name of an interceptor of the catalog."""
    site: str | None = None
    """Name of the place; absent for space basing, and where there is a `box`."""
    box: str | None = None
    """Name of the region that a ship stands in, at its best point, or that an aircraft circles in, anywhere."""
    inclination: Angles | None = None
    """Of the orbits of space basing, where they differ from the catalog's."""
    count: Numbers
    """Interceptors ready to fire; satellites where it is based in orbit."""
    reserve: Numbers | None = None
    """Interceptors beside them, with which empty launchers are reloaded while the battle lasts."""
    protects: tuple[str, ...]
    """Parties whose ground it defends."""
    cue: tuple[str, ...] = ()
    """Names of radars of its own fire unit or site; the party's warning sensors are always used."""
    status: Literal["deployed", "test"] = "deployed"
    """Deployed, or at a test range, where it defends nothing and the law has other rules."""
    doctrine: Literal["salvo", "shoot-look-shoot"] = "salvo"
    """All shots at once, or a look between shots where the battle space allows one."""
    commit: Commit | None = None
    """Fires on any track of the party, on that of its own radars only, or on the first report of a launch."""
    purchased_from: str | None = None
    """Name of the party it was bought from, for the law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensors:
    """Which catalog sensors a party has working in a case; `rebuilt` are repaired or newly built in it."""

    __pydantic_config__: ClassVar = STRICT
    radars: tuple[str, ...] = ()
    """Names of radars of the catalog; one that is closed or being built at the date does not work."""
    constellations: tuple[str, ...] = ()
    """Names of satellite constellations of the catalog."""
    rebuilt: tuple[str, ...] = ()
    """Names of radars that work in this case whatever their status at the date."""
    satellites: dict[str, Numbers] = field(default_factory=dict)
    """Satellites on station by constellation, where the case differs from the catalog."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What a party lets the others of an exchange know of a launch that it sees: only what stands here, and coarsened.

    The fields are those that the memorandum of 4 June 2000 on the Joint Data Exchange Center was to pass on; `track`
    goes beyond it. Nothing tells which sensor saw the launch, or how well.
    """

    __pydantic_config__: ClassVar = STRICT
    delay: Seconds
    """From the party's own report to the others' centers."""
    launch_time: bool = False
    """Whether the moment of launch is told."""
    launch_area: Metres | None = None
    """Side of the cell of a fixed grid in which the launch lies; absent where the area is not told."""
    azimuth: Angles | None = None
    """Width of the fixed sector in which the direction of launch lies; absent where it is not told."""
    impact_time: bool = False
    """Whether the moment of impact is told."""
    impact_area: Metres | None = None
    """Side of the cell of a fixed grid in which the impact lies; absent where the area is not told."""
    missile_class: bool = False
    """Whether the generic class is told: ICBM, SLBM, other ballistic missile or space launch vehicle."""
    track: bool = False
    """Whether the measured path is passed on, so that the others can fire on it."""

    @property
    def tells(self) -> bool:
        """Whether the others learn of a launch at all."""
        areas = (self.launch_area, self.azimuth, self.impact_area)
        told = (self.launch_time, self.impact_time, self.missile_class, self.track)
        return any(told) or any(area is not None for area in areas)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Early-warning data exchanged between parties. What a party does not release, the others do not learn."""

    __pydantic_config__: ClassVar = STRICT
    between: tuple[str, ...]
    """Names of the parties that take part."""
    trust: Fractions
    """Probability that the receiver acts on the other's data as on its own."""
    releases: dict[str, Release]
    """What each of them releases to the others, by party; one that is not named releases nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A launch announced ahead of time, as in Format 1 of the memorandum of 16 December 2000 on notifications."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """The name of its table."""
    title: str
    """Short description, as it is printed."""
    by: str
    """Name of the party that gives notice."""
    opens: datetime
    """Moment at which the launch window opens, with its time zone."""
    closes: datetime
    """Moment at which the launch window closes, with its time zone."""
    launch: str
    """Name of the place of the launch."""
    launch_radius: Metres
    """Radius of the announced launch area around it."""
    azimuth: Angles | None = None
    """Announced direction of launch; absent where none was announced."""
    azimuth_tolerance: Angles | None = None
    """How far the direction may be from the announced one."""
    impact: str | None = None
    """Name of the place in the middle of the announced impact area; absent where none was announced."""
    impact_radius: Metres | None = None
    """Radius of the announced impact area."""
    apogee: Metres | None = None
    """Announced greatest height, as low and high of the number; absent where none was announced."""
    source: str
    """Key of a source: who tells of the notice, or why it is assumed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """How those who assess a launch weigh what they are told; no source publishes any of it.

    Chances hold for one window of assessment, some ten minutes: that an attack comes in it, or a false report.
    """

    __pydantic_config__: ClassVar = STRICT
    prior: Fractions
    """Chance of an attack before anything is seen."""
    radar_detection: Fractions
    """Chance that radar reports an attack, if there is one."""
    radar_false_alarm: Fractions
    """Chance that radar reports one, if there is none."""
    infrared_detection: Fractions
    """Chance that satellites report an attack, if there is one."""
    infrared_false_alarm: Fractions
    """Chance that satellites report one, if there is none."""
    kept: Fractions
    """Chance that a harmless launch is announced, in a notice that reaches those who assess."""
    misused: Fractions
    """Chance that an attack hides behind a notice that matches it."""
    ground: tuple[str, ...] = ()
    """Names of regions that a path must miss before it is harmless, beside the capital and what is aimed at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTest:
    """A defense test planned in a case, for the law."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """How the briefing calls this test."""
    party: str
    """Name of the party that tests."""
    interceptor: str
    """Name of the interceptor tested."""
    range_site: str
    """Name of the place of the test range."""
    launchers: Numbers
    """Test launchers at the range."""
    target_speed: Speeds | None = None
    """Greatest speed of the target missile."""
    target_range: Metres | None = None
    """Range of the target missile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarWork:
    """A radar repaired or built with help in a case."""

    __pydantic_config__: ClassVar = STRICT
    radar: str
    """Name of a radar of the catalog."""
    party: str
    """Name of the party whose radar it is."""
    paid_by: str
    """Name of the party that pays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One state of the world that the briefing compares."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """The name of its table."""
    title: str
    """Heading of the case in the briefing."""
    summary: str
    """One or two sentences for the reader of the briefing."""
    on: date
    """The date at which law and sensors are read."""
    agreements: dict[str, TreatyState]
    """For each agreement by name: in force at the date, checked as if it were, or set aside."""
    forces: dict[str, ForcePlan]
    """Strategic offensive forces of two parties, by party; empty where no exchange is asked for."""
    defenses: tuple[Deployment, ...] = ()
    """What can intercept."""
    sensors: dict[str, Sensors]
    """What can warn, by party."""
    sharing: Sharing | None = None
    """Early-warning data exchanged; absent where each party has its own only."""
    notices: tuple[str, ...] = ()
    """Names of the notices of launch that lie before those who assess."""
    tests: tuple[PlannedTest, ...] = ()
    """Defense tests planned, for the law."""
    radar_work: tuple[RadarWork, ...] = ()
    """Radars repaired or built with another party's money, for the law."""
    measures: tuple[str, ...] = ()
    """Names of catalog measures of cooperation, with their published cost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What the analyst assumes, with the reason; everything here can be attacked."""

    __pydantic_config__: ClassVar = STRICT
    required_retaliation: Numbers
    """Arriving warheads that each side holds to be enough."""
    posture: Literal["day-to-day", "generated"] = "day-to-day"
    """Alert posture that the stability measures are stated for."""
    launch_under_attack: bool = False
    """Whether silos are emptied when the decision time suffices."""
    overpressure_rule: Literal["lieber-press-2006", "glasstone-1977"] = "lieber-press-2006"
    """Published rule that links yield, hardness and lethal radius."""
    warheads_per_silo: Annotated[int, Ge(1), Le(10)] = 2
    """Warheads that an attacker sends at one silo or base, at most."""
    common_reliability: bool = False
    """Whether all missiles of a type work or fail together, instead of each by itself."""
    fratricide: bool = False
    """Whether debris of the first two warheads at a point can stop those after them."""
    allocation: Literal["fewest-arriving", "proportional"] = "fewest-arriving"
    """The attacker leaves the fewest arriving warheads, or gives every aim point the same share of each class."""
    barrage: bool = False
    """Whether areas over which road-mobile missiles are dispersed are struck too."""
    decision_floor: Minutes
    """Least time between the end of assessment and impact that lets a leader decide."""
    radar_track_time: Seconds
    """Time a radar needs from first detection to a track that it reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A whole question: what is proposed, by whom, against what, and in which cases."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    """Short name; by default the name of the file."""
    title: str
    """Title of the briefing."""
    question: str
    """What is asked, in one sentence; the briefing opens with it."""
    on: date
    """The date of the proposal."""
    parties: dict[str, Party]
    """At least one, by name."""
    threats: dict[str, Threat]
    """At least one, by name."""
    cases: dict[str, Case]
    """At least one, by name; the first is the one that the others are compared with."""
    assumptions: Assumptions
    """What the analyst takes as given, with reasons."""
    coverage_regions: dict[str, tuple[str, ...]]
    """For each party, the regions it wants watched."""
    notices: dict[str, Notice] = field(default_factory=dict)
    """Launches announced ahead of time, by name."""
    judgment: Judgment | None = None
    """How reports are weighed; absent where no belief is asked for."""
    places: dict[str, Place] = field(default_factory=dict)
    """Places beside the catalog's own, by name."""
    regions: dict[str, Region] = field(default_factory=dict)
    """Regions beside the catalog's own, by name."""
    forces: dict[str, Force] = field(default_factory=dict)
    """Forces beside the catalog's own, by name; csv = "FILE.csv" alone stands for a table beside the scenario."""
    sources: dict[str, str] = field(default_factory=dict)
    """Sources that this scenario cites beside the catalog's own, by key."""
    catalog: Catalog = field(default_factory=Catalog, repr=False)
    """The catalog with the scenario's own places, regions and forces merged in; filled by the loader."""
