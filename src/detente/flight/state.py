"""What the file of `detente propagate` says: an initial state, and what the body flies through."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BeforeValidator

from detente.earth import WGS84, Earth, east_north_up, ecef_from_geodetic, eci_from_ecef, velocity_eci_from_ecef
from detente.flight import tables
from detente.flight.propagate import Air, Drag, Passage, Wind, propagate
from detente.units import Unit, UnitError, factor, si

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler

Array = NDArray[np.float64]

_STRICT: Any = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class Amount(Unit):
    """Annotation of a plain quantity: a text with a unit in the file, a number in SI inside."""

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> Any:
        """Return how pydantic reads such a field."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.read)

    def read(self, raw: object) -> float:
        """Return the number in SI that stands in the file.

        Raises
        ------
        ValueError
            No number, no unit, a unit of another kind, or a number that is impossible.
        """
        if self.si == "1":
            value = float(raw) if isinstance(raw, int | float) and not isinstance(raw, bool) else math.nan
        elif not isinstance(raw, str):
            raise ValueError(f'a quantity stands in quotes with its unit, such as "1.5 {self.shown}"')
        else:
            try:
                value = si(raw, self.si)
            except UnitError as error:
                raise ValueError(str(error)) from None
        if not (math.isfinite(value) and self.lowest <= value <= self.highest):
            low, high = (f"{limit / factor(self.si, self.shown):g}" for limit in (self.lowest, self.highest))
            raise ValueError(f"impossible: from {low} to {high} {self.shown if self.si != '1' else ''}".rstrip())
        return value


_RIGHT = 0.5 * math.pi
_LEAST = 1e-12
Number = Annotated[float, Amount("1", "1", 0.0, 1e3)]
Altitude = Annotated[float, Amount("m", "km", -1e3, 1e9)]
Speed = Annotated[float, Amount("m/s", "m/s", -1e6, 1e6)]
Duration = Annotated[float, Amount("s", "s", 1e-6, 1e8)]


def _named_ellipsoid(raw: object) -> object:
    if raw == "WGS84":
        return Ellipsoid(radius=WGS84.equatorial_radius, flattening=WGS84.flattening)
    if not isinstance(raw, dict | Ellipsoid):
        raise ValueError('write "WGS84", or { radius = "6371 km", flattening = 0.0 }')
    return raw


def _constant_drag(raw: object) -> object:
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return MachTable(mach=(0.0,), drag_coefficient=(Amount("1", "1", 0.0, 1e3).read(raw),))
    if not isinstance(raw, dict | MachTable):
        raise ValueError("write a number, or { mach = [0.0, 1.0, 5.0], drag_coefficient = [0.2, 0.5, 0.1] }")
    return raw


def _listed(raw: object) -> object:
    return raw if isinstance(raw, list | tuple) else (raw,)


def _rising(name: str, nodes: tuple[float, ...], *columns: tuple[float, ...]) -> None:
    """Refuse a table whose columns differ in length or whose first column does not rise."""
    if not nodes or any(len(column) != len(nodes) for column in columns):
        lengths = ", ".join(str(len(column)) for column in (nodes, *columns))
        raise ValueError(f"its columns have {lengths} entries; give as many of each, at least one")
    if any(later <= earlier for earlier, later in pairwise(nodes)):
        raise ValueError(f"{name} does not rise from each entry to the next")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ellipsoid:
    """The surface of the Earth: semi-major axis [m], and flattening [-], 0 for a sphere."""

    __pydantic_config__: ClassVar = _STRICT

    radius: Annotated[float, Amount("m", "km", 1e5, 1e9)]
    flattening: Annotated[float, Amount("1", "1", 0.0, 0.5)] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """`[earth]`: what is absent is that of WGS84.

    Parameters
    ----------
    mu : float
        Gravitational parameter [m³/s²].
    j2 : float
        Second zonal harmonic [-], 0 for an inverse-square field.
    j3, j4 : float
        Third and fourth zonal harmonic [-], not normalized; 0 where absent.
    rotation_rate : float
        About the polar axis [rad/s].
    ellipsoid : Ellipsoid
        "WGS84", or a radius with a flattening.
    """

    __pydantic_config__: ClassVar = _STRICT

    mu: Annotated[float, Amount("m^3/s^2", "m^3/s^2", 1e9, 1e20)] = WGS84.mu
    j2: Annotated[float, Amount("1", "1", -0.1, 0.1)] = WGS84.j2
    j3: Annotated[float, Amount("1", "1", -0.1, 0.1)] = WGS84.j3
    j4: Annotated[float, Amount("1", "1", -0.1, 0.1)] = WGS84.j4
    rotation_rate: Annotated[float, Amount("rad/s", "deg/s", -1e-2, 1e-2)] = WGS84.rotation_rate
    ellipsoid: Annotated[Ellipsoid, BeforeValidator(_named_ellipsoid)] = Ellipsoid(
        radius=WGS84.equatorial_radius, flattening=WGS84.flattening
    )


def _told_air(air: Atmosphere) -> Atmosphere:
    given = air.density is not None and air.scale_height is not None
    if air.model == "exponential" and not given:
        raise ValueError('an exponential atmosphere needs density = "1.225 kg/m^3" and scale_height = "7.2 km"')
    if air.model != "exponential" and (air.density is not None or air.scale_height is not None):
        raise ValueError('density and scale_height belong to model = "exponential"')
    return air


@dataclass(frozen=True, slots=True, kw_only=True)
class Atmosphere:
    """`[atmosphere]`: the model, and for the exponential one its density at altitude 0 [kg/m³] and scale height [m]."""

    __pydantic_config__: ClassVar = _STRICT

    model: Literal["us1976", "exponential", "none"] = "us1976"
    density: Annotated[float, Amount("kg/m^3", "kg/m^3", _LEAST, 1e3)] | None = None
    scale_height: Annotated[float, Amount("m", "km", 100.0, 1e6)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MachTable:
    """Drag coefficient [-] against rising Mach number; linear between the entries, constant beyond."""

    __pydantic_config__: ClassVar = _STRICT

    mach: tuple[Number, ...]
    drag_coefficient: tuple[Number, ...]


def _told_table(table: MachTable) -> MachTable:
    _rising("mach", table.mach, table.drag_coefficient)
    return table


def _told_body(body: Body) -> Body:
    parts = (body.mass, body.reference_area, body.drag_coefficient)
    if body.ballistic_coefficient is not None and any(part is not None for part in parts):
        raise ValueError("give ballistic_coefficient, or mass, reference_area and drag_coefficient; not both")
    if body.ballistic_coefficient is None and any(part is None for part in parts):
        raise ValueError("give mass, reference_area and drag_coefficient, all three, or ballistic_coefficient alone")
    return body


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """`[body]`: mass [kg], reference area [m²] and drag coefficient [-], or m/(C_D A) [kg/m²] in their place."""

    __pydantic_config__: ClassVar = _STRICT

    mass: Annotated[float, Amount("kg", "kg", _LEAST, 1e12)] | None = None
    reference_area: Annotated[float, Amount("m^2", "m^2", 0.0, 1e9)] | None = None
    drag_coefficient: Annotated[MachTable, AfterValidator(_told_table), BeforeValidator(_constant_drag)] | None = None
    ballistic_coefficient: Annotated[float, Amount("kg/m^2", "kg/m^2", _LEAST, 1e12)] | None = None


def _told_wind(wind: Breeze) -> Breeze:
    _rising("altitude", wind.altitude, wind.north, wind.east)
    return wind


Speeds = Annotated[tuple[Speed, ...], BeforeValidator(_listed)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breeze:
    """`[wind]`: velocity of the air toward north and east [m/s]: two constants, or lists against altitude [m]."""

    __pydantic_config__: ClassVar = _STRICT

    north: Speeds
    east: Speeds
    altitude: Annotated[tuple[Altitude, ...], BeforeValidator(_listed)] = (0.0,)


_PLACED = ("latitude", "longitude", "altitude")


def _told_start(start: Start) -> Start:
    geodetic = start.frame == "geodetic-ned"
    wanted = _PLACED if geodetic else ("position",)
    others = ("position",) if geodetic else _PLACED
    missing = [name for name in wanted if getattr(start, name) is None]
    extra = [name for name in others if getattr(start, name) is not None]
    if missing or extra:
        needs = f'frame = "{start.frame}" takes {", ".join(wanted)} and velocity'
        gone = f"; absent: {', '.join(missing)}" if missing else ""
        raise ValueError(needs + gone + (f"; delete: {', '.join(extra)}" if extra else ""))
    return start


Three = tuple[
    Annotated[float, Amount("m", "km", -1e10, 1e10)],
    Annotated[float, Amount("m", "km", -1e10, 1e10)],
    Annotated[float, Amount("m", "km", -1e10, 1e10)],
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """`[start]`: the state at time 0.

    Parameters
    ----------
    frame : str
        "geodetic-ned": geodetic place, and velocity north, east, down relative to the rotating Earth. "earth-fixed":
        position and velocity in axes that turn with the Earth, x to latitude 0, longitude 0, z to the north pole.
        "inertial": the same in axes at rest that coincide with those at time 0.
    velocity : (float, float, float)
        In that frame [m/s].
    latitude, longitude, altitude : float, optional
        Geodetic [rad], [rad], [m].
    position : (float, float, float), optional
        In that frame [m].
    """

    __pydantic_config__: ClassVar = _STRICT

    frame: Literal["geodetic-ned", "earth-fixed", "inertial"]
    velocity: tuple[Speed, Speed, Speed]
    latitude: Annotated[float, Amount("rad", "deg", -_RIGHT, _RIGHT)] | None = None
    longitude: Annotated[float, Amount("rad", "deg", -4.0 * _RIGHT, 4.0 * _RIGHT)] | None = None
    altitude: Altitude | None = None
    position: Three | None = None

    def state(self, earth: Earth) -> tuple[Array, Array]:
        """Return inertial position [m] and velocity [m/s]."""
        velocity = np.array(self.velocity)
        if self.position is not None:
            position = np.array(self.position)
            if self.frame == "inertial":
                return position, velocity
        else:
            position = ecef_from_geodetic(self.latitude or 0.0, self.longitude or 0.0, self.altitude or 0.0, earth)
            north, east, down = velocity
            velocity = np.array([east, north, -down]) @ east_north_up(self.latitude or 0.0, self.longitude or 0.0)
        return eci_from_ecef(position, 0.0), velocity_eci_from_ecef(position, velocity, 0.0, earth)


def _told_stop(stop: Stop) -> Stop:
    if stop.time is None and stop.altitude is None:
        raise ValueError('give time = "30 s" or altitude = "0 km", or both')
    return stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """`[stop]`: the first of a time [s] and an altitude [m] on the way down; the ground ends every flight."""

    __pydantic_config__: ClassVar = _STRICT

    time: Duration | None = None
    altitude: Altitude | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """`[output]`: the time between rows [s]."""

    __pydantic_config__: ClassVar = _STRICT

    every: Duration = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StateFile:
    """What the file says. `[start]` and `[stop]` are needed, and `[body]` wherever there is air."""

    __pydantic_config__: ClassVar = _STRICT

    start: Annotated[Start, AfterValidator(_told_start)]
    stop: Annotated[Stop, AfterValidator(_told_stop)]
    earth: Ground = Ground()
    atmosphere: Annotated[Atmosphere, AfterValidator(_told_air)] = Atmosphere()
    wind: Annotated[Breeze, AfterValidator(_told_wind)] | None = None
    body: Annotated[Body, AfterValidator(_told_body)] | None = None
    output: Output = Output()

    def propagate(self) -> Passage:
        """Return the way of the body.

        Raises
        ------
        ValueError
            A start underground, or more rows than a file should have.
        """
        shape = self.earth.ellipsoid
        earth = Earth(
            mu=self.earth.mu,
            equatorial_radius=shape.radius,
            flattening=shape.flattening,
            j2=self.earth.j2,
            j3=self.earth.j3,
            j4=self.earth.j4,
            rotation_rate=self.earth.rotation_rate,
        )
        position, velocity = self.start.state(earth)
        return propagate(
            position,
            velocity,
            earth=earth,
            air=self._air(),
            drag=self._drag(),
            time=self.stop.time,
            altitude=0.0 if self.stop.altitude is None else self.stop.altitude,
            every=self.output.every,
        )

    def _air(self) -> Air | None:
        model = self.atmosphere
        if model.model == "none":
            return None
        wind = Wind() if self.wind is None else Wind(**{key: getattr(self.wind, key) for key in Wind.__slots__})
        if model.density is None or model.scale_height is None:
            return Air(table=tables.us1976(), wind=wind)
        return Air(table=tables.exponential(model.density, model.scale_height), sound=False, wind=wind)

    def _drag(self) -> Drag | None:
        body = self.body
        if body is None:
            return None
        if body.mass is None or body.reference_area is None or body.drag_coefficient is None:
            return Drag(area_over_mass=1.0 / (body.ballistic_coefficient or math.inf))
        table = body.drag_coefficient
        return Drag(area_over_mass=body.reference_area / body.mass, mach=table.mach, coefficient=table.drag_coefficient)
