"""Published numbers beside ours, for the forces engine. The published ones stand in ``data/published.csv``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from importlib.resources import files

from scipy.special import bdtrc

from detente.catalog.load import catalog
from detente.catalog.records import Catalog, Force, ForceClass
from detente.forces import kernels
from detente.forces.exchange_model import exchange
from detente.forces.reduce import counted, reduced
from detente.scenario.scenario import Assumptions, Case, ForcePlan, Scenario
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
        passed=abs(ours - published) <= float(line["within"]),
        source=line["source"],
        note=line["note"],
    )


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


def _sign(inputs: Inputs) -> float:
    """Return whether a change to the forces of 1990 raises (1), keeps (0) or lowers (-1) the Kent-Thaler index."""
    us, ussr = (catalog().forces[name] for name in ("us-1990", "ussr-1990"))
    before = _index(us, ussr)
    if inputs["change"] == "launch":
        after = _index(us, ussr, launch=True)
    elif inputs["change"] == "cut":
        after = _index(us, ussr, share=0.5)
    else:
        after = _index(_at_sea(us), _at_sea(ussr))
    return float(after > before + 1e-9) - float(after < before - 1e-9)


def _at_sea(force: Force) -> Force:
    """Return a force whose silo missiles stand on submarines that are all at sea."""
    always = _number(1.0)
    return replace(
        force,
        classes=tuple(
            replace(kind, basing="submarine", hardness=None, alert_day=always, alert_generated=always)
            if kind.basing == "silo"
            else kind
            for kind in force.classes
        ),
    )


def _index(us: Force, ussr: Force, launch: bool = False, share: float = 1.0) -> float:
    day = date(1990, 9, 1)
    plans = {
        force.party: ForcePlan(base=force.party, ceiling=_number(share * counted(force, "loaded")))
        for force in (us, ussr)
    }
    case = Case(name="1990", title="1990", summary="", on=day, agreements={}, forces=plans, sensors={})
    scenario = Scenario(
        name="1990",
        title="1990",
        question="",
        on=day,
        parties={},
        threats={},
        cases={},
        assumptions=Assumptions(
            required_retaliation=_number(2000.0),
            launch_under_attack=launch,
            decision_floor=_number(0.0),
            radar_track_time=_number(0.0),
        ),
        coverage_regions={},
        catalog=Catalog(forces={force.party: force for force in (us, ussr)}),
    )
    found = exchange(scenario, case, dict.fromkeys(plans, 60.0), {}).measures
    return next(value for name, value in found.items() if name.startswith("first-strike-stability"))


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
}
