"""Maps of the whole Earth: how long satellites watch each place, and how low radars see over it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.briefing.charts_draw import Chart, Words, finish
from detente.briefing.charts_layout import GRID, INK, SOFT, tint
from detente.briefing.map_draw import CIRCLE, COAST, LAND, SEA, Labels, counted, dot, land, write
from detente.briefing.palette import PARTY_COLORS
from detente.briefing.words import percent

if TYPE_CHECKING:
    import xarray as xr

    from detente.catalog.records import Radar, Region
    from detente.scenario.scenario import Scenario

WIDTH, SOUTH = 720, -60.0
"""Width of the map [px], and its southern edge [deg]: nobody launches from farther south."""
SCALE = WIDTH / 360.0
HEIGHT = round(SCALE * (90.0 - SOUTH))
ROOM = (WIDTH, HEIGHT)
_KEY = 24
"""Room above the map for what the colors mean [px]."""


@dataclass(frozen=True, slots=True)
class Band:
    """Cells of one color: those whose value lies from `low` to below `high`.

    Parameters
    ----------
    low, high : float
        Limits of the value.
    words : str
        What the color means.
    strength : float
        Of the party's color, 0 to 1.
    """

    low: float
    high: float
    words: str
    strength: float


HOURS = (
    Band(1e-9, 8.0, "under 8 h", 0.18),
    Band(8.0, 16.0, "8 to 16 h", 0.36),
    Band(16.0, 24.0 - 1e-6, "16 h and more", 0.58),
    Band(24.0 - 1e-6, math.inf, "all 24 h", 0.85),
)
LOWEST = (
    Band(0.0, 200e3, "below 200 km", 0.85),
    Band(200e3, 500e3, "200 to 500 km", 0.58),
    Band(500e3, 1000e3, "500 to 1,000 km", 0.36),
    Band(1000e3, 2000e3, "1,000 to 2,000 km", 0.18),
)


def watch_map(scenario: Scenario, found: xr.Dataset, regions: Sequence[str] = ()) -> Chart:
    """Return the map of the hours a day in which satellites watch each cell.

    Parameters
    ----------
    scenario : Scenario
        Names, and the regions to mark.
    found : xarray.Dataset
        From `detente.sensing.coverage_map.coverage_map`.
    regions : sequence of str
        Names of regions to mark; by default those that the party wants watched.
    """
    party, mode = found.attrs["party"], found.attrs["mode"]
    hours = found.watched.values * 24.0
    names = tuple(regions) or scenario.coverage_regions.get(party, ())
    marks = _regions([scenario.catalog.regions[name] for name in names])
    some, always = (_share(found, hours >= least) for least in (1e-9, 24.0 - 1e-6))
    who, told = scenario.parties[party].title, percent(always) if always else "nothing"
    title = f"{_whose('satellites', who, mode)} watch {percent(some)} of the Earth at some hour, {told} at every hour"
    if some == 0.0:
        title = f"{_whose('satellites', who, mode)} watch no place on Earth at any hour"
    words = Words(
        name=f"watch-map-{party}-{mode}",
        title=title,
        subtitle=f"hours a day in which a missile burning at {found.attrs['altitude_m'] / 1e3:.0f} km is seen",
        caption="Infrared satellites only, minute by minute through a day. Dots: the regions that the party wants "
        "watched. Places without color are seen at no hour. Coast lines: Natural Earth, 1:110 million.",
    )
    return _drawn(words, _color(scenario, party), found, hours, HOURS, marks)


def low_map(scenario: Scenario, found: xr.Dataset) -> Chart:
    """Return the map of the least altitude at which some warning radar sees an object over each cell.

    Parameters
    ----------
    scenario : Scenario
        Names and radars.
    found : xarray.Dataset
        From `detente.sensing.coverage_map.radar_map`.
    """
    party, mode = found.attrs["party"], found.attrs["mode"]
    lowest = found.lowest_altitude.values
    radars = [scenario.catalog.radars[name] for name in found.attrs["radars"]]
    share = _share(found, lowest < 1000e3)
    who, what = (
        scenario.parties[party].title,
        found.attrs["target"].replace("reentry", "re-entry").replace("-body", " body"),
    )
    words = Words(
        name=f"radar-map-{party}-{mode}",
        title=f"{_whose('radars', who, mode)} see a {what} below 1,000 km over {percent(share)} of the Earth",
        subtitle=f"least altitude at which some warning radar sees a {what} straight above",
        caption="Horizon, refraction, limits of the faces and range for the target's radar cross section. Places "
        "without color are out of sight up to 2,000 km. Coast lines: Natural Earth, 1:110 million.",
    )
    return _drawn(words, _color(scenario, party), found, lowest, LOWEST, _sites(radars))


def _whose(sensors: str, who: str, mode: str) -> str:
    return f"Own {sensors} of {who}" if mode == "own" else f"{sensors.capitalize()} of {who} and its partners"


def _color(scenario: Scenario, party: str) -> str:
    return PARTY_COLORS[list(scenario.parties).index(party) % len(PARTY_COLORS)]


def _share(found: xr.Dataset, cells: np.ndarray) -> float:
    """Return the share of the Earth's surface that some cells have."""
    weights = np.cos(found.latitude.values)[:, None] * np.ones(found.longitude.size)
    return float((weights * cells).sum() / weights.sum())


def _place(latitude: float, longitude: float) -> tuple[float, float]:
    """Return where a point [deg] stands [px]."""
    return (longitude + 180.0) * SCALE, (90.0 - latitude) * SCALE


def _drawn(
    words: Words, color: str, found: xr.Dataset, values: np.ndarray, bands: Sequence[Band], marks: Sequence[Any]
) -> Chart:
    import altair as alt

    projection = alt.Projection(
        type="equirectangular", scale=WIDTH / (2.0 * math.pi), translate=[WIDTH / 2, 90 * SCALE]
    )

    def shape(data: Any, **style: Any) -> Any:
        chart = alt.Chart(data, width=WIDTH, height=HEIGHT).mark_geoshape(clip=True, **style)
        return chart.properties(projection=projection)

    lines = alt.graticule(extent=[[-180, -90], [180, 90]], step=[60, 30])
    sea = alt.InlineData(values=[{"x": 0, "x2": WIDTH, "y": 0, "y2": HEIGHT}])
    drawn = [
        _boxes(sea).mark_rect(fill=SEA, stroke=CIRCLE, strokeWidth=1),
        shape(land(), fill=LAND, stroke=None),
        *_cells(found, values, bands, color),
        shape(lines, filled=False, stroke=GRID, strokeWidth=0.6),
        shape(land(), filled=False, stroke=COAST, strokeWidth=0.6),
        *_key(bands, color),
        *marks,
    ]
    made = finish(words, alt.layer(*drawn).properties(width=WIDTH, height=HEIGHT), *_numbers(found, values, bands))
    return replace(made, svg=counted(made.svg))


def _cells(found: xr.Dataset, values: np.ndarray, bands: Sequence[Band], color: str) -> list[Any]:
    """Return neighboring cells of one color in a row as one rectangle each."""
    import altair as alt

    half = 0.5 * math.degrees(float(found.latitude[1] - found.latitude[0]))
    rows = []
    for latitude, line in zip(np.degrees(found.latitude.values), values, strict=True):
        if latitude + half <= SOUTH:
            continue
        kinds = np.sum([np.where((line >= band.low) & (line < band.high), n + 1, 0) for n, band in enumerate(bands)], 0)
        edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), kinds.size]
        top, bottom = (_place(each, 0.0)[1] for each in (latitude + half, max(latitude - half, SOUTH)))
        rows += [
            {
                "x": round(first * 2.0 * half * SCALE, 2),
                "x2": round(past * 2.0 * half * SCALE, 2),
                "y": round(top, 2),
                "y2": round(bottom, 2),
                "color": tint(color, bands[kinds[first] - 1].strength),
            }
            for first, past in pairwise(edges)
            if kinds[first]
        ]
    if not rows:
        return []
    mark = _boxes(alt.InlineData(values=rows)).mark_rect(opacity=0.8)
    return [mark.encode(color=alt.Color("color", type="nominal", scale=None, legend=None))]


def _boxes(data: Any) -> Any:
    """Return a chart of boxes from ``x``, ``y`` to ``x2``, ``y2`` [px]."""
    import altair as alt

    return _placed(data).encode(x2=alt.X2("x2"), y2=alt.Y2("y2"))


def _placed(data: Any) -> Any:
    """Return a chart of marks at ``x``, ``y`` [px]."""
    import altair as alt

    x, y = (alt.Scale(domain=span, nice=False, zero=False) for span in ([0, WIDTH], [HEIGHT, 0]))
    return alt.Chart(data, width=WIDTH, height=HEIGHT).encode(
        x=alt.X("x", type="quantitative", scale=x, axis=None), y=alt.Y("y", type="quantitative", scale=y, axis=None)
    )


def _dots(points: Sequence[tuple[float, float]], shape: str, size: int) -> list[Any]:
    """Return marks at some places [px], all alike."""
    import altair as alt

    rows = [{"x": round(x, 1), "y": round(y, 1)} for x, y in points]
    style = {"shape": shape, "color": INK, "filled": True, "size": size, "opacity": 1, "stroke": "white"}
    return [_placed(alt.InlineData(values=rows)).mark_point(strokeWidth=0.8, **style)] if rows else []


def _key(bands: Sequence[Band], color: str) -> list[Any]:
    """Return what the colors mean, in a line above the map."""
    drawn, x, y = [], 0.0, -_KEY / 2
    for band in bands:
        drawn.append(dot(x + 6, y, tint(color, band.strength), "square", 140, ROOM))
        drawn.append(write(band.words, x + 18, y, "left", color=SOFT, size=12, room=ROOM))
        x += 40 + 6.6 * len(band.words)
    return drawn


def _on_map(x: float, y: float) -> bool:
    return 0.0 <= x <= WIDTH and 0.0 <= y <= HEIGHT


def _regions(regions: Sequence[Region]) -> list[Any]:
    """Return a dot for each point of the regions and a label beside each of them."""
    labels = Labels(_on_map)
    placed = [(region, [_place(*point) for point in region.points]) for region in regions]
    labels.taken += [(x - 3, y - 3, x + 3, y + 3) for _, points in placed for x, y in points]
    drawn = _dots([point for _, points in placed for point in points], "circle", 14)
    for region, points in placed:
        middle = points[len(points) // 2]
        for x, y in sorted(points, key=lambda point: math.dist(point, middle)):
            if (at := labels.beside(x, y, region.title)) is not None:
                drawn.append(write(region.title, *at, color=INK, room=ROOM))
                break
    return drawn


def _sites(radars: Sequence[Radar]) -> list[Any]:
    """Return a mark for each radar and its name where there is room."""
    labels = Labels(_on_map)
    placed = {
        each.title.split(",")[0].split(" (")[0]: _place(
            math.degrees(each.latitude.value), math.degrees(each.longitude.value)
        )
        for each in radars
    }
    labels.taken += [(x - 4, y - 4, x + 4, y + 4) for x, y in placed.values()]
    drawn = _dots(list(placed.values()), "triangle-up", 34)
    for name, (x, y) in placed.items():
        if (at := labels.beside(x, y, name)) is not None:
            drawn.append(write(name, *at, color=INK, room=ROOM))
    return drawn


def _numbers(found: xr.Dataset, values: np.ndarray, bands: Sequence[Band]) -> tuple[list[str], list[list[object]]]:
    """Return the share of the Earth in each band."""
    rows: list[list[object]] = [
        [band.words, f"{100.0 * _share(found, (values >= band.low) & (values < band.high)):.2f}"] for band in bands
    ]
    return ["cells", "of the Earth's surface, %"], rows
