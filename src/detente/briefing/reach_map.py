"""Map of what a missile reaches from a place: azimuthal equidistant, so that distance from the launch is true."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from detente.briefing.charts_draw import Chart, Words, finish
from detente.briefing.charts_layout import INK, SOFT
from detente.briefing.palette import BLUE, GREY, VERMILION
from detente.earth import destination

if TYPE_CHECKING:
    from detente.flight.range import Bearing, RangeTable

Array = NDArray[np.float64]

SIZE = 640
"""Width and height of the map [px]."""
_SEA, _LAND, _CIRCLE = "#f4f7fa", "#e6e1d3", "#9aa3ad"
_STEPS = (50e3, 100e3, 200e3, 500e3, 1000e3, 2000e3, 5000e3)
"""Distances between circles to choose from [m]."""
_MOST_CIRCLES = 5
_LETTER, _LINE = 6.4, 13.0
"""Room that a letter of a label takes, and a line of it [px]."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The map's plane: where the launch is in its middle, and what it shows.

    Parameters
    ----------
    latitude, longitude : float
        Of the middle [rad].
    radius : float
        Distance from the middle to the edge of the map [rad].
    """

    latitude: float
    longitude: float
    radius: float

    @property
    def scale(self) -> float:
        """Pixels a radian."""
        return 0.5 * SIZE / self.radius

    def pixel(self, azimuth: float, angle: float) -> tuple[float, float]:
        """Return where a point at an azimuth and an angle from the middle [rad] stands [px]."""
        far = self.scale * angle
        return 0.5 * SIZE + far * math.sin(azimuth), 0.5 * SIZE - far * math.cos(azimuth)

    def layer(self, data: Any) -> Any:
        """Return a chart of data in this projection."""
        import altair as alt

        projection = alt.Projection(
            type="azimuthalEquidistant",
            rotate=[-math.degrees(self.longitude), -math.degrees(self.latitude), 0],
            scale=self.scale,
            translate=[0.5 * SIZE, 0.5 * SIZE],
            clipAngle=min(math.degrees(self.radius), 179.9),
        )
        return alt.Chart(data, width=SIZE, height=SIZE).properties(projection=projection)

    def shape(self, geometry: dict[str, Any], **style: Any) -> Any:
        """Return a line or an area of the map."""
        import altair as alt

        return self.layer(alt.InlineData(values={"type": "Feature", "geometry": geometry})).mark_geoshape(**style)


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
    sheet = _Sheet(table.latitude, table.longitude, min(1.1 * most / radius, math.pi))
    labels = _Labels()
    layers = [
        sheet.layer(alt.sphere()).mark_geoshape(fill=_SEA, stroke=_CIRCLE, strokeWidth=1),
        sheet.layer(_land()).mark_geoshape(fill=_LAND, stroke="#b5b0a3", strokeWidth=0.5),
        *_ring(sheet, table),
        *_circles(sheet, radius, labels),
        *_marks(sheet, places, radius, labels),
    ]
    made = finish(_words(table, missile, launch), alt.layer(*layers), *_numbers(table))
    return replace(made, svg=_counted(made.svg))


def _counted(svg: str) -> str:
    """Return a picture whose clip paths are counted from 0: the renderer goes on from the picture before.

    Examples
    --------
    >>> _counted('<path id="a-clip7" clip-path="url(#a-clip7)"/>')
    '<path id="a-clip0" clip-path="url(#a-clip0)"/>'
    """
    order = {name: index for index, name in enumerate(dict.fromkeys(re.findall(r"-clip(\d+)\b", svg)))}
    return re.sub(r"-clip(\d+)\b", lambda match: f"-clip{order[match[1]]}", svg)


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


@cache
def _land() -> Any:
    """Return the land of the Earth as data of a chart."""
    import altair as alt

    text = (files("detente.briefing") / "maps/land-110m.json").read_text(encoding="utf-8")
    return alt.InlineData(values=json.loads(text), format=alt.TopoDataFormat(feature="land", type="topojson"))


def _ring(sheet: _Sheet, table: RangeTable) -> list[Any]:
    """Return the area in reach with its edge, and the dashed circle of an Earth at rest."""
    if table.everywhere.all():
        whole = {"type": "Sphere"}
        return [sheet.shape(whole, fill=BLUE, fillOpacity=0.16, stroke=None)]
    heading = np.radians(np.arange(0.0, 361.0, 2.0))
    area = {"type": "Polygon", "coordinates": [_line(sheet, heading, _between(table, heading))]}
    rest = np.full(heading.shape, min(table.at_rest, 0.999 * math.pi * table.earth.mean_radius))
    circle = {"type": "LineString", "coordinates": _line(sheet, heading, rest)}
    return [
        sheet.shape(area, fill=BLUE, fillOpacity=0.16, stroke=BLUE, strokeWidth=2),
        sheet.shape(circle, filled=False, stroke=INK, strokeWidth=1, strokeDash=[5, 4]),
    ]


def _between(table: RangeTable, heading: Array) -> Array:
    """Return the greatest ranges [m] at azimuths [rad], evenly between those that were flown."""
    most = 0.999 * math.pi * table.earth.mean_radius
    found: Array = np.minimum(np.interp(heading, table.azimuths, table.distances, period=2.0 * math.pi), most)
    return found


def _line(sheet: _Sheet, heading: Array, distance: Array) -> list[list[float]]:
    """Return longitude and latitude [deg] of the ends of lines from the middle; the last point closes the ring."""
    latitude, longitude = destination(sheet.latitude, sheet.longitude, heading, distance)
    points = np.round(np.degrees(np.stack([longitude, latitude], axis=-1)), 3).tolist()
    return [*points[:-1], points[0]]


class _Labels:
    """Room that labels have taken on the map."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, float, float, float]] = []

    def beside(self, x: float, y: float, text: str) -> tuple[float, float, str] | None:
        """Take the room of a label beside a dot [px]; return where it stands and which end does; None without room."""
        width = _LETTER * len(text)
        for right, up, align in (
            (6, 0, "left"),
            (-6, 0, "right"),
            (0, -11, "left"),
            (0, 11, "left"),
            (0, -11, "right"),
        ):
            if self._room(x + right - (width if align == "right" else 0.0), y + up, width):
                return x + right, y + up, align
        return None

    def _room(self, x: float, y: float, width: float) -> bool:
        box = (x, y - _LINE / 2, x + width, y + _LINE / 2)
        if any(box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in self.taken):
            return False
        if max(math.hypot(end - SIZE / 2, y - SIZE / 2) for end in (box[0], box[2])) > SIZE / 2:
            return False
        self.taken.append(box)
        return True


def _circles(sheet: _Sheet, radius: float, labels: _Labels) -> list[Any]:
    """Return circles of equal distance with their lengths."""
    edge = sheet.radius * radius
    step = next((each for each in _STEPS if edge / each < _MOST_CIRCLES + 1), _STEPS[-1])
    distances = np.arange(step, 0.97 * edge, step).tolist()
    heading = np.radians(np.arange(0.0, 361.0, 2.0))
    lines = [_line(sheet, heading, np.full(heading.shape, distance)) for distance in distances]
    drawn = [
        sheet.shape({"type": "MultiLineString", "coordinates": lines}, filled=False, stroke=_CIRCLE, strokeWidth=0.6)
    ]
    for distance in distances:
        text = f"{distance / 1e3:,.0f} km"
        x, y = sheet.pixel(math.pi, distance / radius)
        labels.taken.append((x + 3, y - 14, x + 3 + _LETTER * len(text), y))
        drawn.append(_text(text, x + 3, y - 7, "left", color=SOFT, size=10))
    return drawn


def _marks(sheet: _Sheet, places: Sequence[Bearing], radius: float, labels: _Labels) -> list[Any]:
    """Return a dot for the launch and one for each place on the map, with a label where there is room."""
    middle = 0.5 * SIZE
    labels.taken.append((middle - 9, middle - 9, middle + 9, middle + 9))
    shown = [(each, *sheet.pixel(each.azimuth, each.distance / radius)) for each in places]
    shown = [each for each in shown if each[0].distance < 0.98 * sheet.radius * radius]
    labels.taken += [(x - 4, y - 4, x + 4, y + 4) for _, x, y in shown]
    drawn = []
    for bearing, x, y in shown:
        color = VERMILION if bearing.inside else GREY
        drawn.append(_dot(x, y, color, "circle" if bearing.inside else "square", 34))
        at = labels.beside(x, y, bearing.place.title)
        if at is not None:
            drawn.append(_text(bearing.place.title, *at, color=INK if bearing.inside else SOFT))
    return [*drawn, _dot(middle, middle, INK, "cross", 160)]


def _dot(x: float, y: float, color: str, shape: str, size: int) -> Any:
    import altair as alt

    mark = _one().mark_point(
        shape=shape, color=color, filled=True, size=size, opacity=1, stroke="white", strokeWidth=0.8
    )
    return mark.encode(x=alt.XValue(round(x, 1)), y=alt.YValue(round(y, 1)))


def _text(text: str, x: float, y: float, align: str, *, color: str, size: int = 11) -> Any:
    import altair as alt

    mark = _one().mark_text(text=text, color=color, fontSize=size, align=align, baseline="middle")
    return mark.encode(x=alt.XValue(round(x, 1)), y=alt.YValue(round(y, 1)))


def _one() -> Any:
    """Return a chart of one mark, placed by pixels."""
    import altair as alt

    return alt.Chart(alt.InlineData(values=[{}]), width=SIZE, height=SIZE)
