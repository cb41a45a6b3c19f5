"""Load a scenario with every check there is, the law's dates included."""

from __future__ import annotations

from pathlib import Path

from detente.scenario.load import load as read
from detente.scenario.scenario import Scenario


def load(scenario: str | Path) -> Scenario:
    """Read a scenario file, or a bundled example by its name, and check all of it.

    Parameters
    ----------
    scenario : str or Path
        A TOML file, or the name of a bundled example.

    Raises
    ------
    BadInputError
        Every problem at once, each with file, key, line, what was found, what is allowed and what to do.

    Examples
    --------
    >>> list(load("genoa-2001").cases)
    ['abm-treaty', 'us-framework', 'russian-proposal', 'start-2']
    """
    from detente.treaties.check import misnamed

    return read(scenario, [misnamed])
