"""`detente range`: how far a missile flies, all around, and what lies within."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.engines import Json, example
from detente.cli.fly import place
from detente.cli.show import emit, progress, table

if TYPE_CHECKING:
    from detente.catalog.records import Missile, Place
    from detente.flight.range import Bearing, RangeTable

_ALL_AROUND = 36


@example("detente range ss-18 --from dombarovsky --map reach.svg, or: detente range scud-b --payload 500")
def range_(
    missile: Annotated[str, typer.Argument(help="a missile of the catalog (detente catalog list missiles)")],
    start: Annotated[
        str | None, typer.Option("--from", help="LAT,LON in degrees, or a place of the catalog (default: the equator)")
    ] = None,
    payload: Annotated[
        float | None, typer.Option("--payload", help="kg on top of the last stage (default: as in the catalog)")
    ] = None,
    azimuths: Annotated[
        int, typer.Option("--azimuths", min=4, max=360, help="directions, evenly around")
    ] = _ALL_AROUND,
    picture: Annotated[Path | None, typer.Option("--map", help="write the map of what is in reach: FILE.svg")] = None,
    json: Json = False,
) -> None:
    """Print the greatest range of a missile against azimuth, on the rotating Earth.

    With --from also which places of the catalog lie within, and --map draws them. --payload is another throw weight.
    """
    from detente.catalog.load import missile as known

    one = known(missile)
    launch = place(start or "0,0", "--from")
    _drawable(picture, start)
    with progress(json) as tell:
        found, near = _flown(one, launch, payload, azimuths, tell, with_places=start is not None)
    if picture is not None:
        _draw(picture, one, launch, found, near)
    if json:
        emit(_plain(found, near, launch.name))
        return
    _print(one, found, near, start)
    if picture is not None:
        typer.echo(f"The map: {picture}", err=True)


def _flown(
    missile: Missile, launch: Place, payload: float | None, count: int, tell: Any, *, with_places: bool
) -> tuple[RangeTable, tuple[Bearing, ...]]:
    from detente.catalog.load import catalog
    from detente.flight.range import bearings, range_by_azimuth
    from detente.problems import BadInputError, Problem

    around = [2.0 * math.pi * index / count for index in range(count)]
    try:
        found = range_by_azimuth(missile, launch, around, payload, tell=tell)
    except ValueError as error:
        if payload is None:
            raise
        said, _, told = str(error).partition("; allowed: ")
        allowed = f"{told or 'a payload light enough to lift off'}; the catalog has {missile.payload.value:g} kg"
        do = "Give a mass near that of the catalog, or take another missile."
        flown = said.partition("; ")[0]
        problem = Problem(file="command line", key="--payload", found=flown, allowed=allowed, do=do)
        raise BadInputError([problem]) from None
    places = catalog().places.values() if with_places else ()
    return found, bearings(missile, launch, places, payload)


def _drawable(picture: Path | None, start: str | None) -> None:
    """Refuse a map that could not be drawn or written, before anything is computed."""
    from detente.problems import BadInputError, Problem

    if picture is None:
        return
    problems = []
    if start is None:
        do = "Add --from with a place of the catalog, or with LAT,LON."
        problems.append(Problem(file="command line", key="--map", found="no --from", allowed="both", do=do))
    if picture.suffix != ".svg":
        do = "End the name in .svg."
        problems.append(
            Problem(file="command line", key="--map", found=f'"{picture}"', allowed="a file FILE.svg", do=do)
        )
    if picture.is_dir() or not picture.parent.is_dir():
        allowed, do = "a file in a folder that exists", "Make the folder, or choose another file."
        problems.append(Problem(file="command line", key="--map", found=f'"{picture}"', allowed=allowed, do=do))
    if problems:
        raise BadInputError(problems)


def _draw(picture: Path, missile: Missile, launch: Place, found: RangeTable, near: Sequence[Bearing]) -> None:
    from detente.briefing.reach_map import reach_map
    from detente.problems import BadInputError, Problem

    made = reach_map(found, near, missile.title, launch.title)
    try:
        picture.write_text(made.svg, encoding="utf-8")
    except OSError as error:
        allowed, do = "a file that can be written", "Choose another file."
        problem = Problem(file="command line", key="--map", found=f"{error}", allowed=allowed, do=do)
        raise BadInputError([problem]) from None


def _plain(found: RangeTable, near: Sequence[Bearing], launch: str) -> dict[str, Any]:
    """Return the table as JSON has it."""
    (least_at, least), (greatest_at, greatest) = found.least, found.greatest
    return {
        "missile": found.missile,
        "payload_kg": found.payload,
        "launch": launch,
        "latitude_deg": math.degrees(found.latitude),
        "longitude_deg": math.degrees(found.longitude),
        "at_rest_km": found.at_rest / 1e3,
        "least_km": least / 1e3,
        "least_azimuth_deg": math.degrees(least_at),
        "greatest_km": greatest / 1e3,
        "greatest_azimuth_deg": math.degrees(greatest_at),
        "ranges": [
            {
                "azimuth_deg": math.degrees(azimuth),
                "range_km": reach.distance / 1e3,
                "reaches_antipode": bool(whole),
                "apogee_km": None if whole else reach.apogee_altitude / 1e3,
                "flight_time_s": None if whole else reach.flight_time,
                "latitude_deg": math.degrees(reach.latitude),
                "longitude_deg": math.degrees(reach.longitude),
            }
            for azimuth, reach, whole in zip(found.azimuths.tolist(), found.reaches, found.everywhere, strict=True)
        ],
        "places": [
            {
                "place": each.place.name,
                "distance_km": each.distance / 1e3,
                "azimuth_deg": math.degrees(each.azimuth),
                "greatest_range_km": each.greatest_range / 1e3,
                "inside": each.inside,
            }
            for each in near
        ],
    }


def _print(missile: Missile, found: RangeTable, near: Sequence[Bearing], start: str | None) -> None:
    plain = _plain(found, near, "")
    rows = [
        (
            f"{row['azimuth_deg']:.0f}",
            "over 18,000" if row["reaches_antipode"] else row["range_km"],
            f"{(row['range_km'] / plain['at_rest_km'] - 1.0) * 100:+.1f} %",
            row["apogee_km"],
            row["flight_time_s"] and row["flight_time_s"] / 60,
            f"{row['latitude_deg']:.1f}",
            f"{row['longitude_deg']:.1f}",
        )
        for row in plain["ranges"]
    ]
    heads = ("azimuth deg", "range km", "against rest", "apogee km", "flight min", "latitude deg", "longitude deg")
    where = start or "the equator, where the turning of the Earth tells most (no --from)"
    note = (
        f"least {plain['least_km']:,.0f} km toward {plain['least_azimuth_deg']:.0f} deg, "
        f"greatest {plain['greatest_km']:,.0f} km toward {plain['greatest_azimuth_deg']:.0f} deg; "
        f"over an Earth at rest {plain['at_rest_km']:,.0f} km"
    )
    if found.payload == missile.payload.value:
        note += f", published {missile.range_published.value / 1e3:,.0f} km"
    table(f"{missile.name} with {found.payload:,.0f} kg from {where}: greatest range", heads, rows, note)
    if near:
        _print_places(near)


def _print_places(near: Sequence[Bearing]) -> None:
    """Print the places in reach and those up to twice as far as the missile flies."""
    shown = [each for each in near if each.distance < 2.0 * each.greatest_range]
    rows = [
        (
            each.place.title,
            each.inside,
            each.distance / 1e3,
            f"{math.degrees(each.azimuth):.0f}",
            each.greatest_range / 1e3,
            f"{(each.greatest_range / each.distance - 1.0) * 100:+.0f} %",
        )
        for each in shown
    ]
    heads = ("place", "in reach", "distance km", "azimuth deg", "range km", "margin")
    left = len(near) - len(shown)
    note = "A margin of a few percent is no sure answer."
    if rows:
        table("places of the catalog", heads, rows, note + (f" {left} more are over twice as far." if left else ""))
    else:
        typer.echo("All places of the catalog are over twice as far.")
