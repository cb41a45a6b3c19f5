"""One verb an engine: fly, warn, footprint, raid, forces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.show import NO, emit, progress, table

if TYPE_CHECKING:
    from detente.catalog.records import Place
    from detente.study.record import Answer

Name = Annotated[str, typer.Argument(metavar="SCENARIO", help="a TOML file or the name of a bundled example")]
CaseName = Annotated[str | None, typer.Option("--case", help="one case only")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]


def example(text: str) -> Any:
    """Mark a verb with the example that its help ends with."""

    def mark(verb: Any) -> Any:
        verb.example = f"Example: {text}"
        return verb

    return mark


def answered(scenario: str, case: str | None, quiet: bool, samples: int = 0) -> Answer:
    """Load a scenario, run it with a progress bar, and return the answer.

    Raises
    ------
    BadInputError
        Anything wrong with the scenario, or an unknown case.
    """
    from detente.problems import BadInputError, Problem, nearest
    from detente.study.load import load
    from detente.study.run import run

    loaded = load(scenario)
    if case is not None and case not in loaded.cases:
        allowed = ", ".join(loaded.cases)
        raise BadInputError(
            [Problem(file=scenario, key="--case", found=f'"{case}"', allowed=allowed, do=nearest(case, loaded.cases))]
        )
    with progress(quiet) as tell:
        return run(loaded, None if case is None else [case], samples=samples, tell=tell)


@example("detente fly minuteman-iii --from malmstrom --to moscow")
def fly(
    missile: Annotated[str, typer.Argument(help="a missile of the catalog (detente catalog list missiles)")],
    start: Annotated[str, typer.Option("--from", help="LAT,LON in degrees, or a place of the catalog")],
    aim: Annotated[str, typer.Option("--to", help="LAT,LON in degrees, or a place of the catalog")],
    trajectory: Annotated[
        str, typer.Option("--trajectory", help="minimum-energy, lofted, depressed, or an apogee in km")
    ] = "minimum-energy",
    json: Json = False,
) -> None:
    """Fly one missile from launch to impact on the rotating Earth and print its events."""
    from detente.briefing.results import flight
    from detente.catalog.load import missile as known_missile
    from detente.flight.fly import fly as flown
    from detente.flight.fly import shape

    path = flown(known_missile(missile), place(start, "--from"), place(aim, "--to"), shape(trajectory))
    found = flight(path)
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


@example("detente warn genoa-2001 --case us-framework")
def warn(scenario: Name, case: CaseName = None, json: Json = False) -> None:
    """Say who is warned of what, how many minutes ahead, and when satellites see nothing."""
    from detente.briefing.results import warning

    answer = answered(scenario, case, json)
    found = {name: warning(one) for name, one in answer.cases.items()}
    if json:
        emit({"scenario": answer.scenario.name, "digest": answer.digest.whole, "cases": found} | _flat(found))
        return
    for name, one in found.items():
        rows = [
            (
                line["party"],
                line["threat"],
                line["mode"],
                line["first_sensor"],
                line["warning_time_s"] / 60,
                line["decision_time_s"] / 60,
            )
            for line in one["timelines"]
        ]
        table(f"{name}: minutes", ("party", "threat", "data", "first report by", "warning min", "decision min"), rows)
        rows = [(line["party"], line["region"], line["mode"], line["hours_per_day"]) for line in one["coverage"]]
        table(f"{name}: hours a day that satellites watch a region", ("party", "region", "data", "hours"), rows)


def _flat(found: dict[str, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return the lists of all cases as one list each, every row with its case."""
    kinds = sorted({kind for one in found.values() for kind in one})
    return {kind: [{"case": name} | row for name, one in found.items() for row in one[kind]] for kind in kinds}


@example("detente footprint genoa-2001 --case us-framework")
def footprint(scenario: Name, case: CaseName = None, json: Json = False) -> None:
    """Print the area that each deployment defends against each threat, with its probability."""
    from detente.briefing.results import areas

    answer = answered(scenario, case, json)
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


@example("detente raid genoa-2001 --case us-framework, or: detente raid --objects 20 --sspk 0.8 --doctrine salvo:3")
def raid(
    scenario: Annotated[str | None, typer.Argument(metavar="[SCENARIO]", help="a scenario file or example")] = None,
    case: CaseName = None,
    objects: Annotated[int | None, typer.Option("--objects", help="quick sum: objects to stop")] = None,
    sspk: Annotated[float | None, typer.Option("--sspk", help="quick sum: single-shot probability of kill")] = None,
    doctrine: Annotated[str, typer.Option("--doctrine", help="salvo:N or shoot-look-shoot:N")] = "salvo:1",
    require: Annotated[float | None, typer.Option("--require", help="wanted probability that none leaks")] = None,
    json: Json = False,
) -> None:
    """Engage a raid layer by layer, or do a quick sum for objects, kill probability and doctrine."""
    if scenario is None:
        _quick(objects, sspk, doctrine, require, json)
        return
    from detente.briefing.results import protection

    answer = answered(scenario, case, json)
    found = {name: protection(one)["threats"] for name, one in answer.cases.items()}
    if json:
        emit({"scenario": answer.scenario.name, "digest": answer.digest.whole, "cases": found})
        return
    heads = ("threat", "warheads", "decoys", "no leak", "expected leakers", "interceptors used", "layers")
    for name, rows in found.items():
        shown = [
            (
                row["threat"],
                row["warheads"],
                row["decoys"],
                row["p_no_leak"],
                row["expected_leakers"],
                row["interceptors_used"],
                ", ".join(row["layers"]) or "none",
            )
            for row in rows
        ]
        table(f"{name}: raids", heads, shown)


def _quick(objects: int | None, sspk: float | None, doctrine: str, require: float | None, json: bool) -> None:
    import dataclasses

    from detente.defense.quick import quick
    from detente.problems import BadInputError, Problem

    missing = [name for name, value in (("--objects", objects), ("--sspk", sspk)) if value is None]
    if missing or objects is None or sspk is None:
        do = "Give a scenario, or --objects and --sspk for a quick sum."
        raise BadInputError(
            [
                Problem(file="command line", found=f"no {' and no '.join(missing)}", allowed="both", do=do),
            ]
        )
    found = dataclasses.asdict(quick(objects, sspk, doctrine, require))
    if json:
        emit(found)
    else:
        table("quick sum", ("quantity", "value"), [(key.replace("_", " "), value) for key, value in found.items()])
    if require is not None and found["p_no_leak"] < require:
        raise typer.Exit(NO)


@example("detente forces genoa-2001")
def forces(scenario: Name, case: CaseName = None, json: Json = False) -> None:
    """Say what survives a first strike and arrives in retaliation, whoever goes first, and whether that is stable."""
    from detente.briefing.results import stability

    answer = answered(scenario, case, json)
    found = {name: stability(one) for name, one in answer.cases.items()}
    if json:
        rows = [{"case": name} | row for name, one in found.items() for row in one["orderings"]]
        emit({"scenario": answer.scenario.name, "digest": answer.digest.whole, "cases": found, "orderings": rows})
        return
    heads = ("strikes first", "posture", "victim had", "survive", "arrive", "required", "stable")
    for name, one in found.items():
        shown = [
            (
                row["attacker"],
                row["posture"],
                row["start_warheads"],
                row["surviving_warheads"]["value"],
                row["arriving_warheads"]["value"],
                one["required_retaliation"],
                row["assured"],
            )
            for row in one["orderings"]
        ]
        table(f"{name}: warheads", heads, shown)
