"""Units at the edge: text in, SI numbers inside. The only module that knows pint."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pint import UnitRegistry


class UnitError(ValueError):
    """A quantity that is not a number with the unit that is wanted."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The SI unit of a field, written in its annotation.

    Parameters
    ----------
    si : str
        SI unit that the value is stored in, for example ``"m"``, ``"rad"`` or ``"1"``.
    shown : str
        Unit that people read and write it in, for example ``"km"`` or ``"deg"``.
    lowest, highest : float
        Limits of what is physically possible, in SI.
    """

    si: str
    shown: str
    lowest: float = float("-inf")
    highest: float = float("inf")


_KILOTON = 4.184e12
_POUND_FORCE_PER_SQUARE_INCH = 6894.757293168361
# Everyday units, so that a whole catalog is read without pint (0.6 s to start, 0.3 ms a quantity). A test holds each
# equal to what pint says.
_EVERYDAY: dict[tuple[str, str], float] = {
    ("m", "m"): 1.0,
    ("km", "m"): 1e3,
    ("s", "s"): 1.0,
    ("min", "s"): 60.0,
    ("h", "s"): 3600.0,
    ("kg", "kg"): 1.0,
    ("t", "kg"): 1e3,
    ("N", "N"): 1.0,
    ("kN", "N"): 1e3,
    ("m/s", "m/s"): 1.0,
    ("km/s", "m/s"): 1e3,
    ("rad", "rad"): 1.0,
    ("deg", "rad"): math.pi / 180,
    ("m^2", "m^2"): 1.0,
    ("km^2", "m^2"): 1e6,
    ("kg/m^2", "kg/m^2"): 1.0,
    ("Pa", "Pa"): 1.0,
    ("psi", "Pa"): _POUND_FORCE_PER_SQUARE_INCH,
    ("J", "J"): 1.0,
    ("kt_TNT", "J"): _KILOTON,
    ("Mt_TNT", "J"): 1e3 * _KILOTON,
    ("Hz", "Hz"): 1.0,
    ("MHz", "Hz"): 1e6,
    ("GHz", "Hz"): 1e9,
    ("W", "W"): 1.0,
    ("kW", "W"): 1e3,
    ("MW", "W"): 1e6,
    ("K", "K"): 1.0,
    ("sr", "sr"): 1.0,
    ("W*m^2", "W*m^2"): 1.0,
    ("USD", "USD"): 1.0,
    ("million_USD", "USD"): 1e6,
    ("billion_USD", "USD"): 1e9,
    ("%", "1"): 0.01,
}
_PLAIN = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?)\s*([^\s\d.+-]\S*)\s*")


@cache
def _registry() -> UnitRegistry[Any]:
    from pint import UnitRegistry

    registry: UnitRegistry[Any] = UnitRegistry(cache_folder=None)
    # TNT equivalence is a convention: 1 kt = 4.184e12 J (NIST SP 811, appendix B.8, "ton of TNT (energy equivalent)").
    registry.define("kiloton_TNT = 4.184e12 joule = kt_TNT")
    registry.define("megaton_TNT = 4.184e15 joule = Mt_TNT")
    registry.define("USD = [currency]")
    registry.define("million_USD = 1e6 USD")
    registry.define("billion_USD = 1e9 USD")
    return registry


@cache
def si(text: str, unit: str) -> float:
    """Return a quantity written by a person as a number in an SI unit.

    Parameters
    ----------
    text : str
        A number with its unit, for example ``"5500 km"``; a bare number is allowed only where the unit is ``"1"``.
    unit : str
        SI unit wanted.

    Raises
    ------
    UnitError
        No number, no unit, an unknown unit, one of another kind, or not finite.

    Examples
    --------
    >>> si("5500 km", "m")
    5500000.0
    >>> round(si("90 deg", "rad"), 6)
    1.570796
    >>> si("80 %", "1")
    0.8
    """
    plain = _PLAIN.fullmatch(text)
    if plain and (plain[2], unit) in _EVERYDAY:
        return float(plain[1]) * _EVERYDAY[plain[2], unit]
    registry = _registry()
    try:
        quantity: Any = registry.Quantity(text)
        value = float(quantity.to(unit if unit != "1" else "dimensionless").magnitude)
    except Exception as error:  # pint raises its own, tokenize's and arithmetic errors alike
        raise UnitError(f'"{text}" is not a quantity in {unit}') from error
    if quantity.unitless and unit not in {"1", "rad"}:
        raise UnitError(f'"{text}" has no unit; write it as "{text} {unit}"')
    if quantity.unitless and unit == "rad":
        raise UnitError(f'"{text}" has no unit; write it as "{text} deg"')
    if not math.isfinite(value):
        raise UnitError(f'"{text}" is not a finite number')
    return value


@cache
def factor(si_unit: str, shown: str) -> float:
    """Return how many SI units one shown unit holds.

    Examples
    --------
    >>> factor("m", "km")
    1000.0
    """
    return 1.0 if shown in {"", "1", "count"} else si(f"1 {shown}", si_unit)


def shown(value: float, unit: Unit) -> float:
    """Return an SI value in the unit that people read it in."""
    return value / factor(unit.si, unit.shown)
