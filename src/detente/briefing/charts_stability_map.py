"""The stability map as a picture: warheads a side × interceptors, where retaliation stays assured, cases as points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.briefing.charts_draw import Chart, Words, finish
from detente.briefing.charts_layout import INK, SOFT, fit, ticks, tint
from detente.briefing.names import capital
from detente.briefing.palette import GREEN
from detente.briefing.words import figures, listed, number_interval, percent
from detente.forces.stability_map import SHARES, Retaliation, StabilityMap
from detente.study.forces import Point, default_axes, mapped
from detente.study.forces import points as points_of
from detente.study.record import Answer

WIDTH, HEIGHT = 280, 196
BANDS = {
    "in 95 % of the draws and more": tint(GREEN, 0.85),
    "in 50 to 95 %": tint(GREEN, 0.5),
    "in 5 to 50 %": tint(GREEN, 0.22),
    "in fewer": "#f3f4f6",
}
"""Share of the draws in which enough arrives, to its color, from sure to not at all."""
_ABOVE = 9


@dataclass(frozen=True, slots=True)
class Panel:
    """One side's retaliation in one posture, with the time that it has to decide in [s]; 0 rides the attack out."""

    one: Retaliation
    decision_time: float
    attacker: str
    victim: str

    @property
    def heading(self) -> str:
        """Who answers, and how ready it is."""
        prompt = f", silos launched with {self.decision_time / 60:g} min to decide" if self.decision_time else ""
        return f"{capital(self.victim)} answers, {self.one.posture} alert{prompt}"


def panels(answer: Answer, made: StabilityMap) -> tuple[Panel, ...]:
    """Return the panels of a map, row by row: both postures, and the scenario's with the most time to decide."""
    titles = {name: party.title for name, party in answer.scenario.parties.items()}
    prompt = made.axes.minutes[-1:]
    posture = answer.scenario.assumptions.posture
    shown = [(one, 0.0) for one in made.sides]
    shown += [(one, most) for most in prompt for one in made.sides if one.posture == posture]
    return tuple(Panel(one, time, titles[one.attacker], titles[one.victim]) for one, time in shown)


def cases_map(answer: Answer) -> Chart | None:
    """Return the map around the first case with forces of two parties, of as many draws as the answer's intervals.

    None where there is no such case, where its forces are empty, or where no intervals were asked for.
    """
    start = next((one for one in answer.cases.values() if one.stability), None)
    if start is None or not answer.samples:
        return None
    case = answer.scenario.cases[start.case.name]
    axes = default_axes(answer.scenario, case)
    if axes is None or len(axes.warheads) < 2:
        return None
    made = mapped(answer.scenario, case.name, axes, samples=answer.samples)
    return stability_map(answer, made, points_of(answer, made.shield))


def stability_map(answer: Answer, made: StabilityMap, points: Sequence[Point]) -> Chart:
    """Return the picture of the map.

    Parameters
    ----------
    answer : Answer
        Whose cases are the points.
    made : StabilityMap
        The map, of at least two ceilings.
    points : sequence of Point
        The cases on it.
    """
    import altair as alt

    shown = panels(answer, made)
    drawn = [_panel(answer, made, panel, points, row == (len(shown) + 1) // 2 - 1) for row, panel in _placed(shown)]
    rows = [alt.hconcat(*drawn[at : at + 2], spacing=34) for at in range(0, len(drawn), 2)]
    key = _key([one.case.title for one in answer.cases.values()])
    return finish(_words(made, shown), alt.vconcat(key, *rows, spacing=16), *_table(answer, made, shown, points))


def _placed(shown: Sequence[Panel]) -> Iterator[tuple[int, Panel]]:
    return ((index // 2, panel) for index, panel in enumerate(shown))


def _panel(answer: Answer, made: StabilityMap, panel: Panel, points: Sequence[Point], last: bool) -> Any:
    """Return one panel: bands from sure to not at all, the line of the best values, and the cases."""
    import altair as alt

    wide, top = made.axes.warheads[-1], made.axes.interceptors[-1]
    x = _axis(alt.X, "x", (0.0, 1.04 * wide), "warheads a side" if last else None)
    y = _axis(alt.Y, "y", (-0.08 * top, top), f"interceptors of {panel.attacker}")
    layers = []
    base = [{"x": made.axes.warheads[0], "y": 0.0, "y2": top}, {"x": wide, "y": 0.0, "y2": top}]
    edges = [_edge(made, panel, share) for share in SHARES]
    colors = list(BANDS.values())
    layers.append(_area(base, colors[3], x, y))
    lower = np.zeros(len(made.axes.warheads))
    for edge, color in zip(edges, colors, strict=False):
        rows = [
            {"x": w, "y": low, "y2": max(high, low)}
            for w, low, high in zip(made.axes.warheads, lower.tolist(), edge.tolist(), strict=True)
        ]
        layers.append(_area(rows, color, x, y))
        lower = np.maximum(edge, lower)
    layers += [*_best(made, panel, x, y), *_regions(made, edges, x, y), *_cases(answer, made, panel, points, (x, y))]
    head = alt.Title(fit(panel.heading, 46).split("\n"), fontSize=12, frame="group", anchor="start", offset=6)
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=head)


def _edge(made: StabilityMap, panel: Panel, share: float) -> Any:
    return np.clip(panel.one.boundary(share, made.required, panel.decision_time), 0.0, made.axes.interceptors[-1])


def _area(rows: Sequence[dict[str, float]], color: str, x: Any, y: Any) -> Any:
    import altair as alt

    mark = alt.Chart(alt.InlineData(values=tuple(rows))).mark_area(color=color, line=False, opacity=1)
    return mark.encode(x=x, y=y, y2=alt.Y2("y2"))


def _regions(made: StabilityMap, edges: Sequence[Any], x: Any, y: Any) -> list[Any]:
    """Return the words in the regions that are large enough for them."""
    import altair as alt

    top, count = made.axes.interceptors[-1], len(made.axes.warheads)
    right, left = round(0.72 * (count - 1)), round(0.05 * (count - 1))
    rows = []
    if edges[0][right] > 0.4 * top:
        rows.append({"x": made.axes.warheads[right], "y": 0.6 * edges[0][right], "text": "assured"})
    high = next((w for w, edge in zip(made.axes.warheads, edges[2], strict=True) if edge >= 0.9 * top), math.inf)
    if edges[2][left] < 0.5 * top and high > 0.28 * made.axes.warheads[-1]:
        at = (
            (made.axes.warheads[left], 0.94 * top)
            if edges[2].max() > 0.5 * top
            else (0.5 * made.axes.warheads[-1], 0.6 * top)
        )
        rows.append({"x": at[0], "y": at[1], "text": "not assured"})
    marks = []
    for row in rows:
        align = "left" if row["x"] < 0.2 * made.axes.warheads[-1] else "center"
        mark = alt.Chart(alt.InlineData(values=(row,))).mark_text(
            align=align, fontSize=13, fontStyle="italic", color=INK
        )
        marks.append(mark.encode(x=x, y=y, text=alt.Text("text", type="nominal")))
    return marks


def _best(made: StabilityMap, panel: Panel, x: Any, y: Any) -> list[Any]:
    """Return the line up to which enough arrives at the best values of the inputs, where it lies on the map."""
    import altair as alt

    top = made.axes.interceptors[-1]
    best = panel.one.best(made.required, panel.decision_time)
    rows = [
        {"x": w, "y": min(float(n), top)}
        for w, n, before in zip(made.axes.warheads, best, [best[0], *best[:-1]], strict=True)
        if n >= 0.0 and min(n, before) <= top
    ]
    if len(rows) < 2:
        return []
    return [alt.Chart(alt.InlineData(values=tuple(rows))).mark_line(color=INK, strokeWidth=1.8).encode(x=x, y=y)]


def _cases(
    answer: Answer, made: StabilityMap, panel: Panel, points: Sequence[Point], axes: tuple[Any, Any]
) -> list[Any]:
    """Return the cases as numbered points, each with the verdict of its own exchange."""
    import altair as alt

    if panel.decision_time:
        return []
    order, top = list(answer.cases), made.axes.interceptors[-1]
    rows = [
        {
            "x": min(point.warheads, made.axes.warheads[-1]),
            "y": min(point.interceptors, top),
            "number": str(order.index(point.case) + 1),
            "verdict": verdict(point, made.required),
        }
        for point in points
        if (point.victim, point.posture) == (panel.one.victim, panel.one.posture)
    ]
    if not rows:
        return []
    chart, (x, y) = alt.Chart(alt.InlineData(values=tuple(rows))), axes
    dots = chart.mark_point(shape="circle", size=260, filled=True, fill="white", stroke=INK, strokeWidth=1.5, opacity=1)
    number = chart.mark_text(fontSize=11, fontWeight="bold", color=INK, baseline="middle", dy=0.5)
    mark = chart.mark_text(fontSize=12, color=INK, dy=-17, fontWeight="bold")
    return [
        dots.encode(x=x, y=y),
        number.encode(x=x, y=y, text=alt.Text("number", type="nominal")),
        mark.encode(x=x, y=y, text=alt.Text("verdict", type="nominal")),
    ]


def verdict(point: Point, required: float) -> str:
    """Return whether what arrives in a case is enough: for the whole interval, none of it, or part."""
    if point.arriving.low >= required:
        return "✓"
    return "✗" if point.arriving.high < required else "?"


def _axis(kind: Any, name: str, ends: tuple[float, float], title: str | None) -> Any:
    import altair as alt

    values = ticks(ends[1] * 0.999 / (1.04 if ends[0] == 0.0 else 1.0))
    shown = [value for value in values if value <= ends[1]]
    axis = alt.Axis(title=title, grid=False, values=shown, format=",.0f", labelFlush=False, domain=ends[0] == 0.0)
    return kind(name, type="quantitative", scale=alt.Scale(domain=list(ends), nice=False, zero=False), axis=axis)


def _key(titles: Sequence[str]) -> Any:
    """Return what the colors and the numbers mean, in a line and as many more as the cases need."""
    import altair as alt

    wide = 2 * WIDTH + 90
    swatches, words, at = [], [], 0.0
    for text, color in BANDS.items():
        swatches.append({"x": at + 7, "y": _ABOVE, "color": color})
        words.append({"x": at + 19, "y": _ABOVE, "text": text, "color": INK})
        at += 34 + 6.6 * len(text)
    words.append({"x": at + 19, "y": _ABOVE, "text": "best values", "color": INK})
    line = [{"x": at - 1, "x2": at + 15, "y": _ABOVE}]
    numbers, at, y = [], 0.0, 33.0
    for index, title in enumerate(fit(each, 30, 1) for each in titles):
        if at + 21 + 6.6 * len(title) > wide:
            at, y = 0.0, y + 23.0
        numbers.append({"x": at + 8, "y": y, "text": str(index + 1)})
        words.append({"x": at + 21, "y": y, "text": title, "color": SOFT})
        at += 38 + 6.6 * len(title)
    tall = y + 11.0

    def part(rows: Sequence[dict[str, Any]]) -> Any:
        return alt.Chart(alt.InlineData(values=tuple(rows)))

    x = alt.X("x", type="quantitative", scale=alt.Scale(domain=[0, wide], nice=False), axis=None)
    down = alt.Y("y", type="quantitative", scale=alt.Scale(domain=[tall, 0], nice=False, zero=False), axis=None)
    ink = alt.Color("color", type="nominal", scale=None, legend=None)
    text = alt.Text("text", type="nominal")
    layers = [
        part(swatches).mark_point(shape="square", size=170, filled=True, opacity=1).encode(x=x, y=down, color=ink),
        part(line).mark_rule(color=INK, strokeWidth=1.8).encode(x=x, x2=alt.X2("x2"), y=down),
        part(numbers).mark_point(shape="circle", size=230, stroke=INK, fill="white", opacity=1).encode(x=x, y=down),
        part(numbers).mark_text(fontSize=11, fontWeight="bold", color=INK, dy=0.5).encode(x=x, y=down, text=text),
        part(words).mark_text(align="left", baseline="middle").encode(x=x, y=down, text=text, color=ink),
    ]
    return alt.layer(*layers).properties(width=wide, height=tall)


def _words(made: StabilityMap, shown: Sequence[Panel]) -> Words:
    need = figures(made.required)
    parts: dict[str, list[str]] = {}
    for panel in shown:
        if not panel.decision_time:
            part = float((panel.one.assured(made.axes.interceptors, made.required) >= SHARES[0]).mean())
            parts.setdefault(panel.victim, []).append(f"{percent(part)} ({panel.one.posture})")
    told = listed([f"for {victim} on {listed(each)}" for victim, each in parts.items()])
    return Words(
        name="stability-map",
        title=f"Share of the map on which retaliation is sure: {told}",
        subtitle=f"Share of {made.samples:,} draws in which at least {need} warheads arrive in return, by warheads a "
        f"side and interceptors ({made.shield.title}) of the side that strikes first",
        caption=(
            "Both sides are brought under each ceiling by the rule and policy of the case. Numbered: the cases, at "
            "their own warheads, with their defenses counted as interceptors of the map that stop as many. The mark is "
            "the verdict of the case's own exchange: ✓ all of the interval is enough, ? part of it, ✗ none; with "
            "another policy of cuts it can differ from the color."
        ),
    )


def _table(
    answer: Answer, made: StabilityMap, shown: Sequence[Panel], points: Sequence[Point]
) -> tuple[list[str], list[list[object]]]:
    """Return the contours at a dozen ceilings, and the cases."""
    rows: list[list[object]] = []
    chosen = sorted({round(at * (len(made.axes.warheads) - 1) / 11) for at in range(12)})
    for panel in shown:
        edges = [panel.one.best(made.required, panel.decision_time)]
        edges += [panel.one.boundary(share, made.required, panel.decision_time) for share in (SHARES[0], SHARES[2])]
        rows += [
            [panel.heading, f"{made.axes.warheads[at]:,.0f}", *(limit(edge[at]) for edge in edges)] for at in chosen
        ]
    for point in points:
        case, who = answer.cases[point.case].case.title, capital(answer.scenario.parties[point.victim].title)
        told = f"{number_interval(point.arriving)} arrive {verdict(point, made.required)}"
        where = f"{case}: {who} answers, {point.posture} alert"
        rows.append([where, f"{point.warheads:,.0f}", f"has {point.interceptors:,.0f}", told, ""])
    return ["who answers", "warheads", "assured up to", "in 95 % of draws", "in 5 %"], rows


def limit(number: float) -> str:
    """Return a greatest number of interceptors in words.

    Examples
    --------
    >>> limit(-1.0), limit(227.4), limit(float("inf"))
    ('not assured', '227', 'any number')
    """
    if number < 0.0:
        return "not assured"
    return "any number" if np.isinf(number) else f"{number:,.0f}"
