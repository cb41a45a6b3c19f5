"""`detente warn`: who sees what, for how long, what is left to decide in, and what other sensors would change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from math import degrees
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from detente.cli.engines import CaseName, Json, Name, example, loaded
from detente.cli.show import Tell, emit, progress, table, text
from detente.cli.warn_alarms import print_alarms, print_incidents
from detente.cli.warn_tables import case_names, grouped, path_title

if TYPE_CHECKING:
    from detente.scenario.scenario import Scenario
    from detente.sensing.gaps import Gap
    from detente.sensing.spread import Spread, SpreadTimeline
    from detente.study.warning import CaseWarning, WarningAnswer


Satellites = Annotated[
    list[str] | None,
    typer.Option("--satellites", metavar="N", help="satellites on station: N, or [PARTY/]CONSTELLATION=N"),
]
Without = Annotated[list[str] | None, typer.Option("--without", metavar="RADAR", help="a radar that does not work")]
Added = Annotated[
    list[str] | None,
    typer.Option("--with", metavar="RADAR", help="a radar that works whatever its state: rebuilt, or built early"),
]
Crisis = Annotated[
    float | None, typer.Option("--crisis", metavar="DAYS", help="tell of false alarms in a crisis of so many days")
]
Out = Annotated[Path | None, typer.Option("--out", help="folder for pictures (SVG) and the numbers (warning.json)")]


@example(
    "detente warn warning-2001, or: detente warn warning-2001 --case today --satellites 4, "
    "or: detente warn warning-2001 --case today --with skrunda-dnepr"
)
def warn(  # noqa: PLR0913, PLR0917 (one parameter for each option)
    scenario: Name,
    case: CaseName = None,
    satellites: Satellites = None,
    without: Without = None,
    added: Added = None,
    crisis: Crisis = None,
    samples: Annotated[int, typer.Option("--samples", min=1, help="draws behind the ranges")] = 256,
    out: Out = None,
    json: Json = False,
) -> None:
    """Say who is warned of what, how long before impact, and how much of that is left to decide in.

    With own sensors and, where a case shares data, with shared ones; how long satellites watch each region; and where
    nobody looks. Without --case the cases stand side by side; with it every step of every timeline is told. Options for
    other sensors may be repeated, and hold for every case that is shown. Scenarios with notices of launch,
    or with a judgment, also say what each flight looked like, from when on its path was harmless, what a notice or
    others would have told, and how often alarms are false.
    """
    from detente.briefing.warning_results import summary
    from detente.study.warning import warned
    from detente.study.what_if import WhatIf, changed

    what_if = WhatIf(satellites=tuple(satellites or ()), without=tuple(without or ()), added=tuple(added or ()))
    asked = loaded(scenario, case)
    chosen = list(asked.cases) if case is None else [case]
    _writable(out)
    with progress(json) as tell:
        answer = warned(
            changed(asked, what_if, chosen), chosen, samples, tell, None if crisis is None else crisis * 86400.0
        )
        found = summary(answer, what_if)
        if out is not None:
            _write(out, answer, found, tell)
    if json:
        emit(found)
        return
    if told := what_if.told():
        typer.echo(f"What if: {told}\n")
    _print(answer)


def _writable(out: Path | None) -> None:
    """Refuse a folder that cannot be one, before anything is computed."""
    if out is None:
        return
    there = next(each for each in (out, *out.absolute().parents) if each.exists())
    if not there.is_dir():
        _refuse(f'"{there}", which is a file')
    if not os.access(there, os.W_OK):
        _refuse(f'"{there}", which may not be written into')


def _refuse(found: str) -> NoReturn:
    from detente.problems import BadInputError, Problem

    allowed, do = "a folder, new or to be written into", "Choose another folder."
    raise BadInputError([Problem(file="command line", key="--out", found=found, allowed=allowed, do=do)])


def _write(out: Path, answer: WarningAnswer, found: dict[str, Any], tell: Tell) -> None:
    """Write the numbers and every picture of an answer into a folder."""
    from detente.briefing.warning_pictures import pictures

    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "warning.json").write_text(text(found), encoding="utf-8")
        for name, chart in pictures(answer, tell):
            (out / f"{name}.svg").write_text(chart.svg, encoding="utf-8")
    except OSError as error:
        _refuse(str(error))
    typer.echo(f"Pictures and numbers: {out}", err=True)


def _print(answer: WarningAnswer) -> None:
    for party in dict.fromkeys(line.party for one in answer.cases.values() for line in one.spreads):
        _left(answer, party)
    if len(answer.cases) == 1:
        (one,) = answer.cases.values()
        for lines in _paths(one).values():
            _steps(answer.scenario, lines)
    _hours(answer)
    _gaps(answer)
    _released(answer)
    print_incidents(answer)
    print_alarms(answer)
    _resting(answer)
    if len(answer.cases) > 1:
        name = next(iter(answer.cases))
        typer.echo(f"Every step of a case: detente warn {answer.scenario.name} --case {name}", err=True)


def _left(answer: WarningAnswer, party: str) -> None:
    """Print minutes of warning and minutes to decide in of one party: the cases of a path one under the other."""
    told: dict[tuple[str, ...], dict[tuple[str, str], tuple[str, ...]]] = {}
    for name, one in answer.cases.items():
        for (threat, aim), lines in _paths(one).items():
            path = path_title(answer.scenario, threat, aim)
            for line in lines if lines[0].party == party else ():
                cells = _minutes(line.warning), _minutes(line.decision), line.first_sensor or "nobody"
                told.setdefault((path,), {})[name, line.mode] = cells
    heads = ("path", "case", "data", "warned", "to decide", "first report by")
    note = "Minutes, median (5 % to 95 %) over times of the day, places of satellites and the ranges of the catalog."
    grouped(answer, f"How long before impact {answer.scenario.parties[party].title} is warned", heads, told, note)


def _minutes(spread: Spread) -> str:
    """Return a time in minutes with its range, as short as it can be.

    Examples
    --------
    >>> from detente.sensing.spread import Spread
    >>> _minutes(Spread(value=700.0, low=630.0, high=745.0)), _minutes(Spread(value=0.0, low=0.0, high=0.0))
    ('12 (10–12)', 'none')
    """
    value, low, high = (f"{getattr(spread, part) / 60:.0f}" for part in ("value", "low", "high"))
    if spread.high <= 0.0:
        return "none"
    return value if low == value == high else f"{value} ({low}–{high})"


def _paths(one: CaseWarning) -> dict[tuple[str, str], list[SpreadTimeline]]:
    """Return the timelines of each threat and aim, own data first."""
    found: dict[tuple[str, str], list[SpreadTimeline]] = {}
    for line in one.spreads:
        found.setdefault((line.threat, line.aim), []).append(line)
    return found


def _steps(scenario: Scenario, lines: Sequence[SpreadTimeline]) -> None:
    """Print every step of one path, own data beside shared."""
    events = [{event.event: event for event in line.events} for line in lines]
    order = {name: event.time.value for each in reversed(events) for name, event in each.items()}
    rows = []
    for name in sorted(order, key=lambda each: order[each]):
        cells: list[str] = []
        for each in events:
            event = each.get(name)
            cells += ["–", ""] if event is None else [_clock(event.time, event.share), event.sensor]
        rows.append((name, *cells))
    heads = ["step", *(head for line in lines for head in (f"{line.mode}: min", "from"))]
    path = path_title(scenario, lines[0].threat, lines[0].aim)
    table(f"{path}: minutes after launch", heads, rows, " ".join(map(_told, lines)))


def _clock(time: Spread, share: float) -> str:
    """Return a time in minutes and tenths with its range, and how often it happens where that is not always."""
    value, low, high = (f"{getattr(time, part) / 60:.1f}" for part in ("value", "low", "high"))
    text = value if low == value == high else f"{value} ({low}–{high})"
    return text if share >= 0.995 else f"{text} in {max(share, 0.01):.0%}"


def _told(line: SpreadTimeline) -> str:
    """Return how often a decision comes in time, and what the hour of the launch alone does to the warning."""
    late = f"a decision comes in time in {line.decided_share:.0%} of the draws; " if line.decision_needed else ""
    hour = f"by the hour of the launch alone {_minutes(line.warning_by_hour)} min of warning."
    return f"{line.mode.capitalize()}: {late}{hour}"


def _hours(answer: WarningAnswer) -> None:
    """Print hours a day that satellites watch a region: the cases of a region one under the other."""
    told: dict[tuple[str, ...], dict[tuple[str, str], tuple[str, ...]]] = {}
    for name, one in answer.cases.items():
        for item in one.coverage:
            cells = _hour(item.hours_per_day), _hour(item.hours_any)
            party, region = answer.scenario.parties[item.party], answer.scenario.catalog.regions[item.region]
            told.setdefault((party.title, region.title), {})[name, item.mode] = cells
    heads = ("watches", "region", "case", "data", "all of it", "any of it")
    grouped(answer, "Hours a day that satellites watch a region", heads, told)


def _hour(hours: float) -> str:
    return f"{hours:.1f}".removesuffix(".0")


def _gaps(answer: WarningAnswer) -> None:
    """Print the directions from which nobody warns: the cases of a party and class of threat one under the other."""
    told: dict[tuple[str, ...], dict[tuple[str, str], tuple[str, ...]]] = {}
    note = ""
    for name, one in answer.cases.items():
        for sweep in one.sweeps:
            threat = f"{sweep.approach.name} from {sweep.approach.ground_range / 1e3:,.0f} km"
            whose = answer.scenario.parties[sweep.party].title, threat
            told.setdefault(whose, {})[name, sweep.mode] = (", ".join(map(_degrees, sweep.gaps)) or "none",)
            late = f"no radar warns {sweep.least_warning / 60:.0f} min before impact"
            note = f"Azimuths as seen from the capital from which {late} and satellites do not watch all day."
    if told:
        heads = ("who is warned", "against", "case", "data", "gaps, deg")
        grouped(answer, "Where nobody looks", heads, told, note)


def _degrees(gap: Gap) -> str:
    return f"{degrees(gap.azimuth_from):.0f}–{degrees(gap.azimuth_to):.0f}"


def _released(answer: WarningAnswer) -> None:
    """Print what each party is told by another, where a case shares data."""
    told: dict[tuple[str, ...], dict[tuple[str, str], tuple[str, ...]]] = {}
    said: dict[tuple[str, str], list[str]] = {}
    for name, one in answer.cases.items():
        for gain in one.gains:
            who, path = answer.scenario.parties[gain.party].title, path_title(answer.scenario, gain.threat, gain.aim)
            cells = f"{gain.first_share:.0%}", f"{gain.earlier / 60:.1f}" if gain.first_share else "–"
            told.setdefault((who, gain.by, path), {})[name, "shared"] = cells
            cases = said.setdefault((gain.by, ", ".join(gain.learns).replace("_", " ")), [])
            cases += [name] * (name not in cases)
    if told:
        note = "First: share of the hours at which it comes before any report of its own; earlier: by how much it is. "
        note += " ".join(f"In {', '.join(cases)} {by} tells: {what}." for (by, what), cases in said.items())
        heads = ("who is told", "by", "path", "case", "data", "first", "earlier min")
        grouped(answer, "What shared data tell", heads, told, note)


def _resting(answer: WarningAnswer) -> None:
    """Print the sensors that a case lists and that do not work on its date."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for name, one in answer.cases.items():
        for each in one.resting:
            found.setdefault((each.party, each.sensor, each.state, f"{one.case.on:%Y-%m-%d}"), []).append(name)
    if found:
        rows = [(*what, case_names(names, list(answer.cases))) for what, names in found.items()]
        table("Listed, but not at work", ("party", "sensor", "state", "date", "case"), rows)
