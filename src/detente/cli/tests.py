"""`detente tests`: the public record of flight tests, what tests show, how many it takes, and the lines of 1997."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from detente.cli.show import emit, table

if TYPE_CHECKING:
    from datetime import date

    from detente.catalog.flight_tests import FlightTest
    from detente.defense.evidence import Evidence
    from detente.defense.tallies import Tally
    from detente.flight.target_speed import TargetSpeed
    from detente.study.demarcation import Line

app = typer.Typer(help="What flight tests show, and which planned ones cross the lines of 1997.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Level = Annotated[float, typer.Option("--level", help="of the intervals, above 0 and below 1")]
Prior = Annotated[str, typer.Option("--prior", metavar="A,B", help="Beta prior: 1,1 uniform, 0.5,0.5 Jeffreys")]
SCRIPTED = "Rates of scripted tests, not kill probabilities: the crew knows time, place and target."


def _refuse(key: str, found: str, allowed: str, do: str) -> NoReturn:
    from detente.problems import BadInputError, Problem

    raise BadInputError([Problem(file="command line", key=key, found=found, allowed=allowed, do=do)])


def _prior(text: str) -> tuple[float, float]:
    try:
        first, second = (float(each) for each in text.split(","))
    except ValueError:
        _refuse("--prior", f'"{text}"', "two numbers, A,B", "Write 1,1 for uniform or 0.5,0.5 for Jeffreys.")
    return first, second


def _day(key: str, text: str | None) -> date | None:
    from datetime import date

    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        _refuse(key, f'"{text}"', "a date", "Write it as 2001-08-08.")


@app.command(epilog="Example: detente tests record, or: detente tests record THAAD --since 2005-01-01")
def record(
    system: Annotated[str | None, typer.Argument(help="one system, with every launch (all by default)")] = None,
    *,
    since: Annotated[str | None, typer.Option("--since", help="first day, as 2001-08-08")] = None,
    until: Annotated[str | None, typer.Option("--until", help="last day, as 2001-08-08")] = None,
    level: Level = 0.9,
    prior: Prior = "1,1",
    picture: Annotated[Path | None, typer.Option("--picture", help="draw the intervals: FILE.svg")] = None,
    json: Json = False,
) -> None:
    """Count the flight tests of the public record, with intervals.

    Attempts against ballistic targets that hit or missed are counted; all else is told apart. Rates of scripted tests
    are no kill probabilities.
    """
    from detente.catalog.load import catalog
    from detente.defense.tallies import chosen, systems, tally

    _drawable(picture)
    known, days, believed = catalog().tests, (_day("--since", since), _day("--until", until)), _prior(prior)
    names = systems(known) if system is None else (system,)
    launches = {name: chosen(known, name, *days) for name in names}
    tallies = [found for name, tests in launches.items() if (found := tally(name, tests, level, believed))]
    if picture is not None:
        _draw(picture, tallies)
    if json:
        shown = [_launch(test) for tests in launches.values() for test in tests]
        emit({"systems": [_counts(each) for each in tallies], "launches": shown, "meaning": SCRIPTED})
        return
    _print_tallies(tallies)
    if system is not None:
        _print_launches(launches[system])
    if picture is not None:
        typer.echo(f"The picture: {picture}", err=True)


def _drawable(picture: Path | None) -> None:
    if picture is None:
        return
    if picture.suffix != ".svg":
        _refuse("--picture", f'"{picture}"', "a file FILE.svg", "End the name in .svg.")
    if not picture.parent.is_dir():
        _refuse("--picture", f'no folder "{picture.parent}"', "an existing folder", "Make it first.")


def _draw(picture: Path, tallies: list[Tally]) -> None:
    from detente.briefing.charts_tests import intervals

    if not tallies:
        _refuse("--picture", "no counted attempt", "at least one", "Choose another system or other days.")
    picture.write_text(intervals(tallies).svg, encoding="utf-8")


def _plain(found: Evidence) -> dict[str, Any]:
    return {
        "tests": found.tests,
        "hits": found.hits,
        "rate": found.rate,
        "mean": found.mean,
        "low": found.low,
        "high": found.high,
        "clopper_pearson_low": found.exact_low,
        "clopper_pearson_high": found.exact_high,
        "level": found.level,
        "prior": list(found.prior),
    }


_APART = ("unread", "partial", "disputed", "claimed", "not_ballistic", "flights", "satellites", "combat")


def _counts(found: Tally) -> dict[str, Any]:
    return {
        "system": found.system,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        **_plain(found.evidence),
        **{name: getattr(found, name) for name in _APART},
    }


def _launch(test: FlightTest) -> dict[str, Any]:
    plain = ("name", "title", "system", "kind", "outcome", "ballistic", "target", "reported", "source", "seen", "note")
    return {"on": test.on.isoformat(), "known_to": test.known_to, **{name: getattr(test, name) for name in plain}}


def _span(low: float, high: float) -> str:
    return f"{low:.2f} to {high:.2f}"


def _print_tallies(tallies: list[Tally]) -> None:
    rows = [
        (
            each.system,
            f"{each.evidence.hits} of {each.evidence.tests}",
            each.evidence.rate,
            _span(each.evidence.low, each.evidence.high),
            _span(each.evidence.exact_low, each.evidence.exact_high),
            each.unread,
            _apart(each),
        )
        for each in tallies
    ]
    heads = ("system", "hits", "rate", "credible", "Clopper-Pearson", "unverified", "not counted")
    if rows:
        table("record of flight tests", heads, rows, SCRIPTED)
    else:
        typer.echo("No attempt to count: nothing in this record hit or missed a ballistic target.")


def _apart(found: Tally) -> str:
    told = [(getattr(found, name), name.replace("_", " ")) for name in _APART[1:]]
    return ", ".join(f"{name} {count}" for count, name in told if count) or "–"


def _print_launches(tests: tuple[FlightTest, ...]) -> None:
    lengths = {"day": 10, "month": 7, "year": 4, "decade": 4}
    rows = [
        (
            test.on.isoformat()[: lengths[test.known_to]] + ("s" if test.known_to == "decade" else ""),
            test.title,
            test.kind,
            test.outcome,
            test.target or "–",
            "unverified" if test.seen == "no" else test.seen,
            test.source,
        )
        for test in tests
    ]
    table("launches", ("date", "test", "kind", "outcome", "target", "seen", "source"), rows)


@app.command(epilog="Example: detente tests infer --tests 20 --hits 12 --at-least 0.8")
def infer(
    tests: Annotated[int, typer.Option("--tests", help="attempts")],
    hits: Annotated[int, typer.Option("--hits", help="hits among them")],
    at_least: Annotated[float | None, typer.Option("--at-least", help="also: how surely the chance is so high")] = None,
    level: Level = 0.9,
    prior: Prior = "1,1",
    json: Json = False,
) -> None:
    """Say what so many hits in so many tests show of the chance of a hit.

    For tests that are alike and independent: a Beta posterior with a credible interval, and Clopper and Pearson's.
    """
    from detente.defense.evidence import evidence

    if at_least is not None and not 0.0 <= at_least <= 1.0:
        _refuse("--at-least", f"{at_least}", "0 to 1", "Write for example 0.8.")
    found = evidence(tests, hits, level, _prior(prior))
    sure = None if at_least is None else found.at_least(at_least)
    if json:
        emit(_plain(found) | {"at_least": at_least, "at_least_probability": sure})
        return
    percent = f"{100 * level:g} %"
    rows: list[tuple[str, object]] = [
        ("rate", found.rate),
        ("mean of the chance", found.mean),
        (f"{percent} credible", _span(found.low, found.high)),
        (f"{percent} Clopper-Pearson", _span(found.exact_low, found.exact_high)),
    ]
    if sure is not None:
        rows.append((f"probability of at least {at_least:g}", sure))
    a, b = found.prior
    note = f"Prior Beta({a:g}, {b:g}). Of scripted tests it is the chance of a hit in such a test."
    table(f"{hits} hits in {tests} tests", ("quantity", "value"), rows, note)


@app.command(epilog="Example: detente tests plan --chance 0.8 --confidence 0.9 --misses 2")
def plan(
    chance: Annotated[float, typer.Option("--chance", help="chance of a hit to be shown, such as 0.8")],
    confidence: Annotated[float, typer.Option("--confidence", help="how surely, above 0 and below 1")] = 0.9,
    misses: Annotated[int, typer.Option("--misses", help="up to so many misses allowed")] = 0,
    json: Json = False,
) -> None:
    """Say how many tests it takes to show a chance of a hit.

    Without a miss and with each number of misses up to --misses.
    """
    from detente.defense.evidence import plans

    found = plans(chance, confidence, misses)
    if json:
        rows = [{"misses": each.misses, "tests": each.tests, "bayes_tests": each.bayes_tests} for each in found]
        emit({"chance": chance, "confidence": confidence, "plans": rows})
        return
    heads = ("misses allowed", "tests", "tests, uniform prior")
    note = "A system with a lower chance passes such a plan at most as often as one minus the confidence."
    shown = [(each.misses, each.tests, each.bayes_tests) for each in found]
    table(f"to show a chance of {chance:g} with confidence {confidence:g}", heads, shown, note)


@app.command(
    epilog="Example: detente tests demarcation, or: detente tests demarcation thaad --range 3400, "
    "or: detente tests demarcation thaad --range 1000 --missile nodong"
)
def demarcation(
    interceptor: Annotated[str | None, typer.Argument(help="an interceptor (default: all for theaters)")] = None,
    distance: Annotated[float | None, typer.Option("--range", help="range of the planned target [km]")] = None,
    missile: Annotated[str | None, typer.Option("--missile", help="missile that is the target, flown")] = None,
    json: Json = False,
) -> None:
    """Set an interceptor and its target beside the lines of 1997: 3 km/s, 5 km/s, 3,500 km.

    Without --range the target is the hardest that the catalog credits it with. The statements never came into force.
    """
    from detente.catalog.load import catalog
    from detente.catalog.load import interceptor as known
    from detente.study.demarcation import planned_test

    target = _target(distance, missile)
    theater = tuple(each for each in catalog().interceptors.values() if not each.strategic)
    chosen = (known(interceptor),) if interceptor else theater
    found = {each.name: planned_test(each, target) for each in chosen}
    if json:
        emit({"tests": [{"interceptor": name, **_beside(line)} for name, lines in found.items() for line in lines]})
        return
    heads = ("interceptor", "limits", "line", "number", "side", "meaning", "where from")
    rows = [
        (
            name,
            line.title,
            _told(line, line.limit, line.limit),
            _told(line, line.low, line.high),
            line.side,
            line.meaning,
            line.how or "–",
        )
        for name, lines in found.items()
        for line in lines
    ]
    table("1997 statements (signed, never in force)", heads, rows)


def _target(distance: float | None, missile: str | None) -> TargetSpeed | None:
    from detente.catalog.load import missile as known
    from detente.flight.fly import OutOfReachError
    from detente.flight.target_speed import by_missile, by_range

    if distance is None:
        if missile is not None:
            _refuse("--missile", "no --range", "both", "Add --range with the distance it flies [km].")
        return None
    if not 100.0 <= distance <= 15_000.0:
        _refuse("--range", f"{distance:g} km", "100 to 15,000 km", "Give the distance that the target flies.")
    if missile is None:
        return by_range(1e3 * distance)
    try:
        return by_missile(known(missile), 1e3 * distance)
    except OutOfReachError as error:
        _refuse("--missile", str(error), "a range that it flies", "Take another --range or another missile.")


def _beside(line: Line) -> dict[str, Any]:
    unit, scale = ("km/s", 1e3) if line.parameter.endswith("speed") else ("km", 1e3)
    numbers = {"value": line.value, "low": line.low, "high": line.high, "limit": line.limit}
    return {
        "parameter": line.parameter,
        **{name: None if number is None else number / scale for name, number in numbers.items()},
        "unit": unit,
        "side": line.side,
        "meaning": line.meaning,
        "article": line.article,
        "text_status": line.text_status,
        "from": line.how,
    }


def _told(line: Line, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    text, unit = (".3g", "km/s") if line.parameter.endswith("speed") else (",.0f", "km")
    ends = [format(each / 1e3, text) for each in (low, high)]
    return f"{ends[0]} {unit}" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]} {unit}"
