"""Published numbers beside ours, for the forces engine. The published ones stand in ``data/published.csv``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from importlib.resources import files

from scipy.special import bdtrc

from detente.catalog.load import catalog
from detente.catalog.records import ForceClass
from detente.forces import kernels
from detente.forces.reduce import counted, reduced
from detente.forces.signs import SIGNS, all_at_sea, arriving, forces_1990, index
from detente.scenario.scenario import ForcePlan
from detente.sources import Cited, ValidationRow

Inputs = Mapping[str, str]


def rows() -> list[ValidationRow]:
    """Return every published number of the forces engine beside ours, in the order of the file."""
    text = (files("detente.forces") / "data" / "published.csv").read_text(encoding="utf-8")
    return [_row(line) for line in csv.DictReader(text.splitlines())]


def _row(line: Mapping[str, str]) -> ValidationRow:
    inputs = dict(pair.split("=") for pair in line["inputs"].split())
    published, ours = float(line["published"]), _KINDS[line["kind"]](inputs)
    return ValidationRow(
        case=line["case"],
        quantity=line["quantity"],
        published=published,
        ours=ours,
        unit=line["unit"],
        tolerance=line["tolerance"],
        passed=_inside(ours, published, line["within"]),
        source=line["source"],
        note=line["note"],
    )


def _inside(ours: float, published: float, within: str) -> bool:
    """Return whether ours is as close as it must be, or on the side of the published number that it must be on."""
    if within in {"above", "below"}:
        return ours > published if within == "above" else ours < published
    return abs(ours - published) <= float(within)


def _radius(inputs: Inputs) -> float:
    rule = {
        "lieber-press-2006": kernels.lethal_radius_lieber_press_2006,
        "glasstone-1977": kernels.lethal_radius_glasstone_1977,
    }[inputs["rule"]]
    return float(rule(float(inputs["Y_kt"]) * kernels.MEGATON / 1000.0, float(inputs["H_psi"]) * kernels.PSI))


def _kill(inputs: Inputs) -> float:
    one = kernels.sspk(_radius(inputs), float(inputs["CEP_m"]))
    return float(kernels.kill_independent(one, float(inputs["R"]), int(inputs["n"])))


def _survivors(inputs: Inputs) -> float:
    return float(inputs["silos"]) * (1.0 - _kill(inputs))


def _cube_root(inputs: Inputs) -> float:
    larger = {**inputs, "Y_kt": str(8.0 * float(inputs["Y_kt"]))}
    return _radius(larger) / _radius(inputs)


def _sspk(inputs: Inputs) -> float:
    return float(kernels.sspk(float(inputs["LR"]), float(inputs["CEP_m"])))


def _cumulative(inputs: Inputs) -> float:
    return float(kernels.kill_independent(float(inputs["p"]), 1.0, int(inputs["n"])))


def _emt(inputs: Inputs) -> float:
    return float(kernels.equivalent_megatons(float(inputs["N"]), float(inputs["Y_kt"]) * kernels.MEGATON / 1000.0))


def _cost(inputs: Inputs) -> float:
    return float(kernels.cost_kent_thaler_1989(float(inputs["own"]), float(inputs["other"])))


# Wu (2020) as in its public code, middle inputs for 2010: probability that a missile is detected at its pad, on the way
# out, in its silo and at its base, and killed there; that it moves in time; reliability; four shots of a defense that
# tells warheads from decoys.
_PAD, _FORWARD, _SILO, _TECHNICAL, _BASE = 0.6, (0.7, 0.8), (0.999, 0.995), (0.8, 0.8), (0.9985, 0.8)
_MOVES, _PREPARING, _RELIABLE, _PASSES = 0.5, 0.2, 0.8, (1.0 - 0.1 * 0.5) ** 4


def _missed(detected_and_killed: tuple[float, float]) -> float:
    return 1.0 - detected_and_killed[0] * detected_and_killed[1]


def _wu_2020_delivers() -> float:
    """Return the probability that a missile sent out to disperse delivers, before it is looked for on the way."""
    return (1.0 - _PAD**3) * _MOVES * (1.0 - _PREPARING) * _RELIABLE * _PASSES


def _wu(inputs: Inputs) -> float:
    dealerted = 1.0 - (1.0 - 1.2 * _wu_2020_delivers()) ** (int(inputs["dealerted"]) / 2)
    silo = _missed(_SILO) * _RELIABLE * _PASSES
    warhead = _missed(_BASE) * (1.0 - (1.0 - silo) ** 20 * (1.0 - _missed(_TECHNICAL) * dealerted) ** 2)
    dispersed = _missed(_FORWARD) * _wu_2020_delivers()
    none: float = (1.0 - warhead) * (1.0 - dispersed) ** int(inputs["dispersed"])
    return 1.0 - none


def _wu_five(inputs: Inputs) -> float:
    return float(bdtrc(4, int(inputs["dispersed"]), _missed(_FORWARD) * _wu_2020_delivers()))


def _attributed(inputs: Inputs) -> float:
    return counted(catalog().forces[inputs["force"]], "attributed")


def _ceiling(inputs: Inputs) -> float:
    plan = ForcePlan(base=inputs["force"], ceiling=_number(float(inputs["ceiling"])))
    return counted(reduced(catalog().forces[inputs["force"]], plan), "loaded")


def _launchers(inputs: Inputs) -> float:
    return sum(kind.launchers.value for kind in _classes(inputs))


def _accuracy(inputs: Inputs) -> float:
    return _classes(inputs)[0].accuracy.value


def _classes(inputs: Inputs) -> list[ForceClass]:
    return [kind for kind in catalog().forces[inputs["force"]].classes if kind.name.startswith(inputs["class"])]


def _at_sea(inputs: Inputs) -> float:
    kinds = [kind for kind in catalog().forces[inputs["force"]].classes if kind.basing == "submarine"]
    return sum(kind.launchers.value * kind.loaded.value * kind.alert_day.value for kind in kinds)


def _arriving(inputs: Inputs) -> float:
    return arriving(inputs["victim"], inputs["posture"], inputs["launch"] == "yes", float(inputs["ceiling"]))


def _sign(inputs: Inputs) -> float:
    return SIGNS[inputs["change"]]()


def _nothing_pays(_inputs: Inputs) -> float:
    return index(all_at_sea(forces_1990()))


def _number(value: float) -> Cited:
    return Cited(value=value, low=value, high=value, source="validation")


_KINDS: dict[str, Callable[[Inputs], float]] = {
    "lethal-radius": _radius,
    "kill": _kill,
    "survivors": _survivors,
    "cube-root": _cube_root,
    "sspk": _sspk,
    "cumulative": _cumulative,
    "emt": _emt,
    "cost": _cost,
    "wu": _wu,
    "wu-five": _wu_five,
    "attributed": _attributed,
    "ceiling": _ceiling,
    "launchers": _launchers,
    "accuracy": _accuracy,
    "sign": _sign,
    "at-sea": _at_sea,
    "arriving": _arriving,
    "nothing-pays": _nothing_pays,
}
