"""`detente propagate` and `detente infer`: any initial state, and questions about a reported test."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.columns import Csv, columns, write
from detente.cli.engines import Json, example
from detente.cli.show import NO, emit, table

if TYPE_CHECKING:
    import numpy as np

    from detente.flight.infer import Inference
    from detente.flight.propagate import Passage


@example("detente propagate nesc-9 --csv nesc-9.csv")
def propagate(
    file: Annotated[str, typer.Argument(metavar="FILE", help="a TOML file with a state, or the bundled nesc-9")],
    csv: Csv = None,
    json: Json = False,
) -> None:
    """Follow a body without thrust from any initial state.

    Earth, air, wind, drag, start and end stand in the file, each quantity with its unit.
    """
    found = _followed(file)
    rows = columns(found)
    if csv is not None:
        write(csv, rows)
    last = {name: _plain(values[-1]) for name, values in rows.items()}
    events = [
        {
            "name": event.name,
            "time_s": event.time,
            "latitude_deg": math.degrees(event.latitude),
            "longitude_deg": math.degrees(event.longitude),
            "altitude_m": event.altitude,
            "speed_m_s": event.speed,
        }
        for event in found.events
    ]
    if json:
        emit({"file": file, "rows": len(found.time), "final": last, "events": events})
        return
    table(f"{file}: events", tuple(name.replace("_", " ") for name in events[0]), [tuple(e.values()) for e in events])
    table("final state", ("quantity", "value"), [(name.replace("_", " "), value) for name, value in last.items()])


def _followed(file: str) -> Passage:
    """Return the way of the body of a file.

    Raises
    ------
    BadInputError
        Anything wrong with the file, or a state that cannot be followed.
    """
    from detente.flight.propagate import TooManyRowsError
    from detente.flight.state_file import load
    from detente.problems import BadInputError, Problem

    asked = load(file)
    try:
        return asked.propagate()
    except ValueError as error:
        key, allowed, do = "start", "a state above the ground that can be followed", "Correct [start]."
        if isinstance(error, TooManyRowsError):
            key, do = "output.every", "Give a longer time between rows, or an earlier end in [stop]."
        found, _, told = str(error).partition("; allowed: ")
        raise BadInputError([Problem(file=file, key=key, found=found, allowed=told or allowed, do=do)]) from None


def _plain(value: np.float64) -> float | None:
    """Return a number, or None where there is none."""
    return float(value) if math.isfinite(value) else None


@example("detente infer --apogee 4475 --range 950 --from 39.3,125.9 --azimuth 80 --time 3180")
def infer(
    apogee: Annotated[float, typer.Option("--apogee", metavar="KM", help="greatest height as reported")],
    ground_range: Annotated[float, typer.Option("--range", metavar="KM", help="distance over the ground")],
    start: Annotated[str | None, typer.Option("--from", help="LAT,LON in degrees, or a place of the catalog")] = None,
    azimuth: Annotated[float | None, typer.Option("--azimuth", metavar="DEG", help="of the track at launch")] = None,
    missile: Annotated[str | None, typer.Option("--missile", help="make this catalog missile fly the shot")] = None,
    boost: Annotated[float | None, typer.Option("--boost", metavar="SECONDS", help="duration of the boost")] = None,
    time: Annotated[
        float | None, typer.Option("--time", metavar="SECONDS", help="reported flight time to judge")
    ] = None,
    json: Json = False,
) -> None:
    """Say what follows from the apogee and range of a reported test.

    Flight time, burnout and re-entry speed, and the range of the same shot on a minimum-energy trajectory; with --time
    whether that time is possible. Exit code 1 when it is not.
    """
    from detente.catalog.load import missile as known
    from detente.cli.fly import place
    from detente.flight import infer as engine
    from detente.flight.fly import Point

    at = None if start is None else place(start, "--from")
    found = engine.infer(
        apogee * 1e3,
        ground_range * 1e3,
        launch=None if at is None else Point(at.latitude.value, at.longitude.value, 0.0, at.name),
        azimuth=None if azimuth is None else math.radians(azimuth),
        missile=None if missile is None else known(missile),
        boost_time=boost,
    )
    told = _told(found)
    if time is not None:
        told |= dataclasses.asdict(engine.verdict(found, time))
    if json:
        emit(told)
    else:
        over = "over the turning Earth" if found.rotation else "over a sphere at rest; give --from and --azimuth"
        shown = [(name.replace("_", " "), value) for name, value in told.items() if name != "because"]
        table(f"a shot of {apogee:g} km height and {ground_range:g} km range, {over}", ("quantity", "value"), shown)
        typer.echo(told.get("because", "without --time, no verdict"))
    if not told.get("possible", True):
        raise typer.Exit(NO)


def _told(found: Inference) -> dict[str, object]:
    """Return what follows by name, in the units of the names."""
    return {
        "free_flight_time_s": found.free_flight_time,
        "flight_time_s": found.flight_time,
        "flight_time_low_s": found.flight_time_low,
        "flight_time_high_s": found.flight_time_high,
        "boost_time_s": found.boost_time,
        "boost_time_low_s": found.boost_time_low,
        "boost_time_high_s": found.boost_time_high,
        "burnout_speed_m_s": found.burnout_speed,
        "burnout_altitude_km": found.burnout_altitude / 1e3,
        "inertial_range_km": found.inertial_range / 1e3,
        "reentry_altitude_km": found.reentry_altitude / 1e3,
        "reentry_speed_m_s": found.reentry_speed,
        "reentry_angle_deg": math.degrees(found.reentry_angle),
        "max_range_km": found.max_range / 1e3,
        "max_range_low_km": found.max_range_low / 1e3,
        "max_range_high_km": found.max_range_high / 1e3,
        "max_range_at_rest_km": found.max_range_at_rest / 1e3,
        "rotation": found.rotation,
        "missile": found.missile or None,
        "payload_kg": found.payload,
    }
