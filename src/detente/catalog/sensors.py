"""Sensors as published: radars, infrared satellites and radar cross sections; part of `detente.catalog.records`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from detente.sources import (
    Angles,
    Fractions,
    Hertz,
    Kelvins,
    Latitudes,
    Lengths,
    Metres,
    Minutes,
    Numbers,
    PowerApertures,
    Seconds,
    SolidAngles,
    Squares,
    Watts,
)

STRICT = {"extra": "forbid"}

State = Literal["operational", "degraded", "testing", "construction", "closed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face or sector of a radar; azimuth runs clockwise from `azimuth_min` to `azimuth_max` and may wrap."""

    __pydantic_config__: ClassVar = STRICT
    azimuth_min: Angles
    azimuth_max: Angles
    elevation_min: Angles
    elevation_max: Angles


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a thing was able to do from a date on, until the next entry."""

    __pydantic_config__: ClassVar = STRICT
    since: date
    state: State
    """Only what is closed or being built does not work."""
    power_share: Fractions | None = None
    """For a degraded radar: the share of its mean power times antenna area that still works."""
    count: Numbers | None = None
    """For satellites: how many are kept on station."""
    stations: tuple[Angles, ...] = ()
    """For geostationary satellites: longitudes of those on station, where they are not the first of the orbit."""
    source: str
    seen: Literal["yes", "partly", "no"] = "yes"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """What counts as seeing a target in one look."""

    __pydantic_config__: ClassVar = STRICT
    probability: Fractions
    """Probability that one look detects a target at the radar's reach."""
    false_alarm: Fractions
    """Probability that noise alone passes the threshold in one cell of one look."""
    pulses: Numbers
    """Pulses of one look that are added without their phase; 1 where the whole look is one coherent pulse."""
    swerling: Literal[0, 1, 2, 3, 4] = 1
    """How the echo fluctuates: 0 steady, 1 and 3 from look to look, 2 and 4 from pulse to pulse (Swerling 1954)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """The fence in which a radar looks for what it does not know of yet."""

    __pydantic_config__: ClassVar = STRICT
    frame_time: Seconds
    """Time between two looks in one direction."""
    solid_angle: SolidAngles | None = None
    """Solid angle of the fence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """What the radar equation needs to know of a radar; see `detente.sensing.radar_equation`."""

    __pydantic_config__: ClassVar = STRICT
    mean_power: Watts
    """Mean radiated power of one face."""
    aperture: Squares
    """Area of the antenna of one face."""
    efficiency: Fractions
    """Share of that area that collects: effective over geometric area."""
    noise_temperature: Kelvins
    """System noise temperature."""
    losses: Numbers
    """All losses together, as a ratio of powers, at least 1; 8 dB are 6.3."""
    dwell: Seconds | None = None
    """Time on one target in one look of a track."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Radar:
    """A radar at a site.

    Its range is published (`reach`, which holds for `reach_cross_section`; another target scales by the fourth root)
    or else computed from `design`, `detection`, `frequency`, and `search` or the dwell. `host` is the party or
    country it stands in; `outward` says whether it looks out from the edge of the territory of its owner, as ABM
    Treaty Art. VI(b) asks.
    """

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    party: str
    """Name of the party that operates it."""
    host: str
    system: str
    band: Literal["VHF", "UHF", "L", "S", "X"]
    latitude: Latitudes
    longitude: Angles
    altitude: Lengths
    faces: tuple[Face, ...]
    reach: Metres | None = None
    """Greatest distance at which it detects `reach_cross_section`, as published."""
    reach_cross_section: Squares | None = None
    frequency: Hertz | None = None
    detection: Detection | None = None
    """Absent: every look within reach detects."""
    search: Search | None = None
    """Absent: what comes within reach is detected at once."""
    design: Design | None = None
    power_aperture: PowerApertures | None = None
    """Mean radiated power times antenna area, for the law."""
    phased_array: bool = True
    role: Literal["early-warning", "abm", "theater", "intelligence"] = "early-warning"
    outward: bool = True
    status: tuple[Status, ...]
    """In order of time; before the first entry it does not exist."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elements:
    """Two-line elements of one satellite."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    line1: str
    line2: str
    source: str
    seen: Literal["yes", "partly", "no"] = "yes"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orbit:
    """Where the satellites of a constellation fly, in one of three ways.

    Geostationary: `stations` (longitudes). From observation: `elements`. Else a published description: altitudes,
    inclination, argument of perigee and apogee longitude; the satellites are phased so that they pass the same ground
    track, one after the other.
    """

    __pydantic_config__: ClassVar = STRICT
    perigee_altitude: Metres | None = None
    apogee_altitude: Metres | None = None
    inclination: Angles | None = None
    argument_of_perigee: Angles | None = None
    apogee_longitude: Angles | None = None
    """Geographic longitude below one apogee of the repeating ground track."""
    stations: tuple[Angles, ...] = ()
    """Longitudes of geostationary satellites."""
    elements: tuple[Elements, ...] = ()
    """Two-line elements, one set a satellite; all are flown through the day of the youngest set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """A part of every day in which telescopes do not work."""

    __pydantic_config__: ClassVar = STRICT
    start: Seconds
    """Seconds after the first satellite's apogee, or after midnight UTC where the orbit is given by elements."""
    end: Seconds
    satellite: int | None = None
    """Place of the satellite in the order in which the orbit is filled, from 0; absent: all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Constellation:
    """Infrared early-warning satellites of one type.

    `viewing` is "look-down" (sees a plume against the Earth) or "grazing" (sees it only against space near the
    limb): then the line of sight must pass the target within `grazing_angle` of the local horizontal. How many are on
    station stands in `status`.
    """

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    party: str
    orbit: Orbit
    count_full: Numbers
    """Satellites of the whole constellation, as designed."""
    viewing: Literal["look-down", "grazing"]
    grazing_angle: Angles | None = None
    minimum_elevation: Angles
    """Lowest elevation of the satellite seen from the plume for look-down viewing [rad]."""
    cloud_top: Metres
    """Height above which a plume is seen."""
    scan_interval: Seconds
    looks: Numbers
    """Looks needed to confirm a launch."""
    watches: str | None = None
    """Name of the region that the telescopes are held on; absent when they sweep all of the Earth that they see."""
    field_of_view: Angles | None = None
    """Full cone around the line to the middle of that region inside which a plume is seen."""
    working_arc: Minutes | None = None
    """Time around each passage of apogee over `apogee_longitude` in which the telescopes work; absent when always."""
    sun_exclusion: Angles | None = None
    """Least angle between the Sun and the line of sight at which held telescopes work; 0 or absent: the Sun does
    not matter."""
    outages: tuple[Outage, ...] = ()
    """Parts of the day in which they do not work for other reasons."""
    status: tuple[Status, ...]
    """In order of time; before the first entry it does not exist."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossSection:
    """Radar cross section of a class of target in a band."""

    __pydantic_config__: ClassVar = STRICT
    name: str
    title: str
    band: Literal["VHF", "UHF", "L", "S", "X"]
    target: Literal["reentry-body", "theater-missile", "upper-stage"]
    area: Squares
    note: str = ""
