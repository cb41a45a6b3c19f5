"""What in a force contradicts itself, added to the checks of `consistent`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from detente.catalog.consistent import Contradiction, contradictions
from detente.catalog.records import Force, ForceClass

__all__ = ["Contradiction", "contradictions"]


@contradictions.register
def _force(record: Force) -> Iterator[Contradiction]:
    if not record.classes:
        yield Contradiction(path="classes", found="no classes", allowed="at least one", do="Add [[NAME.classes]].")
    often = Counter(kind.name for kind in record.classes)
    for index, kind in enumerate(record.classes):
        if often[kind.name] > 1:
            found = f'the name "{kind.name}" {often[kind.name]} times'
            yield Contradiction(path=f"classes.{index}.name", found=found, allowed="each once", do="Rename one.")
        yield from _class(kind, f"classes.{index}")


def _class(kind: ForceClass, path: str) -> Iterator[Contradiction]:
    if kind.launchers.value != round(kind.launchers.value):
        yield Contradiction(
            path=f"{path}.launchers",
            found=f"{kind.launchers.value:g} launchers",
            allowed="a whole number, 0 or more",
            do="Correct it; warheads a launcher may be an average, launchers may not.",
        )
    yield from _aim_points(kind, path)
    for field, basing in (("overhaul", "submarine"), ("dispersal_area", "mobile"), ("dispersed_hardness", "mobile")):
        if getattr(kind, field) is not None and kind.basing != basing:
            found = f"{field} of {kind.basing} launchers"
            yield Contradiction(path=f"{path}.{field}", found=found, allowed=f"for {basing} only", do="Delete it.")
    if (kind.dispersal_area is None) != (kind.dispersed_hardness is None):
        lacking = "dispersed_hardness" if kind.dispersed_hardness is None else "dispersal_area"
        found = "one of dispersal_area and dispersed_hardness"
        yield Contradiction(path=f"{path}.{lacking}", found=found, allowed="both or neither", do=f"Add {lacking}.")
    for field in ("dispersal_area", "dispersed_hardness"):
        number = getattr(kind, field)
        if number is not None and number.low <= 0.0:
            yield Contradiction(path=f"{path}.{field}", found="nothing", allowed="above zero", do="Correct it.")


def _aim_points(kind: ForceClass, path: str) -> Iterator[Contradiction]:
    if kind.basing == "silo":
        if kind.hardness is None or kind.hardness.low <= 0.0:
            yield Contradiction(
                path=f"{path}.hardness",
                found="silos without hardness",
                allowed="an overpressure above zero",
                do='Add hardness = { value = "2000 psi", source = "…" }.',
            )
    elif min(kind.alert_day.low, kind.alert_generated.low) < 1.0 and (kind.bases is None or kind.bases.low < 1.0):
        yield Contradiction(
            path=f"{path}.bases",
            found="launchers that are not all on alert and no bases",
            allowed="the number of ports, garrisons or airfields they stand on, 1 or more",
            do='Add bases = { value = 3, source = "…" }.',
        )
