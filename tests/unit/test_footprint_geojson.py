"""Footprints as GeoJSON: rings, holes, the antimeridian, and a file that cannot be written."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from typer.testing import CliRunner

from detente.briefing.footprint_geojson import feature_collection
from detente.cli.footprint import _writable
from detente.cli.main import app
from detente.defense.footprint import Footprint
from detente.problems import BadInputError


def square(lon: float, lat: float, half: float, turn: int = 1) -> np.ndarray:
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]])[::turn] * half + [lon, lat]
    corners[:, 0] = (corners[:, 0] + 180.0) % 360.0 - 180.0
    return np.radians(corners)


def drawn(*rings: np.ndarray) -> dict:
    one = Footprint(deployment="a", threat="b", probability=0.5, rings=rings, area=2e6, places=("here",))
    (feature,) = feature_collection({"case": SimpleNamespace(footprints=(one,))})["features"]
    assert feature["properties"]["area_km2"] == 2.0
    return feature["geometry"]


def test_a_hole_belongs_to_the_polygon_around_it() -> None:
    shape = drawn(square(0, 0, 5), square(40, 0, 5), square(40, 0, 1, -1))
    assert [len(polygon) for polygon in shape["coordinates"]] == [1, 2]


def test_a_ring_over_the_antimeridian_runs_on() -> None:
    ((ring,),) = drawn(square(179, 10, 3))["coordinates"]
    assert max(point[0] for point in ring) - min(point[0] for point in ring) == pytest.approx(6.0)
    assert ring[0] == ring[-1]


def test_nothing_defended_has_no_geometry() -> None:
    assert drawn() is None


def test_the_verb_writes_a_file(tmp_path) -> None:
    path = tmp_path / "areas.geojson"
    ran = CliRunner().invoke(app, ["footprint", "minimal", "--geojson", str(path), "--json"])
    assert ran.exit_code == 0
    made = json.loads(path.read_text(encoding="utf-8"))
    rows = [row for one in json.loads(ran.stdout)["cases"].values() for row in one]
    assert len(made["features"]) == len(rows)


def test_a_file_in_no_folder_is_refused(tmp_path) -> None:
    with pytest.raises(BadInputError, match="--geojson"):
        _writable(tmp_path / "none" / "areas.geojson")
