"""`detente fly`: one missile from launch to impact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.columns import Csv, columns, flown, write
from detente.cli.engines import Json, example
from detente.cli.show import emit, table

if TYPE_CHECKING:
    from detente.catalog.records import Place
    from detente.flight.trajectory import Trajectory


@example("detente fly minuteman-iii --from malmstrom --to moscow")
def fly(
    missile: Annotated[str, typer.Argument(help="a missile of the catalog (detente catalog list missiles)")],
    start: Annotated[str, typer.Option("--from", help="LAT,LON in degrees, or a place of the catalog")],
    aim: Annotated[str, typer.Option("--to", help="LAT,LON in degrees, or a place of the catalog")],
    trajectory: Annotated[
        str,
        typer.Option("--trajectory", help='minimum-energy, lofted, depressed, apogee "1200 km", re-entry "25 deg"'),
    ] = "minimum-energy",
    csv: Csv = None,
    json: Json = False,
) -> None:
    """Fly one missile from launch to impact.

    On the rotating Earth, solved to come down on the aim point; prints its events, and with --csv writes its
    whole history, in the columns of detente propagate.
    """
    from detente.briefing.results import flight

    one = _flown(missile, place(start, "--from"), place(aim, "--to"), trajectory)
    if csv is not None:
        write(csv, columns(flown(one)))
    found = flight(one)
    if json:
        emit(found)
        return
    heads = ("event", "time s", "latitude deg", "longitude deg", "altitude km", "speed km/s")
    rows = [tuple(event.values()) for event in found["events"]]
    note = (
        f"range {found['ground_range_km']:.0f} km, apogee {found['apogee_km']:.0f} km, "
        f"flight {found['flight_time_s']:.0f} s, re-entry {found['reentry_speed_km_s']:.2f} km/s "
        f"at {found['reentry_angle_deg']:.0f} deg below the horizon"
    )
    table(f"{found['missile']}: {start} to {aim}", heads, rows, note)


def _flown(missile: str, launch: Place, aim: Place, trajectory: str) -> Trajectory:
    from detente.catalog.load import missile as known
    from detente.flight.fly import OutOfReachError, fly, shape
    from detente.problems import BadInputError, Problem
    from detente.scenario.shapes import ALLOWED

    one = known(missile)
    try:
        wanted = shape(trajectory)
    except ValueError:
        do = "Write one of these."
        problem = Problem(file="command line", key="--trajectory", found=f'"{trajectory}"', allowed=ALLOWED, do=do)
        raise BadInputError([problem]) from None
    try:
        return fly(one, launch, aim, wanted)
    except OutOfReachError as error:
        allowed = "an aim point, and a trajectory to it, within the missile's reach"
        do = "Choose a nearer aim, another launch place or trajectory, or a missile of longer range."
        problem = Problem(file="command line", key="--to", found=str(error), allowed=allowed, do=do)
        raise BadInputError([problem]) from None


def place(text: str, option: str) -> Place:
    """Return the place that a text names, or the point that it gives as LAT,LON in degrees.

    Raises
    ------
    BadInputError
        No such place, or a point that is not on Earth.
    """
    from detente.catalog.load import catalog
    from detente.problems import BadInputError, Problem, nearest

    known = catalog().places
    if text in known:
        return known[text]
    parts = text.split(",")
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError:
        do = nearest(text, known)
        allowed = "LAT,LON in degrees (for example 47.5,-111.2) or a place of the catalog"
        raise BadInputError(
            [Problem(file="command line", key=option, found=f'"{text}"', allowed=allowed, do=do)]
        ) from None
    if not (-90 <= latitude <= 90 and -360 <= longitude <= 360):
        allowed = "latitude from -90 to 90 and longitude from -360 to 360 degrees"
        do = "Give latitude first, then longitude."
        raise BadInputError([Problem(file="command line", key=option, found=f'"{text}"', allowed=allowed, do=do)])
    return _point(text, latitude, longitude)


def _point(text: str, latitude: float, longitude: float) -> Place:
    from math import radians

    from detente.catalog.records import Place
    from detente.sources import Cited

    at = [
        Cited(value=radians(angle), low=radians(angle), high=radians(angle), source="command line")
        for angle in (latitude, longitude)
    ]
    return Place(name=text, title=text, latitude=at[0], longitude=at[1])
