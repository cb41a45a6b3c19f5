"""What is wrong with an input, said so that the reader knows the next move."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with one input.

    Parameters
    ----------
    file : str
        The file (or "command line") it was found in.
    key : str
        Dotted key inside the file, empty when the whole file is meant.
    line : int or None
        Line of the key, counted from 1, where it is known.
    found : str
        What stands there.
    allowed : str
        What may stand there.
    do : str
        The next move, as an instruction.
    """

    file: str
    key: str = ""
    line: int | None = None
    found: str
    allowed: str
    do: str

    def __str__(self) -> str:
        """Return the problem in one line: where, what, allowed, next move."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        key = f" {self.key}:" if self.key else ""
        return f"{where}:{key} found {self.found}; allowed: {self.allowed}. {self.do}"


class BadInputError(ValueError):
    """Every problem of an input at once.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(name: str, names: Iterable[str], count: int = 3) -> str:
    """Return "did you mean …" for the known names closest to an unknown one, or a hint to list them.

    Examples
    --------
    >>> nearest("scudb", ["scud-b", "thaad"])
    'Did you mean "scud-b"?'
    """
    known = list(names)
    close = difflib.get_close_matches(name.lower(), known, n=count, cutoff=0.5)
    if close:
        return "Did you mean " + " or ".join(f'"{match}"' for match in close) + "?"
    return "Known names: " + (", ".join(sorted(known)[:12]) + (", …" if len(known) > 12 else "") or "none") + "."
