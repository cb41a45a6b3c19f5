"""Areas on the Earth as points spread evenly over them: given one by one, as a box, or as an outline."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from detente.units import si

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

    Point = tuple[float, float]
    Vector = tuple[float, float, float]

RADIUS = 6_371_008.8
"""Mean radius [m] (Moritz 2000, Geodetic Reference System 1980): spacing need not be exact."""
SPACING = "300 km"
MOST_POINTS = 2000
_LARGEST = math.radians(75.0)


class Spread:
    """Annotation of the points of a region: a list of them, a box, or an outline to spread them over."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        """Return how pydantic reads such a field."""
        from pydantic_core import core_schema

        listed = core_schema.no_info_after_validator_function(checked, handler(source))
        return core_schema.no_info_before_validator_function(spread, listed)

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return the JSON Schema of such a field."""
        pair = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
        spacing = {"type": "string", "description": '"… km"', "default": SPACING}
        box = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
        outline = {"type": "array", "items": pair, "minItems": 3}
        tables = [
            {
                "type": "object",
                "description": said,
                "properties": {key: value, "spacing": spacing},
                "required": [key],
                "additionalProperties": False,
            }
            for key, value, said in (
                ("box", box, "South, west, north and east edge [deg]; west of the date line to east of it wraps."),
                ("outline", outline, "Corners [latitude, longitude in deg], joined by great circles."),
            )
        ]
        return {"anyOf": [handler(schema), *tables]}


def spread(raw: object) -> object:
    """Return the points that a table with a box or an outline stands for; anything else as it is.

    Raises
    ------
    ValueError
        A table with other keys, or an area that cannot be.
    """
    if not isinstance(raw, dict):
        return raw
    kinds = [key for key in ("box", "outline") if key in raw]
    if len(kinds) != 1 or set(raw) - {*kinds, "spacing"}:
        raise ValueError("allowed: a list of points, { box = […] } or { outline = […] }, each with spacing if wanted")
    spacing = si(str(raw.get("spacing", SPACING)), "m")
    if not 10e3 <= spacing <= 2000e3:
        raise ValueError(f"spacing is {spacing / 1e3:g} km; allowed: 10 to 2000 km")
    numbers = _numbers(raw[kinds[0]], kinds[0])
    points = in_box(*numbers, spacing=spacing) if kinds[0] == "box" else in_outline(_pairs(numbers), spacing)
    _few(len(points))
    return points


def checked(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return the points of a region if there are any and each is a place on the Earth."""
    if not points:
        raise ValueError("no points; give at least one")
    for latitude, longitude in points:
        if not (abs(latitude) <= 90.0 and abs(longitude) <= 180.0):
            raise ValueError(f"[{latitude:g}, {longitude:g}] is no [latitude, longitude] within 90 and 180 degrees")
    return points


def in_box(south: float, west: float, north: float, east: float, *, spacing: float) -> tuple[Point, ...]:
    """Return points on rows of latitude, edges and corners among them; a box from 170 to -170 crosses the date line.

    Parameters
    ----------
    south, west, north, east : float
        Edges [deg]; from -180 to 180 is all around. An edge at 90 is the pole, one point.
    spacing : float
        Greatest distance between neighbors [m].

    Raises
    ------
    ValueError
        Edges that are no such box.

    Examples
    --------
    >>> in_box(89.0, -180.0, 90.0, 180.0, spacing=200e3)[-1]
    (90.0, 0.0)
    """
    if not -90.0 <= south < north <= 90.0:
        raise ValueError(
            f"edges from {south:g} to {north:g} of latitude; allowed: south below north, within 90 degrees"
        )
    if not (abs(west) <= 180.0 and abs(east) <= 180.0) or west == east:
        raise ValueError(f"edges from {west:g} to {east:g} of longitude; allowed: two within 180 degrees")
    width = (east - west) % 360.0 or 360.0
    _few(math.radians(width) * (_sine(north) - _sine(south)) * (RADIUS / spacing) ** 2)
    rows = math.ceil(math.radians(north - south) * RADIUS / spacing)
    points: list[Point] = []
    for row in range(rows + 1):
        latitude = south + (north - south) * row / rows
        length = math.radians(width) * RADIUS * math.cos(math.radians(latitude))
        steps = math.ceil(length / spacing - 1e-9)
        if abs(latitude) == 90.0:
            points.append((latitude, 0.0))
            continue
        whole = width == 360.0
        points += [(latitude, _wrapped(west + width * step / max(steps, 1))) for step in range(steps + (not whole))]
    return tuple(points)


def in_outline(corners: Iterable[Point], spacing: float) -> tuple[Point, ...]:
    """Return the corners of an outline and points of an even lattice inside; date line and poles are no matter.

    Parameters
    ----------
    corners : iterable of (latitude, longitude)
        In order, either way around [deg]; great circles join them. The outline is the one of the two areas that holds
        the mean of its corners' directions, and may reach 75 degrees from there.
    spacing : float
        Distance between neighbors of the lattice [m].

    Raises
    ------
    ValueError
        Fewer than three corners, an outline that crosses itself, or one that is too large.
    """
    given = tuple(corners)
    checked(given)
    if len(set(given)) < 3 or len(set(given)) < len(given):
        raise ValueError(f"an outline of {len(set(given))} different corners; allowed: 3 or more, none given twice")
    unit = [_unit(*corner) for corner in given]
    total = [sum(each[axis] for each in unit) for axis in range(3)]
    size = math.hypot(*total)
    if size < 1e-9:
        raise ValueError("an outline all around the Earth; split it into smaller ones")
    axes = _axes((total[0] / size, total[1] / size, total[2] / size))
    far = max(math.acos(max(-1.0, min(1.0, _dot(axes[2], each)))) for each in unit)
    if far > _LARGEST:
        raise ValueError(f"a corner is {math.degrees(far):.0f} degrees from the middle; allowed: up to 75: split it")
    _few(0.1 * math.pi * (2.0 * math.sin(far / 2.0) * RADIUS / spacing) ** 2)
    flat = [_flat(each, axes) for each in unit]
    if _crosses(flat):
        raise ValueError("the outline crosses itself; give its corners in order around the area")
    inside = [point for point in _lattice(axes, far, spacing) if _holds(flat, _flat(_unit(*point), axes))]
    return (*given, *inside)


def _few(count: float) -> None:
    """Refuse more points than a region may have."""
    if count > MOST_POINTS:
        raise ValueError(f"about {count:.0f} points; allowed: at most {MOST_POINTS}: give a wider spacing")


def _sine(degrees: float) -> float:
    return math.sin(math.radians(degrees))


def _numbers(raw: object, key: str) -> list[float]:
    """Return the numbers of a box or, one after the other, of an outline."""
    items = list(raw) if isinstance(raw, list | tuple) else []
    flat = [number for item in items for number in (item if isinstance(item, list | tuple) else [item])]
    pairs = all(isinstance(item, list | tuple) and len(item) == 2 for item in items)
    if not items or any(isinstance(one, bool) or not isinstance(one, int | float) for one in flat):
        raise ValueError(f"{key} is no list of numbers [deg]")
    if (key == "box" and (len(items) != 4 or len(flat) != 4)) or (key == "outline" and not pairs):
        raise ValueError("box = [south, west, north, east]; outline = [[latitude, longitude], …], in degrees")
    return [float(one) for one in flat]


def _pairs(numbers: list[float]) -> list[Point]:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _wrapped(longitude: float) -> float:
    return (longitude + 180.0) % 360.0 - 180.0


def _unit(latitude: float, longitude: float) -> Vector:
    lat, lon = math.radians(latitude), math.radians(longitude)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _dot(first: Vector, second: Vector) -> float:
    return sum(one * other for one, other in zip(first, second, strict=True))


def _axes(middle: Vector) -> tuple[Vector, Vector, Vector]:
    """Return three unit vectors at right angles, the last of them toward the middle."""
    x, y, z = middle
    across = math.hypot(x, y)
    east: Vector = (-y / across, x / across, 0.0) if across > 1e-12 else (0.0, 1.0, 0.0)
    north = (middle[1] * east[2] - z * east[1], z * east[0] - x * east[2], x * east[1] - y * east[0])
    return east, north, middle


def _flat(unit: Vector, axes: tuple[Vector, Vector, Vector]) -> Point:
    """Return the gnomonic projection, in which great circles are straight lines."""
    depth = _dot(unit, axes[2])
    return _dot(unit, axes[0]) / depth, _dot(unit, axes[1]) / depth


def _lattice(axes: tuple[Vector, Vector, Vector], far: float, spacing: float) -> list[Point]:
    """Return a square lattice of the azimuthal equal-area projection around the middle, out to an angle [rad]."""
    step, reach = spacing / RADIUS, 2.0 * math.sin(far / 2.0)
    count = math.ceil(reach / step)
    points = []
    for i in range(-count, count + 1):
        for j in range(-count, count + 1):
            x, y = i * step, j * step
            rho = math.hypot(x, y)
            if rho > reach:
                continue
            angle = 2.0 * math.asin(rho / 2.0)
            side = math.sin(angle) / rho if rho > 0.0 else 0.0
            unit = [side * (x * e + y * n) + math.cos(angle) * m for e, n, m in zip(*axes, strict=True)]
            points.append(
                (math.degrees(math.asin(max(-1.0, min(1.0, unit[2])))), math.degrees(math.atan2(unit[1], unit[0])))
            )
    return points


def _sides(corners: list[Point]) -> list[tuple[Point, Point]]:
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))


def _holds(corners: list[Point], point: Point) -> bool:
    """Return whether a point lies inside a polygon: a line from it to infinity crosses it an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in _sides(corners):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            inside = not inside
    return inside


def _crosses(corners: list[Point]) -> bool:
    """Return whether two sides that do not meet in a corner cross."""
    sides = _sides(corners)
    for index, (a, b) in enumerate(sides):
        for other in range(index + 2, len(sides) - (index == 0)):
            c, d = sides[other]
            if _turn(a, b, c) * _turn(a, b, d) < 0.0 and _turn(c, d, a) * _turn(c, d, b) < 0.0:
                return True
    return False


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
