"""Numbers as people read them: few figures, the interval beside the value, the unit said."""

from __future__ import annotations

import math
from datetime import date

from detente.sources import Interval


def percent(value: float) -> str:
    """Return a probability as percent between 1 and 99, else as "under 1 %" or "over 99 %".

    Examples
    --------
    >>> percent(0.834), percent(0.001), percent(0.999)
    ('83 %', 'under 1 %', 'over 99 %')
    """
    if value < 0.01:
        return "under 1 %"
    return "over 99 %" if value > 0.99 else f"{value * 100:.0f} %"


def percent_interval(interval: Interval) -> str:
    """Return a probability with its interval.

    Examples
    --------
    >>> percent_interval(Interval(value=0.8, low=0.6, high=0.95))
    '80 % (60–95 %)'
    """
    value, low, high = percent(interval.value), percent(interval.low), percent(interval.high)
    if low == high:
        return value
    low = low.removesuffix(" %") if low[0].isdigit() and high[0].isdigit() else low
    return f"{value} ({low}–{high})" if low[0].isdigit() and high[0].isdigit() else f"{value} ({low} to {high})"


def figures(value: float) -> str:
    """Return a number with two significant figures, whole from ten on, with thousands marked.

    Examples
    --------
    >>> figures(1234.0), figures(0.4567), figures(12.3), figures(0.0996), figures(0.0)
    ('1,200', '0.46', '12', '0.10', '0')
    """
    if value == 0:
        return "0"
    rounded = float(f"{value:.1e}")
    digits = 1 - math.floor(math.log10(abs(rounded)))
    return f"{rounded:,.0f}" if abs(rounded) >= 10 or rounded == int(rounded) else f"{rounded:,.{max(digits, 0)}f}"


def number_interval(interval: Interval, unit: str = "", scale: float = 1.0) -> str:
    """Return a number with its interval and unit.

    Examples
    --------
    >>> number_interval(Interval(value=840, low=510, high=1100))
    '840 (510–1,100)'
    """
    value, low, high = (figures(item / scale) for item in (interval.value, interval.low, interval.high))
    tail = f" {unit}" if unit else ""
    return f"{value}{tail}" if low == high else f"{value}{tail} ({low}–{high})"


def minutes(seconds: float) -> str:
    """Return a time in whole minutes.

    Examples
    --------
    >>> minutes(100), minutes(1500), minutes(0)
    ('2 min', '25 min', '0 min')
    """
    return f"{seconds / 60:.0f} min"


def minutes_interval(interval: Interval) -> str:
    """Return a time in whole minutes with its interval.

    Examples
    --------
    >>> minutes_interval(Interval(value=1500, low=1440, high=1860))
    '25 min (24–31)'
    """
    value, low, high = (f"{item / 60:.0f}" for item in (interval.value, interval.low, interval.high))
    return f"{value} min" if low == high else f"{value} min ({low}–{high})"


def listed(items: list[str]) -> str:
    """Return a list in words.

    Examples
    --------
    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else "none"


_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def counted(number: int) -> str:
    """Return a count in words up to twelve.

    Examples
    --------
    >>> counted(5), counted(40)
    ('five', '40')
    """
    return _COUNTS[number] if 0 <= number < len(_COUNTS) else f"{number:,}"


def times(number: int) -> str:
    """Return how often.

    Examples
    --------
    >>> times(1), times(2), times(5)
    ('once', 'twice', 'five times')
    """
    return {1: "once", 2: "twice"}.get(number, f"{counted(number)} times")


def day(on: date) -> str:
    """Return a date as it is said.

    Examples
    --------
    >>> day(date(2001, 8, 8))
    '8 August 2001'
    """
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
