"""Pictures of cooperation: what shared data adds to minutes of warning and to hours of watch."""

from __future__ import annotations

from dataclasses import dataclass

from detente.briefing.charts_draw import Chart, Frame, Words, finish, panel
from detente.briefing.charts_layout import INK, SOFT, Row, color_of, lay
from detente.briefing.names import capital
from detente.briefing.results import added
from detente.briefing.words import figures, minutes
from detente.study.record import Answer


@dataclass(frozen=True, slots=True)
class _Gain:
    """What sharing adds to one number of one party in one case: minutes of warning or hours of watch."""

    case: str
    party: str
    what: str
    own: float
    shared: float
    color: str

    @property
    def gain(self) -> float:
        """Added."""
        return self.shared - self.own


def minutes_added(answer: Answer) -> Chart | None:
    """Return own and shared warning for each path, joined by a bar: corridors, and other threats that gain."""
    least: dict[tuple[str, str], _Gain] = {}
    for name, one in answer.cases.items():
        for row in added(one):
            threat = answer.scenario.threats[row["threat"]]
            color = color_of(answer, row["party"])
            item = _Gain(one.case.title, row["party"], threat.title, row["own_s"] / 60, row["shared_s"] / 60, color)
            key = (name, threat.name)
            if threat.kind != "corridor" and item.gain < 0.5:
                continue
            if key not in least or item.own < least[key].own:
                least[key] = item
    gains = list(least.values())
    if not gains:
        return None
    best = max(gains, key=lambda item: item.gain)
    who = answer.scenario.parties[best.party].title
    title = f"Shared data adds up to {minutes(best.gain * 60)} of warning: {who}, {best.what}"
    if best.gain < 0.5:
        title = "Shared data adds under a minute of warning on every path"
    words = Words(
        name="cooperation-warning",
        title=title,
        subtitle="Minutes from first report to impact, with own sensors (hollow) and with shared data (filled)",
        caption=(
            "Median over the launch times of a day, worst aim point of each path; every input at its best value. "
            "Raids that gain nothing are left out. Color: the party that is warned."
        ),
    )
    return _dumbbells(answer, gains, words, "minutes of warning", 5)


def hours_added(answer: Answer) -> Chart | None:
    """Return the hours in which own and shared satellites watch each region, joined by a bar."""
    gains = []
    for one in answer.cases.values():
        own = {(item.party, item.region): item.hours_per_day for item in one.coverage if item.mode == "own"}
        for item in one.coverage:
            if item.mode == "shared":
                where = answer.scenario.catalog.regions[item.region].title
                alone = own[item.party, item.region]
                color = color_of(answer, item.party)
                gains.append(_Gain(one.case.title, item.party, where, alone, item.hours_per_day, color))
    if not gains:
        return None
    best = max(gains, key=lambda item: item.gain)
    who = answer.scenario.parties[best.party].title
    title = f"Shared satellites close up to {figures(best.gain)} blind hours a day: {who}, {best.what}"
    if best.gain < 0.05:
        title = "Shared satellites close no blind hour"
    words = Words(
        name="cooperation-watch",
        title=title,
        subtitle="Hours a day in which satellites watch the whole region: own (hollow) and shared (filled)",
        caption="Infrared satellites only; a region is watched when all of it is seen. Color: the party that watches.",
    )
    return _dumbbells(answer, gains, words, "hours a day", 4)


def _dumbbells(answer: Answer, gains: list[_Gain], words: Words, unit: str, step: int) -> Chart:
    """Return one row for each gain, in a group for each case and party."""
    groups: dict[str, list[_Gain]] = {}
    for item in gains:
        heading = f"{answer.scenario.parties[item.party].title}, {item.case}"
        groups.setdefault(heading, []).append(item)
    flat = [item for items in groups.values() for item in items]
    plan = lay([(heading, [item.what for item in items]) for heading, items in groups.items()])
    placed = list(zip(flat, plan.places, strict=True))
    most = max(*(max(item.own, item.shared) for item in flat), 1.0)
    marks = tuple(float(at) for at in range(0, int(most) + 2 * step, step) if at - step < most)
    frame = Frame(width=300, height=plan.height, low=0, high=max(*marks, most), axis=unit, ticks=marks)
    spans: list[Row] = [{"x": item.own, "x2": item.shared, "y": y, "color": item.color} for item, y in placed]
    own: list[Row] = [{"x": item.own, "y": y, "color": item.color, "fill": "white"} for item, y in placed]
    shared: list[Row] = [{"x": item.shared, "y": y, "color": item.color, "fill": item.color} for item, y in placed]
    texts = [(y, _said(item), INK if item.gain >= 0.05 else SOFT) for item, y in placed]
    drawn = [*frame.around(plan), frame.spans(spans, 3), frame.dots(shared), frame.dots(own, 60)]
    drawn.append(frame.column(314, f"own → shared, {unit.split(maxsplit=1)[0]}", texts))
    rows: list[list[object]] = [
        [
            item.case,
            capital(answer.scenario.parties[item.party].title),
            item.what,
            *(f"{value:.1f}" for value in (item.own, item.shared, item.gain)),
        ]
        for item in flat
    ]
    heads = ["case", "party", "path or region", f"own, {unit}", f"shared, {unit}", "added"]
    return finish(words, panel(frame, drawn), heads, rows)


def _said(item: _Gain) -> str:
    if item.gain < 0.05:
        return f"{item.own:.0f}, nothing added"
    return f"{item.own:.0f} → {item.shared:.0f}"
