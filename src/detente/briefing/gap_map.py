"""Map of the directions from which a missile comes unannounced: around the place, azimuths and distances true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from detente.briefing.charts_draw import Chart, Words, finish
from detente.briefing.charts_layout import INK, SOFT, tint
from detente.briefing.map_draw import CIRCLE, COAST, LAND, SEA, SIZE, Labels, Sheet, counted, dot, land, line, write
from detente.briefing.palette import PARTY_COLORS, VERMILION
from detente.briefing.words import listed
from detente.earth import WGS84, destination, great_circle
from detente.sensing.radar import fan

if TYPE_CHECKING:
    from detente.catalog.records import Radar
    from detente.scenario.scenario import Scenario
    from detente.sensing.gaps import Gap, Sweep

_RING, _BETWEEN, _MARGIN = 11.0, 4.0, 92.0
"""Thickness of a ring, room between two, and room around the map [px]."""
_DARK = "#3b424b"
_HEIGHT = 1000e3
"""Altitude [m] at which the fans of the radars are drawn."""


def gap_map(scenario: Scenario, sweeps: Sequence[Sweep], radars: Sequence[Radar], names: Sequence[str] = ()) -> Chart:
    """Return the map around a place with a ring for each look all around, dark where no warning comes in time.

    Parameters
    ----------
    scenario : Scenario
        Names and places.
    sweeps : sequence of Sweep
        Looks of one party at one class of threat, for example with own sensors, with a radar rebuilt, and with shared
        data; the gaps of the first are drawn as wedges, each is a ring.
    radars : sequence of Radar
        Whose fans are drawn.
    names : sequence of str
        What to call each ring; by default "own" and "shared".
    """
    import altair as alt

    first = sweeps[0]
    middle = scenario.catalog.places[first.aims[0]]
    reach = first.approach.ground_range / WGS84.mean_radius
    called = tuple(names) or tuple(sweep.mode for sweep in sweeps)
    margin = _MARGIN + len(sweeps) * (_RING + _BETWEEN) - 30.0
    sheet = Sheet(middle.latitude.value, middle.longitude.value, min(reach * 1.02, 0.95 * math.pi), margin)
    color = PARTY_COLORS[list(scenario.parties).index(first.party) % len(PARTY_COLORS)]
    layers = [
        sheet.layer(alt.sphere()).mark_geoshape(fill=SEA, stroke=CIRCLE, strokeWidth=1),
        sheet.layer(land()).mark_geoshape(fill=LAND, stroke=COAST, strokeWidth=0.5),
        *[_fan(sheet, radar, color) for radar in radars],
        *[_wedge(sheet, gap, reach) for gap in first.gaps],
        *[layer for at, sweep in enumerate(sweeps) for layer in _ring(sheet, sweep, at, color)],
        *_key(color, first.least_warning),
        *_labels(sheet, sweeps, middle.title, radars),
    ]
    made = finish(_words(scenario, sweeps, called), alt.layer(*layers), *_numbers(sweeps, called))
    return replace(made, svg=counted(made.svg))


def _words(scenario: Scenario, sweeps: Sequence[Sweep], called: Sequence[str]) -> Words:
    first, least = sweeps[0], f"{sweeps[0].least_warning / 60:.0f} minutes"
    where = listed([scenario.catalog.places[name].title for name in first.aims])
    told = [_span(gap) for gap in first.gaps]
    title = f"No gap around {where}: from every direction a warning of {least} comes"
    if told:
        title = f"From azimuths {listed(told)} a missile reaches {where} without {least} of warning"
    distance = f"{first.approach.ground_range / 1e3:,.0f} km"
    rings = "" if len(sweeps) == 1 else f"; rings from the inside: {listed(list(called))}"
    return Words(
        name=f"gaps-{first.party}-{first.approach.name}",
        title=title,
        subtitle=f"minimum-energy flights from {distance} away, by azimuth of the launch point{rings}",
        caption=f"Ring: dark where no radar gives {least} and satellites do not watch the launch point at every hour; "
        "light where only satellites do. Faint areas: where radars see a target at 1,000 km. "
        "Directions and distances from the middle are true.",
    )


def _span(gap: Gap) -> str:
    """Return an interval of azimuth in words."""
    low, high = (f"{math.degrees(azimuth):.0f}" for azimuth in (gap.azimuth_from, gap.azimuth_to))
    return f"{low}–{high}°"


def _sector(sheet: Sheet, start: float, end: float, reach: float) -> list[list[float]]:
    """Return longitude and latitude [deg] around a sector from the middle, clockwise."""
    swept = (end - start) % (2.0 * math.pi) or 2.0 * math.pi
    heading = start + np.linspace(0.0, swept, max(2, math.ceil(math.degrees(swept))))
    out = np.linspace(0.0, reach, 12)[1:-1]
    azimuth = np.concatenate([np.full(out.size, start), heading, np.full(out.size, end)])
    far = np.concatenate([out, np.full(heading.size, reach), out[::-1]]) * WGS84.mean_radius
    latitude, longitude = destination(sheet.latitude, sheet.longitude, azimuth, far)
    points = np.round(np.degrees(np.stack([longitude, latitude], axis=-1)), 3).tolist()
    middle = [math.degrees(sheet.longitude), math.degrees(sheet.latitude)]
    return [middle, *points, middle]


def _wedge(sheet: Sheet, gap: Gap, reach: float) -> Any:
    whole = (gap.azimuth_to - gap.azimuth_from) % (2.0 * math.pi) < 1e-9
    if whole:
        heading = np.radians(np.arange(0.0, 361.0, 2.0))
        ring = line(sheet, heading, np.full(heading.shape, reach * WGS84.mean_radius))
    else:
        ring = _sector(sheet, gap.azimuth_from, gap.azimuth_to, reach)
    return sheet.shape({"type": "Polygon", "coordinates": [ring]}, fill=_DARK, fillOpacity=0.3, stroke=None)


def _fan(sheet: Sheet, radar: Radar, color: str) -> Any:
    ring = np.round(np.degrees(fan(radar, _HEIGHT)), 3).tolist()
    area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return sheet.shape(area, fill=color, fillOpacity=0.12, stroke=color, strokeWidth=0.7)


def _ring(sheet: Sheet, sweep: Sweep, at: int, color: str) -> list[Any]:
    """Return a ring of arcs around the map: dark in gaps, light where only satellites watch, colored else."""
    import altair as alt

    inner = sheet.edge + _BETWEEN + at * (_RING + _BETWEEN)
    late = sweep.warning < sweep.least_warning
    gap = late & (sweep.satellite_hours < 24.0)
    kinds = np.where(gap, 2, np.where(late, 1, 0)).tolist()
    fills, step = (color, tint(color, 0.3), _DARK), 2.0 * math.pi / len(kinds)
    rows, start = [], 0
    for kind, group in groupby(kinds):
        end = start + len(list(group))
        rows.append({"from": round(start * step, 6), "to": round(end * step, 6), "color": fills[kind]})
        start = end
    mark = alt.Chart(alt.InlineData(values=rows), width=SIZE, height=SIZE)
    drawn = mark.mark_arc(innerRadius=inner, outerRadius=inner + _RING)
    return [
        drawn.encode(
            theta=alt.Theta("from", type="quantitative", scale=None),
            theta2=alt.Theta2("to"),
            color=alt.Color("color", type="nominal", scale=None, legend=None),
        )
    ]


def _key(color: str, least: float) -> list[Any]:
    """Return what the colors of the rings mean, in a corner of the picture."""
    drawn = []
    parts = (
        (8, color, f"radars give {least / 60:.0f} min"),
        (26, tint(color, 0.3), "satellites only"),
        (44, _DARK, "neither"),
    )
    for y, fill, text in parts:
        drawn += [dot(8, y, fill, "square", 130), write(text, 20, y, "left", color=SOFT, size=12)]
    return drawn


def _labels(sheet: Sheet, sweeps: Sequence[Sweep], middle: str, radars: Sequence[Radar]) -> list[Any]:
    """Return the azimuths of the gaps outside the rings, the four winds, and names of the middle and the radars."""
    labels, drawn = Labels(), []
    half, outer = 0.5 * SIZE, sheet.edge + len(sweeps) * (_RING + _BETWEEN) + 10.0
    for gap in sweeps[0].gaps:
        swept = (gap.azimuth_to - gap.azimuth_from) % (2.0 * math.pi)
        heading = gap.azimuth_from + 0.5 * swept
        x, y = half + outer * math.sin(heading), half - outer * math.cos(heading)
        align = "left" if math.sin(heading) > 0.0 else "right"
        drawn.append(write(_span(gap), x, y, align, color=INK, size=12))
    drawn.append(dot(half, half, INK, "cross", 160))
    labels.taken.append((half - 9, half - 9, half + 9, half + 9))
    if (at := labels.beside(half + 8.0, half, middle)) is not None:
        drawn.append(write(middle, *at, color=INK))
    placed = {}
    for radar in radars:
        angle, azimuth = _from(sheet, radar)
        placed[radar.title.split(",")[0].split(" (")[0]] = sheet.pixel(azimuth, angle)
    labels.taken += [(x - 4, y - 4, x + 4, y + 4) for x, y in placed.values()]
    for name, (x, y) in placed.items():
        drawn.append(dot(x, y, VERMILION, "triangle-up", 34))
        if (at := labels.beside(x, y, name)) is not None:
            drawn.append(write(name, *at, color=INK))
    return drawn


def _from(sheet: Sheet, radar: Radar) -> tuple[float, float]:
    """Return the angle and azimuth [rad] of a radar from the middle."""
    angle, azimuth = great_circle(sheet.latitude, sheet.longitude, radar.latitude.value, radar.longitude.value)
    return float(angle), float(azimuth)


def _numbers(sweeps: Sequence[Sweep], called: Sequence[str]) -> tuple[list[str], list[list[object]]]:
    heads = ["data", "from, deg", "to, deg", "longest radar warning, min", "satellites watch at least, h a day"]
    rows: list[list[object]] = [
        [
            name,
            f"{math.degrees(gap.azimuth_from):.0f}",
            f"{math.degrees(gap.azimuth_to):.0f}",
            f"{gap.warning / 60:.0f}",
            f"{gap.satellite_hours:.1f}",
        ]
        for name, sweep in zip(called, sweeps, strict=True)
        for gap in sweep.gaps
    ]
    return heads, rows
