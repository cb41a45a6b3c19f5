"""`detente forces`: what survives a first strike and can retaliate, the stability map, and the play forward."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, NoReturn

import typer

from detente.cli.engines import CaseName, Json, Name, answered, example, loaded
from detente.cli.show import cell, emit, progress, table, text

if TYPE_CHECKING:
    from detente.forces.stability_map import Axes, StabilityMap
    from detente.scenario.scenario import Scenario
    from detente.sources import Interval
    from detente.study.forces import Played, Point
    from detente.study.record import Answer

MAP_SAMPLES = 1000
"""Draws of the map where nothing else is asked for."""
TEN_MINUTES = 600.0
"""Time to decide that pictures show beside none where nothing else is asked for."""
MOST = 10_000
"""Most numbers of an axis that are written out; the map itself takes fewer."""


@example(
    "detente forces genoa-2001, or: detente forces genoa-2001 --case russian-proposal --forward, "
    "or: detente forces genoa-2001 --map warheads=500:6500:100 interceptors=0:1000:20 --out out/forces"
)
def forces(  # noqa: PLR0913 (one parameter for each option)
    scenario: Name,
    case: CaseName = None,
    *,
    map_: Annotated[
        tuple[str, str] | None,
        typer.Option("--map", metavar="WARHEADS INTERCEPTORS", help="stability map, each NAME=LOW:HIGH:STEP"),
    ] = None,
    minutes: Annotated[
        str | None,
        typer.Option(
            "--minutes", metavar="LOW:HIGH:STEP", help="map: minutes to decide in, silos launched under attack"
        ),
    ] = None,
    interceptor: Annotated[str, typer.Option("--interceptor", help="map, forward: the interceptor counted")] = "gbi",
    forward: Annotated[
        bool, typer.Option("--forward", help="one side adds interceptors: what must the other keep")
    ] = False,
    samples: Annotated[
        int | None, typer.Option("--samples", min=1, help="draws behind the ranges (64; of the map 1000)")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="folder for pictures (SVG, HTML) and numbers")] = None,
    json: Json = False,
) -> None:
    """Say what survives a first strike and can retaliate.

    Whoever goes first, in each posture; and whether that is stable. With --map where it stays so as warheads and
    interceptors change, starting from one case (--case, or the first with two forces), with the cases as points.
    """
    options = _Options(case, map_, minutes, interceptor, forward, samples, out)
    _answer(scenario, options, json)


class _Options(NamedTuple):
    """What was asked for beside the scenario."""

    case: str | None
    map: tuple[str, str] | None
    minutes: str | None
    interceptor: str
    forward: bool
    samples: int | None
    out: Path | None

    @property
    def mapped(self) -> bool:
        """Whether the map is needed."""
        return self.map is not None or self.out is not None

    @property
    def played(self) -> bool:
        """Whether the play forward is needed."""
        return self.forward or self.out is not None


def _answer(scenario: str, options: _Options, json: bool) -> None:
    from detente.briefing.forces_results import case_results, forward_results, map_results
    from detente.forces.stability_map import without_two
    from detente.problems import BadInputError
    from detente.study.forces import mapped, played, points, shield
    from detente.study.run import SAMPLES

    asked = loaded(scenario, options.case)
    _writable(options.out)
    if options.minutes is not None and not options.mapped:
        _refuse("--minutes", "--minutes without --map", "with --map or --out", "Add --map, or leave --minutes out.")
    start, draws = _start(asked, options.case), options.samples or MAP_SAMPLES
    if options.played and (problems := without_two(asked, asked.cases[start])):
        raise BadInputError(problems)
    one = shield(asked, options.interceptor) if options.mapped or options.played else None
    axes = _axes(asked, start, options) if options.mapped else None
    made = mapped(asked, start, axes, options.interceptor, draws) if axes else None
    answer = answered(scenario, None if options.mapped else options.case, json, options.samples or SAMPLES)
    cases = {name: each for name, each in answer.cases.items() if options.case in {None, name}}
    found: dict[str, Any] = {name: case_results(answer, each) for name, each in cases.items()}
    told: dict[str, Any] = {"scenario": answer.scenario.name, "digest": answer.digest.whole, "cases": found}
    told["orderings"] = [{"case": name} | row for name, each in found.items() for row in each["orderings"]]
    shown = points(answer, one) if one and made else ()
    told |= {"map": map_results(made, shown)} if made else {}
    ahead = played(asked, answer.cases[start], one, draws) if one and options.played else None
    told |= {"forward": {"case": start, "interceptor": options.interceptor} | forward_results(ahead)} if ahead else {}
    if options.out is not None and made and ahead:
        _write(options.out, (answer, made, shown, ahead, start), told, json)
    if json:
        emit(told)
        return
    _print(found)
    if made and options.map:
        _print_map(answer, made)
    if ahead and options.forward:
        _print_forward(answer, start, ahead)


def _start(scenario: Scenario, case: str | None) -> str:
    """Return the case that the map starts from: the one asked for, or the first with forces of two parties."""
    if case is not None:
        return case
    return next((name for name, one in scenario.cases.items() if len(one.forces) == 2), next(iter(scenario.cases)))


def _axes(scenario: Scenario, start: str, options: _Options) -> Axes:
    from detente.forces.stability_map import Axes
    from detente.study.forces import default_axes

    minutes = () if options.minutes is None else _range("--minutes", options.minutes, "0:10:1")
    times = tuple(60.0 * each for each in minutes)
    if options.map is None:
        axes = default_axes(scenario, scenario.cases[start], 142) or Axes(warheads=(1.0,), interceptors=(0.0,))
        return replace(axes, minutes=times or (TEN_MINUTES,))
    warheads, interceptors = options.map
    return Axes(
        warheads=_range("--map", warheads.removeprefix("warheads="), "warheads=500:6500:100"),
        interceptors=_range("--map", interceptors.removeprefix("interceptors="), "interceptors=0:1000:20"),
        minutes=times,
    )


def _range(option: str, given: str, shape: str) -> tuple[float, ...]:
    """Return the numbers that LOW:HIGH:STEP names, both ends in, or one number."""
    parts = given.split(":")
    try:
        values = [float(part) for part in parts]
    except ValueError:
        values = []
    if len(values) == 1 and math.isfinite(values[0]):
        return (values[0],)
    if len(values) != 3 or not all(map(math.isfinite, values)) or values[2] <= 0.0 or values[1] < values[0]:
        allowed = "LOW:HIGH:STEP with LOW below HIGH and a STEP above 0, or one number"
        _refuse(option, f'"{given}"', allowed, f"Write it like {shape}.")
    low, high, step = values
    return tuple(low + step * at for at in range(min(math.floor((high - low) / step + 1e-9), MOST) + 1))


def _writable(out: Path | None) -> None:
    """Refuse a folder that cannot be one, before anything is computed."""
    if out is not None and out.exists() and not out.is_dir():
        _refuse("--out", f'"{out}", which is a file', "a folder, new or to be written into", "Choose another folder.")


def _refuse(option: str, found: str, allowed: str, do: str) -> NoReturn:
    from detente.problems import BadInputError, Problem

    raise BadInputError([Problem(file="command line", key=option, found=found, allowed=allowed, do=do)])


_Made = tuple["Answer", "StabilityMap", tuple["Point", ...], "Played", str]


def _write(out: Path, made: _Made, told: dict[str, Any], quiet: bool) -> None:
    """Write the numbers and every picture into a folder."""
    from detente.briefing.charts_forward import forward
    from detente.briefing.charts_stability_map import stability_map
    from detente.briefing.stability_page import stability_page

    answer, found, points, ahead, start = made
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "forces.json").write_text(text(told), encoding="utf-8")
        with progress(quiet) as tell:
            tell("drawing the map", 0.0)
            charts = stability_map(answer, found, points), forward(answer, ahead, start, found.shield.title)
            for chart in charts:
                (out / f"{chart.name}.svg").write_text(chart.svg, encoding="utf-8")
            tell("writing the page", 0.8)
            (out / "stability-map.html").write_text(stability_page(answer, found, points), encoding="utf-8")
    except OSError as error:
        _refuse("--out", str(error), "a folder, new or to be written into", "Choose another folder.")
    typer.echo(f"Pictures and numbers: {out}", err=True)


def _print(found: dict[str, Any]) -> None:
    heads = ("strikes first", "posture", "victim had", "survive", "arrive", "required", "stable")
    for name, one in found.items():
        shown = [
            (
                row["attacker"],
                row["posture"],
                row["start_warheads"],
                _ranged(row["surviving_warheads"]),
                _ranged(row["arriving_warheads"]),
                one["required_retaliation"],
                row["assured"],
            )
            for row in one["orderings"]
        ]
        table(f"{name}: warheads", heads, shown)


def _ranged(span: dict[str, float]) -> str:
    value, low, high = (cell(float(span[part])) for part in ("value", "low", "high"))
    return value if low == high else f"{value} ({low}–{high})"


def _print_map(answer: Answer, made: StabilityMap) -> None:
    """Print for some ceilings up to how many interceptors retaliation is assured."""
    from detente.briefing.charts_stability_map import limit

    every = made.axes.warheads
    chosen = sorted({round(at * (len(every) - 1) / 7) for at in range(8)})
    titles = {name: party.title for name, party in answer.scenario.parties.items()}
    for decision_time in (0.0, *made.axes.minutes):
        rows: list[tuple[object, ...]] = []
        for one in made.sides:
            sure, even, best = (
                one.boundary(0.95, made.required, decision_time),
                one.boundary(0.05, made.required, decision_time),
                one.best(made.required, decision_time),
            )
            rows += [
                (
                    titles[one.victim],
                    one.posture,
                    f"{every[at]:,.0f}",
                    limit(best[at]),
                    limit(sure[at]),
                    limit(even[at]),
                )
                for at in chosen
            ]
        heads = ("answers", "posture", "warheads a side", "assured up to", "in 95 %", "in 5 %")
        time = f", {decision_time / 60.0:g} min to decide in" if decision_time else ""
        note = (
            f"Interceptors ({made.shield.title}) of the side that strikes first, up to which at least "
            f"{made.required:,.0f} warheads arrive in return: at the best values, and in 95 % and 5 % of "
            f"{made.samples:,} draws. Not assured: not even without interceptors."
        )
        table(f"{made.case}: where retaliation stays assured{time}", heads, rows, note)


def _print_forward(answer: Answer, start: str, ahead: Played) -> None:
    """Print what each side must keep as the other adds interceptors."""
    titles = {name: party.title for name, party in answer.scenario.parties.items()}
    rows: list[tuple[object, ...]] = []
    for one in ahead.answers:
        whose: tuple[object, ...] = (titles[one.victim], one.posture)
        for step in one.steps:
            cells = (_kept(step.same, one.most), _kept(step.enough, one.most), _kept(step.arriving, math.inf))
            rows.append((*whose, f"{step.added:,.0f}", *cells))
            whose = ("", "")
    note = (
        "Kept: warheads with which as many arrive as in the case, or with which the required number arrives; value and "
        "5 to 95 % of the draws. Over: more than the whole force of the catalog."
    )
    heads = ("answers", "posture", "added", "kept for the same", "kept for the required", "else arrive")
    table(f"{start}: if the other side adds interceptors", heads, rows, note)
    slopes: list[tuple[object, ...]] = [
        (measure, *[f"{changes[party]:+.3g}" for party in answer.cases[start].case.forces])
        for measure, changes in ahead.sensitivities.items()
    ]
    adds = tuple(f"{titles[party]} adds" for party in answer.cases[start].case.forces)
    table(f"{start}: change of each measure per 100 interceptors", ("measure", *adds), slopes)


def _kept(one: Interval, most: float) -> str:
    value, low, high = (
        f"over {most:,.0f}" if math.isinf(each) else f"{each:,.0f}" for each in (one.value, one.low, one.high)
    )
    return value if low == high else f"{value} ({low}–{high})"
