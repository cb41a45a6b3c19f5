"""The charts of each chapter: the main picture first, none where the scenario has nothing for it."""

from __future__ import annotations

from detente.briefing import (
    charts_cooperation,
    charts_law,
    charts_protection,
    charts_stability,
    charts_warning,
    charts_watch,
)
from detente.briefing.charts_draw import Chart
from detente.briefing.charts_drivers import tornado
from detente.study.record import Answer

__all__ = ["Chart", "cooperation", "law", "protection", "stability", "warning"]


def protection(answer: Answer) -> tuple[Chart, ...]:
    """Return the chance that none gets through, what each layer stops, and what drives it."""
    return _made(charts_protection.chances(answer), charts_protection.layers(answer), tornado(answer, "protection"))


def warning(answer: Answer) -> tuple[Chart, ...]:
    """Return the time from launch to impact for each path, and the hours in which no satellite watches."""
    return _made(charts_warning.timelines(answer), charts_watch.blind_hours(answer))


def stability(answer: Answer) -> tuple[Chart, ...]:
    """Return the forces step by step, the retaliation beside the requirement, and what drives it."""
    return _made(charts_stability.drawdown(answer), charts_stability.retaliation(answer), tornado(answer, "stability"))


def law(answer: Answer) -> tuple[Chart, ...]:
    """Return the matrix of elements and clauses."""
    return _made(charts_law.matrix(answer))


def cooperation(answer: Answer) -> tuple[Chart, ...]:
    """Return what shared data adds to minutes of warning and to hours of watch."""
    return _made(charts_cooperation.minutes_added(answer), charts_cooperation.hours_added(answer))


def _made(*drawn: Chart | None) -> tuple[Chart, ...]:
    return tuple(one for one in drawn if one is not None)
