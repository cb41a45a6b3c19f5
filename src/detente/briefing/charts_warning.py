"""Pictures of warning: the time from launch to impact on each path, and the hours in which no satellite watches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detente.briefing.charts_draw import INK, SOFT, Chart, Frame, Row, Words, color_of, finish, lay, panel, tint
from detente.briefing.words import figures, listed, minutes
from detente.study.record import Answer, CaseAnswer

if TYPE_CHECKING:
    from detente.sensing.coverage import Coverage
    from detente.sensing.timeline import Timeline

UNSEEN, ORDER = "#e3e6ea", "#8b929b"


@dataclass(frozen=True, slots=True)
class _Bar:
    """One timeline as drawn: moments in minutes before impact, negative."""

    party: str
    path: str
    line: Timeline
    cases: tuple[str, ...]

    @property
    def flight(self) -> float:
        """Minutes of flight."""
        return next(event.time for event in self.line.events if event.event == "impact") / 60

    @property
    def seen(self) -> float:
        """First report at the national center."""
        return -self.line.warning_time / 60

    @property
    def assessed(self) -> float:
        """End of assessment and conference, at impact at the latest."""
        return self._at("conference done", 0.0) if self.seen < 0 else 0.0

    @property
    def last(self) -> float:
        """Last moment to decide, at impact for a party without a procedure."""
        return self._at("last moment to decide", 0.0)

    def _at(self, event: str, missing: float) -> float:
        found = next((item.time for item in self.line.events if item.event == event), None)
        return missing if found is None else min(found / 60 - self.flight, 0.0)

    @property
    def sensor(self) -> str:
        """Who reports first, empty where nobody does before impact."""
        if self.seen >= 0:
            return ""
        first = (self.flight + self.seen) * 60
        found = {item.event: item for item in self.line.events}
        satellite, track = found.get("satellite report"), found.get("radar track")
        if satellite is not None and (track is None or abs(satellite.time - first) < abs(track.time - first)):
            return satellite.sensor
        return track.sensor if track is not None else ""

    @property
    def told(self) -> str:
        """Warning and decision time in words."""
        if self.seen >= 0:
            return "not seen before impact"
        decide = minutes(self.line.decision_time)
        if self.line.decision_time <= 0 and self.line.shortfall > 0:
            decide = f"none, {minutes(max(self.line.shortfall, 60))} short" if self.line.shortfall >= 30 else "none"
        return decide


def timelines(answer: Answer) -> Chart | None:
    """Return a bar for each path, party and state of knowledge, with impact at the right edge."""
    groups = _groups(answer)
    if not groups:
        return None
    flat = [bar for bars in groups.values() for bar in bars]
    plan = lay([(heading, [_label(answer, bar, bars) for bar in bars]) for heading, bars in groups.items()], top=46)
    longest = 5.0 * np.ceil(max(bar.flight for bar in flat) / 5.0)
    frame = Frame(
        width=350,
        height=plan.height,
        low=-longest,
        high=0,
        axis="minutes before impact",
        ticks=tuple(float(at) for at in np.arange(-longest, 1, 5)),
        labels="datum.value == 0 ? 'impact' : abs(datum.value)",
    )
    placed = list(zip(flat, plan.places, strict=True))
    bars = [row for bar, y in placed for row in _phases(bar, y, color_of(answer, bar.party))]
    ranges: list[Row] = [
        {"x": -bar.line.warning_time_high / 60, "x2": -bar.line.warning_time_low / 60, "y": y, "color": INK}
        for bar, y in placed
        if bar.line.warning_time_high - bar.line.warning_time_low > 30
    ]
    warned = [(y, minutes(bar.line.warning_time) if bar.seen < 0 else "none", INK) for bar, y in placed]
    drawn = [
        frame.bars(bars, 13),
        frame.spans(ranges, 1.5),
        *frame.beside(plan),
        *_key(frame),
        frame.column(362, "warning", warned),
        frame.column(424, "to decide", [(y, bar.told if bar.seen < 0 else "none", INK) for bar, y in placed]),
        frame.column(524, "first report", [(y, bar.sensor or "nobody", SOFT) for bar, y in placed]),
    ]
    heads = ["party", "path", "data", "cases", "flight, min", "warning, min", "to decide, min", "first report by"]
    rows = [_row(answer, bar) for bar in flat]
    return finish(_timeline_words(answer, flat), panel(frame, drawn), heads, rows)


def _row(answer: Answer, bar: _Bar) -> list[object]:
    times = [f"{value:.1f}" for value in (bar.flight, bar.line.warning_time / 60, bar.line.decision_time / 60)]
    who = answer.scenario.parties[bar.party].title
    return [who, bar.path, bar.line.mode, listed(list(bar.cases)), *times, bar.sensor or "nobody before impact"]


def _groups(answer: Answer) -> dict[str, list[_Bar]]:
    """Return the bars of each path, own above shared, cases that do not differ by a minute in one bar."""
    corridors = any(threat.kind == "corridor" for threat in answer.scenario.threats.values())
    found: dict[str, list[_Bar]] = {}
    for name, threat in answer.scenario.threats.items():
        if corridors and threat.kind != "corridor":
            continue
        who = answer.scenario.parties[threat.against].title
        bars: dict[tuple[object, ...], _Bar] = {}
        for mode in ("own", "shared"):
            for one in answer.cases.values():
                line = _worst(one, name, mode)
                if line is not None:
                    bar = _Bar(line.party, threat.title, line, (one.case.title,))
                    key = (mode, round(bar.seen), round(line.decision_time / 60), bar.sensor)
                    cases = (*bars[key].cases, one.case.title) if key in bars else bar.cases
                    bars[key] = _Bar(line.party, threat.title, bars[key].line if key in bars else line, cases)
        if bars:
            found[f"{threat.title} (warns {who})"] = list(bars.values())
    return found


def _worst(one: CaseAnswer, threat: str, mode: str) -> Timeline | None:
    lines = [line for line in one.timelines if (line.threat, line.mode) == (threat, mode)]
    return min(lines, key=lambda line: line.warning_time, default=None)


def _label(answer: Answer, bar: _Bar, bars: Sequence[_Bar]) -> str:
    """Return the state of knowledge and the cases it holds in."""
    alone = sum(other.line.mode == bar.line.mode for other in bars) == 1
    if alone and len(bar.cases) == len(answer.cases):
        return bar.line.mode if len(answer.cases) == 1 else f"{bar.line.mode}, every case"
    return f"{bar.line.mode}, {listed(list(bar.cases))}"


def _phases(bar: _Bar, y: float, color: str) -> list[Row]:
    """Return the parts of a bar from launch to impact."""
    start, seen, assessed, last = -bar.flight, bar.seen, bar.assessed, bar.last
    busy = min(assessed, 0.0)
    parts = [
        (start, seen, UNSEEN),
        (seen, busy, tint(color, 0.4)),
        (busy, max(last, busy), color),
        (max(last, busy), 0.0, ORDER),
    ]
    return [{"x": low, "x2": high, "y": y, "color": shade} for low, high, shade in parts if high > low]


def _key(frame: Frame) -> list[object]:
    """Return what the parts of a bar mean, above the first."""
    parts = [(0, "not yet reported"), (118, "assessed, conferred"), (252, "left to decide")]
    return [frame.words([{"y": 26, "text": text, "color": SOFT}], at=at) for at, text in parts]


def _timeline_words(answer: Answer, bars: Sequence[_Bar]) -> Words:
    own = [bar for bar in bars if bar.line.mode == "own"]
    short = min(own or bars, key=lambda bar: (bar.line.warning_time, bar.line.decision_time))
    who = answer.scenario.parties[short.party].title
    warned = minutes(short.line.warning_time) if short.seen < 0 else "no warning"
    decide = "none of it" if short.line.decision_time < 30 else minutes(short.line.decision_time)
    tail = f", {decide} left to decide in" if short.seen < 0 else ""
    return Words(
        name="warning-timelines",
        title=f"The shortest warning is {who}'s, {short.path}: {warned} with its own sensors{tail}",
        subtitle="Minutes before impact: unseen, assessed and conferred, left to decide, order and execution",
        caption=(
            "Each bar runs from launch to impact, medians over the launch times of a day, for the worst aim point of the "
            "path; a thin line is the spread of the first report over the day (10 to 90 %). Cases that differ by less "
            "than a minute share a bar."
        ),
    )


def blind_hours(answer: Answer) -> Chart | None:
    """Return a strip of 24 hours for each party, region and state of knowledge, dark where no satellite watches."""
    groups = _strips(answer)
    if not groups:
        return None
    flat = [item for items in groups.values() for item in items]
    plan = lay([(heading, [label for label, _, _ in items]) for heading, items in groups.items()])
    placed = list(zip(flat, plan.places, strict=True))
    ticks = tuple(float(at) for at in range(0, 25, 4))
    frame = Frame(
        width=400, height=plan.height, low=0, high=24, axis="hours (the first has no tie to the clock)", ticks=ticks
    )
    watched: list[Row] = [
        {"x": 0, "x2": 24, "y": y, "color": tint(color_of(answer, item.party), 0.3)} for (_, item, _), y in placed
    ]
    blind: list[Row] = [
        {"x": start, "x2": end, "y": y, "color": INK} for (_, item, _), y in placed for start, end in _runs(item)
    ]
    told = [(y, _blind(item), INK if item.hours_per_day < 24 else SOFT) for (_, item, _), y in placed]
    drawn = [frame.bars(watched, 13), frame.bars(blind, 13), *frame.beside(plan), frame.column(416, "blind", told)]
    heads = ["party", "region", "data", "cases", "watched, h", "blind, h"]
    rows = [_strip_row(answer, item, cases) for _, item, cases in flat]
    return finish(_strip_words(answer, [item for _, item, _ in flat]), panel(frame, drawn), heads, rows)


def _strip_row(answer: Answer, item: Coverage, cases: tuple[str, ...]) -> list[object]:
    who, where = answer.scenario.parties[item.party].title, answer.scenario.catalog.regions[item.region].title
    return [who, where, item.mode, listed(list(cases)), f"{item.hours_per_day:.1f}", f"{24 - item.hours_per_day:.1f}"]


def _blind(item: Coverage) -> str:
    hours = 24 - item.hours_per_day
    return "never" if hours < 1 / 60 else "all day" if hours > 24 - 1 / 60 else f"{figures(hours)} h"


_Strip = tuple[str, "Coverage", tuple[str, ...]]


def _strips(answer: Answer) -> dict[str, list[_Strip]]:
    """Return label, coverage and cases of each strip by party and region; cases with the same strip share one."""
    found: dict[str, dict[tuple[str, bytes], tuple[Coverage, tuple[str, ...]]]] = {}
    for mode in ("own", "shared"):
        for one in answer.cases.values():
            for item in one.coverage:
                if item.mode == mode:
                    who = answer.scenario.parties[item.party].title
                    where = answer.scenario.catalog.regions[item.region].title
                    group = found.setdefault(f"{who} watches {where}", {})
                    key = (mode, item.strip.tobytes())
                    group[key] = (item, (*(group[key][1] if key in group else ()), one.case.title))
    return {
        heading: [(_strip_label(answer, item, cases), item, cases) for item, cases in group.values()]
        for heading, group in found.items()
    }


def _strip_label(answer: Answer, item: Coverage, cases: tuple[str, ...]) -> str:
    if len(cases) == len(answer.cases):
        return item.mode if len(cases) == 1 else f"{item.mode}, every case"
    return f"{item.mode}, {listed(list(cases))}"


def _runs(item: Coverage) -> list[tuple[float, float]]:
    """Return the blind stretches of a day [h]."""
    dark = np.concatenate(([0], ~item.strip, [0])).astype(np.int8)
    edges = np.flatnonzero(np.diff(dark)) * 24.0 / item.strip.size
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _strip_words(answer: Answer, strips: Sequence[Coverage]) -> Words:
    least = min(strips, key=lambda item: item.hours_per_day)
    who, where = answer.scenario.parties[least.party].title, answer.scenario.catalog.regions[least.region].title
    hours = 24 - least.hours_per_day
    title = f"{who}'s own satellites are blind to {where} for {figures(hours)} hours a day at worst"
    if hours < 1 / 60:
        title = "No region is unwatched at any hour"
    return Words(
        name="warning-blind-hours",
        title=title,
        subtitle="A day of watch over each region: satellites see all of it (light) or not (black)",
        caption=(
            "Infrared satellites only. A region counts as watched when a burning missile over every point of it is seen. "
            "Cases with the same strip share one."
        ),
    )
