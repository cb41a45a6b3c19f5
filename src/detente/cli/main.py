"""The `detente` command. Engines are imported only by the verb that needs them, so that help stays quick."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from detente.cli import briefing, catalog, questions, ranges, tests, treaty
from detente.cli.fly import fly
from detente.cli.footprint import footprint
from detente.cli.forces import forces
from detente.cli.raid import raid
from detente.cli.reduce import reduce
from detente.cli.show import BAD_INPUT, complaint
from detente.cli.warn import warn


class Verbs(TyperGroup):
    """Verbs of which one may be the first word of another: `forces SCENARIO`, `forces reduce FORCE`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Take two words for the verb where there is such a one."""
        if " ".join(args[:2]) in self.commands:
            args = [" ".join(args[:2]), *args[2:]]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="detente",
    cls=Verbs,
    help="From a proposal on missile defense, arms cuts and shared warning to a briefing that answers it.",
    epilog="Start with: detente brief genoa-2001",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(catalog.app, name="catalog")
app.add_typer(treaty.app, name="treaty")
app.add_typer(tests.app, name="tests")
app.command("forces reduce", epilog=getattr(reduce, "example", None))(reduce)
for verb in (
    briefing.brief,
    fly,
    ranges.range_,
    questions.infer,
    questions.propagate,
    warn,
    footprint,
    raid,
    forces,
    briefing.validate,
    briefing.schema,
):
    app.command(verb.__name__.rstrip("_"), epilog=getattr(verb, "example", None))(verb)


@app.callback(invoke_without_command=True)
def version(
    ctx: typer.Context, show: bool = typer.Option(False, "--version", help="Print the version and stop.")
) -> None:
    """From a proposal on missile defense, arms cuts and shared warning to a briefing that answers it."""
    if show:
        from detente import __version__

        typer.echo(__version__)
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
        raise typer.Exit


def main() -> None:
    """Run the command; bad input ends with every problem on stderr and exit code 2, never with a traceback."""
    from detente.problems import BadInputError

    try:
        app()
    except BadInputError as error:
        count = len(error.problems)
        typer.echo(f"{count} problem{'s' if count > 1 else ''}:", err=True)
        for problem in error.problems:
            typer.echo(complaint(str(problem)), err=True)
        sys.exit(BAD_INPUT)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        typer.echo("Stopped; nothing was written.", err=True)
        sys.exit(130)
