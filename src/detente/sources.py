"""A number with its spread and its source; and what a validation row is."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from detente.units import Unit, UnitError, factor, si

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

Seen = Literal["yes", "partly", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A published number: value, spread and source.

    Parameters
    ----------
    value, low, high : float
        Best value and range, in SI; ``low <= value <= high``.
    source : str
        Key of ``sources.bib``, with a place in it after a comma where known.
    seen : {"yes", "partly", "no"}
        Whether the number was read in the source ("yes"), read in part, quoted or derived from what was read
        ("partly"), or recalled ("no"), which is shown everywhere as "unverified".
    note : str
        What a reader should know about it.
    """

    value: float
    low: float
    high: float
    source: str
    seen: Seen = "yes"
    note: str = ""

    @property
    def unverified(self) -> bool:
        """Whether the number was recalled and not read."""
        return self.seen == "no"


@dataclass(frozen=True, slots=True)
class Quantity(Unit):
    """Annotation of a cited field: its unit, its limits, and how it is read from a file."""

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> Any:
        """Return how pydantic reads such a field: a table or a finished ``Cited``."""
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, _schema: object, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the JSON Schema of such a field."""
        text = {
            "type": ["string", "number"] if self.si == "1" else "string",
            "description": "a number, or a text in %" if self.shown == "1" else f'"… {self.shown}"',
        }
        return {
            "type": "object",
            "description": f"{'Pure number' if self.shown == '1' else f'Number in {self.shown}'}, range and source.",
            "properties": {
                "value": text,
                "low": text,
                "high": text,
                "source": {
                    "type": "string",
                    "minLength": 1,
                    "description": "key of sources.bib, then the place in it",
                },
                "seen": {"enum": ["yes", "partly", "no"], "default": "yes"},
                "note": {"type": "string"},
            },
            "required": ["value", "source"],
            "additionalProperties": False,
        }

    def read(self, raw: object) -> Cited:
        """Return the cited number that a table of a file states.

        Raises
        ------
        ValueError
            No table, an unknown key, no source, a wrong unit, or a number that is out of range or out of order; its
            arguments are the mistakes, each as "key: what; next move" or "key: what; allowed: …".
        """
        if isinstance(raw, Cited):
            return raw
        if not isinstance(raw, dict):
            raise ValueError(f'{raw!r} has no source; write {{ value = "… {self.shown}", low = …, source = "…" }}')
        wrong = list(_stray(raw))
        numbers: dict[str, float] = {}
        for key in ("value", "low", "high"):
            try:
                numbers[key] = self._number(raw.get(key, raw.get("value")))
            except ValueError as error:
                wrong += [f"{key}: {error}"] if key in raw else []
        best = numbers.get("value", math.nan)
        if numbers.get("low", -math.inf) > best:
            wrong.append(f"low: {raw['low']} is above the value, {raw['value']}; lower it")
        if numbers.get("high", math.inf) < best:
            wrong.append(f"high: {raw['high']} is below the value, {raw['value']}; raise it")
        if wrong:
            raise ValueError(*wrong)
        note = str(raw.get("note", ""))
        return Cited(**numbers, source=str(raw["source"]), seen=raw.get("seen", "yes"), note=note)

    def _number(self, raw: object) -> float:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise ValueError(f'{raw!r} is not a number with a unit; write it as "… {self.shown}"')
        if not isinstance(raw, str) and self.si != "1":
            raise ValueError(f'{raw} has no unit; write it as "{raw} {self.shown}"')
        try:
            value = float(raw) if not isinstance(raw, str) else si(raw, self.si)
        except UnitError as error:
            if self.si == "1":
                raise ValueError(f'"{raw}" is no pure number; write it without a unit, or in %') from error
            raise ValueError(f"{error}; write it in {self.shown}, or in any unit of the same kind") from error
        if not (math.isfinite(value) and self.lowest <= value <= self.highest):
            raise ValueError(f"{raw} is impossible; allowed: {self._limits()}")
        return value

    def _limits(self) -> str:
        scale = factor(self.si, self.shown)
        low, high = (f"{limit / scale:g}" for limit in (self.lowest, self.highest))
        text = f"{low} or more" if math.isinf(self.highest) else f"{low} to {high}"
        return text if self.shown == "1" else f"{text}, in {self.shown}"


def _stray(raw: dict[str, object]) -> Iterator[str]:
    """Yield what is wrong with the keys of a cited number's table, apart from its numbers."""
    allowed = ("value", "low", "high", "source", "seen", "note")
    for key in raw:
        if key not in allowed:
            yield f"{key}: an unknown key; allowed: {', '.join(allowed)}"
    if "value" not in raw:
        yield "value: nothing; add value = …"
    if not str(raw.get("source", "")).strip():
        yield 'source: nothing; add source = "key of a .bib file, place" (or the scenario\'s own reason)'
    if raw.get("seen", "yes") not in ("yes", "partly", "no"):
        yield f'seen: {raw["seen"]!r}; allowed: "yes", "partly", "no"'


_RIGHT = 1.5707963267948966

Metres = Annotated[Cited, Quantity("m", "km", 0.0)]
Lengths = Annotated[Cited, Quantity("m", "m", 0.0)]
Seconds = Annotated[Cited, Quantity("s", "s", 0.0)]
Minutes = Annotated[Cited, Quantity("s", "min", 0.0)]
Kilograms = Annotated[Cited, Quantity("kg", "kg", 0.0)]
Newtons = Annotated[Cited, Quantity("N", "kN", 0.0)]
Speeds = Annotated[Cited, Quantity("m/s", "km/s", 0.0)]
Angles = Annotated[Cited, Quantity("rad", "deg", -4 * _RIGHT, 4 * _RIGHT)]
Latitudes = Annotated[Cited, Quantity("rad", "deg", -_RIGHT, _RIGHT)]
Squares = Annotated[Cited, Quantity("m^2", "m^2", 0.0)]
Areas = Annotated[Cited, Quantity("m^2", "km^2", 0.0)]
Betas = Annotated[Cited, Quantity("kg/m^2", "kg/m^2", 0.0)]
Pascals = Annotated[Cited, Quantity("Pa", "psi", 0.0)]
Joules = Annotated[Cited, Quantity("J", "kt_TNT", 0.0)]
Hertz = Annotated[Cited, Quantity("Hz", "MHz", 0.0)]
Watts = Annotated[Cited, Quantity("W", "kW", 0.0)]
Kelvins = Annotated[Cited, Quantity("K", "K", 0.0)]
SolidAngles = Annotated[Cited, Quantity("sr", "sr", 0.0, 8 * _RIGHT)]
PowerApertures = Annotated[Cited, Quantity("W*m^2", "W*m^2", 0.0)]
Dollars = Annotated[Cited, Quantity("USD", "million_USD", 0.0)]
Numbers = Annotated[Cited, Quantity("1", "1", 0.0)]
Fractions = Annotated[Cited, Quantity("1", "1", 0.0, 1.0)]

Record = TypeVar("Record")
Pick = Callable[[str, Cited], float]


def cited(record: object, path: str = "") -> list[tuple[str, Cited]]:
    """Return every cited number inside a record, with the path to it, in order of the fields."""
    if isinstance(record, Cited):
        return [(path, record)]
    parts = _parts(record)
    return [found for _, label, item in parts for found in cited(item, f"{path}.{label}" if path else label)]


def at(record: Record, pick: Pick, path: str = "", within: Container[str] | None = None) -> Record:
    """Return a copy of a record in which each cited number has the value that `pick` chooses.

    What does not change is shared with the original, not copied.

    Parameters
    ----------
    record : frozen dataclass, dict, tuple or Cited
        What to copy; other things are returned as they are.
    pick : callable (path, Cited) -> float
        Chooses a value, for example ``lambda path, number: number.low``.
    path : str
        Name of the record, the start of each path.
    within : container of str, optional
        Paths to go into, for speed where few numbers change; what lies on other paths is left as it is.
    """
    if isinstance(record, Cited):
        value = pick(path, record)
        return record if value == record.value else _valued(record, value)  # type: ignore[return-value]
    parts = _parts(record)
    moved = {}
    for key, label, item in parts:
        place = f"{path}.{label}" if path else label
        if within is None or place in within:
            new = at(item, pick, place, within)
            if new is not item:
                moved[key] = new
    if not moved:
        return record
    made: Any
    if isinstance(record, dict):
        made = record | moved
    elif isinstance(record, tuple):
        made = tuple(moved.get(index, item) for index, item in enumerate(record))
    else:
        made = dataclasses.replace(record, **moved)  # type: ignore[type-var]
    return made  # type: ignore[no-any-return]


def _valued(number: Cited, value: float) -> Cited:
    return Cited(
        value=value, low=number.low, high=number.high, source=number.source, seen=number.seen, note=number.note
    )


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """Return the names of the fields of a type; none where it is no record."""
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def _inside(record: object) -> tuple[str, ...]:
    return _fields(type(record))  # type: ignore[arg-type]  # mypy holds no type to be hashable


def _parts(record: Any) -> list[tuple[Any, str, Any]]:
    """Return the parts of a record that may hold numbers: key, label in a path, part."""
    if isinstance(record, dict):
        pairs = [(key, str(key), item) for key, item in record.items()]
    elif isinstance(record, tuple):
        pairs = [(index, str(getattr(item, "name", "") or index), item) for index, item in enumerate(record)]
    else:
        pairs = [(name, name, getattr(record, name)) for name in _inside(record)]
    return [pair for pair in pairs if isinstance(pair[2], dict | tuple) or _inside(pair[2])]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A computed number with the interval that the inputs' ranges give it, in SI.

    Parameters
    ----------
    value : float
        With every input at its best value.
    low, high : float
        Ends of the interval; what it contains is said where it is shown.
    """

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationRow:
    """One published number beside ours.

    Parameters
    ----------
    case : str
        Name of the published case, for example ``"NESC-04 sim 05, 30 s"``.
    quantity : str
        What is compared.
    published, ours : float
        The two numbers, in `unit`.
    unit : str
        Unit of both.
    tolerance : str
        What difference the publisher's own spread allows, in words.
    passed : bool
        Whether the difference is inside it.
    source : str
        Who published it.
    note : str
        Why it fails, where it does, or what to know.
    """

    case: str
    quantity: str
    published: float
    ours: float
    unit: str
    tolerance: str
    passed: bool
    source: str
    note: str = ""
