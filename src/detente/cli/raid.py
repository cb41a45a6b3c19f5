"""`detente raid`: the raids of a scenario layer by layer, or a quick sum without one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from detente.cli.engines import CaseName, Json, answered, example
from detente.cli.show import NO, emit, table

if TYPE_CHECKING:
    from detente.defense.layers import Layer, LayeredRaid, Outcome

_KEYS = "sspk, doctrine, interceptors, discrimination, track, reliability, common, allocation"
Plan = Annotated[
    str | None, typer.Option("--doctrine", help="quick sum: salvo:N (N = 1 by default) or shoot-look-shoot:N")
]
Layers = Annotated[
    list[str] | None,
    typer.Option("--layer", metavar="KEY=VALUE,…", help=f"quick sum: a layer, in the order met, by {_KEYS}"),
]
Trials = Annotated[
    int | None, typer.Option("--trials", help="quick sum: play so many raids with dice, even where a formula holds")
]


@example(
    "detente raid genoa-2001 --case us-framework, "
    "or: detente raid --objects 20 --sspk 0.8 --doctrine salvo:3, "
    "or: detente raid --objects 20 --decoys 40 --layer sspk=0.5,doctrine=salvo:2,interceptors=100 "
    "--layer sspk=0.8,doctrine=shoot-look-shoot:2"
)
def raid(  # noqa: PLR0913 (one parameter for each option)
    scenario: Annotated[str | None, typer.Argument(metavar="SCENARIO", help="a scenario file or example")] = None,
    *,
    case: CaseName = None,
    objects: Annotated[int | None, typer.Option("--objects", help="quick sum: warheads to stop")] = None,
    sspk: Annotated[float | None, typer.Option("--sspk", help="quick sum: single-shot probability of kill")] = None,
    doctrine: Plan = None,
    require: Annotated[
        float | None, typer.Option("--require", help="quick sum: wanted probability that none leaks")
    ] = None,
    decoys: Annotated[int | None, typer.Option("--decoys", help="quick sum: decoys beside the warheads")] = None,
    interceptors: Annotated[
        int | None, typer.Option("--interceptors", help="quick sum: stock (by default it never runs out)")
    ] = None,
    layer: Layers = None,
    shared: Annotated[
        float | None, typer.Option("--shared", help="quick sum: probability that what all layers share works")
    ] = None,
    trials: Trials = None,
    json: Json = False,
) -> None:
    """Engage a raid layer by layer, or do a quick sum.

    A quick sum needs no scenario: objects, kill probability and doctrine, or several layers. It is exact unless decoys
    draw fire from a stock that can run out; then raids are played with dice, and the standard error stands beside.
    """
    sums = {
        "--objects": objects,
        "--sspk": sspk,
        "--doctrine": doctrine,
        "--require": require,
        "--decoys": decoys,
        "--interceptors": interceptors,
        "--layer": layer or None,
        "--shared": shared,
        "--trials": trials,
    }
    if scenario is None:
        _sum(sums, require, trials, json)
        return
    _no_sums([name for name, value in sums.items() if value is not None])
    _of_scenario(scenario, case, json)


def _of_scenario(scenario: str, case: str | None, json: bool) -> None:
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


def _refuse(found: str, allowed: str, do: str) -> NoReturn:
    from detente.problems import BadInputError, Problem

    raise BadInputError([Problem(file="command line", found=found, allowed=allowed, do=do)])


def _no_sums(given: list[str]) -> None:
    """Refuse the options of a quick sum beside a scenario, which has numbers of its own."""
    if given:
        do = "Leave out the scenario for a quick sum, or the options to engage the scenario's raids."
        _refuse(f"a scenario and {', '.join(given)}", "one of the two", do)


def _sum(sums: dict[str, Any], require: float | None, trials: int | None, json: bool) -> None:
    from detente.defense.quick import engage, required

    asked = _asked(sums)
    needed = required(asked, require)
    outcome = engage(asked, trials)
    found = _plain(asked, outcome, needed)
    if json:
        emit(found)
    else:
        _print(found)
    if require is not None and outcome.p_no_leak < require:
        raise typer.Exit(NO)


def _asked(sums: dict[str, Any]) -> LayeredRaid:
    """Return the raid that the options of a quick sum describe."""
    from detente.defense.layers import Layer, LayeredRaid, doctrine_from

    single = [name for name in ("--sspk", "--doctrine", "--interceptors") if sums[name] is not None]
    if sums["--layer"] and single:
        do = "Write them into each layer, or leave out --layer."
        _refuse(f"--layer and {', '.join(single)}", "one of the two", do)
    wanted = ("--objects",) if sums["--layer"] else ("--objects", "--sspk")
    missing = [name for name in wanted if sums[name] is None]
    if missing:
        do = "Give a scenario, or --objects and --sspk (or --layer) for a quick sum."
        _refuse(f"no {' and no '.join(missing)}", "both" if len(wanted) > 1 else "objects and layers", do)
    if sums["--layer"]:
        layers = tuple(_layer(text) for text in sums["--layer"])
    else:
        plan = doctrine_from(sums["--doctrine"] or "salvo:1")
        layers = (Layer(sspk=sums["--sspk"], doctrine=plan, interceptors=sums["--interceptors"]),)
    chance = 1.0 if sums["--shared"] is None else sums["--shared"]
    return LayeredRaid(warheads=sums["--objects"], decoys=sums["--decoys"] or 0, layers=layers, shared=chance)


def _layer(text: str) -> Layer:
    """Return the layer that ``sspk=0.8,doctrine=salvo:2,…`` describes."""
    from detente.defense.layers import Layer, doctrine_from
    from detente.problems import nearest

    keys, given = _KEYS.split(", "), {}
    for part in text.split(","):
        key, equals, value = (each.strip() for each in part.partition("="))
        if key not in keys or not equals or not value or key in given:
            found = f'"{part.strip()}" in --layer' + (", a second time" if key in given else "")
            _refuse(found, f"each of {_KEYS} once, as KEY=VALUE", nearest(key, keys))
        given[key] = value
    if "sspk" not in given:
        _refuse(f'no sspk in --layer "{text}"', "sspk=0 to 1", "Give its single-shot probability of kill.")
    even = given.pop("allocation", "full")
    plan = doctrine_from(given.pop("doctrine", "salvo:1"))
    stock = _stock(given.pop("interceptors")) if "interceptors" in given else None
    chances = {key: _chance(key, value) for key, value in given.items()}
    return Layer(doctrine=plan, interceptors=stock, allocation=even, **chances)  # type: ignore[arg-type]  # checked later


def _stock(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        _refuse(f'interceptors = "{value}" in --layer', "a whole number", "Write for example interceptors=40.")
    return int(value)


def _chance(key: str, value: str) -> float:
    try:
        return float(value)
    except ValueError:
        _refuse(f'{key} = "{value}" in --layer', "a number from 0 to 1", f"Write for example {key}=0.8.")


def _plain(asked: LayeredRaid, outcome: Outcome, needed: int | None) -> dict[str, Any]:
    return {
        "p_no_leak": outcome.p_no_leak,
        "expected_leakers": outcome.expected_leakers,
        "interceptors_expected": sum(outcome.used),
        "interceptors_required": needed,
        "method": outcome.method,
        "p_no_leak_error": outcome.p_no_leak_error,
        "expected_leakers_error": outcome.expected_leakers_error,
        "layers": [
            {
                "sspk": layer.sspk,
                "doctrine": f"{layer.doctrine.kind}:{layer.doctrine.shots}",
                "interceptors": layer.interceptors,
                "entering": before,
                "leaving": after,
                "interceptors_used": used,
            }
            for layer, before, after, used in zip(
                asked.layers, outcome.alive, outcome.alive[1:], outcome.used, strict=False
            )
        ],
    }


def _print(found: dict[str, Any]) -> None:
    layers, sampled = found["layers"], found["method"] != "exact"
    names = ["p_no_leak", "expected_leakers", "interceptors_expected", "interceptors_required"]
    names += ["p_no_leak_error", "expected_leakers_error"] if sampled else []
    rows = [(name.replace("_", " "), found[name]) for name in names]
    note = "Monte Carlo; errors are standard errors of the sampling." if sampled else ""
    table("quick sum", ("quantity", "value"), rows, note)
    if len(layers) > 1:
        heads = ("layer", "sspk", "doctrine", "interceptors", "warheads in", "warheads out", "interceptors used")
        shown = [
            (
                index,
                each["sspk"],
                each["doctrine"],
                "enough" if each["interceptors"] is None else each["interceptors"],
                each["entering"],
                each["leaving"],
                each["interceptors_used"],
            )
            for index, each in enumerate(layers, 1)
        ]
        table("layers", heads, shown)
