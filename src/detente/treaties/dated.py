"""Agreements as data: parties, dates, clauses, and parameters that each hold from a date and have a source."""

from __future__ import annotations

import calendar
import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import ClassVar, Literal

from detente.units import factor, si

TextStatus = Literal["seen", "quoted", "unverified"]

_STRICT = {"extra": "forbid"}
_SURE: tuple[TextStatus, ...] = ("seen", "quoted", "unverified")


def least_sure(*statuses: TextStatus) -> TextStatus:
    """Return the least sure of several text statuses.

    Examples
    --------
    >>> least_sure("seen", "unverified", "quoted")
    'unverified'
    """
    return max(statuses, key=_SURE.index)


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, the last of the month where it has no such day.

    Examples
    --------
    >>> months_after(date(2001, 12, 13), 6)
    datetime.date(2002, 6, 13)
    >>> months_after(date(2001, 8, 31), 6)
    datetime.date(2002, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """Return the last day from which some months end on a day or before it.

    Examples
    --------
    >>> months_before(date(2002, 6, 13), 6), months_before(date(2002, 2, 28), 6)
    (datetime.date(2001, 12, 13), datetime.date(2001, 8, 31))
    """
    last = months_after(day, -months)
    while months_after(last + timedelta(1), months) <= day:
        last += timedelta(1)
    return last


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A provision of an agreement.

    Parameters
    ----------
    title : str
        What it is about, in a few words of our own.
    source : str
        Key in the sources of the agreement.
    text_status : {"seen", "quoted", "unverified"}
        Whether its text was read, known from a quotation or a summary, or recalled.
    """

    __pydantic_config__: ClassVar = _STRICT
    title: str
    source: str
    text_status: TextStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A value that holds from a day on.

    Parameters
    ----------
    since : date
        First day on which it holds.
    value : str or float
        A number with its unit, as the agreement puts it.
    si : float
        The same in SI; filled when the file is read.
    source : str
        Key in the sources of the agreement.
    text_status : {"seen", "quoted", "unverified"}
        Whether the number was read, known from a quotation, or recalled.
    note : str
        What a reader should know about it.
    """

    __pydantic_config__: ClassVar = _STRICT
    since: date
    value: str | float
    si: float
    source: str
    text_status: TextStatus
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A number of an agreement, with its values in order of time."""

    __pydantic_config__: ClassVar = _STRICT
    title: str
    clause: str
    unit: str = "1"
    """SI unit."""
    shown: str = "1"
    """Unit that people read it in."""
    values: tuple[Dated, ...]

    def at(self, on: date) -> Dated | None:
        """Return the value that holds on a day, None before the first."""
        return next((value for value in reversed(self.values) if value.since <= on), None)

    def after(self, on: date) -> Dated | None:
        """Return the next value that comes to hold after a day, None where there is none."""
        return next((value for value in self.values if value.since > on), None)

    def say(self, value: float) -> str:
        """Return a value in SI as words, in the unit that people read.

        Examples
        --------
        >>> Parameter(title="radius", clause="III", unit="m", shown="km", values=()).say(150000.0)
        '150 km'
        >>> Parameter(title="warheads", clause="II", values=()).say(6000.0)
        '6,000'
        """
        number = value / factor(self.unit, self.shown)
        decimals = 0 if abs(number) >= 1000.0 else 1 if self.shown == "1" else 3
        text = f"{number:,.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if decimals else text
        return text if self.shown == "1" else f"{text} {self.shown}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement: who is bound, from when to when, by which clauses and numbers.

    Parameters
    ----------
    name, title, short : str
        Name in scenario files, full title, and title in a sentence.
    parties : dict
        For each party to it, the names by which scenarios and catalog call that party.
    signed : date
        Day of signature.
    in_force : date or None
        First day on which it bound; None where it never did.
    ended : date or None
        First day on which it bound no more; None where it goes on.
    ended_by : str
        How it ended, or why it never came into force.
    withdrawal, amendment, commission : str
        Clauses on withdrawal, on amendments, and on the commission that settles questions; empty where none is known.
    notice : date or None
        Day of the notice of withdrawal that ended it.
    clauses, parameters, lists, sources : dict
        By key: provisions, numbers, lists of names, and sources in words with their address.
    """

    __pydantic_config__: ClassVar = _STRICT
    name: str
    title: str
    short: str
    parties: dict[str, tuple[str, ...]]
    signed: date
    in_force: date | None = None
    ended: date | None = None
    ended_by: str = ""
    notice: date | None = None
    withdrawal: str = ""
    amendment: str = ""
    commission: str = ""
    clauses: dict[str, Clause]
    parameters: dict[str, Parameter] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sources: dict[str, str]

    def binds_on(self, on: date) -> bool:
        """Whether it was in force on a day."""
        return self.in_force is not None and self.in_force <= on and (self.ended is None or on < self.ended)

    def why_not(self, on: date) -> str:
        """Return why it was not in force on a day, in words."""
        if self.in_force is None:
            return f"signed {self.signed}, never in force: {self.ended_by}"
        if on < self.signed:
            return f"signed only on {self.signed}"
        if on < self.in_force:
            return f"signed {self.signed}, in force only from {self.in_force}"
        return f"ended {self.ended}: {self.ended_by}"


@cache
def read(folder: str) -> Agreement:
    """Return the agreement that a folder of `detente.treaties` describes.

    Parameters
    ----------
    folder : str
        Name of the folder, for example ``"abm_1972"``.

    Raises
    ------
    ValueError
        The packaged file is not as it must be: a key, a date, a unit, or a source that does not exist.

    Examples
    --------
    >>> read("abm_1972").binds_on(date(2002, 6, 12)), read("abm_1972").binds_on(date(2002, 6, 13))
    (True, False)
    """
    from pydantic import TypeAdapter

    text = (files("detente.treaties") / folder / "parameters.toml").read_text("utf-8")
    raw = tomllib.loads(text)
    for parameter in raw.get("parameters", {}).values():
        for value in parameter["values"]:
            value["si"] = _number(value["value"], parameter.get("unit", "1"))
    made = TypeAdapter(Agreement).validate_python(raw)
    _checked(made, folder)
    return made


def _number(written: str | float, unit: str) -> float:
    return si(written, unit) if isinstance(written, str) else float(written)


def _checked(agreement: Agreement, folder: str) -> None:
    """Raise where a source or clause that is named does not exist, or values are out of order."""
    clauses, parameters = agreement.clauses, agreement.parameters
    cited = [clause.source for clause in clauses.values()]
    cited += [value.source for parameter in parameters.values() for value in parameter.values]
    lost = sorted(set(cited) - set(agreement.sources))
    lost += sorted({parameter.clause for parameter in parameters.values()} - set(clauses))
    named = ("Entry into force", agreement.withdrawal, agreement.amendment, agreement.commission)
    lost += [name for name in named if name and name not in clauses]
    if lost:
        raise ValueError(f"treaties/{folder}/parameters.toml names {', '.join(lost)}, which it does not hold; add it")
    for name, parameter in parameters.items():
        days = [value.since for value in parameter.values]
        if not days or days != sorted(set(days)):
            raise ValueError(f"treaties/{folder}/parameters.toml: values of {name} are not in order of time; sort them")
