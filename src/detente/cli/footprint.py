"""`detente footprint`: the ground that each deployment defends, as a table, JSON or GeoJSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.engines import CaseName, Json, Name, answered, example
from detente.cli.show import emit, table, text

Geojson = Annotated[Path | None, typer.Option("--geojson", help="write the areas as GeoJSON: FILE.geojson")]


@example("detente footprint genoa-2001 --case us-framework")
def footprint(scenario: Name, case: CaseName = None, geojson: Geojson = None, json: Json = False) -> None:
    """Print the area that each deployment defends.

    Against each threat, with its probability over the ranges of the catalog. --geojson writes the areas for any map.
    """
    from detente.briefing.results import areas

    _writable(geojson)
    answer = answered(scenario, case, json)
    if geojson is not None:
        from detente.briefing.footprint_geojson import feature_collection

        _write(geojson, text(feature_collection(answer.cases)))
    found = {name: areas(one) for name, one in answer.cases.items()}
    if json:
        emit({"scenario": answer.scenario.name, "digest": answer.digest.whole, "cases": found})
        return
    for name, rows in found.items():
        shown = [
            (row["deployment"], row["threat"], row["probability"], row["area_km2"], ", ".join(row["places"]) or "none")
            for row in rows
        ]
        heads = ("deployment", "threat", "probability", "area km²", "places inside")
        table(f"{name}: defended area", heads, shown)
    if geojson is not None:
        typer.echo(f"The areas: {geojson}", err=True)


def _writable(path: Path | None) -> None:
    """Refuse a file that could not be written, before anything is computed."""
    from detente.problems import BadInputError, Problem

    if path is not None and (path.is_dir() or not path.parent.is_dir()):
        allowed, do = "a file in a folder that exists", "Make the folder, or choose another file."
        problem = Problem(file="command line", key="--geojson", found=f'"{path}"', allowed=allowed, do=do)
        raise BadInputError([problem])


def _write(path: Path, content: str) -> None:
    from detente.problems import BadInputError, Problem

    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        allowed, do = "a file that can be written", "Choose another file."
        problem = Problem(file="command line", key="--geojson", found=f"{error}", allowed=allowed, do=do)
        raise BadInputError([problem]) from None
