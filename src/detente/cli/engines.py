"""What verbs on a scenario share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from detente.cli.show import progress

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
