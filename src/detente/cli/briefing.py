"""`detente brief`, `detente validate` and `detente schema`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.engines import CaseName, Json, Name, answered, example
from detente.cli.show import NO, bullet, emit, table


@example("detente brief genoa-2001")
def brief(
    scenario: Name,
    out: Annotated[Path | None, typer.Option("--out", help="folder to write (default: out/SCENARIO)")] = None,
    case: CaseName = None,
    samples: Annotated[int, typer.Option("--samples", min=0, help="draws for the intervals")] = 64,
    force: Annotated[bool, typer.Option("--force", help="overwrite a folder that this command did not make")] = False,
    json: Json = False,
) -> None:
    """Write the briefing that answers a proposal.

    Every case runs through all engines; beside the page lie its numbers, tables, charts and globe as files.
    """
    from detente.briefing.brief import folder_for, write
    from detente.briefing.results import summary
    from detente.study.validate import beside

    folder = folder_for(scenario, out, force)
    with beside() as published:
        answer = answered(scenario, case, json, samples)
        made = write(answer, folder, published)
    if json:
        emit(summary(answer))
        return
    for text in made.answer:
        typer.echo(bullet(text))
    typer.echo(f"\nThe briefing: {made.page}", err=True)


@example("detente validate --json")
def validate(json: Json = False) -> None:
    """Print every published number beside ours.

    Exit code 1 when a row fails.
    """
    from detente.study.validate import by_engine

    named = [(engine, row) for engine, rows in by_engine().items() for row in rows]
    found = [row for _, row in named]
    failed = [row for row in found if not row.passed]
    if json:
        import dataclasses

        emit(
            {
                "rows": [{"engine": engine} | dataclasses.asdict(row) for engine, row in named],
                "passed": len(found) - len(failed),
                "failed": len(failed),
            }
        )
    else:
        heads = ("case", "quantity", "published", "ours", "unit", "tolerance", "verdict", "note")
        shown = [
            (
                row.case,
                row.quantity,
                f"{row.published:.6g}",
                f"{row.ours:.6g}",
                row.unit,
                row.tolerance,
                "holds" if row.passed else "FAILS",
                row.note if not row.passed else "",
            )
            for row in found
        ]
        table("published against ours", heads, shown, f"{len(found) - len(failed)} hold, {len(failed)} fail")
    if failed:
        raise typer.Exit(NO)


@example("detente schema scenario > scenario.schema.json")
def schema(
    file: Annotated[str, typer.Argument(help="scenario, or a kind of the catalog such as missiles")] = "scenario",
) -> None:
    """Print the JSON Schema of a file that people write."""
    from detente.study.schema import schema as made

    emit(made(file))
