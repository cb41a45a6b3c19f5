"""`detente treaty check`: what each element of a proposal keeps or breaks."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.show import NO, emit, table

app = typer.Typer(help="Treaties as code: what each element keeps or breaks.", no_args_is_help=True)


@app.callback()
def treaty() -> None:
    """Treaties as code: what each element keeps or breaks."""


@app.command(epilog="Example: detente treaty check genoa-2001 --case us-framework")
def check(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="a TOML file or a bundled example")],
    case: Annotated[str | None, typer.Option("--case", help="one case only")] = None,
    treaty: Annotated[str | None, typer.Option("--treaty", help="one agreement only")] = None,
    on: Annotated[str | None, typer.Option("--on", help="a date as 2001-08-08, instead of each case's own")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
) -> None:
    """Check every element of each case against every agreement.

    Exit code 1 when something breaks.
    """
    from detente.briefing.results import finding
    from detente.study.law import law

    found = law(scenario, case, treaty, on)
    broken = any(item.status in {"breaks", "exceeds"} for items in found.values() for item in items)
    if json:
        emit(
            {"scenario": scenario, "cases": {name: [finding(item) for item in items] for name, items in found.items()}}
        )
    else:
        heads = ("status", "agreement", "article", "subject", "because", "text")
        for name, items in found.items():
            rows = [
                (item.status, item.agreement, item.article, item.subject, item.because, item.text_status)
                for item in items
                if item.status != "silent"
            ]
            table(name, heads, rows)
    if broken:
        raise typer.Exit(NO)
