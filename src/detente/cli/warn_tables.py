"""Tables of `detente warn` in which a line stands for all the cases that agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from detente.cli.show import table

if TYPE_CHECKING:
    from detente.scenario.scenario import Scenario
    from detente.study.warning import WarningAnswer


def grouped(
    answer: WarningAnswer,
    title: str,
    heads: Sequence[str],
    told: Mapping[tuple[str, ...], Mapping[tuple[str, str], tuple[str, ...]]],
    note: str = "",
) -> None:
    """Print a table of groups of lines, one line for all cases of which it says the same."""
    rows = []
    for group, lines in told.items():
        alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for (name, mode), cells in lines.items():
            alike.setdefault((mode, cells), []).append(name)
        shown = group
        for (mode, cells), names in alike.items():
            rows.append((*shown, case_names(names, list(answer.cases)), mode, *cells))
            shown = ("",) * len(group)
    table(title, heads, rows, note)


def case_names(names: Sequence[str], every: Sequence[str]) -> str:
    """Return some of the cases in words.

    Examples
    --------
    >>> case_names(["a", "c"], ["a", "b", "c"]), case_names(["a", "b"], ["a", "b"]), case_names(["b"], ["a", "b", "c"])
    ('every case but b', 'every case', 'b')
    """
    rest = [name for name in every if name not in names]
    if len(every) > 1 and not rest:
        return "every case"
    return f"every case but {', '.join(rest)}" if len(rest) < len(names) and rest else ", ".join(names)


def path_title(scenario: Scenario, threat: str, aim: str) -> str:
    """Return what a path is called: the title of its threat, with the aim where there are several."""
    one = scenario.threats[threat]
    return one.title if len(one.aims) == 1 else f"{one.title}: {scenario.catalog.places[aim].title}"
