"""`detente treaty check`, `show`, `count`: what each element keeps or breaks, what clauses say, what forces count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from detente.cli.show import NO, bullet, console, emit, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from detente.study.law import Judged
    from detente.treaties.calendar import Entry
    from detente.treaties.remedies import Remedy
    from detente.treaties.rule import Finding
    from detente.treaties.tally import Tally

app = typer.Typer(help="Treaties as code: what each element keeps or breaks, what would cure it.", no_args_is_help=True)


_TRIED = "tried: the rules were read again on the changed case, and the break was gone"


@app.callback()
def treaty() -> None:
    """Treaties as code: what each element keeps or breaks, what would cure it."""


@app.command(epilog="Example: detente treaty check genoa-2001 --case us-framework")
def check(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="a TOML file or a bundled example")],
    case: Annotated[str | None, typer.Option("--case", help="one case only")] = None,
    treaty: Annotated[str | None, typer.Option("--treaty", help="one agreement only")] = None,
    on: Annotated[str | None, typer.Option("--on", help="a date as 2001-08-08, instead of each case's own")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Check every element of each case against every agreement that binds on its date, and those that the case names.

    Below stand what would cure each break, and the dates to keep. Exit code 1 when something breaks.
    """
    from detente.briefing.results import finding
    from detente.study.law import law

    found = law(scenario, case, treaty, on)
    if json:
        emit(
            {
                "scenario": scenario,
                "cases": {name: [finding(item) for item in one.findings] for name, one in found.items()},
                "remedies": {name: [_plain(item) for item in one.remedies] for name, one in found.items()},
                "calendar": {name: [_plain(item) for item in one.calendar] for name, one in found.items()},
            }
        )
    else:
        for name, one in found.items():
            _tables(name, one)
    if any(item.status in {"breaks", "exceeds"} for one in found.values() for item in one.findings):
        raise typer.Exit(NO)


def _plain(item: Remedy | Entry) -> dict[str, object]:
    """Return a remedy or an entry of the calendar as JSON has it, with the line that a reader is shown."""
    from dataclasses import asdict

    return {**asdict(item), "shown": item.shown()}


def _tables(name: str, one: Judged) -> None:
    """Print the findings of a case, then remedies and dates where there are any."""
    told = [item for item in one.findings if item.status != "silent"]
    rows = [
        (_status(each), each.agreement, each.article, each.subject, each.because, each.text_status) for each in told
    ]
    table(name, ("status", "agreement", "article", "subject", "because", "text"), rows)
    heads = ("clause", "subject", "change", "tried", "text")
    cures = [(_clause(each), each.subject, _change(each), each.checked, each.text_status) for each in one.remedies]
    if cures:
        table(f"{name}: what would cure each break", heads, cures, note=_TRIED)
    dates = [(each.day, _clause(each), each.what, each.effective, each.text_status) for each in one.calendar]
    if dates:
        table(f"{name}: dates to keep", ("day", "clause", "what", "effective", "text"), dates)


def _status(item: Finding) -> str:
    """Return the verdict, with how the case holds the agreement where it is not simply in force."""
    return item.status if item.state == "in-force" else f"{item.status} ({item.state.replace('-', ' ')})"


def _clause(item: Remedy | Entry) -> str:
    return f"{item.agreement} {item.article}"


def _change(item: Remedy) -> str:
    return item.change + (f"; breaks {', '.join(item.brings)} instead" if item.brings else "")


@app.command(epilog="Example: detente treaty show abm-1972 'V(1)'")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="an agreement, for example abm-1972")],
    article: Annotated[str | None, typer.Argument(metavar="[ARTICLE]", help="one clause, for example III(a)")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Show an agreement: what each clause says, how its text is known, and its rules, numbers and cases."""
    from detente.treaties.reading import page, record

    if json:
        emit(record(name, article))
        return
    from rich.markdown import Markdown

    console().print(Markdown(page(name, article)))


@app.command(epilog="Example: detente treaty count ussr-1990 --treaty start-1 --on 2001-12-05")
def count(
    file: Annotated[str, typer.Argument(metavar="FILE", help="a force file (CSV), or a force of the catalog")],
    treaty: Annotated[str, typer.Option("--treaty", help="start-1, start-2, sort, new-start or all")],
    on: Annotated[str, typer.Option("--on", help="the date whose limits bind, as 2001-12-05")],
    party: Annotated[str | None, typer.Option("--party", help="one party only, for example us or russia")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Count a force as an agreement counts it, and hold it against each limit that binds on a date.

    Exit code 1 when a limit in force is exceeded.
    """
    from detente.treaties.tally import count as tally

    found = tally(file, treaty, on, party)
    if json:
        emit(_counts(found))
    else:
        for one in found:
            _count_table(one)
        if len(found) > 1:
            _side_by_side(found)
    if any(limit.status == "exceeds" for one in found for limit in one.limits):
        raise typer.Exit(NO)


def _counts(found: Sequence[Tally]) -> dict[str, object]:
    """Return one count as JSON has it, or several in a list."""
    from dataclasses import asdict

    made = [asdict(one) for one in found]
    return made[0] if len(made) == 1 else {"counts": made}


def _count_table(one: Tally) -> None:
    """Print a count against its limits, then the totals without a limit, and what is unverified."""
    title = f"{one.title}, {one.party}, {one.on}" + (f" (totals of {one.as_of})" if one.as_of else "")
    rows = [
        (
            limit.status,
            _words(limit.name),
            _number(limit.value),
            _number(limit.limit),
            limit.binding_from,
            limit.because,
            limit.text_status,
        )
        for limit in one.limits
    ]
    table(f"{title}: {one.counts}", ("status", "counted", "value", "limit", "binds from", "because", "text"), rows)
    limited = {limit.name for limit in one.limits}
    more = [f"{_words(name)} {_number(value)}" for name, value in one.totals.items() if name not in limited]
    standing = [f"not in force on {one.on}: {one.standing}; limits are read as if it were"] if one.standing else []
    for line in (*standing, *(f"without a limit: {each}" for each in more), *one.notes):
        console().print(bullet(line))


def _side_by_side(found: Sequence[Tally]) -> None:
    """Print what the same force counts under each agreement: vehicles (or deployed launchers) and warheads."""
    rows = [
        (
            one.party,
            one.title,
            _number(one.totals.get("delivery_vehicles", one.totals.get("deployed"))),
            _number(one.totals["warheads"]),
            one.counts,
        )
        for one in found
    ]
    table("side by side", ("party", "agreement", "vehicles", "warheads", "what counts"), rows)


def _words(name: str) -> str:
    return name.removesuffix("_t").replace("_", " ") + (" [t]" if name.endswith("_t") else "")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}".removesuffix(".0")
