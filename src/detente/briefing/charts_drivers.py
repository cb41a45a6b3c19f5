"""Tornado: how far each assumption alone moves the first number of a chapter."""

from __future__ import annotations

from collections.abc import Callable

from detente.briefing.charts_draw import INK, SOFT, Chart, Frame, Row, Words, finish, lay, panel
from detente.briefing.drivers import said
from detente.briefing.findings import findings
from detente.briefing.palette import BLUE, ORANGE
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
    number, what, shown = one.headlines[key], _what(answer, key), _shown(key)
    plan = lay(
        [("", [said(item.assumption) + (" (unverified)" if item.unverified else "") for item in drivers])],
        top=30,
        least=28,
    )
    ends = [value for item in drivers for value in (item.at_low, item.at_high)]
    low, high = min(*ends, number.value), max(*ends, number.value)
    room = 0.16 * (high - low)
    frame = Frame(width=440, height=plan.height, low=low - room, high=high + room)
    placed = list(zip(drivers, plan.places, strict=True))
    bars: list[Row] = []
    texts: dict[str, list[Row]] = {"right": [], "left": []}
    for item, y in placed:
        for value, color, other in ((item.at_low, ORANGE, item.at_high), (item.at_high, BLUE, item.at_low)):
            bars.append({"x": number.value, "x2": value, "y": y, "color": color})
            texts["left" if value < other else "right"].append({"x": value, "y": y, "text": shown(value), "color": INK})
    middle: list[Row] = [{"x": number.value, "y": 20, "y2": plan.height, "color": SOFT}]
    top: list[Row] = [
        {"x": number.value, "y": 9, "text": f"{shown(number.value)} with every input at its best value", "color": SOFT}
    ]
    drawn = [
        frame.bars(bars, 14),
        frame.uprights(middle, (1, 0)),
        frame.words(texts["left"], align="right", dx=-5),
        frame.words(texts["right"], dx=5),
        frame.words(top, align="center"),
        *frame.beside(plan),
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
    return finish(_words(chapter, one, what, drivers[0], shown), panel(frame, drawn), heads, rows)


def _words(chapter: str, one: CaseAnswer, what: str, top: Driver, shown: Callable[[float], str]) -> Words:
    low, high = sorted((top.at_low, top.at_high))
    return Words(
        name=f"{chapter}-tornado",
        title=f"It depends most on {said(top.assumption)}: {shown(low)} to {shown(high)} over its range alone",
        subtitle=f"{what}, under {one.case.title}: one assumption at a time at its low (orange) and its high end (blue)",
        caption=(
            "Each bar moves one assumption over its published or assumed range, all records that have it together, and "
            "keeps every other input at its best value. Unverified: part of the range was recalled or assumed."
        ),
    )


def _what(answer: Answer, key: str) -> str:
    kind, name, *rest = key.split(".")
    if kind == "stability":
        attacker = answer.scenario.parties[name.removesuffix("-first")].title
        return f"Warheads {rest[-1]} if {attacker} strikes first"
    what = "Chance that none gets through" if rest[-1] == "p_no_leak" else "Warheads expected to get through"
    return f"{what}, {answer.scenario.threats[name].title}"


def _shown(key: str) -> Callable[[float], str]:
    if key.endswith("p_no_leak"):
        return percent
    return minutes if key.endswith("_time") else figures
