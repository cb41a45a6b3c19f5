"""What maps share: the plane around a place, land, labels that find room, and marks placed by pixels."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.earth import destination

Array = NDArray[np.float64]
Room = tuple[int, int]

SIZE = 640
"""Width and height of a round map [px]."""
SEA, LAND, COAST, CIRCLE = "#f4f7fa", "#e6e1d3", "#b5b0a3", "#9aa3ad"
LETTER, HEIGHT = 6.4, 13.0
"""Room that a letter of a label takes, and a line of it [px]."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The map's plane: where the launch is in its middle, and what it shows.

    Parameters
    ----------
    latitude, longitude : float
        Of the middle [rad].
    radius : float
        Distance from the middle to the edge of the map [rad].
    margin : float
        Room around the map [px].
    """

    latitude: float
    longitude: float
    radius: float
    margin: float = 0.0

    @property
    def edge(self) -> float:
        """Distance from the middle to the edge [px]."""
        return 0.5 * SIZE - self.margin

    @property
    def scale(self) -> float:
        """Pixels a radian."""
        return self.edge / self.radius

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


def counted(svg: str) -> str:
    """Return a picture whose clip paths are counted from 0: the renderer goes on from the picture before.

    Examples
    --------
    >>> counted('<path id="a-clip7" clip-path="url(#a-clip7)"/>')
    '<path id="a-clip0" clip-path="url(#a-clip0)"/>'
    """
    order = {name: index for index, name in enumerate(dict.fromkeys(re.findall(r"-clip(\d+)\b", svg)))}
    return re.sub(r"-clip(\d+)\b", lambda match: f"-clip{order[match[1]]}", svg)


@cache
def land() -> Any:
    """Return the land of the Earth as data of a chart."""
    import altair as alt

    text = (files("detente.briefing") / "maps/land-110m.json").read_text(encoding="utf-8")
    return alt.InlineData(values=json.loads(text), format=alt.TopoDataFormat(feature="land", type="topojson"))


def line(sheet: Sheet, heading: Array, distance: Array) -> list[list[float]]:
    """Return longitude and latitude [deg] of the ends of lines from the middle; the last point closes the ring."""
    latitude, longitude = destination(sheet.latitude, sheet.longitude, heading, distance)
    points = np.round(np.degrees(np.stack([longitude, latitude], axis=-1)), 3).tolist()
    return [*points[:-1], points[0]]


def within_circle(x: float, y: float) -> bool:
    """Return whether a place [px] lies on a round map that fills its square."""
    return math.hypot(x - SIZE / 2, y - SIZE / 2) <= SIZE / 2


class Labels:
    """Room that labels have taken on a map.

    Parameters
    ----------
    inside : callable
        Whether a place [px] lies on the map; the ends of a label must.
    """

    def __init__(self, inside: Callable[[float, float], bool] = within_circle) -> None:
        self.inside = inside
        self.taken: list[tuple[float, float, float, float]] = []

    def beside(self, x: float, y: float, text: str) -> tuple[float, float, str] | None:
        """Take the room of a label beside a dot [px]; return where it stands and which end does; None without room."""
        width = LETTER * len(text)
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
        box = (x, y - HEIGHT / 2, x + width, y + HEIGHT / 2)
        if any(box[0] < one[2] and one[0] < box[2] and box[1] < one[3] and one[1] < box[3] for one in self.taken):
            return False
        if not (self.inside(box[0], y) and self.inside(box[2], y)):
            return False
        self.taken.append(box)
        return True


def dot(x: float, y: float, color: str, shape: str, size: int, room: Room = (SIZE, SIZE)) -> Any:
    """Return a mark at a place on a map of some width and height [px]."""
    import altair as alt

    mark = one(room).mark_point(
        shape=shape, color=color, filled=True, size=size, opacity=1, stroke="white", strokeWidth=0.8
    )
    return mark.encode(x=alt.XValue(round(x, 1)), y=alt.YValue(round(y, 1)))


def write(words: str, x: float, y: float, align: str, *, color: str, size: int = 11, room: Room = (SIZE, SIZE)) -> Any:
    """Return words at a place on a map of some width and height [px]."""
    import altair as alt

    mark = one(room).mark_text(text=words, color=color, fontSize=size, align=align, baseline="middle")
    return mark.encode(x=alt.XValue(round(x, 1)), y=alt.YValue(round(y, 1)))


def one(room: Room = (SIZE, SIZE)) -> Any:
    """Return a chart of one mark, placed by pixels."""
    import altair as alt

    return alt.Chart(alt.InlineData(values=[{}]), width=room[0], height=room[1])
