"""What cannot be in a deployment, given what its interceptor is: where it stands, on what it fires, what it reloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.catalog.records import Catalog, Interceptor, Region
from detente.files import Document
from detente.problems import Problem
from detente.scenario.scenario import Deployment, Scenario

_BOXES = {"sea": "ship box", "air": "aircraft orbit"}
_WHO = {"sea": "ships", "air": "aircraft", "space": "satellites"}

# Field, what was found, what is allowed, what to do.
Found = tuple[str, str, str, str]


def impossible(document: Document, scenario: Scenario, known: Catalog) -> list[Problem]:
    """Return a problem for each thing in a deployment that its interceptor cannot do.

    Parameters
    ----------
    document : Document
        The file; gives its name and lines.
    scenario : Scenario
        What was read from it, each field right by itself.
    known : Catalog
        Whose interceptors the deployments name.
    """
    problems = []
    for name, case in scenario.cases.items():
        for index, each in enumerate(case.defenses):
            interceptor = known.interceptors.get(each.interceptor)
            if interceptor is None:
                continue
            for field, found, allowed, do in _wrong(each, interceptor, known.regions | scenario.regions):
                key = f"cases.{name}.defenses.{index}.{field}"
                line = document.line(*key.split("."))
                problems.append(Problem(file=document.file, key=key, line=line, found=found, allowed=allowed, do=do))
    return problems


def _wrong(each: Deployment, interceptor: Interceptor, regions: Mapping[str, Region]) -> Iterator[Found]:
    yield from _place(each, interceptor, regions)
    if each.inclination is not None and interceptor.basing != "space":
        do = f"Delete the line: {interceptor.name} is based on {interceptor.basing}."
        yield "inclination", "an inclination of something that is not in orbit", "none", do
    if each.commit == "own-track" and not each.cue and interceptor.basing == "fixed-land":
        do = 'Add cue = ["name of a radar"], or commit = "any-track".'
        yield "commit", "fire on its own track, and no radar of its own", "a radar in `cue`", do
    if each.reserve is not None and interceptor.reload_time is None:
        do = f"Delete the line: the catalog has no reload_time for {interceptor.name}."
        yield "reserve", "a reserve that no launcher is reloaded with", "none", do


def _place(each: Deployment, interceptor: Interceptor, regions: Mapping[str, Region]) -> Iterator[Found]:
    basing = interceptor.basing
    kind, who = _BOXES.get(basing), _WHO.get(basing, "launchers on land")
    given = [name for name in ("site", "box") if getattr(each, name) is not None]
    if basing == "space":
        for name in given:
            yield name, f"a {name} of satellites", "none: they are everywhere on their orbits", "Delete the line."
        return
    if not given:
        do = (
            f'Add box = "…", a region of kind "{kind}", or site = "…", a place.' if kind else 'Add site = "…", a place.'
        )
        yield "site", f"{who} without a place", "site or box" if kind else "site", do
    if len(given) == 2:
        yield "box", "a site and a box", "one of them", "Delete one of the two lines."
    if each.box is None:
        return
    if kind is None:
        yield "box", f"a box of {who}", "site", 'Write site = "…", a place, instead.'
    elif each.box in regions and regions[each.box].kind != kind:
        found = f'"{each.box}", a region of kind "{regions[each.box].kind}"'
        area = "points = { box = [south, west, north, east] }"
        do = f'Name another, or add [regions.NAME] with kind = "{kind}" and {area}.'
        yield "box", found, f'a region of kind "{kind}" for {who}', do
