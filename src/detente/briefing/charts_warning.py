"""Picture of warning: the time from launch to impact on each path, and what it is spent on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, SOFT, CaseWarned, Row, Warned, color_of, fit, lay, tint
from detente.briefing.names import capital, sensor
from detente.briefing.words import listed, minutes
from detente.scenario.scenario import Threat

if TYPE_CHECKING:
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
    def warned(self) -> str:
        """Warning time in words."""
        return minutes(self.line.warning_time) if self.seen < 0 else "none"

    @property
    def left(self) -> str:
        """Time to decide in words."""
        return minutes(self.line.decision_time) if self.line.decision_time > 0 and self.seen < 0 else "none"


def timelines(answer: Warned) -> Chart | None:
    """Return a bar for each path, party and state of knowledge, with impact at the right edge."""
    groups = _groups(answer)
    if not groups:
        return None
    flat = [bar for bars in groups.values() for bar in bars]
    sensors = [fit(_reporter(answer, bar), 16) for bar in flat]
    least = 34 if any("\n" in name for name in sensors) else 24
    labels = [(heading, [_label(answer, bar) for bar in bars]) for heading, bars in groups.items()]
    plan = lay(labels, top=30, least=least)
    longest = 5 * ceil(max(bar.flight for bar in flat) / 5)
    frame = Frame(
        width=270,
        height=plan.height,
        low=-longest,
        high=0,
        axis="minutes before impact",
        ticks=tuple(float(at) for at in range(-longest, 1, 5)),
        labels="datum.value == 0 ? 'impact' : abs(datum.value)",
    )
    placed = list(zip(flat, plan.places, strict=True))
    bars = [row for bar, y in placed for row in _phases(bar, y, color_of(answer, bar.party))]
    ranges: list[Row] = [
        {"x": -bar.line.warning_time_high / 60, "x2": -bar.line.warning_time_low / 60, "y": y, "color": INK}
        for bar, y in placed
        if bar.line.warning_time_high - bar.line.warning_time_low > 30
    ]
    drawn = [
        *frame.around(plan),
        frame.bars(bars),
        frame.spans(ranges, 1.5),
        *_key(frame, color_of(answer, flat[0].party)),
        frame.column(282, "warning", [(y, bar.warned, INK) for bar, y in placed]),
        frame.column(342, "to decide", [(y, bar.left, INK) for bar, y in placed]),
        frame.column(414, "first report by", [(y, name, SOFT) for name, y in zip(sensors, plan.places, strict=True)]),
    ]
    heads = ["party", "path", "data", "cases", "flight, min", "warning, min", "to decide, min", "first report by"]
    rows = [_row(answer, bar) for bar in flat]
    return finish(_timeline_words(answer, flat), panel(frame, drawn), heads, rows)


def _row(answer: Warned, bar: _Bar) -> list[object]:
    times = [f"{value:.1f}" for value in (bar.flight, bar.line.warning_time / 60, bar.line.decision_time / 60)]
    who = answer.scenario.parties[bar.party].title
    return [capital(who), bar.path, bar.line.mode, listed(list(bar.cases)), *times, _reporter(answer, bar)]


def _reporter(answer: Warned, bar: _Bar) -> str:
    return sensor(answer.scenario, bar.sensor) if bar.sensor else "nobody"


def _groups(answer: Warned) -> dict[str, list[_Bar]]:
    """Return the bars of each path: of the corridors, or of all threats where there are none."""
    threats = answer.scenario.threats.values()
    chosen = [threat for threat in threats if threat.kind == "corridor"] or list(threats)
    found = {}
    for threat in chosen:
        who = answer.scenario.parties[threat.against].title
        bars = _bars(answer, threat)
        if bars:
            found[f"{threat.title}: what {who} knows"] = bars
    return found


def _bars(answer: Warned, threat: Threat) -> list[_Bar]:
    """Return the bars of one path, own above shared.

    Cases that do not differ by a minute share one; shared data have one only where they change something.
    """
    bars: dict[tuple[str, int, int, str], _Bar] = {}
    for mode in ("own", "shared"):
        for one in answer.cases.values():
            line = _worst(one, threat.name, mode)
            if line is None:
                continue
            bar = _Bar(line.party, threat.title, line, (one.case.title,))
            times = (round(bar.seen), round(line.decision_time / 60))
            alone = [each for key, each in bars.items() if key[:3] == ("own", *times)]
            if mode == "shared" and any(one.case.title in each.cases for each in alone):
                continue
            before = bars.get((mode, *times, bar.sensor))
            same = _Bar(line.party, threat.title, before.line, (*before.cases, one.case.title)) if before else bar
            bars[mode, *times, bar.sensor] = same
    return list(bars.values())


def _worst(one: CaseWarned, threat: str, mode: str) -> Timeline | None:
    lines = [line for line in one.timelines if (line.threat, line.mode) == (threat, mode)]
    return min(lines, key=lambda line: line.warning_time, default=None)


def _label(answer: Warned, bar: _Bar) -> str:
    """Return the state of knowledge and the cases it holds in."""
    if len(bar.cases) == len(answer.cases):
        return bar.line.mode if len(bar.cases) == 1 else f"{bar.line.mode}, every case"
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


def _key(frame: Frame, color: str) -> list[Any]:
    """Return what the parts of a bar mean."""
    return frame.key(
        [
            (-175, UNSEEN, "unreported"),
            (-76, tint(color, 0.4), "assess, confer"),
            (46, color, "to decide"),
            (138, ORDER, "order, execute"),
        ]
    )


def _timeline_words(answer: Warned, bars: Sequence[_Bar]) -> Words:
    own = [bar for bar in bars if bar.line.mode == "own"]
    short = min(own or bars, key=lambda bar: (bar.line.warning_time, bar.line.decision_time))
    who = answer.scenario.parties[short.party].title
    warned = minutes(short.line.warning_time) if short.seen < 0 else "no warning"
    decide = "none of it" if short.line.decision_time < 30 else minutes(short.line.decision_time)
    tail = f", {decide} left to decide in" if short.seen < 0 else ""
    return Words(
        name="warning-timelines",
        title=f"The shortest warning: {who}, {short.path}, {warned} with own sensors{tail}",
        subtitle="Minutes before impact, from launch on; thin line: first report over the hours of a day (10 to 90 %)",
        caption=(
            "Each bar runs from launch to impact: medians over the launch times of a day, for the worst aim point. "
            "Cases that differ by less "
            "than a minute share a bar; shared data have one where they change something. Color: who is warned."
        ),
    )
