"""Every published case that the engines are held to, in one table."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from detente.sources import ValidationRow

Published = Callable[[], dict[str, list[ValidationRow]]]
"""Gives the validation rows of each engine, by its name."""


def rows() -> list[ValidationRow]:
    """Return the validation rows of all engines, in the order in which data flows."""
    return [row for part in by_engine().values() for row in part]


def by_engine() -> dict[str, list[ValidationRow]]:
    """Return the validation rows of each engine, by its name."""
    from detente.defense.validation import rows as defense
    from detente.flight.validation import rows as flight
    from detente.forces.validation import rows as forces
    from detente.sensing.validation import rows as sensing
    from detente.treaties.validation import rows as treaties

    return {
        "flight": flight(),
        "sensing": sensing(),
        "defense": defense(),
        "forces": forces(),
        "treaties": treaties(),
    }


@contextmanager
def beside() -> Iterator[Published]:
    """Compute the rows in a second process while the block runs; what it gives waits for them.

    They depend on code and data alone, so that they need not wait for a scenario. Where no second process can be
    had, they are computed in this one when they are asked for.
    """
    command = [sys.executable, "-P", "-m", "detente", "validate", "--json"]
    try:
        process = subprocess.Popen(  # noqa: S603 - our own command, nothing in it comes from outside
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8"
        )
    except OSError:
        yield by_engine
        return
    with process:
        try:
            yield lambda: _told(process)
        finally:
            process.kill()


def _told(process: subprocess.Popen[str]) -> dict[str, list[ValidationRow]]:
    text, _ = process.communicate()
    if process.returncode not in {0, 1}:
        return by_engine()
    found: dict[str, list[ValidationRow]] = {}
    for row in json.loads(text)["rows"]:
        found.setdefault(row.pop("engine"), []).append(ValidationRow(**row))
    return found
