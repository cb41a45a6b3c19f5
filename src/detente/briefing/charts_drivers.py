"""Tornado: how far each assumption alone moves the first number of a chapter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, SOFT, Row, lay, tint
from detente.briefing.drivers import said
from detente.briefing.findings import findings
from detente.briefing.palette import GREY
from detente.briefing.words import figures, minutes, percent
from detente.study.record import Answer, CaseAnswer, Driver

MOST = 5
"""Bars of a tornado."""


def tornado(answer: Answer, chapter: str) -> Chart | None:
    """Return the assumptions that move the first number of a chapter most, None where nothing moves it."""
    for claim in findings(answer):
        drivers = answer.cases[claim.case].drivers.get(claim.key, ())[:MOST]
        if claim.chapter == chapter and drivers:
            return _tornado(answer, answer.cases[claim.case], chapter, claim.key, drivers)
    return None


def _tornado(answer: Answer, one: CaseAnswer, chapter: str, key: str, drivers: tuple[Driver, ...]) -> Chart:
    number, shown = one.headlines[key], _shown(key)
    labels = [said(item.assumption) + (" (unverified)" if item.unverified else "") for item in drivers]
    plan = lay([("", labels)], top=30, least=28, most=38)
    ends = [value for item in drivers for value in (item.at_low, item.at_high)]
    low, high = min(*ends, number.value), max(*ends, number.value)
    room = 0.2 * (high - low)
    frame = Frame(width=400, height=plan.height, low=low - room, high=high + room, margin=255)
    placed = list(zip(drivers, plan.places, strict=True))
    middle: list[Row] = [{"x": number.value, "y": 20, "y2": plan.height, "color": SOFT}]
    best = f"{shown(number.value)} with every input at its best value"
    drawn = [
        *frame.around(plan),
        frame.bars(_bars(placed, number.value), 14),
        frame.uprights(middle),
        *_ends(frame, placed, shown),
        frame.words([{"x": number.value, "y": 9, "text": best, "color": SOFT}], align="center"),
    ]
    rows: list[list[object]] = [
        [
            said(item.assumption),
            shown(item.at_low),
            shown(item.at_high),
            "unverified" if item.unverified else "published",
        ]
        for item in drivers
    ]
    heads = ["assumption", "at its low end", "at its high end", "range"]
    return finish(_words(answer, one, chapter, key, drivers[0]), panel(frame, drawn), heads, rows)


def _bars(placed: Sequence[tuple[Driver, float]], middle: float) -> list[Row]:
    return [
        {"x": middle, "x2": value, "y": y, "color": color}
        for item, y in placed
        for value, color in ((item.at_low, tint(GREY, 0.45)), (item.at_high, GREY))
    ]


def _ends(frame: Frame, placed: Sequence[tuple[Driver, float]], shown: Callable[[float], str]) -> list[Any]:
    """Return the numbers at both ends of each bar; which end of the assumption it is stands beside the first."""
    sides: dict[str, list[Row]] = {"right": [], "left": []}
    for item, y in placed:
        for name, value, other in (("low", item.at_low, item.at_high), ("high", item.at_high, item.at_low)):
            text = f"{name} end: {shown(value)}" if item is placed[0][0] else shown(value)
            side = "right" if value < other else "left"
            sides[side].append({"x": value, "y": y, "text": text, "color": INK})
    return [frame.words(rows, align=side, dx=-5 if side == "right" else 5) for side, rows in sides.items()]


def _words(answer: Answer, one: CaseAnswer, chapter: str, key: str, top: Driver) -> Words:
    shown, (what, where) = _shown(key), _what(answer, key)
    low, high = sorted((top.at_low, top.at_high))
    return Words(
        name=f"{chapter}-tornado",
        title=f"{what} most with {said(top.assumption)}: from {shown(low)} to {shown(high)}",
        subtitle=f"{where}, {one.case.title}; one assumption at a time at its low (light) and its high end (dark)",
        caption=(
            "Each bar moves one assumption over its published or assumed range, all records that have it together, and "
            "keeps every other input at its best value. Unverified: part of the range was recalled or assumed."
        ),
    )


def _what(answer: Answer, key: str) -> tuple[str, str]:
    """Return what a headline number is, for a title and for a subtitle with its unit."""
    kind, name, *rest = key.split(".")
    if kind == "stability":
        attacker = answer.scenario.parties[name.removesuffix("-first")].title
        return "Retaliation moves", f"Warheads {rest[-1]} after a first strike by {attacker}"
    threat = answer.scenario.threats[name].title
    if rest[-1] == "p_no_leak":
        return "The chance that none gets through moves", f"Chance that none gets through, percent: {threat}"
    return "What gets through moves", f"Warheads expected to get through: {threat}"


def _shown(key: str) -> Callable[[float], str]:
    if key.endswith("p_no_leak"):
        return percent
    return minutes if key.endswith("_time") else figures
