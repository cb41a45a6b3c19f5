"""Planned tests beside the lines of the 1997 statements, 3 km/s, 5 km/s and 3,500 km, read from the treaty itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from detente.catalog.records import Interceptor
from detente.flight.target_speed import TargetSpeed
from detente.sources import Cited
from detente.treaties.check import agreement
from detente.treaties.dated import TextStatus

Side = Literal["within", "beyond", "either side", "not known"]

LINES = ("interceptor_speed", "target_speed", "target_range")
"""Parameters of the agreement that draw its lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One number of a planned test beside one line of the statements.

    Parameters
    ----------
    parameter : str
        Key of the line in the agreement.
    title : str
        What the line limits.
    limit : float
        Where it is drawn, in SI.
    value, low, high : float or None
        Number of the test with its range, in SI; None where it is not known.
    side : {"within", "beyond", "either side", "not known"}
        Where the number lies; on the line is within. "either side" where its range holds the line.
    meaning : str
        What follows, in words.
    article : str
        Which statement draws the line.
    text_status : {"seen", "quoted", "unverified"}
        How sure the text of the line is.
    how : str
        Where the number is from.
    """

    parameter: str
    title: str
    limit: float
    value: float | None
    low: float | None
    high: float | None
    side: Side
    meaning: str
    article: str
    text_status: TextStatus
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A number to set beside a line, in SI, and where it is from."""

    value: float
    low: float
    high: float
    how: str


def planned_test(interceptor: Interceptor, target: TargetSpeed | None = None) -> tuple[Line, ...]:
    """Return each line of the 1997 statements with the number of a planned test beside it.

    Parameters
    ----------
    interceptor : Interceptor
        From the catalog.
    target : TargetSpeed, optional
        Of the target; by default the hardest target that the catalog credits the interceptor with.

    References
    ----------
    First and Second Agreed Statements of 26 September 1997, as in `treaties/demarcation_1997`: signed, never in force.
    """
    speed = _cited(interceptor.burnout_speed)
    if target is not None:
        against = Beside(value=target.value, low=target.low, high=target.high, how=target.how)
        flown: Beside | None = Beside(
            value=target.ground_range, low=target.ground_range, high=target.ground_range, how="as planned"
        )
        numbers = {"interceptor_speed": speed, "target_speed": against, "target_range": flown}
    else:
        credited = _cited(interceptor.target_speed), _cited(interceptor.largest_target_range)
        numbers = {"interceptor_speed": speed, "target_speed": credited[0], "target_range": credited[1]}
    return tuple(_line(name, numbers[name], interceptor) for name in LINES)


def _cited(number: Cited | None) -> Beside | None:
    if number is None:
        return None
    how = "catalog, unverified" if number.unverified else "catalog"
    return Beside(value=number.value, low=number.low, high=number.high, how=how)


def _line(name: str, number: Beside | None, interceptor: Interceptor) -> Line:
    law = agreement("demarcation-1997")
    parameter = law.parameters[name]
    limit = parameter.values[-1]
    side = _side(number, limit.si)
    return Line(
        parameter=name,
        title=parameter.title,
        limit=limit.si,
        value=None if number is None else number.value,
        low=None if number is None else number.low,
        high=None if number is None else number.high,
        side=side,
        meaning=_meaning(name, side, interceptor),
        article=parameter.clause,
        text_status=limit.text_status,
        how="" if number is None else number.how,
    )


def _side(number: Beside | None, limit: float) -> Side:
    if number is None:
        return "not known"
    if number.high <= limit:
        return "within"
    return "beyond" if number.low > limit else "either side"


_INTERCEPTOR: dict[Side, str] = {
    "within": "a lower-velocity system: compliant if never tested against a target beyond the other two lines",
    "beyond": "a higher-velocity system: each side judges for itself, its targets held to the other two lines",
    "either side": "its class depends on which published speed holds",
    "not known": "no burnout speed in the catalog: the statements cannot be applied",
}
_TARGET: dict[Side, str] = {
    "within": "a target that the statements allow",
    "beyond": "a target that the statements bar for theater systems",
    "either side": "allowed or barred, by which end of the range holds",
    "not known": "no target is planned or credited",
}


def _meaning(name: str, side: Side, interceptor: Interceptor) -> str:
    if interceptor.strategic:
        return "a strategic system: held by the ABM Treaty itself, not by the statements"
    if interceptor.laser_range_liquid is not None:
        return "a laser has no speed of its own: the statements do not speak of it"
    if interceptor.basing == "space":
        return "in space: barred by the Second Statement whatever its speed"
    return _INTERCEPTOR[side] if name == "interceptor_speed" else _TARGET[side]
