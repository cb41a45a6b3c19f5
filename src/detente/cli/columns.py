"""The table of a flight as a CSV file: the columns of a passage, and how they are written."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from detente.problems import BadInputError, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.flight.propagate import Passage
    from detente.flight.trajectory import Trajectory

Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="write every row to this file")]


def columns(found: Passage) -> dict[str, NDArray[np.float64]]:
    """Return the columns of the table by name, in the units of their names."""
    import numpy as np

    table = {
        "time_s": found.time,
        "latitude_deg": np.degrees(found.latitude),
        "longitude_deg": np.degrees(found.longitude),
        "altitude_m": found.altitude,
    }
    table |= {f"velocity_{way}_m_s": found.velocity_ned[:, i] for i, way in enumerate(("north", "east", "down"))}
    for frame, position, velocity in (
        ("inertial", found.position_eci, found.velocity_eci),
        ("earth_fixed", found.position_ecef, found.velocity_ecef),
    ):
        table |= {f"position_{frame}_{axis}_m": position[:, i] for i, axis in enumerate("xyz")}
        table |= {f"velocity_{frame}_{axis}_m_s": velocity[:, i] for i, axis in enumerate("xyz")}
    return table | {
        "mach": found.mach,
        "dynamic_pressure_pa": found.dynamic_pressure,
        "density_kg_m3": found.density,
    }


def flown(trajectory: Trajectory) -> Passage:
    """Return the samples of a flight over the turning Earth with all that the columns tell."""
    import numpy as np

    from detente.earth import WGS84, eci_from_ecef, velocity_eci_from_ecef
    from detente.flight import tables
    from detente.flight.propagate import Air, passage

    angle = WGS84.rotation_rate * trajectory.time
    place = trajectory.position_ecef
    states = [eci_from_ecef(place, angle), velocity_eci_from_ecef(place, trajectory.velocity_ecef, angle)]
    air = Air(table=tables.us1976())
    return passage(trajectory.time, np.concatenate(states, axis=1), WGS84, air, trajectory.events)


def write(path: Path, table: dict[str, NDArray[np.float64]]) -> None:
    """Write a table; a cell without a number is empty. A table of the same columns is written over, nothing else.

    Raises
    ------
    BadInputError
        The file cannot be written, or holds something else.
    """
    rows = zip(*table.values(), strict=True)
    head = ",".join(table)
    lines = [head, *(",".join("" if math.isnan(cell) else repr(float(cell)) for cell in row) for row in rows)]
    try:
        if path.is_file() and path.stat().st_size and not path.read_bytes().startswith(head.encode()):
            raise _refused(f"{path}, which holds something else", "Give another name, or move that file away.")
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        do = "Give a file in a folder that exists and may be written to."
        raise _refused(f"{path}, which cannot be written ({error.strerror})", do) from None


def _refused(found: str, do: str) -> BadInputError:
    return BadInputError([Problem(file="command line", key="--csv", found=found, allowed="a file to write", do=do)])
