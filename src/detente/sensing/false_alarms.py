"""False alarms of the catalog in one view: what each level comes to in a crisis, and what two kinds of sensor do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from detente.sensing.alarms import agreeing, chance, coincidences, common_cause, launches, noise, rate
from detente.sources import Interval

if TYPE_CHECKING:
    from detente.catalog.alarms import Alarm, AlarmRate

DAY = 86_400.0
CRISIS = 13.0 * DAY
"""Length of a crisis where none is asked for [s]: the thirteen days of October 1962."""
WINDOW = 600.0
"""Greatest time between two reports that are taken for one event [s]; ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One count of reports that were no attack.

    Parameters
    ----------
    name, title, party, level, sensors : str
        As in the catalog's record.
    reports : Interval
        All of them [1/s], with the 5 % and 95 % point of the rate.
    launches, noise : Interval
        Those with a real launch behind them, and the rest [1/s].
    crisis : Interval
        Chance of at least one in a crisis.
    """

    name: str
    title: str
    party: str
    level: str
    sensors: str
    reports: Interval
    launches: Interval
    noise: Interval
    crisis: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreeing:
    """How often radar and infrared report falsely together.

    Parameters
    ----------
    radar, infrared : str
        Names of the counts.
    by_accident : float
        If neither knows of the other [1/s].
    with_common_cause : Interval
        If some reports arise where the data of both meet [1/s].
    """

    radar: str
    infrared: str
    by_accident: float
    with_common_cause: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseAlarms:
    """What the catalog's counts of false alarms come to.

    Parameters
    ----------
    crisis, window : float
        Length of the crisis, and of the window in which two reports are taken for one [s].
    counts : tuple of Counted
        By level: routine, evaluated, acted on.
    common_cause : Interval
        Share of reports with nothing real behind them that arose where all data meet.
    agreeing : tuple of Agreeing
        For each pair of a count of radar alone and of infrared alone.
    """

    crisis: float
    window: float
    counts: tuple[Counted, ...]
    common_cause: Interval
    agreeing: tuple[Agreeing, ...]


def false_alarms(
    rates: Mapping[str, AlarmRate], incidents: Mapping[str, Alarm], crisis: float = CRISIS, window: float = WINDOW
) -> FalseAlarms:
    """Return what counts of false alarms come to.

    Parameters
    ----------
    rates, incidents : mapping
        Of the catalog, by name.
    crisis, window : float
        As in `FalseAlarms` [s], above 0.
    """
    shared = common_cause(incidents.values())
    alone = {kind: [each for each in rates.values() if each.sensors == kind] for kind in ("radar", "infrared")}
    levels = ("routine", "evaluated", "acted-on")
    return FalseAlarms(
        crisis=crisis,
        window=window,
        counts=tuple(
            _counted(each, crisis) for each in sorted(rates.values(), key=lambda one: levels.index(one.level))
        ),
        common_cause=shared,
        agreeing=tuple(
            _agreeing(one, other, window, shared) for one, other in product(alone["radar"], alone["infrared"])
        ),
    )


def _counted(record: AlarmRate, crisis: float) -> Counted:
    often = rate(record)
    return Counted(
        name=record.name,
        title=record.title,
        party=record.party,
        level=record.level,
        sensors=record.sensors,
        reports=often.interval(),
        launches=launches(record),
        noise=noise(record),
        crisis=chance(often, crisis),
    )


def _agreeing(radar: AlarmRate, infrared: AlarmRate, window: float, shared: Interval) -> Agreeing:
    first, second = rate(radar).mean, rate(infrared).mean
    value, low, high = (agreeing(first, second, window, part) for part in (shared.value, shared.low, shared.high))
    return Agreeing(
        radar=radar.name,
        infrared=infrared.name,
        by_accident=coincidences(first, second, window),
        with_common_cause=Interval(value=value, low=low, high=high),
    )
