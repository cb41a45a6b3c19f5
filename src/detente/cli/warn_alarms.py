"""What `detente warn` says of flights that may be taken for an attack, and of false alarms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.cli.show import table
from detente.cli.warn_tables import case_names, grouped, path_title

if TYPE_CHECKING:
    from detente.scenario.scenario import Scenario
    from detente.sensing.false_alarms import FalseAlarms
    from detente.sensing.incident import Incident
    from detente.sources import Interval
    from detente.study.warning import WarningAnswer

_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))


def print_incidents(answer: WarningAnswer) -> None:
    """Print how each flight looks to a radar, and what is learnt of it, where a scenario has notices."""
    found = [(name, each) for name, one in answer.cases.items() for each in one.incidents]
    for party in dict.fromkeys(each.party for _, each in found):
        here = [(name, each) for name, each in found if each.party == party]
        _looks(answer, party, here)
        _learnt(answer, party, here)


def _looks(answer: WarningAnswer, party: str, found: Sequence[tuple[str, Incident]]) -> None:
    """Print what a party's first radar makes of each flight: flights side by side, cases that agree as one."""
    columns: dict[tuple[str, ...], list[str]] = {}
    for name, each in found:
        path = path_title(answer.scenario, each.threat, each.aim)
        columns.setdefault((path, *_column(each)), []).append(name)
    names = list(answer.cases)
    alike = len(columns) == len({head for head, *_ in columns})
    heads = [head if alike else f"{head}, {case_names(columns[(head, *rest)], names)}" for head, *rest in columns]
    labels = (
        "radar",
        "in sight, s",
        "looked at, s",
        "azimuth, deg",
        "elevation, deg",
        "distance, km",
        "height, km",
        "speed, km/s",
        "climb, deg",
        "range rate, km/s",
        "harmless from, s",
        "past turning, s",
    )
    rows = [(label, *(column[index + 1] for column in columns)) for index, label in enumerate(labels)]
    title = f"What radar shows {answer.scenario.parties[party].title} of each flight"
    note = (
        "Seconds after launch. Harmless: the ellipse that holds the impact with 99 % misses all ground that is feared "
    )
    note += "for; past turning: a missile that is feared would have burnt out too."
    table(title, ("", *heads), rows, note)


def _column(each: Incident) -> tuple[str, ...]:
    seen = each.seen
    if seen is None:
        return ("none", *("–",) * 9, _moment(each.excluded), _moment(each.settled))
    degrees = [f"{math.degrees(float(angle[0])):.0f}" for angle in (seen.azimuth, seen.elevation, seen.climb)]
    lengths = [f"{float(length[0]) / 1e3:,.0f}" for length in (seen.distance, seen.altitude)]
    return (
        each.radar,
        f"{each.first:.0f} to {each.last:.0f}",
        f"{float(seen.time[0]):.0f}",
        *degrees[:2],
        *lengths,
        f"{float(seen.speed[0]) / 1e3:.1f}",
        degrees[2],
        f"{float(seen.range_rate[0]) / 1e3:+.1f}",
        _moment(each.excluded),
        _moment(each.settled),
    )


def _moment(time: float) -> str:
    return f"{time:.0f}" if math.isfinite(time) else "never"


def _learnt(answer: WarningAnswer, party: str, found: Sequence[tuple[str, Incident]]) -> None:
    """Print what the center learns of each flight in order of time, and the chance of an attack that follows."""
    told: dict[tuple[str, tuple[tuple[str, str, str, str, str], ...]], list[str]] = {}
    for name, each in found:
        steps = tuple(
            (f"{step.time / 60:.1f}", step.what, *odds(step.belief)) for step in each.steps if step.time > 0.0
        )
        told.setdefault((path_title(answer.scenario, each.threat, each.aim), steps), []).append(name)
    rows, before, judgment = [], "", answer.scenario.judgment
    for (path, steps), names in sorted(told.items(), key=lambda item: _order(found, answer.scenario, item[0][0])):
        whose = case_names(names, list(answer.cases))
        for index, step in enumerate(steps or (("–", "nothing", "–", "–", "–"),)):
            rows.append((path if path != before else "", whose if index == 0 else "", *step))
            before = path
    heads = ("flight", "case", "min", "learnt", "attack", "lowest", "highest")
    width, note = len(heads) if judgment else 4, ""
    if judgment:
        prior = " to ".join(_one_in(each) for each in (judgment.prior.low, judgment.prior.high))
        note = (
            "Attack: the chance that one is under way, at best values and over all ranges of the scenario's judgment;"
        )
        note += f" before anything is seen, {_one_in(judgment.prior.value)} ({prior})."
    title = f"What the center of {answer.scenario.parties[party].title} learns, and what follows"
    table(title, heads[:width], [row[:width] for row in rows], note)


def _order(found: Sequence[tuple[str, Incident]], scenario: Scenario, path: str) -> int:
    return [path_title(scenario, each.threat, each.aim) for _, each in found].index(path)


def odds(belief: Interval | None) -> tuple[str, str, str]:
    """Return a chance with its low and high end as people say it.

    Examples
    --------
    >>> from detente.sources import Interval
    >>> odds(Interval(value=0.0012, low=4.7e-7, high=0.22))
    ('1 in 830', '1 in 2.1 million', '22%')
    """
    if belief is None:
        return "–", "–", "–"
    return _one_in(belief.value), _one_in(belief.low), _one_in(belief.high)


def _one_in(chance: float) -> str:
    if chance >= 0.995:
        return "over 99%"
    if chance >= 0.1:
        return f"{chance:.0%}"
    if chance <= 0.0:
        return "none"
    return f"1 in {_count(1.0 / chance)}"


def _count(number: float) -> str:
    """Return a number in two figures, in millions or billions where it is large.

    Examples
    --------
    >>> _count(2_143_000.0), _count(834.0), _count(52_000_000_000.0), _count(2.6)
    ('2.1 million', '830', '52 billion', '2.6')
    """
    for scale, word in _SCALES:
        if number >= 0.995 * scale:
            return f"{_two(number / scale)}{word}"
    return _two(number)


def _two(number: float) -> str:
    if number < 9.95:
        return f"{number:.1f}".removesuffix(".0")
    step = 10.0 ** (math.floor(math.log10(number)) - 1)
    return f"{round(number / step) * step:,.0f}"


def print_alarms(answer: WarningAnswer) -> None:
    """Print how often alarms are false, and what waiting for a second kind of sensor costs, where it is asked for."""
    found = answer.false_alarms
    if found is None:
        return
    year = 31_557_600.0
    rows = [
        (
            each.level.replace("-", " "),
            each.title,
            *(_span(part, year) for part in (each.reports, each.launches, each.noise)),
            _share(each.crisis),
        )
        for each in found.counts
    ]
    heads = (
        "level",
        "what was counted",
        "a year",
        "of launches",
        "of nothing",
        f"one in {found.crisis / 86400.0:g} days",
    )
    table("How often alarms are false", heads, rows, _agreed(found, year))
    _waiting(answer)


def _agreed(found: FalseAlarms, year: float) -> str:
    """Return in words how often radar and infrared agree by accident, and with a common cause."""
    told = [
        f"Radar ({each.radar}) and infrared ({each.infrared}) agree within {found.window / 60:g} min by accident once"
        f" in {_count(1.0 / each.by_accident / year)} years; through a cause where the data of both meet once in"
        f" {_count(1.0 / each.with_common_cause.value / year)} ({_count(1.0 / each.with_common_cause.high / year)} to"
        f" {_count(1.0 / each.with_common_cause.low / year)}) years."
        for each in found.agreeing
    ]
    share = f"Of the published reports with nothing behind them {_share(found.common_cause)} arose in such a place."
    return " ".join(["Levels are counted each by itself.", *told, share])


def _waiting(answer: WarningAnswer) -> None:
    """Print by how much warning is shorter if it waits for a second kind of sensor."""
    from detente.sensing.alarms import second_kind_cost

    told: dict[tuple[str, ...], dict[tuple[str, str], tuple[str, ...]]] = {}
    for name, one in answer.cases.items():
        for line in one.timelines:
            lost = second_kind_cost(line)
            cells = f"{line.warning_time / 60:.1f}", "never comes" if lost is None else f"{lost / 60:.1f}"
            told.setdefault((path_title(answer.scenario, line.threat, line.aim),), {})[name, line.mode] = cells
    heads = ("path", "case", "data", "warned", "lost")
    note = "Minutes at best values: warning by the first kind of sensor, and what is lost by waiting for the second."
    grouped(answer, "What waiting for a second kind of sensor costs", heads, told, note)


def _span(each: Interval, unit: float) -> str:
    value, low, high = (_amount(part * unit) for part in (each.value, each.low, each.high))
    return value if low == value == high else f"{value} ({low}–{high})"


def _amount(number: float) -> str:
    return f"{number:,.0f}" if number >= 10.0 else f"{number:.1g}" if number < 1.0 else f"{number:.1f}"


def _share(each: Interval) -> str:
    value, low, high = (_percent(part) for part in (each.value, each.low, each.high))
    return f"{value} ({low}–{high})"


def _percent(chance: float) -> str:
    return f"{chance:.0%}" if chance >= 0.01 else f"{100.0 * chance:.1g}%"
