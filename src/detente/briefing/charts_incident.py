"""Picture of how alike flights look to a radar: height and range rate of each, while it is in sight."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from detente.briefing.charts_draw import Chart, Words, finish
from detente.briefing.charts_layout import GRID, INK, RULE, Row, fit
from detente.briefing.palette import PARTY_COLORS

if TYPE_CHECKING:
    from detente.scenario.scenario import Scenario
    from detente.sensing.incident import Incident
    from detente.sensing.likeness import History

WIDTH, HEIGHT = 205, 230
_PANELS = {"altitude": "height, km", "range_rate": "range rate, km/s; below 0 it comes nearer"}


def looks_alike(scenario: Scenario, incidents: Sequence[Incident]) -> Chart | None:
    """Return height and range rate of each flight that a radar sees, against time; None where it sees none.

    Parameters
    ----------
    scenario : Scenario
        Titles of flights and radars.
    incidents : sequence of Incident
        Flights of one case to one party.
    """
    import altair as alt

    seen = [(each, each.view) for each in incidents if each.view is not None]
    if not seen:
        return None
    lines = [
        (fit(scenario.threats[each.threat].title, 28, 3), PARTY_COLORS[index % len(PARTY_COLORS)], view)
        for index, (each, view) in enumerate(seen)
    ]
    drawn = alt.hconcat(*(_panel(what, lines, what == "range_rate") for what in _PANELS))
    heads = ["flight", "s after launch", "azimuth, deg", "elevation, deg", *(_PANELS.values())]
    return finish(_words(scenario, [each for each, _ in seen]), drawn, heads, _table(scenario, seen))


def _panel(what: str, lines: Sequence[tuple[str, str, History]], named: bool) -> Any:
    """Return one panel: a line a flight; the names of the flights stand beside the last one."""
    import altair as alt

    rows: list[Row] = []
    for name, color, view in lines:
        values = getattr(view, what) / 1e3
        rows += [{"x": x, "y": y, "n": name, "color": color} for x, y in zip(view.time, values, strict=True)]
    low, high = min(row["y"] for row in rows), max(row["y"] for row in rows)
    start, end = min(row["x"] for row in rows), max(row["x"] for row in rows)
    domain = [math.floor(min(low, 0.0)), math.ceil(high)]
    x = alt.X(
        "x",
        type="quantitative",
        axis=alt.Axis(title="seconds after launch", grid=False, tickCount=5),
        scale=alt.Scale(domain=[start - 5.0, end + 5.0], nice=False),
    )
    axis = alt.Axis(title=None, gridColor=GRID, tickCount=6)
    y = alt.Y("y", type="quantitative", axis=axis, scale=alt.Scale(domain=domain, nice=False))
    paint = alt.Stroke("color", type="nominal", scale=None, legend=None)
    base = alt.Chart(alt.InlineData(values=rows)).mark_line(strokeWidth=2.5)
    layers = [base.encode(x=x, y=y, stroke=paint, detail=alt.Detail("n", type="nominal"))]
    if domain[0] < 0:
        layers.insert(0, alt.Chart(alt.InlineData(values=[{"y": 0.0}])).mark_rule(color=RULE).encode(y=y))
    if named:
        layers += _names(rows, domain, end + 5.0, (x, y))
    head = alt.Title(_PANELS[what], fontSize=12, frame="group", anchor="start", offset=6)
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT, title=head)


def _names(rows: Sequence[Row], domain: Sequence[float], edge: float, scales: tuple[Any, Any]) -> list[Any]:
    """Return the names of the flights at the right edge, each by the end of its line, three lines of words apart."""
    import altair as alt

    gap, before, told = 52.0 / HEIGHT * (domain[1] - domain[0]), -math.inf, []
    ends = {row["n"]: row for row in rows}
    for name, row in sorted(ends.items(), key=lambda item: float(item[1]["y"])):
        before = max(float(row["y"]), before + gap)
        told.append({"x": edge, "y": before, "text": name, "color": row["color"]})
    over = max(0.0, before - domain[1])
    for each in told:
        each["y"] -= over
    words = alt.Chart(alt.InlineData(values=told))
    x, y = scales
    text = words.mark_text(align="left", baseline="middle", dx=20, lineBreak="\n", color=INK)
    dots = words.mark_point(filled=True, size=70, shape="circle", dx=10, opacity=1.0, xOffset=10)
    return [
        text.encode(x=x, y=y, text=alt.Text("text:N")),
        dots.encode(x=x, y=y, fill=alt.Fill("color", type="nominal", scale=None, legend=None)),
    ]


def _words(scenario: Scenario, seen: Sequence[Incident]) -> Words:
    first = min(seen, key=lambda each: each.first)
    radar = scenario.catalog.radars[first.radar].title
    clear = [each for each in seen if math.isfinite(each.excluded)]
    title = f"What {radar} sees of each flight"
    if clear:
        one = min(clear, key=lambda each: each.excluded)
        path = scenario.threats[one.threat].title
        title = f"{path}: {one.excluded - one.first:.0f} s after first contact its path can be known to be harmless"
    return Words(
        name=f"incident-{first.party}",
        title=title,
        subtitle=f"Height and range rate while {radar} has each flight in sight",
        caption=(
            "Without the errors of the radar. Harmless: the ellipse that holds the impact with 99 % misses all ground "
            "that is feared for; another stage, if there were one, could still turn the path until it burns out."
        ),
    )


def _table(scenario: Scenario, seen: Sequence[tuple[Incident, History]]) -> list[list[object]]:
    """Return a row each ten seconds."""
    rows: list[list[object]] = []
    for each, view in seen:
        for n in range(0, view.time.size, 5):
            angles = [f"{math.degrees(float(one[n])):.0f}" for one in (view.azimuth, view.elevation)]
            values = [f"{float(view.altitude[n]) / 1e3:.0f}", f"{float(view.range_rate[n]) / 1e3:+.1f}"]
            rows.append([scenario.threats[each.threat].title, f"{float(view.time[n]):.0f}", *angles, *values])
    return rows
