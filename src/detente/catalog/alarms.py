"""What was published of false alarms: single incidents, and how often reports of each level came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal

from annotated_types import MinLen

from detente.sources import Fractions, Minutes, Numbers, Seen

Level = Literal["routine", "evaluated", "acted-on"]
"""A look at what was seen; a conference on whether it may be a threat; forces or leaders alerted."""
Origin = Literal["radar", "infrared", "center", "link"]
"""Where the report arose: in sensors of one kind, or where all data meet (processing, displays, lines)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One incident in which a warning system reported, or seemed to report, an attack that was none.

    `real` says whether an object in flight was there, taken for something else; else it was noise or an error.
    `reached` is the highest level that it is known to have reached, `checked` the kinds of sensor whose own data then
    spoke against it.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    name: str
    title: str
    party: str
    """Name of the party whose system it was."""
    on: date
    """Day, or the first of the month where only that is known."""
    place: str
    reported: str
    """What the system showed."""
    cause: str
    origin: Origin
    real: bool
    reached: Level
    checked: tuple[Literal["radar", "infrared"], ...] = ()
    duration: Minutes | None = None
    """From the first report to the judgment that it was no attack."""
    resolved: str
    """What showed that it was none."""
    source: str
    seen: Seen = "yes"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRate:
    """How many reports of one level a system had in a span of time, with the real launches among them.

    `counts` are totals of equal parts of the span, in order: one number, or one for each year.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    name: str
    title: str
    party: str
    level: Level
    sensors: Literal["all", "radar", "infrared"] = "all"
    """Kinds of sensor that the reports came from."""
    counts: Annotated[tuple[Numbers, ...], MinLen(1)]
    years: Numbers
    """Length of the whole span, in years."""
    launches: Numbers
    """Real launches that the system saw, a year."""
    launches_counted: Fractions
    """Share of them that the counts hold."""
    note: str = ""
