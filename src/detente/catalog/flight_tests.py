"""Flight tests of missile defenses, as reported: what was tried, against what, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from detente.catalog.consistent import Contradiction, contradictions
from detente.sources import Metres, Numbers, Seen, Speeds

Kind = Literal["intercept", "flight", "satellite", "combat", "tally"]
Outcome = Literal["hit", "miss", "partial", "disputed", "claimed", "none", "launched", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightTest:
    """One launch of an interceptor, or one target it was launched at, with what was reported of it.

    `kind` keeps apart what may not be added up: attempts to intercept in a test, flights on which no intercept was
    tried, shots at satellites, use in combat, and tallies that others published. Tests are scripted: the crew knows
    the time, place and target, so their rate of hits is no kill probability.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    name: str
    title: str
    """What the test is called, or a description where it has no name."""
    system: str
    """The interceptor and its launch system, by its usual name."""
    on: date
    """Day, or the first day of the month, year or decade where only that is known."""
    known_to: Literal["day", "month", "year", "decade"] = "day"
    """How closely the date is known."""
    kind: Kind
    outcome: Outcome
    """What came of it: "none" where no intercept could come of it, "launched" and "failed" of flights for their own."""
    ballistic: bool = True
    """Whether the target was a ballistic missile or stood for one; else an aircraft, drone or cruise missile."""
    target: str = ""
    """What the target was, as reported."""
    reported: str = ""
    """What was reported of range, speed or height, in words."""
    target_range: Metres | None = None
    """Ground range of the target's flight, or of the missiles it stands for."""
    target_speed: Speeds | None = None
    closing_speed: Speeds | None = None
    """Of interceptor and target at the intercept."""
    intercept_altitude: Metres | None = None
    attempts: Numbers | None = None
    """Attempts that a tally counts."""
    hits: Numbers | None = None
    """Hits that a tally counts."""
    source: str
    seen: Seen = "yes"
    note: str = ""


OUTCOMES: dict[Kind, tuple[Outcome, ...]] = {
    "intercept": ("hit", "miss", "partial", "disputed", "claimed"),
    "flight": ("none", "launched", "failed"),
    "satellite": ("hit", "miss"),
    "combat": ("disputed", "claimed"),
    "tally": ("none",),
}
"""What can come of a launch of each kind."""


@contradictions.register
def _flight_test(record: FlightTest) -> Iterator[Contradiction]:
    fitting = OUTCOMES[record.kind]
    if record.outcome not in fitting:
        yield Contradiction(
            path="outcome",
            found=f'outcome = "{record.outcome}" of kind = "{record.kind}"',
            allowed=" or ".join(f'"{each}"' for each in fitting),
            do="Correct one of the two.",
        )
    for name in ("attempts", "hits"):
        if (getattr(record, name) is None) == (record.kind == "tally"):
            told = ("no", "a number") if record.kind == "tally" else ("a number of", "none: it is one test")
            do = "Add it, with its source." if record.kind == "tally" else "Delete the line."
            yield Contradiction(path=name, found=f"{told[0]} {name}", allowed=told[1], do=do)
    tried, hit = record.attempts, record.hits
    if tried is not None and hit is not None and hit.value > tried.value:
        found = f"{hit.value:g} hits in {tried.value:g} attempts"
        yield Contradiction(path="hits", found=found, allowed=f"0 to {tried.value:g}", do="Correct one of the two.")
