"""Map of what a missile reaches from a place: azimuthal equidistant, so that distance from the launch is true."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.briefing.charts_draw import Chart, Words, finish
from detente.briefing.charts_layout import INK, SOFT
from detente.briefing.map_draw import (
    CIRCLE,
    COAST,
    LAND,
    LETTER,
    SEA,
    SIZE,
    Labels,
    Sheet,
    counted,
    dot,
    land,
    line,
    write,
)
from detente.briefing.palette import BLUE, GREY, VERMILION

if TYPE_CHECKING:
    from detente.flight.range import Bearing, RangeTable

Array = NDArray[np.float64]

_STEPS = (50e3, 100e3, 200e3, 500e3, 1000e3, 2000e3, 5000e3)
"""Distances between circles to choose from [m]."""
_MOST_CIRCLES = 5


def reach_map(table: RangeTable, places: Sequence[Bearing], missile: str, launch: str) -> Chart:
    """Return the map of what a missile reaches, with places inside and outside of it.

    Parameters
    ----------
    table : RangeTable
        Greatest ranges on azimuths all around.
    places : sequence of Bearing
        What to mark; where labels would meet, the nearer place keeps its own.
    missile, launch : str
        As people call them.
    """
    import altair as alt

    radius, most = table.earth.mean_radius, max(table.greatest[1], table.at_rest)
    sheet = Sheet(table.latitude, table.longitude, min(1.1 * most / radius, math.pi))
    labels = Labels()
    layers = [
        sheet.layer(alt.sphere()).mark_geoshape(fill=SEA, stroke=CIRCLE, strokeWidth=1),
        sheet.layer(land()).mark_geoshape(fill=LAND, stroke=COAST, strokeWidth=0.5),
        *_ring(sheet, table),
        *_circles(sheet, radius, labels),
        *_marks(sheet, places, radius, labels),
    ]
    made = finish(_words(table, missile, launch), alt.layer(*layers), *_numbers(table))
    return replace(made, svg=counted(made.svg))


def _words(table: RangeTable, missile: str, launch: str) -> Words:
    (low_at, low), (high_at, high) = table.least, table.greatest
    load = f"with {table.payload:,.0f} kg"
    most = "the antipode" if table.everywhere.any() else f"{_km(high)} km"
    reached = "every point on Earth" if table.everywhere.all() else f"{_km(low)} km to {most}"
    subtitle = f"greatest range on the rotating Earth; least toward {math.degrees(low_at):.0f}°"
    subtitle += (
        f", greatest toward {math.degrees(high_at):.0f}°. Dashed: {_km(table.at_rest)} km, over an Earth at rest"
    )
    caption = (
        "Distances and directions from the launch, in the middle, are true. The colored area is within reach with "
        "every stage burnt out; thin circles are lines of equal distance. Coast lines: Natural Earth, 1:110 million."
    )
    return Words(
        name=f"reach-{table.missile}",
        title=f"{missile} from {launch} reaches {reached} {load}",
        subtitle="" if table.everywhere.all() else subtitle,
        caption=caption,
    )


def _km(distance: float) -> str:
    """Return kilometres to three figures: no more is known.

    Examples
    --------
    >>> _km(12_345_678.0), _km(333_200.0)
    ('12,300', '333')
    """
    return f"{float(f'{distance / 1e3:.3g}'):,.0f}"


def _numbers(table: RangeTable) -> tuple[list[str], list[list[object]]]:
    heads = ["azimuth, deg", "greatest range, km"]
    rows: list[list[object]] = [
        [math.degrees(azimuth), reach.distance / 1e3]
        for azimuth, reach in zip(table.azimuths.tolist(), table.reaches, strict=True)
    ]
    return heads, rows


def _ring(sheet: Sheet, table: RangeTable) -> list[Any]:
    """Return the area in reach with its edge, and the dashed circle of an Earth at rest."""
    if table.everywhere.all():
        whole = {"type": "Sphere"}
        return [sheet.shape(whole, fill=BLUE, fillOpacity=0.16, stroke=None)]
    heading = np.radians(np.arange(0.0, 361.0, 2.0))
    area = {"type": "Polygon", "coordinates": [line(sheet, heading, _between(table, heading))]}
    rest = np.full(heading.shape, min(table.at_rest, 0.999 * math.pi * table.earth.mean_radius))
    circle = {"type": "LineString", "coordinates": line(sheet, heading, rest)}
    return [
        sheet.shape(area, fill=BLUE, fillOpacity=0.16, stroke=BLUE, strokeWidth=2),
        sheet.shape(circle, filled=False, stroke=INK, strokeWidth=1, strokeDash=[5, 4]),
    ]


def _between(table: RangeTable, heading: Array) -> Array:
    """Return the greatest ranges [m] at azimuths [rad], evenly between those that were flown."""
    most = 0.999 * math.pi * table.earth.mean_radius
    found: Array = np.minimum(np.interp(heading, table.azimuths, table.distances, period=2.0 * math.pi), most)
    return found


def _circles(sheet: Sheet, radius: float, labels: Labels) -> list[Any]:
    """Return circles of equal distance with their lengths."""
    edge = sheet.radius * radius
    step = next((each for each in _STEPS if edge / each < _MOST_CIRCLES + 1), _STEPS[-1])
    distances = np.arange(step, 0.97 * edge, step).tolist()
    heading = np.radians(np.arange(0.0, 361.0, 2.0))
    lines = [line(sheet, heading, np.full(heading.shape, distance)) for distance in distances]
    drawn = [
        sheet.shape({"type": "MultiLineString", "coordinates": lines}, filled=False, stroke=CIRCLE, strokeWidth=0.6)
    ]
    for distance in distances:
        text = f"{distance / 1e3:,.0f} km"
        x, y = sheet.pixel(math.pi, distance / radius)
        labels.taken.append((x + 3, y - 14, x + 3 + LETTER * len(text), y))
        drawn.append(write(text, x + 3, y - 7, "left", color=SOFT, size=10))
    return drawn


def _marks(sheet: Sheet, places: Sequence[Bearing], radius: float, labels: Labels) -> list[Any]:
    """Return a dot for the launch and one for each place on the map, with a label where there is room."""
    middle = 0.5 * SIZE
    labels.taken.append((middle - 9, middle - 9, middle + 9, middle + 9))
    shown = [(each, *sheet.pixel(each.azimuth, each.distance / radius)) for each in places]
    shown = [each for each in shown if each[0].distance < 0.98 * sheet.radius * radius]
    labels.taken += [(x - 4, y - 4, x + 4, y + 4) for _, x, y in shown]
    drawn = []
    for bearing, x, y in shown:
        color = VERMILION if bearing.inside else GREY
        drawn.append(dot(x, y, color, "circle" if bearing.inside else "square", 34))
        at = labels.beside(x, y, bearing.place.title)
        if at is not None:
            drawn.append(write(bearing.place.title, *at, color=INK if bearing.inside else SOFT))
    return [*drawn, dot(middle, middle, INK, "cross", 160)]
