"""The charts of each chapter: the main picture first, none where the scenario has nothing for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from detente.briefing import (
    charts_cooperation,
    charts_law,
    charts_protection,
    charts_stability,
    charts_stability_map,
    charts_warning,
    charts_watch,
)
from detente.briefing.charts_draw import Chart
from detente.briefing.charts_drivers import tornado
from detente.study.record import Answer

__all__ = ["Chart", "cooperation", "law", "protection", "stability", "warning"]


def protection(answer: Answer) -> tuple[Chart, ...]:
    """Return the chance that none gets through, what each layer stops, and what drives it."""
    return _made(answer, charts_protection.chances, charts_protection.layers, partial(tornado, chapter="protection"))


def warning(answer: Answer) -> tuple[Chart, ...]:
    """Return the time from launch to impact for each path, and the hours in which no satellite watches."""
    return _made(answer, charts_warning.timelines, charts_watch.blind_hours)


def stability(answer: Answer) -> tuple[Chart, ...]:
    """Return the forces step by step, the retaliation beside the requirement, the map, and what drives it."""
    drives = partial(tornado, chapter="stability")
    return _made(
        answer, charts_stability.drawdown, charts_stability.retaliation, charts_stability_map.cases_map, drives
    )


def law(answer: Answer) -> tuple[Chart, ...]:
    """Return the matrix of elements and clauses."""
    return _made(answer, charts_law.matrix)


def cooperation(answer: Answer) -> tuple[Chart, ...]:
    """Return what shared data adds to minutes of warning and to hours of watch."""
    return _made(answer, charts_cooperation.minutes_added, charts_cooperation.hours_added)


def _made(answer: Answer, *makers: Callable[[Answer], Chart | None]) -> tuple[Chart, ...]:
    """Return the charts that the answer has something for."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(
        False
    ):  # Altair's checks of each part against its schema are for tests: they take a third of the time
        return tuple(chart for maker in makers if (chart := maker(answer)) is not None)
