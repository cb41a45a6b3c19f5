"""Published numbers beside ours, for the defense engine. The published ones stand in ``data/published.csv``."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.resources import files

import numpy as np

from detente.catalog.load import catalog
from detente.defense import kernels
from detente.defense.bands import Geometry, bands_of
from detente.defense.cue import Cue
from detente.defense.flown_tests import closing_speed, flown_speed
from detente.defense.orbit import constellation_size
from detente.defense.path import path
from detente.defense.quick import quick
from detente.defense.reach import reach, sight_of
from detente.sources import ValidationRow

NOTES = {
    "FP-01": "ours is the even-chance area over the catalog's ranges; the areas of 0.9 and 0.1 chance bracket the "
    "published one. The radar's reach against so small a body is the driver, and no text read gives it",
    "FP-02": "the radar that fits the interceptor's reach; the catalog has no radar of a fire unit",
    "GB-01": "speed at burnout with its height turned into speed; ours flies three stages through the air",
    "GB-02": "as GB-01",
    "MD-15": "from geometry, for one missile from Northeast Asia; the source has no launch area",
    "MD-18": "flown head-on at the catalog's 7.5 km/s, for the geometry was not read; it is 10.7 at the 5.7 km/s at "
    "burnout that the booster flights of 2003 give here",
    "SB-01": "from geometry; speed, altitude and times are recalled or assumed; 6 km/s in place of 4 gives about 480",
}
"""What to know about a row, or why it fails."""


def rows() -> list[ValidationRow]:
    """Return every published number of the defense engine beside ours, in the order of the file."""
    text = (files("detente.defense") / "data" / "published.csv").read_text(encoding="utf-8")
    return [_row(line) for line in csv.DictReader(text.splitlines())]


def _row(line: Mapping[str, str]) -> ValidationRow:
    ours = float(_OURS[line["id"]]())
    unread = "unverified: " if line["seen"] == "no" else ""
    return ValidationRow(
        case=f"{line['id']} {line['case']}",
        quantity=line["quantity"],
        published=float(line["published"]),
        ours=ours,
        unit=line["unit"],
        tolerance=line["tolerance"],
        passed=float(line["low"]) <= ours <= float(line["high"]),
        source=unread + line["source"],
        note=NOTES.get(line["id"], ""),
    )


def _midcourse(
    missiles: int, decoys: float, stock: float, traits: tuple[float, float, float, float, float]
) -> tuple[float, float]:
    """Return chance of no leak and mean leakers of a raid on one aim and one midcourse deployment, with one round."""
    none, alive, _ = kernels.raid(
        missiles, 1, decoys, np.array([stock]), np.array([[*traits, 1.0]]), np.array([[1]], np.int64)
    )
    return none, alive[-1]


def _told_apart() -> float:
    blind, half = (_midcourse(20, 5.0, 60.0, (0.8, 1.0, 0.0, q, 1.0))[1] for q in (0.0, 0.5))
    return half / blind


def _burn(name: str) -> float:
    return sum(stage.burn_time.value for stage in catalog().missiles[name].stages)


def _orbit(missile: str) -> float:
    """Return how many satellites always have one in reach of a booster from Northeast Asia to either end of the US."""
    from detente.flight.fly import fly, shape

    known = catalog()
    launch, interceptor = known.places["musudan-ri"], known.interceptors["space-based-interceptor"]
    flights = [
        fly(known.missiles[missile], launch, known.places[aim], shape("minimum-energy"))
        for aim in ("seattle", "houston")
    ]
    return max(constellation_size(path(each, None), interceptor, each.burnout_time) for each in flights)


def _required(objects: int, sspk: float, require: float) -> float:
    needed = quick(objects, sspk, "salvo:1", require).interceptors_required
    return math.nan if needed is None else needed


def strategic_footprint() -> tuple[float, float, float]:
    """Return the diameters [m] of the areas that THAAD defends with a chance of 0.9, 0.5 and 0.1 against an ICBM.

    A single re-entry vehicle from 10,000 km to the north, minimum energy, from a site at 45 degrees north; satellites
    tell the battery's radar where to look. Its credit against targets up to 5 km/s is set aside, as in the source.
    """
    known = catalog()
    interceptor = replace(known.interceptors["thaad"], target_speed=None, largest_target_range=None)
    cue = Cue(share=1.0, mode="own", track_time=math.inf, alert_time=100.0)
    missile = known.missiles["generic-liquid-icbm"]
    place = Geometry(
        site=(math.radians(45.0), 0.0),
        launch=(math.radians(45.0), math.pi),
        loft=0.0,
        late=150.0,
        burnout_time=_burn(missile.name),
        longest=13.0e6,
        beta=missile.reentry_beta.value,
        sight=sight_of(missile, known.cross_sections),
    )
    high, middle, low = (2.0 * math.sqrt(band.area / math.pi) for band in bands_of(interceptor, place, (cue,)))
    return high, middle, low


def _fire_unit(name: str) -> float:
    return reach(catalog().interceptors[name]).radar / 1e3


_OURS: dict[str, Callable[[], float]] = {
    "MD-01": lambda: 1.0 - kernels.layer_leakage(1.0, 0.8, 1.0) ** 2,
    "MD-05a": lambda: 1.0 - kernels.layer_leakage(0.9, 0.9, 1.0),
    "MD-05b": lambda: 1.0 - kernels.layer_leakage(0.8, 0.19019, 1.0),
    "MD-06": lambda: 1.0 - quick(300, 0.95, "salvo:1").p_no_leak,
    "MD-08": lambda: 20.0 - _midcourse(20, 0.0, 44.0, (1.0, 4.0, 0.0, 1.0, 1.0))[1],
    "MD-11": lambda: quick(8, 0.8, "salvo:1").p_no_leak,
    "MD-13a": lambda: _burn("generic-liquid-icbm"),
    "MD-13b": lambda: _burn("generic-solid-icbm"),
    "MD-15": lambda: _orbit("generic-liquid-icbm"),
    "GB-01": lambda: flown_speed(5.3e6, 1.9e6) / 1e3,
    "GB-02": lambda: flown_speed(5.63e6, 1.81e6) / 1e3,
    "SB-01": lambda: _orbit("generic-solid-icbm"),
    "MD-18": lambda: closing_speed("kwajalein", "vandenberg", "generic-irbm", 4e6, 360.0) / 1e3,
    "MD-20": _told_apart,
    "MD-A1": lambda: _required(20, 0.8, 0.8),
    "MD-A3": lambda: _required(20, 0.5, 0.8),
    "MD-A5": lambda: _required(4, 0.5, 0.95),
    "MD-A7": lambda: _required(10, 0.56, 0.9),
    "MD-B1a": lambda: quick(20, 0.8, "shoot-look-shoot:4").interceptors_expected,
    "MD-B1b": lambda: quick(20, 0.8, "shoot-look-shoot:4").p_no_leak,
    "FP-01": lambda: strategic_footprint()[1] / 1e3,
    "FP-02": lambda: _fire_unit("thaad"),
    "FP-03": lambda: _fire_unit("patriot-pac-3"),
}
