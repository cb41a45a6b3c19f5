"""One verb an engine, each on a scenario: footprint, raid, forces; and what such verbs share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.show import NO, emit, progress, table

if TYPE_CHECKING:
    from detente.scenario.scenario import Scenario
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


def loaded(scenario: str, case: str | None) -> Scenario:
    """Load a scenario that has a case of this name, if one is asked for.

    Raises
    ------
    BadInputError
        Anything wrong with the scenario, or an unknown case.
    """
    from detente.problems import BadInputError, Problem, nearest
    from detente.study.load import load

    found = load(scenario)
    if case is not None and case not in found.cases:
        allowed = ", ".join(found.cases)
        raise BadInputError(
            [Problem(file=scenario, key="--case", found=f'"{case}"', allowed=allowed, do=nearest(case, found.cases))]
        )
    return found


def answered(scenario: str, case: str | None, quiet: bool, samples: int = 0) -> Answer:
    """Load a scenario, run it with a progress bar, and return the answer.

    Raises
    ------
    BadInputError
        Anything wrong with the scenario, or an unknown case.
    """
    from detente.study.run import run

    asked = loaded(scenario, case)
    with progress(quiet) as tell:
        return run(asked, None if case is None else [case], samples=samples, tell=tell)


@example("detente footprint genoa-2001 --case us-framework")
def footprint(scenario: Name, case: CaseName = None, json: Json = False) -> None:
    """Print the area that each deployment defends.

    Against each threat, with its probability over the ranges of the catalog.
    """
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
    scenario: Annotated[str | None, typer.Argument(metavar="SCENARIO", help="a scenario file or example")] = None,
    case: CaseName = None,
    objects: Annotated[int | None, typer.Option("--objects", help="quick sum: objects to stop")] = None,
    sspk: Annotated[float | None, typer.Option("--sspk", help="quick sum: single-shot probability of kill")] = None,
    doctrine: Annotated[
        str | None, typer.Option("--doctrine", help="quick sum: salvo:N (N = 1 by default) or shoot-look-shoot:N")
    ] = None,
    require: Annotated[
        float | None, typer.Option("--require", help="quick sum: wanted probability that none leaks")
    ] = None,
    json: Json = False,
) -> None:
    """Engage a raid layer by layer, or do a quick sum.

    A quick sum needs no scenario: objects, kill probability and doctrine.
    """
    sums = {"--objects": objects, "--sspk": sspk, "--doctrine": doctrine, "--require": require}
    if scenario is None:
        _quick(objects, sspk, doctrine or "salvo:1", require, json)
        return
    _no_sums([name for name, value in sums.items() if value is not None])
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


def _no_sums(given: list[str]) -> None:
    """Refuse the options of a quick sum beside a scenario, which has numbers of its own."""
    from detente.problems import BadInputError, Problem

    if given:
        found = f"a scenario and {', '.join(given)}"
        do = "Leave out the scenario for a quick sum, or the options to engage the scenario's raids."
        raise BadInputError([Problem(file="command line", found=found, allowed="one of the two", do=do)])


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
    """Say what survives a first strike and can retaliate.

    Whoever goes first, in each posture; and whether that is stable.
    """
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
