"""Playing it forward as a picture: one side adds interceptors, and what the other must keep."""

from __future__ import annotations

import math
from typing import Any

from detente.briefing.charts_draw import Chart, Words, finish
from detente.briefing.charts_layout import INK, SOFT, color_of, ticks, tint
from detente.briefing.names import capital
from detente.briefing.words import figures, listed
from detente.forces.forward import Answering, arms_race_slope
from detente.study.forces import Played
from detente.study.record import Answer

WIDTH, HEIGHT = 300, 190


def forward(answer: Answer, played: Played, case: str, interceptor: str) -> Chart:
    """Return what each side must keep as the other adds interceptors, in each posture.

    Parameters
    ----------
    answer : Answer
        For names and colors.
    played : Played
        From `detente.study.forces.played`.
    case : str
        Name of the case that it starts from.
    interceptor : str
        Title of the interceptor that is added.
    """
    import altair as alt

    top = ticks(max(one.most for one in played.answers))[-1]
    drawn = [_panel(answer, one, top) for one in played.answers]
    rows = [alt.hconcat(*drawn[at : at + 2], spacing=34) for at in range(0, len(drawn), 2)]
    heads = ["who answers", "interceptors added", "warheads to keep", "low", "high", "for the required", "else arrive"]
    table: list[list[object]] = [
        [
            _heading(answer, one),
            f"{step.added:,.0f}",
            *(_number(each, one.most) for each in (step.same.value, step.same.low, step.same.high, step.enough.value)),
            f"{step.arriving.value:,.0f}",
        ]
        for one in played.answers
        for step in one.steps
    ]
    return finish(_words(answer, played, case, interceptor), alt.vconcat(*rows, spacing=16), heads, table)


def _number(value: float, most: float) -> str:
    return f"over {most:,.0f}" if math.isinf(value) else f"{value:,.0f}"


def _heading(answer: Answer, one: Answering) -> str:
    return f"{capital(answer.scenario.parties[one.victim].title)} answers, {one.posture} alert"


def _panel(answer: Answer, one: Answering, top: float) -> Any:
    """Return one side in one posture: what it must keep, with its range, below what its force has."""
    import altair as alt

    color = color_of(answer, one.victim)
    rows = [
        {
            "x": step.added,
            "low": min(step.same.low, one.most),
            "high": min(step.same.high, one.most),
            "y": step.same.value,
        }
        for step in one.steps
    ]
    attacker = answer.scenario.parties[one.attacker].title
    x = _axis(alt.X, "x", one.steps[-1].added, f"interceptors added by {attacker}")
    y = _axis(alt.Y, "y", top, "warheads to keep")
    low = _axis(alt.Y, "low", top, "warheads to keep")
    known = [row for row in rows if math.isfinite(row["y"])]
    band = _data(rows).mark_area(color=tint(color, 0.25), opacity=1).encode(x=x, y=low, y2=alt.Y2("high"))
    line = _data(known).mark_line(color=color, strokeWidth=2.5, point=alt.OverlayMarkDef(color=color, size=40))
    most = _data([{"y": one.most, "text": f"all it has: {one.most:,.0f}"}])
    rule = most.mark_rule(color=SOFT, strokeDash=[4, 3]).encode(y=y)
    said = most.mark_text(align="left", dy=-7, color=SOFT).encode(
        y=y, x=alt.XValue(4), text=alt.Text("text", type="nominal")
    )
    below = 15 if known[-1]["y"] > 0.85 * one.most else -13
    first, *_, last = [{"x": row["x"], "y": row["y"], "text": f"{row['y']:,.0f}"} for row in known] * 2
    told = [
        _data([row]).mark_text(align=align, dx=dx, dy=dy, fontWeight="bold", color=INK)
        for row, align, dx, dy in ((first, "left", 6, 12), (last, "right", 0, below))
    ]
    text = [each.encode(x=x, y=y, text=alt.Text("text", type="nominal")) for each in told]
    head = alt.Title(_heading(answer, one), fontSize=12, frame="group", anchor="start", offset=6)
    return alt.layer(band, rule, said, line.encode(x=x, y=y), *text).properties(width=WIDTH, height=HEIGHT, title=head)


def _data(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.Chart(alt.InlineData(values=tuple(rows)))


def _axis(kind: Any, name: str, top: float, title: str) -> Any:
    import altair as alt

    axis = alt.Axis(title=title, grid=False, tickCount=6, format=",.0f", labelFlush=False)
    return kind(name, type="quantitative", scale=alt.Scale(domain=[0, top], nice=False), axis=axis)


def _words(answer: Answer, played: Played, case: str, interceptor: str) -> Words:
    posture = answer.scenario.assumptions.posture
    slopes = [(one, arms_race_slope(one)) for one in played.answers if one.posture == posture]
    told = [
        f"{answer.scenario.parties[one.victim].title} must keep "
        + (f"{figures(slope)} more warheads" if math.isfinite(slope) else "more warheads than it has")
        for one, slope in slopes
    ]
    return Words(
        name="forces-forward",
        title=f"For each interceptor that the other adds, {listed(told)} on {posture} alert",
        subtitle=f"Warheads to keep so that as many arrive in return as before ({interceptor} added, from the case "
        f"“{answer.cases[case].case.title}”); band: 5 to 95 % of the draws",
        caption=(
            "The side that strikes first keeps the force of the case; the other is cut anew from its catalog force by "
            "the rule and policy of the case. Where the band meets the dashed line, the whole force does not suffice."
        ),
    )
