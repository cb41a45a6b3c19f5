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
    cloud_break: Annotated[
        float, typer.Option("--cloud-break", metavar="KM", help="altitude at which the plume rises above cloud")
    ] = 7.0,
    csv: Csv = None,
    json: Json = False,
) -> None:
    """Fly one missile from launch to impact.

    On the rotating Earth, solved to come down on the aim point; prints its events, and with --csv writes its
    whole history, in the columns of detente propagate.
    """
    from detente.briefing.results import flight

    one = _flown(missile, place(start, "--from"), place(aim, "--to"), trajectory, _clouds(cloud_break))
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


def _clouds(altitude_km: float) -> float:
    """Return the altitude of the top of the clouds [m]."""
    from detente.problems import BadInputError, Problem

    if 0.0 < altitude_km <= 100.0:
        return altitude_km * 1e3
    found, do = f"{altitude_km:g} km", "Give the top of the clouds above the sea; 7 km is usual."
    problem = Problem(file="command line", key="--cloud-break", found=found, allowed="above 0 and up to 100 km", do=do)
    raise BadInputError([problem])


def _flown(missile: str, launch: Place, aim: Place, trajectory: str, clouds: float) -> Trajectory:
    from detente.catalog.load import missile as known
    from detente.flight.fly import OutOfReachError, OutOfShapeError, fly, shape
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
        return fly(one, launch, aim, wanted, cloud_break=clouds)
    except OutOfReachError as error:
        key, do = "--to", "Choose another aim or launch place, or a missile of longer range."
        if isinstance(error, OutOfShapeError):
            key, do = "--trajectory", "Ask for one within that, or for minimum-energy."
        found, _, allowed = str(error).partition("; allowed: ")
        problem = Problem(
            file="command line", key=key, found=found, allowed=allowed or "an aim point within reach", do=do
        )
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
