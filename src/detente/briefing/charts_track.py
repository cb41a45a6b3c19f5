"""Picture of what is known: how large the ellipses of impact and launch point are, minute by minute."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.briefing.charts_draw import Chart, Words, finish
from detente.briefing.charts_layout import GRID, INK, SOFT, Row, tint
from detente.briefing.words import figures, minutes
from detente.sensing.track import known_when

if TYPE_CHECKING:
    from detente.sensing.track import TrackAccuracy

WIDTH, HEIGHT = 205, 200
SMALL = 100_000.0
"""Semi-major axis [m] of an ellipse that tells one metropolitan area from another."""
_POINTS = {"impact": "where it comes down", "launch": "where it came from"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """What one party knows of one flight.

    Parameters
    ----------
    who, path : str
        Titles of the party and of the path.
    color : str
        Of the party.
    own, shared : TrackAccuracy
        From its own sensors, and with those of the parties that share their data.
    """

    who: str
    path: str
    color: str
    own: TrackAccuracy
    shared: TrackAccuracy


def ellipses(tracked: Tracked) -> Chart:
    """Return the semi-major axes of both ellipses against time, own sensors and shared, on one logarithmic scale."""
    import altair as alt

    lines = [("own", tracked.own, tint(tracked.color, 0.5)), ("shared", tracked.shared, tracked.color)]
    end = float(tracked.own.time[-1]) / 60.0
    domain = _domain([track for _, track, _ in lines])
    panels = [_panel(point, lines, end, domain) for point in _POINTS]
    drawn = alt.hconcat(*panels)
    heads = ["minutes after launch", *(f"{point}, {mode}, km" for point in _POINTS for mode in ("own", "shared"))]
    return finish(_words(tracked), drawn, heads, _table(tracked))


def _domain(tracks: Sequence[TrackAccuracy]) -> tuple[float, float]:
    """Return the powers of ten [km] around all sizes that are known."""
    sizes = np.concatenate([each for track in tracks for each in (track.impact_major, track.launch_major)])
    known = sizes[np.isfinite(sizes)] / 1e3
    if not known.size:
        return 1.0, 1000.0
    return 10.0 ** math.floor(math.log10(known.min())), 10.0 ** math.ceil(math.log10(known.max()))


def _sizes(track: TrackAccuracy, point: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    return track.impact_major if point == "impact" else track.launch_major


def _panel(point: str, lines: Sequence[tuple[str, TrackAccuracy, str]], end: float, domain: tuple[float, float]) -> Any:
    """Return one panel: a line a state of knowledge from when something is known, named at its start."""
    import altair as alt

    rows: list[Row] = []
    names: list[Row] = []
    for mode, track, color in lines:
        sizes = _sizes(track, point)
        known = np.flatnonzero(np.isfinite(sizes))
        rows += [{"x": track.time[n] / 60.0, "y": sizes[n] / 1e3, "mode": mode, "color": color} for n in known]
        if known.size:
            names.append({"x": end, "y": sizes[-1] / 1e3, "text": f"{mode} {figures(sizes[-1] / 1e3)} km"})
    _apart(names, domain)
    marks = [10.0**n for n in range(round(math.log10(domain[0])), round(math.log10(domain[1])) + 1)]
    minutes_axis = alt.Axis(title="minutes after launch", grid=False, tickCount=6)
    size_axis = alt.Axis(title="semi-major axis, km", values=marks, format=",~g", gridColor=GRID)
    x = alt.X("x", type="quantitative", axis=minutes_axis, scale=alt.Scale(domain=[0, end], nice=False))
    y = alt.Y("y", type="quantitative", axis=size_axis, scale=alt.Scale(type="log", domain=list(domain), nice=False))
    paint = alt.Stroke("color", type="nominal", scale=None, legend=None)
    base = alt.Chart(alt.InlineData(values=rows))
    drawn = base.mark_line(strokeWidth=2.5).encode(x=x, y=y, stroke=paint, detail=alt.Detail("mode", type="nominal"))
    words = alt.Chart(alt.InlineData(values=names)).mark_text(align="left", dx=6, color=INK)
    told = words.encode(x=x, y=alt.Y("place", type="quantitative", axis=size_axis), text=alt.Text("text:N"))
    nothing = alt.Chart(alt.InlineData(values=[{"x": end / 2, "y": math.sqrt(domain[0] * domain[1])}]))
    blank = nothing.mark_text(color=SOFT, text="not known").encode(x=x, y=y)
    head = alt.Title(_POINTS[point], fontSize=12, frame="group", anchor="start", offset=4)
    made = alt.layer(drawn, told) if rows else alt.layer(blank)
    return made.properties(width=WIDTH, height=HEIGHT, title=head)


def _apart(names: list[Row], domain: tuple[float, float]) -> None:
    """Place names beside the ends of their lines, one line of words apart at least."""
    gap = 16.0 / HEIGHT * math.log10(domain[1] / domain[0])
    before = -math.inf
    for row in sorted(names, key=lambda each: float(each["y"])):
        before = max(math.log10(row["y"]), before + gap)
        row["place"] = 10.0**before


def _table(tracked: Tracked) -> list[list[object]]:
    """Return a row a minute."""
    rows: list[list[object]] = []
    for n in range(0, tracked.own.time.size, 6):
        sizes = [_sizes(track, point)[n] for point in _POINTS for track in (tracked.own, tracked.shared)]
        told = ["not known" if math.isinf(size) else figures(size / 1e3) for size in sizes]
        rows.append([f"{tracked.own.time[n] / 60.0:.0f}", *told])
    return rows


def _words(tracked: Tracked) -> Words:
    end = float(tracked.own.time[-1])
    own, shared = (known_when(track, SMALL) for track in (tracked.own, tracked.shared))
    what = "where it comes down to 100 km"
    if math.isinf(shared):
        title = f"{tracked.who} never knows {what}, even with shared data"
    elif math.isinf(own):
        title = f"Only with shared data {tracked.who} knows {what}, {minutes(end - shared)} before impact"
    elif own - shared < 30.0:
        title = f"{tracked.who} knows {what} {minutes(end - own)} before impact; shared data change nothing"
    else:
        left, more = minutes(end - shared), minutes(end - own)
        title = f"With shared data {tracked.who} knows {what} {left} before impact, alone {more}"
    return Words(
        name="warning-ellipses",
        title=f"{title}: {tracked.path}",
        subtitle="Semi-major axis of the ellipse that holds the point with 90 %, km, logarithmic",
        caption=(
            "The least errors that any estimator can have with these looks (Cramér-Rao). A line begins when its "
            "ellipse is smaller than 2,000 km; above that the point is not known. Errors of sensors are assumed."
        ),
    )
